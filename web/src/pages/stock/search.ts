import type { Given } from '../../api.ts'
import { numberIn, oneIn, textIn } from '../../search.ts'

export const stockViews = ['all', 'short', 'low', 'out', 'untold', 'warehouses'] as const
export type StockView = (typeof stockViews)[number]

/** All that the address says of 库存. */
export interface StockSearch {
  readonly view?: StockView
  readonly q?: string
  readonly size?: number
  readonly after?: string
  /** The SKU whose details are open. */
  readonly open?: number
}

export function readStockSearch(raw: Readonly<Record<string, unknown>>): StockSearch {
  return clean({
    view: oneIn(raw, 'view', stockViews),
    q: textIn(raw, 'q'),
    size: [20, 50, 100, 200].find((size) => size === numberIn(raw, 'size')),
    after: textIn(raw, 'after'),
    open: numberIn(raw, 'open'),
  })
}

type Unclean = { readonly [K in keyof StockSearch]?: StockSearch[K] | undefined }

/** Without the fields that say nothing. */
export function clean(search: Unclean): StockSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as StockSearch
}

export const usualSize = 50

export function stockInput(search: StockSearch): Given<'GET /stock'> {
  const { view = 'all' } = search
  return {
    view: view === 'warehouses' ? 'all' : view,
    limit: search.size ?? usualSize,
    ...(search.q !== undefined && { search: search.q }),
    ...(search.after !== undefined && { after: search.after }),
  }
}
