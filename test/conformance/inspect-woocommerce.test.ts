import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over every payload of the samples of own-site.md 2. */
type Fields = Readonly<Record<string, unknown>>
const samples = path.join(import.meta.dirname, 'samples/woocommerce')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, `${name}.json`), 'utf8'))

const [first, second] = read('orders-list').pages.map((page: Fields) => page.body) as [Fields[], Fields[]]
const refund = read('refund-create').response.body as Fields
const event = read('webhook-order-updated')
const ping = read('webhook-ping')

const figures = ({ channelOrderNo, status, paidTotalFen, freightFen, refundedFen, ...order }: ChannelOrder) =>
  [channelOrderNo, status, paidTotalFen, freightFen, order.lines.map((line) => line.paidFen), refundedFen] as const
const inspect = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'woocommerce', '-'], value)

// Source: own-site.md 1, O2 and O3: 236.00 + 58.00 + 8.00; nothing yet of 1980.00 + 257.40; 117.00 + 12.00 + a fee of 15.00, 39.00 paid back.
const tea = ['7301', 'paid-wait-ship', 30200, 800, [23600, 5800], 0]
const transfer = ['7302', 'unpaid', 0, 0, [0], 0]
const jasmine = ['7288', 'completed', 14400, 1200, [11700], 3900]

describe.concurrent('inspect orders', () => {
  test.each([
    ['the first page of a list', first, [tea, transfer]],
    ['the second page', second, [jasmine]],
    ['one order', first[0], [tea]],
    ['an event', event.raw_body, [tea]],
    ['an order with its refunds', { order: second[0], refunds: [refund] }, [jasmine]],
    ['several answers at once', [first, { order: second[0], refunds: [refund] }], [tea, transfer, jasmine]],
    ['an empty list', [], []],
  ])('%s', async (_, given, expected) => {
    const orders = await inspect(given)
    expect(orders.map(figures)).toEqual(expected)
    expect(orders.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  test('an order tells everything of the standard', async () => {
    const [order] = await inspect(event.raw_body)
    expect(order).toMatchObject({
      channel: 'woocommerce',
      channelStatus: 'processing',
      currency: 'CNY',
      createdAt: '2026-10-20T01:15:02.000Z',
      paidAt: '2026-10-20T01:16:38.000Z',
      modifiedAt: '2026-10-20T01:16:40.000Z',
      payableTotalFen: 30200,
      extraFen: 0,
      discountFen: 3000,
      merchantReceivableFen: null,
      orderRefundState: 'none',
      mayShipNow: true,
      flag: null,
      buyerNote: '请用环保包装',
      buyer: { channelBuyerNo: '88', nick: '' },
      receiver: {
        name: '林晓禾',
        phone: '13800000101',
        raw: { province: '浙江省', city: '杭州市', address: '西湖区示例路 12 号 3 幢 502' },
        standard: { province: '浙江省', city: '杭州市', district: '西湖区' },
        privacy: 'plain',
      },
      promotions: [{ name: 'autumn10', discountFen: 3000, channelLineNo: null }],
      shipments: [],
      remainingToShip: [
        { channelSkuNo: '4103', quantity: 2 },
        { channelSkuNo: '', quantity: 1 },
      ],
    })
    expect(order!.lines).toMatchObject([
      {
        channelLineNo: '1501',
        channelItemNo: '410',
        channelSkuNo: '4103',
        merchantCode: 'LJ-TJ-250',
        specification: '重量:250g',
        listFen: 25600,
        unitPaidFen: [11800, 11800],
      },
      { channelLineNo: '1502', channelItemNo: '522', channelSkuNo: '', listFen: 6800, unitPaidFen: [5800] },
    ])
  })

  test('an order that waits for a transfer is due with its tax', async () => {
    const [, order] = await inspect(first)
    expect(order).toMatchObject({ payableTotalFen: 223740, paidAt: null, mayShipNow: false, remainingToShip: [] })
    expect(order!.lines).toMatchObject([{ quantity: 10, listFen: 198000, unitPaidFen: Array(10).fill(0) }])
  })

  test.each([
    ['with the record of a refund it is one piece', { order: second[0], refunds: [refund] }, 1],
    ['without it nobody knows how many', second[0], 0],
  ])('a completed order: %s', async (_, given, refundedQuantity) => {
    const [order] = await inspect(given)
    expect(order).toMatchObject({
      extraFen: 1500,
      orderRefundState: 'partial',
      shipments: [{ carrierName: '中通快递', waybillNo: '73512345678901' }],
      lines: [{ refundState: 'success', refundedFen: 3900, refundedQuantity, shippedQuantity: 3 }],
    })
  })

  test.each([
    ['<html>', ''],
    [{ code: 'rest_no_route', message: 'No route.', data: { status: 404 } }, 'order.id'],
    [read('stock-write').calls[0].response.body, 'order.status'],
    [{ order: first[0], refunds: [{ id: 1 }] }, 'refund.date_created_gmt'],
  ])('of %j is refused', async (given, field) => {
    const said = await refusal(['inspect', 'orders', 'woocommerce', '-'], given)
    expect(said).toMatchObject({ code: 'CHANNEL_NONSENSE', zh: expect.stringContaining(field) })
  })
})

const asAnswer = (body: unknown, status = 200, headers = {}) => ({ status, headers, body })
const failureOf = (input: unknown) => answer(['inspect', 'failure', 'woocommerce', '-'], input)

const good = ['refund-create', 'ship-and-complete', 'stock-write'].flatMap((name) =>
  (read(name).calls ?? [read(name)]).map(
    ({ response }: { response: { status: number; body: unknown } }, at: number) => [
      `${name} ${at + 1}`,
      asAnswer(response.body, response.status),
    ],
  ),
)

describe.concurrent('inspect failure', () => {
  test.each([
    [0, 'permission', '401/woocommerce_rest_cannot_view', 'never', null],
    [1, 'config', '404/rest_no_route', 'never', null],
    [2, 'not-found', '404/woocommerce_rest_shop_order_invalid_id', 'never', null],
    [3, 'rate-limit', '429', 'later', 10_000],
    [4, 'transient', '503', 'later', null],
  ])('error %i of the samples is %s', async (at, errorClass, code, retry, retryAfterMs) => {
    const { status, body } = read('errors').cases[at]
    expect(await failureOf(asAnswer(body, status))).toEqual({ class: errorClass, code, retry, retryAfterMs })
  })

  test('every error of the samples is asked about above', () => expect(read('errors').cases).toHaveLength(5))

  test.each([...good, ['a page of orders', asAnswer(first)], ['an empty list', asAnswer([])]])(
    '%s is none',
    async (_, input) => {
      expect(await failureOf(input)).toEqual({ class: null, code: null, retry: null, retryAfterMs: null })
    },
  )

  const error = (code: string, status: number) => ({ code, message: 'Sorry.', data: { status } })
  test.each([
    [asAnswer('', 429, { 'Retry-After': '7' }), 'rate-limit', 'later', 7_000],
    [asAnswer('<html>', 429, { 'Retry-After': '3600' }), 'quota-exhausted', 'later', 3_600_000],
    [asAnswer(error('woocommerce_rest_cannot_edit', 403), 403), 'permission', 'never', null],
    [asAnswer(error('woocommerce_rest_authentication_error', 401), 401), 'config', 'never', null],
    [asAnswer(error('rest_invalid_param', 400), 400), 'param', 'never', null],
    [asAnswer(error('a_plugin_says_no', 400), 400), 'param', 'never', null],
    [asAnswer(error('woocommerce_rest_shop_order_invalid_id', 404), 200), 'not-found', 'never', null],
    [asAnswer(error('internal_server_error', 500), 500), 'transient', 'later', null],
    [asAnswer('<html>', 404), 'config', 'never', null],
    [asAnswer('<html>', 403), 'permission', 'never', null],
    [asAnswer('<html>', 200), 'transient', 'later', null],
    [asAnswer('', 200), 'transient', 'later', null],
    [asAnswer('', 301), 'config', 'never', null],
  ])('%j is %s', async (input, errorClass, retry, retryAfterMs) => {
    expect(await failureOf(input)).toMatchObject({ class: errorClass, retry, retryAfterMs })
  })
})

const signatureOf = (input: unknown) => answer(['inspect', 'signature', 'woocommerce', '-'], input)

describe.concurrent('inspect signature', () => {
  const vectors: readonly Readonly<Record<string, string>>[] = [
    ...read('signing').webhook,
    ...[event, ping].map((each) => ({ ...each, signature: each.headers['x-wc-webhook-signature'] })),
  ]
  test.each(vectors)('of $raw_body', async ({ secret, raw_body: body, signature }) => {
    expect(await signatureOf({ kind: 'webhook', secret, body })).toEqual({ signature })
  })

  test.each([
    [{ kind: 'standard-webhooks', secret: 'a', body: '' }, 'kind'],
    [{ kind: 'webhook', body: '' }, 'secret'],
    [{ kind: 'webhook', secret: 'a', body: {} }, 'body'],
  ])('of %j is refused', async (input, field) => {
    const said = await refusal(['inspect', 'signature', 'woocommerce', '-'], input)
    expect(said).toMatchObject({ code: 'INPUT_INVALID', zh: expect.stringContaining(field) })
  })
})

const webhookOf = (input: unknown) => answer(['inspect', 'webhook', 'woocommerce', '-'], input)
const pushOf = ({ secret, headers, raw_body: body }: Fields, change: Fields = {}) => ({
  credentials: { webhookSecret: secret },
  method: 'POST',
  path: '/hooks/woocommerce/1',
  query: '',
  headers,
  body,
  now: '2026-10-20T01:16:41Z',
  ...change,
})

describe.concurrent('inspect webhook', () => {
  const updated = [{ type: 'order.updated', channelOrderNo: '7301' }]
  const shouted = Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toUpperCase(), value]))
  test.each([
    ['a change', pushOf(event), updated],
    ['headers in other letters', pushOf(event, { headers: shouted }), updated],
    ['long after, since no time is signed', pushOf(event, { now: '2027-10-20T01:16:41Z' }), updated],
    ['the first one, about nothing', pushOf(ping), []],
  ])('%s is accepted', async (_, input, events) => {
    expect(await webhookOf(input)).toEqual({ accepted: true, reason: null, events })
  })

  const unsigned = { ...event.headers, 'x-wc-webhook-signature': undefined }
  test.each([
    ['a body written anew', { body: JSON.stringify(JSON.parse(event.raw_body), null, 1) }, 'signature'],
    ['a body cut short', { body: event.negative[0].raw_body }, 'signature'],
    ['another secret', { credentials: { webhookSecret: event.negative[1].secret } }, 'signature'],
    ['no secret at all', { credentials: { webhookSecret: '' } }, 'unusable-key'],
    ['no signature', { headers: unsigned }, 'missing-header'],
  ])('%s is refused', async (_, change, reason) => {
    expect(await webhookOf(pushOf(event, change))).toEqual({ accepted: false, reason, events: [] })
  })
})
