import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

const dayMs = 86_400_000

/**
 * What a shop's access consists of: the app's key and secret from 淘宝开放平台, what authorisation brought, and the merchant's own
 * return address, which the platform wants when a return is agreed to.
 */
export const TaobaoCredentials = z.strictObject({
  appKey: z.string().trim().min(1),
  appSecret: z.string().trim().min(1),
  sessionKey: z.string().optional(),
  refreshToken: z.string().optional(),
  /** The seller's numeric id, which stays the same for ever. */
  sellerNo: z.string().optional(),
  sellerNick: z.string().optional(),
  /** Why messages do not come for this seller, in the platform's words; absent when they do. */
  messageTrouble: z.string().optional(),
  messageGroup: z.string().trim().optional(),
  returnAddressNo: z.string().trim().optional(),
  returnName: z.string().trim().optional(),
  returnPhone: z.string().trim().optional(),
  returnAddress: z.string().trim().optional(),
  returnPostcode: z.string().trim().optional(),
})
export type TaobaoCredentials = z.infer<typeof TaobaoCredentials>
export type TaobaoAccount = Account<TaobaoCredentials>

/** At most so many SKUs in one stock call. Source: taobao.md 13 [doc]. */
export const skusPerStockCall = 20

export const manifest: ChannelManifest<TaobaoCredentials> = {
  id: 'taobao',
  zh: '淘宝 / 天猫',
  en: 'Taobao / Tmall',
  mark: '淘',
  address: 'https://eco.taobao.com',
  credentials: TaobaoCredentials,
  fields: [
    {
      name: 'appKey',
      zh: 'AppKey',
      en: 'App key',
      kind: 'text',
      helpZh: '在淘宝开放平台“控制台 → 应用管理”里查看',
    },
    {
      name: 'appSecret',
      zh: 'AppSecret',
      en: 'App secret',
      kind: 'secret',
      helpZh: '在淘宝开放平台“控制台 → 应用管理”里查看，与 AppKey 同页',
    },
    { name: 'sessionKey', zh: '授权令牌', en: 'Session key', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'refreshToken', zh: '刷新令牌', en: 'Refresh token', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'sellerNo', zh: '卖家编号', en: 'Seller number', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'sellerNick', zh: '卖家昵称', en: 'Seller nick', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    {
      name: 'messageTrouble',
      zh: '消息服务问题',
      en: 'Message trouble',
      kind: 'obtained',
      helpZh: '应用没有开通消息服务时，这里写明平台给出的原因',
    },
    {
      name: 'messageGroup',
      zh: '消息分组',
      en: 'Message group',
      kind: 'text',
      optional: true,
      helpZh: '同一应用接多家店时，请在开放平台“消息服务 → 分组管理”里为每家店建一个分组并填在这里',
    },
    {
      name: 'returnAddressNo',
      zh: '退货地址编号',
      en: 'Return address number',
      kind: 'text',
      optional: true,
      helpZh: '在千牛“物流 → 地址库”里查看，同意退货时发给买家',
    },
    {
      name: 'returnName',
      zh: '退货收件人',
      en: 'Return receiver',
      kind: 'text',
      optional: true,
      helpZh: '淘宝店同意退货时需要，天猫店不用填',
    },
    {
      name: 'returnPhone',
      zh: '退货电话',
      en: 'Return phone',
      kind: 'text',
      optional: true,
      helpZh: '淘宝店同意退货时需要，天猫店不用填',
    },
    {
      name: 'returnAddress',
      zh: '退货地址',
      en: 'Return address',
      kind: 'text',
      optional: true,
      helpZh: '淘宝店同意退货时需要，写到门牌号',
    },
    {
      name: 'returnPostcode',
      zh: '退货邮编',
      en: 'Return postcode',
      kind: 'text',
      optional: true,
      helpZh: '淘宝店同意退货时需要，不填按 000000',
    },
  ],
  // Source: taobao.md 19 [rule]: the platform publishes no rate per second; code 7 says when it was too fast.
  limits: [
    { operation: '*', per: 'app', times: 10, perMs: 1000 },
    { operation: 'read', per: 'shop', times: 3, perMs: 1000 },
    { operation: 'write', per: 'shop', times: 1, perMs: 1000 },
  ],
  links: ['https://open.taobao.com/', 'https://open.taobao.com/doc.htm?docId=101617&docType=1'],
  // Source: taobao.md 6.1 [doc] for span and reach, 6.2 [rule] for the rest; three months are taken as 89 days.
  pulling: {
    by: ['modified', 'created'],
    spanMaxMs: dayMs,
    reachMs: 89 * dayMs,
    overlapMs: 120_000,
    lagMs: 5_000,
    usualSpanMs: 1_800_000,
  },
  stock: { perCall: skusPerStockCall, oneItem: true },
  // Each listing chooses (拍下减库存 or 付款减库存). Taking the earlier moment never sells a piece twice. Source: taobao.md 13 [doc].
  stockTakenOn: 'placing',
  appKeyOf: (credentials) => credentials.appKey,
}
