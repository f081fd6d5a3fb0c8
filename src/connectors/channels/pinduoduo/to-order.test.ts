import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { channelStatuses, refundStates } from '../../../core/channel/words.ts'
import { AfterSale, Order } from './payload.ts'
import list from './samples/list.json' with { type: 'json' }
import sample from './samples/order.json' with { type: 'json' }
import { caseStatuses, refundStatuses, statuses } from './status.ts'
import { type Told, toOrder } from './to-order.ts'

type Fields = Readonly<Record<string, unknown>>
const plain = sample.order_info_get_response.order_info
const [item] = plain.item_list
const refunded = list.order_sn_increment_get_response.order_sn_list[1]!
const orderOf = (given: Fields, told?: Told) => ChannelOrder.parse(toOrder(Order.parse(given), told))
const changed = (fields: Fields) => orderOf({ ...plain, ...fields })
const caseOf = (fields: Fields = {}) =>
  AfterSale.parse({
    id: 'R1',
    order_sn: plain.order_sn,
    after_sales_status: 10,
    after_sales_type: 2,
    refund_amount: '9.40',
    goods_number: 1,
    sku_id: '1742000000001',
    ...fields,
  })

test('an order that waits to be sent, to the letter', () => {
  const { lines: _, ...order } = orderOf(plain)
  expect(order).toEqual({
    channel: 'pinduoduo',
    channelOrderNo: '260101-111122223333444',
    channelStatus: '1',
    status: 'paid-wait-ship',
    createdAt: '2025-12-31T16:03:20.000Z',
    paidAt: '2025-12-31T16:03:26.000Z',
    modifiedAt: '2025-12-31T16:03:27.000Z',
    shipBy: '2026-01-02T15:59:59.000Z',
    currency: 'CNY',
    paidTotalFen: 2820,
    payableTotalFen: 2820,
    freightFen: 0,
    extraFen: 0,
    discountFen: 150,
    refundedFen: 0,
    merchantReceivableFen: null,
    orderRefundState: 'none',
    isCod: false,
    cancelRequested: false,
    mayShipNow: true,
    buyer: { channelBuyerNo: null, nick: '' },
    buyerNote: '发顺丰',
    sellerRemark: null,
    flag: null,
    receiver: {
      name: '许**',
      phone: '1*********1',
      raw: { province: '江西省', city: '南昌市', district: '西湖区', town: '', address: '虚构*******' },
      standard: { province: '江西省', city: '南昌市', district: '西湖区', town: '' },
      privacy: 'masked',
      addressKey: 'INVENTEDopenaddress01',
    },
    shipments: [],
    remainingToShip: [{ channelSkuNo: '1742000000001', quantity: 3 }],
    promotions: [],
    invoice: null,
    warnings: [],
  })
})

test('its line, to the letter', () => {
  expect(orderOf(plain).lines).toEqual([
    {
      channelLineNo: '1742000000001',
      channelItemNo: '753000000001',
      channelSkuNo: '1742000000001',
      merchantCode: 'LAMP-E27-3W',
      title: 'E27 节能灯泡',
      specification: '3瓦,白光',
      imageUrl: 'https://img.pddpic.com/INVENTED.jpeg',
      quantity: 3,
      isGift: false,
      listFen: 2970,
      paidFen: 2820,
      unitPaidFen: [940, 940, 940],
      lineStatus: '1',
      refundState: 'none',
      refundingQuantity: 0,
      refundedQuantity: 0,
      refundedFen: 0,
      shippedQuantity: 0,
      shipments: [],
      mayShipNow: true,
      components: [],
    },
  ])
})

test('an order paid back before it was sent is closed and paid back whole', () => {
  expect(orderOf(refunded)).toMatchObject({
    status: 'closed-refunded',
    paidTotalFen: 1249,
    refundedFen: 1249,
    orderRefundState: 'full',
    mayShipNow: false,
    remainingToShip: [],
    lines: [{ paidFen: 1249, refundState: 'success', refundedQuantity: 1 }],
    warnings: [],
  })
})

describe('the status, first match wins', () => {
  const unpaid = { pay_time: '' }
  test.each([
    ['cancelled before payment', { confirm_status: 2, ...unpaid }, 'closed-unpaid', 0],
    ['cancelled after payment', { confirm_status: 2 }, 'closed-refunded', 2820],
    ['a group that failed', { group_status: 2 }, 'closed-refunded', 2820],
    ['a group that failed before payment', { group_status: 2, confirm_status: 0, ...unpaid }, 'closed-unpaid', 0],
    ['not paid', { confirm_status: 0, ...unpaid }, 'unpaid', 0],
    ['paid but not agreed', { confirm_status: 0 }, 'on-hold', 2820],
    ['a group that gathers', { group_status: 0 }, 'on-hold', 2820],
    ['looked into', { risk_control_status: 1 }, 'on-hold', 2820],
    ['asked to wait', { order_tag_list: [{ name: 'ship_hold', value: 1 }] }, 'on-hold', 2820],
    ['a tag that does not hold', { order_tag_list: [{ name: 'ship_hold', value: 0 }] }, 'paid-wait-ship', 2820],
    ['held and paid back', { group_status: 0, refund_status: 4 }, 'on-hold', 2820],
    ['paid back unsent', { refund_status: 4 }, 'closed-refunded', 2820],
    ['to ship', {}, 'paid-wait-ship', 2820],
    ['shipped', { order_status: 2 }, 'shipped', 2820],
    ['received', { order_status: 3 }, 'completed', 2820],
  ] as const)('%s is %s', (_, fields, status, paidTotalFen) => {
    const order = changed(fields)
    expect(order).toMatchObject({ status, paidTotalFen, mayShipNow: status === 'paid-wait-ship' })
    expect(order.lines[0]!.paidFen).toBe(paidTotalFen)
    expect(order.warnings).toEqual([])
  })

  test('an unpaid order tells what is due', () => {
    const order = changed({ confirm_status: 0, pay_time: '' })
    expect(order).toMatchObject({ paidAt: null, payableTotalFen: 2820, freightFen: 0 })
  })

  test.each([
    [{ order_status: 9 }, 'unknown-status:9'],
    [{ order_status: 'MOON' }, 'unknown-status:MOON'],
    [{ order_status: undefined }, 'unknown-status:absent'],
    [{ confirm_status: 7 }, 'held:confirm_status'],
    [{ group_status: 7 }, 'held:group_status'],
    [{ risk_control_status: 7 }, 'held:risk_control_status'],
  ])('what nobody told us about, %j, stops the order and is named', (fields, warning) => {
    expect(changed(fields)).toMatchObject({
      status: 'on-hold',
      mayShipNow: false,
      remainingToShip: [],
      warnings: [warning],
    })
  })
})

describe('every word of the sheet', () => {
  test('of an order means one of ours', () => {
    expect(Object.keys(statuses)).toEqual(['1', '2', '3'])
    for (const [word, status] of Object.entries(statuses)) {
      expect(channelStatuses).toContain(status)
      expect(changed({ order_status: word })).toMatchObject({ channelStatus: word, status, warnings: [] })
    }
  })

  const named = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 27, 31, 32, 33]
  test('of an after-sale means one of ours', () => {
    expect(Object.keys(caseStatuses)).toEqual(named.map(String))
    for (const [word, state] of Object.entries(caseStatuses)) {
      expect(refundStates).toContain(state)
      expect(changed({ after_sales_status: word }).warnings).toEqual([])
    }
  })

  test.each([
    ['1', 'none', true],
    ['2', 'in-progress', false],
    ['3', 'in-progress', false],
    ['4', 'full', false],
  ] as const)('refund_status %s is %s', (word, orderRefundState, mayShipNow) => {
    expect(Object.keys(refundStatuses)).toContain(word)
    expect(changed({ refund_status: word })).toMatchObject({ orderRefundState, mayShipNow, warnings: [] })
  })

  test.each([
    [{ refund_status: 9 }, ['unknown-refund-status:9']],
    [{ after_sales_status: 99 }, ['unknown-refund-status:99']],
    [{ refund_status: 'MOON', after_sales_status: 'MOON' }, ['unknown-refund-status:MOON']],
    [{ refund_status: 31, after_sales_status: 31 }, []],
  ])('%j keeps the goods back', (fields, warnings) => {
    expect(changed(fields)).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false, warnings })
  })
})

describe('a refund', () => {
  test.each([
    ['asked for', { refund_status: 2, after_sales_status: 2 }, 'requested', 3],
    ['to be sent back', { refund_status: 2, after_sales_status: 7 }, 'wait-return', 3],
    ['on its way', { refund_status: 3, after_sales_status: 4 }, 'requested', 3],
    ['refused, not yet ended', { refund_status: 2, after_sales_status: 6 }, 'rejected', 0],
    ['an exchange', { refund_status: 1, after_sales_status: 14 }, 'requested', 3],
  ])('%s keeps the goods back', (_, fields, refundState, refundingQuantity) => {
    const order = changed(fields)
    expect(order).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false, refundedFen: 0 })
    expect(order.lines[0]).toMatchObject({ refundState, refundingQuantity })
  })

  test('withdrawn holds nothing back', () => {
    const order = changed({ refund_status: 1, after_sales_status: 11 })
    expect(order).toMatchObject({ orderRefundState: 'none', mayShipNow: true, lines: [{ refundState: 'closed' }] })
  })

  const sent = { ...plain, order_status: 3, refund_status: 4, after_sales_status: 10 }
  test('of a part is told by its after-sale', () => {
    expect(orderOf(sent, { cases: [caseOf()] })).toMatchObject({
      status: 'completed',
      orderRefundState: 'partial',
      refundedFen: 940,
      lines: [{ refundState: 'success', refundedFen: 940, refundedQuantity: 1 }],
      warnings: [],
    })
  })

  test('of money alone leaves the goods with the buyer', () => {
    const order = orderOf(sent, { cases: [caseOf({ refund_amount: '1.01', goods_number: 3 })] })
    expect(order).toMatchObject({ refundedFen: 101, lines: [{ refundedFen: 101, refundedQuantity: 0 }] })
  })

  test('that no after-sale tells of, of goods that were sent, counts whole and says so', () => {
    const [other] = [caseOf({ order_sn: '260101-000000000000000' })]
    const order = orderOf(sent, { cases: [other] })
    expect(order).toMatchObject({ refundedFen: 2820, orderRefundState: 'full', warnings: ['refund-amount-unknown'] })
  })

  test('of one SKU leaves the other alone', () => {
    const item_list = [item, { ...item, sku_id: 42, goods_count: 1 }]
    const order = orderOf({ ...sent, item_list }, { cases: [caseOf()] })
    expect(order.lines.map((line) => [line.refundState, line.refundedFen])).toEqual([
      ['success', 940],
      ['none', 0],
    ])
  })
})

describe('what was sent', () => {
  test('in one parcel holds everything', () => {
    const order = changed({ order_status: 2, logistics_id: 44, tracking_number: 'SF0000000000031' })
    expect(order).toMatchObject({
      status: 'shipped',
      remainingToShip: [],
      lines: [{ shippedQuantity: 3, mayShipNow: false }],
    })
    const lines = [{ channelSkuNo: '1742000000001', quantity: 3 }]
    const parcel = { carrierNo: '44', carrierName: '顺丰快递', waybillNo: 'SF0000000000031', lines }
    expect(order.shipments).toEqual([parcel])
  })

  test('in several parcels is in nobody knows which', () => {
    const further = [{ logistics_id: 999, tracking_number: 'X2' }]
    const order = changed({
      order_status: 2,
      logistics_id: 0,
      tracking_number: 'X1',
      extra_delivery_list: further,
      gift_delivery_list: [{ logistics_id: 1, tracking_number: 'X3' }],
      resend_delivery_list: [{ logistics_id: 1, tracking_number: '' }],
    })
    expect(order.shipments).toEqual([
      { carrierNo: null, carrierName: null, waybillNo: 'X1', lines: [] },
      { carrierNo: '999', carrierName: null, waybillNo: 'X2', lines: [] },
      { carrierNo: '1', carrierName: '申通快递', waybillNo: 'X3', lines: [] },
    ])
  })
})

describe('the receiver', () => {
  const noMasks = { receiver_name_mask: '', receiver_phone_mask: null, receiver_address_mask: undefined }
  const none = { receiver_name: '', receiver_phone: '', receiver_address: '' }
  test.each([
    ['masked', {}],
    ['encrypted', noMasks],
    ['absent', { ...noMasks, ...none }],
    ['plain', { ...noMasks, receiver_name: '许知意', receiver_phone: '17000000021', receiver_address: '虚构路 8 号' }],
  ])('is %s', (privacy, fields) => {
    expect(changed(fields).receiver).toMatchObject({ privacy, addressKey: 'INVENTEDopenaddress01' })
  })
})

test('what is new is named once', () => {
  const item_list = [
    { ...item, colour: 'red' },
    { ...item, colour: 'blue' },
  ]
  expect(changed({ moon: 1, item_list }).warnings).toEqual([
    'unknown-field:order.item_list.colour',
    'unknown-field:order.moon',
  ])
})

test('a SKU that comes twice has two lines, and flags and remarks are kept', () => {
  const order = changed({ item_list: [item, item], remark: '分两批', remark_tag: 3, remark_tag_name: '绿色' })
  expect(order.lines.map((line) => line.channelLineNo)).toEqual(['1742000000001', '1742000000001-2'])
  expect(order).toMatchObject({ sellerRemark: '分两批', flag: '3' })
})
