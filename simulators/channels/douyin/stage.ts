import { afterAll, beforeAll, beforeEach } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, type Params } from './caller.ts'
import { start } from './index.ts'

/** A test's fresh shop with full shelves, on the morning of 11 November 2026 in Beijing. */
export interface Stage {
  readonly caller: () => Caller
  readonly now: () => number
  readonly pass: (ms: number) => Promise<number>
  readonly call: (method: string, params?: Params) => Promise<Answer>
  readonly buyMany: (count: number, more?: object) => Promise<readonly Truth[]>
}

export const minute = 60_000
export const twoKinds = [
  { merchantCode: 'MB-1001', quantity: 3 },
  { merchantCode: 'MB-2001', quantity: 1 },
] as const

/** Call it once at the top of a test file. */
export function openStage(seed: number): Stage {
  let simulator: Simulator
  let caller: Caller
  let now = 0
  const pass = async (ms: number) => {
    now += ms
    await caller.control('clock', { now })
    return now
  }
  beforeAll(async () => {
    simulator = await start({ seed })
  })
  beforeEach(async () => {
    caller = callerOf(simulator.about.address, simulator.about.credentials)
    await caller.control('reset', {})
    now = Date.parse('2026-11-11T02:00:00Z')
    await pass(0)
    const goods = demoCatalogue.map((good) => ({ ...good, quantity: 5_000 }))
    await caller.control('listings', goods)
  })
  afterAll(() => simulator.close())
  return {
    caller: () => caller,
    now: () => now,
    pass,
    call: (method, params) => caller.call(method, params, { at: now }),
    buyMany: async (count, more) =>
      (await caller.control<{ orders: Truth[] }>('buy', { count, seed: 2, ...more })).orders,
  }
}

export const seconds = (ms: number) => Math.floor(ms / 1000)
