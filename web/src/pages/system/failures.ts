import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import type { FailedJob } from '../../../../src/contract/ops.ts'
import type { Answer, Given } from '../../api.ts'
import { useCursor } from '../../parts/cursor.ts'
import { useSelection } from '../../parts/grid/selection.ts'
import { useSteadyRows } from '../../parts/grid/steady.ts'
import { useRead } from '../../query.ts'
import { cleanSystem, type SystemSearch } from './search.ts'

export const usualSize = 50
const everyMs = 15_000
const keyOf = (row: FailedJob) => row.id

/** Which failed jobs are meant: some by id, or all open ones of a kind. */
export type Meant = Given<'POST /system/failures/retry'>

/** Failed jobs as the address says: rows that stay put, what is selected, open or active, and how many of the kind are open. */
export function useFailures(search: SystemSearch, change: (search: SystemSearch) => void) {
  const kind = {
    ...(search.job !== undefined && { job: search.job }),
    ...(search.code !== undefined && { code: search.code }),
  }
  const input = {
    ...kind,
    state: search.state ?? ('open' as const),
    limit: search.size ?? usualSize,
    ...(search.after !== undefined && { after: search.after }),
  }
  const list = useRead('GET /system/failures', input, { placeholderData: keepPreviousData, refetchInterval: everyMs })
  const steady = useSteadyRows({
    fresh: list.isPlaceholderData ? undefined : list.data?.rows,
    isWhole: input.after === undefined && list.data?.next === null,
    keyOf,
    scope: JSON.stringify(input),
  })
  const selection = useSelection(JSON.stringify([kind, search.state]))
  const [active, setActive] = useState<FailedJob | null>(null)
  const open = steady.rows?.find((row) => row.id === search.open) ?? null
  const cursor = useCursor({
    after: search.after === undefined ? undefined : String(search.after),
    next: list.data?.next === null || list.data === undefined ? null : String(list.data.next),
    go: (after) =>
      change(cleanSystem({ ...search, after: after === undefined ? undefined : Number(after), open: undefined })),
  })
  const openOfKind = countOpen(list.data, search)
  return {
    list,
    steady,
    rows: steady.rows,
    selection,
    cursor,
    open,
    setActive,
    /** Of the open ones it is known exactly; of the settled ones only when they are one page. */
    total: search.state === undefined ? openOfKind : settledTotal(list.data, search),
    openOfKind,
    /** Everything of the chosen kind. */
    all: (): Meant => kind,
    meant: (): { readonly which: Meant; readonly count: number } | null => {
      if (selection.isAll) return { which: kind, count: openOfKind }
      if (selection.keys.size > 0) return { which: { ids: [...selection.keys] }, count: selection.keys.size }
      const one = open ?? active
      return one && one.settledAt === null ? { which: { ids: [one.id] }, count: 1 } : null
    },
  }
}

export type Failures = ReturnType<typeof useFailures>

/** How many of the chosen kind are open, on all pages. */
function countOpen(data: Answer<'GET /system/failures'> | undefined, search: SystemSearch): number {
  return (data?.groups ?? [])
    .filter(({ job, code }) => (search.job ?? job) === job && (search.code ?? code) === code)
    .reduce((sum, group) => sum + group.count, 0)
}

function settledTotal(data: Answer<'GET /system/failures'> | undefined, search: SystemSearch): number | null {
  return data?.next === null && search.after === undefined ? data.rows.length : null
}
