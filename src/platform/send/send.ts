import type { Answer, Limit, OutgoingRequest } from '../../kit/plug.ts'
import type { Worth } from './line.ts'

/** On whose behalf a call goes out: its limits, its breaker and its record go by these. */
export interface Caller {
  readonly shopId: number
  readonly channel: string
  /** Names the app whose limits are shared by several shops. */
  readonly appKey: string
  readonly limits: readonly Limit[]
  /** What its calls are worth beside others; usual when not given. */
  readonly worth?: Worth
  /** Is given the record of each call before it is written, so that whoever reads the answer can say what it meant. */
  readonly note?: (call: CallNote) => void
}

/** A call as it will be recorded. `failure` is the code of what the answer turned out to be, null when it was good. */
export interface CallNote {
  readonly operation: string
  failure: string | null
}

/**
 * The product's only way out. Waits for a place within the limits (kept in the database, so that all processes share them), cuts off
 * after a time-out, opens a breaker after repeated trouble, and records each call without its bodies.
 * Throws CHANNEL_UNREACHABLE, CHANNEL_UNCLEAR (a write without an answer), CHANNEL_ADDRESS_REFUSED (not HTTPS, or outside the
 * sandbox), CHANNEL_MISCONFIGURED (the certificate is not valid), CHANNEL_RATE_LIMITED CHANNEL_QUOTA_EXHAUSTED (a ban we know of) and PROGRAM_STOPPING.
 */
export type Send = (caller: Caller, request: OutgoingRequest) => Promise<Answer>
