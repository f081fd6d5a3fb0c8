import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { channelStatuses, refundStates } from '../../../core/channel/words.ts'
import { AfterSale, Detail } from './payload.ts'
import refundedAnswer from './samples/order-refunded.json' with { type: 'json' }
import splitAnswer from './samples/order-split.json' with { type: 'json' }
import waitingAnswer from './samples/order-waiting.json' with { type: 'json' }
import { caseStatuses, statuses } from './status.ts'
import { toOrder } from './to-order.ts'

const waiting = waitingAnswer.data.shop_order_detail
const split = splitAnswer.data.shop_order_detail
const refunded = refundedAnswer.data.shop_order_detail
const rows = waiting.sku_order_list
const [soda, oat, gift] = ['6950000000000000011', '6950000000000065547', '6950000000000131083']

type Fields = Readonly<Record<string, unknown>>
const orderOf = (given: Fields, cases: readonly AfterSale[] = []) =>
  ChannelOrder.parse(toOrder(Detail.parse(given), cases))
/** The order that waits with other fields, and with others in each line. */
const changed = (fields: Fields, line: Fields = {}) => ({
  ...waiting,
  sku_order_list: rows.map((row) => ({ ...row, ...line })),
  ...fields,
})
const lineCase = (after_sale_status: unknown, more: Fields = {}) => ({
  after_sale_info: { after_sale_status, ...more },
})
const caseOf = (info: Fields, lines: readonly (readonly [string, number])[] = [[soda, 3]]) =>
  AfterSale.parse({
    aftersale_info: { aftersale_id: JSON.stringify([info, lines]), aftersale_type: 2, refund_status: 0, ...info },
    order_info: {
      shop_order_id: waiting.order_id,
      related_order_info: lines.map(([no, pieces]) => ({ sku_order_id: no, aftersale_item_num: pieces })),
    },
  })

test('an order that waits to be sent, to the letter', () => {
  const { lines: _, receiver: __, ...rest } = orderOf(waiting)
  expect(rest).toEqual({
    channel: 'douyin',
    channelOrderNo: '6950000000000000011',
    channelStatus: '2',
    status: 'paid-wait-ship',
    createdAt: '2025-12-31T15:03:20.000Z',
    paidAt: '2025-12-31T15:03:50.000Z',
    modifiedAt: '2025-12-31T15:05:00.000Z',
    shipBy: '2026-01-01T14:16:40.000Z',
    currency: 'CNY',
    paidTotalFen: 8760,
    payableTotalFen: 8760,
    freightFen: 500,
    extraFen: 0,
    discountFen: 600,
    refundedFen: 0,
    merchantReceivableFen: 8860,
    orderRefundState: 'none',
    isCod: false,
    cancelRequested: false,
    mayShipNow: true,
    buyer: { channelBuyerNo: '1@#INVENTEDopenid0001', nick: '' },
    buyerNote: '尽快发',
    sellerRemark: null,
    flag: null,
    shipments: [],
    remainingToShip: [
      { channelSkuNo: '3412340000000001', quantity: 3 },
      { channelSkuNo: '3412340000000002', quantity: 1 },
      { channelSkuNo: '3412340000000003', quantity: 1 },
    ],
    promotions: [],
    invoice: null,
    warnings: [],
  })
})

test('its receiver, with stars', () => {
  expect(orderOf(waiting).receiver).toEqual({
    name: '郑*',
    phone: '1**********',
    raw: { province: '广东省', city: '深圳市', district: '南山区', town: '虚构街道', address: '********' },
    standard: { province: '广东省', city: '深圳市', district: '南山区', town: '虚构街道' },
    privacy: 'masked',
    addressKey: '#addr-INVENTED# 1@#INVENTEDopenid0001',
  })
})

test('its lines, the gift among them', () => {
  const { lines } = orderOf(waiting)
  expect(lines[0]).toEqual({
    channelLineNo: soda,
    channelItemNo: '3700000000000000101',
    channelSkuNo: '3412340000000001',
    merchantCode: 'SODA-400',
    title: '海盐苏打饼干 400g',
    specification: '',
    imageUrl: null,
    quantity: 3,
    isGift: false,
    listFen: 5970,
    paidFen: 5370,
    unitPaidFen: [1790, 1790, 1790],
    lineStatus: '2',
    refundState: 'none',
    refundingQuantity: 0,
    refundedQuantity: 0,
    refundedFen: 0,
    shippedQuantity: 0,
    shipments: [],
    mayShipNow: true,
    components: [],
  })
  expect(lines[2]).toMatchObject({ channelLineNo: gift, isGift: true, paidFen: 0, unitPaidFen: [0] })
})

describe('parcels', () => {
  const parcel = { carrierNo: 'shunfeng', carrierName: '顺丰速运', waybillNo: 'SF0000000000021' }

  test('tell what of a line has left', () => {
    const lines = [{ channelSkuNo: '3412340000000001', quantity: 2 }]
    expect(orderOf(split)).toMatchObject({
      status: 'partially-shipped',
      mayShipNow: true,
      sellerRemark: '分两批发',
      flag: '3',
      shipments: [{ ...parcel, lines }],
      remainingToShip: [
        { channelSkuNo: '3412340000000001', quantity: 1 },
        { channelSkuNo: '3412340000000002', quantity: 1 },
        { channelSkuNo: '3412340000000003', quantity: 1 },
      ],
      lines: [
        { shippedQuantity: 2, shipments: [{ ...parcel, lines }], mayShipNow: true },
        { shippedQuantity: 0, shipments: [] },
        { shippedQuantity: 0, shipments: [] },
      ],
      warnings: [],
    })
  })

  test('that do not say what is in them hold all that was sent', () => {
    const [row] = split.logistics_info
    const logistics_info = [{ ...row, company_name: '', product_info: [] }]
    const order = orderOf(changed({ order_status: 3, main_status: 3, logistics_info }))
    expect(order).toMatchObject({ status: 'shipped', shipments: [{ ...parcel, lines: [] }], remainingToShip: [] })
    expect(order.lines.map((line) => line.shippedQuantity)).toEqual([3, 1, 1])
  })

  test('without a number have not left', () => {
    const [row] = split.logistics_info
    expect(orderOf(changed({ logistics_info: [{ ...row, tracking_no: '' }] })).shipments).toEqual([])
  })
})

describe('every status word', () => {
  test.each(Object.keys(statuses))('of an order, %s, is one of ours in either field', (word) => {
    const order = orderOf(changed({ order_status: Number(word) }))
    expect(channelStatuses).toContain(order.status)
    expect(order.channelStatus).toBe(word)
    expect([order.warnings, orderOf(changed({ main_status: Number(word) })).warnings]).toEqual([[], []])
  })

  test.each([
    [1, 'unpaid'],
    [103, 'unpaid'],
    [105, 'on-hold'],
    [2, 'paid-wait-ship'],
    [101, 'partially-shipped'],
    [3, 'shipped'],
    [4, 'closed-refunded'],
    [21, 'closed-refunded'],
    [22, 'closed-refunded'],
    [5, 'completed'],
    [39, 'completed'],
  ])('%i of a paid order is %s', (order_status, status) => {
    expect(orderOf(changed({ order_status })).status).toBe(status)
  })

  test('4 of an order nobody paid is closed-unpaid', () => {
    const order = orderOf(changed({ order_status: 4, main_status: 4, pay_time: 0 }))
    expect(order).toMatchObject({ status: 'closed-unpaid', paidAt: null, paidTotalFen: 0, refundedFen: 0 })
    expect(order.orderRefundState).toBe('none')
  })

  test('of an order partly paid counts no money', () => {
    const order = orderOf(changed({ order_status: 1, main_status: 103 }))
    expect(order).toMatchObject({ status: 'unpaid', paidTotalFen: 0, payableTotalFen: 8760, mayShipNow: false })
  })

  test.each([
    [{ order_status: 6 }, '6'],
    [{ order_status: 'NEW_WORD' }, 'NEW_WORD'],
    [{ order_status: null }, 'absent'],
    [{ main_status: 77 }, '77'],
  ])('that is new, %j, holds the order and is named', (fields, word) => {
    expect(orderOf(changed(fields))).toMatchObject({
      status: 'on-hold',
      mayShipNow: false,
      paidTotalFen: 8760,
      warnings: [`unknown-status:${word}`],
    })
  })

  test.each(Object.entries(caseStatuses))('of an after-sale, %s, is %s, in the line and in its list', (word, state) => {
    expect(refundStates).toContain(state)
    const byWord = orderOf(changed({}, lineCase(Number(word), { after_sale_type: 1, refund_status: 0 })))
    expect(byWord.lines.map((line) => line.refundState)).toEqual([state, state, state])
    const byCase = orderOf(waiting, [caseOf({ aftersale_status: Number(word), refund_amount: 5370 })])
    expect(byCase.lines.map((line) => line.refundState)).toEqual([state, 'none', 'none'])
    expect([byWord.warnings, byCase.warnings]).toEqual([[], []])
  })

  test.each([
    [11, 0, 0, 'wait-receive-return'],
    [11, 3, 0, 'wait-receive-return'],
    [11, 8, 0, 'wait-receive-return'],
    [11, 1, 0, 'requested'],
    [12, 3, 0, 'closed'],
    [12, 7, 0, 'closed'],
    [12, 1, 1, 'requested'],
    [12, 1, 2, 'requested'],
    [12, 1, 3, 'success'],
    [12, 1, 4, 'requested'],
  ])('%i of kind %i with money %i is %s', (after_sale_status, after_sale_type, refund_status, state) => {
    const order = orderOf(changed({}, lineCase(after_sale_status, { after_sale_type, refund_status })))
    expect(order.lines[0]!.refundState).toBe(state)
  })

  test.each([
    ['of a line', changed({}, lineCase(99)), []],
    ['of an after-sale', waiting, [caseOf({ aftersale_status: 99 })]],
    ['of its money', waiting, [caseOf({ aftersale_status: 12, refund_status: 99 })]],
    ['of a line whose after-sale is done', changed({}, lineCase(99)), [caseOf({ aftersale_status: 28 })]],
  ])('that is new %s keeps the goods back and is named', (_, given, cases) => {
    expect(orderOf(given, cases)).toMatchObject({
      orderRefundState: 'in-progress',
      mayShipNow: false,
      warnings: ['unknown-refund-status:99'],
    })
  })
})

describe('what was paid back', () => {
  test('before shipping, told by the line alone', () => {
    expect(orderOf(refunded)).toMatchObject({
      status: 'closed-refunded',
      paidTotalFen: 1990,
      refundedFen: 1990,
      orderRefundState: 'full',
      lines: [{ refundState: 'success', refundedFen: 1990, refundedQuantity: 1 }],
      warnings: [],
    })
  })

  test.each([
    ['closed', { order_status: 4, main_status: 21 }],
    ['after receipt', { order_status: 5, main_status: 39 }],
  ])('is all of it, freight included, where the order says so: %s', (_, fields) => {
    const order = orderOf(changed(fields))
    expect(order).toMatchObject({ refundedFen: 8760, orderRefundState: 'full' })
    expect(order.lines.map((line) => [line.refundState, line.refundedFen])).toEqual([
      ['success', 5370],
      ['success', 2890],
      ['success', 0],
    ])
  })

  test('in part is exact by the after-sale, and pieces are back when the money covers them', () => {
    const cases = [caseOf({ aftersale_status: 12, refund_status: 3, refund_amount: 1791 }, [[soda, 2]])]
    const order = orderOf(changed({}, {}), cases)
    expect(order).toMatchObject({ refundedFen: 1791, orderRefundState: 'partial', mayShipNow: true })
    expect(order.lines[0]).toMatchObject({ refundState: 'success', refundedFen: 1791, refundedQuantity: 1 })
    expect(order.remainingToShip[0]).toEqual({ channelSkuNo: '3412340000000001', quantity: 2 })
  })

  test('for several lines at once is shared by what they cost, freight apart', () => {
    const money = { aftersale_status: 12, refund_status: 3, refund_amount: 8760, refund_post_amount: 500 }
    const order = orderOf(waiting, [
      caseOf(money, [
        [soda, 3],
        [oat, 1],
      ]),
    ])
    expect(order).toMatchObject({ refundedFen: 8760, orderRefundState: 'full' })
    expect(order.lines.map((line) => line.refundedFen)).toEqual([5370, 2890, 0])
  })

  test('for several after-sales of one line adds up, an open one wins', () => {
    const done = { aftersale_status: 12, refund_status: 3, refund_amount: 1790 }
    const order = orderOf(waiting, [caseOf(done, [[soda, 1]]), caseOf({ aftersale_status: 6 }, [[soda, 5]])])
    expect(order.lines[0]).toMatchObject({
      refundState: 'requested',
      refundedFen: 1790,
      refundedQuantity: 1,
      refundingQuantity: 2,
    })
    expect(order).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false, refundedFen: 1790 })
  })

  test('as protection of the price leaves the goods', () => {
    const cases = [caseOf({ aftersale_type: 6, aftersale_status: 12, refund_status: 3, refund_amount: 5370 })]
    expect(orderOf(waiting, cases).lines[0]).toMatchObject({ refundedFen: 5370, refundedQuantity: 0, mayShipNow: true })
    const byWord = orderOf(changed({}, lineCase(12, { after_sale_type: 6, refund_status: 3 })))
    expect(byWord.lines[0]).toMatchObject({ refundedFen: 0, refundedQuantity: 0 })
  })

  test('for a case that lists no line is that of the number it hangs on', () => {
    const each = caseOf({ aftersale_status: 6, related_id: oat, aftersale_num: 1 }, [])
    expect(orderOf(waiting, [each]).lines[1]).toMatchObject({ refundState: 'requested', refundingQuantity: 1 })
  })

  test('is not told by another order’s after-sales', () => {
    const other = { ...waiting, order_id: '6950000000000000099' }
    expect(orderOf(other, [caseOf({ aftersale_status: 6 })]).orderRefundState).toBe('none')
  })

  test('is nothing where it was refused or withdrawn', () => {
    for (const word of [27, 28, 29]) {
      expect(orderOf(changed({}, lineCase(word)))).toMatchObject({ orderRefundState: 'none', mayShipNow: true })
    }
  })
})

describe('the receiver', () => {
  const empty = { encrypt_post_tel: '', encrypt_post_receiver: '', mask_post_tel: '', mask_post_receiver: '' }
  const place = { ...waiting.post_addr, encrypt_detail: '' }

  test('is absent but for the place where the app may not see it', () => {
    const order = orderOf({ ...waiting, ...empty, post_addr: place, mask_post_addr: null, open_address_id: '' })
    expect(order.receiver).toMatchObject({ name: '', phone: '', privacy: 'absent', addressKey: null })
    expect(order.receiver.standard.city).toBe('深圳市')
  })

  test('comes as ciphertext where there are no stars', () => {
    const order = orderOf({ ...waiting, mask_post_tel: '', mask_post_receiver: '', mask_post_addr: null })
    expect(order.receiver).toMatchObject({ name: waiting.encrypt_post_receiver, privacy: 'encrypted' })
    expect(order.receiver.raw.address).toBe(waiting.post_addr.encrypt_detail)
  })

  test('of another buyer at the same address is another one', () => {
    const key = (fields: Fields) => orderOf({ ...waiting, ...fields }).receiver.addressKey
    expect(key({ doudian_open_id: '1@#other' })).not.toBe(key({}))
    expect(key({ doudian_open_id: '' })).toBe('#addr-INVENTED#')
  })
})

test('a bundle names its parts', () => {
  const bundle_sku_info = [{ product_id: '1', sku_id: 3412340000000007, item_num: 2, code: 'PART-1' }]
  const [line] = orderOf(changed({}, { bundle_sku_info, code: '' })).lines
  expect(line).toMatchObject({
    merchantCode: null,
    components: [{ channelSkuNo: '3412340000000007', merchantCode: 'PART-1', quantity: 2 }],
  })
})

test('a specification is written as names with values', () => {
  const spec = [
    { name: '颜色', value: '苔绿' },
    { name: '', value: '1.8m' },
  ]
  expect(orderOf(changed({}, { spec })).lines[0]!.specification).toBe('颜色:苔绿;1.8m')
})

test.each([
  ['an amount that is a fraction', changed({ pay_amount: 87.6 })],
  ['a quantity of nothing', changed({}, { item_num: 0 })],
  ['a time that is none', changed({ pay_time: 'yesterday' })],
  ['no time of creation', changed({ create_time: 0 })],
])('%s is no order', (_, given) => {
  expect(() => orderOf(given)).toThrow(RangeError)
})

test('a field nobody told us about is named once', () => {
  const order = orderOf(changed({ newField: 1 }, { another: 1 }))
  expect(order.warnings.toSorted()).toEqual([
    'unknown-field:order.newField',
    'unknown-field:order.sku_order_list.another',
  ])
})
