import { Failure } from '../../core/failures.ts'
import { afterFailing } from '../../platform/jobs/after-failing.ts'
import type { Trouble } from './store/reports.ts'

/**
 * What becomes of something a channel would not take: tried again at a time, or laid before a person. Authorisation that ran out is
 * thrown on, since it is the shop's trouble and not this thing's.
 */
export function verdictOn(
  error: unknown,
  about: { readonly id: number; readonly tried: number; readonly now: number },
): Trouble {
  if (!(error instanceof Failure) || error.code === 'CHANNEL_NOT_AUTHORISED') throw error
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
