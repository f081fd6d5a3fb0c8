import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CountedHold, settleCount } from './count.ts'

const hold = (orderId: number, quantity: number): CountedHold => ({
  orderId,
  lineId: orderId * 10,
  quantity,
  since: orderId,
})

test.each([
  { when: 'all is there', onHand: 5, counted: 5, holds: [hold(1, 3)], difference: 0, lost: [] },
  { when: 'free pieces are missing', onHand: 5, counted: 3, holds: [hold(1, 3)], difference: -2, lost: [] },
  {
    when: 'held pieces are missing, the newest order loses',
    onHand: 5,
    counted: 3,
    holds: [hold(1, 3), hold(2, 2)],
    difference: -2,
    lost: [hold(2, 2)],
  },
  {
    when: 'an order loses a part',
    onHand: 5,
    counted: 4,
    holds: [hold(1, 2), hold(2, 3)],
    difference: -1,
    lost: [hold(2, 1)],
  },
  { when: 'more is found', onHand: 5, counted: 9, holds: [], difference: 4, lost: [] },
])('when $when', ({ onHand, counted, holds, difference, lost }) => {
  expect(settleCount(onHand, counted, holds)).toEqual({ difference, lost })
})

test('what stays held is never more than was counted', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }), fc.nat(60), (quantities, counted) => {
      const holds = quantities.map((quantity, i) => hold(i + 1, quantity))
      const reserved = quantities.reduce((a, b) => a + b, 0)
      const { lost } = settleCount(reserved, counted, holds)
      const kept = reserved - lost.reduce((sum, h) => sum + h.quantity, 0)
      expect(kept).toBe(Math.min(reserved, counted))
    }),
  )
})
