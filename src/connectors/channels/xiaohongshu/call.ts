import { Failure } from '../../../core/failures.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { openAnswer } from './failure.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { strange } from './nonsense.ts'
import { signCall } from './sign.ts'

const version = '2.0'

/** One call of the platform. Business fields that are undefined are not sent. `token` false for the calls that bring one. */
export interface ArkCall {
  /** Our operation it serves, such as `orders.pull`. */
  readonly operation: string
  readonly method: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly isWrite?: boolean
  readonly token?: boolean
}

/** `data` is empty where the answer carries none, `text` the whole answer as it came. */
export interface Reply {
  readonly data: Fields
  readonly text: string
}

/**
 * Sends one signed call and reads its answer. Throws what `failureOf` makes of the platform's answer, CHANNEL_NOT_AUTHORISED without a
 * token, CHANNEL_NONSENSE or, for a write, CHANNEL_UNCLEAR when `data` is not an object.
 */
export async function call(account: XiaohongshuAccount, ark: ArkCall): Promise<Reply> {
  if (ark.token !== false && !account.credentials.accessToken) {
    throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'xiaohongshu', reason: '店铺还没有授权' })
  }
  return readReply(await account.send(buildRequest(account, ark, account.now())), ark)
}

/** The signed form of a call at a moment: one flat JSON object at one address. Pure. Source: xiaohongshu.md 1, 2 [doc]. */
function buildRequest(
  { address, credentials }: { readonly address: string; readonly credentials: XiaohongshuCredentials },
  { operation, method, params = {}, isWrite = false, token = true }: ArkCall,
  at: Instant,
): OutgoingRequest {
  const { appId, appSecret, accessToken } = credentials
  const signed = { appId, timestamp: String(Math.floor(at / 1000)), version, method }
  return {
    operation,
    method: 'POST',
    url: `${address}/ark/open_api/v3/common_controller`,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: JSON.stringify({
      ...params,
      ...signed,
      sign: signCall(signed, appSecret),
      ...(token ? { accessToken } : {}),
    }),
    isWrite,
  }
}

/** Pure. */
function readReply(answer: Answer, { isWrite = false }: ArkCall): Reply {
  const { failure, parsed } = openAnswer(answer)
  if (failure) throw failureOf('xiaohongshu', failure, isWrite)

  const data = asFields(parsed?.data ?? {})
  if (data === null) throw strange('data 不是对象', isWrite)
  return { data, text: answer.body }
}
