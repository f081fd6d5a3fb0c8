import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { Authorised, ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import { type PinduoduoAccount, type PinduoduoCredentials, realAddress } from './manifest.ts'
import { readAs } from './nonsense.ts'

type Operations = ChannelOperations<PinduoduoCredentials>

const seconds = z.coerce.number().int().positive()
/** Times are Unix seconds. Source: pinduoduo.md 2 [doc]. */
const Token = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_at: seconds,
  refresh_token_expires_at: seconds,
  owner_id: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
})
type Token = z.infer<typeof Token>

/** The merchant agrees on a host of its own; what is not the real platform has both at one address. Source: pinduoduo.md 2 [doc]. */
function authorisePage(address: string): string {
  return `${address === realAddress ? 'https://mms.pinduoduo.com' : address}/open.html`
}

export const startAuth: Operations['auth.start'] = async ({ address, credentials }, { redirectUri, state }) => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: credentials.clientId,
    redirect_uri: redirectUri,
    state,
  })
  return { url: `${authorisePage(address)}?${query}` }
}

/** Exchanges the code, which lives ten minutes, for a pair of tokens. Throws CHANNEL_REFUSED when the merchant declined. */
export const finishAuth: Operations['auth.finish'] = async (account, { query }) => {
  const { code, error, error_description } = query
  if (!code) {
    const reason = error_description || error || '没有授权码，请重新点“授权”'
    throw new Failure('CHANNEL_REFUSED', { channel: 'pinduoduo', reason })
  }
  const method = 'pdd.pop.auth.token.create'
  return authorisedBy(await tokenBy(account, { operation: 'auth.finish', method, params: { code } }), account)
}

/** Throws CHANNEL_NOT_AUTHORISED when the refresh token is absent, refused or over. Source: pinduoduo.md 2 [doc]. */
export const refreshAuth: Operations['auth.refresh'] = async (account) => {
  const { refreshToken } = account.credentials
  if (!refreshToken) throw notRefreshable('没有刷新令牌')
  try {
    const params = { refresh_token: refreshToken }
    const method = 'pdd.pop.auth.token.refresh'
    return authorisedBy(await tokenBy(account, { operation: 'auth.refresh', method, params }), account)
  } catch (error) {
    if (error instanceof Failure && refusals.has(error.code)) throw notRefreshable(String(error.details.reason), error)
    throw error
  }
}

/** How the platform may say no to a refresh token; it has published no code for one that is over [assumed]. */
const refusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND', 'CHANNEL_PERMISSION'])

function notRefreshable(reason: string, cause?: unknown): Failure {
  return new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'pinduoduo', reason }, cause)
}

interface TokenCall {
  readonly operation: string
  readonly method: string
  readonly params: Readonly<Record<string, string>>
}

async function tokenBy(account: PinduoduoAccount, pop: TokenCall): Promise<Token> {
  const { response } = await call(account, { ...pop, token: false })
  return readAs('token', () => Token.parse(response))
}

/** No other call names the shop, and `owner_name` is the login of its owner, so the shop goes by its number. Pure. */
function authorisedBy(token: Token, { credentials }: PinduoduoAccount): Authorised<PinduoduoCredentials> {
  const { access_token, refresh_token, owner_id } = token
  return {
    credentials: { ...credentials, accessToken: access_token, refreshToken: refresh_token, ownerId: owner_id },
    expiresAt: token.expires_at * 1000,
    refreshableUntil: token.refresh_token_expires_at * 1000,
    channelShopNo: owner_id,
    shopName: owner_id,
  }
}
