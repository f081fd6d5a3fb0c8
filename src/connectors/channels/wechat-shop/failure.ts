import type { ErrorClass } from '../../../core/channel/words.ts'
import { beijingDay, type Instant, startOfBeijingDay } from '../../../core/time/instant.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { type Fields, parseFields } from '../../../kit/fields.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'
import { errorCodes } from './error-codes.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/**
 * How long to wait after a code, from the moment of the answer: minute quotas are full again at the next full minute,
 * day quotas at midnight in Beijing. Source: wechat-shop.md 2 [doc], the midnight [assumed]. After 31042 a smaller span
 * is asked for, which the sweep does after a pause of a minute.
 */
const pauses: Readonly<Record<string, (now: Instant | null) => number>> = {
  31042: () => minuteMs,
  10060001: () => minuteMs,
  45009: (now) => (now === null ? dayMs : startOfBeijingDay(beijingDay(now)) + dayMs - now),
  45011: (now) => (now === null ? minuteMs : minuteMs - (now % minuteMs)),
  10020112: () => 1_000,
  10021059: () => minuteMs,
}

/**
 * Reads an answer as a failure; null when the call was done. Without a clock, as in the inspector, quotas wait as long
 * as they may at most. Pure. Source: wechat-shop.md 2 [doc].
 */
export function readFailure(answer: Answer): FailureReading | null {
  return openAnswer(answer, null).failure
}

/** The same with what was parsed on the way. `parsed` is null where it is no JSON object. */
export function openAnswer(
  answer: Answer,
  now: Instant | null,
): { readonly failure: FailureReading | null; readonly parsed: Fields | null } {
  const parsed = parseFields(answer.body)
  return { parsed, failure: judge(answer, parsed, now) }
}

function judge({ status, headers }: Answer, parsed: Fields | null, now: Instant | null): FailureReading | null {
  const code = parsed === null ? '' : codeIn(parsed)
  if (status >= 500) return reading('transient', `http-${status}`, '微信服务器出错')
  if (code !== '' && code !== '0') return refusalBy(code, parsed?.errmsg, now)
  if (status === 429) return reading('rate-limit', 'http-429', '调用太频繁', retryAfterOf(headers) ?? minuteMs)
  if (parsed === null) return reading('transient', `http-${status}`, '微信没有给出可读的答复')
  if (status >= 400) return reading('business-rejected', `http-${status}`, '微信拒绝了请求')
  return null
}

function codeIn({ errcode }: Fields): string {
  return typeof errcode === 'number' || typeof errcode === 'string' ? String(errcode) : ''
}

function refusalBy(code: string, words: unknown, now: Instant | null): FailureReading {
  const known = Object.hasOwn(errorCodes, code) ? errorCodes[code] : undefined
  return reading(known?.class ?? 'business-rejected', code, known?.zh ?? plainWords(words), pauses[code]?.(now) ?? null)
}

/** The platform's words end in the number of the request, which helps its support and nobody else. */
function plainWords(words: unknown): string {
  const text = typeof words === 'string' ? words : ''
  return text.replace(/\s*rid: .*$/s, '').trim() || '微信没有说明原因'
}

function reading(errorClass: ErrorClass, code: string, words: string, wait: number | null = null): FailureReading {
  return { class: errorClass, code, retry: retryOf(errorClass), retryAfterMs: wait, reason: words.slice(0, 200) }
}
