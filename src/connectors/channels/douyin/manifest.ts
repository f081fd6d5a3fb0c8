import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** What a shop's access consists of: the app's key and secret from 抖店开放平台, and what authorisation brought. */
export const DouyinCredentials = z.strictObject({
  appKey: z.string().trim().min(1),
  appSecret: z.string().trim().min(1),
  accessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  shopId: z.string().optional(),
  /** No call tells a shop's name but that for a token, so it is kept from there. */
  shopName: z.string().optional(),
})
export type DouyinCredentials = z.infer<typeof DouyinCredentials>
export type DouyinAccount = Account<DouyinCredentials>

export const manifest: ChannelManifest<DouyinCredentials> = {
  id: 'douyin',
  zh: '抖店',
  en: 'Douyin Shop',
  mark: '抖',
  address: 'https://openapi-fxg.jinritemai.com',
  credentials: DouyinCredentials,
  fields: [
    {
      name: 'appKey',
      zh: 'App Key',
      en: 'App key',
      kind: 'text',
      helpZh: '在抖店开放平台“控制台 → 应用概览”里查看',
    },
    {
      name: 'appSecret',
      zh: 'App Secret',
      en: 'App secret',
      kind: 'secret',
      helpZh: '在抖店开放平台“控制台 → 应用概览”里查看，与 App Key 同页',
    },
    {
      name: 'accessToken',
      zh: '授权令牌',
      en: 'Access token',
      kind: 'obtained',
      helpZh: '店铺主账号点“授权”后自动取得',
    },
    { name: 'refreshToken', zh: '刷新令牌', en: 'Refresh token', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'shopId', zh: '店铺编号', en: 'Shop number', kind: 'obtained', helpZh: '点“授权”后自动取得' },
    { name: 'shopName', zh: '店铺名称', en: 'Shop name', kind: 'obtained', helpZh: '点“授权”后自动取得' },
  ],
  // The sheet names no numbers, so these are careful ones [assumed].
  limits: [
    { operation: '*', per: 'app', times: 20, perMs: 1000 },
    { operation: '*', per: 'shop', times: 5, perMs: 1000 },
  ],
  links: ['https://op.jinritemai.com/', 'https://fxg.jinritemai.com/'],
  // Source: douyin.md 4: lists are cut by time. How long a span may be and how far back the lists reach is nowhere said [assumed].
  pulling: {
    by: ['modified', 'created'],
    spanMaxMs: dayMs,
    reachMs: 89 * dayMs,
    overlapMs: 2 * minuteMs,
    lagMs: 5_000,
    usualSpanMs: 30 * minuteMs,
  },
  stock: { perCall: 10, oneItem: false },
  // Nowhere said [assumed].
  stockTakenOn: 'placing',
  appKeyOf: (credentials) => credentials.appKey,
}
