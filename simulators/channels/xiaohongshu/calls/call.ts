import type { Style } from '../envelope.ts'
import { caseNotFound, notFound, parameterError, refuse } from '../errors.ts'
import type { AfterSale, Order } from '../state.ts'
import type { World } from '../world.ts'

export type Params = Readonly<Record<string, unknown>>

/** A call that has passed the gateway. */
export interface Call {
  readonly world: World
  readonly operation: string
  /** The whole body; business fields stand beside the common ones. */
  readonly params: Params
  /** What a lying platform answers a write with: the same words, nothing done. */
  readonly pretend: boolean
}

/** What the platform offers under one method name. `run` gives the `data` of the answer; undefined where there is none. */
export interface Operation {
  readonly style: Style
  readonly needsToken: boolean
  readonly isWrite: boolean
  readonly run: (call: Call) => unknown
}

export type Operations = Readonly<Record<string, Operation>>

type Run = Operation['run']

export const reads = (run: Run, style: Style = 'old'): Operation => ({ style, needsToken: true, isWrite: false, run })
export const writes = (run: Run, style: Style = 'old'): Operation => ({ style, needsToken: true, isWrite: true, run })
/** Gives tokens and so needs none. */
export const tokenCall = (run: Run): Operation => ({ style: 'old', needsToken: false, isWrite: true, run })

export function textArgument(call: Call, name: string): string {
  return optionalText(call, name) ?? wrong(name)
}

/** Empty counts as left out. */
export function optionalText({ params }: Call, name: string): string | undefined {
  const value = params[name]
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : wrong(name)
}

export interface Bounds {
  readonly least: number
  readonly most: number
  /** Without it the argument is required. */
  readonly otherwise?: number
}

export const anyWhole = { least: 0, most: Number.MAX_SAFE_INTEGER } as const

/** A JSON number; text is refused. */
export function wholeArgument({ params }: Call, name: string, { least, most, otherwise }: Bounds): number {
  const value = params[name]
  if ((value === undefined || value === null) && otherwise !== undefined) return otherwise
  return isWhole(value) && value >= least && value <= most ? value : wrong(name)
}

export function optionalWhole(call: Call, name: string): number | undefined {
  return call.params[name] === undefined || call.params[name] === null ? undefined : wholeArgument(call, name, anyWhole)
}

export function flagArgument({ params }: Call, name: string): boolean {
  const value = params[name] ?? false
  return typeof value === 'boolean' ? value : wrong(name)
}

export function optionalFlag(call: Call, name: string): boolean | undefined {
  return call.params[name] === undefined || call.params[name] === null ? undefined : flagArgument(call, name)
}

/** Objects of a list that may not be empty. */
export function rowsArgument({ params }: Call, name: string, most: number): readonly Params[] {
  const value = params[name]
  if (!Array.isArray(value) || value.length === 0 || value.length > most || !value.every(isObject)) return wrong(name)
  return value
}

export function textsArgument({ params }: Call, name: string): readonly string[] {
  const value = params[name] ?? []
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : wrong(name)
}

export function wholesArgument({ params }: Call, name: string): readonly number[] {
  const value = params[name] ?? []
  return Array.isArray(value) && value.every(isWhole) ? value : wrong(name)
}

export function objectArgument({ params }: Call, name: string): Params | undefined {
  const value = params[name]
  if (value === undefined || value === null) return undefined
  return isObject(value) ? value : wrong(name)
}

export function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textOf(row: Params, name: string): string {
  const value = row[name]
  return typeof value === 'string' && value !== '' ? value : wrong(name)
}

export function wrong(name: string): never {
  throw refuse(parameterError(name))
}

export function orderOf(call: Call): Order {
  const order = call.world.orders.get(textArgument(call, 'orderId'))
  if (order === undefined) throw refuse(notFound)
  return order
}

export function caseOf(call: Call): AfterSale {
  const one = call.world.cases.get(textArgument(call, 'returnsId'))
  if (one === undefined) throw refuse(caseNotFound)
  return one
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
