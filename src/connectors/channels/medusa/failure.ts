import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { asFields, textOf } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/** The code of an answer that says yes in something other than JSON, such as the page of a cache or of a firewall. */
export const notJson = 'not-json'

interface Meaning {
  readonly class: ErrorClass
  readonly zh: string
}

/** What the platform says of an error: `{ type, message, code? }`. Empty where it says nothing. */
interface Said {
  readonly type: string
  readonly words: string
  readonly isJson: boolean
}

/** A wait where the shop names none at 429 [assumed], and the longest that still is throttling, as for all channels [rule]. */
const usualWaitMs = 10_000
const throttlingMaxMs = 60_000

/**
 * Reads an answer as a failure; null when it is a success. The platform's type decides below 500, else the status. A success that carries
 * the fields of an error is one all the same.
 * Source: own-site.md 5.4 [assumed]; 429, 503 and pages in the place of JSON [assumed].
 */
export function readFailure(answer: Answer): FailureReading | null {
  const said = saidBy(answer.body)
  const isGood = answer.status >= 200 && answer.status < 300
  if (isGood && said.isJson && said.type === '') return null

  const wait = retryAfterOf(answer.headers)
  const meaning = isGood && !said.isJson ? page : meaningOf(answer.status, said, wait)
  return {
    class: meaning.class,
    code: isGood && !said.isJson ? notJson : codeOf(answer.status, said),
    retry: retryOf(meaning.class),
    retryAfterMs: meaning.class === 'rate-limit' ? (wait ?? usualWaitMs) : wait,
    reason: said.words === '' ? meaning.zh : `${meaning.zh}（${said.words}）`,
  }
}

function codeOf(status: number, { type }: Said): string {
  return type === '' ? String(status) : `${status}/${type}`
}

const page: Meaning = { class: 'transient', zh: '网站答的不是 JSON，可能在维护或被缓存、防护插件拦下' }
const usedUp: Meaning = { class: 'quota-exhausted', zh: '网站或主机说调用额度已用完' }

function meaningOf(status: number, said: Said, wait: number | null): Meaning {
  if (status === 429 && wait !== null && wait > throttlingMaxMs) return usedUp
  const byType = types.get(said.type)
  if (byType && status < 500 && status !== 429) return byType
  const known = (said.isJson ? undefined : byPage[status]) ?? byStatus[status]
  if (known) return known
  if (status >= 500) return { class: 'transient', zh: `网站出错（HTTP ${status}）` }
  if (status >= 300 && status < 400) return { class: 'config', zh: '网站要求跳转到别处，请把地址改成最终的地址' }
  return { class: 'param', zh: `网站不接受这个请求（HTTP ${status}）` }
}

const badKey: Meaning = { class: 'config', zh: '网站不认这个密钥，请核对它是没有作废的 Secret API key' }
const trouble: Meaning = { class: 'transient', zh: '网站内部出错' }

/**
 * Types of the platform. `conflict`: another call changed the same thing at once, so nobody knows how ours ended.
 * Source: own-site.md 5.4 [assumed].
 */
export const errorTypes = {
  invalid_data: { class: 'param', zh: '网站不接受参数' },
  not_allowed: { class: 'business-rejected', zh: '网店拒绝了这个操作' },
  duplicate_error: { class: 'business-rejected', zh: '网店已有同样的对象' },
  unauthorized: badKey,
  forbidden: { class: 'permission', zh: '密钥没有这个权限' },
  not_found: { class: 'not-found', zh: '网店没有这个编号' },
  conflict: { class: 'transient', zh: '网店同时在改同一个对象' },
  unknown_error: trouble,
  unexpected_state: trouble,
  database_error: trouble,
} as const satisfies Readonly<Record<string, Meaning>>

const types: ReadonlyMap<string, Meaning> = new Map(Object.entries(errorTypes))

const byStatus: Readonly<Record<number, Meaning>> = {
  401: badKey,
  403: { class: 'permission', zh: '网站不允许这个操作' },
  404: { class: 'not-found', zh: '网店没有这个对象' },
  405: { class: 'config', zh: '网站没有这个接口' },
  408: { class: 'transient', zh: '网站超时' },
  409: errorTypes.conflict,
  410: { class: 'not-found', zh: '网店已删除这个对象' },
  422: { class: 'business-rejected', zh: '网店拒绝了内容' },
  425: { class: 'transient', zh: '网站让稍后再试' },
  429: { class: 'rate-limit', zh: '网站或主机限流' },
  501: { class: 'config', zh: '网站没有这个接口' },
}

/** The same numbers mean another thing when the answer is a page: then it was not Medusa that spoke. */
const byPage: Readonly<Record<number, Meaning>> = {
  401: { class: 'config', zh: '网站在接口前面要求登录，请对 /admin 放行' },
  403: { class: 'permission', zh: '网站的防火墙或 CDN 拦下了请求，请放行本系统的出口地址' },
  404: { class: 'config', zh: '这个地址没有 /admin 接口，请核对后端地址' },
  410: { class: 'config', zh: '网站已关闭这个接口' },
}

function saidBy(body: string): Said {
  const value = jsonOrUndefined(body)
  const fields = asFields(value)
  const [type, message] = [textOf(fields?.type), textOf(fields?.message)]
  const isError = type !== '' && message !== ''
  return { type: isError ? type : '', words: isError ? clean(message) : '', isJson: value !== undefined }
}

const wordsMax = 200

/** Words for a person: one short line without tags; digits that could be a telephone number are hidden. */
function clean(message: string): string {
  return message
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, '1**********')
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
