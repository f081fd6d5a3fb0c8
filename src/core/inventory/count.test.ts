import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CountedHold, settleCount, undoCount } from './count.ts'

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

test.each([
  { when: 'it found pieces that are still free', change: 5, onHand: 9, reserved: 4, again: null, kind: 'undo' },
  { when: 'orders hold what it found', change: 5, onHand: 9, reserved: 5, again: null, kind: 'pieces-gone' },
  { when: 'what it found left', change: 5, onHand: 2, reserved: 0, again: null, kind: 'pieces-gone' },
  { when: 'it missed pieces', change: -5, onHand: 0, reserved: 0, again: null, kind: 'undo' },
  { when: 'somebody counted since', change: -5, onHand: 9, reserved: 0, again: 7, kind: 'counted-again' },
])('taken back when $when: $kind', ({ again, kind, ...past }) => {
  expect(undoCount({ ...past, countedAgainAt: again }).kind).toBe(kind)
})

test('a count taken back never leaves less than orders hold', () => {
  fc.assert(
    fc.property(fc.integer({ min: -60, max: 60 }), fc.nat(60), fc.nat(60), (change, reserved, free) => {
      const onHand = reserved + free
      if (undoCount({ change, onHand, reserved, countedAgainAt: null }).kind === 'undo')
        expect(onHand - change).toBeGreaterThanOrEqual(reserved)
    }),
  )
})
