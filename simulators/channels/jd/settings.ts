/** What a test may choose beyond the shared contract, by `POST /_sim/settings`; a reset brings these back. */
export interface Settings {
  /** A call that comes too soon is answered with code 2 as well as counted. */
  readonly enforceLimits: boolean
  /** Calls a second; jd.md 14 [rule]. */
  readonly limits: { readonly app: number; readonly shopWrites: number }
  /** Calls of the app in one Beijing day; an app that is not published has 500: jd.md 14 [doc]. */
  readonly dailyCalls: number
  /** How long after a payment `actualPay` still says 0.00: jd.md 15.5. */
  readonly payLagSeconds: number
  /** Share of orders of several lines that are split when they are paid. */
  readonly splitShare: number
  /** Share of orders paid in cash on delivery: to be shipped unpaid; `pay` then is the buyer's signature. */
  readonly cashOnDeliveryShare: number
  /** Share of orders that leave from a warehouse of JD's. */
  readonly platformWarehouseShare: number
  /** Share of orders with a service fee and tax. */
  readonly feeShare: number
  /** Share of orders of which the payment channel pays a part (`payDiscount`). */
  readonly payDiscountShare: number
  /** Share of answers whose success flag is the text "true" or "false": jd.md 15.8. */
  readonly textFlagShare: number
  /** An approved refund waits for JD's finance, which `POST /_sim/refund` then plays; else the money goes back at once. */
  readonly financeIsSlow: boolean
  /** A memo comes back with 【operator time】 behind it: jd.md 12. */
  readonly remarkSuffix: boolean
  /** Life of a new access token. */
  readonly tokenSeconds: number
  /** Operations the app has no permission for. */
  readonly denied: readonly string[]
}

export const usual: Settings = {
  enforceLimits: false,
  limits: { app: 5, shopWrites: 1 },
  dailyCalls: 1_000_000,
  payLagSeconds: 5,
  splitShare: 0,
  cashOnDeliveryShare: 0,
  platformWarehouseShare: 0,
  feeShare: 0,
  payDiscountShare: 0,
  textFlagShare: 0.25,
  financeIsSlow: false,
  remarkSuffix: true,
  tokenSeconds: 31_535_999,
  denied: [],
}
