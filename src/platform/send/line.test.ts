import { expect, test } from 'vitest'
import { mayAsk, rankOf, type Waiting } from './line.ts'

test.each([
  { operation: 'shipments.report', worth: 'usual', rank: 0 },
  { operation: 'aftersales.answer', worth: 'usual', rank: 0 },
  { operation: 'stock.push', worth: 'usual', rank: 1 },
  { operation: 'orders.get', worth: 'usual', rank: 3 },
  { operation: 'orders.pull', worth: 'usual', rank: 4 },
  { operation: 'stock.push', worth: 'later', rank: 5 },
  { operation: 'aftersales.pull', worth: 'usual', rank: 4 },
  { operation: 'products.pull', worth: 'usual', rank: 5 },
  { operation: 'products.pull', worth: 'later', rank: 5 },
  { operation: 'orders.pull', worth: 'history', rank: 6 },
] as const)('$operation ($worth) has rank $rank', ({ operation, worth, rank }) => {
  expect(rankOf(operation, worth)).toBe(rank)
})

const waiting = (given: Partial<Waiting>): Waiting => ({
  rank: 3,
  since: 0,
  limits: ['shop:1 read'],
  stuckOn: [],
  ...given,
})

test('whoever needs a limit in which someone more urgent lacks a place holds back', () => {
  const me = waiting({ rank: 3 })
  expect(mayAsk(me, [waiting({ rank: 0, since: 5, stuckOn: ['shop:1 read'] })], 10)).toBe(false)
  expect(mayAsk(me, [waiting({ rank: 0, since: 5, stuckOn: ['shop:2 read'] })], 10)).toBe(true)
  expect(mayAsk(me, [waiting({ rank: 6, stuckOn: ['shop:1 read'] })], 10)).toBe(true)
})

test('history that has waited long goes before an order that has just come, so nothing starves', () => {
  const history = waiting({ rank: 6, since: 0, stuckOn: ['shop:1 read'] })
  const order = waiting({ rank: 3, since: 7_900 })
  expect(mayAsk(order, [history], 8_000)).toBe(false)
  expect(mayAsk(history, [{ ...order, stuckOn: ['shop:1 read'] }], 8_000)).toBe(true)
})
