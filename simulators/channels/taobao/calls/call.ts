import { invalidArgument, missingArgument, refundNotExist, refuse, tradeNotExist } from '../errors.ts'
import { type Selection, selectionOf } from '../fields.ts'
import type { Refund, Trade } from '../state.ts'
import { quoteLongNumbers, readTime, type Tree } from '../text.ts'
import type { Grant, Level } from '../tokens.ts'
import type { World } from '../world.ts'

/** A call that has passed the gateway. */
export interface Call {
  readonly world: World
  readonly operation: string
  readonly params: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, Buffer>
  /** Null where the operation needs no seller. */
  readonly grant: Grant | null
  /** What a lying platform answers a write with: the same words, nothing done. */
  readonly pretend: boolean
}

/** What the platform offers under one method name. */
export interface Operation {
  readonly level: Level
  readonly needsSession: boolean
  readonly isWrite: boolean
  /** The item whose stock is written, for the limit of one write an item a second. */
  readonly item?: (params: ReadonlyMap<string, string>) => string | null
  readonly run: (call: Call) => Tree
}

export type Operations = Readonly<Record<string, Operation>>

type Run = Operation['run']

export const reads = (run: Run, level: Level = 'r1'): Operation => ({ level, needsSession: true, isWrite: false, run })
export const writes = (run: Run, level: Level = 'w1'): Operation => ({ level, needsSession: true, isWrite: true, run })
export const asApp = (run: Run): Operation => ({ level: 'r1', needsSession: false, isWrite: false, run })

export function required(call: Call, name: string): string {
  const value = call.params.get(name)
  if (value === undefined || value === '') throw refuse(missingArgument(name))
  return value
}

/** A parameter that may be left out; empty counts as left out. */
export function optional(call: Call, name: string): string | undefined {
  const value = call.params.get(name)
  return value === '' ? undefined : value
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
  if (!/^-?\d+$/.test(given) || value < least || value > most) throw refuse(invalidArgument(name))
  return value
}

export function flag(call: Call, name: string): boolean {
  const text = optional(call, name)
  if (text !== undefined && text !== 'true' && text !== 'false') throw refuse(invalidArgument(name))
  return text === 'true'
}

export function timeArgument(call: Call, name: string): number | undefined {
  const text = optional(call, name)
  if (text === undefined) return undefined
  const ms = readTime(text)
  if (ms === null) throw refuse(invalidArgument(name))
  return ms
}

export function fieldsOf(call: Call): Selection {
  return selectionOf(required(call, 'fields'))
}

/** A parameter that is one JSON text of an array of objects, at most so many. */
export function rowsArgument(call: Call, name: string, most: number): readonly Readonly<Record<string, unknown>>[] {
  const rows = jsonOf(required(call, name))
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > most) throw refuse(invalidArgument(name))
  if (!rows.every(isObject)) throw refuse(invalidArgument(name))
  return rows
}

export function objectArgument(call: Call, name: string): Readonly<Record<string, unknown>> {
  const value = jsonOf(required(call, name))
  if (!isObject(value)) throw refuse(invalidArgument(name))
  return value
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text of a JSON value: ids may come quoted or as numbers. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function jsonOf(text: string): unknown {
  const safe = quoteLongNumbers(text)
  try {
    return JSON.parse(safe)
  } catch {
    return undefined // Not JSON: the caller of this says which argument is wrong.
  }
}

/** A filter the simulator does not have is refused rather than ignored. */
export function refuseFilters(call: Call, names: readonly string[]): void {
  for (const name of names)
    if (optional(call, name) !== undefined) throw refuse(invalidArgument(name, '模拟器不支持该筛选'))
}

export function tradeOf(call: Call): Trade {
  const trade = call.world.trades.get(required(call, 'tid'))
  if (trade === undefined) throw refuse(tradeNotExist)
  return trade
}

export function refundOf(call: Call): Refund {
  const refund = call.world.refunds.get(required(call, 'refund_id'))
  if (refund === undefined) throw refuse(refundNotExist)
  return refund
}
