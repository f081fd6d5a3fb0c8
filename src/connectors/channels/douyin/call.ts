import { Failure } from '../../../core/failures.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { openAnswer } from './failure.ts'
import type { DouyinAccount, DouyinCredentials } from './manifest.ts'
import { strange } from './nonsense.ts'
import { type ParamValue, paramJson } from './param-json.ts'
import { signCall } from './sign.ts'

const version = '2'
const signMethod = 'hmac-sha256'

/** One call of the platform. Parameters that are undefined are not sent. `token` false for the calls that bring one. */
export interface ShopCall {
  /** Our operation it serves, such as `orders.pull`. */
  readonly operation: string
  readonly method: string
  readonly params?: Readonly<Record<string, ParamValue | undefined>>
  readonly isWrite?: boolean
  readonly token?: boolean
}

/** `data` as the platform gave it, an object or a list; `text` the whole answer as it came. */
export interface Reply {
  readonly data: unknown
  readonly text: string
}

/**
 * Sends one signed call and reads its answer. Throws what `failureOf` makes of the platform's answer, CHANNEL_NOT_AUTHORISED without a
 * token, and for a write CHANNEL_UNCLEAR where the answer is strange or says that only a part was done.
 */
export async function call(account: DouyinAccount, shopCall: ShopCall): Promise<Reply> {
  if (shopCall.token !== false && !account.credentials.accessToken) {
    throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'douyin', reason: '店铺还没有授权' })
  }
  return readReply(await account.send(buildRequest(account, shopCall, account.now())), shopCall)
}

/** The signed form of a call at a moment. Pure. Source: douyin.md 1 [doc]. */
function buildRequest(
  { address, credentials }: { readonly address: string; readonly credentials: DouyinCredentials },
  { operation, method, params = {}, isWrite = false, token = true }: ShopCall,
  at: Instant,
): OutgoingRequest {
  const { appKey, appSecret, accessToken = '' } = credentials
  const body = paramJson(params)
  const timestamp = String(Math.floor(at / 1000))
  const query = new URLSearchParams({
    app_key: appKey,
    method,
    ...(token ? { access_token: accessToken } : {}),
    timestamp,
    v: version,
    sign: signCall({ appKey, method, paramJson: body, timestamp, version }, appSecret, signMethod),
    sign_method: signMethod,
  })
  return {
    operation,
    method: 'POST',
    url: `${address}/${method.replaceAll('.', '/')}?${query}`,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body,
    isWrite,
  }
}

/** Pure. */
function readReply(answer: Answer, { isWrite = false }: ShopCall): Reply {
  const { failure, parsed, isPartly } = openAnswer(answer)
  if (failure) throw failureOf('douyin', failure, isWrite)
  if (isPartly && isWrite) throw strange('平台说只做成了一部分', true)

  const data = parsed?.data ?? {}
  if (typeof data !== 'object') throw strange('data 不是对象', isWrite)
  return { data, text: answer.body }
}

/** An answer's data where it is an object. Throws CHANNEL_NONSENSE. */
export function fieldsOf({ data }: Reply): Fields {
  const fields = asFields(data)
  if (fields === null) throw strange('data 不是对象')
  return fields
}
