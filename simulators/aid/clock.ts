/** The time of a simulated platform. It runs by itself until it is fixed by `POST /_sim/clock`. */
export interface Clock {
  /** The platform's time, ms since 1970. */
  readonly now: () => number
  /**
   * Milliseconds that have passed for flow control. They pass in real time even while the clock is fixed, and setting the clock
   * forward lets them pass as well; so a ban ends both for a client that waits and for a test that only turns the clock.
   */
  readonly elapsed: () => number
  /** Fixes the time, or frees it with null. Answers the time that holds now. */
  readonly fix: (ms: number | null) => number
}

/** A clock that shows real time until it is fixed. */
export function runningClock(): Clock {
  let fixed: number | null = null
  let jumped = 0
  const now = () => fixed ?? Date.now()

  function fix(ms: number | null): number {
    if (ms !== null) jumped += Math.max(0, ms - now())
    fixed = ms
    return now()
  }

  return { now, elapsed: () => performance.now() + jumped, fix }
}
