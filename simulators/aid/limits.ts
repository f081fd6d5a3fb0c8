/** How many calls a second a published limit allows. */
export interface Rate {
  readonly perSecond: number
  /** Calls that may come at once; the calls of one second when absent. */
  readonly burst?: number
}

/** Keeps one limit for many subjects (an app, a shop, an item). */
export interface Limiter {
  /** Counts a call at `elapsed` ms. False: it came too soon. */
  readonly take: (subject: string, elapsed: number) => boolean
  readonly forget: () => void
}

/**
 * What calls may bunch up on their way, so that a client which keeps a limit to the letter is never blamed for the network.
 * A call that came too soon takes nothing from the bucket.
 */
const jitterMs = 500

/** A token bucket per subject. */
export function limiter({ perSecond, burst = perSecond }: Rate): Limiter {
  const full = burst + (perSecond * jitterMs) / 1000
  const buckets = new Map<string, { tokens: number; at: number }>()

  function take(subject: string, elapsed: number): boolean {
    const bucket = buckets.get(subject) ?? { tokens: full, at: elapsed }
    const tokens = Math.min(full, bucket.tokens + ((elapsed - bucket.at) * perSecond) / 1000)
    const allowed = tokens >= 1
    buckets.set(subject, { tokens: allowed ? tokens - 1 : tokens, at: elapsed })
    return allowed
  }

  return { take, forget: () => buckets.clear() }
}
