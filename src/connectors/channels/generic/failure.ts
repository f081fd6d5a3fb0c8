import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/** The code of an answer that says yes in something other than JSON, such as a page of a proxy. */
export const notJson = 'not-json'

interface Said {
  /** The site's own code, lower case, or empty text. */
  readonly code: string
  /** The site's own words, or empty text. */
  readonly words: string
  readonly isJson: boolean
}

interface Meaning {
  readonly class: ErrorClass
  readonly zh: string
}

/**
 * Reads an answer as a failure; null when it is a success. The status decides, the site's own code refines.
 * Source: own-site.md 6.1 and 6.2 [rule]; the sheet fixes 404, 422, 429 and retry-after, the rest is [assumed] and in the contract.
 */
export function readFailure(answer: Answer): FailureReading | null {
  const said = saidBy(answer.body)
  const isSuccess = answer.status >= 200 && answer.status < 300
  if (isSuccess && (said.isJson || answer.body.trim() === '')) return null

  const wait = retryAfterOf(answer.headers)
  const meaning = isSuccess ? page : meaningOf(answer.status, said, wait)
  const ownCode = said.code === '' ? String(answer.status) : `${answer.status}/${said.code}`
  return {
    class: meaning.class,
    code: isSuccess ? notJson : ownCode,
    retry: retryOf(meaning.class),
    retryAfterMs: wait,
    reason: said.words === '' ? meaning.zh : `${meaning.zh}（${said.words}）`,
  }
}

const page: Meaning = { class: 'transient', zh: '网站答的不是 JSON，可能在维护或被防护页面拦下' }

/** A wait longer than this is no throttling any more. Source: taobao.md 5.3 [rule], taken for all channels. */
const throttlingMaxMs = 60_000
const usedUp: Meaning = { class: 'quota-exhausted', zh: '网站说调用额度已用完' }

function meaningOf(status: number, said: Said, wait: number | null): Meaning {
  if (status === 429 && wait !== null && wait > throttlingMaxMs) return usedUp
  if (status === 401 || status === 409) {
    const found = refused.find(({ codes }) => codes.test(said.code))
    if (found) return found
  }
  if (status === 422 && /already|shipped_before|duplicate|decided/.test(said.code)) {
    return { class: 'already-done', zh: '网站说已经做过' }
  }
  const known = (said.isJson ? undefined : byPage[status]) ?? byStatus[status]
  if (known) return known
  if (status >= 500) return { class: 'transient', zh: `网站出错（HTTP ${status}）` }
  if (status >= 300 && status < 400)
    return { class: 'config', zh: '网站要求跳转到别处，请把网站地址改成最终的 https 地址' }
  return { class: 'param', zh: `网站不接受这个请求（HTTP ${status}）` }
}

/** Codes that go with 401 and 409. A repeated id may have been done the first time: a read is asked again, a write is checked. */
const refused: readonly (Meaning & { readonly codes: RegExp })[] = [
  { codes: /replay|seen|nonce/, class: 'transient', zh: '网站说这个请求编号已经用过' },
  { codes: /time|clock|stale|skew/, class: 'clock', zh: '网站说时间戳不在允许的 5 分钟内，请核对两边的时钟' },
  { codes: /revoked|disabled|suspended/, class: 'auth-invalid', zh: '网站已停用这个密钥' },
]

const byStatus: Readonly<Record<number, Meaning>> = {
  401: { class: 'signature', zh: '网站不认这个签名，请核对两边的密钥是否相同' },
  403: { class: 'permission', zh: '网站不允许这个操作' },
  404: { class: 'not-found', zh: '网站上没有这个对象' },
  405: { class: 'config', zh: '网站没有实现这个接口' },
  408: { class: 'transient', zh: '网站超时' },
  409: { class: 'already-done', zh: '网站说已经做过' },
  410: { class: 'config', zh: '网站已关闭这个接口' },
  422: { class: 'business-rejected', zh: '网站拒绝了内容' },
  425: { class: 'transient', zh: '网站让稍后再试' },
  429: { class: 'rate-limit', zh: '网站限流' },
  501: { class: 'config', zh: '网站没有实现这个接口' },
}

/** The same numbers mean another thing when the answer is a page: then it was not the contract's code that spoke. */
const byPage: Readonly<Record<number, Meaning>> = {
  401: { class: 'config', zh: '网站在接口前面要求登录，请对 /oms/v1 放行' },
  403: { class: 'permission', zh: '网站的防火墙或 CDN 拦下了请求，请放行本系统的出口地址' },
  404: { class: 'config', zh: '这个地址没有 /oms/v1 接口，请核对网站地址' },
}

/** The error body of the contract is `{ "error": "code", "message": "words" }`; nested and `code` forms are read too [assumed]. */
function saidBy(body: string): Said {
  const parsed = tryJson(body)
  if (parsed === undefined) return { code: '', words: '', isJson: body.trim() === '' }
  const outer = fieldsOf(parsed)
  const inner = fieldsOf(outer.error)
  const [code = ''] = [outer.error, inner.code, outer.code].filter((text) => typeof text === 'string')
  const [words = ''] = [outer.message, inner.message].filter((text) => typeof text === 'string')
  return { code: clean(code).toLowerCase(), words: clean(words), isJson: true }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Not JSON is an answer here: the caller tells a page from a refusal by it.
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {}
}

/** Words for a log or a page: one short line without tags; digits that could be a telephone number are hidden. */
function clean(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, '1**********')
    .trim()
    .slice(0, 200)
}
