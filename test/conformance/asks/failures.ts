import { describe, expect } from 'vitest'
import type { Fault, FaultKind } from '../../../simulators/simulator.ts'
import type { Retry } from '../../../src/core/failures.ts'
import { aidFor } from '../channel-aid.ts'
import type { OperationName, Rig, Shop } from '../rig.ts'
import { buyOne, parcelOf, pullPages, type Stage, stockItemOf } from '../stage.ts'

const minute = 60_000

/** A call for each operation that reads, and for each that writes; whatever it answers. */
interface Call {
  readonly name: OperationName
  readonly run: (rig: Rig, shop: Shop) => Promise<unknown>
}

const spanNow = (rig: Rig) => ({ from: rig.now() - minute, to: rig.now() })
const anOrder = async (rig: Rig) => (await rig.controls.orders()).at(-1)!

const reads: readonly Call[] = [
  { name: 'shop.describe', run: (rig, shop) => rig.does('shop.describe')(shop) },
  { name: 'orders.pull', run: (rig, shop) => pullPages(rig, shop, spanNow(rig)) },
  { name: 'orders.get', run: async (rig, shop) => rig.does('orders.get')(shop, (await anOrder(rig)).orderNo) },
  { name: 'products.pull', run: (rig, shop) => rig.does('products.pull')(shop, null) },
  {
    name: 'aftersales.pull',
    run: (rig, shop) => rig.does('aftersales.pull')(shop, { span: spanNow(rig), cursor: null }),
  },
]

const writes: readonly Call[] = [
  {
    name: 'shipments.report',
    run: async (rig, shop) => {
      const order = await anOrder(rig)
      return rig.does('shipments.report')(shop, parcelOf(order, `ZT${order.orderNo.slice(-14)}`))
    },
  },
  {
    name: 'stock.push',
    run: async (rig, shop) => rig.does('stock.push')(shop, [{ ...(await stockItemOf(rig, 'MB-1001')), quantity: 7 }]),
  },
  {
    name: 'orders.remark',
    run: async (rig, shop) =>
      rig.does('orders.remark')(shop, { channelOrderNo: (await anOrder(rig)).orderNo, remark: '加急', flag: '1' }),
  },
]

interface Trouble {
  readonly fault: FaultKind
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  readonly retry: { readonly read: Retry; readonly write: Retry }
  /** Asked so often, since there are several ways to fail so. */
  readonly times?: number
}

const unreachable = ['CHANNEL_UNREACHABLE']
const unclear = ['CHANNEL_UNCLEAR']
const later = { read: 'later', write: 'later' } as const
const lookFirst = { read: 'later', write: 'after-checking' } as const

/** What each way to break means, for a read and for a write, which may have been done. */
const troubles: readonly Trouble[] = [
  { fault: 'throttle', reads: ['CHANNEL_RATE_LIMITED'], writes: ['CHANNEL_RATE_LIMITED'], retry: later },
  { fault: 'quota', reads: ['CHANNEL_QUOTA_EXHAUSTED'], writes: ['CHANNEL_QUOTA_EXHAUSTED'], retry: later },
  { fault: 'server-error', reads: unreachable, writes: unclear, retry: lookFirst, times: 5 },
  { fault: 'busy', reads: unreachable, writes: unclear, retry: lookFirst, times: 3 },
  { fault: 'cut', reads: unreachable, writes: unclear, retry: lookFirst },
  { fault: 'hang', reads: unreachable, writes: unclear, retry: lookFirst },
  { fault: 'nonsense', reads: ['CHANNEL_NONSENSE', ...unreachable], writes: unclear, retry: lookFirst, times: 8 },
]

export function asksAboutFailures(stage: Stage): void {
  describe('trouble has its own failure', () => {
    for (const trouble of troubles) {
      for (const call of reads) asksWhen(stage, { call, trouble, codes: trouble.reads, retry: trouble.retry.read })
      for (const call of writes) asksWhen(stage, { call, trouble, codes: trouble.writes, retry: trouble.retry.write })
    }
    for (const call of [...reads, ...writes]) asksWhenExpired(stage, call)
  })
}

interface Expected {
  readonly call: Call
  readonly trouble: Trouble
  readonly codes: readonly string[]
  readonly retry: Retry
}

/** The longest pause of a limit that may be one of the moment. */
const shortPauseMs = minute

function asksWhen({ plug, asks }: Stage, { call, trouble, codes, retry }: Expected): void {
  asks(`${trouble.fault} at ${call.name} is ${codes.join(' or ')}`, [call.name], async (rig) => {
    const { oneThrottleWord = false } = await aidFor(plug.manifest.id)
    const isOneWord = oneThrottleWord && trouble.fault === 'throttle'
    for (let time = 0; time < (trouble.times ?? 1); time += 1) {
      await buyOne(rig, { lines: [{ merchantCode: 'MB-1002', quantity: 1 }], seed: time })
      const authorised = await rig.shop()
      const shop = trouble.fault === 'hang' ? rig.impatient(authorised) : authorised
      await rig.controls.break({ kind: trouble.fault, rate: 1 })
      const failure = await rig.refusal(() => call.run(rig, shop))
      await rig.controls.break()
      expect(isOneWord ? [...codes, 'CHANNEL_QUOTA_EXHAUSTED'] : codes).toContain(failure.code)
      if (isOneWord) expect(failure.details.retryAfterMs).toBeLessThanOrEqual(shortPauseMs)
      expect(failure.retry).toBe(retry)
      if (trouble.fault === 'throttle' || trouble.fault === 'quota') {
        expect(failure.details.retryAfterMs).toBeGreaterThan(0)
      }
    }
    await buyOne(rig, { seed: 99 })
    await call.run(rig, await rig.shop())
  })
}

/** Where a token is obtained, another one is; where keys alone were typed in, they are wrong. */
function asksWhenExpired({ plug, asks }: Stage, call: Call): void {
  asks(`a key that no longer holds stops ${call.name} until somebody acts`, [call.name], async (rig) => {
    await buyOne(rig)
    const shop = await rig.shop()
    const expired: Fault = { kind: 'expire', rate: 1 }
    await rig.controls.break(expired)
    const failure = await rig.refusal(() => call.run(rig, shop))
    const isAuthorised = plug.operations['auth.refresh'] !== undefined
    expect(failure.code).toBe(isAuthorised ? 'CHANNEL_NOT_AUTHORISED' : 'CHANNEL_MISCONFIGURED')
    expect(failure.retry).toBe(isAuthorised ? 'after-authorising' : 'never')
  })
}
