import { invalid, missing, orderUnknown, refuse } from '../errors.ts'
import type { Params } from '../request.ts'
import type { Order } from '../state.ts'
import type { World } from '../world.ts'

/** A call that has passed the gateway. */
export interface Call {
  readonly world: World
  readonly method: string
  readonly params: Params
  /** What a lying platform answers a write with: the same words, nothing done. */
  readonly pretend: boolean
}

export interface Operation {
  /** Under which name the answer stands. */
  readonly root: string
  readonly isWrite: boolean
  /** False: it is how a token is obtained. */
  readonly needsToken: boolean
  /** What stands beside `request_id` in the answer. */
  readonly run: (call: Call) => object
}

export type Operations = Readonly<Record<string, Operation>>

export const reads = (root: string, run: Operation['run']): Operation => ({
  root,
  isWrite: false,
  needsToken: true,
  run,
})
export const writes = (root: string, run: Operation['run']): Operation => ({
  root,
  isWrite: true,
  needsToken: true,
  run,
})

/** A parameter that may be left out; empty counts as left out. */
export function optional({ params }: Call, name: string): string | undefined {
  const text = params.get(name) ?? ''
  return text === '' ? undefined : text
}

export function required(call: Call, name: string): string {
  const text = optional(call, name)
  if (text === undefined) throw refuse(missing(name))
  return text
}

export interface Bounds {
  readonly least: number
  readonly most: number
  /** Without it the parameter is required. */
  readonly otherwise?: number
}

export function wholeArgument(call: Call, name: string, { least, most, otherwise }: Bounds): number {
  const text = optional(call, name)
  if (text === undefined && otherwise !== undefined) return otherwise
  const given = text ?? required(call, name)
  const value = Number(given)
  if (!/^-?\d+$/.test(given) || value < least || value > most) throw refuse(invalid(`${name}不正确`))
  return value
}

/** An id of the platform's. */
export function idArgument(call: Call, name: string): number {
  return wholeArgument(call, name, { least: 0, most: Number.MAX_SAFE_INTEGER })
}

/** `page` and `page_size`; the size where none is given is [assumed]. Source of the limit: pinduoduo.md 4. */
export function pagingOf(call: Call): { readonly page: number; readonly size: number } {
  return {
    page: wholeArgument(call, 'page', { least: 1, most: 1_000_000, otherwise: 1 }),
    size: wholeArgument(call, 'page_size', { least: 1, most: 100, otherwise: 100 }),
  }
}

/** A window of Unix seconds, given by two parameters and at most so long, in ms. */
export function windowOf(call: Call, names: readonly [string, string], mostSeconds: number) {
  const [from, to] = names.map((name) => wholeArgument(call, name, { least: 0, most: 9_999_999_999 }) * 1000)
  if (from === undefined || to === undefined || from > to) throw refuse(invalid('开始时间不能大于结束时间'))
  if (to - from > mostSeconds * 1000) throw refuse(invalid('查询时间跨度超出限制'))
  return { from, to }
}

/** An array of objects, at least one and at most so many; their values as text. */
export function rowsArgument(call: Call, name: string, most: number): readonly Readonly<Record<string, string>>[] {
  const rows = parsed(required(call, name))
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > most) throw refuse(invalid(`${name}不正确`))
  return rows.map((row: unknown) => {
    if (typeof row !== 'object' || row === null) throw refuse(invalid(`${name}不正确`))
    return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)]))
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function orderOf(call: Call): Order {
  const order = call.world.orders.get(required(call, 'order_sn'))
  if (order === undefined) throw refuse(orderUnknown)
  return order
}

/** Rows with the faults of lists: one of them twice, or in another order. */
export function disturbed<T>({ world, method }: Call, rows: readonly T[]): readonly T[] {
  const { faults } = world
  if (rows.length === 0) return rows
  const doubled = faults.strikes('duplicate', method) ? [...rows, faults.chance().pick(rows)] : rows
  return doubled.length > 1 && faults.strikes('reorder', method) ? faults.chance().shuffled(doubled) : doubled
}
