import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { AftersalePayload, OrderPayload } from './payload.ts'
import awaiting from './samples/aftersale-awaiting.json' with { type: 'json' }
import beforeShipping from './samples/aftersale-before-shipping.json' with { type: 'json' }
import returned from './samples/aftersale-returned.json' with { type: 'json' }
import unpaid from './samples/order-cancelled-unpaid.json' with { type: 'json' }
import fullyRefunded from './samples/order-fully-refunded.json' with { type: 'json' }
import multi from './samples/order-multi-line.json' with { type: 'json' }
import partlyRefunded from './samples/order-partially-refunded.json' with { type: 'json' }
import partlyShipped from './samples/order-partially-shipped.json' with { type: 'json' }
import priceChanged from './samples/order-price-changed.json' with { type: 'json' }
import { refundStatuses, statuses } from './status.ts'
import { toOrder } from './to-order.ts'

type Fields = Readonly<Record<string, unknown>>

/** An order of one line of two pieces, 60.00 in all and 8.00 freight. */
const line = (change: Fields = {}): Fields => ({
  product_id: '1001',
  sku_id: '2001',
  sku_cnt: 2,
  sale_price: 3500,
  real_price: 6000,
  sku_code: 'CUP-1',
  product_unique_id: '3719872036541230001_001',
  ...change,
})
interface Given extends Fields {
  readonly lines?: readonly Fields[]
  readonly pay?: Fields
  readonly price?: Fields
  readonly delivery?: Fields
  readonly refund?: Fields
}
const order = ({ lines, pay, price, delivery, refund, ...change }: Given = {}): Fields => ({
  order_id: '3719872036541230001',
  status: 20,
  create_time: 1767196980,
  update_time: 1767197015,
  ...change,
  order_detail: {
    product_infos: lines ?? [line()],
    pay_info: pay ?? { pay_time: 1767197013, transaction_id: '42', payment_method: 1 },
    price_info: { order_price: 6800, freight: 800, ...price },
    delivery_info: delivery ?? {},
    ext_info: {},
    ...(refund ? { refund_info: refund } : {}),
  },
})
const aftersale = (change: Fields = {}, goods: Fields = {}): Fields => ({
  after_sale_order_id: '2000005512340009',
  order_id: '3719872036541230001',
  status: 'MERCHANT_PROCESSING',
  product_info: { product_id: '1001', sku_id: '2001', count: 1, ...goods },
  refund_info: { amount: 3000 },
  ...change,
})
const read = (value: unknown, records: readonly unknown[] = []) =>
  ChannelOrder.parse(
    toOrder(
      OrderPayload.parse(value),
      records.map((record) => AftersalePayload.parse(record)),
    ),
  )
const parcel = (waybill_id: string, ...goods: Fields[]) => ({
  waybill_id,
  delivery_id: 'ZTO',
  delivery_name: '中通快递',
  product_infos: goods,
})

describe('the samples', () => {
  test.each([
    ['several lines', multi, [], 'paid-wait-ship', 38499, 800, [23300, 5400, 8999, 0], 0, 'none'],
    ['shipped in part', partlyShipped, [], 'partially-shipped', 55700, 0, [25800, 29900], 0, 'none'],
    ['refunded in part', partlyRefunded, [returned], 'completed', 15913, 600, [11980, 3333], 5990, 'partial'],
    ['refunded in full', fullyRefunded, [beforeShipping], 'closed-refunded', 28900, 0, [28900], 28900, 'full'],
    ['never paid', unpaid, [], 'closed-unpaid', 0, 0, [0], 0, 'none'],
    ['with a changed price', priceChanged, [], 'paid-wait-ship', 15000, 0, [15000], 0, 'none'],
    ['with an open request', multi, [awaiting], 'paid-wait-ship', 38499, 800, [23300, 5400, 8999, 0], 0, 'in-progress'],
  ] as const)('%s', (_, { order: given }, records, status, paid, freight, lines, refunded, refundState) => {
    const seen = read(
      given,
      records.map((record) => record.after_sale_order),
    )
    expect(seen).toMatchObject({
      status,
      paidTotalFen: paid,
      freightFen: freight,
      refundedFen: refunded,
      orderRefundState: refundState,
      warnings: [],
    })
    expect(seen.lines.map((each) => each.paidFen)).toEqual(lines)
  })

  test('tell everything of the standard', () => {
    const seen = read(multi.order)
    expect(seen).toMatchObject({
      channel: 'wechat-shop',
      channelOrderNo: '3719872036541234688',
      channelStatus: '20',
      createdAt: '2025-12-31T16:03:00.000Z',
      paidAt: '2025-12-31T16:03:33.000Z',
      modifiedAt: '2025-12-31T16:03:35.000Z',
      shipBy: '2026-01-02T16:03:00.000Z',
      payableTotalFen: 38499,
      discountFen: 4090,
      merchantReceivableFen: 38999,
      mayShipNow: true,
      buyer: { channelBuyerNo: 'oZk5M5InventedBuyer0001' },
      buyerNote: '麻烦发顺丰，周末收货',
      sellerRemark: null,
      receiver: {
        name: '林**',
        phone: '170****0001',
        raw: { province: '浙江省', city: '杭州市', district: '西湖区', address: '****' },
        standard: { province: '浙江省', city: '杭州市', district: '西湖区' },
        privacy: 'masked',
        addressKey: '0f3a5c7e9b1d2f4a6c8e0a1b3d5f7091',
      },
    })
    expect(seen.lines[2]).toMatchObject({
      channelLineNo: '3719872036541234688_003',
      merchantCode: 'TEA-PE-03',
      specification: '规格:3颗',
      quantity: 3,
      listFen: 9999,
      unitPaidFen: [3000, 3000, 2999],
      isGift: false,
    })
    expect(seen.lines[3]).toMatchObject({ isGift: true, paidFen: 0, unitPaidFen: [0] })
    expect(seen.promotions[0]).toEqual({
      name: '商家优惠',
      discountFen: 2000,
      channelLineNo: '3719872036541234688_001',
      gift: null,
    })
    expect(seen.remainingToShip.map(({ quantity }) => quantity)).toEqual([2, 1, 3, 1])
  })

  test('show parcels and what is left', () => {
    const seen = read(partlyShipped.order)
    expect(seen.shipments.map(({ carrierNo, waybillNo }) => [carrierNo, waybillNo])).toEqual([
      ['SF', 'SF0000000000001'],
      ['ZTO', '0700000000000001'],
    ])
    expect(seen.lines.map((each) => each.shippedQuantity)).toEqual([1, 1])
    expect(seen.remainingToShip).toEqual([{ channelSkuNo: '4120077001', quantity: 1 }])
    expect(seen).toMatchObject({ mayShipNow: true, lines: [{ mayShipNow: true }, { mayShipNow: false }] })
  })

  test('without their after-sales say the same of money, by the counts of the lines', () => {
    expect(read(partlyRefunded.order)).toMatchObject({
      refundedFen: 5990,
      orderRefundState: 'partial',
      lines: [{ refundState: 'success', refundedQuantity: 1, refundedFen: 5990 }, { refundState: 'none' }],
    })
    expect(read(fullyRefunded.order)).toMatchObject({ refundedFen: 28900, orderRefundState: 'full' })
  })
})

describe('status', () => {
  const paid = [
    [10, 'unpaid'],
    [12, 'on-hold'],
    [13, 'on-hold'],
    [20, 'paid-wait-ship'],
    [21, 'partially-shipped'],
    [30, 'shipped'],
    [100, 'completed'],
    [190, 'closed-refunded'],
    [200, 'closed-refunded'],
    [250, 'closed-refunded'],
  ] as const
  test.each(paid)('%d of a paid order is %s', (status, ours) => {
    const seen = read(order({ status }))
    expect(seen).toMatchObject({ status: ours, channelStatus: String(status), paidTotalFen: 6800, warnings: [] })
    expect(seen.mayShipNow).toBe(status === 20 || status === 21)
    expect(seen.remainingToShip).toHaveLength(status === 20 || status === 21 ? 1 : 0)
    expect(seen.refundedFen).toBe(ours === 'closed-refunded' ? 6800 : 0)
  })

  test.each([
    [190, 'closed-unpaid'],
    [250, 'closed-unpaid'],
    [10, 'unpaid'],
  ] as const)('%d of an order nobody paid is %s', (status, ours) => {
    expect(read(order({ status, pay: { prepay_id: 'up', prepay_time: 1 } }))).toMatchObject({
      status: ours,
      paidAt: null,
      paidTotalFen: 0,
      payableTotalFen: 6800,
      freightFen: 0,
      merchantReceivableFen: null,
      refundedFen: 0,
      lines: [{ paidFen: 0, unitPaidFen: [0, 0], listFen: 7000 }],
    })
  })

  test('every status of the sheet is tested above', () => {
    expect(Object.keys(statuses)).toEqual(paid.map(([status]) => String(status)))
  })

  test.each([77, 'MOON', undefined])('%s is held and named', (status) => {
    const seen = read(order({ status }))
    expect(seen).toMatchObject({ status: 'on-hold', mayShipNow: false, paidTotalFen: 6800 })
    expect(seen.warnings).toEqual([`unknown-status:${status ?? 'absent'}`])
  })
})

describe('money', () => {
  test.each([
    ['a price the merchant changed', { real_price: 5500, change_price: 5500 }, { order_price: 6300 }, 5500, 800],
    [
      'a freight the merchant changed',
      {},
      { order_price: 6100, change_freight: 100, is_change_freight: true },
      6000,
      100,
    ],
    ['a freight that was not changed after all', {}, { change_freight: 100, is_change_freight: false }, 6000, 800],
    [
      'no total of the line, so the lower of its parts',
      { real_price: null, estimate_price: 6000, change_price: 6500 },
      {},
      6000,
      800,
    ],
    ['neither, so the list price', { real_price: null, sale_price: 3000 }, {}, 6000, 800],
  ])('%s', (_, product, price, paidFen, freightFen) => {
    const seen = read(order({ lines: [line(product)], price }))
    expect(seen).toMatchObject({ freightFen, lines: [{ paidFen }] })
    expect(seen.warnings).not.toContain('amount-mismatch')
  })

  test('that does not add up keeps the platform’s numbers and says so', () => {
    expect(read(order({ price: { order_price: 6801 } }))).toMatchObject({
      paidTotalFen: 6801,
      lines: [{ paidFen: 6000 }],
      warnings: ['amount-mismatch'],
    })
  })

  test.each([3, 4])('of payment method %d is no cash', (payment_method) => {
    expect(read(order({ pay: { pay_time: 1767197013, payment_method } }))).toMatchObject({
      status: 'paid-wait-ship',
      paidTotalFen: 0,
      payableTotalFen: 6800,
      freightFen: 0,
      lines: [{ paidFen: 0 }],
      mayShipNow: true,
      warnings: [],
    })
  })

  test.each([{ sku_cnt: 0 }, { real_price: '60.00' }, { sale_price: 'dear' }])('%j is no order', (product) => {
    expect(() => read(order({ lines: [line(product)] }))).toThrow(RangeError)
  })
})

describe('after-sales', () => {
  const refund = (status: string, count = 1) => read(order(), [aftersale({ status }, { count })])

  test.each(Object.entries(refundStatuses))('%s is %s', (status, state) => {
    const seen = refund(status)
    const isOpen = ['requested', 'wait-return', 'wait-receive-return'].includes(state)
    const [told] = seen.lines
    expect(told).toMatchObject({
      refundState: state,
      refundingQuantity: isOpen ? 1 : 0,
      refundedQuantity: state === 'success' ? 1 : 0,
      refundedFen: state === 'success' ? 3000 : 0,
      mayShipNow: !isOpen,
    })
    expect(seen.mayShipNow).toBe(!isOpen)
    const ended = state === 'success' ? 'partial' : 'none'
    expect(seen.orderRefundState).toBe(isOpen ? 'in-progress' : ended)
    const failed = ['PLATFORM_REFUND_FAIL', 'MERCHANT_REFUND_RETRY_FAIL'].includes(status)
    expect(seen.warnings).toEqual(failed ? ['refund-failed:2000005512340009'] : [])
  })

  test('of an unknown status keep the goods back and are named', () => {
    expect(refund('MOON')).toMatchObject({
      orderRefundState: 'in-progress',
      mayShipNow: false,
      warnings: ['unknown-refund-status:MOON'],
    })
  })

  test('add up, an open one wins, and pieces paid back are not left to ship', () => {
    const seen = read(order({ lines: [line({ sku_cnt: 3 })] }), [
      aftersale({ after_sale_order_id: '1', status: 'MERCHANT_REFUND_SUCCESS', refund_info: { amount: 1000 } }),
      aftersale({ after_sale_order_id: '2', status: 'USER_CANCELD' }),
      aftersale({ after_sale_order_id: '3', status: 'USER_WAIT_RETURN' }),
    ])
    expect(seen).toMatchObject({ refundedFen: 1000, orderRefundState: 'in-progress' })
    expect(seen.lines[0]).toMatchObject({ refundState: 'wait-return', refundedQuantity: 1, refundingQuantity: 1 })
    expect(seen.remainingToShip).toEqual([{ channelSkuNo: '2001', quantity: 2 }])
  })

  test.each([
    [['MERCHANT_REJECT_REFUND', 'MERCHANT_REFUND_SUCCESS'], 'success'],
    [['USER_CANCELD', 'MERCHANT_REJECT_REFUND'], 'rejected'],
    [['RETURN_CLOSED', 'USER_CANCELD'], 'closed'],
  ])('of %j are %s', (words, state) => {
    const records = words.map((status, place) => aftersale({ status, after_sale_order_id: String(place) }))
    expect(read(order(), records).lines[0]?.refundState).toBe(state)
  })

  test('count for the goods and not for a gift of the same SKU, whose return is told apart', () => {
    const gift = line({ sku_cnt: 1, sale_price: 0, real_price: 0, is_free_gift: 1, product_unique_id: 'g' })
    const back = { gift_product_list: [{ product_id: '1001', sku_id: '2001', count: 1 }] }
    const seen = read(order({ lines: [gift, line()] }), [aftersale({ status: 'MERCHANT_RETURN_SUCCESS' }, back)])
    expect(seen.lines).toMatchObject([
      { isGift: true, refundState: 'success', refundedQuantity: 1, refundedFen: 0 },
      { isGift: false, refundState: 'success', refundedQuantity: 1, refundedFen: 3000 },
    ])
  })

  test('that are open keep a gift of the same SKU here, since a parcel names no lines', () => {
    const gift = line({ sku_cnt: 1, sale_price: 0, real_price: 0, is_free_gift: 1, product_unique_id: 'g' })
    const other = line({ sku_id: '2002', real_price: 0, product_unique_id: 'o' })
    const seen = read(order({ lines: [line(), gift, other] }), [aftersale()])
    expect(seen.lines).toMatchObject([
      { refundState: 'requested', mayShipNow: false },
      { isGift: true, refundState: 'none', mayShipNow: false },
      { refundState: 'none', mayShipNow: true },
    ])
  })

  test('fill one line after the other where two were bought of one SKU', () => {
    const lines = [
      line({ sku_cnt: 1, real_price: 3000 }),
      line({ sku_cnt: 1, real_price: 3000, product_unique_id: 'b' }),
    ]
    const done = { status: 'MERCHANT_REFUND_SUCCESS' }
    const records = ['1', '2'].map((after_sale_order_id) => aftersale({ ...done, after_sale_order_id }))
    expect(read(order({ lines }), records).lines.map((each) => each.refundedFen)).toEqual([3000, 3000])
  })

  test('of another order are passed over, of an unknown SKU count for the order', () => {
    const done = { status: 'MERCHANT_REFUND_SUCCESS', refund_info: { amount: 6800 } }
    expect(read(order(), [aftersale({ ...done, order_id: '1' })]).refundedFen).toBe(0)
    expect(read(order(), [aftersale(done, { sku_id: '9' })])).toMatchObject({
      refundedFen: 6800,
      orderRefundState: 'full',
      lines: [{ refundState: 'none' }],
    })
  })

  test('that are only counted are open', () => {
    expect(read(order({ aftersale_detail: { on_aftersale_order_cnt: 1 } }))).toMatchObject({
      orderRefundState: 'in-progress',
      mayShipNow: false,
    })
    expect(read(order({ lines: [line({ on_aftersale_sku_cnt: 1 })] })).lines[0]).toMatchObject({
      refundState: 'requested',
      refundingQuantity: 1,
    })
  })

  test('that are only counted as done give what those pieces cost, and the freight the order names', () => {
    const lines = [line({ real_price: 6001, finish_aftersale_sku_cnt: 1 })]
    const seen = read(order({ lines, price: { order_price: 6801 }, refund: { refund_freight: 800 } }))
    expect(seen).toMatchObject({ refundedFen: 3800, lines: [{ refundedFen: 3000, refundedQuantity: 1 }] })
  })
})

describe('parcels', () => {
  const goods = (product_cnt: number) => ({ product_id: '1001', sku_id: '2001', product_cnt })

  test('fill lines of one SKU in their order', () => {
    const gift = line({ sku_cnt: 1, sale_price: 0, real_price: 0, is_free_gift: true, product_unique_id: 'g' })
    const seen = read(
      order({
        status: 21,
        lines: [line(), gift],
        delivery: { delivery_product_info: [parcel('A1', goods(1)), parcel('A2', goods(2))] },
      }),
    )
    expect(seen.lines).toMatchObject([
      { shippedQuantity: 2, shipments: [{ waybillNo: 'A1' }, { waybillNo: 'A2' }] },
      { shippedQuantity: 1, shipments: [{ waybillNo: 'A2' }] },
    ])
    expect(seen.remainingToShip).toEqual([])
    expect(seen.mayShipNow).toBe(false)
  })

  test('without goods named still mean that a shipped order has left', () => {
    const delivery = { delivery_product_info: [parcel('A1')] }
    const seen = read(order({ status: 30, delivery }), [aftersale({ status: 'MERCHANT_REFUND_SUCCESS' })])
    expect(seen).toMatchObject({ shipments: [{ waybillNo: 'A1', lines: [] }], lines: [{ shippedQuantity: 1 }] })
  })

  test('without a waybill number are none, yet their goods have left', () => {
    const delivery = { delivery_product_info: [{ ...parcel(''), product_infos: [goods(2)] }] }
    expect(read(order({ status: 30, delivery }))).toMatchObject({ shipments: [], lines: [{ shippedQuantity: 2 }] })
  })
})

describe('must not leave', () => {
  test.each([
    ['a change of address waits', { delivery: { address_under_review: true } }, 'held:address_under_review'],
    [
      'a change of SKU waits',
      { lines: [line({ change_sku_info: { preshipment_change_sku_state: 3, new_sku_id: '1' } })] },
      'held:change_sku',
    ],
    ['it goes by way of an inspector', { delivery: { quality_inspect_type: 1 } }, 'held:quality_inspect'],
    ['a supplier ships it', { lines: [line({ dropship_info: { ds_order_id: '9' } })] }, 'drop-shipped:2001'],
  ])('while %s', (_, change, warning) => {
    const seen = read(order(change))
    expect(seen).toMatchObject({ mayShipNow: false, lines: [{ mayShipNow: false }] })
    expect(seen.warnings).toContain(warning)
  })

  test.each([4, 5, 6, 7])('but a change of SKU that is settled (%d) holds nothing', (preshipment_change_sku_state) => {
    const lines = [line({ change_sku_info: { preshipment_change_sku_state } })]
    expect(read(order({ lines }))).toMatchObject({ mayShipNow: true, warnings: [] })
  })
})

test('lines without a number are numbered by their place', () => {
  const bare = line({ product_unique_id: null })
  const numbers = read(order({ lines: [bare, bare], price: { order_price: 12800 } })).lines.map(
    (each) => each.channelLineNo,
  )
  expect(numbers).toEqual(['3719872036541230001_001', '3719872036541230001_002'])
})

test('fields nobody told us about are named once, those we pass over are not', () => {
  const lines = [line({ colour: 'red', market_price: 1 }), line({ colour: 'blue' })]
  expect(
    read(order({ lines, price: { order_price: 12800, product_price: 1 }, moon: 1, unionid: 'o' })).warnings,
  ).toEqual(['unknown-field:order.order_detail.product_infos.colour', 'unknown-field:order.moon'])
})

test('a receiver without stars is plain, without anything absent', () => {
  const address_info = {
    user_name: '林小满',
    detail_info: '虚构路 1 号',
    house_number: '301',
    tel_number: '17000000001',
  }
  expect(read(order({ delivery: { address_info } })).receiver).toMatchObject({
    privacy: 'plain',
    addressKey: null,
    raw: { address: '虚构路 1 号301' },
  })
  expect(read(order()).receiver.privacy).toBe('absent')
})
