import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields, parseFields, textOf } from '../../../kit/fields.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/** The gateway's codes; any other is trouble on its side [assumed]. Source: jd.md 5 [sdk B, rule]. */
export const gatewayCodes: Readonly<Record<string, ErrorClass>> = {
  2: 'quota-exhausted',
  4: 'param',
  5: 'param',
  7: 'clock',
  8: 'clock',
  11: 'signature',
  12: 'signature',
  14: 'param',
  15: 'param',
  18: 'auth-invalid',
  19: 'auth-expired',
  20: 'config',
  21: 'config',
  24: 'permission',
}

/** After code 2 the method rests for this long. Source: jd.md 5 [rule]. */
const quotaPauseMs = 60_000
/** What HTTP itself limits is over after this long. [assumed] */
const throttlePauseMs = 1_000
const longestThrottleMs = 60_000

/** Words that mean trouble of the moment. Source: jd.md 5 [rule]. */
const passing = /重试|超时|繁忙/

/** Reads an answer as a failure; null when the call was done. Pure. Source: jd.md 4, 5. */
export function readFailure(answer: Answer): FailureReading | null {
  return openAnswer(answer).failure
}

/** The same with what was parsed on the way, so that a long answer is parsed once. `parsed` is null where it is no JSON object. */
export function openAnswer(answer: Answer): {
  readonly failure: FailureReading | null
  readonly parsed: Fields | null
} {
  const parsed = parseFields(answer.body)
  return { parsed, failure: parsed === null ? unreadable(answer) : judge(answer, parsed) }
}

function judge({ status, headers }: Answer, parsed: Fields): FailureReading | null {
  const error = asFields(parsed.error_response)
  if (error) return gatewayFailure(error)
  if (status === 429) return tooMany(headers)
  if (status >= 500) return reading('transient', `http-${status}`, '平台服务器出错')
  if (isOauthError(parsed)) return oauthFailure(parsed)
  if (status >= 400) return reading('business-rejected', `http-${status}`, '平台拒绝了请求')
  const [root] = rootsOf(parsed)
  if (root === undefined) return null
  const code = textOf(root.code)
  return code === '' || code === '0' ? unsuccessful(root) : gatewayFailure(root)
}

/** What stands below the root keys of an answer; the platform misspells them `_responce`. Source: jd.md 4 [doc], the other spelling [rule]. */
function rootsOf(parsed: Fields): Fields[] {
  const values = Object.entries(parsed).flatMap(([name, value]) =>
    /_respon[cs]e$/.test(name) ? [asFields(value)] : [],
  )
  return values.filter((value) => value !== null)
}

function gatewayFailure(error: Fields): FailureReading {
  const code = textOf(error.code)
  const words = firstText(error, ['zh_desc', 'en_desc', 'msg', 'errorMessage']) || `错误 ${code}`
  const errorClass = gatewayCodes[code] ?? 'transient'
  return reading(errorClass, code, words, errorClass === 'quota-exhausted' ? quotaPauseMs : null)
}

/** The token calls answer `{ code, msg }` without any envelope; 0 is success. Source: jd.md 2 [doc D1]. */
function isOauthError(parsed: Fields): boolean {
  const code = textOf(parsed.code)
  return code !== '' && code !== '0' && parsed.access_token === undefined && rootsOf(parsed).length === 0
}

function oauthFailure(parsed: Fields): FailureReading {
  const words = textOf(parsed.msg) || `错误 ${textOf(parsed.code)}`
  return reading(passing.test(words) ? 'transient' : 'auth-invalid', textOf(parsed.code), words)
}

/** No JSON object: empty, an HTML page of a proxy, or cut off. Trouble on the way, whatever the status says. */
function unreadable({ status, headers }: Answer): FailureReading {
  if (status === 429) return tooMany(headers)
  return reading('transient', `http-${status}`, '平台没有给出可读的答复')
}

function tooMany(headers: Answer['headers']): FailureReading {
  const pause = retryAfterOf(headers) ?? throttlePauseMs
  return reading(pause > longestThrottleMs ? 'quota-exhausted' : 'rate-limit', 'http-429', '调用太频繁', pause)
}

/** Results say "no" in the envelope or below it: `success` is false, or a `status_code` is not 0. Source: jd.md 4 [doc G]. */
function unsuccessful(root: Fields): FailureReading | null {
  // The envelope's own code tells only that the call came through.
  if (saysNo(root)) return refusal({ ...root, code: undefined })
  for (const value of Object.values(root)) {
    const result = asFields(value)
    if (result === null || hasRows(result)) continue
    for (const part of [result, asFields(result.apiResult)]) if (part && saysNo(part)) return refusal(part)
  }
  return null
}

/** A stock result is judged row by row. Source: jd.md 8 [doc D2]. */
function hasRows(result: Fields): boolean {
  return Array.isArray(asFields(result.obj)?.updateStockResult)
}

function saysNo(part: Fields): boolean {
  const status = textOf(part.status_code)
  return part.success === false || part.success === 'false' || (status !== '' && status !== '0')
}

function refusal(part: Fields): FailureReading {
  const code = firstText(part, ['errorCode', 'numberCode', 'code', 'status_code', 'englishErrCode']) || 'not-successful'
  const words = firstText(part, ['chineseErrCode', 'msg', 'errorMsg', 'message', 'englishErrCode']) || code
  return reading(passing.test(words) ? 'transient' : 'business-rejected', code, words)
}

function reading(
  errorClass: ErrorClass,
  code: string,
  words: string,
  retryAfterMs: number | null = null,
): FailureReading {
  return { class: errorClass, code, retry: retryOf(errorClass), retryAfterMs, reason: words.slice(0, 200) }
}

function firstText(part: Fields, names: readonly string[]): string {
  return names.map((name) => textOf(part[name])).find((word) => word !== '') ?? ''
}
