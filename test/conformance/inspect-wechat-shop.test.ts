import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over every payload of wechat-shop.md's samples. */
type Fields = Readonly<Record<string, unknown>>
const samples = path.join(import.meta.dirname, 'samples/wechat-shop')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, `${name}.json`), 'utf8'))
/** What the platform answered: a sample of a call holds it beside the question. */
const answered = (name: string) => read(name).response ?? read(name)

const figures = ({ channelOrderNo, status, paidTotalFen, freightFen, refundedFen, ...order }: ChannelOrder) =>
  [channelOrderNo, status, paidTotalFen, freightFen, order.lines.map((line) => line.paidFen), refundedFen] as const
const inspect = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'wechat-shop', '-'], value)

const multi = ['3719872036541234688', 'paid-wait-ship', 38499, 800, [23300, 5400, 8999, 0], 0]
const split = ['3719872036541234944', 'partially-shipped', 55700, 0, [25800, 29900], 0]
const refunded = ['3719872036541235200', 'completed', 15913, 600, [11980, 3333], 5990]
const closed = ['3719872036541235456', 'closed-refunded', 28900, 0, [28900], 28900]
const cancelled = ['3719872036541235712', 'closed-unpaid', 0, 0, [0], 0]
const changed = ['3719872036541235968', 'paid-wait-ship', 15000, 0, [15000], 0]

describe.concurrent('inspect orders', () => {
  test.each([
    ['order-get.awaiting-shipment.multi-line', [multi]],
    ['order-get.partially-shipped.virtual-number', [split]],
    ['order-get.completed.partially-refunded', [refunded]],
    ['order-get.closed-after-full-refund', [closed]],
    ['order-get.cancelled-unpaid', [cancelled]],
    ['order-get.price-changed', [changed]],
    ['order-list.page1', []],
    ['order-list.page2', []],
    ['order-search.response', []],
    ['aftersale-list.response', []],
  ])('%s', async (name, expected) => {
    const orders = await inspect(answered(name))
    expect(orders.map(figures)).toEqual(expected)
    expect(orders.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  test('an order tells everything of the standard', async () => {
    const [order] = await inspect(answered('order-get.awaiting-shipment.multi-line'))
    expect(order).toMatchObject({
      channel: 'wechat-shop',
      channelStatus: '20',
      currency: 'CNY',
      payableTotalFen: 38499,
      merchantReceivableFen: 38999,
      discountFen: 4090,
      orderRefundState: 'none',
      isCod: false,
      cancelRequested: false,
      mayShipNow: true,
      flag: null,
      buyer: { channelBuyerNo: 'oZk5M5InventedBuyer0001' },
      buyerNote: '麻烦发顺丰，周末收货',
      sellerRemark: null,
      createdAt: '2025-12-31T16:03:00.000Z',
      paidAt: '2025-12-31T16:03:33.000Z',
      modifiedAt: '2025-12-31T16:03:35.000Z',
      shipBy: '2026-01-02T16:03:00.000Z',
      receiver: {
        name: '林**',
        phone: '170****0001',
        raw: { province: '浙江省', city: '杭州市', district: '西湖区', town: '', address: '****' },
        standard: { province: '浙江省', city: '杭州市', district: '西湖区', town: '' },
        privacy: 'masked',
        addressKey: '0f3a5c7e9b1d2f4a6c8e0a1b3d5f7091',
      },
    })
    expect(order?.lines.map((line) => [line.channelLineNo, line.unitPaidFen, line.isGift])).toEqual([
      ['3719872036541234688_001', [11650, 11650], false],
      ['3719872036541234688_002', [5400], false],
      ['3719872036541234688_003', [3000, 3000, 2999], false],
      ['3719872036541234688_004', [0], true],
    ])
    expect(order?.remainingToShip.map(({ quantity }) => quantity)).toEqual([2, 1, 3, 1])
  })

  test('parcels are laid on the lines, and what is left is known', async () => {
    const [order] = await inspect(answered('order-get.partially-shipped.virtual-number'))
    const [tea, pot] = ['4120077001', '4120077031']
    expect(order).toMatchObject({
      shipments: [
        {
          carrierNo: 'SF',
          carrierName: '顺丰速运',
          waybillNo: 'SF0000000000001',
          lines: [{ channelSkuNo: tea, quantity: 1 }],
        },
        { carrierNo: 'ZTO', waybillNo: '0700000000000001', lines: [{ channelSkuNo: pot, quantity: 1 }] },
      ],
      remainingToShip: [{ channelSkuNo: tea, quantity: 1 }],
      mayShipNow: true,
      sellerRemark: '壶单独打木架',
      lines: [
        { shippedQuantity: 1, mayShipNow: true },
        { shippedQuantity: 1, mayShipNow: false },
      ],
    })
  })

  test('what the merchant took off by hand is a discount', async () => {
    const [order] = await inspect(answered('order-get.price-changed'))
    expect(order).toMatchObject({ discountFen: 1800, merchantReceivableFen: 15000, lines: [{ listFen: 16800 }] })
  })

  test('what nobody paid is still known to have been due', async () => {
    const [order] = await inspect(answered('order-get.cancelled-unpaid'))
    expect(order).toMatchObject({ paidAt: null, payableTotalFen: 4133, merchantReceivableFen: null })
  })

  test('after-sales are read with their orders, in whatever order they come', async () => {
    const orders = await inspect({
      aftersaleGet: [
        answered('aftersale-get.full-refund-before-shipping'),
        answered('aftersale-get.awaiting-merchant'),
        answered('aftersale-get.refund-success'),
      ],
      orderGet: [
        answered('order-get.awaiting-shipment.multi-line'),
        answered('order-get.completed.partially-refunded'),
        answered('order-get.closed-after-full-refund'),
      ],
    })
    expect(orders.map(figures)).toEqual([multi, refunded, closed])
    expect(orders.map((order) => [order.orderRefundState, order.mayShipNow])).toEqual([
      ['in-progress', false],
      ['partial', false],
      ['full', false],
    ])
    expect(orders[0]?.lines[1]).toMatchObject({ refundState: 'requested', refundingQuantity: 1, mayShipNow: false })
    expect(orders[1]?.lines).toMatchObject([
      { refundState: 'success', refundedFen: 5990, refundedQuantity: 1 },
      { refundState: 'none', refundedFen: 0, refundedQuantity: 0 },
    ])
  })

  test.each([
    ['<html>', 'CHANNEL_NONSENSE'],
    [answered('token.stable.response'), 'CHANNEL_NONSENSE'],
    [answered('product-get.response'), 'CHANNEL_NONSENSE'],
    [answered('miniprogram-get-order.response'), 'CHANNEL_NONSENSE'],
    [{ errcode: 42001, errmsg: 'access_token expired rid: 1' }, 'CHANNEL_NOT_AUTHORISED'],
    [{ errcode: 100002, errmsg: 'order not exist' }, 'CHANNEL_NOT_FOUND'],
  ])('of %j is refused as %s', async (given, code) => {
    expect(await refusal(['inspect', 'orders', 'wechat-shop', '-'], given)).toMatchObject({ code })
  })
})

const asAnswer = (body: unknown, status = 200, headers = {}) => ({ status, headers, body })
const failureOf = (input: unknown) => answer(['inspect', 'failure', 'wechat-shop', '-'], input)

/** Where samples of calls have their refusals; `errors` is nothing else. */
const refusing = ['delivery-send', 'stock-update', 'aftersale-acceptapply', 'miniprogram-upload-shipping-info'] as const
const refusals = new Map<number, unknown>(
  [...read('errors'), ...refusing.flatMap((name) => read(name).errors)].map((each) => [
    each.response.errcode,
    each.response,
  ]),
)
const good = readdirSync(samples)
  .map((file) => file.replace(/\.json$/, ''))
  .filter(
    (name) => !['errors', 'callback.encrypted', 'callback-events.plaintext', 'token.stable.request'].includes(name),
  )
  .flatMap((name) => goodIn(read(name)).map((body, place) => [`${name} ${place + 1}`, body] as const))

/** The answers in a sample that say yes. */
function goodIn(sample: Fields): unknown[] {
  if (sample.errcode === 0 || sample.access_token !== undefined) return [sample]
  const { errors: _, ...others } = sample
  return Object.values(others).flatMap((value) =>
    typeof value === 'object' && value !== null ? goodIn(value as Fields) : [],
  )
}

describe.concurrent('inspect failure', () => {
  const told = [
    [40001, 'auth-expired', 'after-authorising', null],
    [42001, 'auth-expired', 'after-authorising', null],
    [41001, 'param', 'never', null],
    [-1, 'transient', 'later', null],
    [45011, 'rate-limit', 'later', 60_000],
    [45009, 'quota-exhausted', 'later', 86_400_000],
    [61004, 'permission', 'never', null],
    [45035, 'permission', 'never', null],
    [48001, 'permission', 'never', null],
    [48004, 'permission', 'never', null],
    [47001, 'param', 'never', null],
    [40097, 'param', 'never', null],
    [43002, 'param', 'never', null],
    [40243, 'permission', 'never', null],
    [606006, 'param', 'never', null],
    [100002, 'not-found', 'never', null],
    [100003, 'transient', 'later', null],
    [101100, 'business-rejected', 'never', null],
    [108009, 'business-rejected', 'never', null],
    [109000, 'business-rejected', 'never', null],
    [109001, 'already-done', 'after-checking', null],
    [109002, 'param', 'never', null],
    [109205, 'business-rejected', 'never', null],
    [606034, 'business-rejected', 'never', null],
    [10020052, 'not-found', 'never', null],
    [10020054, 'transient', 'later', null],
    [10020112, 'rate-limit', 'later', 1_000],
    [10020217, 'business-rejected', 'never', null],
    [10020219, 'business-rejected', 'never', null],
    [10020289, 'business-rejected', 'never', null],
    [10020001, 'business-rejected', 'never', null],
    [10021044, 'transient', 'later', null],
    [10021059, 'rate-limit', 'later', 60_000],
    [10021046, 'business-rejected', 'never', null],
    [10021060, 'business-rejected', 'never', null],
    [10060001, 'transient', 'later', 60_000],
    [10060003, 'business-rejected', 'never', null],
    [10060004, 'business-rejected', 'never', null],
    [268485228, 'param', 'never', null],
  ] as const
  test.each(told)('%d is %s', async (code, errorClass, retry, retryAfterMs) => {
    expect(await failureOf(asAnswer(refusals.get(code)))).toEqual({
      class: errorClass,
      code: String(code),
      retry,
      retryAfterMs,
    })
  })

  test('every refusal among the samples is asked about', () => {
    expect(new Set(refusals.keys())).toEqual(new Set(told.map(([code]) => code)))
  })

  test.each(good)('%s is none', async (_, body) => {
    expect(await failureOf(asAnswer(body))).toEqual({ class: null, code: null, retry: null, retryAfterMs: null })
  })

  test.each([
    [asAnswer('<html>', 502), 'transient', 'later', null],
    [asAnswer('', 200), 'transient', 'later', null],
    [asAnswer('null', 200), 'transient', 'later', null],
    [asAnswer('', 429), 'rate-limit', 'later', 60_000],
    [asAnswer('', 429, { 'Retry-After': '7' }), 'rate-limit', 'later', 7_000],
    [asAnswer('{"errcode":45009,"errmsg":"quota rid: 1"}'), 'quota-exhausted', 'later', 86_400_000],
    [asAnswer({ errcode: '40001' }), 'auth-expired', 'after-authorising', null],
    [asAnswer({ errcode: 99999, errmsg: 'not today' }), 'business-rejected', 'never', null],
    [asAnswer({ errcode: 0 }), null, null, null],
  ])('%j', async (input, errorClass, retry, retryAfterMs) => {
    expect(await failureOf(input)).toMatchObject({ class: errorClass, retry, retryAfterMs })
  })
})
