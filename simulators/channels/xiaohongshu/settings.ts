import type { Habit } from './envelope.ts'

/** What a test may choose beyond the shared contract, by `POST /_sim/settings`; a reset brings these back. */
export interface Settings {
  /** A call that comes too soon is answered 429 as well as counted. */
  readonly enforceLimits: boolean
  /** Calls a second of one app over all methods. Source: xiaohongshu.md 12 [doc]. */
  readonly callsPerSecond: number
  /** Texts that the app may decrypt in one Beijing day; the real number is not published [assumed]. */
  readonly decryptsPerDay: number
  /** How answers are wrapped. Source: xiaohongshu.md 4. */
  readonly envelope: Habit
  /** Lives of the two tokens. Source: xiaohongshu.md 3 [doc]. */
  readonly accessSeconds: number
  readonly refreshSeconds: number
  /** Share of phone numbers that decryption hides behind a virtual one. */
  readonly virtualNumberShare: number
  /** Share of paid orders that stop at the risk check (status 2) until they are released. */
  readonly riskCheckShare: number
  /** Share of orders that are a pre-sale paid in full (orderType 4). */
  readonly fullPresaleShare: number
  /** Share of orders with a national subsidy, which need a serial number when they are shipped. */
  readonly subsidyShare: number
  /** Share of pushes about status 4 that are sent twice. Source: xiaohongshu.md 11 [doc]. */
  readonly doubleStatusShare: number
  /** The one repeat of a push that was not taken, in seconds. Source: xiaohongshu.md 11 [doc]. */
  readonly pushRepeatSeconds: number
}

export const usual: Settings = {
  enforceLimits: false,
  callsPerSecond: 100,
  decryptsPerDay: 100_000,
  envelope: 'plain',
  accessSeconds: 7 * 86_400,
  refreshSeconds: 14 * 86_400,
  virtualNumberShare: 0,
  riskCheckShare: 0,
  fullPresaleShare: 0,
  subsidyShare: 0,
  doubleStatusShare: 0.1,
  pushRepeatSeconds: 300,
}
