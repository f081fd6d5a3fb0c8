import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields, parseFields, textOf } from '../../../kit/fields.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/** The platform's codes where the code alone decides. 7 is flow control, 15 and 27 need the sub-code. Source: taobao.md 5.1 [doc]. */
export const platformCodes: Readonly<Record<string, ErrorClass>> = {
  3: 'transient',
  9: 'param',
  10: 'transient',
  11: 'permission',
  12: 'permission',
  13: 'permission',
  21: 'param',
  22: 'param',
  23: 'param',
  24: 'signature',
  25: 'signature',
  26: 'auth-invalid',
  28: 'config',
  29: 'config',
  30: 'clock',
  31: 'clock',
  32: 'param',
  33: 'param',
  34: 'param',
  40: 'param',
  41: 'param',
  42: 'param',
  43: 'param',
  520: 'transient',
  530: 'transient',
}

/** The codes that leave nothing for a sub-code to say. */
const decisiveCodes = new Set(['11', '12', '13', '24', '25', '26', '28', '29', '30', '31'])

/** Beginnings of sub-codes, the longer before the shorter. Source: taobao.md 5.2 [doc], the codes of items and refunds [assumed]. */
const subCodes: readonly (readonly [string, ErrorClass])[] = [
  ['isv.trade-service-rejection', 'transient'],
  ['isv.trade-not-exist', 'not-found'],
  ['isv.refund-not-exist', 'not-found'],
  ['isv.item-not-exist', 'not-found'],
  ['isv.item-is-delete', 'not-found'],
  ['isv.missing-parameter', 'param'],
  ['isv.invalid-parameter', 'param'],
  ['isv.permission-', 'permission'],
  ['isp.', 'transient'],
]

const offlineError = 'isv.logistics-offline-service-error:'

/** What the shipping calls answer. Source: taobao.md 11.4 [sdk]. What is not here is a refusal. */
export const shippingCodes: Readonly<Record<string, ErrorClass>> = {
  B01: 'not-found',
  P02: 'not-found',
  ORDER_NOT_FOUND_ERROR: 'not-found',
  B04: 'already-done',
  B27: 'already-done',
  B56: 'param',
  B57: 'param',
  B59: 'param',
  P01: 'param',
  P22: 'param',
  B101: 'config',
  B150: 'transient',
  S01: 'transient',
  P03: 'auth-invalid',
  P25: 'permission',
}

/** Errors of the token endpoint. Source: taobao.md 2 [assumed]. */
const oauthErrors: Readonly<Record<string, ErrorClass>> = {
  invalid_grant: 'auth-invalid',
  access_denied: 'auth-invalid',
  invalid_client: 'config',
  unauthorized_client: 'config',
  invalid_request: 'param',
  invalid_scope: 'param',
  unsupported_grant_type: 'param',
  unsupported_response_type: 'param',
  server_error: 'transient',
  temporarily_unavailable: 'transient',
}

const shortBanMaxSeconds = 60
const usualBanSeconds = 1
/** After `isv.trade-service-rejection` the platform wants three minutes and a smaller window. Source: taobao.md 5.1, 6.2 [doc]. */
const rejectionPauseMs = 180_000

/** Reads an answer as a failure; null when the call was done. Pure. Source: taobao.md 4, 5, 11.4. */
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
  if (error) return platformFailure(error)
  if (parsed.error !== undefined) return oauthFailure(parsed)
  if (status === 429) return tooMany(headers)
  if (status >= 500) return reading('transient', `http-${status}`, '平台服务器出错')
  if (status >= 400) return reading('business-rejected', `http-${status}`, '平台拒绝了请求')
  return unsuccessful(parsed)
}

function platformFailure(error: Fields): FailureReading {
  const [code, sub] = [textOf(error.code), textOf(error.sub_code)]
  const words = textOf(error.sub_msg) || textOf(error.msg)
  const name = sub === '' ? code : `${code}/${sub}`
  const ban = banSeconds(words)
  if (code === '7' || sub.startsWith('accesscontrol.') || ban !== null) {
    const seconds = ban ?? usualBanSeconds
    return reading(seconds > shortBanMaxSeconds ? 'quota-exhausted' : 'rate-limit', name, words, seconds * 1000)
  }
  const pause = sub.startsWith('isv.trade-service-rejection') ? rejectionPauseMs : null
  return reading(classOf(code, sub, words), name, words, pause)
}

function classOf(code: string, sub: string, words: string): ErrorClass {
  const known = platformCodes[code]
  if (known && decisiveCodes.has(code)) return known
  if (code === '27' || isAboutSession(sub)) return /expired/i.test(sub + words) ? 'auth-expired' : 'auth-invalid'
  if (sub.startsWith(offlineError)) return shippingCodes[sub.slice(offlineError.length)] ?? 'business-rejected'
  return subCodes.find(([start]) => sub.startsWith(start))?.[1] ?? known ?? 'business-rejected'
}

function isAboutSession(sub: string): boolean {
  return /^(isv\.)?(invalid-)?session/.test(sub)
}

/** "This ban will last for N more seconds". Source: taobao.md 5.2 [doc]. */
function banSeconds(words: string): number | null {
  const match = /ban will last for (\d+) more second/i.exec(words)
  return match ? Number(match[1]) : null
}

function oauthFailure(parsed: Fields): FailureReading {
  const code = textOf(parsed.error)
  const words = textOf(parsed.error_description) || code
  const known = oauthErrors[code] ?? 'business-rejected'
  return reading(known === 'auth-invalid' && /expired/i.test(words) ? 'auth-expired' : known, code, words)
}

/** No JSON object: empty, an HTML page of a proxy, or cut off. Trouble on the way, whatever the status says. */
function unreadable({ status, headers }: Answer): FailureReading {
  if (status === 429) return tooMany(headers)
  return reading('transient', `http-${status}`, '平台没有给出可读的答复')
}

function tooMany(headers: Answer['headers']): FailureReading {
  const waitMs = retryAfterOf(headers) ?? usualBanSeconds * 1000
  const errorClass = waitMs > shortBanMaxSeconds * 1000 ? 'quota-exhausted' : 'rate-limit'
  return reading(errorClass, 'http-429', '调用太频繁', waitMs)
}

/** Calls may answer "no" without an error envelope: `is_success`, `success` or `succ` is false. Source: taobao.md 11.1, 15 [doc]. */
function unsuccessful(parsed: Fields): FailureReading | null {
  for (const [name, value] of Object.entries(parsed)) {
    const root = name.endsWith('_response') ? asFields(value) : null
    if (!root) continue
    for (const part of [root, asFields(root.shipping), asFields(root.result)]) {
      if (part && saysNo(part)) return refusal(part)
    }
  }
  return null
}

function saysNo(part: Fields): boolean {
  return [part.is_success, part.success, part.succ].some((word) => word === false || word === 'false')
}

function refusal(part: Fields): FailureReading {
  const code = firstText(part, ['error_code', 'sub_code', 'code', 'msg_code']) || 'not-successful'
  const words = firstText(part, ['error_msg', 'error_info', 'error_message', 'message', 'msg']) || code
  const last = code.slice(code.lastIndexOf(':') + 1)
  return reading(shippingCodes[last] ?? 'business-rejected', code, words)
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
