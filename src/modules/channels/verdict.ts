import { Failure, type FailureCode } from '../../core/failures.ts'
import { afterFailing } from '../../platform/jobs/after-failing.ts'
import type { Trouble } from './store/reports.ts'

/** The shop's own trouble, or ours, whatever was asked: its duty rests, and nothing of what waits is to blame. */
const shopTroubles: ReadonlySet<FailureCode> = new Set([
  'CHANNEL_NOT_AUTHORISED',
  'CHANNEL_MISCONFIGURED',
  'CHANNEL_ADDRESS_REFUSED',
  'PROGRAM_STOPPING',
])

/**
 * What becomes of something a channel would not take: tried again at a time, or laid before a person. What is the shop's
 * trouble and not this thing's is thrown on.
 */
export function verdictOn(
  error: unknown,
  about: { readonly id: number; readonly tried: number; readonly now: number },
): Trouble {
  if (!(error instanceof Failure) || shopTroubles.has(error.code)) throw error
  const next = afterFailing(error, about.tried, Math.random())
  return {
    id: about.id,
    state: next.kind === 'again' ? 'waiting' : 'needs-person',
    isUnclear: error.retry === 'after-checking',
    nextTryAt: about.now + (next.kind === 'again' ? next.afterMs : 0),
    code: error.code,
    details: error.details,
  }
}
