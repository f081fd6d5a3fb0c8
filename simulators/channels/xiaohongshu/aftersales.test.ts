import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, differences, sampleOf } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let order: Truth
let now = 0

const lines = [
  { merchantCode: 'MB-1001', quantity: 3 },
  { merchantCode: 'MB-6001', quantity: 1 },
]
const minute = 60_000

beforeAll(async () => {
  simulator = await start({ seed: 21 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  now = Date.parse('2026-11-11T02:00:00Z')
  await caller.control('clock', { now })
  await caller.control('listings', demoCatalogue)
  order = await caller.buy({ lines })
})
afterAll(() => simulator.close())

const call = (method: string, params: object) => caller.call(method, params, { at: now })
const refund = (more: object = {}) => caller.control('act', { kind: 'refund', orderNos: [order.orderNo], ...more })
const shipAll = () =>
  caller.control('act', {
    kind: 'ship-in-back-office',
    orderNos: [order.orderNo],
    waybillNo: 'YT1',
    carrierName: '圆通速递',
  })
const list = (params: object = {}) =>
  call('afterSale.listAfterSaleInfos', { pageNo: 1, pageSize: 50, orderId: order.orderNo, ...params })
const casesOf = async () => (await list()).rows('data.afterSaleBasicInfos')
const info = (one: Answer) =>
  call('afterSale.getAfterSaleInfo', { returnsId: one.at('returnsId'), needNegotiateRecord: false })
const answer = (method: string, one: Answer, params: object) =>
  call(`afterSale.${method}`, { returnsId: one.at('returnsId'), ...params })
const audit = (one: Answer, params: object) => answer('auditReturns', one, params)
const truth = () => caller.truth(order.orderNo)
const detail = () => call('order.getOrderDetail', { orderId: order.orderNo })
const open = async (wish: object) => {
  await caller.control('aftersales', { orderNo: order.orderNo, ...wish })
  return (await casesOf()).at(-1)!
}
const step = (one: Answer, name: string) => caller.control('aftersales', { returnsId: one.at('returnsId'), step: name })
const sendBack = { action: 2, receiverInfo: { sellerAddressRecordId: 105_380 } }
const first = () => order.lines[0]!

test('an order refunded in full before shipping is closed, freight and all', async () => {
  await refund({ outcome: 'success' })
  const after = await truth()
  expect(after).toMatchObject({ status: 'closed-refunded', refundState: 'full', refundedFen: order.paidTotalFen })
  const [one] = await casesOf()
  expect(one!.at('returnType')).toBe(5)
  const told = await info(one!)
  expect(told.at('data.afterSaleInfo.refundAmountYuan')).toBe(order.paidTotalFen / 100)
  expect(told.at('data.afterSaleInfo.appliedShipFeeAmountYuan')).toBe(order.freightFen / 100)
  expect(told.rows('data.afterSaleInfo.skus')).toHaveLength(2)
  expect((await detail()).at('data')).toMatchObject({ orderStatus: 8, orderAfterSalesStatus: 3, cancelTime: now })
})

test('money told by after-sales is the money that is true', async () => {
  await refund({ lineNo: first().lineNo, amountFen: 1234, outcome: 'success' })
  await refund({ lineNo: first().lineNo, amountFen: 5, outcome: 'success' })
  await refund({ amountFen: 321 })
  const [done, again, asked] = await casesOf()
  const fenOf = async (one: Answer | undefined, name: string) =>
    Math.round(Number((await info(one!)).at(`data.afterSaleInfo.${name}`)) * 100)
  expect(await Promise.all([fenOf(done, 'refundAmountYuan'), fenOf(again, 'refundAmountYuan')])).toEqual([1234, 5])
  expect(await fenOf(asked, 'expectedRefundAmountYuan')).toBe(321)
  expect(await fenOf(asked, 'refundAmountYuan')).toBe(0)
  expect(await truth()).toMatchObject({ refundedFen: 1239, refundState: 'in-progress', status: 'paid-wait-ship' })
})

test('answers have the shape of the samples', async () => {
  await refund({ outcome: 'success' })
  const [one] = await casesOf()
  const expected = sampleOf('afterSale.getAfterSaleInfo.unshipped-refund-done')
  expect(differences(expected.body, (await info(one!)).body)).toEqual([])
  expect(differences(sampleOf('afterSale.listAfterSaleInfos').body, (await list()).body)).toEqual([])
  const reasons = await answer('rejectReasons', one!, { rejectReasonType: 1 })
  expect(reasons.body).toEqual(sampleOf('afterSale.rejectReasons').body)
})

test('a return goes from review over return and receipt to the refund', async () => {
  await shipAll()
  await refund({ lineNo: first().lineNo })
  const [one] = await casesOf()
  const states: unknown[] = []
  const look = async () =>
    states.push((await info(one!)).at('data.afterSaleInfo.status'), (await truth()).lines[0]!.refundState)
  await look()
  expect((await audit(one!, { action: 1 })).code).toBe(-1009003)
  expect((await audit(one!, { action: 2 })).code).toBe(-2000400)
  expect((await audit(one!, sendBack)).body).toEqual({ success: true, error_code: 0 })
  await look()
  await refund({ lineNo: first().lineNo })
  await look()
  expect((await answer('confirmReceive', one!, { action: 3 })).code).toBe(0)
  expect((await answer('confirmReceive', one!, { action: 1 })).code).toBe(0)
  await look()
  expect(states).toEqual([1, 'requested', 2, 'wait-return', 3, 'wait-receive-return', 4, 'success'])
  expect(await truth()).toMatchObject({ status: 'shipped', refundState: 'partial', refundedFen: first().paidFen })
  const told = await info(one!)
  expect(differences(sampleOf('afterSale.getAfterSaleInfo.return-refund-done').body, told.body)).toEqual([])
})

test('money only is refunded at once, and a second answer says that the state forbids it', async () => {
  await refund({ lineNo: first().lineNo, amountFen: 1234 })
  const [one] = await casesOf()
  expect((await audit(one!, { action: 1 })).code).toBe(0)
  expect((await audit(one!, { action: 1 })).body).toEqual({
    msg: '当前售后状态不支持该操作',
    error_msg: '当前售后状态不支持该操作',
    code: -1009003,
    success: true,
    error_code: -1009003,
  })
  expect((await truth()).refundedFen).toBe(1234)
})

test('a refusal needs a reason of the list, and "other" an explanation', async () => {
  await shipAll()
  await refund({ lineNo: first().lineNo, amountFen: 100 })
  const [one] = await casesOf()
  expect(one!.at('returnType')).toBe(4)
  expect((await audit(one!, { action: 3 })).code).toBe(-2000400)
  expect((await audit(one!, { action: 3, reason: 7 })).code).toBe(-2000400)
  expect((await audit(one!, { action: 3, reason: 3099 })).code).toBe(-2000400)
  expect((await audit(one!, { action: 3, reason: 3099, description: '已补发' })).code).toBe(0)
  expect(await truth()).toMatchObject({ refundState: 'none', refundedFen: 0, lines: [{ refundState: 'rejected' }, {}] })
})

test('what has not left can be refused by shipping only', async () => {
  await refund()
  const [one] = await casesOf()
  expect((await audit(one!, { action: 3, reason: 3001 })).code).toBe(-1009005)
})

test('returned goods may be refused', async () => {
  await shipAll()
  const one = await open({ type: 1, lineNo: first().lineNo })
  await audit(one, sendBack)
  await step(one, 'next')
  expect((await answer('confirmReceive', one, { action: 2, reason: 4001 })).code).toBe(0)
  expect((await info(one)).at('data.afterSaleInfo.status')).toBe(9001)
  expect(await truth()).toMatchObject({ refundState: 'none', lines: [{ refundState: 'rejected' }, {}] })
})

test('an exchange hides the order’s status, moves no money and ends as closed', async () => {
  await shipAll()
  const one = await open({ type: 2, lineNo: first().lineNo })
  expect((await detail()).at('data.orderStatus')).toBe(10)
  expect(await truth()).toMatchObject({ status: 'shipped', refundState: 'in-progress' })
  await audit(one, sendBack)
  await step(one, 'next')
  await answer('confirmReceive', one, { action: 1 })
  expect((await info(one)).at('data.afterSaleInfo.status')).toBe(12)
  const parcel = { expressCompanyCode: 'zto', expressNo: 'ZT0000000077' }
  expect((await answer('receiveAndShip', one, parcel)).code).toBe(0)
  expect((await info(one)).at('data.logisticsInfo.exchange.expressNo')).toBe('ZT0000000077')
  await step(one, 'done')
  expect((await detail()).at('data.orderStatus')).toBe(6)
  expect(await truth()).toMatchObject({ refundedFen: 0, refundState: 'none', lines: [{ refundState: 'closed' }, {}] })
})

test.each([
  { name: 'withdrawn', status: 5, ofSku: 7, word: 'closed' },
  { name: 'timed-out', status: 6, ofSku: 5, word: 'closed' },
  { name: 'platform', status: 14, ofSku: 6, word: 'requested' },
])('an after-sale can be $name: $status', async ({ name, status, ofSku, word }) => {
  const one = await open({ type: 6, lineNo: first().lineNo, amountFen: 100 })
  await step(one, name)
  expect((await info(one)).at('data.afterSaleInfo.status')).toBe(status)
  expect((await detail()).at('data.skuList.0.skuAfterSaleStatus')).toBe(ofSku)
  expect((await truth()).lines[0]!.refundState).toBe(word)
})

test('the list is by order or by a window as wide as allowed, a page no deeper than allowed', async () => {
  await refund({ amountFen: 100 })
  const window = { orderId: undefined, timeType: 2, startTime: now - 30 * minute, endTime: now }
  expect((await list({ ...window, endTime: now + 1 })).code).toBe(-2000400)
  expect((await list(window)).at('data.totalCount')).toBe(1)
  expect((await list({ ...window, timeType: 1, startTime: now - 24 * 60 * minute })).at('data.totalCount')).toBe(1)
  expect((await list({ orderId: undefined })).code).toBe(-2000400)
  expect((await list({ pageNo: 501, pageSize: 100 })).code).toBe(-2000400)
  expect((await list({ pageSize: 101 })).code).toBe(-2000400)
  expect((await list({ statuses: [4] })).at('data.totalCount')).toBe(0)
  expect((await list({ returnTypes: [5] })).at('data.totalCount')).toBe(1)
})

test('of a partly shipped order what has left and what has not are two after-sales', async () => {
  const sku = first().skuNo
  const parcel = { expressNo: 'ZT1', expressCompanyCode: 'zto', unpack: true, skuIdList: [sku] }
  await call('order.orderDeliver', { orderId: order.orderNo, ...parcel })
  await refund({ outcome: 'success' })
  expect((await casesOf()).map((one) => one.at('returnType'))).toEqual([5, 1])
  const goods = order.lines.reduce((all, { paidFen }) => all + paidFen, 0)
  expect(await truth()).toMatchObject({ status: 'closed-refunded', refundedFen: goods })
})
