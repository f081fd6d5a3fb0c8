import fc from 'fast-check'
import { expect, test } from 'vitest'
import { undoChange } from './undo-change.ts'

const change = { before: { productName: '杯', costFen: 900 }, after: { productName: '马克杯', costFen: 950 } }

test.each([
  { when: 'nothing happened since', now: { ...change.after, weightG: 5 }, restored: change.before, changedSince: [] },
  {
    when: 'the cost was changed since',
    now: { productName: '马克杯', costFen: 990 },
    restored: { productName: '杯' },
    changedSince: ['costFen'],
  },
  {
    when: 'somebody took the name back by hand',
    now: { productName: '杯', costFen: 950 },
    restored: { costFen: 900 },
    changedSince: ['productName'],
  },
])('when $when', ({ now, restored, changedSince }) => {
  expect(undoChange(change, now)).toEqual({ restored, changedSince })
})

test('a change that nobody touched is taken back whole', () => {
  const facts = fc.record({ a: fc.option(fc.nat()), b: fc.option(fc.string()) })
  fc.assert(
    fc.property(facts, facts, (before, after) => {
      expect({ ...after, ...undoChange({ before, after }, after).restored }).toEqual(before)
    }),
  )
})
