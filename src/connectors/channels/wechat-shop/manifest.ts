import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

const aesKey = z
  .string()
  .trim()
  .refine((key) => key === '' || /^[A-Za-z0-9+/]{43}$/.test(key), 'EncodingAESKey 应是 43 个字母或数字')
  .optional()

/**
 * What a shop's access consists of: its own AppID and secret (自研), and, where callbacks are wanted, token and key of
 * 消息推送. The former key is kept for a while after a change, since messages of before may still come. Source:
 * wechat-shop.md 1, 11 [doc].
 */
export const WechatShopCredentials = z.strictObject({
  appId: z.string().trim().min(1),
  appSecret: z.string().trim().min(1),
  callbackToken: z.string().trim().optional(),
  encodingAesKey: aesKey,
  previousEncodingAesKey: aesKey,
  accessToken: z.string().optional(),
})
export type WechatShopCredentials = z.infer<typeof WechatShopCredentials>
export type WechatShopAccount = Account<WechatShopCredentials>

export const manifest: ChannelManifest<WechatShopCredentials> = {
  id: 'wechat-shop',
  zh: '微信小店',
  en: 'WeChat Shop',
  mark: '微',
  address: 'https://api.weixin.qq.com',
  credentials: WechatShopCredentials,
  fields: [
    {
      name: 'appId',
      zh: 'AppID',
      en: 'App ID',
      kind: 'text',
      helpZh: '在小店后台“服务市场 → 经营工具 → 自研”里查看；同一页的 IP 白名单要加上本系统的出口地址',
    },
    {
      name: 'appSecret',
      zh: 'AppSecret',
      en: 'App secret',
      kind: 'secret',
      helpZh: '在小店后台“服务市场 → 经营工具 → 自研”里生成，与 AppID 同页',
    },
    {
      name: 'callbackToken',
      zh: '推送 Token',
      en: 'Callback token',
      kind: 'secret',
      optional: true,
      helpZh: '与“消息推送”里填的 Token 相同；不填就不收推送，只按时抓单',
    },
    {
      name: 'encodingAesKey',
      zh: 'EncodingAESKey',
      en: 'Encoding AES key',
      kind: 'secret',
      optional: true,
      helpZh: '与“消息推送”里的 EncodingAESKey 相同，43 位；推送建议选安全模式',
    },
    {
      name: 'previousEncodingAesKey',
      zh: '旧 EncodingAESKey',
      en: 'Previous encoding AES key',
      kind: 'secret',
      optional: true,
      helpZh: '更换 EncodingAESKey 后填旧的那个，几小时后可清空',
    },
    { name: 'accessToken', zh: '接口令牌', en: 'Access token', kind: 'obtained', helpZh: '由系统自动取得并更新' },
  ],
  // Source: wechat-shop.md 13: the platform's numbers stand in each shop's console only, so these are careful ones
  // [assumed]. The limit of one stock call per SKU and second cannot be said here; one for the whole shop keeps it.
  limits: [
    { operation: '*', per: 'shop', times: 5, perMs: 1000 },
    { operation: 'stock.push', per: 'shop', times: 1, perMs: 1000 },
  ],
  links: ['https://developers.weixin.qq.com/doc/store/shop/', 'https://store.weixin.qq.com/'],
  // Source: wechat-shop.md 3 [doc] for the span, [rule] for the overlap; reach, lag and usual span [assumed].
  pulling: {
    by: ['modified', 'created'],
    spanMaxMs: 7 * dayMs,
    reachMs: 90 * dayMs,
    overlapMs: 10 * minuteMs,
    lagMs: 5_000,
    usualSpanMs: 30 * minuteMs,
  },
  // Source: wechat-shop.md 9 [doc]: one SKU a call.
  stock: { perCall: 1, oneItem: true },
  // Source: wechat-shop.md 9 [doc]: an unpaid order holds stock until it is cancelled.
  stockTakenOn: 'placing',
  appKeyOf: ({ appId }) => appId,
}
