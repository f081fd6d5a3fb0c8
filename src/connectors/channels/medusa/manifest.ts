import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

/** Rows of one list call and SKUs of one stock call; at most 100 would be taken. Source: own-site.md 5.1 [assumed]. */
export const perPage = 50
export const stockPerCall = 50

/** The shop's address, one of its secret keys and the location we send from; the last secret only where the shop pushes events. */
export const Credentials = z.object({
  address: z
    .string()
    .trim()
    .refine(isAddress, '请填 https:// 开头的 Medusa 后端地址，不带参数（沙箱里可用 http://localhost）')
    .transform((address) => address.replace(/\/+$/, '')),
  secretKey: z
    .string()
    .trim()
    .regex(/^sk_\w+$/, '密钥以 sk_ 开头'),
  stockLocationId: z
    .string()
    .trim()
    .regex(/^sloc_\w+$/, '库存地点编号以 sloc_ 开头'),
  webhookSecret: z.string().trim().default(''),
})
export type Credentials = z.infer<typeof Credentials>
export type MedusaAccount = Account<Credentials>

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Overlap from own-site.md 1 [rule]; the platform has no limits of its own, so calls per second, span and reach are [assumed]. */
export const manifest: ChannelManifest<Credentials> = {
  id: 'medusa',
  zh: 'Medusa',
  en: 'Medusa',
  mark: 'M',
  address: null,
  credentials: Credentials,
  fields: [
    {
      name: 'address',
      zh: '后端地址',
      en: 'Address',
      kind: 'text',
      helpZh: 'Medusa 后端的 https 地址，即后台 /app 前面的部分，例如 https://shop.example',
    },
    {
      name: 'secretKey',
      zh: '密钥（Secret API key）',
      en: 'Secret API key',
      kind: 'secret',
      helpZh: '后台 设置 → 开发者 → 密钥（Secret API keys）里创建，sk_ 开头，只显示一次',
    },
    {
      name: 'stockLocationId',
      zh: '库存地点编号',
      en: 'Stock location',
      kind: 'text',
      helpZh: '后台 设置 → 地点与配送 里打开发货的地点，网址末尾 sloc_ 开头的一段',
    },
    {
      name: 'webhookSecret',
      zh: '推送密钥',
      en: 'Webhook secret',
      kind: 'secret',
      optional: true,
      helpZh: '与网站里推送订单的程序约定的密钥，whsec_ 开头；不用推送就留空',
    },
  ],
  // No more than two begin together, since the sheet asks for at most two in flight.
  limits: [
    { operation: '*', per: 'shop', times: 2, perMs: 400 },
    { operation: 'stock.push', per: 'shop', times: 2, perMs: 1000 },
  ],
  links: ['https://docs.medusajs.com/api/admin', 'docs/channels/own-site.md'],
  pulling: {
    by: ['modified', 'created'],
    spanMaxMs: 31 * dayMs,
    reachMs: 3 * 365 * dayMs,
    overlapMs: 10 * minuteMs,
    lagMs: 0,
    usualSpanMs: dayMs,
  },
  stock: { perCall: stockPerCall, oneItem: false },
  // A placed order reserves its goods, paid or not [assumed].
  stockTakenOn: 'placing',
  appKeyOf: ({ address }) => address,
}

function isAddress(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || /[?#@]/.test(text)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}
