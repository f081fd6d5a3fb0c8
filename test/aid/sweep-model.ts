import fc from 'fast-check'
import {
  afterDisagreement,
  cursorAfter,
  cutOut,
  halves,
  judge,
  nextWindow,
  type Sweeping,
  type Window,
} from '../../src/core/channel/span.ts'

const minute = 60_000
const begin = Date.parse('2026-11-11T04:00:00.000Z')
const sweeping: Sweeping = {
  spanMaxMs: 24 * 60 * minute,
  usualSpanMs: 30 * minute,
  overlapMs: 2 * minute,
  lagMs: 5_000,
  reachMs: 90 * 24 * 60 * minute,
}

/** What may happen between two looks at the channel. */
export const step = fc.oneof(
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

export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Order {
  modifiedAt: number
  visibleAt: number
  hidden: boolean
}

/** A channel of a dozen orders, and a sweep of it. What is stored is the time of change that we hold of an order. */
interface Model {
  readonly channel: Map<number, Order>
  readonly stored: Map<number, number>
  gaps: Window[]
  now: number
  readTo: number
  cursor: number
  deepAt: number | null
  /** So many readings and savings are left before a page fails, or the process dies. */
  budget: number
}

/** The decisions of a sweep played on a channel in memory, whose every reading and every saving may be its last. */
export function sweepModel() {
  const model: Model = {
    channel: new Map(),
    stored: new Map(),
    gaps: [],
    now: begin,
    readTo: begin,
    cursor: begin,
    deepAt: null,
    budget: Number.POSITIVE_INFINITY,
  }
  const isStored = ([no, order]: [number, Order]) => model.stored.get(no) === order.modifiedAt
  const settleNow = () => {
    model.now += minute
    sweepUntil(model, Number.POSITIVE_INFINITY)
  }
  return {
    play: (next: Step) => play(model, next),
    /** Orders before the cursor that are not stored as they are. */
    passedUnstored: () =>
      [...model.channel].filter((entry) => entry[1].modifiedAt < model.cursor && !isStored(entry)).map(([no]) => no),
    healAndSettle: () => {
      for (const order of model.channel.values()) order.hidden = false
      settleNow()
      settleNow()
    },
    unstored: () => [...model.channel].filter((entry) => !isStored(entry)).map(([no]) => no),
    cursor: () => model.cursor,
    readTo: () => model.readTo,
  }
}

function play(model: Model, next: Step): void {
  const { channel, stored } = model
  if (next.kind === 'pass') model.now += next.ms
  if (next.kind === 'sweep') sweepUntil(model, next.dies ? next.failsAfter : Number.POSITIVE_INFINITY)
  if (!('order' in next)) return
  const order = channel.get(next.order)
  if (next.kind === 'change') {
    model.now += 1
    channel.set(next.order, {
      modifiedAt: model.now,
      visibleAt: model.now + next.lateMs,
      hidden: order?.hidden ?? false,
    })
    return
  }
  if (order === undefined) return
  if (next.kind === 'push') {
    if (order.visibleAt <= model.now) stored.set(next.order, order.modifiedAt)
    return
  }
  order.hidden = next.kind === 'hide'
}

const broken = new Error('the page failed, or the process died')

function sweepUntil(model: Model, budget: number): void {
  model.budget = budget
  try {
    sweep(model)
  } catch (error) {
    if (error !== broken) throw error
  }
}

function mayBreak(model: Model): void {
  if (model.budget === 0) throw broken
  model.budget -= 1
}

function sweep(model: Model): void {
  for (const gap of model.gaps) {
    if (!read(model, gap).agrees) continue
    mayBreak(model)
    model.gaps = model.gaps.filter((other) => other !== gap)
    model.cursor = cursorAfter(model.cursor, model.readTo, model.gaps)
  }
  for (;;) {
    const { readTo, now, deepAt } = model
    const window = nextWindow({ readTo, now, deepAt, spanMs: null }, sweeping)
    if (window === null) return
    for (const part of cutOut(window, model.gaps)) settle(model, part)
    model.deepAt = now
  }
}

function settle(model: Model, window: Window): void {
  for (let readings = 1; ; readings += 1) {
    const { agrees } = read(model, window)
    const next = agrees ? 'close' : afterDisagreement(window, readings)
    if (next === 'again') continue
    if (next === 'halve') for (const half of halves(window)) settle(model, half)
    else close(model, window, agrees)
    return
  }
}

function close(model: Model, window: Window, agrees: boolean): void {
  mayBreak(model)
  if (!agrees) model.gaps.push(window)
  model.readTo = Math.max(model.readTo, window.to)
  model.cursor = cursorAfter(model.cursor, model.readTo, model.gaps)
}

const isWithin = (at: number, { from, to }: Window) => from <= at && at < to

function read(model: Model, window: Window) {
  const { channel, stored, now } = model
  const there = [...channel].filter(([, order]) => order.visibleAt <= now && isWithin(order.modifiedAt, window))
  mayBreak(model)
  const listed = there.filter(([, order]) => !order.hidden)
  for (const [no, order] of listed) {
    mayBreak(model)
    stored.set(no, order.modifiedAt)
  }
  const names = new Set(listed.map(([no]) => String(no)))
  const extras = [...stored].filter(([no, at]) => isWithin(at, window) && !names.has(String(no)))
  const confirmed = extras.flatMap(([no]) => {
    mayBreak(model)
    const order = channel.get(no)
    if (order === undefined) return []
    stored.set(no, order.modifiedAt)
    return isWithin(order.modifiedAt, window) ? [String(no)] : []
  })
  return judge({ total: there.length, isSteady: true, listed: names, unstored: [], confirmed })
}
