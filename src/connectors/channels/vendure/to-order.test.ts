import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { inspectOrders } from './inspect.ts'
import { seenOrder } from './orders.ts'
import failures from './samples/failures.json' with { type: 'json' }
import inParts from './samples/order-in-parts.json' with { type: 'json' }
import page from './samples/orders-page.json' with { type: 'json' }

const [plain] = page.data.orders.items
const tea = plain!
const order = (change: object = {}) => ChannelOrder.parse(seenOrder({ ...tea, ...change }).order)
const parted = inParts.data.order
const parts = (change: object = {}) => ChannelOrder.parse(seenOrder({ ...parted, ...change }).order)
const [payment] = tea.payments

const asTheSheetSays = {
  channel: 'vendure',
  channelOrderNo: '31',
  channelStatus: 'PaymentSettled',
  status: 'paid-wait-ship',
  createdAt: '2026-10-20T01:15:02.000Z',
  paidAt: '2026-10-20T01:15:02.000Z',
  modifiedAt: '2026-10-20T01:16:40.000Z',
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
  buyerNote: null,
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
  lines: [
    {
      channelLineNo: '51',
      channelItemNo: '',
      channelSkuNo: '4103',
      merchantCode: 'LJ-TJ-250',
      title: '龙井明前特级 250g',
      specification: '',
      imageUrl: null,
      quantity: 2,
      isGift: false,
      listFen: 25600,
      paidFen: 23600,
      unitPaidFen: [11800, 11800],
      lineStatus: 'PaymentSettled',
      refundState: 'none',
      refundingQuantity: 0,
      refundedQuantity: 0,
      refundedFen: 0,
      shippedQuantity: 0,
      shipments: [],
      mayShipNow: true,
      components: [],
    },
    expect.objectContaining({ channelLineNo: '52', channelSkuNo: '5221', listFen: 6800, paidFen: 5800 }),
  ],
  shipments: [],
  remainingToShip: [
    { channelSkuNo: '4103', quantity: 2 },
    { channelSkuNo: '5221', quantity: 1 },
  ],
  promotions: [],
  invoice: null,
  warnings: [],
}

test('the sheet’s order is told as the sheet says', () => {
  expect(order()).toEqual(asTheSheetSays)
})

test('a cancelled piece stays bought and paid, a prepared parcel has not left, and the newest inner note is the remark', () => {
  const zto = { carrierNo: null, carrierName: '中通快递', waybillNo: '73512345678951' }
  expect(parts()).toMatchObject({
    status: 'partially-shipped',
    createdAt: '2026-10-20T02:00:02.000Z',
    paidAt: '2026-10-20T02:05:00.000Z',
    paidTotalFen: 21600,
    freightFen: 1000,
    extraFen: 300,
    discountFen: 1500,
    refundedFen: 4500,
    orderRefundState: 'partial',
    mayShipNow: true,
    buyer: { channelBuyerNo: '12' },
    sellerRemark: '加急，发中通',
    receiver: { name: '周以宁', phone: '13800000102', standard: { province: '广东省', district: '南山区' } },
    lines: [
      {
        channelItemNo: '801',
        title: '陶杯',
        specification: '颜色:白',
        imageUrl: 'https://shop.example/assets/4101.jpg',
        quantity: 3,
        listFen: 15000,
        paidFen: 13500,
        unitPaidFen: [4500, 4500, 4500],
        refundState: 'success',
        refundedQuantity: 1,
        refundedFen: 4500,
        shippedQuantity: 1,
        shipments: [{ ...zto, lines: [{ channelSkuNo: '4101', quantity: 1 }] }],
        mayShipNow: true,
      },
      { quantity: 1, paidFen: 6800, shippedQuantity: 0, shipments: [], mayShipNow: true },
    ],
    shipments: [{ ...zto, lines: [{ channelSkuNo: '4101', quantity: 1 }] }],
    remainingToShip: [
      { channelSkuNo: '4101', quantity: 1 },
      { channelSkuNo: '5221', quantity: 1 },
    ],
    warnings: [],
  })
})

describe('what an order comes to', () => {
  test('an open order has paid nothing and owes all of it', () => {
    expect(order({ state: 'ArrangingPayment', payments: null })).toMatchObject({
      status: 'unpaid',
      paidAt: null,
      paidTotalFen: 0,
      freightFen: 0,
      extraFen: 0,
      payableTotalFen: 30200,
      discountFen: 3000,
      lines: [{ paidFen: 0, unitPaidFen: [0, 0] }, { paidFen: 0 }],
      mayShipNow: false,
      remainingToShip: [],
      warnings: [],
    })
  })

  const gone = tea.lines.map((line) => ({
    ...line,
    quantity: 0,
    linePriceWithTax: 0,
    proratedUnitPriceWithTax: line.proratedLinePriceWithTax / line.orderPlacedQuantity,
    proratedLinePriceWithTax: 0,
  }))
  test.each([
    ['with its freight', 0, 0],
    ['without its freight', 800, 800],
  ])('an order cancelled after payment %s is told as it was paid', (_, totalWithTax, shippingWithTax) => {
    const change = { state: 'Cancelled', lines: gone, totalWithTax, shippingWithTax }
    expect(order(change)).toMatchObject({
      status: 'closed-refunded',
      paidTotalFen: 30200,
      freightFen: 800,
      discountFen: 3000,
      lines: [
        { quantity: 2, listFen: 25600, paidFen: 23600 },
        { quantity: 1, listFen: 6800, paidFen: 5800 },
      ],
      remainingToShip: [],
      warnings: [],
    })
  })

  test.each([
    { when: 'whose pieces cost a third of a fen more', cost: 10000, each: 3333, freight: 800 },
    { when: 'whose pieces cost a third of a fen less', cost: 10001, each: 3334, freight: 800 },
    { when: 'that was sent for nothing', cost: 10000, each: 3333, freight: 0 },
  ])('a cancelled line $when is told as it was paid', ({ cost, each, freight }) => {
    const [kept, line] = tea.lines
    const none = { quantity: 0, linePriceWithTax: 0, proratedLinePriceWithTax: 0 }
    const cancelled = { ...line, ...none, orderPlacedQuantity: 3, proratedUnitPriceWithTax: each }
    const change = {
      lines: [kept, cancelled],
      totalWithTax: 23600 + freight,
      shippingWithTax: freight,
      payments: [{ ...payment, amount: 23600 + cost + freight }],
    }
    expect(order(change)).toMatchObject({
      paidTotalFen: 23600 + cost + freight,
      freightFen: freight,
      lines: [{ paidFen: 23600 }, { paidFen: cost }],
      warnings: [],
    })
  })

  test('of what was paid too much nothing is taken for cancelled goods', () => {
    const lines = [tea.lines[0], gone[1]]
    const change = { lines, totalWithTax: 24400, payments: [{ ...payment, amount: 99900 }] }
    expect(order(change)).toMatchObject({ paidTotalFen: 30200, freightFen: 800, lines: [{}, { paidFen: 5800 }] })
  })

  test('an order cancelled before payment has paid nothing', () => {
    const change = { state: 'Cancelled', payments: [], lines: gone, totalWithTax: 0, shippingWithTax: 0 }
    expect(order(change)).toMatchObject({
      status: 'closed-unpaid',
      paidTotalFen: 0,
      discountFen: 0,
      lines: [{ quantity: 2, paidFen: 0 }, {}],
      warnings: [],
    })
  })

  test('a platform that leaves the prices of cancelled pieces is taken at its word', () => {
    const lines = tea.lines.map((line) => ({ ...line, quantity: 0 }))
    expect(order({ lines })).toMatchObject({
      paidTotalFen: 30200,
      lines: [{ paidFen: 23600 }, { paidFen: 5800 }],
      mayShipNow: false,
      remainingToShip: [],
      warnings: [],
    })
  })

  test('a line that was added and taken off again is none', () => {
    const [first, second] = tea.lines
    const never = { ...second, id: '53', quantity: 0, orderPlacedQuantity: 0, proratedLinePriceWithTax: 0 }
    expect(order({ lines: [first, second, never] }).lines.map(({ channelLineNo }) => channelLineNo)).toEqual([
      '51',
      '52',
    ])
  })

  test('a total that the parts do not reach is kept and named', () => {
    expect(order({ totalWithTax: 30300 })).toMatchObject({ paidTotalFen: 30300, warnings: ['amount-mismatch'] })
  })

  test('an amount that pieces do not share evenly makes the first dearer', () => {
    const [first, second] = tea.lines
    const lines = [{ ...first, proratedLinePriceWithTax: 23601 }, second]
    expect(order({ totalWithTax: 30201, lines })).toMatchObject({
      paidTotalFen: 30201,
      lines: [{ unitPaidFen: [11801, 11800] }, {}],
      warnings: [],
    })
  })

  test('another currency is kept in its own minor units', () => {
    expect(order({ currencyCode: 'JPY' })).toMatchObject({ currency: 'JPY', paidTotalFen: 30200, warnings: [] })
  })
})

describe('what has left', () => {
  const fulfilment = (state: string, change: object = {}) => ({
    id: '1',
    state,
    method: '中通快递',
    trackingCode: '73512345678944',
    lines: [{ orderLineId: '51', quantity: 2 }],
    ...change,
  })
  test.each([
    ['Created', 0],
    ['Pending', 0],
    ['Shipped', 2],
    ['Delivered', 2],
    ['Cancelled', 0],
    ['Teleported', 0],
  ])('a parcel that is %s has taken %i pieces', (state, pieces) => {
    const seen = order({ fulfillments: [fulfilment(state)] })
    expect(seen.lines[0]?.shippedQuantity).toBe(pieces)
    expect(seen.shipments.map(({ waybillNo }) => waybillNo)).toEqual(pieces > 0 ? ['73512345678944'] : [])
  })

  test('a parcel without a number has left, and is none to follow', () => {
    const seen = order({ state: 'PartiallyShipped', fulfillments: [fulfilment('Shipped', { trackingCode: null })] })
    expect(seen).toMatchObject({ shipments: [], remainingToShip: [{ channelSkuNo: '5221', quantity: 1 }] })
  })

  test('an order delivered in part of which goods are here goes on', () => {
    expect(order({ state: 'PartiallyDelivered', fulfillments: [fulfilment('Delivered')] })).toMatchObject({
      status: 'partially-shipped',
      mayShipNow: true,
      remainingToShip: [{ channelSkuNo: '5221', quantity: 1 }],
    })
    expect(order({ state: 'PartiallyDelivered' })).toMatchObject({
      status: 'shipped',
      mayShipNow: false,
      lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }],
    })
  })
})

describe('refunds', () => {
  const refund = (change: object = {}) => ({
    id: '5',
    state: 'Settled',
    total: 1000,
    shipping: 0,
    lines: [],
    ...change,
  })
  const refunded = (...refunds: readonly object[]) => order({ payments: [{ ...payment, refunds }] })
  const pieces = (orderLineId: string, quantity: number) => ({ lines: [{ orderLineId, quantity }] })

  test('under way, of a line: its goods stay, and the order waits', () => {
    expect(refunded(refund({ state: 'Pending', total: 11800, ...pieces('51', 1) }))).toMatchObject({
      orderRefundState: 'in-progress',
      refundedFen: 0,
      mayShipNow: false,
      lines: [{ refundState: 'requested', refundingQuantity: 1, mayShipNow: false }, { mayShipNow: true }],
      warnings: [],
    })
  })

  test('under way, of money alone: nothing may leave', () => {
    const seen = refunded(refund({ state: 'Pending' }))
    expect(seen.lines.map(({ mayShipNow }) => mayShipNow)).toEqual([false, false])
    expect(seen.warnings).toEqual(['refund-not-by-line'])
  })

  test('of money alone, paid out: goods go on and the sum is told', () => {
    expect(refunded(refund())).toMatchObject({
      paidTotalFen: 30200,
      refundedFen: 1000,
      orderRefundState: 'partial',
      mayShipNow: true,
      lines: [{ refundState: 'none', refundedFen: 0 }, {}],
      warnings: ['refund-not-by-line'],
    })
  })

  test('that failed are closed and hold nothing up', () => {
    expect(refunded(refund({ state: 'Failed', ...pieces('51', 1) }))).toMatchObject({
      refundedFen: 0,
      orderRefundState: 'none',
      mayShipNow: true,
      lines: [{ refundState: 'closed', refundedQuantity: 0 }, {}],
    })
  })

  test.each([
    ['one line and its freight', { total: 6600, shipping: 800, ...pieces('52', 1) }, [0, 5800]],
    ['one piece of a line and its freight', { total: 12600, shipping: 800, ...pieces('51', 1) }, [11800, 0]],
    ['less than the goods cost', { total: 101, ...pieces('51', 1) }, [101, 0]],
    ['more than the line cost', { total: 9000, ...pieces('52', 1) }, [0, 5800]],
    [
      'two lines by what they cost',
      {
        total: 8800,
        lines: [
          { orderLineId: '51', quantity: 1 },
          { orderLineId: '52', quantity: 1 },
        ],
      },
      [5900, 2900],
    ],
  ])('of %s', (_, change, expected) => {
    expect(refunded(refund(change)).lines.map(({ refundedFen }) => refundedFen)).toEqual(expected)
  })

  test('of money alone belong to the only line there is', () => {
    const [first] = tea.lines
    const change = {
      lines: [first],
      totalWithTax: 24400,
      payments: [{ ...payment, amount: 24400, refunds: [refund()] }],
    }
    expect(order(change)).toMatchObject({
      lines: [{ refundState: 'success', refundedFen: 1000, refundedQuantity: 0, mayShipNow: true }],
      warnings: [],
    })
  })

  test('in full take every line', () => {
    expect(refunded(refund({ total: 30000 }), refund({ id: '6', total: 200 }))).toMatchObject({
      status: 'paid-wait-ship',
      orderRefundState: 'full',
      mayShipNow: false,
      remainingToShip: [],
      lines: [{ refundState: 'success', refundedQuantity: 2, refundedFen: 23600 }, { refundedQuantity: 1 }],
      warnings: [],
    })
  })

  test('with an unknown word count as under way and are named', () => {
    const seen = refunded(refund({ state: 'Lost', ...pieces('51', 1) }))
    expect(seen).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
    expect(seen.warnings).toEqual(['unknown-refund-status:Lost'])
  })
})

test('an unknown status stops the order and is named', () => {
  expect(order({ state: 'Teleported' })).toMatchObject({
    status: 'on-hold',
    mayShipNow: false,
    paidTotalFen: 30200,
    channelStatus: 'Teleported',
    warnings: ['unknown-status:Teleported'],
  })
})

test('a field nobody told us about is a notice', () => {
  expect(order({ customFields: {} }).warnings).toEqual(['unknown-field:order.customFields'])
  const lines = tea.lines.map((line) => ({ ...line, weight: 1 }))
  expect(order({ lines }).warnings).toEqual(['unknown-field:order.lines.weight'])
})

test.each([
  [null, 'absent'],
  [{ ...tea.shippingAddress, phoneNumber: '138****0101' }, 'masked'],
])('the receiver %o is %s', (shippingAddress, privacy) => {
  expect(order({ shippingAddress }).receiver.privacy).toBe(privacy)
})

describe('the inspector', () => {
  const numbers = (value: unknown) => inspectOrders(JSON.stringify(value)).map(({ channelOrderNo }) => channelOrderNo)
  test.each([
    ['a list', page, ['31']],
    ['what stands below data', page.data, ['31']],
    ['one order', inParts, ['32']],
    ['what is kept of an order', tea, ['31']],
    ['an array', [page, inParts], ['31', '32']],
    ['a draft', { ...tea, orderPlacedAt: null }, []],
  ])('shows %s', (_, value, expected) => {
    expect(numbers(value)).toEqual(expected)
  })

  test.each([
    ['a page', '<html>', 'CHANNEL_NONSENSE'],
    ['something else', '{"id":"x"}', 'CHANNEL_NONSENSE'],
    ['a number', '7', 'CHANNEL_NONSENSE'],
    ['half a fen', JSON.stringify({ ...tea, totalWithTax: 302.5 }), 'CHANNEL_NONSENSE'],
    ['a currency that is none', JSON.stringify({ ...tea, currencyCode: '元' }), 'CHANNEL_NONSENSE'],
    ['a time without its zone', JSON.stringify({ ...tea, updatedAt: '2026-10-20 01:16' }), 'CHANNEL_NONSENSE'],
    ['a refused key', JSON.stringify(failures.forbidden), 'CHANNEL_MISCONFIGURED'],
    ['errors that say nothing', '{"errors":[]}', 'CHANNEL_NONSENSE'],
  ])('refuses %s', (_, text, code) => {
    expect(() => inspectOrders(text)).toThrow(expect.objectContaining({ code }))
  })
})
