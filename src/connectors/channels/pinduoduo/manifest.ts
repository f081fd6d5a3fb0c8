import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** What a shop's access consists of: the app's id and secret from 拼多多开放平台, and what authorisation brought. */
export const PinduoduoCredentials = z.strictObject({
  clientId: z.string().trim().min(1),
  clientSecret: z.string().trim().min(1),
  accessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  /** The shop's number at the platform. */
  ownerId: z.string().optional(),
})
export type PinduoduoCredentials = z.infer<typeof PinduoduoCredentials>
export type PinduoduoAccount = Account<PinduoduoCredentials>

export const realAddress = 'https://gw-api.pinduoduo.com'

export const manifest: ChannelManifest<PinduoduoCredentials> = {
  id: 'pinduoduo',
  zh: '拼多多',
  en: 'Pinduoduo',
  mark: '拼',
  address: realAddress,
  credentials: PinduoduoCredentials,
  fields: [
    {
      name: 'clientId',
      zh: 'client_id',
      en: 'Client id',
      kind: 'text',
      helpZh: '在拼多多开放平台“控制台 → 应用详情”里查看',
    },
    {
      name: 'clientSecret',
      zh: 'client_secret',
      en: 'Client secret',
      kind: 'secret',
      helpZh: '在拼多多开放平台“控制台 → 应用详情”里查看，与 client_id 同页',
    },
    { name: 'accessToken', zh: '授权令牌', en: 'Access token', kind: 'obtained', helpZh: '商家点“授权”后自动取得' },
    { name: 'refreshToken', zh: '刷新令牌', en: 'Refresh token', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'ownerId', zh: '店铺编号', en: 'Shop number', kind: 'obtained', helpZh: '点“授权”后自动取得' },
  ],
  // Source: pinduoduo.md 3: limits are per method, such as 1000 a minute and shop [doc]; ours are under that for all together [assumed].
  limits: [
    { operation: '*', per: 'app', times: 50, perMs: 1000 },
    { operation: '*', per: 'shop', times: 10, perMs: 1000 },
  ],
  links: ['https://open.pinduoduo.com/', 'https://mms.pinduoduo.com/'],
  // By change alone: the other list goes by the time of the deal, which is not that of placing. Source: pinduoduo.md 4 [doc]: half an hour,
  // three minutes behind now; how far back is told of the other list [assumed here].
  pulling: {
    by: ['modified'],
    // A second less than the platform's own half hour, since the beginning goes out in whole seconds, rounded down.
    spanMaxMs: 30 * 60_000 - 2_000,
    reachMs: 89 * dayMs,
    overlapMs: 2 * minuteMs,
    lagMs: 3 * minuteMs + 5_000,
    usualSpanMs: 25 * minuteMs,
  },
  stock: { perCall: 10, oneItem: false },
  // Nothing says when the platform takes stock; on placing is the careful one [assumed].
  stockTakenOn: 'placing',
  appKeyOf: (credentials) => credentials.clientId,
}
