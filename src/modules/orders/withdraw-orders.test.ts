import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder, seenOrder } from '../../../test/aid/orders.ts'
import { aShop } from '../../../test/aid/shop.ts'
import { listOrders } from '../../contract/orders.ts'
import { allPermissions } from '../../core/access/permissions.ts'
import type { ChannelOrder } from '../../core/channel/shapes.ts'
import { sql } from '../../platform/db/sql.ts'
import type { Ctx } from '../../platform/module.ts'
import { storeSeen } from '../channels/index.ts'
import { listDrifts } from '../inventory/index.ts'
import { approveOrders, holdOrders, recallOrders } from './approve-orders.ts'
import { moveToWarehouse, rewriteAddress, writeRemark } from './edit-order.ts'
import { countViews, findOrders } from './find-orders.ts'
import { readOrder } from './get-order.ts'
import { markAllocated, ordersForParcels, shipPieces } from './parcel-face.ts'
import { findAnything } from './search-all.ts'
import { takeInOrders } from './take-in-orders.ts'
import { orderUndo } from './withdraw-orders.ts'
import { foldTalliesJob } from './work-through.ts'

let bed: TestBed
let lin: Ctx
let shopId: number
let skuId: number
let home: number
const Key = z.object({ id: z.int() })
const day = Date.parse('2026-11-11T02:00:00Z')

beforeEach(async () => {
  bed = await testBed({ channels: [fakeChannel().plug], now: day + 3_600_000 })
  lin = bed.ctxFor({ kind: 'person', id: 7, name: '林店主', permissions: new Set(allPermissions) })
  shopId = await aShop(bed.ctx, { mode: 'file' })
  const { db } = bed.ctx
  const added = (statement: ReturnType<typeof sql>) => db.one(Key, statement).then((row) => row.id)
  skuId = await added(sql`insert into catalogue.sku (code, product_name) values ('MUG', '粗陶马克杯') returning id`)
  home = await added(
    sql`insert into inventory.warehouse (code, name, province, city) values ('ZZ', '漳州主仓', '福建省', '漳州市') returning id`,
  )
  await added(
    sql`insert into inventory.warehouse (code, name, province, city) values ('BJ', '北京仓', '北京市', '北京市') returning id`,
  )
  await receive(home, 500)
})
afterEach(() => bed.close())

const receive = (warehouseId: number, pieces: number) =>
  bed.ctx.db.run(
    sql`insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor) values (now(), 'receive', ${skuId}, ${warehouseId}, ${pieces}, '测试')`,
  )

type Given = Partial<Omit<ChannelOrder, 'createdAt' | 'modifiedAt'>> & { readonly modifiedAt?: number }
const numbered = (n: number, given: Given = {}) =>
  anOrder({
    channelOrderNo: `415033182946712${1_000 + n}`,
    createdAt: day + n * 1_000,
    buyer: { channelBuyerNo: `b-${n}`, nick: '林**' },
    ...given,
  })
const noOf = (n: number) => numbered(n).channelOrderNo

async function tell(orders: readonly ChannelOrder[], source: 'import' | 'sweep' = 'import'): Promise<void> {
  bed.pass(1_000)
  await storeSeen(bed.ctx, orders.map(seenOrder), { shopId, source, ...(source === 'import' ? { importId: 1 } : {}) })
  while ((await takeInOrders(bed.ctx, 500)) > 0);
}
/** What `channels` does when an import is undone: the free ones are withdrawn, and marked so where they were seen. */
const undo = (channelOrderNos: readonly string[]) =>
  bed.ctx.tx(async (ctx) => {
    const left = await orderUndo.touched(ctx, { shopId, channelOrderNos })
    const free = channelOrderNos.filter((no) => !left.has(no))
    await orderUndo.withdraw(ctx, { shopId, channelOrderNos: free })
    await ctx.db.run(
      sql`update channels.seen set state = 'withdrawn', order_sealed = null where channel_order_no = any(${free}::text[])`,
    )
    return left
  })
const touchedOf = async (n: number) =>
  (await orderUndo.touched(bed.ctx, { shopId, channelOrderNos: [noOf(n)] })).get(noOf(n)) ?? null

const Row = z.object({ id: z.int(), orderNo: z.string(), state: z.string() })
const orderOf = (n: number) =>
  bed.ctx.db.one(Row, sql`select id, order_no, state from orders.sale where channel_order_no = ${noOf(n)}`)
const Shelf = z.object({ onHand: z.int(), reserved: z.int() })
const shelf = () =>
  bed.ctx.db.one(Shelf, sql`select on_hand, reserved from inventory.stock where warehouse_id = ${home}`)
const page = (given: object = {}) => findOrders(bed.ctx, listOrders.input.parse({ sort: 'newest', ...given }))
const listed = async (given: object = {}) => (await page(given)).rows.map((row) => row.channelOrderNo).sort()

/** Every view counts what it lists, before and after the tallies are folded. */
async function countsAreRight(): Promise<void> {
  for (const fold of [false, true]) {
    if (fold) await foldTalliesJob.run(bed.ctx, {})
    const { views } = await countViews(bed.ctx, [])
    for (const [view, count] of Object.entries(views))
      expect((await page({ view, limit: 200 })).rows.length, view).toBe(count)
  }
  expect(await listDrifts(bed.ctx.db)).toEqual([])
}

describe('an order that nobody touched', () => {
  test('is withdrawn with its import: its pieces are free, and it is in no list, no count and no search', async () => {
    await tell([numbered(1), numbered(2), numbered(3, { buyerNote: '改地址' })])
    expect(await shelf()).toEqual({ onHand: 500, reserved: 3 })
    expect((await countViews(bed.ctx, [])).approvedToday).toBe(2)

    expect(await undo([noOf(1), noOf(3)])).toEqual(new Map())
    expect(await shelf()).toEqual({ onHand: 500, reserved: 1 })
    expect(await listed()).toEqual([noOf(2)])
    expect(await countViews(bed.ctx, [])).toMatchObject({
      views: { all: 1, approved: 1, exceptions: 0, closed: 0 },
      findings: {},
      approvedToday: 1,
    })
    await countsAreRight()
    const DayTally = z.object({ kind: z.string(), sum: z.int() })
    const tallies = sql`select kind, sum(change)::bigint as sum from orders.day_tally group by kind order by kind`
    expect(await bed.ctx.db.all(DayTally, tallies)).toEqual([
      { kind: 'auto-approved', sum: 1 },
      { kind: 'new', sum: 1 },
    ])
    for (const search of [noOf(1), (await orderOf(1)).orderNo]) {
      expect(await page({ search }), search).toMatchObject({ rows: [], notFound: [search] })
      expect((await findAnything(bed.ctx, { q: search })).orders, search).toEqual([])
    }
  })

  test('keeps its history, and takes no remark any more', async () => {
    await tell([numbered(1)])
    await undo([noOf(1)])
    const { orderNo } = await orderOf(1)
    expect(await readOrder(bed.ctx, orderNo)).toMatchObject({
      state: 'closed',
      history: [{ deed: 'withdraw', zh: '撤销导入' }, { deed: 'approve' }, { deed: 'take-in' }],
    })
    await expect(writeRemark(bed.ctx, { orderNo, remark: '加急', flag: null })).rejects.toMatchObject({
      code: 'ORDER_STATE_REFUSED',
    })
  })

  test.each([
    { when: 'it was not paid', given: { status: 'unpaid' }, state: 'unpaid' },
    { when: 'it had been shipped before it was imported', given: { status: 'shipped' }, state: 'shipped' },
    { when: 'it was over before it was imported', given: { status: 'closed-refunded' }, state: 'closed' },
  ] as { when: string; given: Given; state: string }[])('can go, also when $when', async ({ given, state }) => {
    await tell([numbered(1, given)])
    expect((await orderOf(1)).state).toBe(state)
    expect(await undo([noOf(1)])).toEqual(new Map())
    expect(await listed()).toEqual([])
    await countsAreRight()
  })

  test('can go when a later file changed it', async () => {
    await tell([numbered(1)])
    await tell([numbered(1, { sellerRemark: '送货前电话', modifiedAt: day + 9_000_000 })])
    expect(await undo([noOf(1)])).toEqual(new Map())
    expect(await shelf()).toEqual({ onHand: 500, reserved: 0 })
  })
})

describe('an order that something touched stays, and it is said why', () => {
  const address = { province: '北京', city: '', district: '朝阳区', town: '', address: '望京街道 10 号' }
  test.each<{ what: string; why: string; deed: (order: z.infer<typeof Row>) => Promise<unknown> }>([
    {
      what: 'approved by a person',
      why: '林店主 已审核通过',
      deed: async ({ id }) => {
        await recallOrders(bed.ctx, [id], '')
        await approveOrders(lin, [id], { overrule: false })
      },
    },
    { what: 'on hold', why: '林店主 已挂起', deed: ({ id }) => holdOrders(lin, [id], { reason: '等', until: null }) },
    { what: 'recalled', why: '林店主 已反审核', deed: ({ id }) => recallOrders(lin, [id], '再看看') },
    {
      what: 'with a remark of ours',
      why: '林店主 已改卖家备注',
      deed: ({ orderNo }) => writeRemark(lin, { orderNo, remark: '加急', flag: null }),
    },
    {
      what: 'with another address',
      why: '林店主 已改收件地址',
      deed: async ({ orderNo }) => {
        const { version } = await readOrder(bed.ctx, orderNo)
        await rewriteAddress(lin, { orderNo, version, name: '周测试', phone: '13900000002', ...address })
      },
    },
    {
      what: 'in another warehouse',
      why: '林店主 已改仓',
      deed: async ({ orderNo }) => {
        await receive(home + 1, 5)
        await moveToWarehouse(lin, { orderNo, warehouseId: home + 1 })
      },
    },
    { what: 'in a parcel', why: '已配过货', deed: ({ id }) => bed.ctx.tx((ctx) => markAllocated(ctx, [id])) },
    { what: 'shipped', why: '已发货', deed: ({ id }) => ship(id) },
    {
      what: 'shipped in the back office',
      why: '已在平台后台发货',
      deed: () => {
        const [line] = numbered(1).lines
        const lines = [{ ...line!, shippedQuantity: 1, mayShipNow: false }]
        return tell([numbered(1, { status: 'shipped', modifiedAt: day + 9_000_000, lines })])
      },
    },
  ])('$what', async ({ why, deed }) => {
    await tell([numbered(1), numbered(2)])
    await deed(await orderOf(1))
    expect(await touchedOf(1)).toBe(why)
    expect(await undo([noOf(1), noOf(2)])).toEqual(new Map([[noOf(1), why]]))
    expect(await listed()).toEqual([noOf(1)])
    await countsAreRight()
  })

  const ship = (id: number) =>
    bed.ctx.tx(async (ctx) => {
      await markAllocated(ctx, [id])
      const [order] = await ordersForParcels(ctx, [id])
      const pieces = order!.lines.map((line) => ({ ...line, orderId: id, warehouseId: order!.warehouseId! }))
      await shipPieces(ctx, pieces)
    })
})

describe('a withdrawn order that is told again', () => {
  test.each([
    { by: 'the channel itself', source: 'sweep' as const, modifiedAt: day + 9_000_000 },
    { by: 'the channel, though the file claimed to be newer', source: 'sweep' as const, modifiedAt: day - 9_000_000 },
    { by: 'the same file', source: 'import' as const, modifiedAt: day + 1_000 },
  ])('by $by is there once, as new', async ({ source, modifiedAt }) => {
    await tell([numbered(1), numbered(2)])
    const before = await orderOf(1)
    await undo([noOf(1), noOf(2)])
    await tell([numbered(1, { modifiedAt })], source)

    expect(await listed()).toEqual([noOf(1)])
    expect(await orderOf(1)).toEqual(before)
    expect(await shelf()).toEqual({ onHand: 500, reserved: 1 })
    expect(await countViews(bed.ctx, [])).toMatchObject({ views: { all: 1, approved: 1 }, approvedToday: 1 })
    await countsAreRight()
    expect((await readOrder(bed.ctx, before.orderNo)).history.map(({ deed }) => deed)).toEqual([
      'approve',
      'come-back',
      'withdraw',
      'approve',
      'take-in',
    ])
    await tell([numbered(1, { modifiedAt })], source)
    expect(await listed()).toEqual([noOf(1)])
  })

  test('takes nothing from before: buyer, person, lines and state are as told now', async () => {
    const [line] = numbered(1).lines
    await tell([
      numbered(1, {
        buyerNote: '改地址',
        lines: [
          { ...line!, channelLineNo: 'wrong', quantity: 9 },
          { ...line!, channelLineNo: 'also-wrong' },
        ],
      }),
    ])
    await undo([noOf(1)])
    const receiver = { ...numbered(1).receiver, name: '欧阳晓禾', phone: '13911112222' }
    await tell([numbered(1, { receiver, buyer: { channelBuyerNo: 'b-9', nick: '欧*' } })], 'sweep')

    const { orderNo } = await orderOf(1)
    expect(await readOrder(bed.ctx, orderNo)).toMatchObject({
      state: 'approved',
      buyerNote: null,
      buyer: { nick: '欧*' },
      receiver: { name: '欧阳*禾' },
      goods: { pieces: 1, kinds: 1 },
    })
    expect(await shelf()).toEqual({ onHand: 500, reserved: 1 })
    const Buyer = z.object({ buyerKey: z.string() })
    const buyer = sql`select b.buyer_key from orders.sale o join customers.buyer b on b.id = o.buyer_id`
    expect(await bed.ctx.db.one(Buyer, buyer)).toEqual({ buyerKey: 'b-9' })
  })

  test('as closed is closed, and listed', async () => {
    await tell([numbered(1)])
    await undo([noOf(1)])
    await tell([numbered(1, { status: 'closed-refunded', modifiedAt: day + 9_000_000 })], 'sweep')
    expect(await listed({ view: 'closed' })).toEqual([noOf(1)])
    await countsAreRight()
  })

  test('can be withdrawn once more, and counts once for each time it came', async () => {
    for (let time = 0; time < 2; time += 1) {
      await tell([numbered(1)])
      expect((await countViews(bed.ctx, [])).approvedToday).toBe(1)
      await undo([noOf(1)])
      expect((await countViews(bed.ctx, [])).approvedToday).toBe(0)
    }
    await countsAreRight()
  })
})

test('the database lets a closed order out only when it was withdrawn, and nothing else be withdrawn', async () => {
  await tell([numbered(1, { status: 'closed-refunded' }), numbered(2)])
  const { db } = bed.ctx
  const set = (n: number, values: ReturnType<typeof sql>) =>
    db.run(sql`update orders.sale set ${values} where channel_order_no = ${noOf(n)}`)
  await expect(set(1, sql`state = 'approved'`)).rejects.toThrow('cannot make this move')
  await expect(set(2, sql`withdrawn_at = now()`)).rejects.toThrow('sale_withdrawn_is_closed')
  await undo([noOf(2)])
  await expect(set(2, sql`state = 'approved'`)).rejects.toThrow('sale_withdrawn_is_closed')
  expect(await set(2, sql`state = 'approved', withdrawn_at = null`)).toBe(1)
})

test('three hundred orders are withdrawn in as many statements as one', async () => {
  const count = async (from: number, to: number) => {
    const orders = Array.from({ length: to - from }, (_, i) => numbered(from + i))
    await tell(orders)
    const before = bed.database.statements()
    expect(await undo(orders.map((order) => order.channelOrderNo))).toEqual(new Map())
    return bed.database.statements() - before
  }
  expect(await count(1, 2)).toBe(await count(100, 400))
  expect(await shelf()).toEqual({ onHand: 500, reserved: 0 })
  await countsAreRight()
})
