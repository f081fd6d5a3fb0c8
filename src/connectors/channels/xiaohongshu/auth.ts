import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { Authorised, ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'

type Operations = ChannelOperations<XiaohongshuCredentials>

const instant = z.coerce.number().int().positive()
/** Times are ms. Source: xiaohongshu.md 3 [doc]. */
const Token = z.looseObject({
  accessToken: z.string().min(1),
  accessTokenExpiresAt: instant,
  refreshToken: z.string().min(1),
  refreshTokenExpiresAt: instant,
  sellerId: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
  sellerName: z.string().nullish(),
})
type Token = z.infer<typeof Token>

/** Only the shop's main account may agree. The page stands at the gateway's own host, so at a simulator's too. Source: xiaohongshu.md 3 [doc]. */
export const startAuth: Operations['auth.start'] = async ({ address, credentials }, { redirectUri, state }) => {
  const query = new URLSearchParams({ appId: credentials.appId, redirectUri, state })
  return { url: `${address}/ark/authorization?${query}` }
}

/** Exchanges the code, which lives ten minutes, for a pair of tokens. Throws CHANNEL_REFUSED when the merchant declined. */
export const finishAuth: Operations['auth.finish'] = async (account, { query }) => {
  const { code, error, error_description } = query
  if (!code) {
    const reason = error_description || error || '没有授权码，请重新点“授权”'
    throw new Failure('CHANNEL_REFUSED', { channel: 'xiaohongshu', reason })
  }
  const ark = { operation: 'auth.finish', method: 'oauth.getAccessToken', params: { code } }
  return authorisedBy(await tokenBy(account, ark), account.credentials)
}

/**
 * Renews the tokens. More than half an hour before the end the platform gives the same pair back, which does no harm. Throws
 * CHANNEL_NOT_AUTHORISED when the refresh token is absent, refused or over. Source: xiaohongshu.md 3 [doc].
 */
export const refreshAuth: Operations['auth.refresh'] = async (account) => {
  const { refreshToken } = account.credentials
  if (!refreshToken) throw notRefreshable('没有刷新令牌')
  try {
    const ark = { operation: 'auth.refresh', method: 'oauth.refreshToken', params: { refreshToken } }
    return authorisedBy(await tokenBy(account, ark), account.credentials)
  } catch (error) {
    if (error instanceof Failure && refusals.has(error.code)) throw notRefreshable(String(error.details.reason), error)
    throw error
  }
}

/** How the platform may say no to a refresh token; it has published no code for one that is over [assumed]. */
const refusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND', 'CHANNEL_PERMISSION'])

function notRefreshable(reason: string, cause?: unknown): Failure {
  return new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'xiaohongshu', reason }, cause)
}

interface TokenCall {
  readonly operation: string
  readonly method: string
  readonly params: Readonly<Record<string, string>>
}

async function tokenBy(account: XiaohongshuAccount, ark: TokenCall): Promise<Token> {
  const { data } = await call(account, { ...ark, token: false })
  return readAs('token', () => Token.parse(data))
}

/** Pure. */
function authorisedBy(token: Token, before: XiaohongshuCredentials): Authorised<XiaohongshuCredentials> {
  const { accessToken, refreshToken, sellerId } = token
  const shopName = token.sellerName || before.sellerName || sellerId
  return {
    credentials: { ...before, accessToken, refreshToken, sellerId, sellerName: shopName },
    expiresAt: token.accessTokenExpiresAt,
    refreshableUntil: token.refreshTokenExpiresAt,
    channelShopNo: sellerId,
    shopName,
  }
}
