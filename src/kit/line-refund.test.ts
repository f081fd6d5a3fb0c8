import { expect, test } from 'vitest'
import { lineRefund, orderRefundStateOf, wholeLineRefund } from './line-refund.ts'

const line = { id: 'a', quantity: 3 }
const share = (quantity: number, amount: number, lineNo = 'a') => ({ lineNo, quantity, amount })
const none = { refundState: 'none', refundingQuantity: 0, refundedQuantity: 0, refundedFen: 0 }

test.each([
  { when: 'nothing concerns it', refunds: [{ state: 'success', shares: [share(1, 100, 'b')] }], is: none },
  {
    when: 'one is done and another under way',
    refunds: [
      { state: 'success', shares: [share(1, 100)] },
      { state: 'requested', shares: [share(1, 100)] },
    ],
    is: { refundState: 'requested', refundingQuantity: 1, refundedQuantity: 1, refundedFen: 100 },
  },
  {
    when: 'more goes back than there is',
    refunds: [{ state: 'success', shares: [share(2, 200), share(2, 200)] }],
    is: { ...none, refundState: 'success', refundedQuantity: 3, refundedFen: 400 },
  },
  {
    when: 'one came to nothing',
    refunds: [{ state: 'closed', shares: [share(1, 100)] }],
    is: { ...none, refundState: 'closed' },
  },
  {
    when: 'money only went back',
    refunds: [{ state: 'success', shares: [share(0, 50)] }],
    is: { ...none, refundState: 'success', refundedFen: 50 },
  },
] as const)('a line of which $when', ({ refunds, is }) => expect(lineRefund(refunds, line)).toEqual(is))

test('a whole line that went back has all its pieces and its money back', () =>
  expect(wholeLineRefund(3, 300)).toEqual({ ...none, refundState: 'success', refundedQuantity: 3, refundedFen: 300 }))

test.each([
  [true, true, true, 'in-progress'],
  [false, true, true, 'full'],
  [false, false, true, 'partial'],
  [false, false, false, 'none'],
])('open %s, full %s, some %s: %s', (isOpen, isFull, isSome, state) =>
  expect(orderRefundStateOf({ isOpen, isFull, isSome })).toBe(state),
)
