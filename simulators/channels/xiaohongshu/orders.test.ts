import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, differences, sampleOf } from './caller.ts'
import { start } from './index.ts'
import { allocate, spread } from './money.ts'

let simulator: Simulator
let caller: Caller
let now = 0

const minute = 60_000
const plenty = demoCatalogue.map((good) => ({ ...good, quantity: 5000 }))

beforeAll(async () => {
  simulator = await start({ seed: 9 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  now = Date.parse('2026-11-11T02:00:00Z')
  await pass(0)
  await caller.control('listings', plenty)
})
afterAll(() => simulator.close())

async function pass(ms: number): Promise<number> {
  now += ms
  await caller.control('clock', { now })
  return now
}
const call = (method: string, params: object) => caller.call(method, params, { at: now })
const detail = ({ orderNo }: Truth) => call('order.getOrderDetail', { orderId: orderNo })
const buyMany = async (count: number, more: object = {}) =>
  (await caller.control<{ orders: Truth[] }>('buy', { count, seed: 2, ...more })).orders
const second = (ms: number) => Math.floor(ms / 1000)
const list = (params: object) =>
  call('order.getOrderList', { startTime: second(now) - 60, endTime: second(now) + 1, timeType: 2, ...params })
const idsOf = (answer: Answer) => answer.rows('data.orderList').map((row) => row.at('orderId'))
const note = (orderNo: string) => caller.control('act', { kind: 'note', orderNos: [orderNo], note: '快一点' })

test.each([
  { when: 'created within a day', params: { timeType: 1, startTime: -86_400 }, code: 0 },
  { when: 'created within more than a day', params: { timeType: 1, startTime: -86_401 }, code: -2000400 },
  { when: 'changed within half an hour', params: { startTime: -1800 }, code: 0 },
  { when: 'changed within more', params: { startTime: -1801 }, code: -2000400 },
  { when: 'page 100', params: { startTime: 0, pageNo: 100 }, code: 0 },
  { when: 'page 101', params: { startTime: 0, pageNo: 101 }, code: -2000400 },
  { when: '101 rows', params: { startTime: 0, pageSize: 101 }, code: -2000400 },
  { when: 'a time in ms', params: { startTime: 1_767_195_200_000_000 }, code: -2000400 },
  { when: 'a page as text', params: { startTime: 0, pageNo: '1' }, code: -2000400 },
  { when: 'no kind of time', params: { startTime: 0, timeType: undefined }, code: -2000400 },
])('a list asked for $when answers $code', async ({ params, code }) => {
  const endTime = second(now)
  expect((await list({ endTime, ...params, startTime: endTime + params.startTime })).code).toBe(code)
})

test('pages run from the earliest to the latest and hold every order once', async () => {
  const orders: Truth[] = []
  for (let turn = 0; turn < 5; turn++) {
    orders.push(...(await buyMany(7, { seed: turn })))
    await pass(1000)
  }
  const pages = await Promise.all([1, 2, 3, 4].map((pageNo) => list({ pageNo, pageSize: 10 })))
  expect(pages.flatMap(idsOf)).toEqual(orders.map(({ orderNo }) => orderNo))
  expect(pages[0]!.at('data')).toMatchObject({ total: 35, pageNo: 1, pageSize: 10, maxPageNo: 4 })
})

test('an order that changes while pages are read is lost to who reads forwards, not to who reads backwards', async () => {
  const orders = await buyMany(20)
  await pass(1000)
  const first = idsOf(await list({ pageNo: 1, pageSize: 10 }))
  await note(orders[0]!.orderNo)
  const forwards = new Set([...first, ...idsOf(await list({ pageNo: 2, pageSize: 10 }))])
  expect(forwards.has(orders[10]!.orderNo)).toBe(false)

  const last = idsOf(await list({ pageNo: 2, pageSize: 10 }))
  await note(orders[1]!.orderNo)
  const backwards = new Set([...last, ...idsOf(await list({ pageNo: 1, pageSize: 10 }))])
  expect(orders.filter(({ orderNo }) => !backwards.has(orderNo))).toEqual([orders[1]])
  expect(idsOf(await list({ pageNo: 2, pageSize: 10 })).at(-1)).toBe(orders[1]!.orderNo)
})

test('lists are by status and type where asked', async () => {
  const [open] = await buyMany(1, { pay: 'unpaid' })
  const [deposit] = await buyMany(1, { pay: 'deposit' })
  const [paid] = await buyMany(1)
  expect(idsOf(await list({ orderStatus: 1 }))).toEqual([open!.orderNo, deposit!.orderNo])
  expect(idsOf(await list({ orderStatus: 4 }))).toEqual([paid!.orderNo])
  expect(idsOf(await list({ orderType: 2 }))).toEqual([deposit!.orderNo])
})

/** What an order has only when there is something to say: xiaohongshu.md 6. */
const mayDiffer = /customerRemark|sellerRemark|kolName/

/** Shapes of a detail that are not those of its sample. */
async function oddities(order: Truth, sample: string): Promise<readonly string[]> {
  const found = differences(sampleOf(`order.getOrderDetail.${sample}`).body, (await detail(order)).body)
  return found.filter((one) => !mayDiffer.test(one))
}

test('details and rows have the shape of the samples in every state', async () => {
  const act = (kind: string, { orderNo }: Truth, more: object = {}) =>
    caller.control('act', { kind, orderNos: [orderNo], ...more })
  const ship = (order: Truth) => act('ship-in-back-office', order, { waybillNo: 'YT1', carrierName: '圆通速递' })
  const [open, waiting, done, closed] = [
    ...(await buyMany(1, { pay: 'unpaid', note: '送人的' })),
    ...(await buyMany(3)),
  ] as [Truth, Truth, Truth, Truth]
  expect(await oddities(open, 'cancelled-unpaid')).toEqual([])
  await act('close', open)
  expect(await oddities(open, 'cancelled-unpaid')).toEqual([])
  expect(await oddities(waiting, 'awaiting-shipment.multi-line')).toEqual([])
  await ship(done)
  await act('finish', done)
  expect(await oddities(done, 'completed.partially-refunded')).toEqual([])
  await act('refund', closed, { outcome: 'success' })
  expect(await oddities(closed, 'closed.full-refund')).toEqual([])
  const rows = differences(sampleOf('order.getOrderList.page').body, (await list({})).body)
  expect(rows.filter((one) => !mayDiffer.test(one))).toEqual([])
})

test('money: lines and freight are the total, discounts add up, and what is true is what is told', async () => {
  await buyMany(60)
  for (const truth of await caller.control<Truth[]>('orders')) {
    const answer = await detail(truth)
    const number = (path: string) => Number(answer.at(`data.${path}`))
    const sum = (name: string) => answer.rows('data.skuList').reduce((all, row) => all + Number(row.at(name)), 0)
    expect(number('totalPayAmount')).toBe(sum('totalPaidAmount') + number('totalShippingFree'))
    expect(number('totalMerchantDiscount')).toBe(sum('totalMerchantDiscount'))
    expect(number('totalRedDiscount')).toBe(sum('totalRedDiscount'))
    expect(number('merchantActualReceiveAmount')).toBe(number('totalPayAmount') + number('totalRedDiscount'))
    expect(truth.paidTotalFen).toBe(number('totalPayAmount'))
    expect(truth.freightFen).toBe(number('totalShippingFree'))
    expect(truth.lines.map(({ paidFen }) => paidFen)).toEqual(
      answer.rows('data.skuList').map((row) => row.at('totalPaidAmount')),
    )
    for (const row of answer.rows('data.skuList')) {
      const worth = Number(row.at('skuDetailList.0.pricePerSku')) * Number(row.at('skuQuantity'))
      const off = Number(row.at('totalMerchantDiscount')) + Number(row.at('totalRedDiscount'))
      expect(row.at('totalPaidAmount')).toBe(worth - off)
    }
    expect(answer.at('data.createdTime')).toBe(truth.createdAt)
    expect(answer.at('data.paidTime')).toBe(truth.paidAt)
    expect(answer.at('data.updateTime')).toBe(truth.modifiedAt)
  }
})

test('shares add up to the total, and a sum is spread no further than the caps', () => {
  const amounts = fc.array(fc.nat(1e6), { minLength: 1, maxLength: 8 })
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0)
  fc.assert(
    fc.property(fc.nat(1e7), amounts, (total, weights) => {
      expect(sum(allocate(total, weights))).toBe(sum(weights) === 0 ? 0 : total)
      expect(sum(spread(total, weights))).toBe(Math.min(total, sum(weights)))
    }),
  )
})

test('an unpaid order shows what is due, and nobody has paid it', async () => {
  const order = await caller.buy({ pay: 'unpaid', lines: [{ merchantCode: 'MB-1001', quantity: 2 }] })
  expect(order).toMatchObject({ status: 'unpaid', paidTotalFen: 0, paidAt: null })
  const answer = await detail(order)
  expect(answer.at('data')).toMatchObject({ orderStatus: 1, paidTime: 0, paymentType: -1, outTradeNo: '' })
  expect(Number(answer.at('data.totalPayAmount'))).toBeGreaterThan(0)
  await caller.control('act', { kind: 'close', orderNos: [order.orderNo] })
  expect(await caller.truth(order.orderNo)).toMatchObject({ status: 'closed-unpaid' })
  expect((await detail(order)).at('data')).toMatchObject({ orderStatus: 9, cancelTime: now })
})

test('a pre-sale shows its deposit while it is unpaid, and its window of delivery', async () => {
  const order = await caller.buy({ pay: 'deposit' })
  expect(order).toMatchObject({ status: 'unpaid', paidTotalFen: 0 })
  const before = await detail(order)
  expect(before.at('data')).toMatchObject({ orderType: 2, orderStatus: 1, paidTime: 0 })
  const perSku = Number(before.at('data.skuList.0.skuDetailList.0.depositAmountPerSku'))
  expect(perSku).toBeGreaterThan(0)
  expect(Number(before.at('data.totalDepositAmount'))).toBeGreaterThanOrEqual(perSku)
  await caller.control('act', { kind: 'pay', orderNos: [order.orderNo] })
  expect(await caller.truth(order.orderNo)).toMatchObject({ status: 'paid-wait-ship', paidAt: now })
  expect(Number((await detail(order)).at('data.presaleDeliveryStartTime'))).toBeGreaterThan(now)
})

test('a bundle has no merchant code and tells its parts, whose rounded prices do not add up', async () => {
  const parts = [
    { merchantCode: 'MB-1001', quantity: 2 },
    { merchantCode: 'MB-6001', quantity: 1 },
  ]
  await caller.control('bundles', { merchantCode: 'MB-8001', parts })
  const order = await caller.buy({ lines: [{ merchantCode: 'MB-8001', quantity: 2 }] })
  const answer = await detail(order)
  expect(await oddities(order, 'bundle')).toEqual([])
  expect(answer.rows('data.skuList.0.skuDetailList').map((part) => [part.at('erpCode'), part.at('quantity')])).toEqual([
    ['MB-1001', 4],
    ['MB-6001', 2],
  ])
  expect(order.lines[0]).toMatchObject({ merchantCode: '' })
})

test.each([
  { status: 2, word: 'on-hold' },
  { status: 3, word: 'on-hold' },
  { status: 4, word: 'paid-wait-ship' },
])('a paid order can be at status $status: $word', async ({ status, word }) => {
  const order = await caller.buy()
  await caller.control('status', { orderNos: [order.orderNo], status })
  expect((await detail(order)).at('data.orderStatus')).toBe(status)
  expect((await caller.truth(order.orderNo)).status).toBe(word)
})

test('a buyer may ask to cancel, think better of it, or have it cancelled with the money back', async () => {
  const order = await caller.buy()
  const cancel = (step: string) => caller.control('cancel', { orderNos: [order.orderNo], step })
  await cancel('asked')
  expect((await detail(order)).at('data.cancelStatus')).toBe(1)
  await cancel('withdrawn')
  expect((await detail(order)).at('data.cancelStatus')).toBe(0)
  await cancel('done')
  expect((await detail(order)).at('data')).toMatchObject({ orderStatus: 9, orderAfterSalesStatus: 3 })
  const truth = await caller.truth(order.orderNo)
  expect(truth).toMatchObject({ status: 'closed-refunded', refundState: 'full', refundedFen: truth.paidTotalFen })
})

test('a remark is written with its mark, and kept or refused as the sheet says', async () => {
  const order = await caller.buy()
  const write = (params: object) =>
    call('order.modifySellerMarkInfo', { orderId: order.orderNo, operator: 'oms', ...params })
  expect((await write({ sellerMarkNote: '已催仓库 🚚', sellerMarkPriority: 2 })).code).toBe(0)
  expect((await detail(order)).at('data')).toMatchObject({ sellerRemark: '已催仓库 🚚', sellerRemarkFlag: 2 })
  await write({ sellerMarkNote: '' })
  expect((await detail(order)).at('data')).toMatchObject({ sellerRemarkFlag: 2 })
  expect((await detail(order)).at('data.sellerRemark')).toBeUndefined()
  expect((await write({ sellerMarkNote: '好', sellerMarkPriority: 7 })).code).toBe(-2000400)
})

test('two thousand orders are listed page by page', async () => {
  await buyMany(2000)
  await pass(minute)
  const pages = await Promise.all(
    [1, 20].map((pageNo) => list({ pageNo, pageSize: 100, startTime: second(now) - 120 })),
  )
  expect(pages[0]!.at('data')).toMatchObject({ total: 2000, maxPageNo: 20 })
  expect(pages.map((page) => idsOf(page).length)).toEqual([100, 100])
})

test('the same seed places the same orders', async () => {
  const numbers = async () => {
    await caller.control('reset', { seed: 5 })
    await caller.control('clock', { now })
    await caller.control('listings', plenty)
    return JSON.stringify(await buyMany(10))
  }
  expect(await numbers()).toBe(await numbers())
})
