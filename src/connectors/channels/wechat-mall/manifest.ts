import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

const dayMs = 86_400_000

/**
 * A mini-program's own AppID and secret, and the merchant number (商户号) that its payments go to. `senderPhone` is only for parcels of SF,
 * which WeChat takes with the last four digits of a telephone. Source: wechat-shop.md 1, 12 [doc].
 */
export const WechatMallCredentials = z.strictObject({
  appId: z.string().trim().min(1),
  appSecret: z.string().trim().min(1),
  merchantId: z.string().trim().regex(/^\d+$/, '商户号只有数字'),
  senderPhone: z
    .string()
    .trim()
    .regex(/\d{4}$/, '寄件电话要以四位数字结尾')
    .optional(),
  accessToken: z.string().optional(),
})
export type WechatMallCredentials = z.infer<typeof WechatMallCredentials>
export type WechatMallAccount = Account<WechatMallCredentials>

export const manifest: ChannelManifest<WechatMallCredentials> = {
  id: 'wechat-mall',
  zh: '小程序发货报送',
  en: 'Mini-program shipping reports',
  mark: '程',
  address: 'https://api.weixin.qq.com',
  credentials: WechatMallCredentials,
  fields: [
    {
      name: 'appId',
      zh: '小程序 AppID',
      en: 'Mini-program App ID',
      kind: 'text',
      helpZh: '在微信公众平台“开发 → 开发管理 → 开发设置”里查看；同一页的 IP 白名单要加上本系统的出口地址',
    },
    {
      name: 'appSecret',
      zh: 'AppSecret',
      en: 'App secret',
      kind: 'secret',
      helpZh: '在微信公众平台“开发设置”里生成，与 AppID 同页',
    },
    {
      name: 'merchantId',
      zh: '微信支付商户号',
      en: 'WeChat Pay merchant number',
      kind: 'text',
      helpZh: '在微信支付商户平台“账户中心”里查看；商城下单时要用订单号作商户订单号',
    },
    {
      name: 'senderPhone',
      zh: '寄件电话',
      en: 'Sender telephone',
      kind: 'text',
      optional: true,
      helpZh: '只有顺丰需要：微信要求带寄件人电话的后四位，其余数字不会发出',
    },
    { name: 'accessToken', zh: '接口令牌', en: 'Access token', kind: 'obtained', helpZh: '由系统自动取得并更新' },
  ],
  // The platform's numbers stand in its console only. Source: wechat-shop.md 13 [assumed].
  limits: [{ operation: '*', per: 'app', times: 5, perMs: 1000 }],
  links: [
    'https://developers.weixin.qq.com/miniprogram/dev/platform-capabilities/business-capabilities/order-shipping/',
  ],
  // It has no orders, listings or stock: nothing reads these.
  pulling: { by: [], spanMaxMs: dayMs, reachMs: dayMs, overlapMs: 0, lagMs: 0, usualSpanMs: dayMs },
  stock: { perCall: 1, oneItem: true },
  stockTakenOn: 'paying',
  appKeyOf: ({ appId }) => appId,
}
