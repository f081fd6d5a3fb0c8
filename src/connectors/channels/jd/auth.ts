import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { Authorised, ChannelOperations } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { authorisationAt } from './address.ts'
import { openAnswer } from './failure.ts'
import type { JdAccount, JdCredentials } from './manifest.ts'
import { readAs, refused } from './nonsense.ts'
import { shopOf } from './shop.ts'

type Operations = ChannelOperations<JdCredentials>

/** Source: jd.md 2 [doc D1]. */
const Token = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  expires_in: z.coerce.number().positive(),
})
type Token = z.infer<typeof Token>

export const startAuth: Operations['auth.start'] = async (account, { redirectUri, state }) => {
  const query = new URLSearchParams({
    app_key: account.credentials.appKey,
    response_type: 'code',
    redirect_uri: redirectUri,
    state,
    scope: 'snsapi_base',
  })
  return { url: `${authorisationAt(account.address, 'to_login')}?${query}` }
}

/** Exchanges the code for a token and asks whose shop it is. Throws CHANNEL_REFUSED when the merchant declined. Source: jd.md 2 [doc D1]. */
export const finishAuth: Operations['auth.finish'] = async (account, { query }) => {
  const { code, error, error_description } = query
  if (!code) throw refused(error_description || error || '没有授权码，请重新点“授权”')
  const params = { grant_type: 'authorization_code', code }
  const token = await tokenBy(account, { operation: 'auth.finish', path: 'access_token', params })
  return authorisedBy(account, token, 'auth.finish')
}

/** Must happen before the token ends. Throws CHANNEL_NOT_AUTHORISED when it cannot be refreshed any more. Source: jd.md 2 [doc D1]. */
export const refreshAuth: Operations['auth.refresh'] = async (account) => {
  const { refreshToken } = account.credentials
  if (!refreshToken) throw notRefreshable('没有刷新令牌')
  const params = { grant_type: 'refresh_token', refresh_token: refreshToken }
  try {
    const token = await tokenBy(account, { operation: 'auth.refresh', path: 'refresh_token', params })
    return await authorisedBy(account, token, 'auth.refresh')
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_REFUSED') {
      throw notRefreshable(String(error.details.reason), error)
    }
    throw error
  }
}

function notRefreshable(reason: string, cause?: unknown): Failure {
  return new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'jd', reason }, cause)
}

interface TokenCall {
  readonly operation: string
  readonly path: 'access_token' | 'refresh_token'
  readonly params: Readonly<Record<string, string>>
}

/** These calls are not signed; the secret goes along. */
async function tokenBy(account: JdAccount, { operation, path, params }: TokenCall): Promise<Token> {
  const { appKey, appSecret } = account.credentials
  const query = new URLSearchParams({ app_key: appKey, app_secret: appSecret, ...params })
  const answer = await account.send({
    operation,
    method: 'GET',
    url: `${authorisationAt(account.address, path)}?${query}`,
    headers: {},
    body: null,
    isWrite: false,
  })
  const { failure, parsed } = openAnswer(answer)
  if (failure) throw failureOf('jd', failure, false)
  return readAs('token', () => Token.parse(parsed))
}

/** A token can be refreshed until it ends; after that the merchant authorises again. */
async function authorisedBy(account: JdAccount, token: Token, operation: string): Promise<Authorised<JdCredentials>> {
  const credentials = {
    ...account.credentials,
    accessToken: token.access_token,
    ...(token.refresh_token ? { refreshToken: token.refresh_token } : {}),
  }
  const { vender_id, shop_id, shop_name } = await shopOf({ ...account, credentials }, operation)
  const expiresAt = account.now() + token.expires_in * 1000
  return {
    credentials: { ...credentials, venderId: vender_id },
    expiresAt,
    refreshableUntil: token.refresh_token ? expiresAt : null,
    channelShopNo: shop_id,
    shopName: shop_name,
  }
}
