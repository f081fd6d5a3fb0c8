import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Truth } from '../../simulator.ts'
import { openStage, type Stage, today, twoKinds } from './stage.ts'
import { timeText } from './text.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const prefix = 'jingdong.pop.afs.soa.refundapply'
const askBack = ({ orderNo }: Truth, more: object = {}) =>
  stage.control('act', { kind: 'refund', orderNos: [orderNo], ...more })
const page = (params: object = {}) => stage.call(`${prefix}.queryPageList`, params)
const reply = (id: unknown, status: number, more: object = {}) =>
  stage.call(`${prefix}.replyRefund`, { id, status, checkUserName: '客服', remark: '好', outWareStatus: 2, ...more })
const state = async ({ orderNo }: Truth) => (await stage.order(orderNo)).at('orderDetailInfo.orderInfo.orderState')

async function onlyRow() {
  const [row] = (await page()).rows('queryResult.result')
  return row!
}

test('an application locks the order; agreed to in full, the money goes back and the order is over', async () => {
  const order = await stage.buyOne({ lines: twoKinds })
  await askBack(order)
  expect(await state(order)).toBe('LOCKED')
  expect(await stage.truth(order.orderNo)).toMatchObject({ status: 'on-hold', refundState: 'in-progress' })
  const row = await onlyRow()
  expect(['status', 'applyRefundSum', 'partRefundType', 'checkTime'].map((name) => row.at(name))).toEqual([
    0,
    order.paidTotalFen,
    0,
    undefined,
  ])
  expect((await reply(row.at('id'), 1)).error).toBe('')
  expect((await onlyRow()).at('status')).toBe(3)
  expect(await state(order)).toBe('TRADE_CANCELED')
  const after = await stage.truth(order.orderNo)
  expect(after).toMatchObject({ status: 'closed-refunded', refundState: 'full', refundedFen: order.paidTotalFen })
  expect(after.lines.map(({ refundedFen }) => refundedFen)).toEqual(order.lines.map(({ paidFen }) => paidFen))
  expect((await reply(row.at('id'), 1)).error).toContain('已审核')
})

test('a part of the money leaves the order waiting as before', async () => {
  const order = await stage.buyOne({ lines: twoKinds })
  await askBack(order, { lineNo: order.lines[0]!.lineNo, amountFen: 1_234 })
  const row = await onlyRow()
  expect([row.at('applyRefundSum'), row.at('partRefundType')]).toEqual([1_234, 1])
  await reply(row.at('id'), 1)
  expect(await state(order)).toBe('WAIT_SELLER_STOCK_OUT')
  const after = await stage.truth(order.orderNo)
  expect(after).toMatchObject({ refundState: 'partial', refundedFen: 1_234, paidTotalFen: order.paidTotalFen })
  expect(after.lines.map(({ refundState }) => refundState)).toEqual(['success', 'none'])
})

test('refused or withdrawn, the order waits again', async () => {
  const [one, two] = (await stage.buy({ count: 2 })) as [Truth, Truth]
  await askBack(one)
  const id = (await onlyRow()).at('id')
  expect((await reply(id, 2)).error).toContain('rejectType')
  expect((await reply(id, 2, { rejectType: 1 })).error).toBe('')
  await askBack(two, { outcome: 'closed' })
  expect([await state(one), await state(two)]).toEqual(['WAIT_SELLER_STOCK_OUT', 'WAIT_SELLER_STOCK_OUT'])
  const words = async ({ orderNo }: Truth) => (await stage.truth(orderNo)).lines[0]!.refundState
  expect([await words(one), await words(two)]).toEqual(['rejected', 'closed'])
  expect((await page({ status: 11 })).rows('queryResult.result')).toHaveLength(1)
})

test('slow finance: agreed first, paid later', async () => {
  await stage.control('settings', { financeIsSlow: true })
  const order = await stage.buyOne()
  await askBack(order)
  const refundNo = (await onlyRow()).at('id')
  await reply(refundNo, 1)
  expect([(await onlyRow()).at('status'), await state(order)]).toEqual([1, 'LOCKED'])
  expect((await stage.truth(order.orderNo)).refundedFen).toBe(0)
  await stage.control('refund', { refundNo, status: 3 })
  expect((await stage.truth(order.orderNo)).refundState).toBe('full')
})

test.each([
  { status: 4, word: 'rejected', refundState: 'none' },
  { status: 5, word: 'agreed', refundState: 'in-progress' },
  { status: 6, word: 'agreed', refundState: 'in-progress' },
  { status: 7, word: 'agreed', refundState: 'in-progress' },
  { status: 8, word: 'rejected', refundState: 'none' },
  { status: 9, word: 'success', refundState: 'full' },
  { status: 10, word: 'requested', refundState: 'in-progress' },
])('status $status means $word', async ({ status, word, refundState }) => {
  const order = await stage.buyOne({ lines: [{ merchantCode: 'SCENT', quantity: 1 }] })
  await askBack(order)
  await stage.control('refund', { refundNo: (await onlyRow()).at('id'), status })
  expect(await stage.truth(order.orderNo)).toMatchObject({ refundState, lines: [{ refundState: word }] })
})

test('applications are found by both their times, latest first, page by page', async () => {
  const orders = await stage.buy({ count: 5 })
  for (const order of orders) {
    await askBack(order)
    await stage.pass(1000)
  }
  const span = { applyTimeStart: timeText(today + 1000), applyTimeEnd: timeText(today + 3000) }
  const first = await page({ ...span, pageSize: '2', pageIndex: '1' })
  const second = await page({ ...span, pageSize: 2, pageIndex: 2 })
  expect(first.at('queryResult.totalCount')).toBe(3)
  const seen = [first, second].flatMap((each) => each.rows('queryResult.result').map((row) => row.at('orderId')))
  expect(seen).toEqual([3, 2, 1].map((place) => orders[place]!.orderNo))

  const checked = { checkTimeStart: timeText(stage.now()), checkTimeEnd: timeText(stage.now()) }
  expect((await page(checked)).at('queryResult.totalCount')).toBe(0)
  await reply((await page({ orderId: orders[0]!.orderNo })).at('queryResult.result.0.id'), 1)
  expect((await page(checked)).at('queryResult.result.0.orderId')).toBe(orders[0]!.orderNo)
  const { at } = await stage.call(`${prefix}.queryById`, { id: 99_999_999_999 })
  expect(at('queryResult.result')).toEqual([])
})

test.each([{ pageIndex: 101 }, { pageSize: 51 }, { pageIndex: 0 }])('refuses %o', async (params) => {
  expect((await page(params)).error).toContain('超出范围')
})

test('money is written in fen with a decimal', async () => {
  await askBack(await stage.buyOne())
  expect((await stage.text(`${prefix}.queryPageList`)).text).toMatch(/"applyRefundSum":\d+\.0,/)
})

test('an unpaid order has nothing to give back, and one application excludes another', async () => {
  const open = await stage.buyOne({ pay: 'unpaid' })
  expect(await askBack(open)).toEqual({ changed: [] })
  const paid = await stage.buyOne()
  expect(await askBack(paid)).toEqual({ changed: [paid.orderNo] })
  expect(await askBack(paid)).toEqual({ changed: [] })
})

const who = { buId: '10915001', operatePin: '统单', operateNick: '统单' }

async function shippedOrder() {
  const order = await stage.buyOne({ lines: twoKinds })
  const ship = { kind: 'ship-in-back-office', orderNos: [order.orderNo], waybillNo: 'YT1', carrierName: '圆通速递' }
  await stage.control('act', ship)
  return order
}

test('after shipping it is a service order of a line, which moves on until the money is back', async () => {
  const order = await shippedOrder()
  const { lineNo, paidFen } = order.lines[0]!
  const statuses: unknown[] = []
  const step = async (outcome?: string) => {
    await askBack(order, { lineNo, ...(outcome === undefined ? {} : { outcome }) })
    const list = await stage.call('jingdong.asc.query.list', { ...who, orderId: order.orderNo })
    const [row] = list.rows('pageResult.data')
    statuses.push([row!.at('serviceStatus'), (await stage.truth(order.orderNo)).lines[0]!.refundState])
    return row!
  }
  await step()
  await step()
  await step()
  const row = await step('success')
  expect(statuses).toEqual([
    [10_001, 'requested'],
    [10_005, 'wait-return'],
    [10_007, 'wait-receive-return'],
    [10_010, 'success'],
  ])
  expect([row.at('customerExpect'), row.at('processResult'), row.at('skuId')]).toEqual([10, 70, Number(lineNo)])
  expect(await stage.truth(order.orderNo)).toMatchObject({ status: 'shipped', refundedFen: paidFen })

  const view = await stage.call('jingdong.asc.serviceAndRefund.view', { order_id: order.orderNo, pageSize: 50 })
  expect(view.at('pageResult.data')).toMatchObject([{ refoundAmount: paidFen / 100, status: 13 }])
})

test('a service order may be refused or given up, and then nothing comes back', async () => {
  const order = await shippedOrder()
  const [first, second] = order.lines
  await askBack(order, { lineNo: first!.lineNo, amountFen: 100 })
  const list = await stage.call('jingdong.asc.query.list', who)
  const serviceNo = list.at('pageResult.data.0.serviceId')
  expect(list.at('pageResult.data.0.customerExpect')).toBe(11)
  await stage.control('service', { serviceNo, status: 10_004 })
  await askBack(order, { lineNo: second!.lineNo, outcome: 'closed' })
  expect(await stage.truth(order.orderNo)).toMatchObject({
    refundState: 'none',
    refundedFen: 0,
    lines: [{ refundState: 'rejected' }, { refundState: 'closed' }],
  })
})

test.each([
  { what: 'no operator', params: { ...who, operatePin: '' }, error: 'operatePin' },
  { what: 'another seller', params: { ...who, buId: '1' }, error: 'buId' },
])('the list of service orders refuses $what', async ({ params, error }) => {
  expect((await stage.call('jingdong.asc.query.list', params)).error).toContain(error)
})

test.each([
  { name: 'applyTime', days: 7 },
  { name: 'approveTime', days: 10 },
])('the view of refunds takes $days days of $name and no more', async ({ name, days }) => {
  const ask = (ms: number) =>
    stage.call('jingdong.asc.serviceAndRefund.view', {
      [`${name}Begin`]: timeText(today - ms),
      [`${name}End`]: timeText(today),
    })
  expect((await ask(days * 86_400_000)).error).toBe('')
  expect((await ask(days * 86_400_000 + 1000)).error).toContain('时间跨度')
})
