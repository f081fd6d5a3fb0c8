/** What a test may choose beyond the shared contract, by `POST /_sim/settings`; a reset brings these back. */
export interface Settings {
  /** A call that comes too soon is refused with 52101 as well as counted. */
  readonly enforceLimits: boolean
  /** Calls of one API for one shop in 60 s; pinduoduo.md 3 [doc]. */
  readonly callsPerMinute: number
  /** How far the end of a window of the list by change must lie back; pinduoduo.md 4 [doc]. */
  readonly listLagSeconds: number
  /** Share of paid orders that wait for their group (拼团中). */
  readonly gatheringShare: number
  /** Share of paid orders that are under risk control. */
  readonly riskShare: number
  /** Share of paid orders that the platform tagged `ship_hold`. */
  readonly holdShare: number
  /** An agreed refund is under way (4) until `POST /_sim/refund` says otherwise; else the money goes back at once. */
  readonly refundsAreSlow: boolean
  /** Life of a new access token, and of its refresh token: the app's kind decides, pinduoduo.md 2. */
  readonly tokenSeconds: number
  readonly refreshSeconds: number
  /** Methods the app has no permission for. */
  readonly denied: readonly string[]
}

export const usual: Settings = {
  enforceLimits: false,
  callsPerMinute: 1000,
  listLagSeconds: 180,
  gatheringShare: 0,
  riskShare: 0,
  holdShare: 0,
  refundsAreSlow: false,
  tokenSeconds: 31_536_000,
  refreshSeconds: 31_536_000,
  denied: [],
}
