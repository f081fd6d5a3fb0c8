import type { Given } from '../../api.ts'
import { numberIn, oneIn, textIn } from '../../search.ts'

/** The way of a parcel, in the order of the day. */
export const steps = ['to-allocate', 'to-print', 'printed', 'checked', 'shipped', 'unsent', 'stopped'] as const
export type Step = (typeof steps)[number]
export type ParcelStep = Exclude<Step, 'to-allocate' | 'unsent'>

/** All that the address says of 打单发货. */
export interface FulfilSearch {
  readonly step?: Step
  readonly q?: string
  readonly shop?: number
  readonly carrier?: string
  readonly warehouse?: number
  readonly size?: number
  readonly after?: string
  /** The parcel whose details are open, or the order while nothing is allocated. */
  readonly open?: string
}

type Unclean = { readonly [K in keyof FulfilSearch]?: FulfilSearch[K] | undefined }

export function readFulfilSearch(raw: Readonly<Record<string, unknown>>): FulfilSearch {
  return clean({
    step: oneIn(raw, 'step', steps),
    q: textIn(raw, 'q'),
    shop: numberIn(raw, 'shop'),
    carrier: textIn(raw, 'carrier')?.match(/^[a-z0-9-]{1,20}$/)?.[0],
    warehouse: numberIn(raw, 'warehouse'),
    size: [20, 50, 100, 200].find((size) => size === numberIn(raw, 'size')),
    after: textIn(raw, 'after'),
    open: textIn(raw, 'open')?.match(/^(T\d{8,}|\d{1,15})$/)?.[0],
  })
}

/** Without the fields that say nothing. */
export function clean(search: Unclean): FulfilSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as FulfilSearch
}

export const usualSize = 50

/** The address as the server's filter of parcels. */
export function parcelsInput(search: FulfilSearch, view: ParcelStep): Given<'GET /parcels'> {
  return {
    view,
    limit: search.size ?? usualSize,
    ...(search.q !== undefined && { search: search.q }),
    ...(search.shop !== undefined && { shopId: search.shop }),
    ...(search.carrier !== undefined && { carrier: search.carrier }),
    ...(search.warehouse !== undefined && { warehouseId: search.warehouse }),
    ...(search.after !== undefined && { after: search.after }),
  }
}
