import { z } from 'zod'
import type { Authorised, ChannelOperations } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { buildRequest, call, readReply } from './call.ts'
import { openAnswer } from './failure.ts'
import type { WechatShopAccount, WechatShopCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'

type Operations = ChannelOperations<WechatShopCredentials>

const Info = z.looseObject({ nickname: z.string().min(1) })

/**
 * The shop is known by its AppID, its name is what buyers see. The one call asked by GET. Source: wechat-shop.md 9
 * [doc].
 */
export const describeShop: Operations['shop.describe'] = (account) => nameShop(account, 'shop.describe')

async function nameShop(account: WechatShopAccount, operation: string) {
  const { root } = await call(account, { operation, path: '/channels/ec/basics/info/get' })
  const { nickname } = readAs('info', () => Info.parse(root.info))
  return { channelShopNo: account.credentials.appId, name: nickname }
}

const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() })

/** The keys do not end, so neither does the right to fetch a token. */
const foreverMs = 10 * 365 * 86_400_000

/**
 * What says that the keys typed in are wrong. The sheet counts them to permission; here somebody must set the keys
 * right.
 */
const keyCodes = new Set(['40013', '40125', '40243', '41002', '41004'])

/**
 * Fetches the stable token, the first one as well as later ones. The platform hands out the same one until its last
 * five minutes, and both hold for a while then, so fetching it early or from several places does no harm.
 * `force_refresh` is never set: it kills the token in use. Throws CHANNEL_MISCONFIGURED for wrong keys,
 * CHANNEL_PERMISSION for an address that is not allowed. Source: wechat-shop.md 1 [doc].
 */
export const refreshAuth: Operations['auth.refresh'] = async (account) => {
  const { appId, appSecret } = account.credentials
  const operation = 'auth.refresh'
  const answer = await account.send(
    buildRequest(account.address, {
      operation,
      path: '/cgi-bin/stable_token',
      body: { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: false },
    }),
  )
  const now = account.now()
  const { failure } = openAnswer(answer, now)
  if (failure && keyCodes.has(failure.code)) throw failureOf('wechat-shop', { ...failure, class: 'config' }, false)

  const { root } = readReply(answer, { isWrite: false, now })
  const token = readAs('token', () => Token.parse(root))
  const credentials = { ...account.credentials, accessToken: token.access_token }
  const { channelShopNo, name } = await nameShop({ ...account, credentials }, operation)
  return {
    credentials,
    expiresAt: now + token.expires_in * 1000,
    refreshableUntil: now + foreverMs,
    channelShopNo,
    shopName: name,
  } satisfies Authorised<WechatShopCredentials>
}
