import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { Authorised, ChannelOperations } from '../../../kit/channel.ts'
import { call, fieldsOf } from './call.ts'
import { type DouyinAccount, type DouyinCredentials, manifest } from './manifest.ts'
import { readAs } from './nonsense.ts'

type Operations = ChannelOperations<DouyinCredentials>

/**
 * Where the shop's main account agrees. The sheet does not name the page: address and names of its parameters are those of older client
 * code, where `app_id` is the app's key. Anywhere but at the platform it hangs on the one address there is. Source: douyin.md 2 [sdk].
 */
function authorisePageOf(address: string): string {
  const isPlatform = address === manifest.address
  return isPlatform ? 'https://fxg.jinritemai.com/index.html#/ffa/open/applicationAuthorize' : `${address}/authorize`
}

/** A refresh token outlives the access token that came with it by so much. Source: douyin.md 2 [doc]: 14 days and about 7. */
const refreshOutlivesMs = 7 * 86_400_000

/** Source: douyin.md 2 [doc]. */
const Token = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1),
  shop_id: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
  shop_name: z.string().nullish(),
})
type Token = z.infer<typeof Token>

export const startAuth: Operations['auth.start'] = async ({ address, credentials }, { redirectUri, state }) => {
  const query = new URLSearchParams({
    response_type: 'code',
    app_id: credentials.appKey,
    redirect_uri: redirectUri,
    state,
  })
  return { url: `${authorisePageOf(address)}?${query}` }
}

/** Exchanges the code for a pair of tokens. Throws CHANNEL_REFUSED when the merchant declined. Source: douyin.md 2 [doc]. */
export const finishAuth: Operations['auth.finish'] = async (account, { query }) => {
  const { code, error, error_description } = query
  if (!code) {
    const reason = error_description || error || '没有授权码，请重新点“授权”'
    throw new Failure('CHANNEL_REFUSED', { channel: 'douyin', reason })
  }
  const params = { code, grant_type: 'authorization_code' }
  return authorisedBy(account, await tokenBy(account, { operation: 'auth.finish', method: 'token.create', params }))
}

/**
 * Renews the tokens. With more than an hour left the platform gives the same pair back, which does no harm. Throws CHANNEL_NOT_AUTHORISED
 * when the refresh token is absent, refused or over. Source: douyin.md 2 [doc].
 */
export const refreshAuth: Operations['auth.refresh'] = async (account) => {
  const { refreshToken } = account.credentials
  if (!refreshToken) throw notRefreshable('没有刷新令牌')
  try {
    const params = { grant_type: 'refresh_token', refresh_token: refreshToken }
    return authorisedBy(account, await tokenBy(account, { operation: 'auth.refresh', method: 'token.refresh', params }))
  } catch (error) {
    if (error instanceof Failure && refusals.has(error.code)) throw notRefreshable(String(error.details.reason), error)
    throw error
  }
}

/** How the platform may say no to a refresh token, beside the code it has for that. [assumed] */
const refusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND', 'CHANNEL_PERMISSION'])

function notRefreshable(reason: string, cause?: unknown): Failure {
  return new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'douyin', reason }, cause)
}

interface TokenCall {
  readonly operation: string
  readonly method: string
  readonly params: Readonly<Record<string, string>>
}

async function tokenBy(account: DouyinAccount, tokenCall: TokenCall): Promise<Token> {
  const reply = await call(account, { ...tokenCall, token: false })
  return readAs('token', () => Token.parse(fieldsOf(reply)))
}

/** The life left is told in whole seconds, so it counts from the second that has begun. */
function authorisedBy(account: DouyinAccount, token: Token): Authorised<DouyinCredentials> {
  const { access_token: accessToken, refresh_token: refreshToken, shop_id: shopId } = token
  const shopName = token.shop_name || account.credentials.shopName || shopId
  const expiresAt: Instant = (Math.floor(account.now() / 1000) + token.expires_in) * 1000
  return {
    credentials: { ...account.credentials, accessToken, refreshToken, shopId, shopName },
    expiresAt,
    refreshableUntil: expiresAt + refreshOutlivesMs,
    channelShopNo: shopId,
    shopName,
  }
}
