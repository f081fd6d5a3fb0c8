import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { countStock, receiveStock } from '../../contract/inventory.ts'
import { sql } from '../../platform/db/sql.ts'
import { adjust, bookIn, count } from './change-stock.ts'
import { changeHolds } from './hold-pieces.ts'
import { listDrifts } from './store/facts.ts'

let bed: TestBed
let skuId: number
let home: number
const Key = z.object({ id: z.int() })

beforeEach(async () => {
  bed = await testBed()
  const { db } = bed.ctx
  skuId = (
    await db.one(Key, sql`insert into catalogue.sku (code, product_name) values ('MUG', '粗陶马克杯') returning id`)
  ).id
  home = (
    await db.one(
      Key,
      sql`insert into inventory.warehouse (code, name, province, city) values ('ZZ', '漳州主仓', '福建省', '漳州市') returning id`,
    )
  ).id
})
afterEach(() => bed.close())

const Shelf = z.object({ onHand: z.int(), reserved: z.int(), incoming: z.int() })
const shelf = () =>
  bed.ctx.db.one(Shelf, sql`select on_hand, reserved, incoming from inventory.stock where sku_id = ${skuId}`)
const receive = (quantity: number, expected: 'no' | 'announce' | 'arrived' = 'no') =>
  bookIn(bed.ctx, receiveStock.input.parse({ lines: [{ skuId, warehouseId: home, quantity }], expected }))
const hold = (orderId: number, quantity: number) =>
  changeHolds(bed.ctx, {
    released: [],
    left: [],
    held: [{ orderId, lineId: orderId * 10, skuId, warehouseId: home, quantity }],
  })

describe('booking in', () => {
  test('adds pieces; announced ones are on their way until they arrive', async () => {
    await receive(5)
    await receive(8, 'announce')
    expect(await shelf()).toEqual({ onHand: 5, reserved: 0, incoming: 8 })
    await receive(10, 'arrived')
    expect(await shelf()).toEqual({ onHand: 15, reserved: 0, incoming: 0 })
  })

  test('of an unknown SKU or at an unknown place is refused', async () => {
    const lines = (sku: number, warehouseId: number) =>
      receiveStock.input.parse({ lines: [{ skuId: sku, warehouseId, quantity: 1 }] })
    await expect(bookIn(bed.ctx, lines(9_999, home))).rejects.toMatchObject({ code: 'SKU_NOT_FOUND' })
    await expect(bookIn(bed.ctx, lines(skuId, 9_999))).rejects.toMatchObject({ code: 'WAREHOUSE_NOT_FOUND' })
  })
})

test('an adjustment cannot take what orders hold, and says how many are free', async () => {
  await receive(5)
  await hold(1, 4)
  const take = (change: number) => adjust(bed.ctx, { skuId, warehouseId: home, change, reason: '破损' })
  await expect(take(-2)).rejects.toMatchObject({
    code: 'STOCK_REFUSED',
    details: { sku: 'MUG', warehouse: '漳州主仓' },
  })
  await take(-1)
  expect(await shelf()).toMatchObject({ onHand: 4, reserved: 4 })
})

test('a count makes the counted number true; the newest order loses what is not there', async () => {
  await receive(5)
  await hold(1, 3)
  await hold(2, 2)
  const { differences } = await count(
    bed.ctx,
    countStock.input.parse({ lines: [{ skuId, warehouseId: home, counted: 4 }] }),
  )
  expect(differences).toEqual([{ skuId, warehouseId: home, before: 5, counted: 4, shortOrders: ['T00000002'] }])
  expect(await shelf()).toMatchObject({ onHand: 4, reserved: 4 })
  expect(await listDrifts(bed.ctx.db)).toEqual([])
})

describe('the database itself', () => {
  const refused = (statement: ReturnType<typeof sql>) => expect(bed.ctx.db.run(statement)).rejects.toThrow()

  test('refuses a change of stock without a movement, and a movement changed or taken away', async () => {
    await receive(5)
    await refused(sql`update inventory.stock set on_hand = 99`)
    await refused(sql`delete from inventory.stock`)
    await refused(sql`update inventory.movement set on_hand = 99`)
    await refused(sql`delete from inventory.movement`)
  })

  test('refuses to hold more than there is and to go below nothing', async () => {
    await receive(2)
    await expect(hold(1, 3)).rejects.toThrow(/stock_never_promised_twice/)
    await refused(
      sql`insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor) values (now(), 'adjust', ${skuId}, ${home}, -3, '试')`,
    )
    expect(await shelf()).toMatchObject({ onHand: 2, reserved: 0 })
  })

  test('lets ten hold the last piece at once only for one of them', async () => {
    await receive(1)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) =>
        bed.ctx.tx((ctx) =>
          changeHolds(ctx, {
            released: [],
            left: [],
            held: [{ orderId: i + 1, lineId: i + 1, skuId, warehouseId: home, quantity: 1 }],
          }),
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await shelf()).toMatchObject({ onHand: 1, reserved: 1 })
  })
})
