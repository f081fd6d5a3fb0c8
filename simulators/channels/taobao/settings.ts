import type { MoneyStyle } from './state.ts'
import type { Level } from './tokens.ts'

/** What a test may choose beyond the shared contract, by `POST /_sim/settings`; a reset brings these back. */
export interface Settings {
  /** A call that comes too soon is answered with code 7 as well as counted. */
  readonly enforceLimits: boolean
  /** Calls a second; taobao.md 19 [rule], the last one from 13 [assumed]. */
  readonly limits: {
    readonly app: number
    readonly shopReads: number
    readonly shopWrites: number
    readonly stockWritesPerItem: number
  }
  /** Calls of the app in one Beijing day; taobao.md 19 [doc, old mirror]. */
  readonly dailyCalls: number
  readonly moneyStyle: MoneyStyle | 'mixed'
  /** B is Tmall, C is Taobao. */
  readonly sellerType: 'B' | 'C'
  /** When the platform takes a bought piece off the shelf. */
  readonly reduceStock: 'on-order' | 'on-payment'
  /** Tokens of the pages and of `/token` can be refreshed, or hold once for a fixed time. */
  readonly tokenMode: 'refreshable' | 'fixed'
  /** Life of a new access token, in seconds, and of each of its security levels where that is shorter. */
  readonly tokenSeconds: number
  readonly levelSeconds: Readonly<Partial<Record<Level, number>>>
  /** Whether it is a sub-account that authorises. */
  readonly subAccount: boolean
  /** Share of paid orders that wait for their group to fill (PAID_FORBID_CONSIGN); `pay` then fills it. */
  readonly groupBuyShare: number
  /** Share of orders paid in cash on delivery: to be shipped at once, by `logistics.online.send`; `pay` then is the buyer's signature. */
  readonly cashOnDeliveryShare: number
  /** Share of buyers whose number `top.oaid.decrypt` hides behind a virtual one. */
  readonly virtualNumberShare: number
  /** Operations the app has no permission for. */
  readonly denied: readonly string[]
}

const yearSeconds = 31_536_000

export const usual: Settings = {
  enforceLimits: false,
  limits: { app: 10, shopReads: 3, shopWrites: 1, stockWritesPerItem: 1 },
  dailyCalls: 1_000_000,
  moneyStyle: 'mixed',
  sellerType: 'B',
  reduceStock: 'on-order',
  tokenMode: 'refreshable',
  tokenSeconds: yearSeconds,
  levelSeconds: {},
  subAccount: true,
  groupBuyShare: 0,
  cashOnDeliveryShare: 0,
  virtualNumberShare: 0,
  denied: [],
}
