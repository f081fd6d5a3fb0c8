import { refuse } from '../errors.ts'
import type { Order } from '../state.ts'
import type { App } from '../tokens.ts'
import type { World } from '../world.ts'

export type Branch = Readonly<Record<string, unknown>>

/** A call that was let in. */
export interface Call {
  readonly world: World
  readonly body: Branch
  readonly query: URLSearchParams
  /** A write that answers success and does nothing: the fault `lie`. */
  readonly pretend: boolean
}

/**
 * What the platform can be asked. An answer is put into the envelope `errcode`, `errmsg`; that of `none` stands alone.
 */
export interface Operation {
  readonly method: 'POST' | 'GET'
  /** Whose token it takes. */
  readonly app: App['kind'] | 'none'
  readonly isWrite: boolean
  /** The SKU whose stock it moves, for the limit of one a second. */
  readonly skuOf?: (body: Branch) => string | null
  readonly run: (call: Call) => Branch
}

/** By the path without `/channels/ec/`, or without the first stroke. */
export type Operations = Readonly<Record<string, Operation>>

export function reads(run: Operation['run']): Operation {
  return { method: 'POST', app: 'shop', isWrite: false, run }
}

export function writes(run: Operation['run']): Operation {
  return { method: 'POST', app: 'shop', isWrite: true, run }
}

export const badArgument = 40097

/** Text that must be there. Numbers are not text: ids are strings. `errcode` is what a bad one is refused with. */
export function textOf(body: Branch, name: string, errcode = badArgument): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '') throw refuse(errcode)
  return value
}

/** Text that may be missing or empty. */
export function optionalText(body: Branch, name: string): string {
  const value = body[name] ?? ''
  if (typeof value !== 'string') throw refuse(badArgument)
  return value
}

interface Bounds {
  readonly least: number
  readonly most: number
  readonly usual?: number
}

/** A whole number between its bounds; the usual one where it is missing and there is one. */
export function wholeOf(body: Branch, name: string, { least, most, usual }: Bounds): number {
  const value = body[name] ?? usual
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) throw refuse(badArgument)
  return value
}

export function optionalWhole(body: Branch, name: string): number | null {
  const value = body[name] ?? null
  if (value !== null && !Number.isInteger(value)) throw refuse(badArgument)
  return value as number | null
}

export function optionalFlag(body: Branch, name: string): boolean | null {
  const value = body[name] ?? null
  if (value !== null && typeof value !== 'boolean') throw refuse(badArgument)
  return value
}

export function objectOf(body: Branch, name: string): Branch {
  const value = body[name]
  if (!isObject(value)) throw refuse(badArgument)
  return value
}

/** A list of objects; null where there is none, or an empty one. */
export function rowsOf(body: Branch, name: string): readonly Branch[] | null {
  const value = body[name] ?? []
  if (!Array.isArray(value) || !value.every(isObject)) throw refuse(badArgument)
  return value.length === 0 ? null : value
}

export function isObject(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const orderUnknown = 100002

/** The order a call names. */
export function orderIn({ world, body }: Pick<Call, 'world' | 'body'>): Order {
  const order = world.orders.get(textOf(body, 'order_id'))
  if (order === undefined) throw refuse(orderUnknown)
  return order
}
