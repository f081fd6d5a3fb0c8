import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'
import { readSecret } from '../../../kit/standard-webhooks.ts'

/** Most variants of one stock call [assumed]: they are read in one query and written in one mutation. */
export const stockPerCall = 50

/** The address of the shop's server and the keys that its back office shows. */
export const Credentials = z.object({
  address: z
    .string()
    .trim()
    .refine(isAddress, '请填 https:// 开头的服务器地址，不带 /admin-api（沙箱里可用 http://localhost）')
    .transform((address) => address.replace(/\/+$/, '')),
  apiKey: z.string().trim().regex(/^\S+$/, '请填后台新建的 API 密钥'),
  channelToken: z.string().trim().regex(/^\S*$/, '渠道令牌里不能有空格').default(''),
  stockLocationId: z.string().trim().regex(/^\S+$/, '请填库存地点的编号，例如 1'),
  webhookSecret: z
    .string()
    .trim()
    .refine((secret) => secret === '' || readSecret(secret) !== null, '推送密钥应是 whsec_ 开头的 Base64')
    .default(''),
})
export type Credentials = z.infer<typeof Credentials>
export type VendureAccount = Account<Credentials>

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * The platform itself has no limits; calls a second are careful ones, so that an ordinary server has at most two in
 * hand. Reach and span have no limit either. Overlap from own-site.md 1 [rule]; the rest [assumed].
 */
export const manifest: ChannelManifest<Credentials> = {
  id: 'vendure',
  zh: 'Vendure',
  en: 'Vendure',
  mark: 'V',
  address: null,
  credentials: Credentials,
  fields: [
    {
      name: 'address',
      zh: '服务器地址',
      en: 'Address',
      kind: 'text',
      helpZh: 'Vendure 服务器的网址，不带 /admin-api，例如 https://shop.example',
    },
    {
      name: 'apiKey',
      zh: 'API 密钥',
      en: 'API key',
      kind: 'secret',
      helpZh: '后台“设置 → API 密钥”新建，只显示一次；角色要能读写订单、商品目录和库存',
    },
    {
      name: 'channelToken',
      zh: '渠道令牌',
      en: 'Channel token',
      kind: 'text',
      optional: true,
      helpZh: '后台“设置 → 渠道”里这个店的 token；只有一个渠道就留空',
    },
    {
      name: 'stockLocationId',
      zh: '库存地点编号',
      en: 'Stock location id',
      kind: 'text',
      helpZh: '库存读写哪个地点，填“设置 → 库存地点”网址末尾的编号，通常是 1',
    },
    {
      name: 'webhookSecret',
      zh: '推送密钥',
      en: 'Webhook secret',
      kind: 'secret',
      optional: true,
      helpZh: '装了推送订阅程序时填它的 whsec_ 密钥；不用推送就留空',
    },
  ],
  limits: [{ operation: '*', per: 'shop', times: 2, perMs: 1000 }],
  links: ['https://docs.vendure.io/reference/graphql-api/admin/queries', 'docs/channels/own-site.md'],
  pulling: {
    by: ['modified'],
    spanMaxMs: 31 * dayMs,
    reachMs: 3 * 365 * dayMs,
    overlapMs: 10 * minuteMs,
    lagMs: 0,
    usualSpanMs: dayMs,
  },
  stock: { perCall: stockPerCall, oneItem: false },
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
