import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  afterDisagreement,
  cursorAfter,
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
])('an order is fetched when $when: $changed', ({ head, knownHead, changed }) => {
  expect(isChanged({ channelOrderNo: 'A', channelStatus: 'PAID', modifiedAt: t0, ...head }, knownHead)).toBe(changed)
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

/** What may happen between two looks at the channel. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      order: fc.integer({ min: 0, max: 11 }),
      lateMs: fc.integer({ min: 0, max: 5_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hide' as const), order: fc.integer({ min: 0, max: 11 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('show' as const), order: fc.integer({ min: 0, max: 11 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('push' as const), order: fc.integer({ min: 0, max: 11 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 40 * minute }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('sweep' as const),
      failsAfter: fc.integer({ min: 0, max: 12 }),
      dies: fc.boolean(),
    }),
  },
)

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

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** A channel of a dozen orders and a sweep made of the decisions above, whose every reading and every saving may be its last. */
function sweepModel() {
  const channel = new Map<number, { modifiedAt: number; visibleAt: number; hidden: boolean }>()
  const stored = new Map<number, number>()
  let gaps: (Window & { tries: number })[] = []
  let now = t0
  let readTo = t0
  let cursor = t0
  let deepAt: number | null = null
  let budget = Number.POSITIVE_INFINITY
  const broken = new Error('the page failed, or the process died')
  const mayBreak = () => {
    if (budget === 0) throw broken
    budget -= 1
  }

  const inWindow = (at: number, { from, to }: Window) => from <= at && at < to
  const read = (window: Window) => {
    const there = [...channel].filter(([, order]) => order.visibleAt <= now && inWindow(order.modifiedAt, window))
    mayBreak()
    const listed = there.filter(([, order]) => !order.hidden)
    for (const [no, order] of listed) {
      mayBreak()
      stored.set(no, order.modifiedAt)
    }
    const names = new Set(listed.map(([no]) => String(no)))
    const extras = [...stored].filter(([no, at]) => inWindow(at, window) && !names.has(String(no)))
    const confirmed = extras.flatMap(([no]) => {
      mayBreak()
      const order = channel.get(no)
      if (order === undefined) return []
      stored.set(no, order.modifiedAt)
      return inWindow(order.modifiedAt, window) ? [String(no)] : []
    })
    return judge({ total: there.length, isSteady: true, listed: names, unstored: [], confirmed })
  }
  const close = (window: Window, agrees: boolean) => {
    mayBreak()
    if (!agrees) gaps.push({ ...window, tries: 1 })
    readTo = Math.max(readTo, window.to)
    cursor = cursorAfter(cursor, readTo, gaps)
  }
  const settle = (window: Window): void => {
    for (let readings = 1; ; readings += 1) {
      const { agrees } = read(window)
      const next = agrees ? 'close' : afterDisagreement(window, readings)
      if (next === 'again') continue
      if (next === 'halve') for (const half of halves(window)) settle(half)
      else close(window, agrees)
      return
    }
  }
  const sweep = () => {
    for (const gap of gaps) {
      if (!read(gap).agrees) continue
      mayBreak()
      gaps = gaps.filter((other) => other !== gap)
      cursor = cursorAfter(cursor, readTo, gaps)
    }
    for (;;) {
      const window = nextWindow({ readTo, now, deepAt, spanMs: null }, sweeping)
      if (window === null) return
      for (const part of cutOut(window, gaps)) settle(part)
      deepAt = now
    }
  }
  const guarded = (failsAfter: number) => {
    budget = failsAfter
    try {
      sweep()
    } catch (error) {
      if (error !== broken) throw error
    } finally {
      budget = Number.POSITIVE_INFINITY
    }
  }

  return {
    play: (next: Step) => {
      if (next.kind === 'pass') now += next.ms
      if (next.kind === 'change') {
        now += 1
        channel.set(next.order, {
          modifiedAt: now,
          visibleAt: now + next.lateMs,
          hidden: channel.get(next.order)?.hidden ?? false,
        })
      }
      const order = 'order' in next ? channel.get(next.order) : undefined
      if (order !== undefined && (next.kind === 'hide' || next.kind === 'show')) order.hidden = next.kind === 'hide'
      if (order !== undefined && next.kind === 'push' && order.visibleAt <= now && 'order' in next)
        stored.set(next.order, order.modifiedAt)
      if (next.kind === 'sweep') guarded(next.dies ? next.failsAfter : Number.POSITIVE_INFINITY)
    },
    passedUnstored: () =>
      [...channel]
        .filter(([no, order]) => order.modifiedAt < cursor && stored.get(no) !== order.modifiedAt)
        .map(([no]) => no),
    healAndSettle: () => {
      for (const order of channel.values()) order.hidden = false
      now += minute
      guarded(Number.POSITIVE_INFINITY)
      now += minute
      guarded(Number.POSITIVE_INFINITY)
    },
    unstored: () => [...channel].filter(([no, order]) => stored.get(no) !== order.modifiedAt).map(([no]) => no),
    cursor: () => cursor,
    readTo: () => readTo,
  }
}
