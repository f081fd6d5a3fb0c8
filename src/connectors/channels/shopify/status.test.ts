import { describe, expect, test } from 'vitest'
import { channelStatuses, refundStates } from '../../../core/channel/words.ts'
import {
  financialWords,
  fulfilmentWords,
  orderStatuses,
  refundStatusOf,
  refundWords,
  type StatusFacts,
  statusOf,
} from './status.ts'

const facts = (status: string, change: Partial<StatusFacts> = {}): StatusFacts => {
  const [financial = '', fulfilment = ''] = status.split('/')
  const plain = { isCancelled: false, isRefundedInFull: false, isFinished: false, isAllOnHold: false }
  return { financial, fulfilment, ...plain, ...change }
}

test('every pair of raw words is one of ours and known', () => {
  expect(orderStatuses).toHaveLength(Object.keys(financialWords).length * Object.keys(fulfilmentWords).length)
  for (const status of orderStatuses) {
    const reading = statusOf(facts(status))
    expect(channelStatuses).toContain(reading.status)
    expect(reading.unknownWords).toEqual([])
  }
})

describe('the sheet’s table', () => {
  test.each<[status: string, change: Partial<StatusFacts>, ours: string]>([
    ['PENDING/UNFULFILLED', {}, 'unpaid'],
    ['AUTHORIZED/FULFILLED', {}, 'unpaid'],
    ['EXPIRED/UNFULFILLED', {}, 'unpaid'],
    ['PAID/UNFULFILLED', {}, 'paid-wait-ship'],
    ['PARTIALLY_REFUNDED/SCHEDULED', {}, 'paid-wait-ship'],
    ['PAID/ON_HOLD', {}, 'paid-wait-ship'],
    ['PAID/ON_HOLD', { isAllOnHold: true }, 'on-hold'],
    ['PAID/UNFULFILLED', { isAllOnHold: true }, 'on-hold'],
    ['PAID/PARTIALLY_FULFILLED', {}, 'partially-shipped'],
    ['PAID/PARTIALLY_FULFILLED', { isAllOnHold: true }, 'partially-shipped'],
    ['PARTIALLY_REFUNDED/IN_PROGRESS', {}, 'partially-shipped'],
    ['PAID/FULFILLED', {}, 'shipped'],
    ['PAID/FULFILLED', { isFinished: true }, 'completed'],
    ['PAID/UNFULFILLED', { isFinished: true }, 'paid-wait-ship'],
    ['PARTIALLY_PAID/UNFULFILLED', {}, 'on-hold'],
    ['REFUNDED/FULFILLED', {}, 'closed-refunded'],
    ['VOIDED/UNFULFILLED', {}, 'closed-unpaid'],
    ['PENDING/UNFULFILLED', { isCancelled: true }, 'closed-unpaid'],
    ['PAID/UNFULFILLED', { isCancelled: true }, 'on-hold'],
    ['PARTIALLY_REFUNDED/UNFULFILLED', { isCancelled: true, isRefundedInFull: true }, 'closed-refunded'],
    ['PARTIALLY_PAID/UNFULFILLED', { isCancelled: true }, 'on-hold'],
    ['REFUNDED/UNFULFILLED', { isCancelled: true }, 'closed-refunded'],
  ])('%s %o is %s', (status, change, ours) => {
    expect(statusOf(facts(status, change)).status).toBe(ours)
  })
})

test.each([
  ['CHARGED_BACK/UNFULFILLED', 'on-hold', ['CHARGED_BACK']],
  ['PAID/TELEPORTED', 'on-hold', ['TELEPORTED']],
  ['PENDING/TELEPORTED', 'unpaid', ['TELEPORTED']],
  ['constructor/toString', 'on-hold', ['constructor', 'toString']],
])('%s stops the order and is named', (status, ours, unknownWords) => {
  expect(statusOf(facts(status))).toMatchObject({ status: ours, unknownWords })
})

test('every word of a refund’s payments is one of ours', () => {
  for (const word of Object.keys(refundWords)) {
    const { state, isKnown } = refundStatusOf([word])
    expect(refundStates).toContain(state)
    expect(isKnown).toBe(true)
  }
})

test.each([
  [[], 'SUCCESS', 'success'],
  [['FAILURE', 'SUCCESS'], 'SUCCESS', 'success'],
  [['SUCCESS', 'PENDING'], 'PENDING', 'requested'],
  [['ERROR'], 'ERROR', 'closed'],
  [['PENDING', 'LOST'], 'LOST', 'requested'],
])('payments %o make a refund %s, which is %s', (words, word, state) => {
  expect(refundStatusOf(words)).toMatchObject({ word, state })
})
