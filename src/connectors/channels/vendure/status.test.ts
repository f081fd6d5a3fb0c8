import { describe, expect, test } from 'vitest'
import { channelStatuses, refundStates } from '../../../core/channel/words.ts'
import { orderWords, refundStateOf, refundWords, type StatusFacts, statusOf } from './status.ts'

const facts = (state: string, change: Partial<StatusFacts> = {}): StatusFacts => ({
  state,
  settled: 30200,
  total: 30200,
  isPartLeft: false,
  ...change,
})

test.each(Object.keys(orderWords))('%s is one of ours and known', (state) => {
  for (const settled of [0, 30200]) {
    const reading = statusOf(facts(state, { settled }))
    expect(channelStatuses).toContain(reading.status)
    expect(reading.isKnown).toBe(true)
  }
})

describe('the sheet’s table', () => {
  const open = { settled: 0 }
  test.each<[state: string, change: Partial<StatusFacts>, status: string, isPaid: boolean]>([
    ['Created', open, 'unpaid', false],
    ['Draft', open, 'unpaid', false],
    ['AddingItems', open, 'unpaid', false],
    ['ArrangingPayment', open, 'unpaid', false],
    ['PaymentAuthorized', open, 'on-hold', false],
    ['PaymentAuthorized', {}, 'on-hold', false],
    ['PaymentSettled', {}, 'paid-wait-ship', true],
    ['PaymentSettled', { settled: 0, total: 0 }, 'paid-wait-ship', true],
    ['PartiallyShipped', {}, 'partially-shipped', true],
    ['Shipped', {}, 'shipped', true],
    ['PartiallyDelivered', {}, 'shipped', true],
    ['PartiallyDelivered', { isPartLeft: true }, 'partially-shipped', true],
    ['Delivered', {}, 'completed', true],
    ['Modifying', {}, 'on-hold', true],
    ['Modifying', open, 'on-hold', false],
    ['ArrangingAdditionalPayment', {}, 'on-hold', true],
    ['ArrangingAdditionalPayment', { total: 30201 }, 'on-hold', false],
    ['Cancelled', open, 'closed-unpaid', false],
    ['Cancelled', { total: 0 }, 'closed-refunded', true],
  ])('%s %o is %s', (state, change, status, isPaid) => {
    expect(statusOf(facts(state, change))).toEqual({ status, isPaid, isKnown: true })
  })
})

test.each(['Teleported', 'constructor', ''])('%s stops the order', (state) => {
  expect(statusOf(facts(state))).toEqual({ status: 'on-hold', isPaid: true, isKnown: false })
})

test('every word of a refund is one of ours, and another counts as under way', () => {
  for (const word of Object.keys(refundWords)) {
    expect(refundStates).toContain(refundStateOf(word).state)
    expect(refundStateOf(word).isKnown).toBe(true)
  }
  expect(refundStateOf('Settled').state).toBe('success')
  expect(refundStateOf('Lost')).toEqual({ state: 'requested', isKnown: false })
})
