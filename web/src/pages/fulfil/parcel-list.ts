import { keepPreviousData } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import { call } from '../../api.ts'
import { useCursor } from '../../parts/cursor.ts'
import { useSelection } from '../../parts/grid/selection.ts'
import { useSteadyRows } from '../../parts/grid/steady.ts'
import { useRead } from '../../query.ts'
import { clean, type FulfilSearch, type ParcelStep, parcelsInput } from './search.ts'

const keyOf = (row: ParcelRow) => row.id
const most = 2_000
const atOnce = 200

interface ListOptions {
  readonly search: FulfilSearch
  readonly step: ParcelStep
  readonly change: (search: FulfilSearch) => void
}

/** Parcels of one step as the address says: rows that stay put, a selection over all pages, what is open. */
export function useParcelList({ search, step, change }: ListOptions) {
  const input = parcelsInput(search, step)
  const list = useRead('GET /parcels', input, { placeholderData: keepPreviousData })
  const fresh = list.isPlaceholderData ? undefined : list.data?.rows
  const steady = useSteadyRows({
    fresh,
    isWhole: input.after === undefined && list.data?.next === null,
    keyOf,
    scope: JSON.stringify(input),
  })
  const { after: _, limit: __, ...filter } = input
  const selection = useSelection(JSON.stringify(filter))
  const [active, setActive] = useState<ParcelRow | null>(null)
  // What a deed must know of a parcel (prints, numbers, stops) it knows of every row that was in sight.
  const seen = useRef(new Map<number, ParcelRow>())
  for (const row of list.data?.rows ?? []) seen.current.set(row.id, row)

  const set = (part: Partial<FulfilSearch>, keepsPage = false) =>
    change(clean({ ...search, ...(keepsPage ? {} : { after: undefined, open: undefined }), ...part }))
  const open = steady.rows?.find((row) => String(row.id) === search.open) ?? null
  const cursor = useCursor({
    after: search.after,
    next: list.data?.next,
    go: (after) => change(clean({ ...search, after, open: undefined })),
  })
  return {
    list,
    steady,
    rows: steady.rows,
    selection,
    open,
    setActive,
    set,
    cursor,
    total: isFiltered(search) ? null : (list.data?.counts[step] ?? null),
    openRow: (row: ParcelRow | null) => {
      if (row) setActive(row)
      change(clean({ ...search, open: row ? String(row.id) : undefined }))
    },
    /** The parcels meant by a key or button: the selection, or else the one that one is at. */
    meant: async (): Promise<readonly ParcelRow[]> => {
      if (selection.isAll) return allOf(filter)
      if (selection.keys.size > 0) return [...selection.keys].flatMap((key) => seen.current.get(key) ?? [])
      const one = open ?? active
      return one ? [seen.current.get(one.id) ?? one] : []
    },
    hasMeant: selection.isAll || selection.keys.size > 0 || open !== null || active !== null,
  }
}

export type ParcelList = ReturnType<typeof useParcelList>

const isFiltered = ({ q, shop, carrier, warehouse }: FulfilSearch): boolean =>
  [q, shop, carrier, warehouse].some((each) => each !== undefined)

/** All parcels that a filter finds, as many as one deed takes. */
async function allOf(filter: Omit<ReturnType<typeof parcelsInput>, 'after' | 'limit'>): Promise<ParcelRow[]> {
  const rows: ParcelRow[] = []
  let after: string | undefined
  do {
    const page = await call('GET /parcels', { ...filter, limit: atOnce, after })
    rows.push(...page.rows)
    after = page.next ?? undefined
  } while (after !== undefined && rows.length < most)
  return rows.slice(0, most)
}
