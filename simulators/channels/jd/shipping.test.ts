import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReportedShipment } from '../../simulator.ts'
import { openStage, type Stage, twoKinds } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const wrong = '订单状态不正确，不能出库'
const ship = (orderId: string, logiCoprId = '1499', logiNo = '75800000001') =>
  stage.call('jingdong.pop.order.shipment', { orderId, logiCoprId, logiNo })
const shipments = () => stage.control<ReportedShipment[]>('shipments')
const info = async (orderNo: string) =>
  (await stage.order(orderNo)).at('orderDetailInfo.orderInfo') as Record<string, unknown>

test('an order leaves whole and once', async () => {
  const { orderNo } = await stage.buyOne({ lines: twoKinds })
  expect((await ship(orderNo)).error).toBe('')
  expect((await ship(orderNo)).error).toBe(wrong)
  expect(await info(orderNo)).toMatchObject({ orderState: 'WAIT_GOODS_RECEIVE_CONFIRM', waybill: '75800000001' })
  expect(await shipments()).toMatchObject([{ orderNo, carrier: '1499', waybillNo: '75800000001', times: 1 }])
  expect((await stage.truth(orderNo)).lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([2, 1])
})

test('two carriers are parted by |, two parcels of one by a comma', async () => {
  const { orderNo } = await stage.buyOne()
  await ship(orderNo, '467|1499', 'SF1,SF2|758001')
  expect(await info(orderNo)).toMatchObject({ logisticsId: '467|1499', waybill: 'SF1,SF2|758001' })
  expect((await shipments()).map(({ waybillNo }) => waybillNo)).toEqual(['SF1', 'SF2', '758001'])
})

test.each([
  { what: 'a carrier JD does not know', carrier: '42', waybill: 'X1', error: '物流公司不存在' },
  { what: 'no number', carrier: '1499', waybill: '', error: '运单号不能为空' },
  { what: 'one number for two carriers', carrier: '467|1499', waybill: 'X1', error: '数量不一致' },
  { what: 'the seller’s own van without a number', carrier: '1274', waybill: '', error: '' },
])('$what: "$error"', async ({ carrier, waybill, error }) => {
  const { orderNo } = await stage.buyOne()
  expect((await ship(orderNo, carrier, waybill)).error).toContain(error)
  expect((await stage.truth(orderNo)).status).toBe(error === '' ? 'shipped' : 'paid-wait-ship')
})

test('what is unknown, unpaid, locked, paused or JD’s own to ship does not leave', async () => {
  expect((await ship('999999999999')).error).toBe('订单不存在')
  expect((await ship((await stage.buyOne({ pay: 'unpaid' })).orderNo)).error).toBe(wrong)
  const { orderNo } = await stage.buyOne()
  for (const state of ['LOCKED', 'PAUSE', 'POP_ORDER_PAUSE', 'WAIT_SEND_CODE']) {
    await stage.control('state', { orderNos: [orderNo], state })
    expect((await ship(orderNo)).error).toBe(wrong)
  }
  await stage.control('settings', { platformWarehouseShare: 1 })
  const own = await stage.buyOne()
  expect((await info(own.orderNo)).storeOrder).toMatch(/^(京|云)仓订单$/)
  expect((await ship(own.orderNo)).error).toContain('京东仓')
  expect(await shipments()).toEqual([])
})

test('cash on delivery leaves unpaid, and the buyer pays at the door', async () => {
  await stage.control('settings', { cashOnDeliveryShare: 1 })
  const { orderNo, paidTotalFen } = await stage.buyOne()
  expect(paidTotalFen).toBe(0)
  expect((await info(orderNo)).payType).toBe('1-货到付款')
  await ship(orderNo)
  await stage.control('act', { kind: 'pay', orderNos: [orderNo] })
  expect((await stage.truth(orderNo)).paidTotalFen).toBeGreaterThan(0)
})

interface Part {
  readonly skuId: string
  readonly num: number
}

function shipPart(orderId: string, waybill: string, goods: readonly Part[]) {
  const parcel = {
    deliveryId: '1499',
    deliveryName: '中通快递',
    deliveryNums: waybill,
    partialShipmentGoodsList: goods,
  }
  const data = [{ orderIds: orderId, deliveryType: 1, deliveryNumberDtoList: [parcel] }]
  return stage.call('jingdong.pop.order.partial.outship', { request: { belongType: 1, data } })
}

test('parts leave one by one, the order waits until nothing is left', async () => {
  const { orderNo, lines } = await stage.buyOne({ lines: twoKinds })
  const [pillow, scent] = lines.map(({ skuNo }) => skuNo)
  await shipPart(orderNo, 'ZT1', [{ skuId: pillow!, num: 1 }])
  expect(await info(orderNo)).toMatchObject({
    orderState: 'WAIT_SELLER_STOCK_OUT',
    partialLogisticsInfoModel: [{ logicId: '1499', waybillId: 'ZT1', skus: [{ skuId: pillow, num: '1' }] }],
  })
  expect((await stage.truth(orderNo)).status).toBe('partially-shipped')
  expect((await shipPart(orderNo, 'ZT1', [{ skuId: pillow!, num: 2 }])).error).toContain('不符')
  expect((await shipPart(orderNo, 'ZT1', [{ skuId: '100999999999', num: 1 }])).error).toContain('不符')

  const rest = [
    { skuId: pillow!, num: 1 },
    { skuId: scent!, num: 1 },
  ]
  expect((await shipPart(orderNo, 'ZT2', rest)).error).toBe('')
  expect((await shipPart(orderNo, 'ZT2', rest)).error).toBe(wrong)
  expect(await info(orderNo)).toMatchObject({ orderState: 'WAIT_GOODS_RECEIVE_CONFIRM', waybill: 'ZT1,ZT2' })
  expect((await stage.truth(orderNo)).status).toBe('shipped')
})

test('the judge says whether parts may leave', async () => {
  const { orderNo } = await stage.buyOne()
  const judge = async () =>
    (await stage.call('jingdong.pop.order.partialship.judge', { orderId: orderNo })).at('result.data')
  expect(await judge()).toBe(true)
  await ship(orderNo)
  expect(await judge()).toBe(false)
})

test('a number is corrected after shipping, not before', async () => {
  const { orderNo } = await stage.buyOne({ lines: twoKinds })
  const change = () =>
    stage.call('360buy.order.sop.waybill.update', { order_id: orderNo, logistics_id: '463', waybill: 'YT9' })
  expect((await change()).error).toContain('尚未出库')
  await ship(orderNo, '467|1499', 'SF1|758001')
  expect((await change()).error).toBe('')
  expect(await info(orderNo)).toMatchObject({ logisticsId: '463', waybill: 'YT9' })
  expect(await shipments()).toMatchObject([{ waybillNo: 'YT9', lines: [{ quantity: 2 }, { quantity: 1 }] }])
})
