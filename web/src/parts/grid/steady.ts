import { useRef, useState } from 'react'

export interface SteadyOptions<Row> {
  readonly fresh: readonly Row[] | undefined
  /** True when these are all results, so that a row which is missing has truly left. */
  readonly isWhole: boolean
  readonly keyOf: (row: Row) => number
  readonly scope: string
}

/**
 * Rows that do not move under one's eyes: after a reload in the background the same rows stand in the same order with their new
 * contents, those that left stay until asked (`isGone`), and how many came anew is only told (`news`). Another `scope` (filter, page,
 * sort) shows everything at once, and so does `adopt`. `fresh` is undefined while the answer is on its way: then the old rows stay.
 */
export function useSteadyRows<Row>({ fresh, isWhole, keyOf, scope }: SteadyOptions<Row>) {
  const kept = useRef<{ scope: string; rows: readonly Row[] } | null>(null)
  const adoptsNext = useRef(false)
  const last = useRef(fresh)
  const [, redraw] = useState(0)

  const isNew = fresh !== last.current && fresh !== undefined
  last.current = fresh
  if (fresh !== undefined && (kept.current?.scope !== scope || (isNew && adoptsNext.current))) {
    kept.current = { scope, rows: fresh }
    adoptsNext.current = false
  }
  const shown = kept.current
  const byKey = new Map((fresh ?? []).map((row) => [keyOf(row), row]))
  const known = new Set((shown?.rows ?? []).map(keyOf))
  const rows = shown?.rows.map((row) => byKey.get(keyOf(row)) ?? row)
  return {
    rows,
    news: (fresh ?? []).filter((row) => !known.has(keyOf(row))).length,
    isGone: (row: Row) => isWhole && fresh !== undefined && !byKey.has(keyOf(row)),
    /** Shows the next answer as it is: after one's own deed nothing should linger. */
    adoptNext: () => {
      adoptsNext.current = true
    },
    adopt: () => {
      kept.current = null
      redraw((n) => n + 1)
    },
  }
}
