import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { inspectOrders } from './inspect.ts'
import { seenOrder } from './orders.ts'
import two from './samples/order-two-locations.json' with { type: 'json' }
import page from './samples/orders-page.json' with { type: 'json' }

const [plain] = page.data.orders.nodes
const order = (change: object = {}) => ChannelOrder.parse(seenOrder({ ...plain, ...change }).order)
const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'CNY' } })
const twoLocations = two.data.order
const [fulfilmentOrder] = plain!.fulfillmentOrders.nodes

const asTheSheetSays = {
  channel: 'shopify',
  channelOrderNo: 'gid://shopify/Order/5550001',
  channelStatus: 'PAID/UNFULFILLED',
  status: 'paid-wait-ship',
  createdAt: '2026-10-20T01:15:01.000Z',
  paidAt: '2026-10-20T01:15:01.000Z',
  modifiedAt: '2026-10-20T01:20:00.000Z',
  shipBy: null,
  currency: 'CNY',
  paidTotalFen: 30200,
  payableTotalFen: 30200,
  freightFen: 800,
  extraFen: 0,
  discountFen: 3000,
  refundedFen: 0,
  merchantReceivableFen: null,
  orderRefundState: 'none',
  isCod: false,
  cancelRequested: false,
  mayShipNow: true,
  buyer: { channelBuyerNo: null, nick: '' },
  buyerNote: '请放前台',
  sellerRemark: null,
  flag: null,
  receiver: {
    name: '林晓禾',
    phone: '13800000101',
    raw: { province: 'Zhejiang', city: '杭州市', district: '', town: '', address: '西湖区示例路 12 号 3 幢 502' },
    standard: { province: '浙江省', city: '杭州市', district: '西湖区', town: '' },
    privacy: 'plain',
    addressKey: null,
  },
  lines: [
    {
      channelLineNo: 'gid://shopify/LineItem/91',
      channelItemNo: '',
      channelSkuNo: 'gid://shopify/ProductVariant/4103',
      merchantCode: 'LJ-TJ-250',
      title: '龙井明前特级 - 250g',
      specification: '',
      imageUrl: null,
      quantity: 2,
      isGift: false,
      listFen: 25600,
      paidFen: 23600,
      unitPaidFen: [11800, 11800],
      lineStatus: 'PAID/UNFULFILLED',
      refundState: 'none',
      refundingQuantity: 0,
      refundedQuantity: 0,
      refundedFen: 0,
      shippedQuantity: 0,
      shipments: [],
      mayShipNow: true,
      components: [],
    },
    expect.objectContaining({ channelLineNo: 'gid://shopify/LineItem/92', listFen: 6800, paidFen: 5800 }),
  ],
  shipments: [],
  remainingToShip: [
    { channelSkuNo: 'gid://shopify/ProductVariant/4103', quantity: 2 },
    { channelSkuNo: 'gid://shopify/ProductVariant/5221', quantity: 1 },
  ],
  promotions: [],
  invoice: null,
  warnings: [],
}

test('the sheet’s order is told as the sheet says', () => {
  expect(order()).toEqual(asTheSheetSays)
})

test('taxes on top belong to their line and to freight, and a parcel and a refund to their pieces', () => {
  const zto = { carrierNo: null, carrierName: 'ZTO Express', waybillNo: '73512345678944' }
  expect(ChannelOrder.parse(seenOrder(twoLocations).order)).toMatchObject({
    channelStatus: 'PARTIALLY_REFUNDED/PARTIALLY_FULFILLED',
    status: 'partially-shipped',
    paidAt: '2026-10-20T02:05:00.000Z',
    paidTotalFen: 34260,
    freightFen: 530,
    refundedFen: 6713,
    orderRefundState: 'partial',
    mayShipNow: true,
    buyerNote: null,
    receiver: { name: '周以宁', phone: '138 0000 0102', standard: { province: '广东省', district: '南山区' } },
    lines: [
      {
        paidFen: 13590,
        specification: '250g',
        title: '龙井明前特级',
        shippedQuantity: 1,
        shipments: [zto],
        mayShipNow: false,
      },
      {
        paidFen: 20140,
        refundState: 'success',
        refundedQuantity: 1,
        refundedFen: 6713,
        shippedQuantity: 0,
        shipments: [],
      },
    ],
    shipments: [{ ...zto, lines: [{ channelSkuNo: 'gid://shopify/ProductVariant/4101', quantity: 1 }] }],
    remainingToShip: [{ channelSkuNo: 'gid://shopify/ProductVariant/4102', quantity: 2 }],
    warnings: [],
  })
})

describe('what an order comes to', () => {
  test('an open order has paid nothing and owes all of it', () => {
    expect(order({ displayFinancialStatus: 'PENDING' })).toMatchObject({
      status: 'unpaid',
      paidAt: null,
      paidTotalFen: 0,
      freightFen: 0,
      payableTotalFen: 30200,
      lines: [{ paidFen: 0, unitPaidFen: [0, 0] }, { paidFen: 0 }],
      mayShipNow: false,
      remainingToShip: [],
      warnings: [],
    })
  })

  test('a total that the parts do not reach is kept and named', () => {
    expect(order({ totalPriceSet: money('303.0') })).toMatchObject({
      paidTotalFen: 30300,
      warnings: ['amount-mismatch'],
    })
  })

  test('another currency is kept in its own minor units', () => {
    expect(order({ currencyCode: 'JPY' })).toMatchObject({
      currency: 'JPY',
      paidTotalFen: 302,
      freightFen: 8,
      warnings: [],
    })
  })

  test('an amount that is none is nonsense', () => {
    const read = () => order({ totalPriceSet: money('30,2') })
    expect(read).toThrow(expect.objectContaining({ code: 'CHANNEL_NONSENSE' }))
  })
})

describe('what may be sent', () => {
  const withOrders = (...statuses: readonly string[]) => ({
    fulfillmentOrders: { nodes: statuses.map((status) => ({ ...fulfilmentOrder, status })) },
  })
  test.each([
    ['one that is open', withOrders('OPEN'), 'paid-wait-ship', true, 3],
    ['one taken up by the warehouse', withOrders('IN_PROGRESS'), 'paid-wait-ship', true, 3],
    ['one that waits for its day', withOrders('SCHEDULED'), 'paid-wait-ship', false, 3],
    ['one on hold', withOrders('ON_HOLD'), 'on-hold', false, 0],
    ['one on hold beside an open one', withOrders('ON_HOLD', 'OPEN'), 'paid-wait-ship', true, 6],
    ['one on hold beside a cancelled one', withOrders('ON_HOLD', 'CANCELLED'), 'on-hold', false, 0],
    ['none that the token may see', withOrders(), 'paid-wait-ship', true, 3],
  ] as const)('of fulfilment orders: %s', (_, change, status, mayShipNow, pieces) => {
    const seen = order(change)
    expect(seen).toMatchObject({ status, mayShipNow })
    expect(seen.remainingToShip.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(pieces)
  })

  const sent = (deliveredAt: string | null, number = '73512345678944') => ({
    displayFulfillmentStatus: 'FULFILLED',
    fulfillmentOrders: { nodes: [{ ...fulfilmentOrder, status: 'CLOSED', lineItems: { nodes: [] } }] },
    fulfillments: [{ id: 'f', status: 'SUCCESS', deliveredAt, trackingInfo: number === '' ? [] : [{ number }] }],
  })
  test.each([
    ['on its way', sent(null), 'shipped'],
    ['delivered', sent('2026-10-22T01:00:00Z'), 'completed'],
    ['archived', { ...sent(null), closedAt: '2026-10-22T01:00:00Z' }, 'completed'],
  ])('nothing more of one %s', (_, change, status) => {
    expect(order(change)).toMatchObject({
      status,
      mayShipNow: false,
      remainingToShip: [],
      shipments: [{ carrierName: null, waybillNo: '73512345678944', lines: [] }],
      lines: [{ shippedQuantity: 2, shipments: [{ waybillNo: '73512345678944' }] }, { shippedQuantity: 1 }],
    })
  })

  test('a fulfilment without a number has left, but is no parcel to follow', () => {
    expect(order(sent(null, ''))).toMatchObject({
      status: 'shipped',
      shipments: [],
      lines: [{ shippedQuantity: 2 }, {}],
    })
  })

  test('a cancelled order that is paid waits for its refund', () => {
    const cancelled = { cancelledAt: '2026-10-20T03:00:00Z' }
    expect(order(cancelled)).toMatchObject({
      status: 'on-hold',
      cancelRequested: true,
      mayShipNow: false,
      paidTotalFen: 30200,
    })
    expect(order({ ...cancelled, displayFinancialStatus: 'PENDING' })).toMatchObject({ status: 'closed-unpaid' })
  })
})

describe('refunds', () => {
  test('that pay back less than their goods had cost share it out', () => {
    const row = (no: number, quantity: number, amount: string) => ({
      quantity,
      subtotalSet: money(amount),
      lineItem: { id: `gid://shopify/LineItem/${no}` },
    })
    const rows = [row(91, 2, '236.0'), row(92, 1, '58.0')]
    const refunds = [{ id: 'r', totalRefundedSet: money('147.0'), refundLineItems: { nodes: rows } }]
    const seen = order({ displayFinancialStatus: 'PARTIALLY_REFUNDED', totalRefundedSet: money('147.0'), refunds })
    expect(seen.lines.map(({ refundedFen }) => refundedFen)).toEqual([11800, 2900])
  })

  const refund = (change: object = {}) => ({
    id: 'gid://shopify/Refund/1',
    createdAt: '2026-10-20T03:00:00Z',
    totalRefundedSet: money('10.00'),
    refundLineItems: { nodes: [] },
    transactions: { nodes: [] },
    ...change,
  })
  const line91 = {
    quantity: 1,
    restockType: 'RETURN',
    subtotalSet: money('118.0'),
    lineItem: { id: 'gid://shopify/LineItem/91' },
  }
  const pending = { transactions: { nodes: [{ status: 'PENDING' }] } }

  test('under way, of a line: its goods stay, and the order waits', () => {
    const seen = order({ refunds: [refund({ refundLineItems: { nodes: [line91] }, ...pending })] })
    expect(seen).toMatchObject({
      orderRefundState: 'in-progress',
      mayShipNow: false,
      lines: [
        { refundState: 'requested', refundingQuantity: 1, mayShipNow: false },
        { refundState: 'none', mayShipNow: true },
      ],
    })
  })

  test('under way, of money alone: nothing may leave', () => {
    const seen = order({ refunds: [refund(pending)] })
    expect(seen.lines.map(({ mayShipNow }) => mayShipNow)).toEqual([false, false])
    expect(seen.warnings).toEqual(['refund-not-by-line'])
  })

  test('of money alone, paid out: goods go on and the sum is told', () => {
    const change = { displayFinancialStatus: 'PARTIALLY_REFUNDED', totalRefundedSet: money('10.00') }
    expect(order({ ...change, refunds: [refund()] })).toMatchObject({
      refundedFen: 1000,
      orderRefundState: 'partial',
      mayShipNow: true,
      lines: [{ refundState: 'none', refundedFen: 0 }, {}],
      warnings: ['refund-not-by-line'],
    })
  })

  test('in full take every line', () => {
    const change = { displayFinancialStatus: 'REFUNDED', totalRefundedSet: money('302.0'), refunds: [refund()] }
    expect(order(change)).toMatchObject({
      status: 'closed-refunded',
      orderRefundState: 'full',
      refundedFen: 30200,
      lines: [{ refundState: 'success', refundedQuantity: 2, refundedFen: 23600 }, { refundedQuantity: 1 }],
      warnings: [],
    })
  })

  test('in full, with a payment still under way, are not done', () => {
    const nodes = [{ ...line91, quantity: 2 }]
    const refunds = [refund({ refundLineItems: { nodes }, ...pending })]
    const change = { displayFinancialStatus: 'REFUNDED', totalRefundedSet: money('302.0'), refunds }
    expect(order(change)).toMatchObject({
      orderRefundState: 'in-progress',
      lines: [{ refundState: 'requested', refundingQuantity: 2, refundedQuantity: 0 }, { refundState: 'none' }],
    })
  })

  test('with an unknown word count as under way and are named', () => {
    const seen = order({ refunds: [refund({ transactions: { nodes: [{ status: 'LOST' }] } })] })
    expect(seen).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
    expect(seen.warnings).toContain('unknown-refund-status:LOST')
  })
})

test('an unknown status stops the order and is named', () => {
  expect(order({ displayFulfillmentStatus: 'TELEPORTED' })).toMatchObject({
    status: 'on-hold',
    mayShipNow: false,
    paidTotalFen: 30200,
    channelStatus: 'PAID/TELEPORTED',
    warnings: ['unknown-status:TELEPORTED'],
  })
})

test('a field nobody told us about is a notice', () => {
  expect(order({ colour: 'blue' }).warnings).toEqual(['unknown-field:order.colour'])
  const rows = plain!.lineItems.nodes.map((line) => ({ ...line, weight: 1 }))
  expect(order({ lineItems: { nodes: rows } }).warnings).toEqual(['unknown-field:order.lineItems.nodes.weight'])
})

test.each([
  [{ name: '周以宁', firstName: '以宁', lastName: '周' }, '周以宁'],
  [{ name: '以宁 周', firstName: '以宁', lastName: '周' }, '周以宁'],
  [{ name: 'Mei Lin', firstName: 'Mei', lastName: 'Lin' }, 'Mei Lin'],
  [{ name: '林晓禾', firstName: null, lastName: '林晓禾' }, '林晓禾'],
])('the receiver %o is %s', (names, expected) => {
  expect(order({ shippingAddress: { ...plain!.shippingAddress, ...names } }).receiver.name).toBe(expected)
})

test.each([
  ['Zhejiang', '浙江省'],
  ['CN-ZJ', '浙江省'],
  ['Inner Mongolia', '内蒙古自治区'],
  ['Shaanxi', '陕西省'],
  ['Shanxi', '山西省'],
  ['浙江', '浙江省'],
  ['Ontario', 'Ontario'],
])('the province %s is %s', (province, expected) => {
  expect(order({ shippingAddress: { ...plain!.shippingAddress, province, city: '' } }).receiver).toMatchObject({
    raw: { province },
    standard: { province: expected },
  })
})

test('an order without an address has none', () => {
  expect(order({ shippingAddress: null }).receiver).toMatchObject({ name: '', phone: '', privacy: 'absent' })
})

describe('the inspector', () => {
  const numbers = (value: unknown) => inspectOrders(JSON.stringify(value)).map(({ channelOrderNo }) => channelOrderNo)
  test.each([
    ['a list', page, 1],
    ['one order', two, 1],
    ['what is kept of an order', plain, 1],
    ['an array', [page, two], 2],
    ['a test order', { ...plain, test: true }, 0],
  ])('shows %s', (_, value, count) => {
    expect(numbers(value)).toHaveLength(count)
  })

  test.each(['<html>', '{"id":"x"}', '7'])('finds %s nonsense', (text) => {
    expect(() => inspectOrders(text)).toThrow(expect.objectContaining({ code: 'CHANNEL_NONSENSE' }))
  })
})
