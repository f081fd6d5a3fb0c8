import { numberOf } from '../../../aid/random.ts'
import type { Sorted } from '../../../aid/sorted.ts'
import { refuse } from '../errors.ts'
import { ranksOf, type World } from '../world.ts'
import { type Branch, badArgument, isObject, optionalText, wholeOf } from './call.ts'

const cursorMismatch = 606006
const largestPage = 100
const usualPage = 10

/** How many rows a page holds: 1 to 100, ten when nothing is said [assumed]. More breaks a limit and is refused. */
export function pageSizeOf(world: World, body: Branch): number {
  const { page_size } = body
  if (typeof page_size === 'number' && page_size > largestPage) world.flow.blame()
  return wholeOf(body, 'page_size', { least: 1, most: largestPage, usual: usualPage })
}

/**
 * Where a page begins: behind this place. Bound to the request: other fields or another call are refused. Source:
 * wechat-shop.md 3.
 */
export function placeIn(operation: string, body: Branch): number {
  const key = optionalText(body, 'next_key')
  if (key === '') return Number.NEGATIVE_INFINITY
  const [mark, place] = Buffer.from(key, 'base64url').toString('utf8').split('.')
  if (mark !== markOf(operation, body) || place === undefined) throw refuse(cursorMismatch)
  return Number(place)
}

export function keyFor(operation: string, body: Branch, place: number): string {
  return Buffer.from(`${markOf(operation, body)}.${place}`).toString('base64url')
}

function markOf(operation: string, body: Branch): string {
  const fields = Object.entries(body).filter(([name]) => name !== 'next_key')
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return numberOf(JSON.stringify([operation, fields])).toString(36)
}

export type Span = readonly [from: number, to: number]

/** `{ start_time, end_time }` in seconds; null when it is missing. A span too long breaks a limit and is refused. */
export function spanIn(world: World, body: Branch, { name, days }: { readonly name: string; readonly days: number }) {
  if (body[name] === undefined || body[name] === null) return null
  const range = body[name]
  if (!isObject(range)) throw refuse(badArgument)
  const most = Number.MAX_SAFE_INTEGER
  const from = wholeOf(range, 'start_time', { least: 0, most })
  const to = wholeOf(range, 'end_time', { least: from, most })
  checkLength(world, [from, to], { days, errcode: badArgument })
  return [from, to] as const
}

export function checkLength(
  world: World,
  [from, to]: Span,
  { days, errcode }: { readonly days: number; readonly errcode: number },
): void {
  if (to - from <= days * 86_400) return
  world.flow.blame()
  throw refuse(errcode)
}

export interface PageWish<T> {
  readonly list: Sorted<T>
  readonly span: Span
  /** Behind this place. */
  readonly after: number
  readonly size: number
  readonly shows: (thing: T) => boolean
}

export interface Page<T> {
  readonly rows: readonly T[]
  readonly hasMore: boolean
  /** The first row of the next page. */
  readonly next: T | null
}

/** Rows of a span in the order of their time. */
export function pageOf<T>({ list, span, after, size, shows }: PageWish<T>): Page<T> {
  const [from, to] = ranksOf(...span)
  const [first, end] = list.span(Math.max(from, after + 1), to)
  const rows: T[] = []
  for (let place = first; place < end; place += 1) {
    const thing = list.at(place)
    if (!shows(thing)) continue
    if (rows.length === size) return { rows, hasMore: true, next: thing }
    rows.push(thing)
  }
  return { rows, hasMore: false, next: null }
}
