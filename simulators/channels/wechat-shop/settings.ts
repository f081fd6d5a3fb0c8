import { orderEvents, otherEvents } from './events.ts'

/** What a test may choose beyond the shared contract, by `POST /_sim/settings`; a reset brings these back. */
export interface Settings {
  /** A call that comes too soon is answered 45011, or 10020112 for a SKU, as well as counted. */
  readonly enforceLimits: boolean
  /** Calls a second: of the shop, and stock updates of one SKU. Source: wechat-shop.md 13 [assumed]. */
  readonly limits: { readonly shop: number; readonly stockOfSku: number }
  readonly tokenSeconds: number
  readonly isSecretFrozen: boolean
  /** Whether the caller's address is on the shop's list; 61004 when not. */
  readonly isCallerAllowed: boolean
  /** Operations the shop has not been granted: 48001. */
  readonly denied: readonly string[]
  /** Codes that operations answer instead of being done: { 'order/delivery/send': 109205 }. */
  readonly answers: Readonly<Record<string, number>>
  /** Events the shop has subscribed to in the console. */
  readonly subscribed: readonly string[]
  readonly pushMode: 'security' | 'plain'
  readonly pushFormat: 'json' | 'xml'
  /** Shortens the waits between the attempts of a push; 1 is real time. */
  readonly retryScale: number
  /** The name of the list in a search's answer; the documentation has both. Source: wechat-shop.md 3. */
  readonly searchField: 'orders' | 'order_id_list'
  /** A new order's detail is not found for so long. Source: wechat-shop.md 11 [assumed]. */
  readonly detailLagMs: number
  /** Plain receivers that may be read in one Beijing day. Source: wechat-shop.md 6 [sdk, weak]. */
  readonly decodesPerDay: number
  /**
   * Shares of paid orders: presents to be accepted (12), groups to be filled (13), prizes and points (nothing paid in
   * cash).
   */
  readonly presentShare: number
  readonly togetherShare: number
  readonly prizeShare: number
  /** Share of lines that are a presale paid in full. */
  readonly presaleShare: number
  /** Share of gifts that are one more piece of the SKU they came with. */
  readonly twinGiftShare: number
  readonly virtualNumberShare: number
  /** The merchant's ids of the warehouses that every SKU lies in. */
  readonly warehouses: readonly string[]
}

/**
 * A merchant who subscribes to the payment has no use for the two events around it, so one purchase is one push.
 * Anything else of wechat-shop.md 11 is subscribed to.
 */
const unwanted: readonly string[] = ['channels_ec_order_new', 'channels_ec_order_wait_shipping']

export const usual: Settings = {
  enforceLimits: false,
  limits: { shop: 5, stockOfSku: 1 },
  tokenSeconds: 7200,
  isSecretFrozen: false,
  isCallerAllowed: true,
  denied: [],
  answers: {},
  subscribed: [...orderEvents, ...otherEvents].filter((event) => !unwanted.includes(event)),
  pushMode: 'security',
  pushFormat: 'json',
  retryScale: 1,
  searchField: 'orders',
  detailLagMs: 0,
  decodesPerDay: 30,
  presentShare: 0,
  togetherShare: 0,
  prizeShare: 0,
  presaleShare: 0,
  twinGiftShare: 0,
  virtualNumberShare: 0,
  warehouses: [],
}
