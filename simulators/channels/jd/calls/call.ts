import { type BusinessError, badParameter, reject } from '../errors.ts'
import { type Branch, readTime, type Tree } from '../text.ts'
import type { World } from '../world.ts'

/** A call that has passed the gateway. */
export interface Call {
  readonly world: World
  readonly operation: string
  /** What `360buy_param_json` holds. */
  readonly params: Params
  /** What a lying platform answers a write with: the same words, nothing done. */
  readonly pretend: boolean
}

export type Params = Readonly<Record<string, unknown>>

/** What the platform offers under one method name. */
export interface Operation {
  readonly isWrite: boolean
  /** What stands beside `code` in the answer. */
  readonly run: (call: Call) => Branch
  /** How a refusal of the business looks; null: only the gateway can refuse. */
  readonly fails: ((error: BusinessError, call: Call) => Branch) | null
}

export type Operations = Readonly<Record<string, Operation>>

type Run = Operation['run']
type Fails = Operation['fails']

export const reads = (run: Run, fails: Fails = null): Operation => ({ isWrite: false, run, fails })
export const writes = (run: Run, fails: Fails): Operation => ({ isWrite: true, run, fails })

/** A success flag, which is sometimes text. Source: jd.md 15.8. */
export function flag({ world }: Call, isSet: boolean): boolean | string {
  return world.dice.happens(world.settings.textFlagShare) ? String(isSet) : isSet
}

/** Text of a JSON value: ids may come quoted or as numbers. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** A parameter that may be left out; null and empty count as left out. */
export function optional({ params }: Call, name: string): string | undefined {
  const text = textOf(params[name])
  return text === '' ? undefined : text
}

export function required(call: Call, name: string): string {
  const text = optional(call, name)
  if (text === undefined) throw reject(badParameter(`${name}不能为空`))
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
  if (!/^-?\d+$/.test(given) || value < least || value > most) throw reject(badParameter(`${name}超出范围`))
  return value
}

/** Beijing time text; undefined where it is left out. */
export function timeArgument(call: Call, name: string): number | undefined {
  const text = optional(call, name)
  if (text === undefined) return undefined
  const ms = readTime(text)
  if (ms === null) throw reject(badParameter(`${name}格式不正确`))
  return ms
}

/** The same as a number of milliseconds, as the calls on wares have it. */
export function msArgument(call: Call, name: string): number | undefined {
  const text = optional(call, name)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw reject(badParameter(`${name}格式不正确`))
  return Number(text)
}

/** A list of ids: an array, or text with commas. Undefined where it is left out or empty. */
export function listArgument({ params }: Call, name: string): ReadonlySet<string> | undefined {
  const value = params[name]
  const parts = Array.isArray(value) ? value.map(textOf) : textOf(value).split(',')
  const ids = parts.map((part) => part.trim()).filter((part) => part !== '')
  return ids.length === 0 ? undefined : new Set(ids)
}

export function objectArgument({ params }: Call, name: string): Params {
  const value = params[name]
  if (!isObject(value)) throw reject(badParameter(`${name}不能为空`))
  return value
}

/** An array of objects, at least one and at most so many. */
export function rowsIn(holder: Params, name: string, most: number): readonly Params[] {
  const rows: unknown = holder[name]
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isObject)) throw reject(badParameter(`${name}不能为空`))
  if (rows.length > most) throw reject(badParameter(`${name}不能超过${most}个`))
  return rows
}

export function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A number that is sometimes text. Source: jd.md 10.2 [doc]. */
export function looseNumber({ world }: Call, value: number): Tree {
  return world.dice.happens(world.settings.textFlagShare) ? String(value) : value
}

/** Rows with the faults of lists: one of them twice, or in another order. */
export function disturbed<T>({ world, operation }: Call, rows: readonly T[]): readonly T[] {
  const { faults } = world
  if (rows.length === 0) return rows
  const doubled = faults.strikes('duplicate', operation) ? [...rows, faults.chance().pick(rows)] : rows
  return doubled.length > 1 && faults.strikes('reorder', operation) ? faults.chance().shuffled(doubled) : doubled
}
