import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder, seenOrder } from '../../../test/aid/orders.ts'
import { listListings, listSkus, matchListings } from '../../contract/catalogue.ts'
import { sql } from '../../platform/db/sql.ts'
import { saveListings } from '../catalogue/index.ts'
import { pushStock, storeSeen } from '../channels/index.ts'
import { takeInOrders } from '../orders/index.ts'
import { findListings, findSkus, match, unmatch } from './list-listings.ts'

let bed: TestBed
let shopId: number
let mug: number

const Key = z.object({ id: z.int() })
const insert = async (statement: ReturnType<typeof sql>) => (await bed.ctx.db.one(Key, statement)).id

beforeEach(async () => {
  bed = await testBed({ channels: [fakeChannel().plug] })
  shopId = await insert(
    sql`insert into channels.shop (channel, name, mode, connection, created_at) values ('fake', '木白旗舰店', 'api', 'c1', now()) returning id`,
  )
  mug = await insert(
    sql`insert into catalogue.sku (code, product_name, specification, cost_fen) values ('MUG', '粗陶马克杯', '苔绿', 1800) returning id`,
  )
})
afterEach(() => bed.close())

const listing = (channelSkuNo: string, merchantCode: string | null = null, title = '粗陶马克杯') => ({
  channelItemNo: '7001',
  channelSkuNo,
  merchantCode,
  barcode: null,
  title,
  specification: '',
  imageUrl: null,
  priceFen: 5900,
  quantity: 9,
  isOnSale: true,
  modifiedAt: null,
})
const pull = (...listings: ReturnType<typeof listing>[]) =>
  saveListings(bed.ctx, shopId, { listings, isComplete: true })
const order = (n: number, channelSkuNo: string) => {
  const one = anOrder({ channelOrderNo: `A${n}`, createdAt: Date.parse('2026-11-11T02:00:00Z') + n })
  return seenOrder({ ...one, lines: [{ ...one.lines[0]!, channelSkuNo, merchantCode: null }] })
}
const takeIn = async (...orders: ReturnType<typeof order>[]) => {
  await storeSeen(bed.ctx, orders, { shopId, source: 'sweep' })
  while ((await takeInOrders(bed.ctx)) > 0);
}
const list = async (given: Record<string, unknown> = {}) => {
  const answer = await findListings(bed.ctx, listListings.input.parse(given))
  return listListings.output.parse(answer)
}
const skuNos = (rows: readonly { channelSkuNo: string }[]) => rows.map((row) => row.channelSkuNo)

describe('the listings page', () => {
  test('shows what wants a decision, those first for which most orders wait', async () => {
    await pull(listing('1'), listing('2'), listing('3', 'MUG'), listing('4'))
    await takeIn(order(1, '4'), order(2, '2'), order(3, '4'))
    const { rows, counts } = await list()
    expect(rows.map((row) => [row.channelSkuNo, row.waitingOrders])).toEqual([
      ['4', 2],
      ['2', 1],
      ['1', 0],
    ])
    expect(counts).toEqual({ unmatched: 3, proposed: 0, matched: 1, ignored: 0, vanished: 0 })
  })

  test('a listing that vanished is asked about only while orders wait for it', async () => {
    await pull(listing('1'), listing('2'), listing('3', 'MUG'))
    await takeIn(order(1, '1'))
    await pull(listing('9'))
    expect((await list()).counts).toEqual({ unmatched: 2, proposed: 0, matched: 0, ignored: 0, vanished: 2 })
    expect(skuNos((await list()).rows)).toEqual(['1', '9'])
    expect(skuNos((await list({ state: 'vanished' })).rows)).toEqual(['2', '3'])
  })

  test('goes on page by page without losing or doubling one', async () => {
    await pull(...Array.from({ length: 7 }, (_, i) => listing(String(i))))
    await takeIn(order(1, '5'), order(2, '3'))
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await list({ limit: 3, after })
      seen.push(...skuNos(page.rows))
      if (page.next === null) break
      after = page.next
    }
    expect(seen.slice(0, 2).sort()).toEqual(['3', '5'])
    expect([...seen].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6'])
    expect(seen).toHaveLength(7)
  })

  test('finds by title, codes, shop and SKU', async () => {
    await pull(listing('1', 'MUG'), listing('2', 'X-1', '手工花瓶 50%'))
    expect(skuNos((await list({ state: 'all', search: '花瓶' })).rows)).toEqual(['2'])
    expect(skuNos((await list({ state: 'all', search: '50%' })).rows)).toEqual(['2'])
    expect(skuNos((await list({ state: 'all', search: 'x-1' })).rows)).toEqual(['2'])
    expect(skuNos((await list({ state: 'all', search: 'mug' })).rows)).toEqual(['1'])
    expect(skuNos((await list({ state: 'all', skuId: mug })).rows)).toEqual(['1'])
    expect(skuNos((await list({ state: 'all', shopId: shopId + 1 })).rows)).toEqual([])
  })

  test('tells what the shop was told of its stock and what waits', async () => {
    await pull(listing('1', 'MUG'))
    const [row] = (await list({ state: 'all' })).rows
    expect(row?.told).toBeNull()
    await bed.ctx.tx((ctx) =>
      pushStock(ctx, [
        {
          shopId,
          listingId: row!.id,
          channelItemNo: '7001',
          channelSkuNo: '1',
          merchantCode: 'MUG',
          quantity: 5,
          version: 1,
        },
      ]),
    )
    await bed.ctx.db.run(
      sql`update channels.stock_wish set told_quantity = 8, told_version = 0, told_at = ${new Date(bed.ctx.now()).toISOString()}`,
    )
    expect((await list({ state: 'all' })).rows[0]?.told).toEqual({
      quantity: 8,
      at: bed.ctx.now(),
      waiting: 5,
      problem: null,
    })
  })
})

describe('a match', () => {
  test('says how many orders go on, and taken back which it had decided', async () => {
    await pull(listing('1'), listing('2'))
    await takeIn(order(1, '1'), order(2, '1'), order(3, '2'))
    const [first] = (await list()).rows
    const result = await match(bed.ctx, { matches: [{ listingId: first!.id, skuId: mug }] })
    expect(matchListings.output.parse(result)).toEqual({ done: 1, doneIds: [first!.id], leftOut: [], waiting: 2 })

    await bed.ctx.db.run(
      sql`update orders.line l set sku_id = m.sku_id from catalogue.listing m where m.id = l.listing_id`,
    )
    expect((await unmatch(bed.ctx, { id: first!.id })).touchedOrders).toEqual(['T00000002', 'T00000001'])
    expect((await unmatch(bed.ctx, { id: first!.id })).touchedOrders).toEqual([])
  })
})

describe('the SKUs page', () => {
  test('shows pieces of all warehouses and listings, by code', async () => {
    await pull(listing('1', 'MUG'), listing('2', 'MUG'))
    for (const [code, pieces] of [
      ['A', 7],
      ['B', 3],
    ] as const) {
      const place = await insert(
        sql`insert into inventory.warehouse (code, name, province, city) values (${code}, ${code}, '福建省', '漳州市') returning id`,
      )
      await bed.ctx.db.run(
        sql`insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, reserved, actor) values (now(), 'receive', ${mug}, ${place}, ${pieces}, 1, '测试')`,
      )
    }
    await insert(
      sql`insert into catalogue.sku (code, product_name, is_active) values ('BOWL', '碗', false) returning id`,
    )
    const find = async (given: Record<string, unknown>) =>
      listSkus.output.parse(await findSkus(bed.ctx, listSkus.input.parse(given)))
    expect(await find({})).toMatchObject({
      rows: [{ code: 'MUG', onHand: 10, reserved: 2, listings: 2, costFen: 1800 }],
      next: null,
      total: 1,
    })
    const first = await find({ active: 'all', limit: 1 })
    expect(first).toMatchObject({ rows: [{ code: 'BOWL' }], next: 'BOWL', total: 2 })
    expect(await find({ active: 'all', limit: 1, after: 'BOWL' })).toMatchObject({
      rows: [{ code: 'MUG' }],
      next: null,
    })
    expect((await find({ search: '马克杯 苔绿' })).rows).toHaveLength(1)
    expect((await find({ search: '花瓶' })).rows).toHaveLength(0)
  })
})
