import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrderRow, OrderView } from '../../../../src/contract/orders.ts'
import type { FindingCode } from '../../../../src/core/review/findings.ts'
import { useSelection } from '../../parts/grid/selection.ts'
import { useSteadyRows } from '../../parts/grid/steady.ts'
import { useRead } from '../../query.ts'
import { clean, filterOf, listInput, type OrderSearch } from './search.ts'
import type { Target } from './target.ts'

const keyOf = (row: OrderRow) => row.id
const countsMs = 15_000

export interface OrderListOptions {
  readonly search: OrderSearch
  /** The view while the address names none. */
  readonly fallback: OrderView
  readonly change: (search: OrderSearch) => void
  readonly isReady: boolean
}

/** A list of orders as its address says: rows that stay put, counts, selection, what is open, and ways to change the address. */
export function useOrderList({ search, fallback, change, isReady }: OrderListOptions) {
  const input = listInput(search, fallback)
  const list = useRead('GET /orders', input, { enabled: isReady, placeholderData: keepPreviousData })
  const counts = useRead('GET /orders/counts', {}, { refetchInterval: countsMs })
  const scope = JSON.stringify(input)
  const steady = useSteadyRows({
    fresh: list.isPlaceholderData ? undefined : list.data?.rows,
    isWhole: list.data?.next === null && list.data.previous === null,
    keyOf,
    scope,
  })
  const filter = filterOf(search, fallback)
  const selection = useSelection(JSON.stringify(filter))
  const [active, setActive] = useState<OrderRow | null>(null)
  const rows = steady.rows
  const open = rows?.find((row) => row.orderNo === search.open) ?? null

  const set = (part: { readonly [K in keyof OrderSearch]?: OrderSearch[K] | undefined }, keepsPage = false) =>
    change(
      clean({ ...search, ...(keepsPage ? {} : { after: undefined, before: undefined, open: undefined }), ...part }),
    )
  const toggleFinding = (code: FindingCode) => {
    const now = search.findings ?? []
    const next = now.includes(code) ? now.filter((each) => each !== code) : [...now, code]
    set({ findings: next.length > 0 ? next : undefined })
  }
  const openRow = (row: OrderRow | null) => {
    if (row) setActive(row)
    set({ open: row?.orderNo }, true)
  }
  const target = targetOf({ selection, filter, total: list.data?.total ?? null, row: open ?? active, rows: rows ?? [] })
  return {
    input,
    filter,
    list,
    counts: counts.data,
    steady,
    rows,
    selection,
    active,
    setActive,
    open,
    set,
    toggleFinding,
    openRow,
    target,
  }
}

export type OrderList = ReturnType<typeof useOrderList>

interface TargetFacts {
  readonly selection: ReturnType<typeof useSelection>
  readonly filter: ReturnType<typeof filterOf>
  readonly total: number | null
  readonly row: OrderRow | null
  readonly rows: readonly OrderRow[]
}

/** What a key or button acts on: the selection, or else the row one is at. */
function targetOf({ selection, filter, total, row, rows }: TargetFacts): Target | null {
  if (selection.isAll) return { selection: { filter }, count: total, row: null }
  const ids = [...selection.keys]
  if (ids.length > 1) return { selection: { ids }, count: ids.length, row: null }
  const one = ids.length === 1 ? rows.find((each) => each.id === ids[0]) : row
  if (ids.length === 1 && !one) return { selection: { ids }, count: 1, row: null }
  return one ? { selection: { ids: [one.id] }, count: 1, row: one } : null
}

/** The row after `row`, or the one before it at the end: where one goes on when it is done. */
export function nextRow(rows: readonly OrderRow[], orderNo: string | undefined): OrderRow | null {
  const at = rows.findIndex((row) => row.orderNo === orderNo)
  return at < 0 ? null : (rows[at + 1] ?? rows[at - 1] ?? null)
}
