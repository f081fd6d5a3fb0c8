import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { channels } from '../../connectors/index.ts'
import { type Instant, isoText } from '../../core/time/instant.ts'
import type { Database } from '../../platform/db/open.ts'
import { rowsAs, sql } from '../../platform/db/sql.ts'
import { openOutsideWorld, type SimulatedShop } from '../sandbox/outside-world.ts'
import { quantile } from './house.ts'
import { openProduct } from './product.ts'

interface Options {
  /** Listings over all shops, and orders of the burst. */
  readonly listings: number
  readonly orders: number
  readonly say: (text: string) => void
}

interface Figures {
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly count: number
}

export interface QuotaResult {
  readonly violations: number
  readonly polled: Figures
  readonly pushed: Figures
  readonly lowStock: Figures
  readonly allStock: Figures
}

const shopCount = 6
/** Ten calls a second over all six shops. */
const everyMs = 600
/** A website: the channel whose shops each have an address of their own. */
const channel = channels.find(({ manifest }) => manifest.address === null)?.manifest.id ?? ''
const scarceEvery = 100
const quietMs = 2_000
const trickleMs = 60_000
const trickleEveryMs = 3_000

/**
 * 额度: six shops that may be called ten times a second in all, full of listings; a burst of orders comes in by polling, then a trickle by push. How
 * long orders and stock take, and whether a limit was broken, as counted by the simulated platforms.
 */
export async function measureQuota({ listings, orders, say }: Options): Promise<QuotaResult> {
  const each = Math.ceil(listings / shopCount)
  const world = await openOutsideWorld(Array<string>(shopCount).fill(channel), 7)
  const shops = world.shops.map((shop, i) => ({ ...shop, zh: `网站 ${i + 1}` }))
  const folder = await mkdtemp(path.join(tmpdir(), 'tongdan-quota-'))
  await Promise.all(shops.map((shop) => furnishShop(shop, each)))
  const house = await openProduct(folder, shops, {
    goods: [],
    limits: { [channel]: [{ operation: '*', per: 'shop', times: 1, perMs: everyMs }] },
    furnish: (database) => furnishBooks(database, each),
  })
  const { database } = house
  try {
    const began = Date.now()
    await settled(database, { at: began, listings: each * shopCount })
    say(`${each * shopCount} listings told within ${Math.round((Date.now() - began) / 1_000)} s`)

    for (const shop of shops) await shop.control('pushes', { url: null })
    const burstAt = Date.now()
    await Promise.all(shops.map((shop, i) => buyMany(shop, { count: Math.ceil(orders / shopCount), seed: i })))
    await pause(quietMs)
    await settled(database, { at: Date.now(), listings: each * shopCount })
    const burst = { from: burstAt, to: Date.now() }
    const result = {
      polled: figuresOf(await database.db.all(Delay, ordersTook(burst))),
      lowStock: figuresOf(await database.db.all(Delay, stockTook(burst, lowStock))),
      allStock: figuresOf(await database.db.all(Delay, stockTook(burst, aPlenty))),
    }
    const pushed = await measurePushes(database, { shops, listings: each * shopCount })
    const counts = await Promise.all(shops.map((shop) => shop.control<{ violations: number }>('counts')))
    const violations = counts.reduce((sum, count) => sum + count.violations, 0)
    say(`limits broken: ${violations}`)
    for (const [name, figures] of Object.entries({ ...result, pushed }))
      say(
        `${name.padEnd(10)} p50 ${figures.p50} ms  p99 ${figures.p99} ms  longest ${figures.max} ms  (${figures.count})`,
      )
    return { violations, ...result, pushed }
  } finally {
    await house.close()
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const lowStock = 10
const aPlenty = 1_000_000
const codeOf = (i: number) => `Q-${100_000 + i}`
const stockOf = (i: number) => (i % scarceEvery === 0 ? lowStock : aPlenty)

async function furnishShop(shop: SimulatedShop, count: number): Promise<void> {
  await shop.control('quotas', { callsPerSecond: 1_000 / everyMs + 1, stockCallsPerSecond: 1_000 / everyMs + 1 })
  for (let from = 0; from < count; from += 1_000) {
    const seeds = Array.from({ length: Math.min(1_000, count - from) }, (_, i) => {
      const place = from + i
      return {
        merchantCode: codeOf(place),
        title: `木白家居 ${place}`,
        specification: '',
        product: codeOf(place),
        priceFen: 4_900,
        quantity: stockOf(place),
      }
    })
    await shop.control('listings', seeds)
  }
}

async function furnishBooks({ db }: Database, count: number): Promise<void> {
  const skus = Array.from({ length: count }, (_, i) => ({ code: codeOf(i), name: `木白家居 ${i}`, pieces: stockOf(i) }))
  const rows = rowsAs('s', skus, { code: 'text', name: 'text', pieces: 'int' })
  await db.run(sql`insert into catalogue.sku (code, product_name) select code, name from ${rows}`)
  await db.run(sql`
    insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor)
    select now(), 'receive', k.id, (select min(id) from inventory.warehouse), s.pieces, '准备' from ${rows} join catalogue.sku k using (code)`)
}

async function buyMany(shop: SimulatedShop, { count, seed }: { readonly count: number; readonly seed: number }) {
  for (let bought = 0; bought < count; bought += 200)
    await shop.control('buy', {
      count: Math.min(200, count - bought),
      seed: seed * 100_000 + bought,
      ignoreStock: true,
    })
}

/** One order every three seconds in every shop, each pushed. */
async function measurePushes(
  database: Database,
  { shops, listings }: { readonly shops: readonly SimulatedShop[]; readonly listings: number },
): Promise<Figures> {
  const { hooks } = await hooksOf(database)
  for (const [i, shop] of shops.entries()) await shop.control('pushes', { url: hooks[i] })
  const from = Date.now()
  for (let seed = 1; Date.now() - from < trickleMs; seed += 1) {
    await Promise.all(shops.map((shop, i) => shop.control('buy', { count: 1, seed: 9_000_000 + seed * shopCount + i })))
    await pause(trickleEveryMs)
  }
  await pause(quietMs)
  await settled(database, { at: Date.now(), listings })
  return figuresOf(await database.db.all(Delay, ordersTook({ from, to: Date.now() })))
}

async function hooksOf({ db }: Database): Promise<{ readonly hooks: readonly string[] }> {
  const rows = await db.all(
    z.strictObject({ connection: z.string() }),
    sql`select connection from channels.shop order by id`,
  )
  return { hooks: rows.map(({ connection }) => `http://127.0.0.1:4871/hooks/${channel}/${connection}`) }
}

const Waiting = z.strictObject({ waiting: z.int() })

/** Until every shop was read up to `at`, all listings are known, and nothing waits to be taken in or told; at most ten minutes. */
async function settled(
  { db }: Database,
  { at, listings }: { readonly at: Instant; readonly listings: number },
): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { waiting } = await db.one(
      Waiting,
      sql`
      select ((select count(*) from channels.seen where state = 'waiting')
            + (select count(*) from channels.stock_wish where state = 'waiting')
            + (select count(*) from channels.listing_seen where state = 'waiting')
            + (select count(*) from channels.shop where read_to_at is null or read_to_at < ${isoText(at)}::timestamptz)
            + (select greatest(0, ${listings}::int - count(*)) from channels.stock_wish))::int as waiting`,
    )
    if (waiting === 0) return
    await pause(1_000)
  }
}

const Delay = z.strictObject({ ms: z.number() })
interface Stretch {
  readonly from: Instant
  readonly to: Instant
}

const ordersTook = ({ from, to }: Stretch) => sql`
  select (extract(epoch from min(h.at) - s.created_at) * 1000)::float8 as ms
    from orders.sale s join orders.history h on h.order_id = s.id and h.deed = 'take-in'
   where s.created_at between ${isoText(from)}::timestamptz and ${isoText(to)}::timestamptz
   group by s.id`

const stockTook = ({ from, to }: Stretch, atMost: number) => sql`
  select (extract(epoch from told_at - since_at) * 1000)::float8 as ms
    from channels.stock_wish
   where state = 'told' and quantity <= ${atMost} and since_at between ${isoText(from)}::timestamptz and ${isoText(to)}::timestamptz`

function figuresOf(delays: readonly z.infer<typeof Delay>[]): Figures {
  const times = delays.map(({ ms }) => Math.max(0, Math.round(ms)))
  return {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: times.reduce((longest, ms) => Math.max(longest, ms), 0),
    count: times.length,
  }
}
