import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { type FakeChannel, type FakeOptions, fakeChannel } from '../../../test/aid/fake-channel.ts'
import { aShop } from '../../../test/aid/shop.ts'
import { isoText } from '../../core/time/instant.ts'
import { sql } from '../../platform/db/sql.ts'
import { stockOutcomes } from './outcomes.ts'
import { pushStock, sendStock } from './push-stock.ts'
import { reopenOldWishes, type StockWish } from './store/stock.ts'
import { sweepOrders } from './sweep-orders.ts'
import { listUnsent } from './unsent.ts'

let bed: TestBed
let fake: FakeChannel
let shopId: number

async function open(options: FakeOptions = {}) {
  fake = fakeChannel(options)
  bed = await testBed({ channels: [fake.plug] })
  shopId = await aShop(bed.ctx)
}
beforeEach(() => open())
afterEach(() => bed.close())

const wish = (listingId: number, quantity: number, version: number, given: Partial<StockWish> = {}): StockWish => ({
  shopId,
  listingId,
  channelItemNo: `i${listingId}`,
  channelSkuNo: `s${listingId}`,
  merchantCode: `SKU-${listingId}`,
  quantity,
  version,
  ...given,
})
const want = (...wishes: StockWish[]) => bed.ctx.tx((ctx) => pushStock(ctx, wishes))
const send = () => sendStock(bed.ctx, shopId)
const shown = (listingId: number) => fake.stock.get(`i${listingId}/s${listingId}`)

test('each listing is told its newest value, lowest stock first', async () => {
  await want(wish(1, 30, 1), wish(2, 0, 2), wish(3, 5, 3))
  await want(wish(1, 2, 4))
  await send()
  expect(fake.stockCalls.flat().map((item) => item.quantity)).toEqual([0, 2, 5])
  expect(await stockOutcomes(bed.ctx, [1])).toMatchObject([{ wanted: 2, told: 2, state: 'told' }])
})

test('an older value that comes late never takes the place of a newer one', async () => {
  await want(wish(1, 7, 9))
  await want(wish(1, 50, 8))
  await send()
  expect(shown(1)).toBe(7)
  await want(wish(1, 50, 8))
  await send()
  expect(fake.stockCalls).toHaveLength(1)
})

test('a value that comes while an older one is being sent is sent after it', async () => {
  await want(wish(1, 7, 1))
  fake.before = async (operation) => {
    if (operation !== 'stock.push' || fake.stockCalls.length > 0) return
    await want(wish(1, 3, 2))
  }
  await send()
  expect(fake.stockCalls.flat().map((item) => item.quantity)).toEqual([7, 3])
  expect(shown(1)).toBe(3)
})

test('when two send at once, the channel ends with the newest value', async () => {
  await want(wish(1, 10, 1))
  let slow: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    slow = resolve
  })
  let calls = 0
  fake.before = async (operation) => {
    if (operation !== 'stock.push') return
    calls += 1
    if (calls === 1) await held
  }
  const first = send()
  while (calls === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await want(wish(1, 4, 2))
  await send()
  slow()
  await first
  await send()
  expect(fake.stockCalls.flat().at(-1)?.quantity).toBe(4)
  expect(shown(1)).toBe(4)
  expect(await stockOutcomes(bed.ctx, [1])).toMatchObject([{ wanted: 4, told: 4, state: 'told' }])
})

test('a channel that takes one item a call gets one item a call', async () => {
  await bed.close()
  await open({ oneItem: true })
  await want(
    wish(1, 5, 1, { channelItemNo: 'a' }),
    wish(2, 1, 2, { channelItemNo: 'b' }),
    wish(3, 9, 3, { channelItemNo: 'a' }),
  )
  await send()
  expect(fake.stockCalls.map((call) => call.map((item) => item.channelItemNo))).toEqual([['b'], ['a', 'a']])
})

test('a listing the channel refuses is laid before a person, the others are told', async () => {
  await want(wish(1, 5, 1, { channelItemNo: 'gone' }), wish(2, 6, 2))
  await send()
  expect(shown(2)).toBe(6)
  expect((await listUnsent(bed.ctx, {})).rows).toMatchObject([
    { kind: 'stock', state: 'needs-person', zh: 'SKU-1 库存 5', cause: { zh: '假平台 拒绝：商品已删除' } },
  ])
  await want(wish(1, 4, 3))
  await send()
  expect(shown(1)).toBe(4)
})

test('silence is no harm: an absolute number is told again', async () => {
  fake.fail('stock.push', 'CHANNEL_UNCLEAR')
  await want(wish(1, 5, 1))
  await send()
  expect(await stockOutcomes(bed.ctx, [1])).toMatchObject([{ state: 'waiting', trouble: { code: 'CHANNEL_UNCLEAR' } }])
  bed.pass(60_000)
  await sweepOrders(bed.ctx, shopId)
  await send()
  expect(shown(1)).toBe(5)
})

test('orders are pulled first, so that no number undoes sales we do not know of', async () => {
  await want(wish(1, 5, 1))
  bed.pass(50_000)
  await send()
  expect(fake.stockCalls).toEqual([])
  const { rows } = await bed.database.pool.query<{ task_identifier: string }>(
    `select task_identifier from graphile_worker.jobs`,
  )
  expect(rows.map((row) => row.task_identifier)).toContain('orders.sweep')
  await sweepOrders(bed.ctx, shopId)
  await send()
  expect(shown(1)).toBe(5)
})

test('while a long list of orders is being read, what is nearly gone is told, and the rest waits', async () => {
  const page = (ago: number) =>
    bed.ctx.db.run(sql`
      insert into platform.call (shop_id, channel, operation, method, target, status, ms, waited_ms, at)
      values (${shopId}, 'fake', 'orders.pull', 'GET', '/', 200, 1, 1, ${isoText(bed.ctx.now() - ago)})`)
  await want(wish(1, 900, 1), wish(2, 900, 1))
  await send()
  await want(wish(1, 3, 2), wish(2, 899, 2))
  bed.pass(50_000)
  await page(11_000)
  await send()
  expect([shown(1), shown(2)]).toEqual([900, 900])
  await page(3_000)
  await send()
  expect([shown(1), shown(2)]).toEqual([3, 900])
  await sweepOrders(bed.ctx, shopId)
  await send()
  expect([shown(1), shown(2)]).toEqual([3, 899])
})

test('when orders cannot be pulled for a minute, the number goes out all the same', async () => {
  await want(wish(1, 5, 1))
  bed.pass(61_000)
  await send()
  expect(shown(1)).toBe(5)
})

test('a number told half a day ago is told again, since the channel may have lost it', async () => {
  await want(wish(1, 5, 1))
  await send()
  fake.stock.clear()
  bed.pass(13 * 3_600_000)
  await sweepOrders(bed.ctx, shopId)
  await reopenOldWishes(bed.ctx.db, bed.ctx.now())
  await send()
  expect(shown(1)).toBe(5)
})

test('a thousand values from many hands at once leave each listing at its newest', async () => {
  const wishes = Array.from({ length: 1_000 }, (_, i) => wish(i % 10, i, i + 1))
  const hands = Array.from({ length: 10 }, (_, hand) =>
    wishes.filter((_wish, i) => (i * 7 + hand) % 10 === hand || i % 10 === hand),
  )
  await Promise.all([
    ...hands.map((mine) => want(...mine)),
    ...[...wishes]
      .reverse()
      .slice(0, 50)
      .map((one) => want(one)),
  ])
  await send()
  expect(Array.from({ length: 10 }, (_, i) => shown(i))).toEqual(Array.from({ length: 10 }, (_, i) => 990 + i))
})
