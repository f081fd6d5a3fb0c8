import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields, parseFields, textOf } from '../../../kit/fields.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/** Done, and done in part: then each row tells how it went. Source: douyin.md 3 [sdk]. */
const [doneCode, partlyCode] = ['10000', '10001'] as const

/** The platform's codes. Any other is a refusal, never repeated blindly. Source: douyin.md 3 [sdk]; 40003 without a known word [assumed]. */
export const platformCodes: Readonly<Record<string, ErrorClass>> = {
  20000: 'transient',
  20001: 'transient',
  30001: 'permission',
  30002: 'permission',
  40001: 'param',
  40002: 'param',
  40003: 'param',
  40004: 'param',
  50001: 'auth-expired',
  50002: 'business-rejected',
  60000: 'rate-limit',
  70000: 'business-rejected',
  80000: 'business-rejected',
  90000: 'business-rejected',
}

/** Second codes that say more than the first; what follows a colon does not count. Source: douyin.md 3 [sdk]. */
export const platformSubCodes: Readonly<Record<string, ErrorClass>> = {
  'isv.signature-invalid': 'signature',
  'isv.access-token-expired': 'auth-expired',
  'isv.access-token-no-existed': 'auth-expired',
  'isv.timestamp-invalid': 'clock',
  'isv.parameter-format-invalid': 'param',
}

/** What the words of a refusal give away, since one code stands for many reasons. [assumed] */
const hints: readonly (readonly [RegExp, ErrorClass])[] = [
  [/系统繁忙/, 'transient'],
  [/(?<!子)订单不存在|不是该店铺下的订单|售后单不存在|无效的售后单/, 'not-found'],
  [/app[-_ ]?key/i, 'config'],
]
/** A throttle that lasts. [assumed] */
const quotaWords = /额度|配额|限额|今日|当日/

/** After too many calls. [assumed] */
const rateLimitPauseMs = 1_000
/** Nothing says when a quota comes back: asked again every hour. [assumed] */
const quotaPauseMs = 3_600_000
/** A pause the platform names that is longer than this is a used-up quota and no throttle. [assumed] */
const shortPauseMs = 60_000

/** An answer as far as every call needs it. `parsed` is null where it is no JSON object. */
export interface OpenAnswer {
  readonly failure: FailureReading | null
  readonly parsed: Fields | null
  /** The platform said that not all of it was done. */
  readonly isPartly: boolean
}

/** Reads an answer as a failure; null when the call was done. Pure. Source: douyin.md 3 [sdk]. */
export function readFailure(answer: Answer): FailureReading | null {
  return openAnswer(answer).failure
}

export function openAnswer(answer: Answer): OpenAnswer {
  const parsed = parseFields(answer.body)
  return { parsed, failure: judge(answer, parsed), isPartly: textOf(parsed?.code) === partlyCode }
}

function judge({ status, headers }: Answer, parsed: Fields | null): FailureReading | null {
  const pause = retryAfterOf(headers)
  if (status === 429) return readingOf({ code: 'http-429', words: '调用太频繁', of: 'rate-limit', pause })
  if (status >= 500) return readingOf({ code: `http-${status}`, words: '平台服务器出错', of: 'transient' })
  if (parsed === null || textOf(parsed.code) === '') {
    return readingOf({ code: `http-${status}`, words: '平台没有给出可读的答复', of: 'transient' })
  }
  return refusalIn(parsed, pause) ?? refusalWithin(parsed) ?? strayStatus(status)
}

function refusalIn({ code, msg, sub_code, sub_msg }: Fields, pause: number | null): FailureReading | null {
  const [first, second] = [textOf(code), textOf(sub_code)]
  if (first === doneCode || first === partlyCode) return null
  return readingOf({
    code: second === '' ? first : `${first}/${second}`,
    words: textOf(sub_msg) || textOf(msg),
    of: classOf(first, second, textOf(sub_msg) || textOf(msg)),
    pause,
  })
}

/** A refusal inside a good answer: that of each text to decrypt, and that of all of them. Source: douyin.md 4 [doc]. */
function refusalWithin({ data }: Fields): FailureReading | null {
  const fields = asFields(data)
  const rows = Array.isArray(fields?.decrypt_infos) ? fields.decrypt_infos : []
  const all = asFields(fields?.custom_err)
  const results = [
    ...(all === null ? [] : [{ code: textOf(all.err_code), words: textOf(all.err_msg) }]),
    ...rows.map(asFields).map((row) => ({ code: textOf(row?.err_no), words: textOf(row?.err_msg) })),
  ]
  const refused = results.find(({ code }) => code !== '' && code !== '0')
  if (refused === undefined) return null
  return readingOf({ ...refused, of: quotaWords.test(refused.words) ? 'quota-exhausted' : 'business-rejected' })
}

function strayStatus(status: number): FailureReading | null {
  if (status < 400) return null
  return readingOf({ code: `http-${status}`, words: '平台拒绝了请求', of: 'business-rejected' })
}

function classOf(code: string, subCode: string, words: string): ErrorClass {
  const [word = ''] = subCode.split(':')
  const found = lookUp(platformSubCodes, word) ?? lookUp(platformCodes, code)
  const known = found ?? (word.startsWith('isp.') ? 'transient' : 'business-rejected')
  if (known === 'rate-limit') return quotaWords.test(words) ? 'quota-exhausted' : known
  if (known !== 'param' && known !== 'business-rejected') return known
  return hints.find(([pattern]) => pattern.test(`${word} ${words}`))?.[1] ?? known
}

function lookUp(table: Readonly<Record<string, ErrorClass>>, word: string): ErrorClass | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined
}

interface Refusal {
  readonly code: string
  readonly words: string
  readonly of: ErrorClass
  /** How long the platform asks to wait, in ms. */
  readonly pause?: number | null
}

function readingOf({ code, words, of, pause = null }: Refusal): FailureReading {
  const errorClass = of === 'rate-limit' && (pause ?? 0) > shortPauseMs ? 'quota-exhausted' : of
  return {
    class: errorClass,
    code,
    retry: retryOf(errorClass),
    retryAfterMs: pause ?? usualPauseOf(errorClass),
    reason: words.slice(0, 200),
  }
}

function usualPauseOf(errorClass: ErrorClass): number | null {
  if (errorClass === 'rate-limit') return rateLimitPauseMs
  return errorClass === 'quota-exhausted' ? quotaPauseMs : null
}
