import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBeijing } from '../time/instant.ts'
import { cleanDays, compareShadow, type ShadowOrder, shadowDays } from './shadow.ts'
import { shopStage } from './stage.ts'

const now = parseBeijing('2026-11-12 09:00:00')
const shippedAt = parseBeijing('2026-11-11 15:00:00')
const order: ShadowOrder = {
  orderId: 1,
  shippedAt,
  stateBefore: 'approved',
  approvedAt: shippedAt - 1_000,
  shipBy: parseBeijing('2026-11-13 09:00:00'),
  isClosed: false,
  wanted: 3,
  sent: 3,
}

test.each([
  { when: 'we had approved it and the same pieces left', given: {}, verdict: { kind: 'same' } },
  { when: 'we had it ready to print', given: { stateBefore: 'allocated' }, verdict: { kind: 'same' } },
  { when: 'we held it', given: { stateBefore: 'held' }, verdict: { how: 'sent-though-held' } },
  { when: 'we had not reviewed it', given: { stateBefore: 'to-review' }, verdict: { how: 'sent-though-held' } },
  { when: 'it came to us already shipped', given: { stateBefore: null }, verdict: { kind: 'same' } },
  { when: 'a refunded piece left too', given: { wanted: 2 }, verdict: { how: 'sent-too-much' } },
  { when: 'a piece stayed', given: { sent: 2 }, verdict: { how: 'sent-too-little' } },
  { when: 'nothing left and there is time', given: { shippedAt: null }, verdict: { kind: 'open' } },
  {
    when: 'nothing left in time though we had approved it',
    given: { shippedAt: null, shipBy: now - 1 },
    verdict: { how: 'not-sent' },
  },
  {
    when: 'nothing left in time and we held it as well',
    given: { shippedAt: null, shipBy: now - 1, approvedAt: null },
    verdict: { kind: 'open' },
  },
  {
    when: 'nothing left in time since it was closed',
    given: { shippedAt: null, shipBy: now - 1, isClosed: true },
    verdict: { kind: 'open' },
  },
] as const)('when $when', ({ given, verdict }) => {
  expect(compareShadow({ ...order, ...given }, now)).toMatchObject(verdict)
})

test('an order counts on the Beijing day on which it left', () => {
  const late = compareShadow({ ...order, shippedAt: parseBeijing('2026-11-11 23:59:59') }, now)
  const early = compareShadow({ ...order, shippedAt: parseBeijing('2026-11-12 00:00:00'), stateBefore: 'held' }, now)
  expect(shadowDays([late, early, { kind: 'open' }])).toEqual([
    { day: '2026-11-12', orders: 1, differences: 1 },
    { day: '2026-11-11', orders: 1, differences: 0 },
  ])
})

test('clean days are counted back from yesterday to the last difference; a day without orders neither counts nor breaks', () => {
  const day = (text: string, differences: number) => ({ day: text, orders: 4, differences })
  const today = '2026-11-12'
  expect(cleanDays([day(today, 0), day('2026-11-11', 0), day('2026-11-08', 0), day('2026-11-07', 1)], today)).toBe(2)
  expect(cleanDays([day(today, 1), day('2026-11-11', 0)], today)).toBe(0)
  expect(cleanDays([], today)).toBe(0)
})

test('no row of clean days is longer than the days that were compared', () => {
  const days = fc.uniqueArray(fc.record({ n: fc.integer({ min: 1, max: 28 }), differences: fc.nat({ max: 2 }) }), {
    selector: ({ n }) => n,
  })
  fc.assert(
    fc.property(days, (some) => {
      const told = some
        .map(({ n, differences }) => ({ day: `2026-11-${String(n).padStart(2, '0')}`, orders: 5, differences }))
        .sort((a, b) => b.day.localeCompare(a.day))
      const clean = cleanDays(told, '2026-11-29')
      expect(clean).toBeLessThanOrEqual(told.length)
      expect(told.slice(0, clean).every(({ differences }) => differences === 0)).toBe(true)
    }),
  )
})

test.each([
  [{ pausedAt: 1, isReadOnly: true, shadowSince: 1 }, 'off'],
  [{ pausedAt: null, isReadOnly: true, shadowSince: 1 }, 'shadow'],
  [{ pausedAt: null, isReadOnly: true, shadowSince: null }, 'read-only'],
  [{ pausedAt: null, isReadOnly: false, shadowSince: null }, 'live'],
] as const)('%o is %s', (shop, stage) => {
  expect(shopStage(shop)).toBe(stage)
})
