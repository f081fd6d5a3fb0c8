import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'

/** Most rows of one list call, most objects of one batch. Source: own-site.md 2.1 [doc]. */
export const perPage = 100
export const stockPerCall = 100

/** The shop's address and one of its REST keys; the third secret only where the shop pushes events. */
export const Credentials = z.object({
  address: z
    .string()
    .trim()
    .refine(isAddress, '请填 https:// 开头的网店地址，不带参数（沙箱里可用 http://localhost）')
    .transform((address) => address.replace(/\/+$/, '')),
  consumerKey: z
    .string()
    .trim()
    .regex(/^ck_\w+$/, 'Consumer key 以 ck_ 开头'),
  consumerSecret: z
    .string()
    .trim()
    .regex(/^cs_\w+$/, 'Consumer secret 以 cs_ 开头'),
  webhookSecret: z.string().trim().default(''),
})
export type Credentials = z.infer<typeof Credentials>
export type WooAccount = Account<Credentials>

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Overlap from own-site.md 1 [rule]; the platform has no limits of its own, so calls per second, span and reach are [assumed]. */
export const manifest: ChannelManifest<Credentials> = {
  id: 'woocommerce',
  zh: 'WooCommerce',
  en: 'WooCommerce',
  mark: 'W',
  address: null,
  credentials: Credentials,
  fields: [
    {
      name: 'address',
      zh: '网店地址',
      en: 'Address',
      kind: 'text',
      helpZh: 'WordPress 网站的 https 地址，例如 https://shop.example.com；固定链接不能选“朴素”',
    },
    {
      name: 'consumerKey',
      zh: '消费者密钥（Consumer key）',
      en: 'Consumer key',
      kind: 'text',
      helpZh: '网站后台 WooCommerce → 设置 → 高级 → REST API → 添加密钥，权限选“读取/写入”，ck_ 开头',
    },
    {
      name: 'consumerSecret',
      zh: '消费者密码（Consumer secret）',
      en: 'Consumer secret',
      kind: 'secret',
      helpZh: '与上面的密钥同时生成，只显示一次，cs_ 开头',
    },
    {
      name: 'webhookSecret',
      zh: 'Webhook 密钥',
      en: 'Webhook secret',
      kind: 'secret',
      optional: true,
      helpZh: '网站后台 WooCommerce → 设置 → 高级 → Webhooks 里填写的密钥；不用推送就留空',
    },
  ],
  limits: [
    { operation: '*', per: 'shop', times: 5, perMs: 1000 },
    { operation: 'stock.push', per: 'shop', times: 2, perMs: 1000 },
  ],
  links: ['https://developer.woocommerce.com/docs/apis/rest-api/v3/', 'docs/channels/own-site.md'],
  pulling: {
    by: ['modified', 'created'],
    spanMaxMs: 31 * dayMs,
    reachMs: 3 * 365 * dayMs,
    overlapMs: 10 * minuteMs,
    lagMs: 0,
    usualSpanMs: dayMs,
  },
  // One product a call: its variations in one batch, or itself.
  stock: { perCall: stockPerCall, oneItem: true },
  stockTakenOn: 'paying',
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
