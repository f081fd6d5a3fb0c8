import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { Authorised, ChannelOperations } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { call } from './call.ts'
import { openAnswer } from './failure.ts'
import { manifest, type TaobaoAccount, type TaobaoCredentials } from './manifest.ts'
import { permitMessages } from './messages.ts'
import { readAs, strange } from './nonsense.ts'

type Operations = ChannelOperations<TaobaoCredentials>

/** Where the seller confirms. A simulator serves the same path at its own address. Source: taobao.md 2 [doc D2]. */
const authoriseHost = 'https://oauth.taobao.com'

const seconds = z.coerce.number().nullish()
/** Source: taobao.md 2 [doc D2]. */
const Token = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  expires_in: seconds,
  re_expires_in: seconds,
  r1_expires_in: seconds,
  r2_expires_in: seconds,
  w1_expires_in: seconds,
  w2_expires_in: seconds,
  taobao_user_id: z.union([z.string(), z.number()]).transform(String),
  taobao_user_nick: z.string(),
})
type Token = z.infer<typeof Token>

export const startAuth: Operations['auth.start'] = async (account, { redirectUri, state }) => {
  const host = account.address === manifest.address ? authoriseHost : account.address
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: account.credentials.appKey,
    redirect_uri: redirectUri,
    state,
    view: 'web',
  })
  return { url: `${host}/authorize?${query}` }
}

/**
 * Exchanges the code for a session key and asks for this seller's messages. Throws CHANNEL_REFUSED when the seller declined.
 * Source: taobao.md 2 way B [doc M], 16.1 [doc M].
 */
export const finishAuth: Operations['auth.finish'] = async (account, { query }) => {
  const { code, error, error_description } = query
  if (!code) {
    throw new Failure('CHANNEL_REFUSED', {
      channel: 'taobao',
      reason: error_description || error || '没有授权码，请重新点“授权”',
    })
  }
  const token = await tokenBy(account, 'auth.finish', { method: 'taobao.top.auth.token.create', params: { code } })
  const authorised = authorisedBy(token, account.credentials, account.now())
  const trouble = await messageTroubleOf({ ...account, credentials: authorised.credentials })
  if (trouble === null) return authorised
  return { ...authorised, credentials: { ...authorised.credentials, messageTrouble: trouble } }
}

/** Only apps sold in the service market can refresh. Throws CHANNEL_NOT_AUTHORISED when this one cannot or not any more. */
export const refreshAuth: Operations['auth.refresh'] = async (account) => {
  const { refreshToken } = account.credentials
  if (!refreshToken) throw notRefreshable('没有刷新令牌')
  try {
    const params = { refresh_token: refreshToken }
    const token = await tokenBy(account, 'auth.refresh', { method: 'taobao.top.auth.token.refresh', params })
    return authorisedBy(token, account.credentials, account.now())
  } catch (error) {
    if (error instanceof Failure && (error.code === 'CHANNEL_REFUSED' || error.code === 'CHANNEL_PERMISSION'))
      throw notRefreshable(String(error.details.reason), error)
    throw error
  }
}

function notRefreshable(reason: string, cause?: unknown): Failure {
  return new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'taobao', reason }, cause)
}

interface TokenCall {
  readonly method: string
  readonly params: Readonly<Record<string, string>>
}

/** The token comes as a JSON text inside the answer, or an error in its place. */
async function tokenBy(account: TaobaoAccount, operation: string, { method, params }: TokenCall): Promise<Token> {
  const { root } = await call(account, { operation, method, params, session: false })
  const text = root.token_result
  if (typeof text !== 'string') throw strange('没有 token_result')
  const { failure, parsed } = openAnswer({ status: 200, headers: {}, body: text })
  if (failure) throw failureOf('taobao', failure, false)
  return readAs('token_result', () => Token.parse(parsed))
}

/** Pure. The authorisation holds as long as its shortest part, since this product reads and writes at every level. */
function authorisedBy(token: Token, before: TaobaoCredentials, now: Instant): Authorised<TaobaoCredentials> {
  const { messageTrouble: _, ...kept } = before
  const lives = [token.expires_in, token.r1_expires_in, token.r2_expires_in, token.w1_expires_in, token.w2_expires_in]
  const granted = lives.flatMap((life) => (life && life > 0 ? [life] : []))
  const shopName = decodeURIComponent(token.taobao_user_nick)
  const canRefresh = Boolean(token.refresh_token) && (token.re_expires_in ?? 0) > 0
  return {
    credentials: {
      ...kept,
      sessionKey: token.access_token,
      ...(token.refresh_token ? { refreshToken: token.refresh_token } : {}),
      sellerNo: token.taobao_user_id,
      sellerNick: shopName,
    },
    expiresAt: granted.length === 0 ? null : now + Math.min(...granted) * 1000,
    refreshableUntil: canRefresh ? now + (token.re_expires_in ?? 0) * 1000 : null,
    channelShopNo: token.taobao_user_id,
    shopName,
  }
}

/**
 * Messages only shorten the wait, the sweeps find everything. So a shop whose messages are refused is authorised all the same, and why is
 * kept in its credentials until somebody asks for messages.
 */
async function messageTroubleOf(account: TaobaoAccount): Promise<string | null> {
  try {
    await permitMessages(account, 'auth.finish')
    return null
  } catch (error) {
    if (error instanceof Failure) return String(error.details.reason ?? error.code)
    throw error
  }
}
