import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

const dayMs = 86_400_000

/** What a shop's access consists of: the app's key and secret from 京东开放平台, and what authorisation brought. */
export const JdCredentials = z.strictObject({
  appKey: z.string().trim().min(1),
  appSecret: z.string().trim().min(1),
  accessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  /** The merchant's number (商家编号), which the after-sales calls want. */
  venderId: z.string().optional(),
})
export type JdCredentials = z.infer<typeof JdCredentials>
export type JdAccount = Account<JdCredentials>

/** At most so many SKUs in one stock call. Source: jd.md 8 [assumed]. */
const skusPerStockCall = 20

export const manifest: ChannelManifest<JdCredentials> = {
  id: 'jd',
  zh: '京东',
  en: 'JD',
  mark: '京',
  address: 'https://api.jd.com',
  credentials: JdCredentials,
  fields: [
    { name: 'appKey', zh: 'AppKey', en: 'App key', kind: 'text', helpZh: '在京东开放平台“控制台 → 应用管理”里查看' },
    {
      name: 'appSecret',
      zh: 'AppSecret',
      en: 'App secret',
      kind: 'secret',
      helpZh: '在京东开放平台“控制台 → 应用管理”里查看，与 AppKey 同页',
    },
    { name: 'accessToken', zh: '授权令牌', en: 'Access token', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'refreshToken', zh: '刷新令牌', en: 'Refresh token', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'venderId', zh: '商家编号', en: 'Vender number', kind: 'obtained', helpZh: '点“授权”后自动取得' },
  ],
  // Source: jd.md 14 [rule]: quotas are shown in the platform's console only.
  limits: [
    { operation: '*', per: 'app', times: 5, perMs: 1000 },
    { operation: 'write', per: 'shop', times: 1, perMs: 1000 },
  ],
  links: ['https://open.jd.com/', 'https://shop.jd.com/'],
  // Source: jd.md 6.1 [doc] for the reach, 6.2 [rule] for the rest; three months are taken as 89 days, a span as the slice of a first read.
  pulling: {
    by: ['modified', 'created'],
    spanMaxMs: dayMs,
    reachMs: 89 * dayMs,
    overlapMs: 120_000,
    lagMs: 5_000,
    usualSpanMs: 1_800_000,
  },
  stock: { perCall: skusPerStockCall, oneItem: false },
  // The platform books orders against stock from the moment they are placed. Source: jd.md 8 [doc D2]; that unpaid ones count [assumed].
  stockTakenOn: 'placing',
  appKeyOf: (credentials) => credentials.appKey,
}
