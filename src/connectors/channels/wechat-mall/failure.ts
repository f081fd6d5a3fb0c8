import type { ErrorClass } from '../../../core/channel/words.ts'
import { beijingDay, type Instant, startOfBeijingDay } from '../../../core/time/instant.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { type Fields, parseFields, textOf } from '../../../kit/fields.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'
import { errorCodes } from './error-codes.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/**
 * How long to wait after a code, from the moment of the answer. Source: wechat-shop.md 2 [doc], that days end at midnight in Beijing
 * [assumed], 12 [doc] for the payment that is not known yet.
 */
const pauses: Readonly<Record<string, (now: Instant | null) => number>> = {
  45009: (now) => (now === null ? dayMs : startOfBeijingDay(beijingDay(now)) + dayMs - now),
  45011: (now) => (now === null ? minuteMs : minuteMs - (now % minuteMs)),
  10060001: () => minuteMs,
}

/** Reads an answer as a failure; null when the call was done. Pure; without a clock quotas wait as long as they may at most. */
export const readFailure = (answer: Answer): FailureReading | null => openAnswer(answer, null).failure

/** The same with what was parsed on the way. `parsed` is null where it is no JSON object. */
export function openAnswer(
  answer: Answer,
  now: Instant | null,
): { readonly failure: FailureReading | null; readonly parsed: Fields | null } {
  const parsed = parseFields(answer.body)
  return { parsed, failure: judge(answer, parsed, now) }
}

function judge({ status, headers }: Answer, parsed: Fields | null, now: Instant | null): FailureReading | null {
  const code = parsed === null ? '' : textOf(parsed.errcode)
  if (status >= 500) return reading('transient', `http-${status}`, '微信服务器出错')
  if (code !== '' && code !== '0') return refusalBy(code, textOf(parsed?.errmsg), now)
  if (status === 429) return reading('rate-limit', 'http-429', '调用太频繁', retryAfterOf(headers) ?? minuteMs)
  if (parsed === null) return reading('transient', `http-${status}`, '微信没有给出可读的答复')
  return status >= 400 ? reading('business-rejected', `http-${status}`, '微信拒绝了请求') : null
}

function refusalBy(code: string, words: string, now: Instant | null): FailureReading {
  const known = errorCodes[code]
  return reading(known?.class ?? 'business-rejected', code, known?.zh ?? plainWords(words), pauses[code]?.(now) ?? null)
}

/** The platform's words end in the number of the request, which helps its support and nobody else. */
const plainWords = (words: string) => words.replace(/\s*rid: .*$/s, '').trim() || '微信没有说明原因'

function reading(errorClass: ErrorClass, code: string, words: string, wait: number | null = null): FailureReading {
  return { class: errorClass, code, retry: retryOf(errorClass), retryAfterMs: wait, reason: words.slice(0, 200) }
}
