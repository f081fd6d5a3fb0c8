import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { channelStatuses, refundStates } from '../../../core/channel/words.ts'
import { AfterSale, Detail, ReceiverRow } from './payload.ts'
import bundle from './samples/detail-bundle.json' with { type: 'json' }
import cancelled from './samples/detail-cancelled.json' with { type: 'json' }
import closed from './samples/detail-closed.json' with { type: 'json' }
import multi from './samples/detail-multi.json' with { type: 'json' }
import refunded from './samples/detail-refunded.json' with { type: 'json' }
import split from './samples/detail-split.json' with { type: 'json' }
import receivers from './samples/receivers.json' with { type: 'json' }
import { caseStatuses, lineRefundStatuses, statuses } from './status.ts'
import { type Told, toOrder } from './to-order.ts'

const [tea, cup, strainer] = ['67f0a1b2c3d4e5f6a7b8000b', '67f0a1b2c3d4e5f6a7b80015', '67f0a1b2c3d4e5f6a7b8001f']
const pot = '67f0a1b2c3d4e5f6a7b80029'
const day = 86_400_000

type Fields = Readonly<Record<string, unknown>>
const orderOf = (given: Fields, told?: Told) => ChannelOrder.parse(toOrder(Detail.parse(given), told))
const rows = multi.data.skuList
/** The sample of three lines with other fields, and with others in each line. */
const changed = (fields: Fields, line: Fields = {}) => ({
  ...multi.data,
  skuList: rows.map((row) => ({ ...row, ...line })),
  ...fields,
})
const caseOf = (fields: Fields) =>
  AfterSale.parse({ returnsId: 'R1', orderId: multi.data.orderId, returnType: 5, status: 1, ...fields })

test('an order that waits to be sent, to the letter', () => {
  const order = orderOf(multi.data)
  expect(order).toMatchObject({
    channel: 'xiaohongshu',
    channelOrderNo: 'P770011223344556601',
    channelStatus: '4',
    status: 'paid-wait-ship',
    createdAt: '2025-12-31T15:03:20.000Z',
    paidAt: '2025-12-31T15:03:50.000Z',
    modifiedAt: '2025-12-31T15:04:00.122Z',
    shipBy: '2026-01-02T15:03:50.000Z',
    currency: 'CNY',
    paidTotalFen: 17670,
    payableTotalFen: 17670,
    freightFen: 600,
    extraFen: 0,
    discountFen: 1800,
    refundedFen: 0,
    merchantReceivableFen: 18170,
    orderRefundState: 'none',
    isCod: false,
    cancelRequested: false,
    mayShipNow: true,
    buyer: { channelBuyerNo: '63b2c4d5e6f70819203a4b5c', nick: '' },
    buyerNote: '送人的，请勿放小票',
    sellerRemark: null,
    flag: null,
    shipments: [],
    remainingToShip: [
      { channelSkuNo: tea, quantity: 3 },
      { channelSkuNo: cup, quantity: 1 },
      { channelSkuNo: strainer, quantity: 1 },
    ],
    warnings: [],
  })
})

test('its lines, to the letter', () => {
  const order = orderOf(multi.data)
  expect(order.lines[0]).toEqual({
    channelLineNo: tea,
    channelItemNo: '67f0a1b2c3d4e5f6a7b8000a',
    channelSkuNo: tea,
    merchantCode: 'OOLONG-GH-15',
    title: '桂花乌龙茶包',
    specification: '15包/盒',
    imageUrl: `https:${rows[0]!.skuImage}`,
    quantity: 3,
    isGift: false,
    listFen: 11970,
    paidFen: 10470,
    unitPaidFen: [3490, 3490, 3490],
    lineStatus: '4',
    refundState: 'none',
    refundingQuantity: 0,
    refundedQuantity: 0,
    refundedFen: 0,
    shippedQuantity: 0,
    shipments: [],
    mayShipNow: true,
    components: [],
  })
  expect(order.lines[2]).toMatchObject({ isGift: true, paidFen: 0, unitPaidFen: [0], merchantCode: 'GIFT-LEAK' })
})

describe('the other samples', () => {
  test.each([
    ['a bundle', bundle.data, 'paid-wait-ship', 31799, 0, [31799], 0, 'none'],
    ['cancelled before payment', cancelled.data, 'closed-unpaid', 0, 0, [0], 0, 'none'],
    ['closed after payment', closed.data, 'closed-refunded', 12000, 0, [12000], 12000, 'full'],
    ['refunded in part', refunded.data, 'completed', 10890, 0, [6900, 3990], 6900, 'partial'],
    ['sent in part', split.data, 'partially-shipped', 20880, 0, [7980, 12900], 0, 'none'],
  ] as const)('%s', (_, given, status, paidTotalFen, freightFen, lines, refundedFen, orderRefundState) => {
    const order = orderOf(given)
    expect(order).toMatchObject({ status, paidTotalFen, freightFen, refundedFen, orderRefundState, warnings: [] })
    expect(order.lines.map((line) => line.paidFen)).toEqual(lines)
  })

  test('an unpaid order tells what is due', () => {
    expect(orderOf(cancelled.data)).toMatchObject({ paidAt: null, payableTotalFen: 4590, mayShipNow: false })
  })

  test('a bundle names its parts and has no code of its own', () => {
    expect(orderOf(bundle.data).lines[0]).toMatchObject({
      merchantCode: null,
      unitPaidFen: [15900, 15899],
      components: [
        { channelSkuNo: tea, merchantCode: 'OOLONG-GH-15', quantity: 4 },
        { channelSkuNo: cup, merchantCode: 'CUP-KK-GR', quantity: 2 },
      ],
    })
  })

  test('a plain line without code takes that of its only part', () => {
    const skuList = [{ ...rows[0], erpcode: undefined }]
    expect(orderOf(changed({ skuList })).lines[0]!.merchantCode).toBe('OOLONG-GH-15')
  })

  test('one of two parcels has left', () => {
    const parcel = { carrierNo: 'jtexpress', carrierName: '极兔速递', waybillNo: 'JT0000000000001' }
    const lines = [{ channelSkuNo: tea, quantity: 2 }]
    expect(orderOf(split.data)).toMatchObject({
      shipments: [{ ...parcel, lines }],
      remainingToShip: [{ channelSkuNo: pot, quantity: 1 }],
      flag: '3',
      sellerRemark: '分两批发',
      lines: [
        { lineStatus: '6', shippedQuantity: 2, mayShipNow: false, shipments: [{ ...parcel, lines }] },
        { lineStatus: '4', shippedQuantity: 0, mayShipNow: true, shipments: [] },
      ],
    })
  })

  test('without a list of parcels the order is one', () => {
    const told = { expressTrackingNo: 'SF1', expressCompanyCode: '虚构速运', orderStatus: 6 }
    const order = orderOf(changed({ simpleDeliveryOrderList: undefined, ...told }))
    expect(order.shipments).toMatchObject([{ carrierNo: '虚构速运', carrierName: null, waybillNo: 'SF1' }])
    expect(order.lines.map((line) => line.shippedQuantity)).toEqual([3, 1, 1])
  })
})

describe('every status word', () => {
  test.each(Object.keys(statuses))('of an order, %s, is one of ours', (word) => {
    const order = orderOf(changed({ orderStatus: Number(word) }))
    expect(channelStatuses).toContain(order.status)
    expect(order.warnings.filter((warning) => warning.startsWith('unknown'))).toEqual([])
  })

  test.each([
    [1, 'unpaid'],
    [2, 'on-hold'],
    [3, 'on-hold'],
    [4, 'paid-wait-ship'],
    [5, 'partially-shipped'],
    [6, 'shipped'],
    [7, 'completed'],
    [8, 'closed-refunded'],
    [9, 'closed-refunded'],
    [10, 'on-hold'],
  ])('%i of a paid order is %s', (orderStatus, status) => {
    expect(orderOf(changed({ orderStatus })).status).toBe(status)
  })

  test.each([8, 9])('%i of an order nobody paid is closed-unpaid', (orderStatus) => {
    expect(orderOf(changed({ orderStatus, paidTime: 0 }))).toMatchObject({ status: 'closed-unpaid', paidTotalFen: 0 })
  })

  test.each([
    [{ finishTime: 1767197000000, deliveryTime: 1767196000000 }, 'completed'],
    [{ deliveryTime: 1767196000000 }, 'shipped'],
    [{}, 'on-hold'],
  ])('an exchange that is asked for keeps what the order was: %j is %s', (times, status) => {
    const order = orderOf(changed({ orderStatus: 10, ...times }))
    expect(order).toMatchObject({ status, mayShipNow: false, warnings: ['exchange-requested'] })
  })

  test.each([11, 'NEW_WORD'])('that is new, %s, holds the order and is named', (orderStatus) => {
    expect(orderOf(changed({ orderStatus }))).toMatchObject({
      status: 'on-hold',
      mayShipNow: false,
      channelStatus: String(orderStatus),
      paidTotalFen: 17670,
      warnings: [`unknown-status:${orderStatus}`],
    })
  })

  test.each(Object.entries(lineRefundStatuses))('of a line’s after-sale, %s, is %s', (word, state) => {
    expect(refundStates).toContain(state)
    const order = orderOf(changed({}, { skuAfterSaleStatus: Number(word) }))
    expect(order.lines.map((line) => line.refundState)).toEqual([state, state, state])
    expect(order.warnings).toEqual([])
  })

  test.each(Object.entries(caseStatuses))('of an after-sale, %s, is %s', (word, state) => {
    expect(refundStates).toContain(state)
    const told = { cases: [caseOf({ status: Number(word), skus: [{ skuId: tea, appliedCount: 3 }] })] }
    const order = orderOf(multi.data, told)
    expect(order.lines[0]!.refundState).toBe(state)
    expect(order.warnings).toEqual([])
  })

  test.each([
    ['of a line', changed({}, { skuAfterSaleStatus: 8 }), {}],
    ['of the order', changed({ orderAfterSalesStatus: 8 }), {}],
    ['of an after-sale', multi.data, { cases: [caseOf({ status: 8, skus: [{ skuId: tea }] })] }],
  ])('that is new in an after-sale %s keeps the goods back and is named', (_, given, told) => {
    expect(orderOf(given, told)).toMatchObject({
      orderRefundState: 'in-progress',
      mayShipNow: false,
      warnings: ['unknown-refund-status:8'],
    })
  })
})

describe('goods stay here', () => {
  test.each([
    ['while the buyer asks to cancel', changed({ cancelStatus: 1 })],
    ['while an after-sale is open', changed({ orderAfterSalesStatus: 2 }, { skuAfterSaleStatus: 2 })],
    ['while the platform has stepped in', changed({ orderAfterSalesStatus: 6 })],
    ['until the platform has checked the payment', changed({ orderStatus: 2 })],
  ])('%s', (_, given) => {
    const order = orderOf(given)
    expect(order.mayShipNow).toBe(false)
    expect(order.lines.some((line) => line.mayShipNow)).toBe(false)
  })

  test('until a presale begins', () => {
    const start = multi.data.updateTime + day
    const given = changed({ presaleDeliveryStartTime: start })
    const early = { mayShipNow: false, warnings: [`not-before:${new Date(start).toISOString()}`] }
    expect(orderOf(given)).toMatchObject(early)
    expect(orderOf(given, { at: start - 1 })).toMatchObject(early)
    expect(orderOf(given, { at: start })).toMatchObject({ mayShipNow: true, warnings: [] })
  })

  test('but not for an after-sale that was refused or withdrawn', () => {
    for (const word of [4, 5, 7]) {
      expect(orderOf(changed({ orderAfterSalesStatus: word }, { skuAfterSaleStatus: word })).mayShipNow).toBe(true)
    }
  })
})

describe('money', () => {
  test('that does not add up is named and stays as the platform told it', () => {
    const order = orderOf(changed({ totalPayAmount: 17671 }))
    expect(order).toMatchObject({ paidTotalFen: 17671, freightFen: 600, warnings: ['amount-mismatch'] })
  })

  test('of an exchange sent out anew is none', () => {
    const order = orderOf(changed({ orderType: 5, originalOrderId: 'P1' }))
    const nothing = { paidTotalFen: 0, freightFen: 0, merchantReceivableFen: 0 }
    expect(order).toMatchObject({ ...nothing, warnings: ['exchange-order:P1'] })
    expect(order.lines.map((line) => line.paidFen)).toEqual([0, 0, 0])
  })

  test.each([
    ['an amount that is a fraction', changed({ totalPayAmount: 176.7 })],
    ['a quantity of nothing', changed({}, { skuQuantity: 0 })],
    ['a time that is none', changed({ paidTime: 'yesterday' })],
    ['no time of creation', changed({ createdTime: 0 })],
  ])('%s is no order', (_, given) => {
    expect(() => orderOf(given)).toThrow(RangeError)
  })
})

describe('the receiver', () => {
  const [matched] = receivers.matched.data.receiverInfos
  const [outdated] = receivers.changed.data.receiverInfos

  test('is absent but for the place until it is asked for', () => {
    expect(orderOf(multi.data).receiver).toEqual({
      name: '',
      phone: '',
      raw: { province: '江苏省', city: '苏州市', district: '姑苏区', town: '', address: '' },
      standard: { province: '江苏省', city: '苏州市', district: '姑苏区', town: '' },
      privacy: 'absent',
      addressKey: '6d5f0c7be1a24938a0d1c2b3e4f50617',
    })
  })

  test('comes as ciphertext, with the town', () => {
    const { receiver } = orderOf(multi.data, { receiver: { row: ReceiverRow.parse(matched) } })
    expect(receiver).toMatchObject({
      name: matched!.receiverName,
      phone: matched!.receiverPhone,
      raw: { town: '平江街道', address: matched!.receiverAddress },
      privacy: 'encrypted',
      addressKey: '6d5f0c7be1a24938a0d1c2b3e4f50617',
    })
  })

  test('is not told where the address changed meanwhile', () => {
    const order = orderOf(multi.data, { receiver: { row: ReceiverRow.parse(outdated) } })
    expect(order.receiver).toMatchObject({ privacy: 'absent', raw: { city: '苏州市' } })
    expect(order).toMatchObject({ mayShipNow: false, warnings: ['receiver-outdated'] })
  })
})

test('a gift of what was also bought is a line of its own, and after-sales are about the bought one', () => {
  const gift = { ...rows[0], skuTag: 1, totalPaidAmount: 0, totalMerchantDiscount: 0, totalRedDiscount: 0 }
  const skuList = [gift, ...rows]
  const sku = { skuId: tea, appliedCount: 3, appliedTotalAmountYuan: 104.7 }
  const cases = [caseOf({ status: 4, refundAmountYuan: 104.7, skus: [sku] })]
  const order = orderOf(changed({ skuList }), { cases })
  expect(order.lines.map((line) => line.channelLineNo)).toEqual([`${tea}-1`, tea, cup, strainer])
  expect(order.lines.map((line) => line.refundedFen)).toEqual([0, 10470, 0, 0])
})

test('a field nobody told us about is named once', () => {
  const order = orderOf(changed({ newField: 1 }, { another: 1 }))
  expect(order.warnings.toSorted()).toEqual(['unknown-field:order.newField', 'unknown-field:order.skuList.another'])
})
