import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { parseJson } from '../../../kit/json.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'
import { throttleWaitMs } from './throttle.ts'

/** The code of an answer that says yes in something other than the interface's JSON, such as the page of a proxy. */
export const notJson = 'not-json'

/** A business refusal inside a mutation that was answered with 200. Source: own-site.md 3 [doc S]. */
export interface UserError {
  /** The path into the variables, such as `input.quantities.0.changeFromQuantity`, as its steps. */
  readonly field: readonly string[]
  readonly message: string
  /** Empty text: not every mutation has codes. */
  readonly code: string
}

interface Meaning {
  readonly class: ErrorClass
  readonly zh: string
}

/** A wait longer than this is no throttling any more. Source: taobao.md 5.3 [rule], taken for all channels. */
const throttlingMaxMs = 60_000
/** Where a throttled answer tells no cost: the bucket fills every second [assumed]. */
const usualWaitMs = 1_000

/**
 * What an answer means: the status, then the errors beside the data, then the refusals inside a mutation. Null when it is a success.
 * Source: own-site.md 3 [doc S] for the shapes and THROTTLED; the other codes and statuses [assumed], here and nowhere else.
 */
export function readFailure(answer: Answer): FailureReading | null {
  const call = readCallFailure(answer)
  if (call !== null) return call
  const [error] = userErrorsIn(jsonOrUndefined(answer.body))
  return error === undefined ? null : userFailure(error)
}

/** As `readFailure`, without looking into mutations. */
export function readCallFailure(answer: Answer): FailureReading | null {
  const body = jsonOrUndefined(answer.body)
  const isGood = answer.status >= 200 && answer.status < 300
  if (!isGood) return statusFailure(answer, saidBy(body))

  const said = saidBy(body)
  if (said !== null) return errorFailure(answer, body, said)
  if (fieldsOf(body)?.data !== undefined) return null
  return reading({ class: 'transient', zh: '答的不是接口的 JSON，可能被代理或防护页面拦下' }, { code: notJson })
}

/** A refusal that says stock moved meanwhile is worth another try with a new number. Source: own-site.md 3 [assumed] name. */
export function userFailure({ field, message, code }: UserError): FailureReading {
  const meaning: Meaning = { class: 'business-rejected', zh: 'Shopify 拒绝了这一步' }
  const at = field.length === 0 ? 'userErrors' : field.join('.')
  const told = reading(meaning, { code: code === '' ? at : code, words: message })
  return code === staleStock ? { ...told, retry: 'later' } : told
}
const staleStock = 'CHANGE_FROM_QUANTITY_STALE'

/** The refusals of every mutation in an answer. */
export function userErrorsIn(body: unknown): UserError[] {
  const data = fieldsOf(fieldsOf(body)?.data) ?? {}
  return Object.values(data).flatMap((result) => {
    const errors = fieldsOf(result)?.userErrors
    return Array.isArray(errors) ? errors.map(userErrorOf) : []
  })
}

function userErrorOf(value: unknown): UserError {
  const { field, message, code } = fieldsOf(value) ?? {}
  return {
    field: Array.isArray(field) ? field.map(String) : [],
    message: typeof message === 'string' ? clean(message) : '',
    code: typeof code === 'string' ? code : '',
  }
}

interface Said {
  readonly code: string
  readonly words: string
}

/** The first of `errors`, which is a list, or bare text where the gate in front of the interface speaks. Null where there is none. */
function saidBy(body: unknown): Said | null {
  const errors = fieldsOf(body)?.errors
  if (typeof errors === 'string') return { code: '', words: clean(errors) }
  if (!Array.isArray(errors) || errors.length === 0) return null
  const first = fieldsOf(errors[0]) ?? {}
  const code = fieldsOf(first.extensions)?.code
  return {
    code: typeof code === 'string' ? code : '',
    words: typeof first.message === 'string' ? clean(first.message) : '',
  }
}

/** Codes of `errors[0].extensions`. THROTTLED [doc S]; the rest [assumed]. */
export const errorCodes: Readonly<Record<string, Meaning>> = {
  THROTTLED: { class: 'rate-limit', zh: 'Shopify 限流（点数用完）' },
  ACCESS_DENIED: { class: 'permission', zh: '自定义应用缺少权限，请在应用的 API 范围里勾选后重新安装' },
  SHOP_INACTIVE: { class: 'config', zh: '店铺未启用或已冻结' },
  INTERNAL_SERVER_ERROR: { class: 'transient', zh: 'Shopify 内部错误' },
  TIMEOUT: { class: 'transient', zh: 'Shopify 超时' },
  MAX_COST_EXCEEDED: { class: 'param', zh: '一次问得太多，超过单次点数上限' },
  RESOURCE_NOT_FOUND: { class: 'not-found', zh: 'Shopify 上没有这个对象' },
}

/** A gate that does not know the token answers with bare text. Source: the token is typed in, so nobody can renew it but a person [rule]. */
const wrongToken: Meaning = { class: 'config', zh: 'Shopify 不认这个访问令牌，请核对，或在自定义应用里重新生成' }

function errorFailure(answer: Answer, body: unknown, said: Said): FailureReading {
  const byWords = said.code === '' && /access token|api key|unauthori[sz]ed/i.test(said.words)
  const meaning: Meaning = byWords
    ? wrongToken
    : (errorCodes[said.code] ?? { class: 'param', zh: 'Shopify 不接受这个请求' })
  const wait = meaning.class === 'rate-limit' ? (throttleWaitMs(body) ?? retryAfterOf(answer.headers)) : null
  return limited(meaning, { code: said.code || 'errors', words: said.words, wait })
}

/** Statuses before the interface itself is reached [assumed]. */
export const statuses: Readonly<Record<number, Meaning>> = {
  401: wrongToken,
  402: { class: 'config', zh: '店铺欠费，接口已停' },
  403: { class: 'permission', zh: 'Shopify 不允许这个应用访问' },
  404: { class: 'config', zh: '这个地址没有 Shopify 接口，请核对店铺地址' },
  408: { class: 'transient', zh: 'Shopify 超时' },
  423: { class: 'config', zh: '店铺已锁定，请到 Shopify 后台处理' },
  429: { class: 'rate-limit', zh: 'Shopify 限流' },
  430: { class: 'transient', zh: 'Shopify 的防护拦下了请求' },
}

function statusFailure(answer: Answer, said: Said | null): FailureReading {
  const { status, headers } = answer
  const words = said?.words ?? ''
  const code = said?.code ? `${status}/${said.code}` : String(status)
  return limited(statuses[status] ?? otherStatus(status), { code, words, wait: retryAfterOf(headers) })
}

function otherStatus(status: number): Meaning {
  if (status >= 500) return { class: 'transient', zh: `Shopify 出错（HTTP ${status}）` }
  if (status >= 300 && status < 400) {
    return { class: 'config', zh: '店铺地址跳转到别处，请填以 .myshopify.com 结尾的地址' }
  }
  return { class: 'param', zh: `Shopify 不接受这个请求（HTTP ${status}）` }
}

/** Throttling always says how long; beyond a minute it is a quota that is used up. */
function limited(meaning: Meaning, told: Said & { readonly wait: number | null }): FailureReading {
  if (meaning.class !== 'rate-limit') return reading(meaning, told)
  const wait = told.wait ?? usualWaitMs
  const usedUp: Meaning = { class: 'quota-exhausted', zh: 'Shopify 的调用额度已用完' }
  return reading(wait > throttlingMaxMs ? usedUp : meaning, { ...told, wait })
}

function reading(
  meaning: Meaning,
  { code, words = '', wait = null }: { readonly code: string; readonly words?: string; readonly wait?: number | null },
): FailureReading {
  return {
    class: meaning.class,
    code,
    retry: retryOf(meaning.class),
    retryAfterMs: wait,
    reason: words === '' ? meaning.zh : `${meaning.zh}（${words}）`,
  }
}

function jsonOrUndefined(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined // Not JSON is an answer here: the caller tells a page from a refusal by it.
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null
}

/** Words for a log or a page: one short line; digits that could be a telephone number are hidden. */
function clean(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, '1**********')
    .trim()
    .slice(0, 200)
}
