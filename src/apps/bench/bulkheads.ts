import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { channels } from '../../connectors/index.ts'
import { type Instant, isoText } from '../../core/time/instant.ts'
import { sql } from '../../platform/db/sql.ts'
import { openOutsideWorld, type SimulatedShop } from '../sandbox/outside-world.ts'
import { quantile } from './house.ts'
import { openProduct, type RunningHouse } from './product.ts'

interface Options {
  /** How long buyers buy in each round (ms). */
  readonly roundMs: number
  readonly say: (text: string) => void
}

interface Figures {
  readonly p50: number
  readonly p99: number
  readonly count: number
}

/** What the shops that were well took in one round, beside the round in which all were well. */
export interface BulkheadRound {
  /** The channel that was broken, and how; null when all were well. */
  readonly broken: string | null
  readonly fault: string | null
  readonly orders: Figures
  readonly stock: Figures
}

const faults = ['hang', 'server-error', 'nonsense'] as const
const settleMs = 15_000
const buyEveryMs = 1_000
const aPlenty = 90_000
const kinds = 24
const shopsAtMost = 5

/**
 * 舱壁: five shops, one of them broken in turn; how long a new order takes from the platform into our list, and a changed stock to the shops that
 * are well. Everything runs as in earnest but the outside world, which is simulated.
 */
export async function measureBulkheads({ roundMs, say }: Options): Promise<BulkheadRound[]> {
  const world = await openOutsideWorld(
    channels.slice(0, shopsAtMost).map((plug) => plug.manifest.id),
    7,
  )
  const folder = await mkdtemp(path.join(tmpdir(), 'tongdan-bulkheads-'))
  const goods = Array.from({ length: kinds }, (_, i) => ({
    merchantCode: `MB-${1_001 + i}`,
    title: `木白家居 ${i}`,
    specification: '颜色:苔绿',
    product: `${i}`,
    priceFen: 4_900,
    usualStock: aPlenty,
  }))
  const listings = goods.map(({ usualStock: quantity, ...good }) => ({ ...good, quantity }))
  for (const shop of world.shops) await shop.control('listings', listings)
  const house = await openProduct(folder, world.shops, { goods })
  try {
    const rounds: BulkheadRound[] = []
    const tell = async (broken: SimulatedShop | null, fault: string | null) => {
      const round = await measureRound(house, { shops: world.shops, broken, fault, roundMs })
      rounds.push(round)
      say(lineOf(round, rounds[0] ?? round))
    }
    await pause(settleMs)
    await tell(null, null)
    for (const [i, broken] of world.shops.entries()) {
      await tell(broken, faults[i % faults.length] ?? 'hang')
      await pause(settleMs)
    }
    await tell(null, null)
    return rounds
  } finally {
    await house.close()
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function lineOf({ broken, fault, orders, stock }: BulkheadRound, first: BulkheadRound): string {
  const ratio = (now: number, then: number) => (then === 0 ? '-' : (now / then).toFixed(2))
  const who = broken === null ? 'all well' : `${broken}: ${fault}`
  const order = `orders p50 ${orders.p50} p99 ${orders.p99} ms (×${ratio(orders.p99, first.orders.p99)}, ${orders.count})`
  const push = `stock p50 ${stock.p50} p99 ${stock.p99} ms (×${ratio(stock.p99, first.stock.p99)}, ${stock.count})`
  return `${who.padEnd(28)} ${order}  ${push}`
}

interface Round {
  readonly shops: readonly SimulatedShop[]
  readonly broken: SimulatedShop | null
  readonly fault: string | null
  readonly roundMs: number
}

/** Buyers buy one order a second in every shop that is well, each of another good, so that stock moves everywhere. */
async function measureRound({ database }: RunningHouse, round: Round): Promise<BulkheadRound> {
  const { shops, broken, fault, roundMs } = round
  if (broken !== null) await broken.control('faults', { faults: [{ kind: fault, rate: 1 }] })
  const well = shops.filter((shop) => shop !== broken)
  const from = Date.now()
  for (let seed = 1; Date.now() - from < roundMs; seed += 1) {
    const began = Date.now()
    await Promise.all(well.map((shop) => shop.control('buy', { count: 1, seed: from + seed })))
    await pause(Math.max(0, buyEveryMs - (Date.now() - began)))
  }
  await pause(settleMs)
  if (broken !== null) await broken.control('faults', { faults: [] })
  const ids = well.map((shop) => shop.channel)
  return {
    broken: broken?.channel ?? null,
    fault,
    orders: figuresOf(await database.db.all(Delay, ordersTook(ids, from, from + roundMs))),
    stock: figuresOf(await database.db.all(Delay, stockTook(ids, from, from + roundMs))),
  }
}

const Delay = z.strictObject({ ms: z.number() })

/** From the moment an order was placed at the platform until it stood in our list. */
const ordersTook = (ids: readonly string[], from: Instant, to: Instant) => sql`
  select (extract(epoch from min(h.at) - s.created_at) * 1000)::float8 as ms
    from orders.sale s join orders.history h on h.order_id = s.id and h.deed = 'take-in'
   where s.channel = any(${ids}::text[]) and s.created_at between ${isoText(from)}::timestamptz and ${isoText(to)}::timestamptz
   group by s.id`

/** From the moment a listing should show another number until its platform had said yes to it. */
const stockTook = (ids: readonly string[], from: Instant, to: Instant) => sql`
  select (extract(epoch from w.told_at - w.since_at) * 1000)::float8 as ms
    from channels.stock_wish w join channels.shop s on s.id = w.shop_id
   where s.channel = any(${ids}::text[]) and w.state = 'told'
     and w.since_at between ${isoText(from)}::timestamptz and ${isoText(to)}::timestamptz`

function figuresOf(delays: readonly z.infer<typeof Delay>[]): Figures {
  const times = delays.map(({ ms }) => Math.max(0, Math.round(ms)))
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), count: times.length }
}
