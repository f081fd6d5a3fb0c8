import type { Sorted } from '../../../aid/sorted.ts'
import { type Call, wholeArgument, wrong } from './call.ts'

export interface Window {
  readonly by: 'created' | 'updated'
  /** Both ends belong to it, in ms. */
  readonly from: number
  readonly to: number
}

const minuteMs = 60_000
/** Longest window by what is asked for. Source: xiaohongshu.md 5, 10 [doc]. */
const longest = { created: 24 * 60 * minuteMs, updated: 30 * minuteMs } as const

/**
 * Reads `startTime`, `endTime` and `timeType`. `unitMs` is what the method counts in: seconds for orders, ms for after-sales. A window in
 * seconds holds its last second whole [assumed].
 */
export function windowArgument(call: Call, unitMs: 1 | 1000): Window {
  const bounds = { least: 0, most: Math.floor(Number.MAX_SAFE_INTEGER / 1000) }
  const start = wholeArgument(call, 'startTime', bounds)
  const end = wholeArgument(call, 'endTime', bounds)
  const by = wholeArgument(call, 'timeType', { least: 1, most: 2 }) === 1 ? 'created' : 'updated'
  if (end < start || (end - start) * unitMs > longest[by]) return wrong('endTime')
  return { by, from: start * unitMs, to: end * unitMs + unitMs - 1 }
}

/** One page of a list that runs from the earliest to the latest [assumed]. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly total: number
  readonly pageNo: number
  readonly pageSize: number
  /** Everything that matches, for a fault that moves one of it. */
  readonly matching: () => readonly T[]
}

export interface Matching<T> {
  readonly sorted: Sorted<T>
  readonly window: Window
  /** Null: all of the window. */
  readonly accepts: ((thing: T) => boolean) | null
}

export interface PageWish {
  readonly pageNo: number
  readonly pageSize: number
}

/** Cuts the page out. Nothing is sorted: the list is kept in order. */
export function pageOf<T>({ sorted, window, accepts }: Matching<T>, { pageNo, pageSize }: PageWish): Page<T> {
  const [low, high] = sorted.span(window.from, window.to)
  const skip = (pageNo - 1) * pageSize
  const between = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, offset) => sorted.at(from + offset))
  const matching = () => between(low, high).filter(accepts ?? (() => true))
  const found = accepts === null ? null : matching()
  const rows = found?.slice(skip, skip + pageSize) ?? between(low + skip, Math.min(high, low + skip + pageSize))
  return { rows, total: found?.length ?? high - low, pageNo, pageSize, matching }
}
