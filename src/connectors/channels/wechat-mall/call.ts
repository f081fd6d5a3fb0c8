import { Failure } from '../../../core/failures.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import type { Fields } from '../../../kit/fields.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { openAnswer } from './failure.ts'
import type { WechatMallAccount } from './manifest.ts'
import { strange } from './nonsense.ts'

export interface MallCall {
  /** Our operation it serves. */
  readonly operation: string
  /** Without host and token, such as `/wxa/sec/order/get_order`. */
  readonly path: string
  readonly body: Fields
  readonly isWrite?: boolean
}

/**
 * Sends one call; the token in the address is all that is signed. Source: wechat-shop.md 1, 2 [doc]. Throws what the platform's answer
 * means, CHANNEL_NOT_AUTHORISED without a token, CHANNEL_UNCLEAR where a write is answered without a word of success.
 */
export async function call(account: WechatMallAccount, { path, ...rest }: MallCall): Promise<Fields> {
  const { accessToken } = account.credentials
  if (!accessToken) {
    throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'wechat-mall', reason: '还没有取得接口令牌' })
  }
  const withToken = { ...rest, path: `${path}?access_token=${encodeURIComponent(accessToken)}` }
  const answer = await account.send(buildRequest(account.address, withToken))
  return readReply(answer, { isWrite: rest.isWrite ?? false, now: account.now() })
}

/** Pure. */
export function buildRequest(address: string, { operation, path, body, isWrite = false }: MallCall): OutgoingRequest {
  return {
    operation,
    method: 'POST',
    url: `${address}${path}`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    isWrite,
  }
}

/** Pure. Only the token call leaves `errcode` out of a success, so a write that is answered without it is not known to be done. */
export function readReply(
  answer: Answer,
  { isWrite, now }: { readonly isWrite: boolean; readonly now: number },
): Fields {
  const { failure, parsed } = openAnswer(answer, now)
  if (failure) throw failureOf('wechat-mall', failure, isWrite)
  if (parsed === null || (isWrite && Number(parsed.errcode ?? -1) !== 0)) throw strange('没有 errcode', isWrite)
  return parsed
}
