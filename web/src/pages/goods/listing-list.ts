import { keepPreviousData } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ListingRow } from '../../../../src/contract/catalogue.ts'
import { useCursor } from '../../parts/cursor.ts'
import { useSelection } from '../../parts/grid/selection.ts'
import { useSteadyRows } from '../../parts/grid/steady.ts'
import { useRead } from '../../query.ts'
import { cleanListing, type ListingSearch, listingInput } from './listing-search.ts'

const keyOf = (row: ListingRow) => row.id

/** Listings as the address says: rows that stay put, selection, what is open, and the row after it. */
export function useListingList(search: ListingSearch, change: (search: ListingSearch) => void) {
  const input = listingInput(search)
  const list = useRead('GET /listings', input, { placeholderData: keepPreviousData })
  const steady = useSteadyRows({
    fresh: list.isPlaceholderData ? undefined : list.data?.rows,
    isWhole: input.after === undefined && list.data?.next === null,
    keyOf,
    scope: JSON.stringify(input),
  })
  const { after: _, limit: __, ...filter } = input
  const selection = useSelection(JSON.stringify(filter))
  const [active, setActive] = useState<ListingRow | null>(null)
  const seen = useRef(new Map<number, ListingRow>())
  for (const row of list.data?.rows ?? []) seen.current.set(row.id, row)
  const gone = useRef(new Set<number>())
  const open = steady.rows?.find((row) => row.id === search.open) ?? null
  const cursor = useCursor({
    after: search.after,
    next: list.data?.next,
    go: (after) => change(cleanListing({ ...search, after, open: undefined })),
  })
  const openRow = (row: ListingRow | null) => {
    if (row) setActive(row)
    change(cleanListing({ ...search, open: row?.id }))
  }
  return {
    list,
    steady,
    rows: steady.rows,
    selection,
    open,
    setActive,
    cursor,
    total: totalOf(search, list.data?.counts),
    set: (part: { readonly [K in keyof ListingSearch]?: ListingSearch[K] | undefined }) =>
      change(cleanListing({ ...search, after: undefined, open: undefined, ...part })),
    openRow,
    /** One was decided: the next that was not lies open, before the server has answered, so that keys may come fast. */
    decided: (row: ListingRow) => {
      gone.current.add(row.id)
      if (open?.id !== row.id) return
      const rows = steady.rows ?? []
      const at = rows.findIndex(({ id }) => id === row.id)
      const isLeft = ({ id }: ListingRow) => !gone.current.has(id)
      openRow(rows.slice(at + 1).find(isLeft) ?? rows.find(isLeft) ?? null)
    },
    meant: (): readonly ListingRow[] => {
      if (selection.isAll) return steady.rows ?? []
      if (selection.keys.size > 0) return [...selection.keys].flatMap((key) => seen.current.get(key) ?? [])
      const one = open ?? active
      return one ? [seen.current.get(one.id) ?? one] : []
    },
  }
}

export type ListingList = ReturnType<typeof useListingList>

type Counts = Readonly<Record<ListingRow['state'], number>>

/** Exact where nothing narrows the view. */
function totalOf({ view = 'open', q, shop, sku }: ListingSearch, counts: Counts | undefined): number | null {
  if (counts === undefined || q !== undefined || shop !== undefined || sku !== undefined) return null
  if (view === 'open') return counts.unmatched + counts.proposed
  return view === 'all' ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[view]
}
