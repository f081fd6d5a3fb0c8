import { Failure } from '../../../core/failures.ts'
import { beijingText, type Instant, parseBeijing } from '../../../core/time/instant.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { openAnswer } from './failure.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { strange } from './nonsense.ts'
import { signCall, withoutEmpty } from './sign.ts'

/** One call of the platform. Empty parameters are dropped. `session` false for calls that speak for the app and not for a seller. */
export interface TopCall {
  /** Our operation it serves, such as `orders.pull`. */
  readonly operation: string
  readonly method: string
  readonly params?: Readonly<Record<string, string | null | undefined>>
  readonly isWrite?: boolean
  readonly session?: boolean
}

/** `root` is what stands below the answer's one root key, `text` the whole answer as it came. */
export interface Reply {
  readonly root: Fields
  readonly text: string
}

/**
 * Sends one signed call and reads its answer. When the platform finds our clock wrong, its own is asked once and the call is sent once
 * more: the only repetition in this connector, since the correction cannot be kept between calls. Source: taobao.md 5.3 [rule].
 * Throws what `failureOf` makes of the platform's answer, CHANNEL_NOT_AUTHORISED without a session key, CHANNEL_NONSENSE or,
 * for a write, CHANNEL_UNCLEAR when the answer is not the expected one.
 */
export async function call(account: TaobaoAccount, top: TopCall): Promise<Reply> {
  if (top.session !== false && !account.credentials.sessionKey) {
    throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'taobao', reason: '店铺还没有授权' })
  }
  const first = await account.send(buildRequest(account, top, account.now()))
  if (openAnswer(first).failure?.class !== 'clock') return readReply(first, top)

  const platformTime = await askTime(account, top.operation, first)
  if (platformTime === null) return readReply(first, top)
  return readReply(await account.send(buildRequest(account, top, platformTime)), top)
}

/** The signed form of a call at a moment. Pure. Source: taobao.md 1, 3 [doc]. */
function buildRequest(
  { address, credentials }: { readonly address: string; readonly credentials: TaobaoCredentials },
  { operation, method, params = {}, isWrite = false, session = true }: TopCall,
  at: Instant,
): OutgoingRequest {
  const signed = withoutEmpty({
    ...params,
    method,
    app_key: credentials.appKey,
    session: session ? credentials.sessionKey : null,
    timestamp: beijingText(at),
    format: 'json',
    v: '2.0',
    sign_method: 'hmac-sha256',
  })
  const sign = signCall(signed, credentials.appSecret, 'hmac-sha256')
  return {
    operation,
    method: 'POST',
    url: `${address}/router/rest`,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ ...signed, sign }).toString(),
    isWrite,
  }
}

/** Pure. The root key is the method's name with underscores; only the prefix `taobao.` falls away. Source: taobao.md 4 [doc]. */
function readReply(answer: Answer, { method, isWrite = false }: TopCall): Reply {
  const { failure, parsed } = openAnswer(answer)
  if (failure) throw failureOf('taobao', failure, isWrite)

  const rootKey = `${method.replace(/^taobao\./, '').replaceAll('.', '_')}_response`
  const root = asFields(parsed?.[rootKey])
  if (root === null) throw strange(`没有 ${rootKey}`, isWrite)
  return { root, text: answer.body }
}

/** The platform's time by `taobao.time.get`; where that too is refused for its own timestamp, by the answer's date header. */
async function askTime(account: TaobaoAccount, operation: string, refused: Answer): Promise<Instant | null> {
  const top = { operation, method: 'taobao.time.get', session: false }
  const answer = await account.send(buildRequest(account, top, account.now()))
  const time = asFields(openAnswer(answer).parsed?.time_get_response)?.time
  if (typeof time === 'string') return parseBeijing(time)
  return dateHeader(answer) ?? dateHeader(refused)
}

function dateHeader({ headers }: Answer): Instant | null {
  const at = Date.parse(headers.date ?? '')
  return Number.isNaN(at) ? null : at
}
