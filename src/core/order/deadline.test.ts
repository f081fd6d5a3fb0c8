import { expect, test } from 'vitest'
import { shipByOf } from './deadline.ts'

test.each([
  {
    when: 'the channel promises',
    order: { shipBy: '2026-11-13T00:00:00.000Z', paidAt: '2026-11-11T00:00:00.000Z', status: 'paid-wait-ship' },
    by: '2026-11-13T00:00:00.000Z',
  },
  {
    when: 'the channel says nothing',
    order: { shipBy: null, paidAt: '2026-11-11T00:00:00.000Z', status: 'paid-wait-ship' },
    by: '2026-11-13T00:00:00.000Z',
  },
  { when: 'it is not paid', order: { shipBy: null, paidAt: null, status: 'unpaid' }, by: null },
] as const)('when $when', ({ order, by }) => {
  const at = shipByOf(order)
  expect(at === null ? null : new Date(at).toISOString()).toBe(by)
})
