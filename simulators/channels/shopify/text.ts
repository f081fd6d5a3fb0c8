import { coded, graphFault } from './graphql/errors.ts'

/** '294.0', '58.5', '1.01': GraphQL leaves out a zero that says nothing, but not the first. Source: own-site.md 3, its samples. */
export function amount(fen: number): string {
  return (fen / 100).toFixed(2).replace(/0$/, '')
}

/** '294.00', as webhooks write money. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** Whole fen of a decimal text or number; null where it is no amount. Exact: nothing is reckoned as a fraction. */
export function fenOf(value: unknown): number | null {
  const match = /^(\d{1,10})(?:\.(\d{1,2})0*)?$/.exec(String(value))
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

/** '2026-10-20T01:15:02Z', as GraphQL tells time: in UTC, to the second. */
export function utcTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** '2026-10-20T09:15:02+08:00', as webhooks tell it: in the shop's own zone. */
export function shopTime(at: number | null): string | null {
  return at === null ? null : new Date(at + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00')
}

/** What global ids name. */
export type Kind =
  | 'Shop'
  | 'Order'
  | 'LineItem'
  | 'FulfillmentOrder'
  | 'FulfillmentOrderLineItem'
  | 'Fulfillment'
  | 'Refund'
  | 'OrderTransaction'
  | 'ShippingLine'
  | 'OrderAdjustment'
  | 'Product'
  | 'ProductVariant'
  | 'InventoryItem'
  | 'Location'

/** 'gid://shopify/Order/5550001'. */
export function gid(kind: Kind, no: number): string {
  return `gid://shopify/${kind}/${no}`
}

/** The number behind a global id of this kind; null for an id of another kind. Throws a GraphFault for what is no global id. */
export function numberOf(kind: Kind, id: unknown): number | null {
  const { kind: told, no } = partsOf(id)
  return told === kind ? no : null
}

/** Kind and number of a global id. Throws a GraphFault for what is none. */
export function partsOf(id: unknown): { readonly kind: string; readonly no: number } {
  const match = /^gid:\/\/shopify\/(\w+)\/(\d{1,15})(?:\?.*)?$/.exec(String(id))
  if (match === null) throw graphFault(coded('INVALID_ARGUMENT', `Invalid global id '${String(id)}'`))
  return { kind: match[1]!, no: Number(match[2]) }
}
