import type { Sorted } from '../../../aid/sorted.ts'

export interface Wish<T> {
  readonly sorted: Sorted<T>
  readonly from: number
  /** Included, to the end of its second. */
  readonly to: number
  /** Null: all of the span. */
  readonly accepts: ((thing: T) => boolean) | null
  readonly isDescending: boolean
  readonly page: number
  readonly size: number
}

export interface Page<T> {
  readonly rows: readonly T[]
  readonly total: number
  /** Everything that matches, for a fault that moves one of it. */
  readonly matching: () => readonly T[]
}

const secondMs = 999

/** Cuts a page out. Nothing is sorted: the list is kept in order. */
export function pageOf<T>({ sorted, from, to, accepts, isDescending, page, size }: Wish<T>): Page<T> {
  const [low, high] = sorted.span(from, to + secondMs)
  const count = Math.max(0, high - low)
  const at = (place: number) => sorted.at(isDescending ? high - 1 - place : low + place)
  const all = () => Array.from({ length: count }, (_, place) => at(place))
  const matching = () => (accepts === null ? all() : all().filter(accepts))

  const skip = (page - 1) * size
  if (accepts !== null) {
    const found = matching()
    return { rows: found.slice(skip, skip + size), total: found.length, matching: () => found }
  }
  const length = Math.max(0, Math.min(size, count - skip))
  return { rows: Array.from({ length }, (_, place) => at(skip + place)), total: count, matching }
}
