import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { parseJson } from '../../../kit/json.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/** The code of an answer that says yes in something other than JSON, such as the page of a cache or of a firewall. */
export const notJson = 'not-json'

interface Meaning {
  readonly class: ErrorClass
  readonly zh: string
}

/** What WordPress says of an error: `{ code, message, data: { status } }`. Empty where it says nothing. */
interface Said {
  readonly code: string
  readonly words: string
  /** The status inside the body, which counts where a proxy answers 200 around it. */
  readonly status: number | null
  readonly isJson: boolean
}

/** A wait where the shop names none at 429 [assumed], and the longest that still is throttling, as for all channels [rule]. */
const usualWaitMs = 10_000
const throttlingMaxMs = 60_000

/**
 * Reads an answer as a failure; null when it is a success. The platform's code decides, else the status.
 * Source: own-site.md 2.1 [doc] for the shape; 429, 503 and pages in the place of JSON [assumed].
 */
export function readFailure(answer: Answer): FailureReading | null {
  const said = saidBy(answer.body)
  const status = isGood(answer.status) ? (said.status ?? answer.status) : answer.status
  if (isGood(status) && said.isJson) return null

  const wait = retryAfterOf(answer.headers)
  const meaning = isGood(status) ? page : meaningOf(status, said, wait)
  return {
    class: meaning.class,
    code: codeOf(status, said),
    retry: retryOf(meaning.class),
    retryAfterMs: meaning.class === 'rate-limit' ? (wait ?? usualWaitMs) : wait,
    reason: said.words === '' ? meaning.zh : `${meaning.zh}（${said.words}）`,
  }
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300
}

function codeOf(status: number, { code }: Said): string {
  if (isGood(status)) return notJson
  return code === '' ? String(status) : `${status}/${code}`
}

const page: Meaning = { class: 'transient', zh: '网站答的不是 JSON，可能在维护或被缓存、防护插件拦下' }
const usedUp: Meaning = { class: 'quota-exhausted', zh: '网站或主机说调用额度已用完' }

function meaningOf(status: number, said: Said, wait: number | null): Meaning {
  if (status === 429 && wait !== null && wait > throttlingMaxMs) return usedUp
  const byCode = codes.find(([pattern]) => pattern.test(said.code))?.[1]
  if (byCode && status < 500) return byCode
  const known = (said.isJson ? undefined : byPage[status]) ?? byStatus[status]
  if (known) return known
  if (status >= 500) return { class: 'transient', zh: `网站出错（HTTP ${status}）` }
  if (status >= 300 && status < 400) return { class: 'config', zh: '网站要求跳转到别处，请把网店地址改成最终的地址' }
  return { class: 'param', zh: `网站不接受这个请求（HTTP ${status}）` }
}

/** Codes of the platform. Those for a missing right end alike, whatever the thing. Source: own-site.md 2.1 [doc]; the key's [sdk]. */
const codes: readonly (readonly [RegExp, Meaning])[] = [
  [/^rest_no_route$/, { class: 'config', zh: '网站没有这个接口：插件未启用，或固定链接是“朴素”' }],
  [/^woocommerce_rest_authentication_error$/, { class: 'config', zh: '网站不认这组密钥，请核对并确认有读写权限' }],
  [/_cannot_(view|create|edit|delete|batch)$/, { class: 'permission', zh: '密钥没有这个权限' }],
  [/^rest_forbidden/, { class: 'permission', zh: '密钥没有这个权限' }],
  [/_invalid_id$/, { class: 'not-found', zh: '网店没有这个编号' }],
  [/^rest_(invalid|missing_callback)_param$/, { class: 'param', zh: '网站不接受参数' }],
]

const byStatus: Readonly<Record<number, Meaning>> = {
  401: { class: 'config', zh: '网站不认这组密钥，请核对并确认有读写权限' },
  403: { class: 'permission', zh: '网站不允许这个操作' },
  404: { class: 'not-found', zh: '网店没有这个对象' },
  405: { class: 'config', zh: '网站没有这个接口' },
  408: { class: 'transient', zh: '网站超时' },
  410: { class: 'not-found', zh: '网店已删除这个对象' },
  422: { class: 'business-rejected', zh: '网店拒绝了内容' },
  425: { class: 'transient', zh: '网站让稍后再试' },
  429: { class: 'rate-limit', zh: '网站或主机限流' },
  501: { class: 'config', zh: '网站没有这个接口' },
}

/** The same numbers mean another thing when the answer is a page: then it was not WooCommerce that spoke. */
const byPage: Readonly<Record<number, Meaning>> = {
  401: { class: 'config', zh: '网站在接口前面要求登录，请对 /wp-json 放行' },
  403: { class: 'permission', zh: '网站的防火墙或 CDN 拦下了请求，请放行本系统的出口地址' },
  404: { class: 'config', zh: '这个地址没有 /wp-json 接口，请核对网店地址，固定链接不能选“朴素”' },
  410: { class: 'config', zh: '网站已关闭这个接口' },
}

function saidBy(body: string): Said {
  const value = jsonOrUndefined(body)
  if (value === undefined) return { code: '', words: '', status: null, isJson: false }
  const fields = (value !== null && typeof value === 'object' ? value : {}) as Readonly<Record<string, unknown>>
  const { code, message, data } = fields
  if (typeof code !== 'string' || typeof message !== 'string')
    return { code: '', words: '', status: null, isJson: true }
  const status = (data as { readonly status?: unknown } | null | undefined)?.status
  return { code, words: plain(message), status: typeof status === 'number' ? status : null, isJson: true }
}

const wordsMax = 200

/** A message for a person: without tags, and no longer than a line or two. */
function plain(message: string): string {
  return message
    .replace(/<[^>]*>/g, '')
    .trim()
    .slice(0, wordsMax)
}

function jsonOrUndefined(body: string): unknown {
  try {
    return parseJson(body)
  } catch {
    return undefined // A page, or nothing at all.
  }
}
