import type { Given } from '../../api.ts'
import { numberIn, oneIn, textIn } from '../../search.ts'

export const listingViews = ['open', 'unmatched', 'proposed', 'matched', 'ignored', 'vanished', 'all'] as const
export type ListingView = (typeof listingViews)[number]

/** All that the address says of 商品匹配. */
export interface ListingSearch {
  readonly view?: ListingView
  readonly shop?: number
  readonly sku?: number
  readonly q?: string
  readonly size?: number
  readonly after?: string
  readonly open?: number
}

export function readListingSearch(raw: Readonly<Record<string, unknown>>): ListingSearch {
  return cleanListing({
    view: oneIn(raw, 'view', listingViews),
    shop: numberIn(raw, 'shop'),
    sku: numberIn(raw, 'sku'),
    q: textIn(raw, 'q'),
    size: [20, 50, 100, 200].find((size) => size === numberIn(raw, 'size')),
    after: textIn(raw, 'after'),
    open: numberIn(raw, 'open'),
  })
}

type Unclean = { readonly [K in keyof ListingSearch]?: ListingSearch[K] | undefined }

/** Without the fields that say nothing. */
export function cleanListing(search: Unclean): ListingSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as ListingSearch
}

export const usualSize = 50

export function listingInput(search: ListingSearch): Given<'GET /listings'> {
  return {
    state: search.view ?? 'open',
    limit: search.size ?? usualSize,
    ...(search.shop !== undefined && { shopId: search.shop }),
    ...(search.sku !== undefined && { skuId: search.sku }),
    ...(search.q !== undefined && { search: search.q }),
    ...(search.after !== undefined && { after: search.after }),
  }
}
