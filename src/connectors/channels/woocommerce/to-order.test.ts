import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { sumFen } from '../../../core/money/fen.ts'
import { inspectOrders } from './inspect.ts'
import { orderOf } from './orders.ts'
import orders from './samples/orders.json' with { type: 'json' }
import refund from './samples/refund.json' with { type: 'json' }
import { orderWords } from './status.ts'

const [tea, transfer, done] = orders as [(typeof orders)[0], (typeof orders)[0], (typeof orders)[0]]
type Fields = Readonly<Record<string, unknown>>
const read = (fields: Fields, records: readonly unknown[] = [], base: Fields = tea) => {
  const order = orderOf({ ...base, ...fields }, records)
  expect(ChannelOrder.parse(order)).toEqual(order)
  return order
}

test('a paid order of two lines says everything', () => {
  expect(read({})).toMatchObject({
    channel: 'woocommerce',
    channelOrderNo: '7301',
    channelStatus: 'processing',
    status: 'paid-wait-ship',
    createdAt: '2026-10-20T01:15:02.000Z',
    paidAt: '2026-10-20T01:16:38.000Z',
    modifiedAt: '2026-10-20T01:16:40.000Z',
    currency: 'CNY',
    paidTotalFen: 30200,
    payableTotalFen: 30200,
    freightFen: 800,
    extraFen: 0,
    discountFen: 3000,
    refundedFen: 0,
    orderRefundState: 'none',
    isCod: false,
    mayShipNow: true,
    buyer: { channelBuyerNo: '88', nick: '' },
    buyerNote: '请用环保包装',
    sellerRemark: null,
    flag: null,
    receiver: {
      name: '林晓禾',
      phone: '13800000101',
      raw: { province: '浙江省', city: '杭州市', district: '', town: '', address: '西湖区示例路 12 号 3 幢 502' },
      standard: { province: '浙江省', city: '杭州市', district: '西湖区', town: '' },
      privacy: 'plain',
      addressKey: null,
    },
    shipments: [],
    remainingToShip: [
      { channelSkuNo: '4103', quantity: 2 },
      { channelSkuNo: '', quantity: 1 },
    ],
    promotions: [{ name: 'autumn10', discountFen: 3000, channelLineNo: null, gift: null }],
    warnings: [],
  })
})

test('its lines say what they are and what was paid for them', () => {
  const [line, other] = read({}).lines
  expect(line).toMatchObject({
    channelLineNo: '1501',
    channelItemNo: '410',
    channelSkuNo: '4103',
    merchantCode: 'LJ-TJ-250',
    title: '龙井明前特级 - 250g',
    specification: '重量:250g',
    quantity: 2,
    listFen: 25600,
    paidFen: 23600,
    unitPaidFen: [11800, 11800],
    lineStatus: 'processing',
    mayShipNow: true,
  })
  expect(other).toMatchObject({ channelItemNo: '522', channelSkuNo: '', listFen: 6800, unitPaidFen: [5800] })
})

test('an order that waits for a transfer owes its total and has paid nothing', () => {
  expect(orderOf(transfer, [])).toMatchObject({
    channelOrderNo: '7302',
    status: 'unpaid',
    paidAt: null,
    payableTotalFen: 223740,
    paidTotalFen: 0,
    freightFen: 0,
    mayShipNow: false,
    buyer: { channelBuyerNo: null },
    buyerNote: null,
    remainingToShip: [],
    lines: [{ listFen: 198000, paidFen: 0, unitPaidFen: Array(10).fill(0), mayShipNow: false }],
    warnings: [],
  })
})

test('the same order once paid has its tax in the line', () => {
  const paid = read({ status: 'processing', date_paid_gmt: '2026-10-20T03:00:00' }, [], transfer)
  expect(paid).toMatchObject({ paidTotalFen: 223740, lines: [{ paidFen: 223740 }], warnings: [] })
})

test('a completed order has left, with a fee beside goods and freight and a part paid back', () => {
  expect(orderOf(done, [])).toMatchObject({
    channelOrderNo: '7288',
    status: 'completed',
    paidTotalFen: 14400,
    freightFen: 1200,
    extraFen: 1500,
    refundedFen: 3900,
    orderRefundState: 'partial',
    mayShipNow: false,
    shipments: [{ carrierNo: null, carrierName: '中通快递', waybillNo: '73512345678901', lines: [] }],
    remainingToShip: [],
    lines: [{ paidFen: 11700, unitPaidFen: [3900, 3900, 3900], shippedQuantity: 3, refundedFen: 3900 }],
    warnings: [],
  })
})

describe('a status', () => {
  const paidAt = '2026-10-20T01:16:38'
  test.each([
    ['pending', 'unpaid', 'unpaid'],
    ['on-hold', 'unpaid', 'on-hold'],
    ['failed', 'unpaid', 'unpaid'],
    ['processing', 'paid-wait-ship', 'paid-wait-ship'],
    ['partial-shipped', 'partially-shipped', 'partially-shipped'],
    ['completed', 'completed', 'completed'],
    ['cancelled', 'closed-unpaid', 'closed-refunded'],
    ['refunded', 'closed-refunded', 'closed-refunded'],
    ['trash', 'closed-unpaid', 'closed-refunded'],
    ['checkout-draft', 'unpaid', 'unpaid'],
  ])('%s is %s before payment and %s after', (status, before, after) => {
    expect(read({ status, date_paid_gmt: null }).status).toBe(before)
    expect(read({ status, date_paid_gmt: paidAt }).status).toBe(after)
    expect(Object.keys(orderWords)).toContain(status)
  })

  test('of every word in the table is tried above', () => expect(Object.keys(orderWords)).toHaveLength(10))

  test.each([paidAt, null])('of the shop’s own stops the order, paid at %s', (date_paid_gmt) => {
    expect(read({ status: 'awaiting-pickup', date_paid_gmt })).toMatchObject({
      status: 'on-hold',
      channelStatus: 'awaiting-pickup',
      mayShipNow: false,
      paidTotalFen: date_paid_gmt === null ? 0 : 30200,
      remainingToShip: [],
      warnings: ['unknown-status:awaiting-pickup'],
    })
  })
})

describe('money', () => {
  test('takes the tax of lines, freight and fees in', () => {
    const [first, second] = tea.line_items as [(typeof tea.line_items)[0], (typeof tea.line_items)[0]]
    const order = read({
      total: '339.26',
      shipping_tax: '1.04',
      fee_lines: [{ id: 1, name: '包装', total: '2.00', total_tax: '0.26' }],
      line_items: [
        { ...first, total_tax: '30.68' },
        { ...second, total_tax: '3.28' },
      ],
    })
    expect(order).toMatchObject({ freightFen: 904, extraFen: 226, warnings: [] })
    expect(order.lines.map(({ paidFen }) => paidFen)).toEqual([26668, 6128])
    expect(sumFen([...order.lines.map(({ paidFen }) => paidFen), 904, 226])).toBe(order.paidTotalFen)
  })

  test('that does not add up is kept and told', () => {
    expect(read({ total: '301.99' })).toMatchObject({ paidTotalFen: 30199, warnings: ['amount-mismatch'] })
  })

  test('of a line does not come from its rounded price', () => {
    const line = { ...tea.line_items[0]!, quantity: 3, total: '100.00', price: 33.33 }
    expect(read({ line_items: [line], total: '108.00' }).lines[0]?.unitPaidFen).toEqual([3334, 3333, 3333])
  })

  test('in another currency is kept as it is', () => {
    expect(read({ currency: 'USD' })).toMatchObject({ currency: 'USD', paidTotalFen: 30200 })
  })

  test.each([
    { field: 'order.total', fields: { total: '302.005' } },
    { field: 'order.line_items.0.quantity', fields: { line_items: [{ ...tea.line_items[0], quantity: 1.5 }] } },
    { field: 'order.date_modified_gmt', fields: { date_modified_gmt: 'yesterday' } },
    { field: 'order.currency', fields: { currency: '元' } },
  ])('or anything else that cannot be read is nonsense and named: $field', ({ field, fields }) => {
    expect(() => orderOf({ ...tea, ...fields }, [])).toThrow(
      expect.objectContaining({
        code: 'CHANNEL_NONSENSE',
        details: expect.objectContaining({ reason: expect.stringContaining(field) }),
      }),
    )
  })
})

describe('a refund', () => {
  const back = (total: string) => ({ refunds: [{ id: 9, reason: '', total }] })
  const item = { product_id: 410, variation_id: 4103, quantity: -1, total: '-118.00', total_tax: '0.00' }
  const record = (...line_items: Fields[]) => ({
    id: 9,
    date_created_gmt: '2026-10-21T01:00:00',
    amount: '118.00',
    reason: '',
    line_items,
  })
  const states = (order: ChannelOrder) =>
    order.lines.map((line) => [line.refundState, line.refundedQuantity, line.refundedFen])

  test('with a record is of the line that has its goods', () => {
    const order = read(back('-118.00'), [record(item)])
    expect(order).toMatchObject({ refundedFen: 11800, orderRefundState: 'partial', mayShipNow: true, warnings: [] })
    expect(states(order)).toEqual([
      ['success', 1, 11800],
      ['none', 0, 0],
    ])
    expect(order.remainingToShip[0]).toEqual({ channelSkuNo: '4103', quantity: 1 })
  })

  test('is of the line it names where two have the same goods', () => {
    const twins = [tea.line_items[0]!, { ...tea.line_items[0]!, id: 1599 }]
    const named = { ...item, meta_data: [{ id: 1, key: '_refunded_item_id', value: '1599' }] }
    const twice = { ...back('-118.00'), line_items: twins, total: '480.00' }
    expect(states(read(twice, [record(named)]))[1]).toEqual(['success', 1, 11800])
    expect(read(twice, [record(item)]).warnings).toEqual(['refund-not-by-line'])
  })

  test('of a bare sum says so where several lines could be meant', () => {
    const order = read(back('-10.00'), [record()])
    expect(order).toMatchObject({ refundedFen: 1000, orderRefundState: 'partial', warnings: ['refund-not-by-line'] })
    expect(states(order)).toEqual([
      ['none', 0, 0],
      ['none', 0, 0],
    ])
  })

  test('of a bare sum is of the only line, without a piece of it', () => {
    expect(states(orderOf(done, []))).toEqual([['success', 0, 3900]])
    expect(states(orderOf(done, [refund]))).toEqual([['success', 1, 3900]])
  })

  test('of the total is one of every line', () => {
    const order = read({ status: 'refunded', ...back('-302.00') })
    expect(order).toMatchObject({ status: 'closed-refunded', orderRefundState: 'full', refundedFen: 30200 })
    expect(states(order)).toEqual([
      ['success', 2, 23600],
      ['success', 1, 5800],
    ])
  })

  test('set by hand lists nothing and is of the total', () => {
    expect(read({ status: 'refunded' })).toMatchObject({ refundedFen: 30200, orderRefundState: 'full' })
  })

  test('of everything keeps the goods back while the shop still waits', () => {
    expect(read(back('-302.00'))).toMatchObject({ orderRefundState: 'full', mayShipNow: false, remainingToShip: [] })
  })
})

describe('a parcel', () => {
  const tracked = (...numbers: string[]) => ({
    key: '_wc_shipment_tracking_items',
    value: numbers.map((tracking_number) => ({ tracking_number, tracking_provider: 'sf-express' })),
  })
  const noted = (...parcels: Fields[]) => ({ key: '_tongdan_parcels', value: parcels })
  const first = { carrier: 'zto', carrierName: '中通快递', waybillNo: 'ZT1', lines: [{ id: 1501, quantity: 1 }] }
  const rest = {
    ...first,
    waybillNo: 'ZT2',
    lines: [
      { id: '1501', quantity: 1 },
      { id: '1502', quantity: 1 },
    ],
  }

  test('that we noted says what is in it, though the shop has no word for it', () => {
    const order = read({ meta_data: [tracked('ZT1'), noted(first)] })
    expect(order).toMatchObject({ status: 'partially-shipped', mayShipNow: true, warnings: [] })
    expect(order.shipments).toEqual([
      {
        carrierNo: 'sf-express',
        carrierName: 'sf-express',
        waybillNo: 'ZT1',
        lines: [{ channelSkuNo: '4103', quantity: 1 }],
      },
    ])
    expect(order.remainingToShip).toEqual([
      { channelSkuNo: '4103', quantity: 1 },
      { channelSkuNo: '', quantity: 1 },
    ])
    expect(order.lines.map((line) => [line.shippedQuantity, line.shipments.length])).toEqual([
      [1, 1],
      [0, 0],
    ])
  })

  test('without a plugin is known by our note alone', () => {
    expect(read({ meta_data: [noted(first)] }).shipments).toMatchObject([{ carrierName: '中通快递', waybillNo: 'ZT1' }])
  })

  test('that was the last leaves nothing to send', () => {
    const order = read({ meta_data: [noted(first, rest)] })
    expect(order).toMatchObject({ status: 'shipped', mayShipNow: false, remainingToShip: [] })
  })

  test.each([
    { status: 'refunded', shipped: [2, 1], left: 'a completed order that was paid back had left' },
    { status: 'cancelled', shipped: [2, 1], left: 'a completed order that was cancelled had left' },
    { status: 'processing', shipped: [0, 0], left: 'a completed order that was opened again has not' },
  ])('is not needed to tell that $left', ({ status, shipped }) => {
    const order = read({ status, date_completed_gmt: '2026-10-21T02:00:00' })
    expect(order.lines.map((line) => line.shippedQuantity)).toEqual(shipped)
  })

  test.each([
    { what: 'a number without a note', fields: { meta_data: [tracked('SF9')] } },
    { what: 'a plugin’s status without a number', fields: { status: 'partial-shipped' } },
  ])('of unknown content stops the rest: $what', ({ fields }) => {
    expect(read(fields)).toMatchObject({
      status: 'partially-shipped',
      mayShipNow: false,
      warnings: ['shipped-lines-unknown'],
    })
  })

  test('that cannot be read counts for nothing', () => {
    const meta_data = [{ key: '_wc_shipment_tracking_items', value: 'a:1:{}' }, noted({ no: 1 })]
    expect(read({ meta_data })).toMatchObject({ status: 'paid-wait-ship', shipments: [] })
  })
})

describe('a receiver', () => {
  const to = (fields: Fields, billing: Fields = {}) =>
    read({ shipping: { ...tea.shipping, ...fields }, billing: { ...tea.billing, ...billing } }).receiver

  test.each([
    { first_name: '晓禾', last_name: '林', name: '林晓禾' },
    { first_name: '林晓禾', last_name: '', name: '林晓禾' },
    { first_name: 'Lin', last_name: 'Hill', name: 'Lin Hill' },
  ])('$first_name + $last_name is $name', ({ name, ...fields }) => expect(to(fields).name).toBe(name))

  test.each([
    ['CN12', '浙江省'],
    ['CN30', '澳门特别行政区'],
    ['CN1', '云南省'],
    ['CN32', '新疆维吾尔自治区'],
    ['浙江', '浙江省'],
  ])('in %s is in %s', (state, province) => expect(to({ state }).standard.province).toBe(province))

  test('has the telephone of the bill where the parcel names none, without the country', () => {
    expect(to({ phone: '' }, { phone: '+86 13800000109' }).phone).toBe('13800000109')
  })

  test('is the payer where the shop asks for one address', () => {
    const order = read({ shipping: { first_name: '', address_1: '' } })
    expect(order.receiver).toMatchObject({ name: '林晓禾', privacy: 'plain' })
  })

  test('has both lines of the street', () => {
    expect(to({ address_2: '后门' }).raw.address).toBe('西湖区示例路 12 号 3 幢 502 后门')
  })

  test('that a plugin hides is masked, and one that is not there absent', () => {
    expect(to({ phone: '138****0101' }).privacy).toBe('masked')
    expect(read({ shipping: null, billing: null }).receiver.privacy).toBe('absent')
  })
})

test('a remark of ours, cash at the door and a field nobody told us of are seen', () => {
  const meta_data = [
    { id: 1, key: '_tongdan_remark', value: '加急' },
    { id: 2, key: '_wc_order_attribution_utm_source', value: 'x' },
  ]
  expect(
    read({ meta_data, payment_method: 'cod', colour: 'red', line_items: [{ ...tea.line_items[0], size: 1 }] }),
  ).toMatchObject({
    sellerRemark: '加急',
    isCod: true,
    warnings: ['amount-mismatch', 'unknown-field:order.line_items.size', 'unknown-field:order.colour'],
  })
})

test('a line of which nothing is wanted any more is left out', () => {
  const line_items = [...tea.line_items, { ...tea.line_items[1]!, id: 1503, quantity: 0, total: '0.00' }]
  expect(read({ line_items }).lines).toHaveLength(2)
})

test.each([
  ['a list', orders, 3],
  ['one order', tea, 1],
  ['an order with its refunds', { order: done, refunds: [refund] }, 1],
  ['several answers', [orders, { order: done, refunds: [refund] }], 4],
])('the inspector reads %s', (_, value, count) => {
  expect(inspectOrders(JSON.stringify(value))).toHaveLength(count)
})

test.each(['', '<html>', '{"id":1}', '7'])('the inspector does not take %s for an order', (text) => {
  expect(() => inspectOrders(text)).toThrow(expect.objectContaining({ code: 'CHANNEL_NONSENSE' }))
})
