import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over every payload of pinduoduo.md's samples, and over some that the sheet's rules decide. */
type Fields = Readonly<Record<string, unknown>>
const samples = path.join(import.meta.dirname, 'samples/pinduoduo')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, `${name}.json`), 'utf8'))
const single = read('order.information.get').response
const list = read('order.number.list.increment.get').response
const cases = read('refund.list.increment.get').response
const plain: Fields = single.order_info_get_response.order_info
const unsent: Fields = list.order_sn_increment_get_response.order_sn_list[1]
const [afterSale] = cases.refund_increment_get_response.refund_list as readonly [Fields]

const inspect = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'pinduoduo', '-'], value)
const inspectOne = async (value: unknown) => (await inspect(value))[0]!
const changed = (fields: Fields) => ({ ...plain, ...fields })
const figures = ({ channelOrderNo, status, paidTotalFen, lines, refundedFen, orderRefundState }: ChannelOrder) =>
  [channelOrderNo, status, paidTotalFen, lines.map((line) => line.paidFen), refundedFen, orderRefundState] as const

const waiting = ['260101-111122223333444', 'paid-wait-ship', 2820, [2820], 0, 'none']
const back = ['260101-555566667777888', 'closed-refunded', 1249, [1249], 1249, 'full']

describe.concurrent('inspect orders', () => {
  test.each([
    ['order.information.get', single, [waiting]],
    ['order.number.list.increment.get', list, [waiting, back]],
    ['refund.list.increment.get', cases, []],
    ['orders and after-sales, in whatever order they come', [cases, list], [waiting, back]],
  ])('%s', async (_, given, expected) => {
    const orders = await inspect(given)
    expect(orders.map(figures)).toEqual(expected)
    expect(orders.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  test('an order tells its times, its receiver and what is left to send', async () => {
    expect(await inspectOne(single)).toMatchObject({
      channel: 'pinduoduo',
      channelStatus: '1',
      createdAt: '2025-12-31T16:03:20.000Z',
      paidAt: '2025-12-31T16:03:26.000Z',
      modifiedAt: '2025-12-31T16:03:27.000Z',
      shipBy: '2026-01-02T15:59:59.000Z',
      payableTotalFen: 2820,
      discountFen: 150,
      freightFen: 0,
      extraFen: 0,
      mayShipNow: true,
      buyerNote: '发顺丰',
      sellerRemark: null,
      flag: null,
      receiver: {
        name: '许**',
        privacy: 'masked',
        standard: { province: '江西省', city: '南昌市', district: '西湖区' },
        addressKey: 'INVENTEDopenaddress01',
      },
      lines: [{ quantity: 3, listFen: 2970, unitPaidFen: [940, 940, 940] }],
      remainingToShip: [{ channelSkuNo: '1742000000001', quantity: 3 }],
    })
  })

  test.each([
    ['cancelled and paid', { confirm_status: 2 }, 'closed-refunded'],
    ['cancelled and never paid', { confirm_status: 2, pay_time: '' }, 'closed-unpaid'],
    ['of a group that failed', { group_status: 2 }, 'closed-refunded'],
    ['not confirmed and not paid', { confirm_status: 0, pay_time: '' }, 'unpaid'],
    ['paid and not confirmed', { confirm_status: 0 }, 'on-hold'],
    ['of a group that gathers', { group_status: 0 }, 'on-hold'],
    ['under risk control', { risk_control_status: 1, receiver_name: '', receiver_phone: '' }, 'on-hold'],
    ['that the platform holds', { order_tag_list: [{ name: 'ship_hold', value: 1 }] }, 'on-hold'],
    ['with a tag of another kind', { order_tag_list: [{ name: 'free_sf', value: 1 }] }, 'paid-wait-ship'],
    ['paid back unsent', { refund_status: 4, after_sales_status: 10 }, 'closed-refunded'],
    ['paid back after it was sent', { refund_status: 4, after_sales_status: 10, order_status: 2 }, 'shipped'],
    ['that was received', { order_status: 3 }, 'completed'],
  ])('one %s', async (_, fields, status) => {
    expect((await inspectOne(changed(fields))).status).toBe(status)
  })

  test('a status nobody knows holds the order and is named; so is a new field', async () => {
    const order = await inspectOne(changed({ order_status: 9, brand_new: 1 }))
    expect(order).toMatchObject({ status: 'on-hold', channelStatus: '9', mayShipNow: false })
    expect(order.warnings).toEqual(['unknown-status:9', 'unknown-field:order.brand_new'])
  })

  test('doubles are rounded to the fen', async () => {
    for (const [yuan, fen] of [
      [0.29, 29],
      [8.87, 887],
      [24.54, 2454],
    ] as const) {
      const money = { goods_amount: yuan, discount_amount: 0, pay_amount: yuan }
      expect(await inspectOne(changed(money))).toMatchObject({ paidTotalFen: fen, lines: [{ paidFen: fen }] })
    }
  })

  test('several goods share by price and pieces, the largest remainder first; gifts cost nothing', async () => {
    const [row] = plain.item_list as readonly [Fields]
    const item = (sku_id: number, goods_price: number) => ({ ...row, sku_id, goods_count: 1, goods_price })
    const item_list = [item(1, 10), item(2, 10), item(3, 10)]
    const money = { goods_amount: 30, discount_amount: 1, postage: 6, pay_amount: 36.5 }
    const order = await inspectOne(changed({ ...money, item_list, gift_list: [item(4, 0)] }))
    expect(order.lines.map(({ paidFen, isGift }) => [paidFen, isGift])).toEqual([
      [967, false],
      [967, false],
      [966, false],
      [0, true],
    ])
    // What was paid beyond goods and postage is a service fee.
    expect(order).toMatchObject({ freightFen: 600, extraFen: 150, paidTotalFen: 3650, warnings: [] })
  })

  test('numbers beyond what a double holds stay whole, and what is empty is absent', async () => {
    const text = JSON.stringify(changed({ logistics_id: 0, remark: '', remark_tag: null, open_address_id: '' }))
    const order = await inspectOne(text.replace('"sku_id":1742000000001', '"sku_id":17420000000000000001'))
    expect(order.lines[0]?.channelSkuNo).toBe('17420000000000000001')
    expect(order).toMatchObject({ sellerRemark: null, flag: null, shipments: [], receiver: { addressKey: null } })
  })

  test('parcels stand in several lists; what is in which is not told', async () => {
    const first = { order_status: 2, logistics_id: 44, tracking_number: 'SF0000000000031' }
    const extra_delivery_list = [{ logistics_id: 85, tracking_number: 'YT0000000000032' }]
    const alone = await inspectOne(changed(first))
    expect(alone.shipments).toEqual([
      {
        carrierNo: '44',
        carrierName: '顺丰快递',
        waybillNo: 'SF0000000000031',
        lines: [{ channelSkuNo: '1742000000001', quantity: 3 }],
      },
    ])
    const both = await inspectOne(changed({ ...first, extra_delivery_list }))
    expect(both.shipments.map(({ waybillNo, lines }) => [waybillNo, lines])).toEqual([
      ['SF0000000000031', []],
      ['YT0000000000032', []],
    ])
    expect(both).toMatchObject({ remainingToShip: [], mayShipNow: false, lines: [{ shippedQuantity: 3 }] })
  })

  test.each([
    ['asked for', { refund_status: 2, after_sales_status: 2 }, 'in-progress', 'requested', 0],
    ['to be sent back', { refund_status: 2, after_sales_status: 7 }, 'in-progress', 'wait-return', 0],
    ['refused', { refund_status: 1, after_sales_status: 6 }, 'none', 'rejected', 0],
    ['withdrawn', { refund_status: 1, after_sales_status: 11 }, 'none', 'closed', 0],
    ['paid out in part', { refund_status: 4, after_sales_status: 10 }, 'partial', 'success', 300],
    ['of a new kind', { refund_status: 2, after_sales_status: 99 }, 'in-progress', 'requested', 0],
  ])('a refund %s', async (_, words, state, lineState, refundedFen) => {
    const of = { ...afterSale, order_sn: plain.order_sn, sku_id: '1742000000001', refund_amount: '3.00' }
    const order = await inspectOne([
      { order_list_get_response: { order_list: [changed({ ...words, order_status: 2 })] } },
      { ...of, after_sales_status: words.after_sales_status },
    ])
    expect(order).toMatchObject({ orderRefundState: state, refundedFen, lines: [{ refundState: lineState }] })
  })

  test('goods sent and paid back, of which no after-sale tells, count as paid back whole and say so', async () => {
    const order = await inspectOne({ ...unsent, order_status: 3 })
    expect(order).toMatchObject({ orderRefundState: 'full', refundedFen: 1249, warnings: ['refund-amount-unknown'] })
  })

  test.each([
    ['<html>', 'CHANNEL_NONSENSE'],
    [{}, 'CHANNEL_NONSENSE'],
    [changed({ pay_amount: 'much' }), 'CHANNEL_NONSENSE'],
    [read('errors')[0].response, 'CHANNEL_NOT_AUTHORISED'],
  ])('%j is refused as it deserves', async (given, code) => {
    expect(await refusal(['inspect', 'orders', 'pinduoduo', '-'], given)).toMatchObject({ code })
  })
})

const failureOf = (body: unknown, status = 200) =>
  answer(['inspect', 'failure', 'pinduoduo', '-'], { status, headers: {}, body })

describe.concurrent('inspect failure', () => {
  const told = [...read('errors').map(({ response }: Fields) => response), read('logistics.online.send').error.response]
  const codes = [
    ['10019', 'auth-expired', 'after-authorising', null],
    ['20004', 'signature', 'never', null],
    ['20031', 'auth-expired', 'after-authorising', null],
    ['52101', 'rate-limit', 'later', 10_000],
    ['21001', 'param', 'never', null],
    ['50001', 'business-rejected', 'never', null],
  ] as const

  test('every refusal of the samples is here', () => {
    expect(told.map((body) => String(body.error_response.error_code))).toEqual(codes.map(([code]) => code))
  })

  test.each(codes)('%s is %s', async (code, errorClass, retry, retryAfterMs) => {
    const body = told.find(({ error_response }) => String(error_response.error_code) === code)
    expect(await failureOf(body)).toEqual({ class: errorClass, code, retry, retryAfterMs })
  })

  test.each([single, list, cases, read('token.create').response, read('goods.quantity.update').ok.response])(
    'what was done is none',
    async (body) => {
      expect(await failureOf(body)).toEqual({ class: null, code: null, retry: null, retryAfterMs: null })
    },
  )

  test('no answer that can be read may be tried again', async () => {
    for (const [body, status] of [
      ['', 200],
      ['<html>', 502],
      [{}, 200],
    ] as const) {
      expect(await failureOf(body, status)).toMatchObject({ class: 'transient', retry: 'later' })
    }
  })
})

describe.concurrent('inspect signature', () => {
  const requests = ['goods.quantity.update', 'logistics.online.send']
    .map((name) => read(name).ok.request)
    .concat(
      ['order.information.get', 'order.number.list.increment.get', 'refund.list.increment.get', 'token.create'].map(
        (name) => read(name).request,
      ),
    )
  /** The signed text begins and ends with it. */
  const clientSecret = '9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c'
  const common = { client_id: 'c0ffee', access_token: 'tok', data_type: 'JSON', version: 'V1' }
  const orderNo = '260101-111122223333444'
  const vectors = [
    [
      { type: 'pdd.order.information.get', timestamp: 1767197000, order_sn: orderNo },
      '00493766D3C86C7886A048838ECB92D9',
    ],
    [
      {
        type: 'pdd.open.decrypt.batch',
        timestamp: 1767197001,
        data_list: JSON.stringify([{ data_tag: orderNo, encrypted_data: '~AgAAAAxyz=~1~' }]),
      },
      '5FE2901397EAD75B8EE9FAAB407225FE',
    ],
    [
      {
        type: 'pdd.order.note.update',
        timestamp: 1767197002,
        order_sn: orderNo,
        note: '发顺丰🚚',
        tag: 1,
        tag_name: '急',
      },
      'E060C79633222982F1B25F1FE5CDDA44',
    ],
  ] as const
  const signatureOf = (params: Fields, secret: string) =>
    answer(['inspect', 'signature', 'pinduoduo', '-'], { kind: 'api-sign', input: { params, clientSecret: secret } })

  test.each(requests.map(({ body }) => [body.type, body]))('of %s', async (_, { sign, ...params }) => {
    expect(await signatureOf(params, clientSecret)).toEqual({ signature: sign })
  })

  test.each(vectors)('of the vector %j', async (params, signature) => {
    expect(await signatureOf({ ...common, ...params }, 'testSecret')).toEqual({ signature })
  })

  test('of another kind is refused', async () => {
    const given = { kind: 'push-sign', input: {} }
    expect(await refusal(['inspect', 'signature', 'pinduoduo', '-'], given)).toMatchObject({ code: 'INPUT_INVALID' })
  })
})

test('there is no webhook to inspect: pushes come over a WebSocket', async () => {
  const said = await refusal(['inspect', 'webhook', 'pinduoduo', '-'], {})
  expect(said).toMatchObject({ code: 'CHANNEL_OPERATION_ABSENT' })
})
