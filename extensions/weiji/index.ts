import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { Failure } from '../../src/core/failures.ts'
import { isoText } from '../../src/core/time/instant.ts'
import { defineChannel, type SeenOrder } from '../../src/kit/channel.ts'
import { plainLine, plainOrder } from '../../src/kit/plain-order.ts'
import type { Account, Answer } from '../../src/kit/plug.ts'

/** 微集, an invented platform. Answers are lines: `OK` or `NO <word> <text>`, then one JSON a line; the last may be `MORE <token>`. */
const Credentials = z.object({ address: z.url(), key: z.string().min(1), secret: z.string().min(1) })
type Credentials = z.infer<typeof Credentials>

const day = 86_400_000
/** `20261111T100000+0800` */
const instantIn = (text: string) =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)([+-]\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6$7:$8'))
const instant = z.string().transform((text) => isoText(instantIn(text)))
const money = z
  .string()
  .regex(/^\d+$/)
  .transform((li) => Math.round(Number(li) / 10))

const Times = z.object({ made: instant, paid: instant.nullable(), touched: instant })
const Row = Times.extend({
  no: z.string(),
  st: z.string(),
  ship: money,
  who: z.object({ name: z.string(), tel: z.string(), area: z.string(), street: z.string() }),
  goods: z.array(z.object({ id: z.string(), code: z.string(), name: z.string(), n: z.int().positive(), sum: money })),
  parcels: z.array(z.string()),
})

const paidStates = { 待发: 'paid-wait-ship', 在途: 'shipped', 已了: 'completed' } as const
const states: Readonly<Record<string, ChannelOrder['status']>> = {
  ...paidStates,
  等款: 'unpaid',
  作废: 'closed-unpaid',
}

type Call = { readonly operation: string; readonly given?: object; readonly isWrite?: boolean }

async function call(account: Account<Credentials>, { operation, given = {}, isWrite = false }: Call) {
  const { address, key, secret } = account.credentials
  const at = String(Math.floor(account.now() / 1_000))
  const words = Buffer.from(JSON.stringify(given)).toString('base64url')
  const mac = createHmac('sha1', secret).update(`${operation}\n${at}\n${words}`).digest('hex')
  const url = `${address}/rpc?m=${operation}&k=${key}&t=${at}&a=${words}`
  const answer = await account.send({
    operation,
    method: isWrite ? 'POST' : 'GET',
    url,
    headers: { mac },
    body: null,
    isWrite,
  })
  refuse(answer)
  const lines = answer.body.trim().split('\n').slice(1)
  const more = lines.at(-1)?.startsWith('MORE ') ? (lines.pop() ?? '').slice('MORE '.length) : null
  return { lines, more }
}

const codes = {
  busy: 'CHANNEL_RATE_LIMITED',
  sign: 'CHANNEL_MISCONFIGURED',
  none: 'CHANNEL_NOT_FOUND',
  '': 'CHANNEL_NONSENSE',
} as const

function refuse({ status, body }: Answer): void {
  if (status === 200 && body.startsWith('OK')) return
  const [, word = '', reason = `HTTP ${status}`] = /^NO (\w+) ?(.*)/.exec(body) ?? []
  const code = word in codes ? codes[word as keyof typeof codes] : 'CHANNEL_REFUSED'
  throw new Failure(code, { channel: 'weiji', reason, ...(word === 'busy' && { retryAfterMs: 1_000 }) })
}

function orderOf(raw: string): ChannelOrder {
  const { no, st, made, paid, touched, ship, who, goods, parcels } = Row.parse(JSON.parse(raw))
  const [province = '', city = '', district = ''] = who.area.split('/')
  const receiver = { name: who.name, phone: who.tel, addressKey: null }
  const standard = { province, city, district, town: '' }
  const shipments = parcels.map((waybillNo) => ({ carrierNo: null, carrierName: null, waybillNo, lines: [] }))
  return plainOrder({
    channel: 'weiji',
    channelOrderNo: no,
    channelStatus: st,
    status: states[st] ?? 'on-hold',
    createdAt: made,
    paidAt: paid,
    modifiedAt: touched,
    freightFen: paid === null ? 0 : ship,
    receiver: { ...receiver, raw: { ...standard, address: who.street }, standard, privacy: 'plain' },
    shipments,
    lines: goods.map(({ id, code, name, n, sum }, i) =>
      plainLine({
        channelLineNo: `${no}-${i + 1}`,
        channelItemNo: id,
        channelSkuNo: id,
        merchantCode: code,
        title: name,
        quantity: n,
        paidFen: paid === null ? 0 : sum,
        lineStatus: st,
        shippedQuantity: parcels.length > 0 ? n : 0,
      }),
    ),
    warnings: st in states ? [] : [`unknown-status:${st}`],
  })
}

const names = { id: 'weiji', zh: '微集', en: 'Weiji', mark: '集' } as const
const setup = { address: null, credentials: Credentials, links: [], stock: { perCall: 1, oneItem: true } } as const
const pulling = {
  by: ['modified'],
  overlapMs: 60_000,
  lagMs: 0,
  spanMaxMs: day,
  usualSpanMs: day,
  reachMs: 30 * day,
} as const

export const channel = defineChannel<Credentials>({
  manifest: {
    ...names,
    ...setup,
    pulling,
    fields: [
      { name: 'address', zh: '接口地址', en: 'Address', kind: 'text', helpZh: '微集后台“接口”页第一行' },
      { name: 'key', zh: '商家号', en: 'Key', kind: 'text', helpZh: '微集后台“接口”页' },
      { name: 'secret', zh: '密钥', en: 'Secret', kind: 'secret', helpZh: '微集后台“接口”页' },
    ],
    limits: [{ operation: '*', per: 'shop', times: 5, perMs: 1_000 }],
    stockTakenOn: 'paying',
    appKeyOf: ({ key }) => key,
  },
  operations: {
    'shop.describe': async (account) => {
      const { lines } = await call(account, { operation: 'shop.describe' })
      const { shop } = z.object({ shop: z.string() }).parse(JSON.parse(lines[0] ?? '{}'))
      return { channelShopNo: account.credentials.key, name: shop }
    },
    'orders.pull': async (account, { span, cursor }) => {
      const given = { from: span.from, to: span.to, token: cursor }
      const { lines, more } = await call(account, { operation: 'orders.pull', given })
      const headOf = (full: SeenOrder) => ({ ...full.order, modifiedAt: Date.parse(full.order.modifiedAt), full })
      return { rows: lines.map((raw) => headOf({ order: orderOf(raw), raw })), total: null, next: more }
    },
    'orders.get': async (account, no) => {
      const [raw = ''] = (await call(account, { operation: 'orders.get', given: { no } })).lines
      return { order: orderOf(raw), raw }
    },
    'shipments.report': async (account, { channelOrderNo: no, carrierName, waybillNo }) => {
      const given = { no, carrierName, waybillNo }
      await call(account, { operation: 'shipments.report', given, isWrite: true })
    },
  },
  inspect: { orders: (text) => [orderOf(text.trim())], failure: () => null, signature: () => ({}) },
  vocabulary: { orderStatuses: Object.keys(states), refundStatuses: [] },
})
