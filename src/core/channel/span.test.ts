import fc from 'fast-check'
import { expect, test } from 'vitest'
import { step, sweepModel } from '../../../test/aid/sweep-model.ts'
import {
  afterDisagreement,
  cursorAfter,
  cutBy,
  cutOut,
  halves,
  isChanged,
  judge,
  nextWindow,
  type Sweeping,
  type Window,
} from './span.ts'

const minute = 60_000
const sweeping: Sweeping = {
  spanMaxMs: 24 * 60 * minute,
  usualSpanMs: 30 * minute,
  overlapMs: 2 * minute,
  lagMs: 5_000,
  reachMs: 90 * 24 * 60 * minute,
}
const t0 = Date.parse('2026-11-11T04:00:00.000Z')

test.each([
  {
    when: 'an hour behind',
    readTo: t0 - 60 * minute,
    deepAt: t0,
    from: t0 - 60 * minute - 10_000,
    to: t0 - 30 * minute,
  },
  {
    when: 'nearly up to date and due to look back',
    readTo: t0 - minute,
    deepAt: t0 - minute,
    from: t0 - 3 * minute,
    to: t0 - 5_000,
  },
  {
    when: 'behind by more than the channel reaches',
    readTo: t0 - 100 * 24 * 60 * minute,
    deepAt: t0,
    from: t0 - 100 * 24 * 60 * minute + 30 * minute - 1,
    to: t0 - 100 * 24 * 60 * minute + 30 * minute,
  },
])('$when, the next window is right', ({ readTo, deepAt, from, to }) => {
  expect(nextWindow({ readTo, now: t0, deepAt, spanMs: null }, sweeping)).toEqual({ from, to })
})

test('nothing is read before the channel can know of it', () => {
  expect(nextWindow({ readTo: t0 - 5_000, now: t0, deepAt: null, spanMs: null }, sweeping)).toBeNull()
})

test('a window with what it looks back is never longer than the channel allows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 * 24 * 60 }), fc.boolean(), (behind, deep) => {
      const narrow = { ...sweeping, spanMaxMs: 30 * minute }
      const window = nextWindow(
        { readTo: t0 - behind * minute, now: t0, deepAt: deep ? null : t0, spanMs: null },
        narrow,
      )
      expect(window === null || window.to - window.from <= narrow.spanMaxMs).toBe(true)
    }),
  )
})

const anyWindow = fc
  .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 300 }))
  .map(([from, length]): Window => ({ from, to: from + length }))

test('a window without its gaps, and its gaps, make up the window: no moment is lost or read twice', () => {
  fc.assert(
    fc.property(anyWindow, fc.array(anyWindow, { maxLength: 5 }), (window, gaps) => {
      const parts = cutOut(window, gaps)
      for (let at = window.from; at < window.to; at += 1) {
        const inParts = parts.filter((part) => part.from <= at && at < part.to).length
        const inGap = gaps.some((gap) => gap.from <= at && at < gap.to)
        expect(inParts).toBe(inGap ? 0 : 1)
      }
    }),
  )
})

test('halves meet in the middle', () => {
  expect(halves({ from: 0, to: 7 })).toEqual([
    { from: 0, to: 3 },
    { from: 3, to: 7 },
  ])
})

const ids = (...nos: string[]) => new Set(nos)
test.each([
  {
    when: 'the channel counts what was listed',
    total: 2,
    listed: ids('A', 'B'),
    unstored: [],
    confirmed: [],
    agrees: true,
    missing: 0,
  },
  {
    when: 'it gives no count and all is stored',
    total: null,
    listed: ids('A'),
    unstored: [],
    confirmed: [],
    agrees: true,
    missing: 0,
  },
  {
    when: 'it counts one more',
    total: 3,
    listed: ids('A', 'B'),
    unstored: [],
    confirmed: [],
    agrees: false,
    missing: 1,
  },
  {
    when: 'the one more was found by its number',
    total: 3,
    listed: ids('A', 'B'),
    unstored: [],
    confirmed: ['C'],
    agrees: true,
    missing: 0,
  },
  {
    when: 'one that was listed could not be read',
    total: 2,
    listed: ids('A', 'B'),
    unstored: ['B'],
    confirmed: [],
    agrees: false,
    missing: 1,
  },
  {
    when: 'the count moved from page to page',
    total: 2,
    isSteady: false,
    listed: ids('A', 'B'),
    unstored: [],
    confirmed: [],
    agrees: false,
    missing: 0,
  },
  {
    when: 'one left while the list was read',
    total: 1,
    listed: ids('A', 'B'),
    unstored: [],
    confirmed: [],
    agrees: false,
    missing: -1,
  },
])('when $when: agrees $agrees', ({ agrees, missing, ...reading }) => {
  expect(judge({ isSteady: true, ...reading })).toEqual({ agrees, missing })
})

test.each([
  { length: 30 * minute, readings: 1, next: 'again' },
  { length: 30 * minute, readings: 2, next: 'halve' },
  { length: minute, readings: 2, next: 'gap' },
])('a window of $length ms read $readings times: $next', ({ length, readings, next }) => {
  expect(afterDisagreement({ from: 0, to: length }, readings)).toBe(next)
})

const bare = { channelStatus: null, modifiedAt: null }
const known = { channelOrderNo: 'A', channelStatus: 'PAID', modifiedAt: t0, seenAt: t0 + minute, isFromFile: false }
test.each([
  { when: 'it is unknown', head: {}, knownHead: undefined, changed: true },
  { when: 'nothing moved', head: {}, knownHead: known, changed: false },
  { when: 'its time of change moved', head: { modifiedAt: t0 + 1 }, knownHead: known, changed: true },
  { when: 'only its status moved', head: { channelStatus: 'SHIPPED' }, knownHead: known, changed: true },
  { when: 'we know a later change', head: { modifiedAt: t0 - 1 }, knownHead: known, changed: false },
  {
    when: 'we fetched it in the very second of its change',
    head: {},
    knownHead: { ...known, seenAt: t0 + 400 },
    changed: true,
  },
  { when: 'we have it from a file', head: {}, knownHead: { ...known, isFromFile: true }, changed: true },
  {
    when: 'its bare number is listed and we fetched it after the window',
    head: bare,
    knownHead: known,
    changed: false,
  },
  {
    when: 'its bare number is listed and we fetched it before the window ended',
    head: bare,
    knownHead: { ...known, seenAt: t0 + 20_000 },
    changed: true,
  },
])('an order is fetched when $when: $changed', ({ head, knownHead, changed }) => {
  const listed = { channelOrderNo: 'A', channelStatus: 'PAID', modifiedAt: t0, ...head }
  expect(isChanged(listed, knownHead, t0 + minute / 2)).toBe(changed)
})

test('a window is cut into parts that touch and are none too long', () => {
  expect(cutBy(30, { from: 5, to: 70 })).toEqual([
    { from: 5, to: 35 },
    { from: 35, to: 65 },
    { from: 65, to: 70 },
  ])
  expect(cutBy(30, { from: 5, to: 6 })).toEqual([{ from: 5, to: 6 }])
})

test('the cursor stands at the first gap and never goes back', () => {
  expect(cursorAfter(10, 100, [])).toBe(100)
  expect(
    cursorAfter(10, 100, [
      { from: 40, to: 50 },
      { from: 70, to: 80 },
    ]),
  ).toBe(40)
  expect(cursorAfter(60, 100, [{ from: 40, to: 50 }])).toBe(60)
})

test('no order of failures, kills, hidden orders and late changes lets the cursor pass an order that is not stored', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 80, size: 'max' }), (steps) => {
      const model = sweepModel()
      for (const next of steps) {
        model.play(next)
        expect(model.passedUnstored()).toEqual([])
      }
      model.healAndSettle()
      expect(model.unstored()).toEqual([])
      expect(model.cursor()).toBe(model.readTo())
    }),
    { numRuns: 400 },
  )
})
