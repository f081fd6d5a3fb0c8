import { Failure } from '../../../core/failures.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import type { Fields } from '../../../kit/fields.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { openAnswer } from './failure.ts'
import type { WechatShopAccount } from './manifest.ts'
import { strange } from './nonsense.ts'

/** One call of the platform: POST with a JSON body, but for the few that are asked by GET and have none. */
export interface ShopCall {
  /** Our operation it serves, such as `orders.pull`. */
  readonly operation: string
  /** Without host and token, such as `/channels/ec/order/get`. */
  readonly path: string
  readonly body?: Fields
  readonly isWrite?: boolean
}

/** `text` is the whole answer as it came. */
export interface Reply {
  readonly root: Fields
  readonly text: string
}

/**
 * Sends one call and reads its answer. There is no signature: the token in the address is all. Source: wechat-shop.md
 * 1, 2 [doc]. Throws what `failureOf` makes of the platform's answer, CHANNEL_NOT_AUTHORISED without a token,
 * CHANNEL_UNCLEAR where a write is answered without a word of success.
 */
export async function call(account: WechatShopAccount, shopCall: ShopCall): Promise<Reply> {
  const { accessToken } = account.credentials
  if (!accessToken) {
    throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'wechat-shop', reason: '还没有取得接口令牌' })
  }
  const path = `${shopCall.path}?access_token=${encodeURIComponent(accessToken)}`
  const answer = await account.send(buildRequest(account.address, { ...shopCall, path }))
  return readReply(answer, { isWrite: shopCall.isWrite ?? false, now: account.now() })
}

/** The form of a call. Pure. */
export function buildRequest(address: string, { operation, path, body, isWrite = false }: ShopCall): OutgoingRequest {
  return {
    operation,
    method: body === undefined ? 'GET' : 'POST',
    url: `${address}${path}`,
    headers: body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' },
    body: body === undefined ? null : JSON.stringify(body),
    isWrite,
  }
}

interface Reading {
  readonly isWrite: boolean
  readonly now: number
}

/**
 * Pure. Only the token call leaves `errcode` out of a success, so a write that is answered without it is not known to
 * be done.
 */
export function readReply(answer: Answer, { isWrite, now }: Reading): Reply {
  const { failure, parsed } = openAnswer(answer, now)
  if (failure) throw failureOf('wechat-shop', failure, isWrite)
  if (parsed === null || (isWrite && Number(parsed.errcode ?? -1) !== 0)) throw strange('没有 errcode', isWrite)
  return { root: parsed, text: answer.body }
}
