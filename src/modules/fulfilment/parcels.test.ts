import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ParcelStage, parcelStage } from '../../../test/aid/parcel-stage.ts'
import { listParcels } from '../../contract/fulfilment.ts'
import { sql } from '../../platform/db/sql.ts'
import { addToPool } from '../logistics/index.ts'
import { allocateOrders } from './allocate-orders.ts'
import { cancelParcels } from './cancel-parcels.ts'
import { findPage, mustRead } from './read-parcels.ts'
import { drawWaybills, setWaybill } from './set-waybill.ts'

let stage: ParcelStage
beforeEach(async () => {
  stage = await parcelStage()
})
afterEach(() => stage.close())

const zto = (n: number) => `73${String(n).padStart(12, '0')}`
const fill = (count: number) =>
  addToPool(stage.ctx, { code: 'zto', numbers: Array.from({ length: count }, (_, i) => zto(i + 1)) })
const State = z.object({ state: z.string() })
const orderStates = async () =>
  (await stage.ctx.db.all(State, sql`select state from orders.sale order by id`)).map((row) => row.state)
const page = async (given: Record<string, unknown> = {}) =>
  listParcels.output.parse(await findPage(stage.ctx, listParcels.input.parse(given)))
const Shown = z.object({ parcelNo: z.string(), state: z.string(), waybillNo: z.string().nullable() })
const shown = () =>
  stage.ctx.db.all(Shown, sql`select parcel_no, state, waybill_no from orders.shipment order by parcel_id`)
const codes = (rows: readonly { readonly code: string }[]) => rows.map((row) => row.code)

describe('packing approved orders', () => {
  test('makes a parcel of each, with carrier, pieces and place, and moves the order', async () => {
    await stage.takeIn(stage.order(1, { lines: stage.lines(1, ['MUG', 2], ['VASE', 1]) }), stage.order(2))
    const answer = await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    expect(answer).toMatchObject({ done: 2, doneIds: [1, 2], leftOut: [] })
    expect(await orderStates()).toEqual(['allocated', 'allocated'])
    const first = await mustRead(stage.ctx, answer.parcelIds[0]!)
    expect(first).toMatchObject({
      parcelNo: 'P00000001',
      state: 'to-print',
      carrier: 'zto',
      carrierName: '中通快递',
      waybillNo: null,
      receiver: { name: '林*禾', phone: '138****4471' },
      region: { province: '浙江省', city: '杭州市', district: '余杭区' },
      pieces: 3,
      orders: [{ orderNo: 'T00000001', channelOrderNo: 'A1' }],
      lines: [
        { code: 'MUG', quantity: 2, checked: 0, barcode: '6901' },
        { code: 'VASE', quantity: 1, checked: 0 },
      ],
    })
    expect(await shown()).toMatchObject([{ parcelNo: 'P00000001', state: 'to-print' }, { parcelNo: 'P00000002' }])
  })

  test('draws numbers as far as the pool has some', async () => {
    await fill(2)
    const ids = await stage.packed(3)
    const rows = await Promise.all(ids.map((id) => mustRead(stage.ctx, id)))
    expect(rows.map((row) => row.waybillNo)).toEqual([zto(1), zto(2), null])
    expect((await shown()).map((row) => row.waybillNo)).toEqual([zto(1), zto(2), null])
  })

  test('twice makes no second parcel', async () => {
    await stage.packed(2)
    expect(codes((await allocateOrders(stage.ctx, { orderIds: [1, 2, 9] })).leftOut)).toEqual([
      'ORDER_NOT_FOUND',
      'ORDER_STATE_REFUSED',
      'ORDER_STATE_REFUSED',
    ])
    expect((await page({ view: 'all' })).rows).toHaveLength(2)
  })

  test('by two people at once makes one parcel of each order', async () => {
    const ids = await stage.takeIn(...Array.from({ length: 30 }, (_, i) => stage.order(i + 1)))
    const answers = await Promise.all([
      allocateOrders(stage.as('陈一'), { orderIds: ids }),
      allocateOrders(stage.as('王二'), { orderIds: [...ids].reverse() }),
      allocateOrders(stage.as('李三'), { orderIds: 'all-approved' }),
    ])
    expect(answers.reduce((sum, answer) => sum + answer.done, 0)).toBe(30)
    const packed = (await page({ view: 'all', limit: 200 })).rows.flatMap((row) => row.orders.map((order) => order.id))
    expect([...packed].sort((a, b) => a - b)).toEqual(ids)
  })

  test('leaves out those of another warehouse, in words only when they were named', async () => {
    const ids = await stage.takeIn(stage.order(1))
    expect(codes((await allocateOrders(stage.ctx, { orderIds: ids, warehouseId: 99 })).leftOut)).toEqual([
      'other-warehouse',
    ])
    expect(await allocateOrders(stage.ctx, { orderIds: 'all-approved', warehouseId: 99 })).toMatchObject({
      done: 0,
      leftOut: [],
    })
  })

  test('with a carrier that a person chose takes that one; nobody’s is refused', async () => {
    const ids = await stage.takeIn(stage.order(1))
    await expect(allocateOrders(stage.ctx, { orderIds: ids, carrier: 'fly' })).rejects.toMatchObject({
      code: 'CARRIER_NOT_FOUND',
    })
    const { parcelIds } = await allocateOrders(stage.ctx, { orderIds: ids, carrier: '顺丰' })
    expect(await mustRead(stage.ctx, parcelIds[0]!)).toMatchObject({ carrier: 'sf' })
  })

  test('of two hundred takes as many statements as of twenty', async () => {
    const count = async (from: number, to: number) => {
      const told = Array.from({ length: to - from }, (_, i) => stage.order(from + i))
      const ids = (await stage.takeIn(...told)).slice(-told.length)
      const before = stage.database.statements()
      expect((await allocateOrders(stage.ctx, { orderIds: ids })).done).toBe(told.length)
      return stage.database.statements() - before
    }
    await fill(1_000)
    expect(await count(1, 21)).toBe(await count(100, 300))
  })

  test('replaces by itself what was stopped before it was printed, and asks for the rest', async () => {
    await stage.packed(2)
    await stage.ctx.db.run(sql`update fulfilment.parcel set state = 'printed', prints = 1 where id = 2`)
    await stage.ctx.db.run(sql`update orders.sale set state = 'to-review'`)
    await stage.ctx.db.run(sql`update orders.sale set state = 'approved'`)
    const answer = await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    expect(answer).toMatchObject({ doneIds: [1], parcelIds: [3], leftOut: [{ id: 2, code: 'PARCEL_STOPPED' }] })
    expect(answer.leftOut[0]?.zh).toContain('P00000002')
    expect((await mustRead(stage.ctx, 1)).state).toBe('cancelled')
    expect(await orderStates()).toEqual(['allocated', 'approved'])

    await cancelParcels(stage.ctx, { parcelIds: [2], reason: '拆包' })
    expect((await allocateOrders(stage.ctx, { orderIds: 'all-approved' })).doneIds).toEqual([2])
  })

  test('the database itself keeps an order out of two parcels and a number off a second one', async () => {
    await fill(1)
    await stage.packed(2)
    await expect(
      stage.ctx.db.run(
        sql`insert into fulfilment.parcel_order (parcel_id, order_id, order_no, shop_id, channel_order_no) values (2, 1, 'x', 1, 'x')`,
      ),
    ).rejects.toThrow('parcel_order_packed_once')
    await expect(
      stage.ctx.db.run(sql`update fulfilment.parcel set carrier = 'zto', waybill_no = ${zto(1)} where id = 2`),
    ).rejects.toThrow('parcel_waybill_is_one')
    await expect(stage.ctx.db.run(sql`update fulfilment.parcel_line set checked = 2 where id = 1`)).rejects.toThrow(
      'parcel_line_never_overchecked',
    )
    await expect(stage.ctx.db.run(sql`update fulfilment.parcel set state = 'shipped' where id = 2`)).rejects.toThrow(
      'parcel_left_with_number',
    )
    await stage.ctx.db.run(sql`update fulfilment.parcel set state = 'cancelled', cancelled_because = 'x' where id = 2`)
    await expect(
      stage.ctx.db.run(sql`update fulfilment.parcel set state = 'printed', cancelled_because = null where id = 2`),
    ).rejects.toThrow('cannot make this move')
  })
})

describe('a number', () => {
  test('typed for a parcel is its; the same again changes nothing; another parcel cannot have it', async () => {
    const [first, second] = await stage.packed(2)
    const typed = { carrier: 'zto', waybillNo: zto(7), force: false }
    await setWaybill(stage.ctx, { id: first!, ...typed })
    await setWaybill(stage.ctx, { id: first!, ...typed })
    expect(await mustRead(stage.ctx, first!)).toMatchObject({ waybillNo: zto(7), state: 'to-print' })
    await expect(setWaybill(stage.ctx, { id: second!, ...typed })).rejects.toMatchObject({
      code: 'WAYBILL_REFUSED',
      details: { reason: '已用在包裹 P00000001 上' },
    })
    await expect(setWaybill(stage.ctx, { id: second!, ...typed, waybillNo: 'YT12345678' })).rejects.toMatchObject({
      code: 'WAYBILL_REFUSED',
    })
    await expect(setWaybill(stage.ctx, { id: 99, ...typed })).rejects.toMatchObject({ code: 'PARCEL_NOT_FOUND' })
  })

  test('that replaces the one on a printed label sends the parcel back to the printer', async () => {
    const [id] = await stage.packed(1)
    await setWaybill(stage.ctx, { id: id!, carrier: 'zto', waybillNo: zto(7), force: false })
    await stage.ctx.db.run(sql`update fulfilment.parcel set state = 'printed', prints = 1`)
    await setWaybill(stage.ctx, { id: id!, carrier: 'yto', waybillNo: 'YT7700000000123', force: false })
    expect(await mustRead(stage.ctx, id!)).toMatchObject({ state: 'to-print', carrier: 'yto', prints: 1 })
  })

  test('typed for a parcel whose order asks for money back is refused loudly, and the number stays free', async () => {
    const [id] = await stage.packed(1)
    await stage.refund(1)
    const typed = { id: id!, carrier: 'zto', waybillNo: zto(7), force: false }
    await expect(setWaybill(stage.ctx, typed)).rejects.toMatchObject({ code: 'PARCEL_STOPPED' })
    expect((await mustRead(stage.ctx, id!)).stopped).toBe('退款中')
    await stage.takeIn(stage.order(2))
    const { parcelIds } = await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    await setWaybill(stage.ctx, { ...typed, id: parcelIds[0]! })
  })

  test('is drawn once; what the pool has none for is left out by name', async () => {
    const ids = await stage.packed(3)
    await fill(2)
    const first = await drawWaybills(stage.ctx, { parcelIds: [...ids, 99] })
    expect(first.doneIds).toEqual(ids.slice(0, 2))
    expect(codes(first.leftOut)).toEqual(['PARCEL_NOT_FOUND', 'WAYBILL_POOL_EMPTY'])
    expect(first.leftOut[1]?.zh).toBe('中通快递 的单号池已空，请先导入单号或手工填写')
    expect(codes((await drawWaybills(stage.ctx, { parcelIds: ids })).leftOut)).toEqual([
      'has-waybill',
      'has-waybill',
      'WAYBILL_POOL_EMPTY',
    ])
  })

  test('is drawn by two people at once for the same parcels once each', async () => {
    const ids = await stage.packed(20)
    await fill(30)
    const answers = await Promise.all([1, 2, 3].map(() => drawWaybills(stage.ctx, { parcelIds: ids })))
    expect(answers.reduce((sum, answer) => sum + answer.done, 0)).toBe(20)
    const numbers = (await page({ limit: 200 })).rows.map((row) => row.waybillNo)
    expect(new Set(numbers).size).toBe(20)
    expect(
      (
        await stage.ctx.db.one(
          z.object({ count: z.int() }),
          sql`select count(*) as count from logistics.waybill where taken_by is null`,
        )
      ).count,
    ).toBe(10)
  })

  test('of another carrier than the table chose may be drawn', async () => {
    const [id] = await stage.packed(1)
    await addToPool(stage.ctx, { code: 'yto', numbers: ['YT7700000000123'] })
    expect((await drawWaybills(stage.ctx, { parcelIds: [id!], carrier: 'yto' })).done).toBe(1)
    expect(await mustRead(stage.ctx, id!)).toMatchObject({ carrier: 'yto', waybillNo: 'YT7700000000123' })
  })
})

describe('a parcel taken apart', () => {
  test('lets its order be packed again, and its number is not used again', async () => {
    await fill(2)
    const [id] = await stage.packed(1)
    expect((await cancelParcels(stage.ctx, { parcelIds: [id!, 99], reason: '换大箱' })).doneIds).toEqual([id])
    expect(await orderStates()).toEqual(['approved'])
    expect(await mustRead(stage.ctx, id!)).toMatchObject({ state: 'cancelled', waybillNo: zto(1) })
    const again = await cancelParcels(stage.ctx, { parcelIds: [id!], reason: '换大箱' })
    expect(again.leftOut.map((one) => one.zh)).toEqual(['包裹 P00000001 现在是“已取消”，不能取消'])

    const { parcelIds } = await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    expect(await mustRead(stage.ctx, parcelIds[0]!)).toMatchObject({ waybillNo: zto(2), state: 'to-print' })
    await expect(
      setWaybill(stage.ctx, { id: parcelIds[0]!, carrier: 'zto', waybillNo: zto(1), force: false }),
    ).rejects.toMatchObject({ code: 'WAYBILL_REFUSED' })
  })

  test('leaves an order that was stopped meanwhile where it is', async () => {
    const [id] = await stage.packed(1)
    await stage.refund(1)
    await cancelParcels(stage.ctx, { parcelIds: [id!], reason: '退款' })
    expect(await orderStates()).toEqual(['held'])
  })
})

describe('the list of parcels', () => {
  test('counts every view exactly and shows each', async () => {
    await fill(9)
    await stage.packed(4)
    await stage.takeIn(stage.order(9))
    await cancelParcels(stage.ctx, { parcelIds: [4], reason: 'x' })
    await stage.ctx.db.run(sql`update fulfilment.parcel set state = 'printed', prints = 1 where id = 2`)
    await stage.refund(3)
    await stage.settle()
    expect((await page()).counts).toEqual({
      'to-allocate': 2,
      'to-print': 1,
      printed: 1,
      checked: 0,
      shipped: 0,
      stopped: 1,
      cancelled: 1,
      unsent: 0,
    })
    const numbers = async (view: string) => (await page({ view })).rows.map((row) => row.id)
    expect(await numbers('open')).toEqual([1, 2, 3])
    expect(await numbers('to-print')).toEqual([1])
    expect(await numbers('stopped')).toEqual([3])
    expect(await numbers('cancelled')).toEqual([4])
    expect(await numbers('all')).toEqual([4, 3, 2, 1])
  })

  test('goes on page by page by deadline without losing or doubling one', async () => {
    const shipBy = (n: number) =>
      n % 3 === 0 ? null : new Date(Date.parse('2026-11-13T00:00:00Z') - n * 3_600_000).toISOString()
    await stage.takeIn(...Array.from({ length: 8 }, (_, i) => stage.order(i + 1, { shipBy: shipBy(i + 1) })))
    await allocateOrders(stage.ctx, { orderIds: 'all-approved' })
    for (const view of ['open', 'all'] as const) {
      const seen: string[] = []
      for (let after: string | undefined; ; ) {
        const { rows, next } = await page({ view, limit: 3, after })
        seen.push(...rows.map((row) => row.orders[0]!.channelOrderNo))
        if (next === null) break
        after = next
      }
      expect([...seen].sort()).toEqual(['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'])
      if (view === 'open') expect(seen).toEqual(['A8', 'A7', 'A5', 'A4', 'A2', 'A1', 'A3', 'A6'])
    }
  })

  test.each([
    { by: 'parcel number', search: 'p00000002', found: [2] },
    { by: 'order number', search: 'T00000001', found: [1] },
    { by: 'channel order number', search: 'A0002', found: [] },
    { by: 'waybill', search: zto(2), found: [2] },
    { by: 'several numbers', search: `P00000001，${zto(2)}`, found: [1, 2] },
    { by: 'phone tail', search: '4471', found: [1, 2] },
    { by: 'SKU', search: 'MUG', found: [1, 2] },
    { by: 'what is not there', search: 'P99999999', found: [] },
  ])('finds by $by', async ({ search, found }) => {
    await fill(2)
    await stage.packed(2)
    expect((await page({ search })).rows.map((row) => row.id)).toEqual(found)
  })

  test('filters by warehouse, carrier and shop', async () => {
    await stage.packed(1)
    const count = async (given: Record<string, unknown>) => (await page(given)).rows.length
    expect(await count({ warehouseId: stage.warehouseId, carrier: 'zto', shopId: stage.shopId })).toBe(1)
    expect(await count({ warehouseId: stage.warehouseId + 1 })).toBe(0)
    expect(await count({ carrier: 'sf' })).toBe(0)
    expect(await count({ shopId: stage.shopId + 1 })).toBe(0)
  })

  test('of fifty takes as many statements as of two', async () => {
    await stage.packed(50)
    const count = async (limit: number) => {
      const before = stage.database.statements()
      await page({ limit })
      return stage.database.statements() - before
    }
    expect(await count(2)).toBe(await count(50))
  })
})
