import { caseUnknown, invalid, missing, orderUnknown, refuse, tooMuch } from '../errors.ts'
import type { AfterSale, Order } from '../state.ts'
import { type Branch, isBranch, type Tree } from '../text.ts'
import type { World } from '../world.ts'

export type Params = Branch

/** A call that has passed the gateway. */
export interface Call {
  readonly world: World
  readonly operation: string
  readonly params: Params
  /** What a lying platform answers a write with: the same words, nothing done. */
  readonly pretend: boolean
}

/** `code` is 10000 unless it says otherwise. */
export interface Outcome {
  readonly data: Tree
  readonly code?: number
}

/** What the platform offers under one method name. */
export interface Operation {
  readonly needsToken: boolean
  readonly isWrite: boolean
  readonly run: (call: Call) => Outcome
}

export type Operations = Readonly<Record<string, Operation>>

type Run = Operation['run']

export const reads = (run: (call: Call) => Tree): Operation => ({
  needsToken: true,
  isWrite: false,
  run: (call) => ({ data: run(call) }),
})
export const writes = (run: (call: Call) => Tree): Operation => ({
  needsToken: true,
  isWrite: true,
  run: (call) => ({ data: run(call) }),
})
/** Gives tokens and so needs none. */
export const tokenCall = (run: Run): Operation => ({ needsToken: false, isWrite: true, run })

export function wrong(name: string): never {
  throw refuse(invalid(name))
}

export function beyond(name: string): never {
  throw refuse(tooMuch(name))
}

export function textArgument(call: Call, name: string): string {
  return textOf(call.params, name)
}

export function textOf(row: Params, name: string): string {
  const value = row[name]
  if (isAbsent(value)) throw refuse(missing(name))
  return typeof value === 'string' ? value : wrong(name)
}

/** Empty counts as left out. */
export function optionalText({ params }: Call, name: string): string | undefined {
  return isAbsent(params[name]) ? undefined : textOf(params, name)
}

/** An id of the platform's goods: a bare integer of any length, or the same as text [assumed]. */
export function idOf(row: Params, name: string): string {
  const value = row[name]
  if (isAbsent(value)) throw refuse(missing(name))
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return wrong(name)
  return /^\d+$/.test(String(value)) ? String(value) : wrong(name)
}

export function idArgument(call: Call, name: string): string {
  return idOf(call.params, name)
}

export function optionalId({ params }: Call, name: string): string | undefined {
  return isAbsent(params[name]) ? undefined : idOf(params, name)
}

/** A JSON number; text is refused. */
export function wholeOf(row: Params, name: string): number {
  const value = row[name]
  if (value === undefined || value === null) throw refuse(missing(name))
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : wrong(name)
}

export function wholeArgument(call: Call, name: string): number {
  return wholeOf(call.params, name)
}

export function optionalWhole({ params }: Call, name: string): number | undefined {
  return params[name] === undefined || params[name] === null ? undefined : wholeOf(params, name)
}

export function flagArgument({ params }: Call, name: string): boolean {
  const value = params[name] ?? false
  return typeof value === 'boolean' ? value : wrong(name)
}

export function wholesArgument({ params }: Call, name: string): readonly number[] {
  const value = params[name] ?? []
  const isList = Array.isArray(value) && value.every((one: unknown) => Number.isSafeInteger(one))
  return isList ? (value as readonly number[]) : wrong(name)
}

export function textsArgument({ params }: Call, name: string): readonly string[] {
  const value = params[name] ?? []
  const isList = Array.isArray(value) && value.every((one: unknown) => typeof one === 'string')
  return isList ? (value as readonly string[]) : wrong(name)
}

/** Objects of a list that may not be empty. */
export function rowsOf(row: Params, name: string): readonly Params[] {
  const value = row[name]
  if (value === undefined || value === null) throw refuse(missing(name))
  if (!Array.isArray(value) || value.length === 0) return wrong(name)
  return (value as readonly Tree[]).map((one) => (isBranch(one) ? one : wrong(name)))
}

export function rowsArgument(call: Call, name: string): readonly Params[] {
  return rowsOf(call.params, name)
}

export function orderNamed(world: World, orderId: string): Order {
  const order = world.orders.get(orderId)
  if (order === undefined) throw refuse(orderUnknown)
  return order
}

export function caseNamed(world: World, caseId: string): AfterSale {
  const one = world.cases.get(caseId)
  if (one === undefined) throw refuse(caseUnknown)
  return one
}

function isAbsent(value: Tree): boolean {
  return value === undefined || value === null || value === ''
}
