import { describe, expect, test } from 'vitest'
import type { ShipmentReport } from '../../../kit/channel.ts'
import type { OutgoingRequest } from '../../../kit/plug.ts'
import { wechatMall } from './index.ts'
import type { WechatMallAccount, WechatMallCredentials } from './manifest.ts'
import payment from './samples/payment.json' with { type: 'json' }
import inTwo from './samples/payment-in-two-parcels.json' with { type: 'json' }

const operations = wechatMall.operations as Required<typeof wechatMall.operations>
const ok = { errcode: 0, errmsg: 'ok' }
const now = Date.parse('2026-11-11T02:00:00.000Z')

/** Answers one after the other; what was asked is kept. */
function platform(answers: readonly object[], given: Partial<WechatMallCredentials> = {}) {
  const requests: OutgoingRequest[] = []
  const account: WechatMallAccount = {
    credentials: { appId: 'wx1', appSecret: 's', merchantId: '1900000109', accessToken: 't&t', ...given },
    address: 'https://api.example',
    now: () => now,
    send: async (request) => {
      requests.push(request)
      const said = answers[requests.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${request.url}`)
      return { status: 200, headers: {}, body: JSON.stringify(said) }
    },
  }
  return { account, requests, bodies: () => requests.map(({ body }) => JSON.parse(body ?? '{}') as object) }
}

const parcel: ShipmentReport = {
  channelOrderNo: 'WEB-61',
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: '73512345678944',
  shippedAt: now - 3_600_000,
  lines: [{ channelLineNo: '1', channelSkuNo: 's', quantity: 2, isWholeLine: true }],
  isWholeOrder: true,
}

describe('a parcel', () => {
  test('that is the whole order is told as one, to the payer of the payment with the order’s number', async () => {
    const { account, requests, bodies } = platform([payment, ok])
    await operations['shipments.report'](account, parcel)
    expect(requests.map(({ url, isWrite }) => [url, isWrite])).toEqual([
      ['https://api.example/wxa/sec/order/get_order?access_token=t%26t', false],
      ['https://api.example/wxa/sec/order/upload_shipping_info?access_token=t%26t', true],
    ])
    expect(bodies()).toEqual([
      { merchant_id: '1900000109', merchant_trade_no: 'WEB-61' },
      {
        order_key: { order_number_type: 2, transaction_id: '4200000000202611110000000001' },
        logistics_type: 1,
        delivery_mode: 1,
        shipping_list: [
          { tracking_no: '73512345678944', express_company: 'ZTO', item_desc: '龙井明前特级 250g*2，白瓷盖碗*1' },
        ],
        upload_time: '2026-11-11T10:00:00.000+08:00',
        payer: { openid: 'oUpF8uInventedPayer000000001' },
      },
    ])
  })

  test.each([
    { completesOrder: false, last: false },
    { completesOrder: true, last: true },
    { completesOrder: undefined, last: false },
  ])('of several says whether it is the last: $completesOrder', async ({ completesOrder, last }) => {
    const { account, bodies } = platform([payment, ok])
    const report = { ...parcel, isWholeOrder: false, ...(completesOrder !== undefined && { completesOrder }) }
    await operations['shipments.report'](account, report)
    expect(bodies()[1]).toMatchObject({ delivery_mode: 2, is_all_delivered: last })
  })

  test('is told later than the one before, whatever our clock says', async () => {
    const { order } = payment
    const before = { tracking_no: 'YT1', express_company: 'YTO', upload_time: now / 1000 + 90 }
    const shipping = { ...order.shipping, shipping_list: [before] }
    const { account, bodies } = platform([{ ...payment, order: { ...order, shipping } }, ok])
    await operations['shipments.report'](account, { ...parcel, isWholeOrder: false, completesOrder: true })
    expect(bodies()[1]).toMatchObject({ upload_time: '2026-11-11T10:01:31.000+08:00' })
  })

  test('of SF goes with the last four digits of the sender’s telephone, and no more of it', async () => {
    const sf = { ...parcel, carrier: 'sf', carrierName: '顺丰速运' }
    const { account, requests, bodies } = platform([payment, ok], { senderPhone: '13800000199' })
    await operations['shipments.report'](account, sf)
    expect(bodies()[1]).toMatchObject({ shipping_list: [{ contact: { consignor_contact: '*******0199' } }] })
    expect(requests.map(({ body }) => body).join()).not.toContain('1380000')
  })

  test('of long words is told with a hundred and twenty characters of them', async () => {
    const { order } = payment
    const { account, bodies } = platform([{ ...payment, order: { ...order, description: '茶'.repeat(300) } }, ok])
    await operations['shipments.report'](account, parcel)
    expect(bodies()[1]).toMatchObject({ shipping_list: [{ item_desc: '茶'.repeat(120) }] })
  })
})

describe('nothing is sent', () => {
  const late = { errcode: 10060001, errmsg: 'pay order not exist rid: 1' }
  test.each([
    { when: 'the carrier is unknown', given: { carrier: 'x', carrierName: '某某快递' }, says: /某某快递/ },
    { when: 'SF lacks a telephone', given: { carrier: 'sf', carrierName: '顺丰速运' }, says: /寄件电话/ },
    { when: 'the payment is not of WeChat', answers: [late], says: /可能不是用微信支付付的/ },
    { when: 'all was told', answers: [inTwo], given: { waybillNo: 'YT9' }, says: /已全部发货/ },
    { when: 'the number is there', answers: [inTwo], code: 'CHANNEL_ALREADY_DONE', says: /已有这个运单号/ },
    {
      when: 'the payment may be too young',
      answers: [late],
      given: { shippedAt: now - 59_000 },
      code: 'CHANNEL_UNCLEAR',
      says: /一分钟后再试/,
    },
  ])('where $when', async ({ answers = [], given = {}, code = 'CHANNEL_REFUSED', says }) => {
    const { account, requests } = platform(answers)
    await expect(operations['shipments.report'](account, { ...parcel, ...given })).rejects.toMatchObject({
      code,
      details: { channel: 'wechat-mall', reason: expect.stringMatching(says) },
    })
    expect(requests.filter(({ isWrite }) => isWrite)).toEqual([])
  })

  test('before there is a token', async () => {
    const { account } = platform([], { accessToken: undefined })
    await expect(operations['shipments.find'](account, 'WEB-61')).rejects.toMatchObject({
      code: 'CHANNEL_NOT_AUTHORISED',
    })
  })
})

describe('a correction', () => {
  const change = { ...parcel, channelOrderNo: 'WEB-62', waybillNo: 'ZT2', formerWaybillNo: '73512345678944' }
  const asked = { ...change, formerCarrier: 'zto' }

  test('names all parcels anew, since it takes the place of what was told', async () => {
    const { account, bodies } = platform([inTwo, ok], { senderPhone: '13800000199' })
    await operations['shipments.change'](account, asked)
    expect(bodies()[1]).toMatchObject({
      delivery_mode: 2,
      is_all_delivered: true,
      shipping_list: [
        { tracking_no: 'ZT2', express_company: 'ZTO' },
        { tracking_no: 'SF1300000000017', express_company: 'SF', item_desc: '白瓷盖碗*1' },
      ],
    })
  })

  test('waits until everything was told, which WeChat asks for', async () => {
    const open = { ...inTwo, order: { ...inTwo.order, shipping: { ...inTwo.order.shipping, finish_shipping: false } } }
    const { account, requests } = platform([open], { senderPhone: '13800000199' })
    await expect(operations['shipments.change'](account, asked)).rejects.toMatchObject({ code: 'CHANNEL_REFUSED' })
    expect(requests).toHaveLength(1)
  })
})

test('the numbers that WeChat knows are told; of a payment it does not know, none', async () => {
  expect(await operations['shipments.find'](platform([inTwo]).account, 'WEB-62')).toEqual([
    '73512345678944',
    'SF1300000000017',
  ])
  expect(await operations['shipments.find'](platform([{ errcode: 10060001 }]).account, 'WEB-62')).toEqual([])
})
