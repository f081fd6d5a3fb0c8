import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Chance, chance } from '../../simulators/aid/random.ts'
import { demoCatalogue } from '../../simulators/demo-catalogue.ts'
import type { Act, FaultKind, Simulator, Truth } from '../../simulators/simulator.ts'
import { channels } from '../../src/connectors/index.ts'
import { Failure } from '../../src/core/failures.ts'
import { beijingDay, type Instant } from '../../src/core/time/instant.ts'
import type { AnyChannel } from '../../src/kit/channel.ts'
import type { Limit, OutgoingRequest } from '../../src/kit/plug.ts'
import { refreshShop, watchAuthorisations } from '../../src/modules/channels/authorise-shop.ts'
import { certificatesOf } from '../../src/modules/channels/index.ts'
import { beginShop, createShop } from '../../src/modules/channels/manage-shops.ts'
import { pullHistory } from '../../src/modules/channels/pull-history.ts'
import { pullMessages } from '../../src/modules/channels/pull-messages.ts'
import { reconcileDays } from '../../src/modules/channels/reconcile-days.ts'
import { reportShipments, sendReports } from '../../src/modules/channels/report-shipments.ts'
import { reopenUnconfirmed } from '../../src/modules/channels/store/reports.ts'
import { findShop } from '../../src/modules/channels/store/shops.ts'
import { sweepCases } from '../../src/modules/channels/sweep-cases.ts'
import { sweepOrders } from '../../src/modules/channels/sweep-orders.ts'
import { workPushes } from '../../src/modules/channels/work-pushes.ts'
import { takeInOrders } from '../../src/modules/orders/index.ts'
import type { Database } from '../../src/platform/db/open.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openSend } from '../../src/platform/send/open-send.ts'
import type { Send } from '../../src/platform/send/send.ts'
import { connectShop } from '../aid/connect-shop.ts'
import { type TestBed, testBed } from '../aid/ctx.ts'
import { type Controls, controlsOf } from '../conformance/controls.ts'
import { startOf } from '../conformance/find-simulator.ts'

/**
 * A day in small (压缩的一天): every channel there is, on a clock that both sides share, with one call in twenty going wrong, tokens that run out
 * and a product that ends in the middle of its work. `npm run soak` plays 24 hours, the suite two. Nothing may be lost or doubled.
 */
const hours = Number(process.env.SOAK_HOURS ?? 2)
const minute = 60_000
const stepMs = 10 * minute
const morning: Instant = Date.parse('2026-11-11T00:00:00Z')
const faultRate = 0.05
const endsRate = 0.005
const faults: readonly FaultKind[] = [
  'throttle',
  'server-error',
  'busy',
  'cut',
  'drop-after-apply',
  'nonsense',
  'duplicate',
  'reorder',
  'shift',
  'hide',
]

interface Place {
  readonly channel: string
  readonly simulator: Simulator
  readonly controls: Controls
  readonly shopId: number
}

/** Those that take orders; who is only told of parcels has no day of its own. */
const sellers = channels.filter(({ operations }) => 'orders.pull' in operations)

let bed: TestBed
let now = morning
const places: Place[] = []
const dice = chance('compressed-day')
const closing: (() => Promise<void>)[] = []

/** How far apart calls like this one must be by these limits; the shared clock moves on by that before each. */
function dueMs(limits: readonly Limit[], { operation, isWrite }: OutgoingRequest): number {
  const names = ['*', isWrite ? 'write' : 'read', operation]
  return Math.max(
    0,
    ...limits.filter((limit) => names.includes(limit.operation)).map(({ perMs, times }) => Math.ceil(perMs / times)),
  )
}

async function moveOn(ms: number, place: Pick<Place, 'controls'>): Promise<void> {
  now += ms
  bed.pass(ms)
  await place.controls.setClock(now)
}

beforeAll(async () => {
  const simulators = await Promise.all(
    sellers.map(async ({ manifest: { id } }) => ({ id, simulator: await startOf(id)({ seed: 11 }) })),
  )
  const plugs = sellers.map((plug): AnyChannel => {
    const address = simulators.find(({ id }) => id === plug.manifest.id)?.simulator.about.address ?? ''
    const { manifest } = plug
    return {
      ...plug,
      manifest: { ...manifest, limits: [], address: manifest.address === null ? null : address },
    } as AnyChannel
  })
  bed = await testBed({ channels: plugs, now: morning, send: sendWith })
  for (const { id, simulator } of simulators) {
    const controls = controlsOf(simulator.about.address)
    closing.push(simulator.close)
    await controls.setClock(now)
    await controls.offer(demoCatalogue.map((good) => ({ ...good, quantity: 5_000 })))
    const { shopId } = await createShop(bed.ctx, { channel: id, name: `${id}店`, mode: 'api' })
    const place = { channel: id, simulator, controls, shopId }
    places.push(place)
    await connectShop(bed.ctx, shopId, simulator)
    await beginShop(bed.ctx, { shopId, historyDays: 1 })
  }
}, 120_000)

afterAll(async () => {
  for (const close of closing) await close()
  await bed?.close()
})

/** The product's own way out, which now and then finds the program ending under it, before a call or before its answer is heard. */
function sendWith({ db }: Database): Send {
  const out = openSend({
    db,
    settings: { isSandbox: true },
    log: silentLog,
    now: () => now,
    timing: { totalMs: 5_000, listMs: 5_000, breakerPauseMs: 1 },
  })
  closing.push(out.close)
  return async (caller, request) => {
    const place = places.find(({ shopId }) => shopId === caller.shopId)
    const limits = sellers.find(({ manifest }) => manifest.id === caller.channel)?.manifest.limits ?? []
    const ends = () => mayEnd && dice.happens(endsRate)
    // One after the other, so that each call finds the clock where it was put for it.
    const turn = lane.then(async () => {
      if (place !== undefined) await moveOn(dueMs(limits, request), place)
      if (ends()) throw new Failure('PROGRAM_STOPPING', {})
      const answer = await out.send(caller, request)
      return { answer, isKilled: ends() && !request.operation.startsWith('auth.') }
    })
    lane = turn.catch(() => undefined)
    const { answer, isKilled } = await turn
    if (!isKilled) return answer
    // Whoever is killed never hears the answer, and tidies nothing up.
    kill()
    return new Promise(() => undefined)
  }
}
let mayEnd = false
let kill: () => void = () => undefined
let lane: Promise<unknown> = Promise.resolve()

/** Until the work is over or the program was killed in the middle of it. */
const untilKilled = (work: Promise<unknown>) =>
  Promise.race([
    work,
    new Promise<void>((resolve) => {
      kill = resolve
    }),
  ])

/** What fails may be tried again in the next round; what must not fail so fails the test. */
const quietly = (work: Promise<unknown>) =>
  work.catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error
  })

async function round(place: Place): Promise<void> {
  const { ctx } = bed
  const { shopId } = place
  await place.controls.setClock(now)
  const shop = await findShop(ctx.db, shopId)
  if (shop?.stoppedAt != null) await quietly(connectShop(ctx, shopId, place.simulator))
  await quietly(refreshShop(ctx, shopId))
  for (const duty of [pullHistory, pullMessages, workPushes, sweepOrders, sweepCases, sendReports]) {
    await untilKilled(quietly(duty(ctx, shopId)))
  }
}

async function rounds(): Promise<void> {
  await bed.database.pool.query('delete from platform.call_ban')
  await watchAuthorisations(bed.ctx)
  await reopenUnconfirmed(bed.ctx.db, now)
  for (const place of places) await round(place)
  while ((await takeInOrders(bed.ctx)) > 0);
}

/** Buyers buy, and things happen to what they bought. */
async function live({ controls }: Place, step: number): Promise<void> {
  await controls.setClock(now)
  await controls.buy({ count: dice.whole(1, 3), seed: step })
  if (dice.happens(0.3)) await controls.buy({ count: 1, seed: 1_000 + step, pay: 'unpaid' })
  for (const truth of await controls.orders()) {
    // Some acts a platform does not know, or not now; then nothing happens.
    if (dice.happens(0.05)) await controls.act(drawAct(truth)).catch(() => [])
  }
}

function drawAct(truth: Truth): Act {
  const orderNos = [truth.orderNo]
  const line = dice.pick(truth.lines)
  return dice.pick<Act>([
    { kind: 'pay', orderNos },
    { kind: 'close', orderNos },
    { kind: 'finish', orderNos },
    { kind: 'refund', orderNos, lineNo: line.lineNo, outcome: dice.pick(['requested', 'success', 'closed']) },
    { kind: 'change-address', orderNos, address: `望湖路${dice.whole(1, 99)}号` },
    { kind: 'note', orderNos, note: `请尽快${dice.whole(1, 99)}` },
    { kind: 'ship-in-back-office', orderNos, waybillNo: `YT${dice.digits(12)}`, carrierName: '圆通速递' },
  ])
}

/** Our own parcels, whole orders each, for some of what may be shipped. */
async function ship({ controls, shopId }: Place, draw: Chance): Promise<void> {
  const { rows } = await bed.database.pool.query<{ id: number; no: string }>(
    `select id::int, channel_order_no as no from orders.sale where shop_id = $1 and may_ship_now and state <> 'closed'
        and not exists (select from channels.report r where r.order_id = sale.id) order by id`,
    [shopId],
  )
  const truths = new Map((await controls.orders()).map((truth) => [truth.orderNo, truth]))
  const parcels = rows.flatMap(({ id, no }) => {
    const truth = truths.get(no)
    if (truth === undefined || !draw.happens(0.3)) return []
    return [
      {
        shopId,
        orderId: id,
        parcelId: id * 10,
        channelOrderNo: no,
        carrier: 'zto',
        carrierName: '中通快递',
        waybillNo: `ZT${draw.digits(12)}`,
        shippedAt: now,
        isWholeOrder: true,
        lines: truth.lines.map((line) => ({
          channelLineNo: line.lineNo,
          channelSkuNo: line.skuNo,
          quantity: line.quantity,
          isWholeLine: true,
        })),
      },
    ]
  })
  if (parcels.length > 0) await bed.ctx.tx((inner) => reportShipments(inner, parcels))
}

async function missingAt({ controls, shopId }: Place): Promise<string[]> {
  const { rows } = await bed.database.pool.query<{ no: string }>(
    'select channel_order_no as no from channels.seen where shop_id = $1',
    [shopId],
  )
  const known = new Set(rows.map(({ no }) => no))
  return (await controls.orders()).map(({ orderNo }) => orderNo).filter((orderNo) => !known.has(orderNo))
}

describe(`${hours} simulated hours over ${sellers.length} channels`, () => {
  beforeAll(
    async () => {
      mayEnd = true
      for (let step = 0; step < (hours * 60 * minute) / stepMs; step += 1) {
        now += stepMs
        bed.pass(stepMs)
        for (const place of places) {
          await live(place, step)
          if (step % 3 === 2) await ship(place, dice)
          await place.controls.break(...faults.map((kind) => ({ kind, rate: faultRate })))
        }
        await rounds()
        for (const place of places) await place.controls.break()
      }
      mayEnd = false
      for (let more = 0; more < 12; more += 1) {
        now += stepMs
        bed.pass(stepMs)
        await rounds()
      }
    },
    hours * 120_000 + 120_000,
  )

  test.each(sellers.map(({ manifest }) => manifest.id))('%s: no order is lost, and each stands once', async (id) => {
    const place = places.find(({ channel }) => channel === id)!
    expect(await missingAt(place)).toEqual([])
    const { rows } = await bed.database.pool.query(
      'select channel_order_no from orders.sale where shop_id = $1 group by 1 having count(*) > 1',
      [place.shopId],
    )
    expect(rows).toEqual([])
  })

  test.each(sellers.map(({ manifest }) => manifest.id))('%s: no parcel is told twice', async (id) => {
    const place = places.find(({ channel }) => channel === id)!
    const shipments =
      await place.controls.ask<readonly { readonly waybillNo: string; readonly times: number }[]>('shipments')
    expect(shipments.filter(({ times }) => times !== 1)).toEqual([])
  })

  test.each(sellers.map(({ manifest }) => manifest.id))('%s: the certificate agrees', async (id) => {
    const place = places.find(({ channel }) => channel === id)!
    await place.controls.setClock(now)
    await reconcileDays(bed.ctx, place.shopId, { isAskedFor: true })
    const days = [...new Set([beijingDay(morning), beijingDay(now)])]
    const certificates = (await certificatesOf(bed.ctx, [place.shopId], days)).get(place.shopId) ?? []
    expect(certificates.length).toBeGreaterThan(0)
    for (const { state, channelCount, ourCount } of certificates) {
      expect(state).not.toBe('missing')
      if (channelCount !== null) expect(ourCount).toBe(channelCount)
    }
  })

  test.each(sellers.map(({ manifest }) => manifest.id))('%s: no limit was broken', async (id) => {
    const place = places.find(({ channel }) => channel === id)!
    expect((await place.controls.counts()).violations).toBe(0)
  })
})
