import { Failure } from '../../../core/failures.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import type { Fields } from '../../../kit/fields.ts'
import type { OutgoingRequest } from '../../../kit/plug.ts'
import { openAnswer } from './failure.ts'
import type { PinduoduoAccount, PinduoduoCredentials } from './manifest.ts'
import { strange } from './nonsense.ts'
import { type Params, signCall } from './sign.ts'

/** One call of the platform. Business parameters that are undefined are not sent. `token` false for the calls that bring one. */
export interface PopCall {
  /** Our operation it serves, such as `orders.pull`. */
  readonly operation: string
  readonly method: string
  readonly params?: Params
  readonly isWrite?: boolean
  readonly token?: boolean
}

/** `response` is what stands in the one `…_response`, `text` the whole answer as it came. */
export interface Reply {
  readonly response: Fields
  readonly text: string
}

/**
 * Sends one signed call and reads its answer. Throws what `failureOf` makes of the platform's answer, and CHANNEL_NOT_AUTHORISED without
 * a token.
 */
export async function call(account: PinduoduoAccount, pop: PopCall): Promise<Reply> {
  if (pop.token !== false && !account.credentials.accessToken) {
    throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'pinduoduo', reason: '店铺还没有授权' })
  }
  const answer = await account.send(buildRequest(account, pop, account.now()))
  const { failure, response } = openAnswer(answer)
  if (failure) throw failureOf('pinduoduo', failure, pop.isWrite ?? false)
  return { response: response ?? {}, text: answer.body }
}

/** A write whose answer must say that it was done. Throws CHANNEL_UNCLEAR where it says neither. */
export async function write(account: PinduoduoAccount, pop: Omit<PopCall, 'isWrite'>): Promise<void> {
  const { response } = await call(account, { ...pop, isWrite: true })
  if (response.is_success !== true && response.success !== true) throw strange('没有说明是否成功', true)
}

/** The signed form of a call at a moment. Pure. Source: pinduoduo.md 1 [doc]. */
function buildRequest(
  { address, credentials }: { readonly address: string; readonly credentials: PinduoduoCredentials },
  { operation, method, params = {}, isWrite = false, token = true }: PopCall,
  at: Instant,
): OutgoingRequest {
  const { clientId, clientSecret, accessToken } = credentials
  const signed = {
    ...params,
    type: method,
    client_id: clientId,
    ...(token ? { access_token: accessToken } : {}),
    timestamp: String(Math.floor(at / 1000)),
    data_type: 'JSON',
    version: 'V1',
  }
  return {
    operation,
    method: 'POST',
    url: `${address}/api/router`,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: JSON.stringify({ ...signed, sign: signCall(signed, clientSecret) }),
    isWrite,
  }
}
