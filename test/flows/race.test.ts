import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Counts, ListingState } from '../../simulators/simulator.ts'
import { sql } from '../../src/platform/db/sql.ts'
import { type OpenedHouse, openTestHouse } from '../aid/house.ts'

/**
 * A thousand buyers at once for a hundred pieces, in two shops that show more than there is: a hundred get one, nobody gets what
 * another has, and what the other shop shows falls within seconds, by the platforms' own limits for writing.
 */
const pieces = 100
const buyers = 1_000
const mug = {
  merchantCode: 'RACE-1',
  title: '抢购马克杯',
  specification: '颜色:苔绿',
  product: '抢购杯',
  priceFen: 4_900,
  usualStock: pieces,
}

let opened: OpenedHouse

beforeAll(async () => {
  opened = await openTestHouse({
    goods: [mug],
    shown: 10_000,
    // Details of hundreds of orders are read faster than the platform's usual limit, so that the trial is one of stock; writes keep to it.
    limits: {
      taobao: [
        { operation: 'read', per: 'shop', times: 2_000, perMs: 1_000 },
        { operation: 'write', per: 'shop', times: 1, perMs: 1_000 },
      ],
    },
    counted: { shopWrites: 1, stockWritesPerItem: 1 },
  })
}, 120_000)
afterAll(() => opened?.close())

const Sample = z.object({ onHand: z.int(), reserved: z.int(), least: z.int() })
const Outcome = z.object({ orders: z.int(), holding: z.int(), held: z.int(), short: z.int() })

test(`${buyers} purchases of ${pieces} pieces over two shops`, async () => {
  const watch = watchShelf()
  const lag = watchShops()
  const each = buyers / opened.shops.length
  const bought = opened.shops.flatMap((shop, s) =>
    Array.from({ length: each }, (_, i) =>
      shop.control('buy', {
        count: 1,
        seed: s * 100_000 + i,
        ignoreStock: true,
        lines: [{ merchantCode: mug.merchantCode, quantity: 1 }],
      }),
    ),
  )
  await Promise.all(bought)
  await opened.settle(120_000)

  const outcome = await opened.house.system.db.one(
    Outcome,
    sql`
    select (select count(*) from orders.sale) as orders, (select count(distinct order_id) from inventory.reservation) as holding,
           (select coalesce(sum(quantity), 0)::int from inventory.reservation) as held,
           (select count(*) from orders.sale where state = 'held' and findings @> array['stock-short']) as short`,
  )
  expect(outcome).toEqual({ orders: buyers, holding: pieces, held: pieces, short: buyers - pieces })

  const { refusedWhileFree, worst } = await watch.stop()
  expect(worst.least, 'never promised below nothing').toBeGreaterThanOrEqual(0)
  expect(refusedWhileFree, 'nobody is refused while a piece is free').toBe(0)
  expect(await opened.door.call('POST', '/stock/check', {})).toMatchObject({ drifts: [] })

  await shopsShow(0)
  const lags = await lag.stop()
  expect(lags.p99, `shops lag by up to ${lags.worst} ms`).toBeLessThanOrEqual(5_000)
  for (const shop of opened.shops) expect((await shop.control<Counts>('counts')).violations, shop.zh).toBe(0)
}, 240_000)

/** Looks at the shelf all the time, by a connection of its own. */
function watchShelf() {
  let isOver = false
  let refusedWhileFree = 0
  let worst = { onHand: 0, reserved: 0, least: pieces }
  const Free = z.object({ free: z.int(), short: z.int() })
  const watching = (async () => {
    while (!isOver) {
      const { db } = opened.house.system
      const sample = await db.maybe(
        Sample,
        sql`select sum(on_hand)::int as on_hand, sum(reserved)::int as reserved, min(on_hand - reserved) as least from inventory.stock`,
      )
      if (sample !== null && sample.least < worst.least) worst = sample
      const { free, short } = await db.one(
        Free,
        sql`
        select (select coalesce(sum(on_hand - reserved), 0)::int from inventory.stock) as free,
               (select count(*) from orders.sale where findings @> array['stock-short']) as short`,
      )
      if (free > 0 && short > 0) refusedWhileFree += 1
      await pause(5)
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await watching
      return { refusedWhileFree, worst }
    },
  }
}

const Sellable = z.object({ sellable: z.int() })

/** How long what shops show has been other than what may be sold: for each look, the time since the shop's number was last the true one. */
function watchShops() {
  let isOver = false
  const lags: number[] = []
  const agreedAt = new Map<string, number>()
  const began = performance.now()
  const watching = (async () => {
    while (!isOver) {
      const { sellable } = await opened.house.system.db.one(
        Sellable,
        sql`select greatest(0, coalesce(sum(on_hand - reserved), 0))::int as sellable from inventory.stock`,
      )
      for (const shop of opened.shops) {
        const [listing] = await shop.control<ListingState[]>('listings')
        const now = performance.now()
        if (listing !== undefined && listing.quantity <= sellable) agreedAt.set(shop.channel, now)
        lags.push(now - (agreedAt.get(shop.channel) ?? began))
      }
      await pause(50)
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await watching
      const sorted = lags.sort((a, b) => a - b)
      return { p99: Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0), worst: Math.round(sorted.at(-1) ?? 0) }
    },
  }
}

/** Waits until every shop shows `quantity`. */
async function shopsShow(quantity: number): Promise<void> {
  const until = Date.now() + 30_000
  for (;;) {
    const shown = await Promise.all(
      opened.shops.map(async (shop) => (await shop.control<ListingState[]>('listings'))[0]?.quantity),
    )
    if (shown.every((number) => number === quantity)) return
    if (Date.now() > until) throw new Error(`shops still show ${shown.join(', ')}`)
    await pause(100)
  }
}
