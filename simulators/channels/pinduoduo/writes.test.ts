import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ListingState, ReportedShipment, Truth } from '../../simulator.ts'
import { minute, openStage, type Stage, twoKinds } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const parcel = (tracking_number: string, more: object = {}) => ({ logistics_id: 115, tracking_number, ...more })
const send = ({ orderNo }: Truth, given: object) =>
  stage.call('pdd.logistics.online.send', { order_sn: orderNo, ...given })
const further = ({ orderNo }: Truth, given: object) =>
  stage.call('pdd.order.upload.extra.logistics', { order_sn: orderNo, ...given })
const shipments = () => stage.control<ReportedShipment[]>('shipments')
const act = (kind: string, { orderNo }: Truth, more: object = {}) =>
  stage.control<{ changed: string[] }>('act', { kind, orderNos: [orderNo], ...more })

test('an order leaves whole and once, and may get another number', async () => {
  const order = await stage.buyOne({ lines: twoKinds })
  expect((await send(order, parcel('ZT1'))).body).toMatchObject({ is_success: true })
  expect(await stage.truth(order.orderNo)).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 2 }, {}] })
  expect(await send(order, parcel('ZT1'))).toMatchObject({ error: 50_001, words: '订单已发货，请勿重复发货' })
  expect((await shipments()).map(({ waybillNo, times }) => [waybillNo, times])).toEqual([['ZT1', 1]])

  expect((await send(order, parcel('ZT2', { redelivery_type: 2 }))).error).toBe(0)
  expect(await stage.order(order.orderNo)).toMatchObject({ order_status: 2, logistics_id: 115, tracking_number: 'ZT2' })
  expect((await shipments()).map(({ waybillNo, lines }) => [waybillNo, lines.length])).toEqual([['ZT2', 2]])
})

test.each([
  { when: 'nobody paid', purchase: { pay: 'unpaid' as const }, given: parcel('ZT1'), words: '订单状态不允许发货' },
  { when: 'the carrier is unknown', given: parcel('ZT1', { logistics_id: 9999 }), words: '物流公司不存在或不可用' },
  { when: 'the carrier is out of service', given: parcel('ZT1', { logistics_id: 3 }), words: '物流公司不存在或不可用' },
  { when: 'the number is odd', given: parcel('中通'), words: 'tracking_number不正确' },
  { when: 'the number is missing', given: { logistics_id: 115 }, words: '参数tracking_number缺失' },
  {
    when: 'nothing has left to be changed',
    given: parcel('ZT1', { redelivery_type: 2 }),
    words: '订单未发货，不能修改物流或追加包裹',
  },
])('shipping is refused when $when', async ({ purchase, given, words }) => {
  const order = await stage.buyOne(purchase)
  expect((await send(order, given)).words).toBe(words)
  expect(await shipments()).toEqual([])
})

test('an open case, a hold and a refund keep the goods back', async () => {
  const [one, two, three] = (await stage.buy({ count: 3 })) as [Truth, Truth, Truth]
  await act('refund', one)
  expect((await send(one, parcel('ZT1'))).words).toContain('售后')
  await stage.control('change', { orderNos: [two.orderNo], change: 'hold' })
  expect((await send(two, parcel('ZT1'))).words).toBe('订单状态不允许发货')
  await act('refund', three, { outcome: 'success' })
  expect((await send(three, parcel('ZT1'))).words).toBe('订单状态不允许发货')
})

test('further parcels come after the first, and once each', async () => {
  const order = await stage.buyOne({ lines: twoKinds })
  expect((await further(order, parcel('ZT2'))).error).toBe(50_001)
  await send(order, parcel('ZT1'))
  expect((await further(order, parcel('ZT2'))).error).toBe(0)
  expect((await further(order, parcel('ZT2'))).words).toBe('运单号已存在')
  const extra_track_list = [{ shipping_id: 44, tracking_number: 'SF3' }]
  expect((await further(order, { extra_track_list, extra_track_type: 2 })).error).toBe(0)
  expect(await stage.order(order.orderNo)).toMatchObject({
    extra_delivery_list: [{ logistics_id: 115, tracking_number: 'ZT2' }],
    resend_delivery_list: [{ logistics_id: 44, tracking_number: 'SF3' }],
  })
})

const shelf = async () => (await stage.control<ListingState[]>('listings'))[0]!

test('stock is set, changed, and falls when buyers order', async () => {
  const { itemNo, skuNo, merchantCode } = await shelf()
  const update = (more: object) => stage.call('pdd.goods.quantity.update', { goods_id: Number(itemNo), ...more })
  expect((await update({ sku_id: Number(skuNo), quantity: 10, update_type: 1 })).error).toBe(0)
  expect((await update({ outer_id: merchantCode, quantity: -3, update_type: 2 })).error).toBe(0)
  expect(await shelf()).toMatchObject({ quantity: 7, pushes: 2, pushedAt: stage.now() })
  expect((await update({ sku_id: Number(skuNo), quantity: -8, update_type: 2 })).words).toBe('扣减后库存小于0')
  expect((await update({ sku_id: Number(skuNo), quantity: -1 })).error).toBe(21_002)
  expect((await update({ sku_id: 1, quantity: 1 })).words).toBe('规格不存在')
  expect((await update({ goods_id: 1, sku_id: Number(skuNo), quantity: 1 })).words).toBe('商品不存在')

  const open = await stage.buyOne({ lines: [{ merchantCode, quantity: 2 }], pay: 'unpaid' })
  expect(await shelf()).toMatchObject({ quantity: 5 })
  await act('close', open)
  expect(await shelf()).toMatchObject({ quantity: 7 })
})

test('goods are listed by page with their SKUs', async () => {
  const page = async (number: number) => stage.call('pdd.goods.list.get', { page: number, page_size: 1 })
  const first = await page(1)
  expect(first.body).toMatchObject({ total_count: 2 })
  expect(first.rows('goods_list')).toMatchObject([
    {
      goods_name: '乳胶枕',
      goods_quantity: 900,
      is_onsale: 1,
      sku_list: [{ outer_id: 'PILLOW', spec: '米白,9cm', sku_quantity: 900 }],
    },
  ])
  expect((await page(3)).rows('goods_list')).toEqual([])
})

const cases = async (more: object = {}) => {
  const at = stage.now() / 1000
  const span = { start_updated_at: at - 1800, end_updated_at: at, after_sales_status: 1, after_sales_type: 1 }
  return (await stage.call('pdd.refund.list.increment.get', { ...span, ...more })).rows('refund_list')
}

test('a refund before shipping is asked for, agreed to once, and ends the order', async () => {
  const order = await stage.buyOne({ lines: twoKinds })
  const lineNo = order.lines[0]!.lineNo
  await act('refund', order, { lineNo, amountFen: 1234 })
  expect(await stage.truth(order.orderNo)).toMatchObject({ refundState: 'in-progress', status: 'paid-wait-ship' })
  const [one] = await cases()
  expect(one).toMatchObject({ refund_amount: '12.34', after_sales_status: 2, after_sales_type: 2, sku_id: lineNo })

  const agree = () => stage.call('pdd.refund.agree', { order_sn: order.orderNo, after_sales_id: one!.id })
  expect((await agree()).error).toBe(0)
  expect((await agree()).words).toBe('售后单状态不允许此操作')
  expect(await stage.truth(order.orderNo)).toMatchObject({
    status: 'closed-refunded',
    refundState: 'partial',
    refundedFen: 1234,
    lines: [
      { refundedFen: 1234, refundState: 'success' },
      { refundedFen: 0, refundState: 'none' },
    ],
  })
  expect(await stage.order(order.orderNo)).toMatchObject({ refund_status: 4, after_sales_status: 10 })
  expect(await shelf()).toMatchObject({ quantity: 900 })
})

test('a return is agreed to, comes back and is paid out', async () => {
  const order = await stage.buyOne({ lines: twoKinds })
  await send(order, parcel('ZT1'))
  await act('refund', order)
  const [one] = await cases({ after_sales_type: 3 })
  const named = { order_sn: order.orderNo, after_sales_id: one!.id }
  expect(one).toMatchObject({ after_sales_status: 3, order_amount: String(order.paidTotalFen / 100) })
  expect((await stage.call('pdd.refund.agree', named)).error).toBe(50_001)
  expect((await stage.call('pdd.refund.returngoods.agree', named)).error).toBe(0)
  expect((await stage.truth(order.orderNo)).lines[0]).toMatchObject({ refundState: 'wait-return' })
  expect((await stage.call('pdd.refund.agree', named)).error).toBe(0)
  expect((await stage.call('pdd.refund.information.get', named)).body).toMatchObject({ after_sales_status: 10 })
  expect(await stage.truth(order.orderNo)).toMatchObject({
    status: 'shipped',
    refundState: 'full',
    refundedFen: order.paidTotalFen,
  })
})

test('every status of a case can be reached, and shows in the order', async () => {
  const shown: Record<number, unknown> = {}
  const statuses = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 27, 31, 32, 33]
  for (const status of statuses) {
    const order = await stage.buyOne({ seed: status })
    await act('refund', order)
    const id = (await cases()).find((one) => one.order_sn === order.orderNo)!.id
    await stage.control('refund', { refundNo: id, status })
    const { after_sales_status, refund_status } = await stage.order(order.orderNo)
    expect(after_sales_status).toBe(status)
    shown[status] = refund_status
  }
  expect(shown).toMatchObject({ 2: 2, 4: 3, 5: 3, 6: 1, 7: 2, 8: 2, 9: 1, 10: 4, 11: 1, 13: 1, 16: 1, 31: 2 })
})

test('cases come by the time of their change, in windows of 30 minutes', async () => {
  const order = await stage.buyOne()
  await act('refund', order)
  await stage.pass(31 * minute)
  expect(await cases()).toEqual([])
  await act('refund', order, { outcome: 'closed' })
  expect(await cases({ after_sales_status: 11 })).toHaveLength(1)
  const at = stage.now() / 1000
  const long = { start_updated_at: at - 1801, end_updated_at: at, after_sales_status: 1, after_sales_type: 1 }
  expect((await stage.call('pdd.refund.list.increment.get', long)).error).toBe(21_002)
  const nobody = { order_sn: order.orderNo, after_sales_id: 9 }
  expect((await stage.call('pdd.refund.information.get', nobody)).words).toBe('售后单不存在')
})

test('a held order whose money goes back is cancelled', async () => {
  await stage.control('settings', { gatheringShare: 1 })
  const order = await stage.buyOne()
  await act('refund', order, { outcome: 'success' })
  expect(await stage.order(order.orderNo)).toMatchObject({ confirm_status: 2, refund_status: 4 })
  expect(await stage.truth(order.orderNo)).toMatchObject({ status: 'closed-refunded', refundState: 'full' })
})
