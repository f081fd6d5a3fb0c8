import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over every payload of douyin.md's samples. */
type Fields = Readonly<Record<string, unknown>>
const samples = path.join(import.meta.dirname, 'samples/douyin')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, `${name}.json`), 'utf8'))
const textOf = (name: string) => readFileSync(path.join(samples, `${name}.json`), 'utf8')
/** The answer in a sample as text, since a number of 19 digits in it would not outlive being parsed. */
const answered = (name: string) => {
  const text = textOf(name)
  return text.slice(text.indexOf('{', text.indexOf('"response"')), text.lastIndexOf('}'))
}

const figures = ({ channelOrderNo, status, paidTotalFen, freightFen, refundedFen, ...order }: ChannelOrder) =>
  [channelOrderNo, status, paidTotalFen, freightFen, order.lines.map((line) => line.paidFen), refundedFen] as const
const inspect = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'douyin', '-'], value)

/** 53.70 and 28.90 yuan, a gift, and 5.00 of freight. */
const waiting = ['6950000000000000011', 'paid-wait-ship', 8760, 500, [5370, 2890, 0], 0]
const refunded = ['6950000000000000012', 'closed-refunded', 1990, 0, [1990], 1990]

describe.concurrent('inspect orders', () => {
  test.each([
    ['order.searchList', [waiting]],
    ['order.orderDetail.refunded', [refunded]],
  ])('%s', async (name, expected) => {
    const orders = await inspect(answered(name))
    expect(orders.map(figures)).toEqual(expected)
    expect(orders.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  test('an order tells everything of the standard', async () => {
    const [order] = await inspect(answered('order.searchList'))
    expect(order).toMatchObject({
      channel: 'douyin',
      channelStatus: '2',
      currency: 'CNY',
      payableTotalFen: 8760,
      merchantReceivableFen: 8860,
      discountFen: 600,
      orderRefundState: 'none',
      mayShipNow: true,
      flag: null,
      buyerNote: '尽快发',
      sellerRemark: null,
      buyer: { channelBuyerNo: '1@#INVENTEDopenid0001' },
      createdAt: '2025-12-31T15:03:20.000Z',
      paidAt: '2025-12-31T15:03:50.000Z',
      modifiedAt: '2025-12-31T15:05:00.000Z',
      shipBy: '2026-01-01T14:16:40.000Z',
      receiver: {
        name: '郑*',
        phone: '1**********',
        raw: { province: '广东省', city: '深圳市', district: '南山区', town: '虚构街道', address: '********' },
        standard: { province: '广东省', city: '深圳市', district: '南山区', town: '虚构街道' },
        privacy: 'masked',
        addressKey: '#addr-INVENTED# 1@#INVENTEDopenid0001',
      },
      remainingToShip: [{ quantity: 3 }, { quantity: 1 }, { quantity: 1 }],
    })
  })

  test('a line tells its numbers to the last digit, and what each piece cost', async () => {
    const [order] = await inspect(answered('order.searchList'))
    expect(order?.lines).toMatchObject([
      {
        channelLineNo: '6950000000000000011',
        channelItemNo: '3700000000000000101',
        channelSkuNo: '3412340000000001',
        merchantCode: 'SODA-400',
        quantity: 3,
        listFen: 5970,
        unitPaidFen: [1790, 1790, 1790],
        isGift: false,
      },
      { channelLineNo: '6950000000000065547', listFen: 2890, unitPaidFen: [2890], isGift: false },
      { channelLineNo: '6950000000000131083', listFen: 0, unitPaidFen: [0], isGift: true },
    ])
  })

  test('an order refunded before it left is given back in full', async () => {
    const [order] = await inspect(answered('order.orderDetail.refunded'))
    expect(order).toMatchObject({
      orderRefundState: 'full',
      mayShipNow: false,
      shipBy: null,
      remainingToShip: [],
      lines: [{ refundState: 'success', refundedFen: 1990, refundedQuantity: 1, shippedQuantity: 0 }],
    })
  })

  test.each([
    ['<html>', 'CHANNEL_NONSENSE'],
    [answered('token.create'), 'CHANNEL_NONSENSE'],
    [{ code: 10000, data: { order_id: '1', create_time: 1767193400, pay_amount: 1.5 } }, 'CHANNEL_NONSENSE'],
    [{ code: 40003, sub_code: 'isv.access-token-expired', sub_msg: '已过期' }, 'CHANNEL_NOT_AUTHORISED'],
    [{ code: 50002, sub_code: 'isv.business-failed:1', sub_msg: '不支持' }, 'CHANNEL_REFUSED'],
  ])('of %j is refused as %s', async (given, code) => {
    expect(await refusal(['inspect', 'orders', 'douyin', '-'], given)).toMatchObject({ code })
  })
})

const asAnswer = (body: unknown, status = 200, headers = {}) => ({ status, headers, body })
const failureOf = (input: unknown) => answer(['inspect', 'failure', 'douyin', '-'], input)
const refusals: Record<string, unknown> = Object.fromEntries(
  read('errors').map((each: Fields) => [each.situation, each.response]),
)
const good = [
  'order.searchList',
  'order.orderDetail.refunded',
  'order.logisticsAddSinglePack',
  'sku.syncStock',
  'token.create',
]

describe.concurrent('inspect failure', () => {
  test.each([
    ['bad-signature', 'signature', '40003/isv.signature-invalid', 'never', null],
    ['token-expired', 'auth-expired', '40003/isv.access-token-expired', 'after-authorising', null],
    ['rate-limit', 'rate-limit', '60000/isp.call-limited', 'later', 1_000],
    ['service-unavailable', 'transient', '20000/isp.service-error', 'later', null],
    ['business-failure', 'business-rejected', '50002/isv.business-failed:4001', 'never', null],
  ])('%s is %s', async (name, errorClass, code, retry, retryAfterMs) => {
    expect(Object.keys(refusals)).toContain(name)
    expect(await failureOf(asAnswer(refusals[name]))).toEqual({ class: errorClass, code, retry, retryAfterMs })
  })

  test.each(good)('%s is none', async (name) => {
    const none = { class: null, code: null, retry: null, retryAfterMs: null }
    expect(await failureOf(asAnswer(answered(name)))).toEqual(none)
  })

  test.each([
    [asAnswer({ code: 10001, msg: '部分成功' }), null, null],
    [asAnswer({ code: 20001 }), 'transient', 'later'],
    [asAnswer({ code: 30001, sub_code: 'isv.no-permission:1' }), 'permission', 'never'],
    [asAnswer({ code: 30002, sub_code: 'dop.authorization-no-existed' }), 'permission', 'never'],
    [asAnswer({ code: 40001 }), 'param', 'never'],
    [asAnswer({ code: 40002 }), 'param', 'never'],
    [asAnswer({ code: 40004 }), 'param', 'never'],
    [asAnswer({ code: 40003, sub_code: 'isv.parameter-format-invalid' }), 'param', 'never'],
    [asAnswer({ code: 40003, sub_code: 'isv.access-token-no-existed' }), 'auth-expired', 'after-authorising'],
    [asAnswer({ code: 40003, sub_code: 'isv.timestamp-invalid' }), 'clock', 'later'],
    [asAnswer({ code: 50001, sub_code: 'dop.token-generate-failed:9' }), 'auth-expired', 'after-authorising'],
    [asAnswer({ code: 70000 }), 'business-rejected', 'never'],
    [asAnswer({ code: 80000 }), 'business-rejected', 'never'],
    [asAnswer({ code: 90000 }), 'business-rejected', 'never'],
    [asAnswer({ code: 12345, sub_msg: '该商品已下架' }), 'business-rejected', 'never'],
    [asAnswer({ code: 12345, sub_code: 'isp.unknown' }), 'transient', 'later'],
    [asAnswer('<html>', 502), 'transient', 'later'],
    [asAnswer('', 200), 'transient', 'later'],
    [asAnswer('', 429), 'rate-limit', 'later'],
  ])('%j', async (input, errorClass, retry) => {
    expect(await failureOf(input)).toMatchObject({ class: errorClass, retry })
  })
})
