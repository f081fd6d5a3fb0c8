import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReportedShipment, Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf, shelf, type Tree } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let order: Truth

beforeAll(async () => {
  simulator = await start({ seed: 41 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('listings', shelf)
  ;[order] = (await caller.buy({ lines: basket })) as [Truth]
})
afterAll(() => simulator.close())

const basket = [
  { merchantCode: 'MUG-W', quantity: 3 },
  { merchantCode: 'SCENT', quantity: 1 },
]
const goods = (line: number, product_cnt: number, of: Truth = order) => ({
  product_id: of.lines[line]!.itemNo,
  sku_id: of.lines[line]!.skuNo,
  product_cnt,
})
const parcel = (waybill_id: string, product_infos: readonly Tree[], more: Tree = {}) => ({
  delivery_id: 'ZTO',
  waybill_id,
  deliver_type: 1,
  product_infos,
  ...more,
})
const send = async (delivery_list: unknown, order_id = order.orderNo, name = 'order/delivery/send') =>
  (await caller.call(name, { order_id, delivery_list })).errcode
const shipped = async () => (await caller.truth(order.orderNo)).lines.map((line) => line.shippedQuantity)
const told = async () =>
  (await caller.call('order/get', { order_id: order.orderNo })).at<Tree>('order.order_detail.delivery_info')
const reports = () => caller.control<ReportedShipment[]>('shipments')

test('a whole order leaves in one call, in two parcels', async () => {
  expect(await send([parcel('ZT1', [goods(0, 2), goods(1, 1)]), parcel('ZT2', [goods(0, 1)])])).toBe(0)
  expect(await caller.truth(order.orderNo)).toMatchObject({ status: 'shipped' })
  const { delivery_product_info, ship_done_time } = await told()
  expect(ship_done_time).toBeGreaterThan(0)
  expect(delivery_product_info).toMatchObject([
    { waybill_id: 'ZT1', delivery_id: 'ZTO', delivery_name: '中通快递', product_infos: [goods(0, 2), goods(1, 1)] },
    { waybill_id: 'ZT2', deliver_type: 1, product_infos: [goods(0, 1)] },
  ])
})

test('a line leaves piece by piece, over two calls', async () => {
  expect(await send([parcel('ZT1', [goods(0, 1)])])).toBe(0)
  expect([(await caller.truth(order.orderNo)).status, await shipped()]).toEqual(['partially-shipped', [1, 0]])
  expect((await told()).ship_done_time).toBe(0)
  expect(await send([parcel('ZT1', [goods(0, 2), goods(1, 1)])])).toBe(0)
  expect([(await caller.truth(order.orderNo)).status, await shipped()]).toEqual(['shipped', [3, 1]])
  expect(await reports()).toMatchObject([{ carrier: 'ZTO', waybillNo: 'ZT1', times: 2 }])
})

test.each([
  { when: 'nothing is listed', list: () => [], errcode: 40097 },
  { when: 'no goods are named', list: () => [parcel('ZT1', [])], errcode: 109002 },
  { when: 'too many pieces are named', list: () => [parcel('ZT1', [goods(0, 4)])], errcode: 109000 },
  {
    when: 'two parcels together hold too many',
    list: () => [parcel('ZT1', [goods(0, 2)]), parcel('ZT2', [goods(0, 2)])],
    errcode: 109000,
  },
  { when: 'the SKU is not in it', list: () => [parcel('ZT1', [{ ...goods(0, 1), sku_id: '1' }])], errcode: 109000 },
  { when: 'the carrier is unknown', list: () => [parcel('ZT1', [goods(0, 1)], { delivery_id: 'XX' })], errcode: 40097 },
  { when: 'the number is missing', list: () => [parcel('', [goods(0, 1)])], errcode: 40097 },
  { when: 'the type is withdrawn', list: () => [parcel('ZT1', [goods(0, 1)], { deliver_type: 2 })], errcode: 40097 },
])('it is refused when $when: $errcode', async ({ list, errcode }) => {
  expect(await send(list())).toBe(errcode)
  expect([await shipped(), await reports()]).toEqual([[0, 0], []])
})

test('what is not paid, or nobody placed, is refused', async () => {
  const [open] = (await caller.buy({ lines: basket, pay: 'unpaid', seed: 2 })) as [Truth]
  expect(await send([parcel('ZT1', [goods(0, 1, open)])], open.orderNo)).toBe(101100)
  expect(await send([parcel('ZT1', [goods(0, 1)])], '9999999999999999999')).toBe(100002)
})

test('what has left already is refused as that, a finished order by its status', async () => {
  const whole = [parcel('ZT1', [goods(0, 3), goods(1, 1)])]
  await send(whole)
  expect(await send(whole)).toBe(109001)
  expect(await reports()).toMatchObject([{ times: 1 }])
  await caller.act({ kind: 'finish', orderNos: [order.orderNo] })
  expect(await send(whole)).toBe(101100)
})

test('a line with an open after-sale stays, the other may go', async () => {
  await caller.act({ kind: 'refund', orderNos: [order.orderNo], lineNo: order.lines[1]!.lineNo })
  expect(await send([parcel('ZT1', [goods(0, 3), goods(1, 1)])])).toBe(108009)
  expect(await send([parcel('ZT1', [])])).toBe(109002)
  expect(await send([parcel('ZT1', [goods(0, 3)])])).toBe(0)
  expect((await caller.truth(order.orderNo)).status).toBe('partially-shipped')
})

test('a line that was paid back must not be listed; the rest completes the order', async () => {
  await caller.act({ kind: 'refund', orderNos: [order.orderNo], lineNo: order.lines[1]!.lineNo, outcome: 'success' })
  expect(await send([parcel('ZT1', [goods(0, 3), goods(1, 1)])])).toBe(109000)
  expect(await send([parcel('ZT1', [goods(0, 3)])])).toBe(0)
  expect((await caller.truth(order.orderNo)).status).toBe('shipped')
})

test('a gift of the same SKU ships after the pieces that were bought', async () => {
  await caller.control('settings', { twinGiftShare: 1 })
  const bought = await caller.buy({ count: 200, seed: 9 })
  order = bought.find(({ lines }) => lines.length === 2 && lines[0]!.skuNo === lines[1]!.skuNo)!
  const { quantity } = order.lines[0]!
  expect(order.lines[1]).toMatchObject({ isGift: true, paidFen: 0, quantity: 1 })
  expect(await send([parcel('ZT1', [goods(0, quantity)])])).toBe(0)
  expect(await shipped()).toEqual([quantity, 0])
  expect(await send([parcel('ZT2', [goods(0, 1)])])).toBe(0)
  expect(await shipped()).toEqual([quantity, 1])
})

test('goods without a way need neither carrier nor number', async () => {
  expect(await send([{ deliver_type: 3, product_infos: [goods(0, 3), goods(1, 1)] }])).toBe(0)
  expect((await caller.truth(order.orderNo)).status).toBe('shipped')
})

test('a parcel gets another number, whole or in part', async () => {
  const update = (list: readonly Tree[]) => send(list, order.orderNo, 'order/deliveryinfo/update')
  expect(await update([parcel('ZT2', [goods(0, 1)])])).toBe(101100)
  await send([parcel('ZT1', [goods(0, 3)])])
  expect(await update([parcel('ZT2', [goods(1, 1)])])).toBe(109001)
  expect(await update([parcel('ZT2', [goods(0, 2)])])).toBe(0)
  expect(await reports()).toMatchObject([
    { waybillNo: 'ZT1', lines: [{ quantity: 1 }] },
    { waybillNo: 'ZT2', lines: [{ quantity: 2 }] },
  ])
  expect(await update([parcel('ZT3', [goods(0, 3)])])).toBe(0)
  expect(await reports()).toMatchObject([{ waybillNo: 'ZT3', lines: [{ quantity: 3 }] }])
  expect(await shipped()).toEqual([3, 0])
})

test('a lost parcel is sent again without another piece having left', async () => {
  const compensate = async () =>
    (
      await caller.call('order/delivery/compensation', {
        order_id: order.orderNo,
        reason: 1,
        delivery_list: [parcel('ZT9', [goods(0, 1)])],
      })
    ).errcode
  expect(await compensate()).toBe(101100)
  await send([parcel('ZT1', [goods(0, 3)])])
  expect(await compensate()).toBe(0)
  expect(await shipped()).toEqual([3, 0])
})

test('carriers are listed, and fewer for electronic waybills', async () => {
  const all = (await caller.call('order/deliverycompanylist/get')).at<Tree[]>('company_list')
  expect(all.slice(0, 2)).toEqual([
    { delivery_id: 'SF', delivery_name: '顺丰速运' },
    { delivery_id: 'YTO', delivery_name: '圆通速递' },
  ])
  expect(all.at(-1)).toEqual({ delivery_id: 'OTHER', delivery_name: '其他' })
  const few = await caller.call('order/deliverycompanylist/new/get', { ewaybill_only: true })
  expect(few.at<Tree[]>('company_list').length).toBeLessThan(all.length)
})

test('the back office ships behind our back and reports nothing', async () => {
  await caller.act({
    kind: 'ship-in-back-office',
    orderNos: [order.orderNo],
    waybillNo: 'YT7',
    carrierName: '圆通速递',
  })
  expect([await shipped(), await reports()]).toEqual([[3, 1], []])
  expect((await told()).delivery_product_info).toMatchObject([{ delivery_id: 'YTO', waybill_id: 'YT7' }])
})
