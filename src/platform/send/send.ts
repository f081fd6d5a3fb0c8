import type { Answer, Limit, OutgoingRequest } from '../../kit/plug.ts'

/** On whose behalf a call goes out: its limits, its breaker and its record go by these. */
export interface Caller {
  readonly shopId: number
  readonly channel: string
  /** Names the app whose limits are shared by several shops. */
  readonly appKey: string
  readonly limits: readonly Limit[]
}

/**
 * The product's only way out. Waits for a place within the limits (kept in the database, so that all processes share them), cuts off
 * after a time-out, opens a breaker after repeated trouble, and records each call without its bodies.
 * Throws CHANNEL_UNREACHABLE, CHANNEL_UNCLEAR (a write without an answer), CHANNEL_ADDRESS_REFUSED (not HTTPS, or outside the sandbox).
 */
export type Send = (caller: Caller, request: OutgoingRequest) => Promise<Answer>
