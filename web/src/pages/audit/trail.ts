import { keepPreviousData } from '@tanstack/react-query'
import type { AuditLine } from '../../../../src/contract/security.ts'
import { useNow } from '../../now.ts'
import { useCursor } from '../../parts/cursor.ts'
import { useSteadyRows } from '../../parts/grid/steady.ts'
import { useRead } from '../../query.ts'
import { type AuditSearch, auditFilter, cleanAudit, usualSize } from './search.ts'

const keyOf = (line: AuditLine) => line.id
const everyMs = 15_000

/** The trail as the address says: rows that stay put while new ones come, what is open, and the pages. */
export function useTrail(search: AuditSearch, change: (search: AuditSearch) => void) {
  const now = useNow()
  const size = search.size ?? usualSize
  const input = {
    ...auditFilter(search, now),
    limit: size,
    ...(search.after !== undefined && { after: search.after }),
  }
  const list = useRead('GET /audit', input, { placeholderData: keepPreviousData, refetchInterval: everyMs })
  const steady = useSteadyRows({
    fresh: list.isPlaceholderData ? undefined : list.data?.lines,
    // A line never leaves; one that is not there any more has only moved to the next page.
    isWhole: false,
    keyOf,
    scope: JSON.stringify(input),
  })
  const cursor = useCursor({
    after: search.after,
    next: list.data?.next,
    go: (after) => change(cleanAudit({ ...search, after, open: undefined })),
  })
  const { rows } = steady
  const isOnlyPage = search.after === undefined && list.data?.next === null
  return {
    now,
    list,
    steady,
    rows,
    cursor,
    open: rows?.find((line) => line.id === search.open) ?? null,
    /** Null when there are more than this page. */
    total: isOnlyPage ? (rows?.length ?? null) : null,
  }
}

export type Trail = ReturnType<typeof useTrail>
