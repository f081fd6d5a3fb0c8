import type { ErrorClass } from '../../../core/channel/words.ts'
import type { FailureReading } from '../../../kit/channel.ts'
import { retryOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields, parseFields, textOf } from '../../../kit/fields.ts'
import type { Answer } from '../../../kit/plug.ts'
import { retryAfterOf } from '../../../kit/retry-after.ts'

/** The code of an answer that says yes in something other than the interface's JSON, such as the page of a proxy. */
export const notJson = 'not-json'

interface Meaning {
  readonly class: ErrorClass
  readonly zh: string
}

/** The key is typed in, so nobody can renew it but a person [rule]. */
const wrongKey: Meaning = {
  class: 'config',
  zh: 'Vendure 不认这个 API 密钥，或它的角色没有权限；请在后台核对或重新生成',
}

/**
 * `errors[0].extensions.code`. FORBIDDEN [sdk V]; the others [assumed], here and nowhere else. Source: own-site.md 4.
 */
export const errorCodes: Readonly<Record<string, Meaning>> = {
  FORBIDDEN: wrongKey,
  UNAUTHORIZED: wrongKey,
  UNAUTHENTICATED: wrongKey,
  CHANNEL_NOT_FOUND: { class: 'config', zh: '没有这个渠道，请核对渠道令牌' },
  ENTITY_NOT_FOUND: { class: 'not-found', zh: 'Vendure 上没有这个对象' },
  USER_INPUT_ERROR: { class: 'param', zh: 'Vendure 不接受这个值' },
  BAD_USER_INPUT: { class: 'param', zh: 'Vendure 不接受这个值' },
  ILLEGAL_OPERATION: { class: 'business-rejected', zh: 'Vendure 不允许这样做' },
  GRAPHQL_VALIDATION_FAILED: { class: 'param', zh: '接口没有我们要的字段，请升级 Vendure（按 3.7 编写）' },
  GRAPHQL_PARSE_FAILED: { class: 'param', zh: 'Vendure 看不懂这个请求' },
  INTERNAL_SERVER_ERROR: { class: 'transient', zh: 'Vendure 内部错误' },
}

/** `errorCode` of a result that is no success, as the mutations used here give it. Source: own-site.md 4 [sdk V]. */
export const resultCodes: Readonly<Record<string, Meaning>> = {
  EMPTY_ORDER_LINE_SELECTION_ERROR: { class: 'param', zh: '没有说发哪些商品' },
  ITEMS_ALREADY_FULFILLED_ERROR: { class: 'already-done', zh: '这些商品已经在别的包裹里' },
  INSUFFICIENT_STOCK_ON_HAND_ERROR: { class: 'business-rejected', zh: 'Vendure 上的实物库存不够发货，请先改库存' },
  INVALID_FULFILLMENT_HANDLER_ERROR: { class: 'config', zh: '服务器没有 manual-fulfillment 发货方式，请在配置里加上' },
  FULFILLMENT_STATE_TRANSITION_ERROR: { class: 'business-rejected', zh: '包裹现在不能改成这个状态' },
  CREATE_FULFILLMENT_ERROR: { class: 'business-rejected', zh: '发货没有建成' },
  UNKNOWN_ERROR: { class: 'transient', zh: 'Vendure 出错' },
}

/** Statuses before the interface itself is reached, from a host or proxy [assumed]. */
export const statuses: Readonly<Record<number, Meaning>> = {
  401: wrongKey,
  403: wrongKey,
  404: { class: 'config', zh: '这个地址没有 /admin-api，请核对服务器地址' },
  408: { class: 'transient', zh: '服务器超时' },
  429: { class: 'rate-limit', zh: '主机限流' },
}

/**
 * What an answer means: the errors beside the data, then the status, then a result that says no inside. Null when it
 * is a success. Source: own-site.md 4 [sdk V], [assumed] where the tables say so.
 */
export function readFailure(answer: Answer): FailureReading | null {
  const body = parseFields(answer.body)
  const said = saidBy(body)
  const isGood = answer.status >= 200 && answer.status < 300
  const known = said === null ? undefined : meaningIn(errorCodes, said.code)
  if (said !== null && (isGood || known !== undefined)) {
    return limited(known ?? { class: 'param', zh: 'Vendure 不接受这个请求' }, { ...said, answer })
  }
  if (!isGood) {
    const code = said?.code ? `${answer.status}/${said.code}` : String(answer.status)
    return limited(statuses[answer.status] ?? otherStatus(answer.status), { code, words: said?.words ?? '', answer })
  }
  const data = asFields(body?.data)
  if (data !== null) return refusalIn(data)
  return limited(
    { class: 'transient', zh: '答的不是接口的 JSON，可能被代理或防护页面拦下' },
    { code: notJson, words: '', answer },
  )
}

/** A platform may use any word, also one that every object knows. */
function meaningIn(table: Readonly<Record<string, Meaning>>, code: string): Meaning | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined
}

interface Said {
  readonly code: string
  readonly words: string
}

/** The first of `errors`; null where there is none. */
function saidBy(body: Fields | null): Said | null {
  const errors = body?.errors
  if (!Array.isArray(errors) || errors.length === 0) return null
  const first = asFields(errors[0])
  return { code: textOf(asFields(first?.extensions)?.code) || 'errors', words: clean(textOf(first?.message)) }
}

/** Null where every result is a success. */
function refusalIn(data: Fields): FailureReading | null {
  const refusal = Object.values(data)
    .map(asFields)
    .find((result) => textOf(result?.errorCode) !== '')
  if (!refusal) return null
  const code = textOf(refusal.errorCode)
  const meaning = meaningIn(resultCodes, code) ?? { class: 'business-rejected', zh: 'Vendure 拒绝了这一步' }
  const words = [refusal.message, refusal.transitionError, refusal.fulfillmentHandlerError].map(textOf)
  return reading(meaning, { code, words: clean(words.filter((text) => text !== '').join(' ')), wait: null })
}

function otherStatus(status: number): Meaning {
  if (status >= 500) return { class: 'transient', zh: `服务器出错（HTTP ${status}）` }
  if (status >= 300 && status < 400) return { class: 'config', zh: '服务器地址跳转到别处，请填跳转后的地址' }
  return { class: 'param', zh: `服务器不接受这个请求（HTTP ${status}）` }
}

/** A wait longer than this is no throttling any more. Source: taobao.md 5.3 [rule], taken for all channels. */
const throttlingMaxMs = 60_000
/** Where a host throttles and does not say how long [assumed]. */
const usualWaitMs = 5_000

/** Throttling always says how long; beyond a minute it is a quota that is used up. */
function limited(meaning: Meaning, { code, words, answer }: Said & { readonly answer: Answer }): FailureReading {
  const wait = retryAfterOf(answer.headers)
  if (meaning.class !== 'rate-limit') return reading(meaning, { code, words, wait })
  const usedUp: Meaning = { class: 'quota-exhausted', zh: '主机的调用额度已用完' }
  return reading((wait ?? 0) > throttlingMaxMs ? usedUp : meaning, { code, words, wait: wait || usualWaitMs })
}

function reading(meaning: Meaning, { code, words, wait }: Said & { readonly wait: number | null }): FailureReading {
  return {
    class: meaning.class,
    code,
    retry: retryOf(meaning.class),
    retryAfterMs: wait,
    reason: words === '' ? meaning.zh : `${meaning.zh}（${words}）`,
  }
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
