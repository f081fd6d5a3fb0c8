import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over every payload of xiaohongshu.md's samples. */
type Fields = Readonly<Record<string, unknown>>
const samples = path.join(import.meta.dirname, 'samples/xiaohongshu')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, `${name}.json`), 'utf8'))
/** What the platform answered: a sample of a call holds it beside the question. */
const answered = (name: string) => read(name).response ?? read(name)

const figures = ({ channelOrderNo, status, paidTotalFen, freightFen, refundedFen, ...order }: ChannelOrder) =>
  [channelOrderNo, status, paidTotalFen, freightFen, order.lines.map((line) => line.paidFen), refundedFen] as const
const inspect = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'xiaohongshu', '-'], value)

const multi = ['P770011223344556601', 'paid-wait-ship', 17670, 600, [10470, 6600, 0], 0]
const split = ['P770011223344556602', 'partially-shipped', 20880, 0, [7980, 12900], 0]
const refunded = ['P770011223344556603', 'completed', 10890, 0, [6900, 3990], 6900]
const closed = ['P770011223344556604', 'closed-refunded', 12000, 0, [12000], 12000]
const cancelled = ['P770011223344556605', 'closed-unpaid', 0, 0, [0], 0]
const bundle = ['P770011223344556606', 'paid-wait-ship', 31799, 0, [31799], 0]
/** A row of a list has neither lines nor amounts. */
const row = ([no, status]: readonly unknown[]) => [no, status, 0, 0, [], 0]

describe.concurrent('inspect orders', () => {
  test.each([
    ['order.getOrderDetail.awaiting-shipment.multi-line', [multi]],
    ['order.getOrderDetail.partially-shipped', [split]],
    ['order.getOrderDetail.completed.partially-refunded', [refunded]],
    ['order.getOrderDetail.closed.full-refund', [closed]],
    ['order.getOrderDetail.cancelled-unpaid', [cancelled]],
    ['order.getOrderDetail.bundle', [bundle]],
    ['order.getOrderList.page', [split, refunded, closed].map(row)],
    ['order.getOrderList.created-window.page2', [multi, cancelled].map(row)],
  ])('%s', async (name, expected) => {
    const orders = await inspect(answered(name))
    expect(orders.map(figures)).toEqual(expected)
    expect(orders.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  test('an order with its receiver and the masks tells everything of the standard', async () => {
    const [order] = await inspect({
      getOrderDetail: answered('order.getOrderDetail.awaiting-shipment.multi-line'),
      getOrderReceiverInfo: answered('order.getOrderReceiverInfo'),
      batchDesensitise: answered('batchDesensitise'),
    })
    expect(figures(order!)).toEqual(multi)
    expect(order).toMatchObject({
      channel: 'xiaohongshu',
      channelStatus: '4',
      currency: 'CNY',
      payableTotalFen: 17670,
      merchantReceivableFen: 18170,
      discountFen: 1800,
      orderRefundState: 'none',
      mayShipNow: true,
      flag: null,
      buyerNote: '送人的，请勿放小票',
      createdAt: '2025-12-31T15:03:20.000Z',
      paidAt: '2025-12-31T15:03:50.000Z',
      receiver: {
        name: '沈**',
        phone: '184****0000',
        raw: { province: '江苏省', city: '苏州市', district: '姑苏区', town: '平江街道', address: '虚构巷****' },
        standard: { province: '江苏省', city: '苏州市', district: '姑苏区', town: '平江街道' },
        privacy: 'masked',
        addressKey: '6d5f0c7be1a24938a0d1c2b3e4f50617',
      },
      warnings: [],
    })
  })

  test.each([
    [
      'without the masks it is ciphertext',
      answered('order.getOrderReceiverInfo'),
      { privacy: 'encrypted', name: expect.stringMatching(/^#.+#2##$/) },
    ],
    [
      'of an address that changed it is not told',
      read('order.getOrderReceiverInfo').addressChanged.response,
      { privacy: 'absent', name: '' },
    ],
  ])('the receiver: %s', async (_, getOrderReceiverInfo, receiver) => {
    const getOrderDetail = answered('order.getOrderDetail.awaiting-shipment.multi-line')
    expect(await inspect({ getOrderDetail, getOrderReceiverInfo })).toMatchObject([{ receiver }])
  })

  test('parcels are counted by SKU', async () => {
    const [order] = await inspect(answered('order.getOrderDetail.partially-shipped'))
    const [tea, pot] = ['67f0a1b2c3d4e5f6a7b8000b', '67f0a1b2c3d4e5f6a7b80029']
    const parcel = { carrierNo: 'jtexpress', carrierName: '极兔速递', waybillNo: 'JT0000000000001' }
    expect(order).toMatchObject({
      shipments: [{ ...parcel, lines: [{ channelSkuNo: tea, quantity: 2 }] }],
      remainingToShip: [{ channelSkuNo: pot, quantity: 1 }],
      lines: [
        { shippedQuantity: 2, mayShipNow: false, lineStatus: '6' },
        { shippedQuantity: 0, mayShipNow: true, lineStatus: '4' },
      ],
      sellerRemark: '分两批发',
      flag: '3',
      receiver: { standard: { province: '上海市', city: '上海市', district: '徐汇区' } },
    })
  })

  test('a bundle has no code of its own and is made of others, by its whole amount', async () => {
    const [order] = await inspect(answered('order.getOrderDetail.bundle'))
    expect(order?.lines).toMatchObject([
      {
        merchantCode: null,
        quantity: 2,
        unitPaidFen: [15900, 15899],
        components: [
          { channelSkuNo: '67f0a1b2c3d4e5f6a7b8000b', merchantCode: 'OOLONG-GH-15', quantity: 4 },
          { channelSkuNo: '67f0a1b2c3d4e5f6a7b80015', merchantCode: 'CUP-KK-GR', quantity: 2 },
        ],
      },
    ])
  })

  test('after-sales are read with their orders, in whatever order they come', async () => {
    const orders = await inspect([
      answered('afterSale.listAfterSaleInfos'),
      answered('order.getOrderDetail.partially-shipped'),
      answered('order.getOrderDetail.completed.partially-refunded'),
      answered('afterSale.getAfterSaleInfo.unshipped-refund-done'),
      answered('order.getOrderDetail.closed.full-refund'),
      answered('afterSale.getAfterSaleInfo.return-refund-done'),
    ])
    expect(orders.map(figures)).toEqual([split, refunded, closed])
    expect(orders.map((order) => [order.orderRefundState, order.mayShipNow])).toEqual([
      ['in-progress', false],
      ['partial', false],
      ['full', false],
    ])
    expect(orders[1]?.lines).toMatchObject([
      { refundState: 'success', refundedFen: 6900, refundedQuantity: 1 },
      { refundState: 'none', refundedFen: 0, refundedQuantity: 0 },
    ])
  })

  test.each([
    ['<html>', 'CHANNEL_NONSENSE'],
    [answered('token.getAccessToken'), 'CHANNEL_NONSENSE'],
    [{ success: true, data: { orderId: 'P1', createdTime: 1767193400000, totalPayAmount: 1.5 } }, 'CHANNEL_NONSENSE'],
    [{ success: false, error_code: 401, error_msg: 'accessToken 已失效' }, 'CHANNEL_NOT_AUTHORISED'],
    [{ success: true, code: 50209, error_code: 50209, msg: '不支持' }, 'CHANNEL_REFUSED'],
  ])('of %j is refused as %s', async (given, code) => {
    expect(await refusal(['inspect', 'orders', 'xiaohongshu', '-'], given)).toMatchObject({ code })
  })
})

const asAnswer = (body: unknown, status = 200, headers = {}) => ({ status, headers, body })
const failureOf = (input: unknown) => answer(['inspect', 'failure', 'xiaohongshu', '-'], input)

/** Every refusal of the samples by its name, and every good answer by that of its file. */
const refusals: Record<string, unknown> = {
  ...Object.fromEntries(read('errors').map((each: Fields) => [each.situation, each.response])),
  ...Object.fromEntries(
    read('order.orderDeliver').errors.map((each: Fields) => [`deliver ${each.situation}`, each.response]),
  ),
  'case state': read('afterSale.auditReturns').failed_with_success_true.response,
  'unknown SKU': read('inventory.syncSkuStock').inner_failure.response,
  'decrypt quota': read('batchDecrypt').quotaExhausted,
}
const good = readdirSync(samples)
  .map((file) => file.replace(/\.json$/, ''))
  .filter((name) => !['config', 'errors', 'push'].includes(name))
  .flatMap((name) => goodIn(read(name)).map((body, place) => [`${name} ${place + 1}`, body] as const))

/** The answers in a sample that say yes. */
function goodIn(sample: Fields): unknown[] {
  if (sample.success !== undefined) return [sample]
  const named = Object.entries(sample).filter(([name]) => name.startsWith('ok') || name === 'addressChanged')
  const nested = named.flatMap(([, value]) => goodIn(value as Fields))
  return sample.response === undefined ? nested : [sample.response, ...nested]
}

describe.concurrent('inspect failure', () => {
  test.each([
    ['bad-parameter', 'param', '-2000400', 'never', null],
    ['not-found-or-foreign', 'not-found', '-2000101', 'never', null],
    ['system-error', 'transient', '-2000500', 'later', null],
    ['token-invalid-or-expired', 'auth-expired', '401', 'after-authorising', null],
    ['bad-signature', 'signature', '400', 'never', null],
    ['rate-limited', 'rate-limit', '429', 'later', 1_000],
    ['decrypt-quota', 'quota-exhausted', '-2000701', 'later', 3_600_000],
    ['business-failure-with-success-true', 'business-rejected', '50209', 'never', null],
    ['success-with-code-200', null, null, null, null],
    ['new-style-envelope-failure', 'transient', '-1010001', 'later', null],
    ['deliver not-found', 'not-found', '-2000101', 'never', null],
    ['deliver retry', 'transient', '-2000500', 'later', null],
    ['deliver refresh-order-then-decide', 'business-rejected', '-2000102', 'never', null],
    ['case state', 'business-rejected', '-1009003', 'never', null],
    ['unknown SKU', 'business-rejected', '-9001', 'never', null],
    ['decrypt quota', 'quota-exhausted', '-2000701', 'later', 3_600_000],
  ])('%s is %s', async (name, errorClass, code, retry, retryAfterMs) => {
    expect(Object.keys(refusals)).toContain(name)
    expect(await failureOf(asAnswer(refusals[name]))).toEqual({ class: errorClass, code, retry, retryAfterMs })
  })

  test.each(good)('%s is none', async (_, body) => {
    expect(await failureOf(asAnswer(body))).toEqual({ class: null, code: null, retry: null, retryAfterMs: null })
  })

  test.each([
    [asAnswer('<html>', 502), 'transient', 'later', null],
    [asAnswer('', 200), 'transient', 'later', null],
    [asAnswer('', 429), 'rate-limit', 'later', 1_000],
    [asAnswer('{"success":false,"error_code":60001,"error_msg":"接口已限流"}'), 'rate-limit', 'later', 1_000],
    [asAnswer({ success: false, error_code: -2000500, error_msg: '请求频繁' }), 'rate-limit', 'later', 1_000],
    [asAnswer({ success: false, code: 60002, msg: '签名不正确' }), 'signature', 'never', null],
    [asAnswer({ success: true, data: { dataInfoList: [{ errorCode: -2000702 }] } }), 'transient', 'later', null],
    [asAnswer({ success: false, error_code: 99999, error_msg: '该商品已下架' }), 'business-rejected', 'never', null],
    [asAnswer({ success: true, error_code: 0, code: 200 }), null, null, null],
  ])('%j', async (input, errorClass, retry, retryAfterMs) => {
    expect(await failureOf(input)).toMatchObject({ class: errorClass, retry, retryAfterMs })
  })
})
