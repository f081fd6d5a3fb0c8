import { numberIn, oneIn, textIn } from '../../search.ts'

export const shopTabs = ['overview', 'days', 'unsent', 'calls', 'spans', 'pushes', 'files', 'shadow'] as const
export type ShopTab = (typeof shopTabs)[number]

/** What the address of 渠道店铺 says: the shop that is open, what of it is shown, and what is filtered there. */
export interface ShopSearch {
  readonly shop?: number
  readonly tab?: ShopTab
  /** How many days of certificates. */
  readonly days?: number
  readonly kind?: 'shipment' | 'remark' | 'stock'
  readonly outcome?: 'good' | 'failed'
  readonly operation?: string
  readonly code?: string
  readonly before?: number
}

export function readShopSearch(raw: Readonly<Record<string, unknown>>): ShopSearch {
  return cleanShop({
    shop: numberIn(raw, 'shop'),
    tab: oneIn(raw, 'tab', shopTabs),
    days: numberIn(raw, 'days'),
    kind: oneIn(raw, 'kind', ['shipment', 'remark', 'stock']),
    outcome: oneIn(raw, 'outcome', ['good', 'failed']),
    operation: textIn(raw, 'operation'),
    code: textIn(raw, 'code'),
    before: numberIn(raw, 'before'),
  })
}

/** Without the fields that say nothing. */
export function cleanShop(search: { readonly [K in keyof ShopSearch]?: ShopSearch[K] | undefined }): ShopSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as ShopSearch
}

/** The query with which a platform sends the browser back, as it is. */
export function readQuery(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [],
    ),
  )
}
