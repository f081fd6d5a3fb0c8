import type { ErrorClass } from '../core/channel/words.ts'
import { Failure, type FailureCode, type Retry } from '../core/failures.ts'
import type { FailureReading } from './channel.ts'

interface Meaning {
  readonly retry: Retry
  readonly code: FailureCode
}

/** What each error class means for jobs and pages. A transient trouble answered to a write may still have been applied. */
const meanings = {
  'rate-limit': { retry: 'later', code: 'CHANNEL_RATE_LIMITED' },
  'quota-exhausted': { retry: 'later', code: 'CHANNEL_QUOTA_EXHAUSTED' },
  transient: { retry: 'later', code: 'CHANNEL_UNREACHABLE' },
  clock: { retry: 'later', code: 'CHANNEL_UNREACHABLE' },
  'auth-expired': { retry: 'after-authorising', code: 'CHANNEL_NOT_AUTHORISED' },
  'auth-invalid': { retry: 'after-authorising', code: 'CHANNEL_NOT_AUTHORISED' },
  permission: { retry: 'never', code: 'CHANNEL_PERMISSION' },
  config: { retry: 'never', code: 'CHANNEL_MISCONFIGURED' },
  signature: { retry: 'never', code: 'CHANNEL_MISCONFIGURED' },
  param: { retry: 'never', code: 'CHANNEL_REFUSED' },
  'already-done': { retry: 'after-checking', code: 'CHANNEL_ALREADY_DONE' },
  'not-found': { retry: 'never', code: 'CHANNEL_NOT_FOUND' },
  'business-rejected': { retry: 'never', code: 'CHANNEL_REFUSED' },
} as const satisfies Record<ErrorClass, Meaning>

export function retryOf(errorClass: ErrorClass): Retry {
  return meanings[errorClass].retry
}

/** The failure a reading becomes. `retryAfterMs` travels in the details; trouble during a write is CHANNEL_UNCLEAR. */
export function failureOf(channel: string, reading: FailureReading, isWrite: boolean): Failure {
  const code = isWrite && reading.class === 'transient' ? 'CHANNEL_UNCLEAR' : meanings[reading.class].code
  return new Failure(code, {
    channel,
    class: reading.class,
    code: reading.code,
    reason: reading.reason,
    ...(reading.retryAfterMs === null ? {} : { retryAfterMs: reading.retryAfterMs }),
  })
}
