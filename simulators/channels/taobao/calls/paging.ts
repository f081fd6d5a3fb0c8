import type { Sorted } from '../../../aid/sorted.ts'
import { type Call, flag, wholeArgument } from './call.ts'

/** One page of a list that runs from the latest to the earliest. */
export interface Page<T> {
  readonly rows: readonly T[]
  /** How many the platform counts; absent when the caller asked with `use_has_next`. */
  readonly total: number | undefined
  readonly hasNext: boolean | undefined
  /** Everything that matches, for a fault that moves one of it. */
  readonly matching: () => readonly T[]
}

export interface Matching<T> {
  readonly sorted: Sorted<T>
  readonly from: number
  /** Included, to the end of its second. */
  readonly to: number
  /** Null: all of the span. */
  readonly accepts: ((thing: T) => boolean) | null
}

const secondMs = 999

/** Reads `page_no`, `page_size` and `use_has_next` and cuts the page out. Nothing is sorted: the list is kept in order. */
export function pageOf<T>(call: Call, { sorted, from, to, accepts }: Matching<T>): Page<T> {
  const size = wholeArgument(call, 'page_size', { least: 1, most: 100, otherwise: 40 })
  const number = wholeArgument(call, 'page_no', { least: 1, most: 1_000_000, otherwise: 1 })
  const byNext = flag(call, 'use_has_next')
  const [low, high] = sorted.span(from, to + secondMs)
  const skip = (number - 1) * size

  const matching = () =>
    Array.from({ length: high - low }, (_, back) => sorted.at(high - 1 - back)).filter(accepts ?? (() => true))
  const found = accepts === null ? null : matching()
  const total = found?.length ?? high - low
  const rows = found?.slice(skip, skip + size) ?? cut(sorted, Math.max(low, high - skip - size), high - skip)
  return {
    rows,
    total: byNext ? undefined : total,
    hasNext: byNext ? skip + size < total : undefined,
    matching,
  }
}

/** Positions from `low` to below `high`, latest first. */
function cut<T>(sorted: Sorted<T>, low: number, high: number): T[] {
  const rows: T[] = []
  for (let at = high - 1; at >= low; at--) rows.push(sorted.at(at))
  return rows
}
