import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields, parseFields, textOf } from '../../../kit/fields.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/**
 * The platform's codes. Any other is a rule of the method that refused: never repeated blindly.
 * Source: xiaohongshu.md 4 [doc, sdk]; 429 [assumed], the code of a refused shipment [assumed].
 */
export const platformCodes: Readonly<Record<string, ErrorClass>> = {
  401: 'auth-expired',
  429: 'rate-limit',
  50209: 'business-rejected',
  [-2000101]: 'not-found',
  [-2000102]: 'business-rejected',
  [-2000400]: 'param',
  [-2000500]: 'transient',
  [-2000701]: 'quota-exhausted',
  [-2000702]: 'transient',
  [-1009003]: 'business-rejected',
  [-1009005]: 'business-rejected',
  [-1010001]: 'transient',
}

/** Set, though occupied stock could not be taken off: done, with a note. Source: xiaohongshu.md 10 [doc]. */
export const stockNoteCode = '-9028'

/** Too many calls, whatever the code: none is published. Source: xiaohongshu.md 4 [assumed]. */
const throttled = /限流|频繁/

/**
 * What the platform's words give away where it has no code, or one nobody published: a bad signature, a clock, a token, an app.
 * Source: xiaohongshu.md 4 [assumed], the last three of our own [assumed].
 */
const hints: readonly (readonly [RegExp, ErrorClass])[] = [
  [/\bsign(ature)?\b|签名/i, 'signature'],
  [/\btimestamp\b|时间戳/i, 'clock'],
  [/access\s?token|授权已/i, 'auth-expired'],
  [/\bapp\s?(id|key)\b/i, 'config'],
]

/** After too many calls: back to one a second. Source: xiaohongshu.md 12 [assumed]. */
const rateLimitPauseMs = 1_000
/** The decrypt quota is one a day, and nothing says when it comes back [assumed]: asked again every hour. */
const quotaPauseMs = 3_600_000
/** A pause the platform names that is longer than this is a used-up quota and no throttle [assumed]. */
const shortPauseMs = 60_000

/** Reads an answer as a failure; null when the call was done. Pure. Source: xiaohongshu.md 4 [doc, rule]. */
export function readFailure(answer: Answer): FailureReading | null {
  return openAnswer(answer).failure
}

/** The same with what was parsed on the way. `parsed` is null where it is no JSON object. */
export function openAnswer(answer: Answer): {
  readonly failure: FailureReading | null
  readonly parsed: Fields | null
} {
  const parsed = parseFields(answer.body)
  return { parsed, failure: judge(answer, parsed) }
}

function judge({ status, headers }: Answer, parsed: Fields | null): FailureReading | null {
  const pause = retryAfterOf(headers)
  if (status === 429) return readingOf({ code: 'http-429', words: '调用太频繁', of: 'rate-limit', pause })
  if (status >= 500) return readingOf({ code: `http-${status}`, words: '平台服务器出错', of: 'transient', pause })
  if (parsed === null || !looksLikeEnvelope(parsed)) {
    return readingOf({ code: `http-${status}`, words: '平台没有给出可读的答复', of: 'transient', pause })
  }
  return refusalIn(parsed, pause) ?? refusalWithin(parsed) ?? strayStatus(status)
}

/** Anything else, such as an error of something that stands before the platform, says neither yes nor no. */
function looksLikeEnvelope(parsed: Fields): boolean {
  return typeof parsed.success === 'boolean' || codeOf(parsed) !== ''
}

/** The success rule: `success` is true and no code speaks against it. Source: xiaohongshu.md 4 [sdk]. */
function refusalIn(parsed: Fields, pause: number | null): FailureReading | null {
  const isOk =
    parsed.success === true && isZero(parsed.error_code) && (isZero(parsed.code) || textOf(parsed.code) === '200')
  if (isOk) return null
  return readingOf({ code: codeOf(parsed) || 'not-successful', words: wordsOf(parsed), pause })
}

/** A second result inside a good answer: that of a stock call, and that of each text to decrypt. Source: xiaohongshu.md 4, 8, 10 [doc]. */
function refusalWithin({ data }: Fields): FailureReading | null {
  const fields = asFields(data)
  const response = asFields(fields?.response)
  if (response !== null) {
    const isOk =
      response.success !== false && (isZero(response.code) || ['200', stockNoteCode].includes(textOf(response.code)))
    if (!isOk) return readingOf({ code: codeOf(response) || 'not-successful', words: wordsOf(response) })
  }
  const texts = [fields?.dataInfoList, fields?.desensitiseInfoList].flatMap((list) => (Array.isArray(list) ? list : []))
  for (const row of texts) {
    const item = asFields(row)
    if (item === null || isZero(item.errorCode)) continue
    return readingOf({ code: textOf(item.errorCode), words: textOf(item.errorMsg) })
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
  const isQuota = found === 'rate-limit' && ((pause ?? 0) > shortPauseMs || /额度|限额|配额/.test(words))
  const errorClass = isQuota ? 'quota-exhausted' : found
  const usual = { 'rate-limit': rateLimitPauseMs, 'quota-exhausted': quotaPauseMs }
  const retryAfterMs = pause ?? (errorClass in usual ? usual[errorClass as keyof typeof usual] : null)
  return {
    class: errorClass,
    code,
    retry: retryOf(errorClass),
    retryAfterMs,
    reason: (words || code).slice(0, 200),
  }
}

function classOf(code: string, words: string): ErrorClass {
  if (throttled.test(words)) return 'rate-limit'
  if (Object.hasOwn(platformCodes, code)) return platformCodes[code]!
  return hints.find(([pattern]) => pattern.test(words))?.[1] ?? 'business-rejected'
}

/** `error_code` before `code`, `error_msg` before `msg`. Source: xiaohongshu.md 4 [sdk]. */
function codeOf({ error_code, code }: Fields): string {
  return [error_code, code].filter((each) => !isZero(each)).map(textOf)[0] ?? textOf(error_code ?? code)
}

function wordsOf({ error_msg, msg, message }: Fields): string {
  return textOf(error_msg) || textOf(msg) || textOf(message)
}

function isZero(value: unknown): boolean {
  return value === undefined || value === null || textOf(value) === '0' || textOf(value) === ''
}
