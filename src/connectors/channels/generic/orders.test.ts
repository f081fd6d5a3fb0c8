import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import { generic } from './index.ts'
import { inspectOrders } from './orders.ts'
import orderEvent from './samples/order-event.json' with { type: 'json' }
import orderList from './samples/order-list.json' with { type: 'json' }
import orders from './samples/orders.json' with { type: 'json' }
import { statusOf } from './to-order.ts'

type Json = Record<string, unknown>
const plain = orderEvent.data as Json
const read = (...values: Json[]) => inspectOrders(JSON.stringify(values))
const one = (change: Json) => read({ ...plain, ...change })[0]!

const worked = {
  channel: 'generic',
  channelOrderNo: 'T-7301',
  channelStatus: 'paid',
  status: 'paid-wait-ship',
  createdAt: '2026-10-20T01:15:02.000Z',
  paidAt: '2026-10-20T01:16:38.000Z',
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
  buyerNote: '请用环保包装',
  sellerRemark: null,
  flag: null,
  receiver: {
    name: '林晓禾',
    phone: '13800000101',
    raw: { province: '浙江省', city: '杭州市', district: '西湖区', town: '', address: '示例路 12 号 3 幢 502' },
    standard: { province: '浙江省', city: '杭州市', district: '西湖区', town: '' },
    privacy: 'plain',
    addressKey: null,
  },
  lines: [
    expect.objectContaining({
      channelLineNo: '1501',
      channelItemNo: 'LJ-TJ-250',
      channelSkuNo: 'LJ-TJ-250',
      merchantCode: 'LJ-TJ-250',
      title: '龙井明前特级',
      specification: '250g',
      quantity: 2,
      listFen: 25600,
      paidFen: 23600,
      unitPaidFen: [11800, 11800],
      lineStatus: 'paid',
      refundState: 'none',
      shippedQuantity: 0,
      mayShipNow: true,
    }),
    expect.objectContaining({ channelLineNo: '1502', specification: '', quantity: 1, paidFen: 5800 }),
  ],
  shipments: [],
  remainingToShip: [
    { channelSkuNo: 'LJ-TJ-250', quantity: 2 },
    { channelSkuNo: 'GW-BC-01', quantity: 1 },
  ],
  promotions: [],
  invoice: null,
  warnings: [],
}

test('the order of the worked example, in our words', () => {
  expect(inspectOrders(JSON.stringify(orderList))).toEqual([worked])
})

test('list, single order, event and arrays of these are read alike', () => {
  const expected = inspectOrders(JSON.stringify(orderList))
  for (const form of [plain, orderEvent, [plain], [orderEvent], { orders: [plain] }, [orderList]]) {
    expect(inspectOrders(JSON.stringify(form))).toEqual(expected)
  }
})

test('every sample is an order of the standard', () => {
  for (const order of read(...(orders as Json[]))) expect(ChannelOrder.parse(order)).toEqual(order)
})

test.each([
  { status: 'unpaid', paidAt: null, ours: 'unpaid' },
  { status: 'paid', paidAt: '2026-10-20T01:16:38Z', ours: 'paid-wait-ship' },
  { status: 'partially_shipped', paidAt: '2026-10-20T01:16:38Z', ours: 'partially-shipped' },
  { status: 'shipped', paidAt: '2026-10-20T01:16:38Z', ours: 'shipped' },
  { status: 'completed', paidAt: '2026-10-20T01:16:38Z', ours: 'completed' },
  { status: 'cancelled', paidAt: null, ours: 'closed-unpaid' },
  { status: 'cancelled', paidAt: '2026-10-20T01:16:38Z', ours: 'closed-refunded' },
  { status: 'refunded', paidAt: '2026-10-20T01:16:38Z', ours: 'closed-refunded' },
  { status: 'packing', paidAt: '2026-10-20T01:16:38Z', ours: 'on-hold' },
  { status: 'packing', paidAt: null, ours: 'on-hold' },
])('$status, paid at $paidAt, is $ours', ({ status, paidAt, ours }) => {
  const order = one({ status, paid_at: paidAt })
  expect([order.status, order.channelStatus]).toEqual([ours, status])
  expect(order.warnings.includes(`unknown-status:${status}`)).toBe(status === 'packing')
})

test('every word of the vocabulary has a meaning, paid or not', () => {
  expect(generic.vocabulary.orderStatuses).toHaveLength(7)
  for (const word of generic.vocabulary.orderStatuses) {
    for (const isPaid of [true, false]) {
      const { status, isKnown } = statusOf(word, isPaid)
      expect(isKnown).toBe(true)
      expect(statusFacts).toHaveProperty(status)
    }
  }
})

test.each(['constructor', 'toString', ''])('a status named like something every object has is unknown: %s', (word) => {
  expect(statusOf(word, true)).toEqual({ status: 'on-hold', isKnown: false })
})

test('nothing is paid while an order is unpaid, and what is due stays', () => {
  const [unpaid] = read(orders[0] as Json)
  expect(unpaid).toMatchObject({
    paidTotalFen: 0,
    freightFen: 0,
    extraFen: 0,
    payableTotalFen: 30200,
    mayShipNow: false,
    remainingToShip: [],
    warnings: [],
  })
  expect(unpaid!.lines.map(({ paidFen, unitPaidFen }) => [paidFen, unitPaidFen])).toEqual([
    [0, [0, 0]],
    [0, [0]],
  ])
})

test('tax is in the lines, other charges stand beside them, and what has left is told piece by piece', () => {
  const [, partly] = read(...(orders as Json[]))
  expect(partly).toMatchObject({
    status: 'partially-shipped',
    paidTotalFen: 31930,
    freightFen: 800,
    extraFen: 200,
    warnings: [],
    shipments: [
      {
        carrierNo: 'zto',
        carrierName: '中通快递',
        waybillNo: '73512345678944',
        lines: [{ channelSkuNo: 'LJ-TJ-250', quantity: 1 }],
      },
    ],
    remainingToShip: [
      { channelSkuNo: 'LJ-TJ-250', quantity: 1 },
      { channelSkuNo: 'GW-BC-01', quantity: 1 },
    ],
  })
  expect(partly!.lines.map((line) => [line.shippedQuantity, line.shipments.length])).toEqual([
    [1, 1],
    [0, 0],
  ])
})

test('a foreign currency is kept and not converted, and a split name is joined', () => {
  const dollars = read(...(orders as Json[]))[4]!
  expect(dollars).toMatchObject({ currency: 'USD', paidTotalFen: 30200, buyerNote: null })
  expect(dollars.receiver).toMatchObject({
    name: '林晓禾',
    phone: '13800000101',
    raw: { province: '广西' },
    standard: { province: '广西壮族自治区', city: '南宁市', district: '青秀区' },
  })
  expect(dollars.lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([2, 1])
})

test('amounts that do not add up are kept as they are and named', () => {
  const order = one({ amounts: { total: 30199, shipping: 800 } })
  expect(order).toMatchObject({ paidTotalFen: 30199, freightFen: 800, warnings: ['amount-mismatch'] })
})

test('a field we do not know is named once', () => {
  const lines = (plain.lines as Json[]).map((line) => ({ ...line, colour: '白' }))
  expect(one({ gift_card: null, lines }).warnings.toSorted()).toEqual([
    'unknown-field:order.gift_card',
    'unknown-field:order.lines.colour',
  ])
})

test.each([
  { receiver: null, privacy: 'absent' },
  { receiver: { name: '林**', phone: '138****0101', address: '示例路' }, privacy: 'masked' },
  { receiver: { name: 'John Smith', phone: '13800000101', address: '示例路' }, privacy: 'plain' },
])('a receiver comes as $privacy', ({ receiver, privacy }) => {
  expect(one({ receiver }).receiver.privacy).toBe(privacy)
})

test('a partly shipped order whose parcels do not list their lines says so', () => {
  const shipments = [{ carrier: 'sf', tracking_no: 'SF1399000000017' }]
  const order = one({ status: 'partially_shipped', shipments })
  expect(order.warnings).toEqual(['shipped-lines-unknown'])
  expect(order.lines.map((line) => line.shipments.length)).toEqual([1, 1])
})

test('a parcel with a line the order has not is named', () => {
  const shipments = [{ tracking_no: 'SF1399000000017', lines: [{ id: '9', qty: 1 }] }]
  expect(one({ shipments }).warnings).toEqual(['shipment-line-unknown:9'])
})

test('an id beyond 2^53 keeps its digits whether it comes as number or as text', () => {
  const text = JSON.stringify(plain).replace('"T-7301"', '4150331829467120915')
  expect(inspectOrders(text)[0]?.channelOrderNo).toBe('4150331829467120915')
})

test.each([
  { change: { modified_at: '2026-10-20 09:16:40' }, field: 'order.modified_at' },
  { change: { amounts: { total: 302.5 } }, field: 'order.amounts.total' },
  { change: { amounts: { total: '30200' } }, field: 'order.amounts.total' },
  { change: { currency: '元' }, field: 'order.currency' },
  { change: { lines: [{ id: 1, sku: 'A', qty: 0, list: 0, paid: 0 }] }, field: 'order.lines.0.qty' },
  { change: { lines: [0, 1].map(() => ({ id: 1, sku: 'A', qty: 1, list: 0, paid: 0 })) }, field: 'order.lines' },
])('a field that breaks the contract is named: $field', ({ change, field }) => {
  expect(() => one(change)).toThrow(
    expect.objectContaining({
      code: 'CHANNEL_NONSENSE',
      details: expect.objectContaining({ reason: expect.stringContaining(`${field} `) }),
    }),
  )
})

test.each(['<html>', '[1]', 'null', '{"orders":{}}'])('what is no order is nonsense: %s', (text) => {
  expect(() => inspectOrders(text)).toThrow(expect.objectContaining({ code: 'CHANNEL_NONSENSE' }))
})

test('whatever the shop charges, parts add up to the total and pieces to their line', () => {
  const line = fc.record({ qty: fc.integer({ min: 1, max: 40 }), paid: fc.nat(1e7), list: fc.nat(1e7) })
  const charges = fc.record({ shipping: fc.nat(1e5), extra: fc.nat(1e5), isPaid: fc.boolean() })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), charges, (lines, { shipping, extra, isPaid }) => {
      const total = lines.reduce((sum, { paid }) => sum + paid, shipping + extra)
      const order = one({
        status: isPaid ? 'paid' : 'unpaid',
        paid_at: isPaid ? plain.paid_at : null,
        amounts: { shipping, extra, total },
        lines: lines.map((each, index) => ({ id: String(index), sku: `S${index}`, name: '茶', ...each })),
      })
      expect(order.warnings).toEqual([])
      expect(order.paidTotalFen).toBe(isPaid ? total : 0)
      const parts = order.lines.reduce((sum, { paidFen }) => sum + paidFen, order.freightFen + order.extraFen)
      expect(parts).toBe(order.paidTotalFen)
      for (const { unitPaidFen, paidFen, quantity } of order.lines) {
        expect(unitPaidFen).toHaveLength(quantity)
        expect(unitPaidFen.reduce((sum, fen) => sum + fen, 0)).toBe(paidFen)
      }
    }),
  )
})
