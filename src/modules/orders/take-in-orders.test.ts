import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder, seenOrder } from '../../../test/aid/orders.ts'
import type { ChannelOrder } from '../../core/channel/shapes.ts'
import { sql } from '../../platform/db/sql.ts'
import { storeSeen } from '../channels/index.ts'
import { takeInOrders } from './take-in-orders.ts'

let bed: TestBed
let shopId: number
let skuId: number
let home: number

const Key = z.object({ id: z.int() })

beforeEach(async () => {
  bed = await testBed({ channels: [fakeChannel().plug] })
  const { db } = bed.ctx
  shopId = (
    await db.one(
      Key,
      sql`insert into channels.shop (channel, name, mode, connection, created_at) values ('fake', '木白旗舰店', 'api', 'c1', now()) returning id`,
    )
  ).id
  skuId = (
    await db.one(Key, sql`insert into catalogue.sku (code, product_name) values ('MUG', '粗陶马克杯') returning id`)
  ).id
  home = (
    await db.one(
      Key,
      sql`insert into inventory.warehouse (code, name, province, city) values ('ZZ', '漳州主仓', '福建省', '漳州市') returning id`,
    )
  ).id
  await db.run(
    sql`insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor) values (now(), 'receive', ${skuId}, ${home}, 10, '测试')`,
  )
})
afterEach(() => bed.close())

const Sale = z.object({
  channelOrderNo: z.string(),
  state: z.string(),
  findings: z.array(z.string()),
  warehouseId: z.int().nullable(),
})
const sales = () =>
  bed.ctx.db.all(Sale, sql`select channel_order_no, state, findings, warehouse_id from orders.sale order by id`)
const Stock = z.object({ onHand: z.int(), reserved: z.int() })
const stock = () =>
  bed.ctx.db.one(
    Stock,
    sql`select on_hand, reserved from inventory.stock where sku_id = ${skuId} and warehouse_id = ${home}`,
  )
const at = (minute: number) => Date.parse('2026-11-11T02:00:00Z') + minute * 60_000

async function tellAndTakeIn(...orders: ChannelOrder[]): Promise<void> {
  await storeSeen(bed.ctx, orders.map(seenOrder), { shopId, source: 'sweep' })
  while ((await takeInOrders(bed.ctx)) > 0);
}
const numbered = (n: number, given: Partial<ChannelOrder> = {}, minute = n) => {
  const { createdAt: _c, modifiedAt: _m, ...rest } = given
  return anOrder({
    channelOrderNo: `A${n}`,
    createdAt: at(minute),
    buyer: { channelBuyerNo: `b-${n}`, nick: '林**' },
    ...rest,
  })
}

describe('a new order', () => {
  test('holds its pieces, passes review and is approved by itself', async () => {
    await tellAndTakeIn(numbered(1))
    expect(await sales()).toEqual([{ channelOrderNo: 'A1', state: 'approved', findings: [], warehouseId: home }])
    expect(await stock()).toEqual({ onHand: 10, reserved: 1 })
  })

  test('told twice is there once', async () => {
    await tellAndTakeIn(numbered(1))
    await tellAndTakeIn(numbered(1))
    expect(await sales()).toHaveLength(1)
    expect(await stock()).toEqual({ onHand: 10, reserved: 1 })
  })

  test('of which no piece is free becomes an exception at once and holds nothing', async () => {
    await tellAndTakeIn(...Array.from({ length: 12 }, (_, i) => numbered(i + 1)))
    const held = (await sales()).filter((sale) => sale.state === 'held')
    expect(held.map((sale) => [sale.channelOrderNo, sale.findings])).toEqual([
      ['A11', ['stock-short']],
      ['A12', ['stock-short']],
    ])
    expect(await stock()).toEqual({ onHand: 10, reserved: 10 })
  })

  test('with goods we do not know waits for a match', async () => {
    const [line] = numbered(1).lines
    await tellAndTakeIn(numbered(1, { lines: [{ ...line!, merchantCode: 'NOPE', channelSkuNo: '9' }] }))
    expect(await sales()).toMatchObject([{ state: 'held', findings: ['listing-unmatched'] }])
  })

  test('the same goods by the same buyer minutes later are held as a likely duplicate', async () => {
    const buyer = { channelBuyerNo: 'b-same', nick: '林**' }
    await tellAndTakeIn(numbered(1, { buyer }), numbered(2, { buyer }, 5))
    expect((await sales()).map((sale) => [sale.state, sale.findings])).toEqual([
      ['approved', []],
      ['held', ['likely-duplicate']],
    ])
  })
})

describe('a change', () => {
  test('a refund opened after approval stops the order and keeps its pieces', async () => {
    await tellAndTakeIn(numbered(1))
    const [line] = numbered(1).lines
    await tellAndTakeIn({
      ...numbered(1),
      modifiedAt: new Date(at(9)).toISOString(),
      orderRefundState: 'in-progress',
      mayShipNow: false,
      lines: [{ ...line!, refundState: 'requested', mayShipNow: false }],
    })
    expect(await sales()).toMatchObject([{ state: 'held', findings: ['refund-open'] }])
    expect(await stock()).toEqual({ onHand: 10, reserved: 1 })
  })

  test('a refund before shipping closes the order and lets its pieces go', async () => {
    await tellAndTakeIn(numbered(1))
    const [line] = numbered(1).lines
    await tellAndTakeIn({
      ...numbered(1),
      modifiedAt: new Date(at(9)).toISOString(),
      status: 'closed-refunded',
      channelStatus: 'TRADE_CLOSED',
      orderRefundState: 'full',
      refundedFen: 5900,
      mayShipNow: false,
      lines: [{ ...line!, refundState: 'success', refundedQuantity: 1, refundedFen: 5900, mayShipNow: false }],
    })
    expect(await sales()).toMatchObject([{ state: 'closed' }])
    expect(await stock()).toEqual({ onHand: 10, reserved: 0 })
  })

  test('told late does not undo a newer one', async () => {
    await tellAndTakeIn({
      ...numbered(1),
      modifiedAt: new Date(at(30)).toISOString(),
      status: 'closed-refunded',
      channelStatus: 'TRADE_CLOSED',
      orderRefundState: 'full',
      mayShipNow: false,
    })
    await tellAndTakeIn(numbered(1))
    expect(await sales()).toMatchObject([{ state: 'closed' }])
  })

  test('shipped in the back office takes the pieces off the shelf', async () => {
    await tellAndTakeIn(numbered(1))
    const [line] = numbered(1).lines
    await tellAndTakeIn({
      ...numbered(1),
      modifiedAt: new Date(at(9)).toISOString(),
      status: 'shipped',
      channelStatus: 'WAIT_BUYER_CONFIRM_GOODS',
      mayShipNow: false,
      lines: [{ ...line!, shippedQuantity: 1, mayShipNow: false }],
    })
    expect(await sales()).toMatchObject([{ state: 'shipped' }])
    expect(await stock()).toEqual({ onHand: 9, reserved: 0 })
  })
})

test('two hundred orders take as many statements as twenty', async () => {
  await bed.ctx.db.run(
    sql`insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor) values (now(), 'receive', ${skuId}, ${home}, 1000, '测试')`,
  )
  await tellAndTakeIn(numbered(0))
  const count = async (from: number, to: number) => {
    await storeSeen(
      bed.ctx,
      Array.from({ length: to - from }, (_, i) => seenOrder(numbered(from + i))),
      { shopId, source: 'sweep' },
    )
    const before = bed.database.statements()
    await takeInOrders(bed.ctx, 500)
    return bed.database.statements() - before
  }
  expect(await count(1, 21)).toBe(await count(100, 300))
})

test('nothing personal is readable in the rows', async () => {
  await tellAndTakeIn(numbered(1, { buyerNote: '请放门卫 13800004471' }))
  const Text = z.object({ text: z.string() })
  const rows = await bed.ctx.db.all(
    Text,
    sql`
    select row_to_json(s)::text as text from orders.sale s union all select row_to_json(r)::text from orders.receiver r
    union all select row_to_json(h)::text from orders.history h union all select row_to_json(l)::text from orders.line l`,
  )
  for (const { text } of rows) expect(text).not.toMatch(/13800004471|林晓禾|溪边路|门卫/)
})
