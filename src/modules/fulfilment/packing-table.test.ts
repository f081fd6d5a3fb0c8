import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ParcelStage, parcelStage } from '../../../test/aid/parcel-stage.ts'
import { ParcelRow } from '../../contract/fulfilment.ts'
import { sql } from '../../platform/db/sql.ts'
import { addToPool } from '../logistics/index.ts'
import { allocateOrders } from './allocate-orders.ts'
import { cancelParcels } from './cancel-parcels.ts'
import { checkPiece, uncheckParcel } from './check-parcel.ts'
import { mustRead } from './read-parcels.ts'
import { scanParcel } from './scan-parcel.ts'
import { shipParcels } from './ship-parcels.ts'
import { reportedJob } from './show-on-orders.ts'
import { stopJob } from './stop-parcels.ts'

let stage: ParcelStage
beforeEach(async () => {
  stage = await parcelStage()
  await addToPool(stage.ctx, { code: 'zto', numbers: Array.from({ length: 300 }, (_, i) => zto(i + 1)) })
})
afterEach(() => stage.close())

const zto = (n: number) => `73${String(n).padStart(12, '0')}`
let keys = 0
const freshKey = () => {
  keys += 1
  return `test-key-${keys}`
}
const check = (id: number, code: string, quantity = 1, key = freshKey()) =>
  checkPiece(stage.ctx, { id, code, quantity, key })
const ship = (parcelIds: readonly number[], unchecked = false, ctx = stage.ctx) =>
  shipParcels(ctx, { parcelIds, unchecked })
const State = z.object({ state: z.string() })
const orderStates = async () =>
  (await stage.ctx.db.all(State, sql`select state from orders.sale order by id`)).map((row) => row.state)
const Stock = z.object({ onHand: z.int(), reserved: z.int() })
const stock = () =>
  stage.ctx.db.one(Stock, sql`select on_hand, reserved from inventory.stock where sku_id = ${stage.mug}`)
const Report = z.object({
  parcelId: z.int(),
  state: z.string(),
  report: z.object({
    isWholeOrder: z.boolean(),
    completesOrder: z.boolean(),
    waybillNo: z.string(),
    carrier: z.string(),
    lines: z.array(z.unknown()),
  }),
})
const reports = () =>
  stage.ctx.db.all(Report, sql`select parcel_id, state, report from channels.report order by parcel_id`)
const codes = (rows: readonly { readonly code: string }[]) => rows.map((row) => row.code)

describe('a scanned code', () => {
  test.each(['73000000000002', 'P00000002', 'p00000002', 'T00000002', 'A2'])('%s names its parcel', async (code) => {
    await stage.packed(3)
    expect(ParcelRow.parse(await scanParcel(stage.ctx, code))).toMatchObject({ id: 2, stopped: null })
  })

  test.each(['MUG', 'mug', '6901'])('%s means the most urgent parcel that still wants one', async (code) => {
    const shipBy = (day: number) => `2026-11-${day}T00:00:00.000Z`
    await stage.takeIn(
      stage.order(1, { shipBy: shipBy(15) }),
      stage.order(2, { shipBy: shipBy(13) }),
      stage.order(3, { shipBy: shipBy(12), lines: stage.lines(3, ['VASE', 1]) }),
    )
    await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    expect((await scanParcel(stage.ctx, code)).id).toBe(2)
    await check(2, code)
    expect((await scanParcel(stage.ctx, code)).id).toBe(1)
  })

  test('of a piece passes over a parcel whose order was stopped, and says so when there is no other', async () => {
    await stage.packed(2)
    await stage.refund(1)
    expect((await scanParcel(stage.ctx, 'MUG')).id).toBe(2)
    await stage.refund(2)
    await expect(scanParcel(stage.ctx, 'MUG')).rejects.toMatchObject({ code: 'PARCEL_STOPPED' })
  })

  test('of a stopped parcel is refused loudly before any job has run, with the reason', async () => {
    await stage.packed(1)
    await stage.refund(1)
    await expect(scanParcel(stage.ctx, zto(1))).rejects.toMatchObject({
      code: 'PARCEL_STOPPED',
      details: { parcel: 'P00000001', reason: '退款中' },
    })
    expect(await mustRead(stage.ctx, 1)).toMatchObject({ state: 'stopped', stopped: '退款中' })
  })

  test('of a parcel that was taken apart is refused as loudly; one that left is shown', async () => {
    await stage.packed(2)
    await cancelParcels(stage.ctx, { parcelIds: [1], reason: '换大箱' })
    await expect(scanParcel(stage.ctx, zto(1))).rejects.toMatchObject({
      code: 'PARCEL_STOPPED',
      details: { reason: '包裹已取消（换大箱）' },
    })
    await ship([2], true)
    expect((await scanParcel(stage.ctx, zto(2))).state).toBe('shipped')
  })

  test('of an order packed twice means the parcel that is here', async () => {
    await stage.packed(1)
    await cancelParcels(stage.ctx, { parcelIds: [1], reason: '换大箱' })
    const { parcelIds } = await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    expect((await scanParcel(stage.ctx, 'A1')).id).toBe(parcelIds[0])
  })

  test('of nothing is not found', async () => {
    await expect(scanParcel(stage.ctx, '6902')).rejects.toMatchObject({ code: 'PARCEL_NOT_FOUND' })
  })
})

describe('checking', () => {
  beforeEach(async () => {
    await stage.takeIn(stage.order(1, { lines: stage.lines(1, ['MUG', 2], ['VASE', 1]) }))
    await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
  })

  test('counts piece by piece until the parcel is whole', async () => {
    expect((await check(1, 'MUG')).lines.map((line) => line.checked)).toEqual([1, 0])
    expect((await check(1, '6901')).state).toBe('to-print')
    expect(ParcelRow.parse(await check(1, 'VASE'))).toMatchObject({ state: 'checked', checkedAt: stage.ctx.now() })
  })

  test('refuses a wrong and a surplus piece and counts neither', async () => {
    await check(1, 'MUG', 2)
    for (const code of ['BOWL', 'MUG']) {
      await expect(check(1, code)).rejects.toMatchObject({ code: 'SCAN_REFUSED' })
    }
    await expect(check(1, 'VASE', 2)).rejects.toMatchObject({ code: 'SCAN_REFUSED' })
    expect((await mustRead(stage.ctx, 1)).lines.map((line) => line.checked)).toEqual([2, 0])
  })

  test('repeated with the same key changes nothing, also after the parcel is whole or gone', async () => {
    await check(1, 'MUG', 1, 'key-one-1')
    await check(1, 'MUG', 1, 'key-one-1')
    expect((await mustRead(stage.ctx, 1)).lines[0]?.checked).toBe(1)
    await check(1, 'MUG')
    await check(1, 'VASE')
    await ship([1])
    expect((await check(1, 'MUG', 1, 'key-one-1')).state).toBe('shipped')
    await expect(check(1, 'VASE', 1, 'key-one-1')).rejects.toMatchObject({ code: 'KEY_REUSED' })
    await expect(check(1, 'MUG')).rejects.toMatchObject({ code: 'PARCEL_STATE_REFUSED' })
  })

  test('of one scan sent many times at once counts once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => check(1, 'MUG', 1, 'key-same-1')))
    expect((await mustRead(stage.ctx, 1)).lines[0]?.checked).toBe(1)
  })

  test('by two people at once never counts more than is packed', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => check(1, 'MUG')))
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(2)
    expect((await mustRead(stage.ctx, 1)).lines[0]?.checked).toBe(2)
  })

  test('a key that another parcel used is refused', async () => {
    await stage.takeIn(stage.order(2))
    await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    await check(1, 'MUG', 1, 'key-both-1')
    await expect(check(2, 'MUG', 1, 'key-both-1')).rejects.toMatchObject({ code: 'KEY_REUSED' })
  })

  test('stops loudly when the order was refunded meanwhile', async () => {
    await stage.ctx.db.run(sql`update orders.sale set state = 'held', hold_reason = '买家来电'`)
    await expect(check(1, 'MUG')).rejects.toMatchObject({ code: 'PARCEL_STOPPED', details: { reason: '买家来电' } })
    expect((await mustRead(stage.ctx, 1)).state).toBe('stopped')
    await expect(check(99, 'MUG')).rejects.toMatchObject({ code: 'PARCEL_NOT_FOUND' })
  })

  test('can be taken back and done again; old scans that come late do not count again', async () => {
    await check(1, 'MUG', 2, 'key-old-12')
    await check(1, 'VASE')
    expect(await uncheckParcel(stage.ctx, 1)).toMatchObject({ state: 'to-print', checkedAt: null })
    await check(1, 'MUG', 2, 'key-old-12')
    expect((await mustRead(stage.ctx, 1)).lines.map((line) => line.checked)).toEqual([0, 0])
    await check(1, 'MUG', 2)
    await check(1, 'VASE')
    await ship([1])
    await expect(uncheckParcel(stage.ctx, 1)).rejects.toMatchObject({ code: 'PARCEL_STATE_REFUSED' })
  })
})

describe('shipping', () => {
  test('takes the pieces off, moves the orders and queues the reports', async () => {
    const ids = await stage.packed(2)
    for (const id of ids) await check(id, 'MUG')
    expect(await stock()).toEqual({ onHand: 1000, reserved: 2 })
    expect(await ship(ids)).toEqual({ done: 2, doneIds: ids, leftOut: [] })
    expect(await stock()).toEqual({ onHand: 998, reserved: 0 })
    expect(await orderStates()).toEqual(['shipped', 'shipped'])
    expect(ParcelRow.parse(await mustRead(stage.ctx, 1))).toMatchObject({
      state: 'shipped',
      shippedAt: stage.ctx.now(),
      report: { state: 'waiting', words: null },
    })
    expect(await reports()).toMatchObject([
      {
        parcelId: 1,
        state: 'waiting',
        report: {
          isWholeOrder: true,
          completesOrder: true,
          waybillNo: zto(1),
          carrier: 'zto',
          lines: [{ channelLineNo: 'A1-1', quantity: 1, isWholeLine: true, completesLine: true }],
        },
      },
      { parcelId: 2 },
    ])
  })

  test('twice ships once', async () => {
    const ids = await stage.packed(1)
    await ship(ids, true)
    const again = await ship(ids, true)
    expect(again).toMatchObject({ done: 0, leftOut: [{ code: 'PARCEL_STATE_REFUSED' }] })
    expect(again.leftOut[0]?.zh).toBe('包裹 P00000001 现在是“已发”，不能发货')
    expect(await stock()).toEqual({ onHand: 999, reserved: 0 })
    expect(await reports()).toHaveLength(1)
  })

  test('by two people at once ships each parcel once', async () => {
    const ids = await stage.packed(40)
    const answers = await Promise.all([
      ship(ids, true, stage.as('陈一')),
      ship([...ids].reverse(), true, stage.as('王二')),
      ship(ids.slice(10, 30), true, stage.as('李三')),
    ])
    expect(answers.reduce((sum, answer) => sum + answer.done, 0)).toBe(40)
    expect(await stock()).toEqual({ onHand: 960, reserved: 0 })
    expect(await reports()).toHaveLength(40)
  })

  test('leaves out by name what was refunded, is unchecked or has no number, and ships the rest', async () => {
    await stage.packed(4)
    await stage.ctx.db.run(sql`update fulfilment.parcel set waybill_no = null where id = 3`)
    for (const id of [1, 2, 3]) await check(id, 'MUG')
    await stage.refund(2)
    const answer = await ship([1, 2, 3, 4, 99])
    expect(answer.doneIds).toEqual([1])
    expect(answer.leftOut.map((one) => [one.id, one.code])).toEqual([
      [99, 'PARCEL_NOT_FOUND'],
      [2, 'PARCEL_STOPPED'],
      [3, 'no-waybill'],
      [4, 'not-checked'],
    ])
    expect(answer.leftOut[1]?.zh).toBe('退款，拦下！包裹 P00000002 不能发：退款中')
    expect(await orderStates()).toEqual(['shipped', 'held', 'allocated', 'allocated'])
    expect((await mustRead(stage.ctx, 2)).state).toBe('stopped')
  })

  test('refuses a parcel whose order was stopped and approved anew, though nothing speaks against the order', async () => {
    await stage.packed(1)
    await stage.ctx.db.run(sql`update orders.sale set state = 'to-review'`)
    await stage.ctx.db.run(sql`update orders.sale set state = 'approved'`)
    expect(codes((await ship([1], true)).leftOut)).toEqual(['PARCEL_STOPPED'])
    expect(await stock()).toEqual({ onHand: 1000, reserved: 1 })
  })

  test('of a shop in file mode waits for its file, and what the channel accepted shows on the parcel', async () => {
    await stage.packed(2)
    await stage.ctx.db.run(sql`update channels.shop set mode = 'file'`)
    await ship([1], true)
    expect((await mustRead(stage.ctx, 1)).report).toEqual({ state: 'for-file', words: '请下载发货表，到平台后台导入' })
    await stage.ctx.db.run(
      sql`update channels.report set state = 'needs-person', code = 'CHANNEL_REFUSED', details = '{"channel":"试验渠道","reason":"单号已用"}'`,
    )
    expect((await mustRead(stage.ctx, 1)).report).toMatchObject({
      state: 'failed',
      words: expect.stringContaining('单号已用'),
    })

    await stage.ctx.db.run(sql`update channels.report set state = 'done', done_at = now()`)
    await reportedJob.run(stage.ctx, { orderIds: [1, 2] })
    expect((await mustRead(stage.ctx, 1)).report).toEqual({ state: 'reported', words: null })
    const Shown = z.object({ report: z.string().nullable() })
    expect(await stage.ctx.db.all(Shown, sql`select report from orders.shipment order by parcel_id`)).toEqual([
      { report: 'reported' },
      { report: null },
    ])
  })

  test('tells of the last parcel of an order that was sent in part before that it is not the whole', async () => {
    const lines = stage.lines(1, ['MUG', 3])
    await stage.takeIn(stage.order(1, { lines }))
    await stage.ctx.db.run(sql`update orders.line set shipped_quantity = 1`)
    await stage.ctx.db.run(sql`update inventory.reservation set quantity = 2`)
    await stage.ctx.db.run(
      sql`insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, reserved, actor) values (now(), 'dispatch', ${stage.mug}, ${stage.warehouseId}, -1, -1, '测试')`,
    )
    const { parcelIds } = await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    await ship(parcelIds, true)
    expect(await reports()).toMatchObject([
      {
        report: {
          isWholeOrder: false,
          completesOrder: true,
          lines: [{ quantity: 2, isWholeLine: false, completesLine: true }],
        },
      },
    ])
  })

  test('of two hundred takes as many statements as of twenty', async () => {
    const ids = await stage.packed(220)
    const count = async (some: readonly number[]) => {
      const before = stage.database.statements()
      expect((await ship(some, true)).done).toBe(some.length)
      return stage.database.statements() - before
    }
    expect(await count(ids.slice(0, 20))).toBe(await count(ids.slice(20)))
  })
})

describe('an order that is stopped', () => {
  test('marks its parcel soon, with the reason, and orders show it', async () => {
    await stage.packed(2)
    await stage.refund(1)
    await stage.settle()
    expect(await mustRead(stage.ctx, 1)).toMatchObject({ state: 'stopped', stopped: '退款中' })
    expect((await mustRead(stage.ctx, 2)).state).toBe('to-print')
    expect(await stage.ctx.db.all(State, sql`select state from orders.shipment order by parcel_id`)).toEqual([
      { state: 'stopped' },
      { state: 'to-print' },
    ])
    await stopJob.run(stage.ctx, { orderIds: [1, 2] })
    expect((await mustRead(stage.ctx, 1)).stopped).toBe('退款中')
  })

  test.each([
    { what: 'other goods', change: sql`update inventory.reservation set quantity = 2 where order_id = 1` },
    { what: 'nothing', change: sql`delete from inventory.reservation where order_id = 1` },
    { what: 'another warehouse', change: sql`update orders.sale set warehouse_id = 2 where id = 1` },
    { what: 'a new approval', change: sql`update orders.sale set state = 'approved' where id = 1` },
  ])('or holds $what than was packed marks its parcel, and no other', async ({ change }) => {
    await stage.insert(
      sql`insert into inventory.warehouse (code, name, province, city) values ('B', '杭州仓', '浙江省', '杭州市') returning id`,
    )
    await stage.packed(2)
    await stage.ctx.db.run(change)
    const before = stage.database.statements()
    await stopJob.run(stage.ctx, { orderIds: [2] })
    expect(stage.database.statements() - before).toBe(1)
    await stopJob.run(stage.ctx, { orderIds: [1, 2] })
    expect((await mustRead(stage.ctx, 1)).stopped).toContain('请取消包裹后重新配货')
    expect((await mustRead(stage.ctx, 2)).stopped).toBeNull()
  })

  test('refunded while it is being shipped is either refused or was shipped first, never both', async () => {
    const ids = await stage.packed(12)
    const [answer] = await Promise.all([ship(ids, true), ...[2, 5, 9].map((n) => stage.refund(n))])
    const shipped = new Set(answer.doneIds)
    const states = await orderStates()
    for (const [i, state] of states.entries()) expect([i, state]).toEqual([i, shipped.has(i + 1) ? 'shipped' : 'held'])
    expect((await stock()).onHand).toBe(1000 - answer.done)
  })
})
