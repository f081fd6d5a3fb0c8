import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

/**
 * The one version of the interface that this connector speaks; moved by hand every six months, since an expired one silently falls forward.
 * From 2026-04 on stock needs `@idempotent` and `changeFromQuantity`. Source: own-site.md 3 [doc S].
 */
export const apiVersion = '2026-07'

/** Most variants of one stock call [assumed]; one look-up of so many costs about 100 points. */
export const stockPerCall = 50

/** The shop's address and what its custom app shows once. A location may be typed as its bare number. */
export const Credentials = z.object({
  address: z
    .string()
    .trim()
    .refine(isAddress, '请填 https://店铺名.myshopify.com（沙箱里可用 http://localhost）')
    .transform((address) => address.replace(/\/+$/, '')),
  accessToken: z.string().trim().regex(/^\S+$/, '请填自定义应用的 Admin API 访问令牌，通常以 shpat_ 开头'),
  webhookSecret: z.string().trim().default(''),
  locationId: z
    .string()
    .trim()
    .regex(/^(?:(?:gid:\/\/shopify\/Location\/)?\d+)?$/, '地点编号是一串数字；只有一个地点就留空')
    .transform((id) => (/^\d+$/.test(id) ? `gid://shopify/Location/${id}` : id))
    .default(''),
})
export type Credentials = z.infer<typeof Credentials>
export type ShopifyAccount = Account<Credentials>

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * Reach from the 60 days that `read_orders` gives [doc S], overlap from own-site.md 1 [rule]. The platform limits points and not calls, so
 * calls a second, the lag of its search index and when stock is taken are [assumed].
 */
export const manifest: ChannelManifest<Credentials> = {
  id: 'shopify',
  zh: 'Shopify',
  en: 'Shopify',
  mark: 'S',
  address: null,
  credentials: Credentials,
  fields: [
    {
      name: 'address',
      zh: '店铺地址',
      en: 'Address',
      kind: 'text',
      helpZh: '后台“设置 → 域名”里以 .myshopify.com 结尾的那一个，例如 https://my-tea.myshopify.com',
    },
    {
      name: 'accessToken',
      zh: 'Admin API 访问令牌',
      en: 'Admin API access token',
      kind: 'secret',
      helpZh: '后台“设置 → 应用和销售渠道 → 开发应用”，新建自定义应用并安装后显示一次，shpat_ 开头',
    },
    {
      name: 'webhookSecret',
      zh: '应用密钥（Client secret）',
      en: 'Client secret',
      kind: 'secret',
      optional: true,
      helpZh: '同一个应用的“API 凭据”里，用来核对推送；不用推送就留空',
    },
    {
      name: 'locationId',
      zh: '库存地点',
      en: 'Location',
      kind: 'text',
      optional: true,
      helpZh: '库存回传到哪个地点，填“设置 → 地点”网址末尾的数字；留空则用第一个启用的地点',
    },
  ],
  // The smallest bucket fills with 100 points a second [doc S]. A page of orders is reckoned as 300 points at most, an order as 50.
  limits: [
    { operation: '*', per: 'shop', times: 2, perMs: 1000 },
    { operation: 'orders.pull', per: 'shop', times: 1, perMs: 3000 },
    { operation: 'aftersales.pull', per: 'shop', times: 1, perMs: 3000 },
    { operation: 'products.pull', per: 'shop', times: 1, perMs: 1000 },
    { operation: 'stock.push', per: 'shop', times: 1, perMs: 1000 },
  ],
  links: ['https://shopify.dev/docs/api/admin-graphql', 'docs/channels/own-site.md'],
  pulling: {
    by: ['modified'],
    spanMaxMs: 31 * dayMs,
    reachMs: 60 * dayMs,
    overlapMs: 10 * minuteMs,
    lagMs: 5_000,
    usualSpanMs: dayMs,
  },
  stock: { perCall: stockPerCall, oneItem: false },
  stockTakenOn: 'placing',
  appKeyOf: ({ address }) => address,
}

function isAddress(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || /[?#@]/.test(text) || url.pathname !== '/') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}
