import { z } from 'zod'
import type { Authorised, ChannelOperations } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { buildRequest, call, readReply } from './call.ts'
import { openAnswer } from './failure.ts'
import type { WechatMallAccount, WechatMallCredentials } from './manifest.ts'
import { readAs, refused } from './nonsense.ts'

type Operations = ChannelOperations<WechatMallCredentials>

const Duty = z.looseObject({ is_trade_managed: z.boolean() })

/**
 * A mini-program says no name, so it is known by its AppID. It is asked whether it must report at all: one that need not has the wrong
 * AppID or has not opened the service. Source: wechat-shop.md 12 [doc].
 */
export const describeApp: Operations['shop.describe'] = (account) => nameApp(account, 'shop.describe')

async function nameApp(account: WechatMallAccount, operation: string) {
  const { appId } = account.credentials
  const root = await call(account, { operation, path: '/wxa/sec/order/is_trade_managed', body: { appid: appId } })
  const duty = readAs('is_trade_managed', () => Duty.parse(root))
  if (!duty.is_trade_managed) throw refused('这个小程序没有开通发货信息管理服务，不需要也不能报送')
  return { channelShopNo: appId, name: `小程序 ${appId}` }
}

const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() })

/** The keys do not end, so neither does the right to fetch a token. */
const foreverMs = 10 * 365 * 86_400_000

/** What says that the keys typed in are wrong: somebody must set them right. */
const keyCodes = new Set(['40013', '40125', '40243', '41002', '41004'])

/**
 * Fetches the stable token, which everybody who asks gets the same; `force_refresh` would kill the one in use and is never set. Throws
 * CHANNEL_MISCONFIGURED for wrong keys, CHANNEL_PERMISSION for an address that is not allowed. Source: wechat-shop.md 1 [doc].
 */
export const refreshAuth: Operations['auth.refresh'] = async (account) => {
  const { appId, appSecret } = account.credentials
  const operation = 'auth.refresh'
  const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: false }
  const answer = await account.send(buildRequest(account.address, { operation, path: '/cgi-bin/stable_token', body }))
  const now = account.now()
  const { failure } = openAnswer(answer, now)
  if (failure && keyCodes.has(failure.code)) throw failureOf('wechat-mall', { ...failure, class: 'config' }, false)

  const token = readAs('token', () => Token.parse(readReply(answer, { isWrite: false, now })))
  const credentials = { ...account.credentials, accessToken: token.access_token }
  const { channelShopNo, name } = await nameApp({ ...account, credentials }, operation)
  return {
    credentials,
    expiresAt: now + token.expires_in * 1000,
    refreshableUntil: now + foreverMs,
    channelShopNo,
    shopName: name,
  } satisfies Authorised<WechatMallCredentials>
}
