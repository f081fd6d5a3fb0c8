import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder, seenOrder } from '../../../test/aid/orders.ts'
import { listOrders } from '../../contract/orders.ts'
import type { ChannelOrder } from '../../core/channel/shapes.ts'
import { sql } from '../../platform/db/sql.ts'
import { storeSeen } from '../channels/index.ts'
import { approveOrders, holdOrders, recallOrders, releaseOrders } from './approve-orders.ts'
import { moveToWarehouse, rewriteAddress } from './edit-order.ts'
import { countViews, findOrders } from './find-orders.ts'
import { readOrder, reveal } from './get-order.ts'
import { markAllocated, ordersForParcels, shipPieces } from './parcel-face.ts'
import { preview } from './preview-deed.ts'
import { writeReviewSettings } from './review-settings.ts'
import { findAnything } from './search-all.ts'
import { takeInOrders } from './take-in-orders.ts'
import { afterMatchJob, foldTalliesJob, releaseDueJob, serveShortJob } from './work-through.ts'

let bed: TestBed
let shopId: number
let skuId: number
let home: number
let east: number
const Key = z.object({ id: z.int() })
const day = Date.parse('2026-11-11T02:00:00Z')

beforeEach(async () => {
  bed = await testBed({ channels: [fakeChannel().plug], now: day + 3_600_000 })
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
  const [a, b] = await db.all(
    Key,
    sql`insert into inventory.warehouse (code, name, province, city) values ('ZZ', '漳州主仓', '福建省', '漳州市'), ('JX', '嘉兴仓', '浙江省', '嘉兴市') returning id`,
  )
  home = a!.id
  east = b!.id
  await receive(home, 20)
  await receive(east, 5)
})
afterEach(() => bed.close())

const receive = (warehouseId: number, pieces: number) =>
  bed.ctx.db.run(
    sql`insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor) values (now(), 'receive', ${skuId}, ${warehouseId}, ${pieces}, '测试')`,
  )

const numbered = (n: number, given: Partial<Omit<ChannelOrder, 'createdAt' | 'modifiedAt'>> = {}) =>
  anOrder({
    channelOrderNo: `41503318294671209${10 + n}`,
    createdAt: day + n * 60_000,
    buyer: { channelBuyerNo: `b-${n}`, nick: '林**' },
    ...given,
  })

async function tellAndTakeIn(...orders: ChannelOrder[]): Promise<number[]> {
  await storeSeen(bed.ctx, orders.map(seenOrder), { shopId, source: 'sweep' })
  while ((await takeInOrders(bed.ctx)) > 0);
  return (await bed.ctx.db.all(Key, sql`select id from orders.sale order by id`)).map((row) => row.id)
}
const Row = z.object({ state: z.string(), findings: z.array(z.string()), warehouseId: z.int().nullable() })
const orderOf = (id: number) =>
  bed.ctx.db.one(Row, sql`select state, findings, warehouse_id from orders.sale where id = ${id}`)
const Shelf = z.object({ onHand: z.int(), reserved: z.int() })
const shelf = (warehouseId: number) =>
  bed.ctx.db.one(
    Shelf,
    sql`select on_hand, reserved from inventory.stock where sku_id = ${skuId} and warehouse_id = ${warehouseId}`,
  )
const page = (given: object = {}) => findOrders(bed.ctx, listOrders.input.parse({ sort: 'newest', ...given }))

describe('deeds', () => {
  test('a dear order is approved by a person who has looked, and it does not come back as dear', async () => {
    const [id] = await tellAndTakeIn(numbered(1, { paidTotalFen: 900_000 }))
    expect(await orderOf(id!)).toMatchObject({ state: 'held', findings: ['high-value'] })
    expect(await approveOrders(bed.ctx, [id!], { overrule: false })).toMatchObject({
      done: 0,
      leftOut: [{ code: 'high-value', zh: '实付 ¥9000.00，超过 ¥5000.00' }],
    })
    expect(await approveOrders(bed.ctx, [id!], { overrule: true })).toMatchObject({ done: 1, leftOut: [] })
    await recallOrders(bed.ctx, [id!], '再看看')
    expect(await approveOrders(bed.ctx, [id!], { overrule: false })).toMatchObject({ done: 1 })
  })

  test('a short order cannot be approved, and goes on by itself when pieces come', async () => {
    const [line] = numbered(1).lines
    const [id] = await tellAndTakeIn(numbered(1, { lines: [{ ...line!, quantity: 30 }] }))
    expect(await approveOrders(bed.ctx, [id!], { overrule: true })).toMatchObject({
      done: 0,
      leftOut: [{ code: 'stock-short', zh: '缺货：MUG 缺 10 件' }],
    })
    await receive(home, 10)
    await serveShortJob.run(bed.ctx, { skuIds: [skuId] })
    expect(await orderOf(id!)).toMatchObject({ state: 'approved', findings: [] })
    expect(await shelf(home)).toEqual({ onHand: 30, reserved: 30 })
  })

  test('a hold keeps its pieces, says why, and ends when its time has come', async () => {
    const [id] = await tellAndTakeIn(numbered(1))
    expect(await holdOrders(bed.ctx, [id!], { reason: '等买家回复', until: day + 2 * 3_600_000 })).toMatchObject({
      done: 1,
    })
    expect(await orderOf(id!)).toMatchObject({ state: 'held' })
    await releaseDueJob.run(bed.ctx, {})
    expect((await orderOf(id!)).state).toBe('held')
    bed.pass(2 * 3_600_000)
    await releaseDueJob.run(bed.ctx, {})
    expect((await orderOf(id!)).state).toBe('approved')
    expect((await shelf(east)).reserved + (await shelf(home)).reserved).toBe(1)
  })

  test('release says what still speaks against an order', async () => {
    const [id] = await tellAndTakeIn(numbered(1, { buyerNote: '先别发' }))
    expect(await releaseOrders(bed.ctx, [id!])).toMatchObject({
      done: 0,
      leftOut: [{ code: 'note-asks', zh: '买家留言提到“先别发”' }],
    })
  })

  test('a deed an order cannot take leaves it out with the reason', async () => {
    const [id] = await tellAndTakeIn(numbered(1, { status: 'closed-refunded' }))
    expect(await approveOrders(bed.ctx, [id!], { overrule: true })).toMatchObject({
      done: 0,
      leftOut: [{ code: 'ORDER_STATE_REFUSED' }],
    })
    expect(await recallOrders(bed.ctx, [id!], '')).toMatchObject({
      done: 0,
      leftOut: [{ zh: `订单 T${String(id).padStart(8, '0')} 现在是“已关闭”，不能反审核` }],
    })
  })

  test('a preview counts what the deed then does', async () => {
    const ids = await tellAndTakeIn(
      numbered(1, { paidTotalFen: 900_000 }),
      numbered(2, { buyerNote: '改地址' }),
      numbered(3),
    )
    await recallOrders(bed.ctx, [ids[2]!], '')
    const seen = await preview(bed.ctx, { selection: { ids }, deed: 'approve' })
    expect(seen).toMatchObject({ done: 1, paidFen: 5_900 })
    expect(
      seen.groups.map((group) => [group.code, group.count]).toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    ).toEqual([
      ['high-value', 1],
      ['note-asks', 1],
    ])
    expect((await approveOrders(bed.ctx, ids, { overrule: false })).done).toBe(1)
  })

  test('moved to another warehouse the hold goes along, all or nothing', async () => {
    const [id] = await tellAndTakeIn(numbered(1))
    expect((await orderOf(id!)).warehouseId).toBe(east)
    await moveToWarehouse(bed.ctx, { orderNo: `T${String(id).padStart(8, '0')}`, warehouseId: home })
    expect([await shelf(east), await shelf(home)]).toEqual([
      { onHand: 5, reserved: 0 },
      { onHand: 20, reserved: 1 },
    ])
    const [line] = numbered(2).lines
    const ids = await tellAndTakeIn(numbered(2, { lines: [{ ...line!, quantity: 9 }] }))
    await expect(
      moveToWarehouse(bed.ctx, { orderNo: `T${String(ids[1]).padStart(8, '0')}`, warehouseId: east }),
    ).rejects.toMatchObject({ code: 'STOCK_SHORT' })
  })

  test('an address changed by staff stays, and saving over somebody’s change is refused', async () => {
    const [id] = await tellAndTakeIn(numbered(1))
    const orderNo = `T${String(id).padStart(8, '0')}`
    const { version } = await readOrder(bed.ctx, orderNo)
    const asked = {
      orderNo,
      version,
      name: '周测试',
      phone: '13900000002',
      province: '北京',
      city: '',
      district: '朝阳区',
      town: '',
      address: '望京街道 10 号',
    }
    await rewriteAddress(bed.ctx, asked)
    await expect(rewriteAddress(bed.ctx, asked)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' })
    await tellAndTakeIn({ ...numbered(1), flag: '3', modifiedAt: new Date(day + 9_000_000).toISOString() })
    expect(await reveal(bed.ctx, { orderNo, purpose: 'contact', words: '' })).toMatchObject({
      name: '周测试',
      phone: '13900000002',
    })
    expect(await readOrder(bed.ctx, orderNo)).toMatchObject({
      region: { province: '北京市', city: '北京市', district: '朝阳区' },
      receiver: { name: '周*试', phone: '139****0002' },
    })
  })

  test('a masked receiver whose channel tells nothing more stays masked, and the screen says so', async () => {
    const receiver = { ...numbered(2).receiver, name: '林**', phone: '*******4471', privacy: 'masked' as const }
    const ids = await tellAndTakeIn(
      numbered(2, { receiver: { ...receiver, addressKey: null } }),
      numbered(3, { receiver: { ...receiver, addressKey: 'oaid-3' } }),
    )
    for (const id of ids) {
      const orderNo = `T${String(id).padStart(8, '0')}`
      const asked = reveal(bed.ctx, { orderNo, purpose: 'contact', words: '' })
      await expect(asked).rejects.toMatchObject({ code: 'RECEIVER_STAYS_MASKED' })
    }
  })

  test('a listing matched by hand lets its orders go on', async () => {
    const [line] = numbered(1).lines
    const [id] = await tellAndTakeIn(numbered(1, { lines: [{ ...line!, merchantCode: 'X-9', channelSkuNo: '9' }] }))
    expect(await orderOf(id!)).toMatchObject({ state: 'held', findings: ['listing-unmatched'] })
    const listing = await bed.ctx.db.one(
      Key,
      sql`update catalogue.listing set sku_id = ${skuId}, matched_how = 'hand' where channel_sku_no = '9' returning id`,
    )
    await afterMatchJob.run(bed.ctx, { listingIds: [listing.id] })
    expect(await orderOf(id!)).toMatchObject({ state: 'approved' })
  })
})

test('pieces that leave go from hold and shelf, and the order is shipped', async () => {
  const [id] = await tellAndTakeIn(numbered(1))
  await bed.ctx.tx(async (ctx) => {
    await markAllocated(ctx, [id!])
    const [order] = await ordersForParcels(ctx, [id!])
    expect(order).toMatchObject({ stop: null, lines: [{ quantity: 1, left: 1, ordered: 1 }] })
    await shipPieces(
      ctx,
      order!.lines.map((line) => ({ ...line, orderId: id!, warehouseId: order!.warehouseId! })),
    )
  })
  expect((await orderOf(id!)).state).toBe('shipped')
  expect(await shelf(east)).toEqual({ onHand: 4, reserved: 0 })
  const echo = numbered(1)
  await tellAndTakeIn({
    ...echo,
    status: 'shipped',
    channelStatus: 'WAIT_BUYER_CONFIRM_GOODS',
    modifiedAt: new Date(day + 9_000_000).toISOString(),
    lines: echo.lines.map((line) => ({ ...line, shippedQuantity: 1, mayShipNow: false })),
  })
  expect(await shelf(east), 'the echo of our own shipment takes nothing more').toEqual({ onHand: 4, reserved: 0 })
})

test('a short order leaves in part, and its rest is served when pieces come', async () => {
  const [line] = numbered(1).lines
  const [id] = await tellAndTakeIn(numbered(1, { lines: [{ ...line!, quantity: 30 }] }))
  expect(await approveOrders(bed.ctx, [id!], { overrule: false, partial: true })).toMatchObject({ done: 1 })
  await bed.ctx.tx(async (ctx) => {
    await markAllocated(ctx, [id!])
    const [order] = await ordersForParcels(ctx, [id!])
    expect(order!.lines).toMatchObject([{ quantity: 20, left: 30 }])
    await shipPieces(
      ctx,
      order!.lines.map((piece) => ({ ...piece, orderId: id!, warehouseId: order!.warehouseId! })),
    )
  })
  expect(await orderOf(id!)).toMatchObject({ state: 'held', findings: ['stock-short'] })
  expect(await shelf(home)).toEqual({ onHand: 0, reserved: 0 })
  await receive(home, 10)
  await serveShortJob.run(bed.ctx, { skuIds: [skuId] })
  expect(await orderOf(id!)).toMatchObject({ state: 'approved', findings: [] })
  expect(await shelf(home)).toEqual({ onHand: 10, reserved: 10 })
})

describe('the list', () => {
  test('pages forth and back without a row twice, and tells the total and the sum', async () => {
    await tellAndTakeIn(...Array.from({ length: 12 }, (_, i) => numbered(i)))
    const seen: string[] = []
    let after: string | undefined
    for (let n = 0; n < 3; n += 1) {
      const part = await page({ limit: 5, ...(after ? { after } : {}) })
      expect(part).toMatchObject({ total: 12, paidFen: 12 * 5_900 })
      seen.push(...part.rows.map((row) => row.channelOrderNo))
      after = part.next ?? undefined
    }
    expect(new Set(seen).size).toBe(12)
    const second = await page({ limit: 5, after: (await page({ limit: 5 })).next })
    const back = await page({ limit: 5, before: second.previous })
    expect(back.rows.map((row) => row.id)).toEqual((await page({ limit: 5 })).rows.map((row) => row.id))
  })

  test('finds by our number, the channel’s, phone tail, whole phone, two characters of a name, SKU and goods', async () => {
    await tellAndTakeIn(
      numbered(1),
      numbered(2, { receiver: { ...numbered(2).receiver, name: '欧阳晓禾', phone: '13911112222' } }),
    )
    const found = async (search: string) => (await page({ search })).rows.map((row) => row.channelOrderNo.slice(-2))
    expect(await found('T00000001')).toEqual(['11'])
    expect(await found('4150331829467120912')).toEqual(['12'])
    expect(await found('2222')).toEqual(['12'])
    expect(await found('13800004471')).toEqual(['11'])
    expect(await found('晓禾')).toEqual(['12', '11'])
    expect(await found('欧阳')).toEqual(['12'])
    expect(await found('MUG')).toEqual(['12', '11'])
    expect(await found('马克杯')).toEqual(['12', '11'])
    expect(await page({ search: '4150331829467120912, 4150331829467129999' })).toMatchObject({
      notFound: ['4150331829467129999'],
    })
    expect(await findAnything(bed.ctx, { q: 'MUG' })).toMatchObject({ skus: [{ code: 'MUG' }], orders: [{}, {}] })
  })

  test('counts equal the lists, before and after the tallies are folded', async () => {
    const ids = await tellAndTakeIn(
      ...Array.from({ length: 6 }, (_, i) => numbered(i, i === 0 ? { buyerNote: '改地址' } : {})),
    )
    await holdOrders(bed.ctx, [ids[1]!], { reason: '等', until: null })
    await recallOrders(bed.ctx, [ids[2]!], '')
    for (const fold of [false, true]) {
      if (fold) await foldTalliesJob.run(bed.ctx, {})
      const { views, findings, approvedToday } = await countViews(bed.ctx, [])
      for (const view of ['all', 'exceptions', 'held', 'approved', 'to-review'] as const)
        expect(views[view], view).toBe((await page({ view })).rows.length)
      expect(findings).toEqual({ 'note-asks': 1 })
      expect(approvedToday).toBe(5)
    }
  })
})

test('a rule switched off lets its orders pass, firm ones stay', async () => {
  await writeReviewSettings(bed.ctx, { rules: [{ id: 'note-asks', on: false, settings: {} }] })
  const [id] = await tellAndTakeIn(numbered(1, { buyerNote: '改地址' }))
  expect((await orderOf(id!)).state).toBe('approved')
  await expect(
    writeReviewSettings(bed.ctx, { rules: [{ id: 'high-value', on: true, settings: { aboveFen: '多' } }] }),
  ).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})
