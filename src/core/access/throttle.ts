import type { Instant } from '../time/instant.ts'

/** How failed tries to sign in are slowed: so many free, then a wait that doubles with each, up to the longest. */
export interface Patience {
  readonly freeTries: number
  readonly firstWaitMs: number
  readonly longestWaitMs: number
}

/** One name from one address: a person who mistypes is not held up, a guesser soon is. */
export const perNameAndAddress: Patience = { freeTries: 5, firstWaitMs: 5_000, longestWaitMs: 15 * 60_000 }

/** All names from one address: many people may share it. */
export const perAddress: Patience = { freeTries: 40, firstWaitMs: 5_000, longestWaitMs: 15 * 60_000 }

/** After this long without a try, what failed before is forgotten. */
export const forgottenAfterMs = 60 * 60_000

/** Until when the next try must wait, after `failed` tries in a row of which the last was at `now`; null: it need not. */
export function waitUntil(patience: Patience, failed: number, now: Instant): Instant | null {
  const beyond = failed - patience.freeTries
  if (beyond < 0) return null
  return now + Math.min(patience.longestWaitMs, patience.firstWaitMs * 2 ** Math.min(beyond, 20))
}
