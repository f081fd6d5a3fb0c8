import type { Given } from '../../api.ts'
import { numberIn, oneIn, textIn } from '../../search.ts'

export const productViews = ['yes', 'no', 'all'] as const
export type ProductView = (typeof productViews)[number]

/** All that the address says of 商品. */
export interface ProductSearch {
  readonly active?: ProductView
  readonly q?: string
  readonly size?: number
  readonly after?: string
  readonly open?: number
}

export function readProductSearch(raw: Readonly<Record<string, unknown>>): ProductSearch {
  return cleanProduct({
    active: oneIn(raw, 'active', productViews),
    q: textIn(raw, 'q'),
    size: [20, 50, 100, 200].find((size) => size === numberIn(raw, 'size')),
    after: textIn(raw, 'after'),
    open: numberIn(raw, 'open'),
  })
}

type Unclean = { readonly [K in keyof ProductSearch]?: ProductSearch[K] | undefined }

/** Without the fields that say nothing. */
export function cleanProduct(search: Unclean): ProductSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as ProductSearch
}

export const usualSize = 50

export function productInput(search: ProductSearch): Given<'GET /skus'> {
  return {
    active: search.active ?? 'yes',
    limit: search.size ?? usualSize,
    ...(search.q !== undefined && { search: search.q }),
    ...(search.after !== undefined && { after: search.after }),
  }
}
