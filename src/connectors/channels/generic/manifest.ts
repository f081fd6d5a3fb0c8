import { z } from 'zod'
import type { ChannelManifest } from '../../../kit/channel.ts'
import { readPublicKey, readSecret } from '../../../kit/standard-webhooks.ts'

/** Most orders or products of one list call, most SKUs of one stock call. Source: own-site.md 6.2 [rule]. */
export const perPage = 100
export const stockPerCall = 200

const secretBytes = { min: 24, max: 64 }

/** The site's address and the secret both sides know; the public key only where the site signs its events with ed25519. */
export const Credentials = z.object({
  address: z
    .string()
    .trim()
    .refine(isAddress, '请填 https:// 开头的网站地址，不带参数（沙箱里可用 http://localhost）')
    .transform((address) => address.replace(/\/+$/, '')),
  secret: z.string().trim().refine(isSecret, '密钥应是 24 到 64 个随机字节的 Base64，可带 whsec_ 前缀'),
  publicKey: z
    .string()
    .trim()
    .refine((key) => key === '' || readPublicKey(key) !== null, '公钥应是 whpk_ 开头的 ed25519 公钥；没有就留空')
    .default(''),
})
export type Credentials = z.infer<typeof Credentials>

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Overlap from own-site.md 1 [rule]; the contract names no limits, so calls per second, span and reach are [assumed]. */
export const manifest: ChannelManifest<Credentials> = {
  id: 'generic',
  zh: '自建网站',
  en: 'Own website',
  mark: '官',
  address: null,
  credentials: Credentials,
  fields: [
    {
      name: 'address',
      zh: '网站地址',
      en: 'Address',
      kind: 'text',
      helpZh: '实现了 /oms/v1 接口的网站地址，例如 https://shop.example.com',
    },
    {
      name: 'secret',
      zh: '签名密钥',
      en: 'Secret',
      kind: 'secret',
      helpZh: '与网站约定的同一个密钥，whsec_ 开头；可由网站后台生成，双方各存一份',
    },
    {
      name: 'publicKey',
      zh: '推送公钥',
      en: 'Public key for events',
      kind: 'text',
      optional: true,
      helpZh: '网站用 ed25519 私钥签推送时填 whpk_ 开头的公钥，否则留空',
    },
  ],
  // Stock goes in batches of up to 200 SKUs, so two calls a second are plenty for us and easy on a small site.
  limits: [
    { operation: '*', per: 'shop', times: 5, perMs: 1000 },
    { operation: 'stock.push', per: 'shop', times: 2, perMs: 1000 },
  ],
  links: [
    'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
    'docs/channels/generic-contract.md',
  ],
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

function isSecret(text: string): boolean {
  const bytes = readSecret(text)
  return bytes !== null && bytes.length >= secretBytes.min && bytes.length <= secretBytes.max
}
