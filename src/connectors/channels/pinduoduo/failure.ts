import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields, parseFields, textOf } from '../../../kit/fields.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/** The platform's codes. Any other is a rule of the method that refused: never repeated blindly. Source: pinduoduo.md 3 [doc]. */
export const platformCodes: Readonly<Record<string, ErrorClass>> = {
  10019: 'auth-expired',
  20031: 'auth-expired',
  20032: 'auth-expired',
  20004: 'signature',
  20005: 'permission',
  30000: 'permission',
  70032: 'permission',
  70033: 'permission',
  70034: 'permission',
  70035: 'permission',
  70036: 'permission',
  21001: 'param',
  21002: 'param',
  52004: 'param',
  50000: 'transient',
  52001: 'transient',
  52002: 'transient',
  50001: 'business-rejected',
  50002: 'business-rejected',
  52101: 'rate-limit',
  52102: 'rate-limit',
  52103: 'rate-limit',
  70031: 'rate-limit',
}

/** What the words of a business refusal give away, where the code says no more than that it is one [assumed]. */
const hints: readonly (readonly [RegExp, ErrorClass])[] = [
  [/不存在|未找到|not (found|exist)/i, 'not-found'],
  [/频繁|限流/, 'rate-limit'],
  [/refresh_token|授权码|access_token/i, 'auth-expired'],
]
/** Words that make a throttle a used-up quota; no code of its own is published [assumed]. */
const quotaWords = /额度|限额|配额|次数已|今日|当日/

/** Limits count by the minute; a sixth of it lets the oldest calls drop out [assumed]. */
const rateLimitPauseMs = 10_000
/** Nothing says when a quota comes back [assumed]: asked again every hour. */
const quotaPauseMs = 3_600_000
/** A pause the platform names that is longer than this is a used-up quota and no throttle [assumed]. */
const shortPauseMs = 60_000

/** Reads an answer as a failure; null when the call was done. Pure. Source: pinduoduo.md 3 [doc]. */
export function readFailure(answer: Answer): FailureReading | null {
  return openAnswer(answer).failure
}

/** The same with the one `…_response` of a good answer; null where there is none. */
export function openAnswer(answer: Answer): {
  readonly failure: FailureReading | null
  readonly response: Fields | null
} {
  const parsed = parseFields(answer.body)
  const response = parsed === null ? null : responseIn(parsed)
  return { response, failure: judge(answer, parsed, response) }
}

/** The names are irregular, so the one that ends like an answer is taken. Source: pinduoduo.md 3 [doc]. */
function responseIn(parsed: Fields): Fields | null {
  const [found] = Object.entries(parsed).filter(([name]) => name !== 'error_response' && name.endsWith('_response'))
  return asFields(found?.[1])
}

function judge({ status, headers }: Answer, parsed: Fields | null, response: Fields | null): FailureReading | null {
  const pause = retryAfterOf(headers)
  if (status === 429) return readingOf({ code: 'http-429', words: '调用太频繁', of: 'rate-limit', pause })
  if (status >= 500) return readingOf({ code: `http-${status}`, words: '平台服务器出错', of: 'transient', pause })

  const refusal = asFields(parsed?.error_response)
  if (refusal !== null) return refusalOf(refusal, pause)
  if (response === null) {
    return readingOf({ code: `http-${status}`, words: '平台没有给出可读的答复', of: 'transient', pause })
  }
  return refusalWithin(response) ?? strayStatus(status)
}

/** `sub_msg` says what a business refusal is about. Source: pinduoduo.md 3 [doc]. */
function refusalOf({ error_code, error_msg, sub_msg }: Fields, pause: number | null): FailureReading {
  return readingOf({ code: textOf(error_code) || 'no-code', words: textOf(sub_msg) || textOf(error_msg), pause })
}

/** A good answer that says it was not done, or one text of several that could not be decrypted. Source: pinduoduo.md 4, 5 [doc]. */
function refusalWithin(response: Fields): FailureReading | null {
  if (response.is_success === false || response.success === false) {
    return readingOf({ code: 'not-successful', words: textOf(response.error_msg) || '平台没有执行' })
  }
  const rows = Array.isArray(response.data_decrypt_list) ? response.data_decrypt_list : []
  for (const row of rows) {
    const item = asFields(row)
    if (item === null || ['', '0'].includes(textOf(item.error_code))) continue
    return readingOf({ code: textOf(item.error_code), words: textOf(item.error_msg) || '这一项不能解密' })
  }
  return null
}

function strayStatus(status: number): FailureReading | null {
  if (status < 400) return null
  return readingOf({ code: `http-${status}`, words: '平台拒绝了请求', of: 'business-rejected' })
}

interface Refusal {
  readonly code: string
  readonly words: string
  /** The class, where code and words need not be asked. */
  readonly of?: ErrorClass
  /** How long the platform asks to wait, in ms. */
  readonly pause?: number | null
}

function readingOf({ code, words, of, pause = null }: Refusal): FailureReading {
  const found = of ?? classOf(code, words)
  const isQuota = found === 'rate-limit' && ((pause ?? 0) > shortPauseMs || quotaWords.test(words))
  const errorClass = isQuota ? 'quota-exhausted' : found
  return {
    class: errorClass,
    code,
    retry: retryOf(errorClass),
    retryAfterMs: pause ?? usualPause(errorClass),
    reason: (words || code).slice(0, 200),
  }
}

function usualPause(errorClass: ErrorClass): number | null {
  if (errorClass === 'quota-exhausted') return quotaPauseMs
  return errorClass === 'rate-limit' ? rateLimitPauseMs : null
}

function classOf(code: string, words: string): ErrorClass {
  const known = Object.hasOwn(platformCodes, code) ? platformCodes[code]! : 'business-rejected'
  if (known !== 'business-rejected') return known
  if (quotaWords.test(words)) return 'rate-limit'
  return hints.find(([pattern]) => pattern.test(words))?.[1] ?? known
}
