import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { ReportedShipment, Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf, differences, sampleOf } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let order: Truth

const lines = [
  { merchantCode: 'MB-1001', quantity: 3 },
  { merchantCode: 'MB-2001', quantity: 1 },
]

beforeAll(async () => {
  simulator = await start({ seed: 12 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('listings', demoCatalogue)
  order = await caller.buy({ lines })
})
afterAll(() => simulator.close())

const parcel = { expressNo: 'ZT0000000001', expressCompanyCode: 'zto' }
const ship = (params: object = {}) =>
  caller.call('order.orderDeliver', { orderId: order.orderNo, ...parcel, ...params })
const part = (place: number, params: object = {}) =>
  ship({ unpack: true, skuIdList: [order.lines[place]!.skuNo], ...params })
const detail = () => caller.call('order.getOrderDetail', { orderId: order.orderNo })
const change = (params: object) =>
  caller.call('order.modifyOrderExpressInfo', {
    orderId: order.orderNo,
    expressNo: 'JT0000000009',
    expressCompanyCode: 'jtexpress',
    ...params,
  })
const shipments = () => caller.control<ReportedShipment[]>('shipments')
const truth = () => caller.truth(order.orderNo)
const refund = (more: object = {}) => caller.control('act', { kind: 'refund', orderNos: [order.orderNo], ...more })

test('a whole order leaves in one parcel', async () => {
  expect((await ship()).body).toEqual({ success: true, error_code: 0 })
  expect(await truth()).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 3 }, { shippedQuantity: 1 }] })
  const skuIds = order.lines.map(({ skuNo }) => skuNo)
  expect((await detail()).at('data')).toMatchObject({
    orderStatus: 6,
    unpack: false,
    expressTrackingNo: 'ZT0000000001',
    expressCompanyCode: 'zto',
    simpleDeliveryOrderList: [{ deliveryOrderIndex: 1, status: 6, skuIdList: skuIds, itemIdList: skuIds }],
  })
  expect(await shipments()).toMatchObject([
    { orderNo: order.orderNo, carrier: 'zto', waybillNo: 'ZT0000000001', times: 1 },
  ])
})

test('SKU by SKU it is partly shipped until all have left', async () => {
  expect((await part(0)).code).toBe(0)
  const between = await detail()
  expect(between.at('data')).toMatchObject({ orderStatus: 5, unpack: true })
  expect(between.at('data.simpleDeliveryOrderList')).toMatchObject([
    { deliveryOrderIndex: 1, status: 6, expressTrackingNo: 'ZT0000000001' },
    { deliveryOrderIndex: 2, status: 4 },
  ])
  const sample = sampleOf('order.getOrderDetail.partially-shipped').at('data.simpleDeliveryOrderList.0')
  expect(differences(sample, between.at('data.simpleDeliveryOrderList.0'))).toEqual([])
  expect((await truth()).status).toBe('partially-shipped')
  expect((await part(1, { expressNo: 'ZT0000000002' })).code).toBe(0)
  expect((await truth()).status).toBe('shipped')
  expect((await shipments()).map(({ waybillNo }) => waybillNo)).toEqual(['ZT0000000001', 'ZT0000000002'])
})

test('what is left of a partly shipped order goes without naming it', async () => {
  await part(0)
  expect((await ship({ expressNo: 'ZT0000000002' })).code).toBe(0)
  expect((await truth()).status).toBe('shipped')
})

test.each([
  { when: 'the order is unknown', params: { orderId: 'P999999999999999999' }, code: -2000101 },
  { when: 'the waybill number is empty', params: { expressNo: '' }, code: -2000400 },
  { when: 'the carrier is unknown', params: { expressCompanyCode: 'pigeon' }, code: -2000103 },
  { when: 'parts are to leave and none is named', params: { unpack: true }, code: -2000400 },
  { when: 'a SKU is of no such order', params: { unpack: true, skuIdList: ['67f0'] }, code: -2000400 },
  { when: 'unpack is text', params: { unpack: 'true' }, code: -2000400 },
])('when $when it is refused with $code', async ({ params, code }) => {
  expect((await ship(params)).code).toBe(code)
  expect(await shipments()).toEqual([])
})

test.each([
  { when: 'unpaid', arrange: async () => (order = await caller.buy({ lines, pay: 'unpaid' })) },
  { when: 'at the risk check', arrange: () => caller.control('status', { orderNos: [order.orderNo], status: 2 }) },
  { when: 'shipped', arrange: () => ship() },
  { when: 'refunded', arrange: () => refund({ outcome: 'success' }) },
])('an order that is $when cannot be shipped', async ({ arrange }) => {
  await arrange()
  const before = await shipments()
  expect((await ship({ expressNo: 'ZT0000000009' })).code).toBe(-2000102)
  expect(await shipments()).toEqual(before)
})

test('a SKU leaves once', async () => {
  await part(0)
  expect((await part(0, { expressNo: 'ZT0000000002' })).code).toBe(-2000102)
})

test('goods may leave without a carrier', async () => {
  expect((await ship({ expressCompanyCode: 'selfdelivery', expressNo: '到店自取' })).code).toBe(0)
  expect(await shipments()).toMatchObject([{ carrier: 'selfdelivery', waybillNo: '到店自取' }])
})

test('shipping refuses the refund that was asked for before', async () => {
  await refund()
  expect(await truth()).toMatchObject({ refundState: 'in-progress' })
  expect((await ship()).code).toBe(0)
  expect(await truth()).toMatchObject({
    status: 'shipped',
    refundState: 'none',
    lines: [{ refundState: 'rejected' }, {}],
  })
  expect((await detail()).at('data.orderAfterSalesStatus')).toBe(4)
})

test('what was refunded in full does not leave any more', async () => {
  await refund({ lineNo: order.lines[0]!.lineNo, outcome: 'success' })
  expect((await truth()).status).toBe('paid-wait-ship')
  expect((await part(0)).code).toBe(-2000102)
  expect((await ship()).code).toBe(0)
  expect(await truth()).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 0 }, { shippedQuantity: 1 }] })
  expect((await detail()).at('data.simpleDeliveryOrderList')).toMatchObject([{ status: 6 }, { status: 8 }])
})

test('a subsidised order needs its serial number', async () => {
  await caller.control('settings', { subsidyShare: 1 })
  order = await caller.buy({ lines })
  expect((await detail()).at('data.subsidySkuIdentifyCodeRequiredInfo.snRequired')).toBe(true)
  expect((await ship()).code).toBe(-2000104)
  expect((await ship({ skuIdentifyCodeInfo: { sNCode: 'SN-0001' } })).code).toBe(0)
})

test('a parcel gets another number', async () => {
  await ship()
  expect((await change({})).code).toBe(0)
  expect((await detail()).at('data')).toMatchObject({
    expressTrackingNo: 'JT0000000009',
    expressCompanyCode: 'jtexpress',
  })
  expect(await shipments()).toMatchObject([{ carrier: 'jtexpress', waybillNo: 'JT0000000009', times: 1 }])
})

test('of a split order the number alone changes every parcel with it, with the index only one', async () => {
  await part(0)
  await part(1)
  const numbers = async () =>
    (await detail()).rows('data.simpleDeliveryOrderList').map((row) => row.at('expressTrackingNo'))
  expect((await change({})).code).toBe(-2000400)
  expect((await change({ oldExpressNo: 'ZT0000000001', deliveryOrderIndex: 2 })).code).toBe(0)
  expect(await numbers()).toEqual(['ZT0000000001', 'JT0000000009'])
  expect((await change({ oldExpressNo: 'ZT0000000007' })).code).toBe(-2000101)
  await change({ deliveryOrderIndex: 1 })
  await change({ oldExpressNo: 'JT0000000009', expressNo: 'JT0000000010' })
  expect(await numbers()).toEqual(['JT0000000010', 'JT0000000010'])
})

test('a parcel of the back office is known to the order and not to the reports', async () => {
  await caller.control('act', {
    kind: 'ship-in-back-office',
    orderNos: [order.orderNo],
    waybillNo: 'YT1',
    carrierName: '圆通快递',
  })
  expect((await detail()).at('data')).toMatchObject({ expressTrackingNo: 'YT1', expressCompanyCode: 'yuantong' })
  expect(await shipments()).toEqual([])
})

test('the buyer confirms what has come, and not while money is asked back', async () => {
  const finish = () => caller.control('act', { kind: 'finish', orderNos: [order.orderNo] })
  await ship()
  await refund({ amountFen: 100 })
  expect(await finish()).toEqual({ changed: [] })
  await refund({ outcome: 'closed' })
  expect(await finish()).toEqual({ changed: [order.orderNo] })
  expect((await truth()).status).toBe('completed')
})

test('carriers and tracks have the shape of the sheet', async () => {
  const carriers = await caller.call('common.getExpressCompanyList')
  expect(carriers.body).toEqual(sampleOf('getExpressCompanyList').body)
  await ship()
  const tracks = await caller.call('order.getOrderTracking', { orderId: order.orderNo })
  expect(tracks.rows('data.orderTrackInfos').map((row) => row.at('expressNo'))).toEqual(['ZT0000000001'])
})
