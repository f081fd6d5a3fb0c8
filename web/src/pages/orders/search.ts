import type { OrderFilter, OrderView } from '../../../../src/contract/orders.ts'
import { type FindingCode, findingCodes } from '../../../../src/core/review/findings.ts'
import type { Given } from '../../api.ts'
import { idsIn, manyIn, numberIn, oneIn, textIn } from '../../search.ts'

export const sorts = ['deadline', 'newest', 'oldest'] as const
export type OrderSort = (typeof sorts)[number]

const views = [
  'to-review',
  'exceptions',
  'held',
  'approved',
  'allocated',
  'late-today',
  'unpaid',
  'shipped',
  'closed',
  'all',
] as const satisfies readonly OrderView[]

/** All that the address says of a list of orders. What is not said is not there. */
export interface OrderSearch {
  readonly view?: OrderView
  readonly shops?: readonly number[]
  readonly findings?: readonly FindingCode[]
  readonly warehouse?: number
  readonly province?: string
  readonly from?: string
  readonly to?: string
  readonly note?: 'yes' | 'no'
  readonly q?: string
  readonly sort?: OrderSort
  readonly size?: number
  readonly after?: string
  readonly before?: string
  /** The order whose details are open. */
  readonly open?: string
}

/** Reads the address; what it does not understand it leaves out. */
export function readOrderSearch(raw: Record<string, unknown>): OrderSearch {
  const day = (name: string) => textIn(raw, name)?.match(/^\d{4}-\d\d-\d\d$/)?.[0]
  const shops = idsIn(raw, 'shops')
  const findings = manyIn(raw, 'findings', findingCodes)
  return clean({
    view: oneIn(raw, 'view', views),
    shops: shops.length > 0 ? shops : undefined,
    findings: findings.length > 0 ? findings : undefined,
    warehouse: numberIn(raw, 'warehouse'),
    province: textIn(raw, 'province'),
    from: day('from'),
    to: day('to'),
    note: oneIn(raw, 'note', ['yes', 'no']),
    q: textIn(raw, 'q'),
    sort: oneIn(raw, 'sort', sorts),
    size: [20, 50, 100, 200].find((size) => size === numberIn(raw, 'size')),
    after: textIn(raw, 'after'),
    before: textIn(raw, 'before'),
    open: textIn(raw, 'open')?.match(/^T\d{8,}$/)?.[0],
  })
}

type Unclean = { readonly [K in keyof OrderSearch]?: OrderSearch[K] | undefined }

/** Without the fields that say nothing. */
export function clean(search: Unclean): OrderSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as OrderSearch
}

/** Every condition taken away; view, sort and page size stay. */
export const noFilters = {
  shops: undefined,
  findings: undefined,
  warehouse: undefined,
  province: undefined,
  from: undefined,
  to: undefined,
  note: undefined,
  q: undefined,
} as const

export const isFiltered = (search: OrderSearch): boolean =>
  (Object.keys(noFilters) as (keyof typeof noFilters)[]).some((name) => search[name] !== undefined)

/** The address as the server's filter. `fallback`: the view of a page whose address names none. */
export function filterOf(search: OrderSearch, fallback: OrderView) {
  return {
    view: search.view ?? fallback,
    shopIds: [...(search.shops ?? [])],
    findings: [...(search.findings ?? [])],
    search: search.q ?? '',
    ...(search.warehouse !== undefined && { warehouseId: search.warehouse }),
    ...(search.province !== undefined && { province: search.province }),
    ...(search.from !== undefined && { from: search.from }),
    ...(search.to !== undefined && { to: search.to }),
    ...(search.note !== undefined && { hasNote: search.note === 'yes' }),
  } satisfies Partial<OrderFilter>
}

export const usualSize = 50

export function listInput(search: OrderSearch, fallback: OrderView): Given<'GET /orders'> {
  return {
    ...filterOf(search, fallback),
    sort: search.sort ?? 'deadline',
    limit: search.size ?? usualSize,
    ...(search.after !== undefined && { after: search.after }),
    ...(search.before !== undefined && { before: search.before }),
  }
}
