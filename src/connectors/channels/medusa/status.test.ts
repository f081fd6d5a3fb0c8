import { describe, expect, test } from 'vitest'
import { channelStatuses } from '../../../core/channel/words.ts'
import { goodsWords, orderStatuses, paymentWords, refundStateOf, refundWords, statusOf } from './status.ts'

const read = (text: string, bearings = { isRefundedInFull: false, isSomethingLeft: false }) => {
  const [status = '', payment_status = '', fulfillment_status = ''] = text.split('/')
  return statusOf({ status, payment_status, fulfillment_status }, bearings)
}

/** Source: own-site.md 5.2. */
test.each([
  ['pending/not_paid/not_fulfilled', 'unpaid'],
  ['pending/awaiting/not_fulfilled', 'unpaid'],
  ['pending/partially_authorized/not_fulfilled', 'unpaid'],
  ['pending/canceled/not_fulfilled', 'unpaid'],
  ['pending/authorized/not_fulfilled', 'on-hold'],
  ['pending/authorized/delivered', 'on-hold'],
  ['pending/partially_captured/not_fulfilled', 'on-hold'],
  ['pending/requires_action/not_fulfilled', 'on-hold'],
  ['requires_action/captured/not_fulfilled', 'on-hold'],
  ['pending/captured/not_fulfilled', 'paid-wait-ship'],
  ['pending/captured/partially_fulfilled', 'paid-wait-ship'],
  ['pending/captured/fulfilled', 'paid-wait-ship'],
  ['pending/captured/canceled', 'paid-wait-ship'],
  ['archived/captured/not_fulfilled', 'paid-wait-ship'],
  ['pending/partially_refunded/not_fulfilled', 'paid-wait-ship'],
  ['pending/captured/partially_shipped', 'partially-shipped'],
  ['pending/captured/shipped', 'shipped'],
  ['pending/captured/partially_delivered', 'shipped'],
  ['pending/captured/delivered', 'completed'],
  ['completed/captured/shipped', 'completed'],
  ['completed/refunded/delivered', 'closed-refunded'],
  ['pending/refunded/shipped', 'closed-refunded'],
  ['canceled/not_paid/not_fulfilled', 'closed-unpaid'],
  ['canceled/canceled/not_fulfilled', 'closed-unpaid'],
  ['canceled/authorized/not_fulfilled', 'closed-unpaid'],
  ['canceled/captured/not_fulfilled', 'on-hold'],
  ['canceled/partially_captured/not_fulfilled', 'on-hold'],
])('%s is %s', (words, status) => {
  expect(read(words)).toMatchObject({ status, unknownWords: [] })
})

describe('what else bears on it', () => {
  test('a paid order that was cancelled is over once all of it went back', () => {
    const bearings = { isRefundedInFull: true, isSomethingLeft: false }
    expect(read('canceled/partially_refunded/not_fulfilled', bearings).status).toBe('closed-refunded')
    expect(read('canceled/refunded/not_fulfilled', bearings).status).toBe('closed-refunded')
  })

  test('what was delivered in part may still have to be sent in part', () => {
    const bearings = { isRefundedInFull: false, isSomethingLeft: true }
    expect(read('pending/captured/partially_delivered', bearings).status).toBe('partially-shipped')
  })
})

test('every raw status is one of ours, and none is named twice', () => {
  expect(new Set(orderStatuses).size).toBe(5 * Object.keys(paymentWords).length * Object.keys(goodsWords).length)
  for (const words of orderStatuses) {
    expect(channelStatuses).toContain(read(words).status)
    expect(read(words).unknownWords).toEqual([])
  }
})

test('a word that nobody knows stops the order, whichever of the three it is', () => {
  expect(read('new/captured/shipped')).toMatchObject({ status: 'on-hold', unknownWords: ['new'] })
  expect(read('canceled/new/shipped')).toMatchObject({ status: 'on-hold', isPaid: false, unknownWords: ['new'] })
  expect(read('completed/captured/new')).toMatchObject({ status: 'on-hold', isPaid: true, unknownWords: ['new'] })
  expect(read('new/new/new').unknownWords).toEqual(['new'])
})

test.each(Object.entries(refundWords))('the refund word %s is %s', (word, state) => {
  expect(refundStateOf(word)).toEqual({ state, isKnown: true })
})

test('another refund word counts as under way', () => {
  expect(refundStateOf('pondering')).toEqual({ state: 'requested', isKnown: false })
})
