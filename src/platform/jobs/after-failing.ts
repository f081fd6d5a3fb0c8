import { Failure } from '../../core/failures.ts'

/** What becomes of a job that failed: tried again after a pause, or laid down where people see it. */
export type AfterFailing =
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'laid-down'; readonly because: 'never' | 'after-authorising' | 'gave-up' }

const firstPauseMs = 1_000
const longestPauseMs = 10 * 60_000
const triesAtMost = 30

/**
 * Obeys the failure's own word. A wait the other side named is kept to; otherwise pauses double from one second to ten minutes, each
 * shortened by chance (`chance` in 0..1) by up to a half so that many do not come back at once. A programmer's mistake is tried again
 * too, since a newer program may know better, but not for ever.
 */
export function afterFailing(error: unknown, tried: number, chance: number): AfterFailing {
  const retry = error instanceof Failure ? error.retry : 'later'
  if (retry === 'never') return { kind: 'laid-down', because: 'never' }
  if (retry === 'after-authorising') return { kind: 'laid-down', because: 'after-authorising' }
  if (tried + 1 >= triesAtMost) return { kind: 'laid-down', because: 'gave-up' }

  const named = error instanceof Failure ? Number(error.details.retryAfterMs ?? Number.NaN) : Number.NaN
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tried, 20))
  const jittered = Math.round(pause * (1 - chance / 2))
  return { kind: 'again', afterMs: Number.isFinite(named) ? named + Math.round(chance * 250) : jittered }
}
