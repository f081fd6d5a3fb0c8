import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refundStates } from '../../../core/channel/words.ts'
import { casesOf } from './aftersales.ts'
import { generic } from './index.ts'
import { inspectOrders } from './orders.ts'
import { refundStateOf } from './refunds.ts'
import orderEvent from './samples/order-event.json' with { type: 'json' }
import orders from './samples/orders.json' with { type: 'json' }

const plain = orderEvent.data
const single = { ...plain, lines: plain.lines.slice(0, 1), amounts: { ...plain.amounts, total: 24400 } }
const read = (value: object) => inspectOrders(JSON.stringify(value))[0]!
const refund = (change: object = {}) => ({
  id: 'R-1',
  amount: 5800,
  reason: '不想要了',
  status: 'requested',
  ...change,
})

test('every word of the vocabulary has a meaning', () => {
  for (const word of generic.vocabulary.refundStatuses) {
    const { state, isKnown } = refundStateOf(word)
    expect(isKnown).toBe(true)
    expect(refundStates).toContain(state)
  }
})

test.each(['requested', 'approved', 'refunded', 'rejected', 'cancelled'])('the contract has a word: %s', (word) => {
  expect(generic.vocabulary.refundStatuses).toContain(word)
})

test('an unknown word keeps the goods back until somebody has looked', () => {
  const order = read({ ...plain, refunds: [refund({ status: 'arbitration' })] })
  expect(order).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
  expect(order.warnings).toEqual(['unknown-refund-status:arbitration', 'refund-not-by-line'])
})

test.each([
  { when: 'one is open', refunds: [refund()], state: 'in-progress', fen: 0 },
  {
    when: 'one of two is open',
    refunds: [refund({ status: 'refunded' }), refund({ id: 'R-2' })],
    state: 'in-progress',
    fen: 5800,
  },
  { when: 'part came back', refunds: [refund({ status: 'refunded' })], state: 'partial', fen: 5800 },
  {
    when: 'all came back at once',
    refunds: [refund({ status: 'approved', amount: 30200 })],
    state: 'full',
    fen: 30200,
  },
  {
    when: 'all came back in two parts',
    refunds: [refund({ status: 'refunded', amount: 30000 }), refund({ id: 'R-2', status: 'refunded', amount: 200 })],
    state: 'full',
    fen: 30200,
  },
  { when: 'it was refused', refunds: [refund({ status: 'rejected' })], state: 'none', fen: 0 },
  { when: 'it was withdrawn', refunds: [refund({ status: 'cancelled' })], state: 'none', fen: 0 },
  { when: 'there is none', refunds: null, state: 'none', fen: 0 },
])('when $when the order is $state', ({ refunds, state, fen }) => {
  const order = read({ ...plain, refunds })
  expect([order.orderRefundState, order.refundedFen]).toEqual([state, fen])
  expect(order.mayShipNow).toBe(state === 'none' || state === 'partial')
  expect(order.paidTotalFen).toBe(30200)
})

test('a refund that names its line stops that line and leaves the other free', () => {
  const order = read(orders[2]!)
  expect(order.warnings).toEqual([])
  expect(order.lines.map((line) => [line.refundState, line.refundingQuantity, line.mayShipNow])).toEqual([
    ['none', 0, true],
    ['requested', 1, false],
  ])
})

test('an open refund that names no line stops all of them', () => {
  const order = read({ ...plain, refunds: [refund()] })
  expect(order.lines.map((line) => [line.refundState, line.mayShipNow])).toEqual([
    ['none', false],
    ['none', false],
  ])
  expect(order.warnings).toEqual(['refund-not-by-line'])
})

test('what was refunded for one piece is no longer to be shipped', () => {
  const refunds = [refund({ status: 'refunded', amount: 11800, lines: [{ id: '1501', qty: 1 }] })]
  const order = read({ ...plain, refunds })
  expect(order.lines[0]).toMatchObject({
    refundState: 'success',
    refundedQuantity: 1,
    refundedFen: 11800,
    mayShipNow: true,
  })
  expect(order.remainingToShip).toEqual([
    { channelSkuNo: 'LJ-TJ-250', quantity: 1 },
    { channelSkuNo: 'GW-BC-01', quantity: 1 },
  ])
})

test('with one line there is no question which it is about: less than its price is money only', () => {
  const some = read({ ...single, refunds: [refund({ status: 'refunded', amount: 500 })] })
  expect(some.lines[0]).toMatchObject({
    refundState: 'success',
    refundedQuantity: 0,
    refundedFen: 500,
    mayShipNow: true,
  })
  const goods = read({ ...single, refunds: [refund({ status: 'refunded', amount: 23600 })] })
  expect(goods.lines[0]).toMatchObject({ refundedQuantity: 2, refundedFen: 23600, mayShipNow: false })
})

test('the freight in a full refund belongs to no line', () => {
  const order = read(orders[3]!)
  expect(order).toMatchObject({
    status: 'closed-refunded',
    orderRefundState: 'full',
    refundedFen: 30200,
    remainingToShip: [],
  })
  expect(order.lines.map(({ refundedFen, refundedQuantity }) => [refundedFen, refundedQuantity])).toEqual([
    [23600, 2],
    [5800, 1],
  ])
})

test('a site that only says refunded means the whole total', () => {
  const order = read({ ...plain, status: 'refunded' })
  expect(order).toMatchObject({ refundedFen: 30200, orderRefundState: 'full' })
})

test('a refund of a line the order has not is not tied to any', () => {
  const order = read({ ...plain, refunds: [refund({ lines: [{ id: '9', qty: 1 }] })] })
  expect(order.warnings).toEqual(['refund-not-by-line'])
})

test('whatever is refunded, no line gets back more than it cost from one refund, nor more pieces than it has', () => {
  const amounts = fc.array(fc.nat(40_000), { minLength: 1, maxLength: 4 })
  const status = fc.constantFrom('requested', 'approved', 'refunded', 'rejected', 'cancelled')
  fc.assert(
    fc.property(amounts, status, fc.boolean(), (list, word, isByLine) => {
      const lines = isByLine
        ? [
            { id: '1501', qty: 1 },
            { id: '1502', qty: 1 },
          ]
        : undefined
      const refunds = list.map((amount, index) => refund({ id: `R-${index}`, amount, status: word, lines }))
      const order = read({ ...plain, refunds })
      const sum = list.reduce((a, b) => a + b, 0)
      expect(order.refundedFen).toBe(word === 'approved' || word === 'refunded' ? sum : 0)
      for (const line of order.lines) {
        expect(line.refundedFen).toBeLessThanOrEqual(line.paidFen * list.length)
        expect(line.refundedQuantity + line.refundingQuantity).toBeLessThanOrEqual(line.quantity)
      }
    }),
  )
})

test('a refund is a case of its own, with the JSON it was made from', () => {
  const [seen] = casesOf(orders[2])
  expect(seen?.case).toEqual({
    channelCaseNo: 'R-1',
    channelOrderNo: 'T-7304',
    channelLineNo: '1502',
    channelStatus: 'requested',
    state: 'requested',
    kind: 'refund-only',
    refundFen: 5800,
    quantity: 1,
    reason: '不想要盖碗了',
    beforeShipping: true,
    returnWaybillNo: null,
    createdAt: '2026-10-20T03:00:00.000Z',
    modifiedAt: '2026-10-20T03:00:00.000Z',
  })
  expect(JSON.parse(seen?.raw ?? '')).toMatchObject({ id: 'R-1', amount: 5800 })
})

test('a refund without times or lines has those of its order', () => {
  const [seen] = casesOf(orders[3])
  expect(seen?.case).toMatchObject({
    channelLineNo: null,
    quantity: null,
    state: 'success',
    createdAt: '2026-10-20T01:16:40.000Z',
    beforeShipping: null,
  })
})
