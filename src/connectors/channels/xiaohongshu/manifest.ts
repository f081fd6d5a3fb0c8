import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/**
 * What a shop's access consists of: the app's id and secret from 小红书开放平台, what authorisation brought, and the number of the
 * merchant's own return address, which the platform wants when a return is agreed to.
 */
export const XiaohongshuCredentials = z.strictObject({
  appId: z.string().trim().min(1),
  appSecret: z.string().trim().min(1),
  accessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  /** 24 hex digits that stay the same for ever. */
  sellerId: z.string().optional(),
  /** No call tells a shop's name but that for a token, so it is kept from there. */
  sellerName: z.string().optional(),
  returnAddressNo: z.string().trim().optional(),
})
export type XiaohongshuCredentials = z.infer<typeof XiaohongshuCredentials>
export type XiaohongshuAccount = Account<XiaohongshuCredentials>

/** A list by change may span half an hour, one by creation a day; the shorter serves both. Source: xiaohongshu.md 5, 10 [doc]. */
const spanMaxMs = 30 * minuteMs

export const manifest: ChannelManifest<XiaohongshuCredentials> = {
  id: 'xiaohongshu',
  zh: '小红书',
  en: 'Xiaohongshu',
  mark: '红',
  address: 'https://ark.xiaohongshu.com',
  credentials: XiaohongshuCredentials,
  fields: [
    {
      name: 'appId',
      zh: 'AppId',
      en: 'App id',
      kind: 'text',
      helpZh: '在小红书开放平台“控制台 → 应用管理”里查看，也叫 AppKey',
    },
    {
      name: 'appSecret',
      zh: 'AppSecret',
      en: 'App secret',
      kind: 'secret',
      helpZh: '在小红书开放平台“控制台 → 应用管理”里查看，与 AppId 同页',
    },
    {
      name: 'accessToken',
      zh: '授权令牌',
      en: 'Access token',
      kind: 'obtained',
      helpZh: '店铺主账号点“授权”后自动取得',
    },
    { name: 'refreshToken', zh: '刷新令牌', en: 'Refresh token', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'sellerId', zh: '商家编号', en: 'Seller number', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'sellerName', zh: '店铺名称', en: 'Shop name', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    {
      name: 'returnAddressNo',
      zh: '退货地址编号',
      en: 'Return address number',
      kind: 'text',
      optional: true,
      helpZh: '小红书商家后台“地址管理”里退货地址的编号，同意退货时发给买家',
    },
  ],
  // Source: xiaohongshu.md 12: 100 calls a second for a new app [doc], 10 per shop [assumed]. A stock push is two calls a SKU.
  limits: [
    { operation: '*', per: 'app', times: 50, perMs: 1000 },
    { operation: '*', per: 'shop', times: 10, perMs: 1000 },
  ],
  links: ['https://open.xiaohongshu.com/', 'https://ark.xiaohongshu.com/'],
  // Source: xiaohongshu.md 5 [doc] for the span, [rule] for the overlap. How far back the lists reach is nowhere said [assumed].
  pulling: {
    by: ['modified', 'created'],
    spanMaxMs,
    reachMs: 89 * dayMs,
    overlapMs: 2 * minuteMs,
    lagMs: 5_000,
    usualSpanMs: 25 * minuteMs,
    // Source: xiaohongshu.md 5 [doc].
    everyMs: 5 * minuteMs,
  },
  stock: { perCall: 10, oneItem: false },
  // An order occupies stock when it is placed. Source: xiaohongshu.md 10 [assumed].
  stockTakenOn: 'placing',
  appKeyOf: (credentials) => credentials.appId,
}
