import type { Sorted } from '../../../aid/sorted.ts'
import { beyond, type Call, optionalWhole, wholeArgument, wrong } from './call.ts'

const mostRows = 100

export interface PageWish {
  /** Counted from `firstPage`, which is 0 for orders and after-sales. */
  readonly page: number
  readonly size: number
}

/** `page` and `size`, both required [assumed]. */
export function pageArguments(call: Call, firstPage: 0 | 1): PageWish {
  const [page, size] = [wholeArgument(call, 'page'), wholeArgument(call, 'size')]
  if (page < firstPage || size < 1) return wrong(page < firstPage ? 'page' : 'size')
  return size > mostRows ? beyond('size') : { page, size }
}

/** ms; both ends belong to it, and its last second whole [assumed]. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Start and end in seconds, under these names. Undefined: neither is given. */
export function spanArgument(call: Call, start: string, end: string): Span | undefined {
  const [from, to] = [optionalWhole(call, start), optionalWhole(call, end)]
  if (from === undefined && to === undefined) return undefined
  const span = { from: wholeArgument(call, start) * 1000, to: wholeArgument(call, end) * 1000 }
  return span.to < span.from ? wrong(end) : span
}

export interface Matching<T> {
  readonly sorted: Sorted<T>
  readonly span: Span
  readonly isAscending: boolean
  /** Null: all of the span. */
  readonly accepts: ((thing: T) => boolean) | null
}

export interface Found<T> {
  readonly rows: readonly T[]
  readonly total: number
  /** Everything that matches, for a fault that moves one of it. */
  readonly matching: () => readonly T[]
}

/** Cuts a page out; pages count from 0. Nothing is sorted: the list is kept in order. */
export function pageOf<T>({ sorted, span, isAscending, accepts }: Matching<T>, { page, size }: PageWish): Found<T> {
  const [low, high] = sorted.span(span.from, span.to)
  const skip = page * size
  const at = (place: number) => sorted.at(isAscending ? low + place : high - 1 - place)
  const between = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.min(to, high - low) - from) }, (_, place) => at(from + place))
  const matching = () => between(0, high - low).filter(accepts ?? (() => true))
  if (accepts === null) return { rows: between(skip, skip + size), total: high - low, matching }
  const found = matching()
  return { rows: found.slice(skip, skip + size), total: found.length, matching }
}
