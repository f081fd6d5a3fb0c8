import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Act, Counts, Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf, shelf, type Tree } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let order: Truth
const today = 1_790_000_000_000
const nowSecond = today / 1000
let clock = today

beforeAll(async () => {
  simulator = await start({ seed: 51 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  clock = today
  await caller.control('clock', { now: clock })
  await caller.control('listings', shelf)
  ;[order] = (await caller.buy({
    lines: [
      { merchantCode: 'MUG-W', quantity: 2 },
      { merchantCode: 'SCENT', quantity: 1 },
    ],
  })) as [Truth]
})
afterAll(() => simulator.close())

const passMinute = () => {
  clock += 60_000
  return caller.control('clock', { now: clock })
}
const refund = (more: Partial<Extract<Act, { kind: 'refund' }>> = {}) =>
  caller.act({ kind: 'refund', orderNos: [order.orderNo], lineNo: order.lines[0]!.lineNo, ...more })
const shipAll = () =>
  caller.act({ kind: 'ship-in-back-office', orderNos: [order.orderNo], waybillNo: 'YT1', carrierName: '圆通速递' })
const truth = () => caller.truth(order.orderNo)
const list = (body: Tree) => caller.call('aftersale/getaftersalelist', body)
const latest = async () => {
  const span = { begin_update_time: nowSecond, end_update_time: nowSecond + 86_400 }
  return (await list(span)).at<string[]>('after_sale_order_id_list').at(-1)!
}
const detail = async () =>
  (await caller.call('aftersale/getaftersaleorder', { after_sale_order_id: await latest() })).at<Tree>(
    'after_sale_order',
  )
const write = async (name: string, more: Tree = {}) =>
  (await caller.call(`aftersale/${name}`, { after_sale_order_id: await latest(), ...more })).errcode
const counters = async () => {
  const answer = await caller.call('order/get', { order_id: order.orderNo })
  const line = 'order.order_detail.product_infos.0.'
  return [
    answer.at(`${line}on_aftersale_sku_cnt`),
    answer.at(`${line}finish_aftersale_sku_cnt`),
    answer.at('order.aftersale_detail.on_aftersale_order_cnt'),
  ]
}

test('a refund before shipping is asked for, and paid when the merchant agrees', async () => {
  await refund()
  expect(await detail()).toMatchObject({
    order_id: order.orderNo,
    type: 'REFUND',
    status: 'MERCHANT_PROCESSING',
    product_info: { sku_id: order.lines[0]!.skuNo, count: 2 },
    refund_info: { amount: order.lines[0]!.paidFen },
    complete_time: 0,
    deadline: 172_800,
  })
  expect([await counters(), (await truth()).refundState]).toEqual([[2, 0, 1], 'in-progress'])
  expect(await write('acceptapply')).toBe(0)
  expect(await detail()).toMatchObject({ status: 'MERCHANT_REFUND_SUCCESS', complete_time: nowSecond })
  expect(await counters()).toEqual([0, 2, 0])
  expect(await truth()).toMatchObject({
    status: 'paid-wait-ship',
    refundState: 'partial',
    refundedFen: order.lines[0]!.paidFen,
  })
})

test('an order paid back whole is closed, freight and all', async () => {
  await caller.act({ kind: 'refund', orderNos: [order.orderNo], outcome: 'success' })
  expect(await truth()).toMatchObject({
    status: 'closed-refunded',
    refundState: 'full',
    refundedFen: order.paidTotalFen,
  })
  const answer = await caller.call('order/get', { order_id: order.orderNo })
  expect(answer.at('order.status')).toBe(200)
  expect(answer.at('order.order_detail.refund_info.refund_freight')).toBe(order.freightFen)
})

test('an amount below the price counts the pieces it pays for, one at least', async () => {
  await refund({ amountFen: 101, outcome: 'success' })
  expect([await counters(), (await truth()).refundedFen]).toEqual([[0, 1, 0], 101])
})

test('goods come back to a named address before they are paid for', async () => {
  await shipAll()
  await refund()
  expect(await detail()).toMatchObject({ type: 'RETURN' })
  expect(await write('acceptapply', { accept_type: 1 })).toBe(10021060)
  expect(await write('acceptapply', { accept_type: 1, address_id: '9' })).toBe(10021062)
  expect(await write('acceptapply', { accept_type: 1, address_id: '123456' })).toBe(0)
  expect((await truth()).lines[0]!.refundState).toBe('wait-return')
  expect(await write('acceptapply', { accept_type: 2 })).toBe(10020001)
  await refund()
  expect((await truth()).lines[0]!.refundState).toBe('wait-receive-return')
  expect(await detail()).toMatchObject({ return_info: { delivery_id: 'STO', delivery_name: '申通快递' } })
  await passMinute()
  expect(await write('acceptapply', { accept_type: 2 })).toBe(0)
  expect(await detail()).toMatchObject({ status: 'MERCHANT_RETURN_SUCCESS' })
  expect(await truth()).toMatchObject({ status: 'shipped', refundState: 'partial' })
})

test('an after-sale is written to once a minute; who is faster breaks a limit', async () => {
  await shipAll()
  await refund()
  await write('acceptapply', { accept_type: 1, address_id: '123456' })
  await refund()
  const violations = async () => (await caller.control<Counts>('counts')).violations
  const [body, before] = [{ after_sale_order_id: await latest(), accept_type: 2 }, await violations()]
  await caller.control('clock', { now: clock + 1000 })
  expect((await caller.call('aftersale/acceptapply', body)).errcode).toBe(10021059)
  expect(await violations()).toBe(before + 1)
  await passMinute()
  expect((await caller.call('aftersale/acceptapply', body)).errcode).toBe(0)
})

test('what is done is not done again', async () => {
  await refund()
  await write('acceptapply')
  expect(await write('acceptapply')).toBe(10020001)
  expect((await truth()).refundedFen).toBe(order.lines[0]!.paidFen)
})

test('a refusal needs a reason of the list, and the buyer may ask again', async () => {
  await refund()
  expect(await write('rejectapply', { reject_reason: '已发出', reject_reason_type: 99 })).toBe(40097)
  expect(await write('rejectapply', { reject_reason: '已发出', reject_reason_type: 1 })).toBe(0)
  expect(await detail()).toMatchObject({
    status: 'MERCHANT_REJECT_REFUND',
    merchant_upload_info: { reject_reason: '已发出' },
  })
  expect([(await truth()).lines[0]!.refundState, await counters()]).toEqual(['rejected', [0, 0, 0]])
  await refund()
  expect((await truth()).refundState).toBe('in-progress')
})

test('a withdrawn one leaves no trace but its own', async () => {
  await refund()
  await refund({ outcome: 'closed' })
  expect(await detail()).toMatchObject({ status: 'USER_CANCELD', details: { cancel_time: nowSecond } })
  expect(await truth()).toMatchObject({ refundState: 'none', refundedFen: 0 })
})

test('other terms hold when the buyer agrees', async () => {
  await refund()
  const terms = { type: 'REFUND', amount: 500, merchant_update_desc: '补偿 5 元' }
  expect(await write('merchantupdateaftersale', terms)).toBe(0)
  expect(await detail()).toMatchObject({
    status: 'USER_WAIT_CONFIRM_UPDATE',
    merchant_update_detail: { old_amount: order.lines[0]!.paidFen, new_amount: 500 },
  })
  await refund()
  expect((await truth()).refundedFen).toBe(500)
})

test('a piece is exchanged without money', async () => {
  await shipAll()
  await caller.control('happen', { kind: 'exchange', orderNos: [order.orderNo], merchantCode: 'MUG-G' })
  expect(await detail()).toMatchObject({ type: 'EXCHANGE', exchange_product_info: { new_sku_code: 'MUG-G' } })
  await write('acceptapply', { accept_type: 1, address_id: '123456' })
  await refund()
  await passMinute()
  expect(await write('acceptexchangereship', { waybill_id: 'SF9', delivery_id: 'XX' })).toBe(40097)
  expect(await write('acceptexchangereship', { waybill_id: 'SF9', delivery_id: 'SF' })).toBe(0)
  expect(await detail()).toMatchObject({ status: 'USER_WAIT_RECEIPT', exchange_delivery_info: { waybill_id: 'SF9' } })
  await refund()
  expect(await detail()).toMatchObject({ status: 'MERCHANT_EXCHANGE_SUCCESS' })
  expect((await truth()).refundedFen).toBe(0)
})

test('the merchant opens one, and the same request is the same one', async () => {
  const asked = {
    request_id: 'r-1',
    order_id: order.orderNo,
    product_id: order.lines[0]!.itemNo,
    sku_id: order.lines[0]!.skuNo,
    count: 1,
    amount: 300,
    reason: '缺货',
    type: 'REFUND',
  }
  const generate = (more: Tree = {}) => caller.call('aftersale/genaftersaleorder', { ...asked, ...more })
  const first = (await generate()).at('after_sale_order_id')
  expect((await generate()).at('after_sale_order_id')).toBe(first)
  expect((await generate({ request_id: 'r-2', count: 2 })).errcode).toBe(10021041)
  expect(await detail()).toMatchObject({ status: 'USER_WAIT_HANDLE_MERCHANT_AFTER_SALE', product_info: { count: 1 } })
  await refund()
  expect((await truth()).refundedFen).toBe(300)
})

test.each([
  { body: {}, errcode: 10020004, violations: 0 },
  { body: { begin_update_time: 1, end_update_time: 86_402 }, errcode: 10020004, violations: 1 },
  { body: { begin_create_time: 9, end_create_time: 1 }, errcode: 10020004, violations: 0 },
])('a list of $body is refused', async ({ body, errcode, violations }) => {
  expect((await list(body)).errcode).toBe(errcode)
  expect((await caller.control<Counts>('counts')).violations).toBe(violations)
})

test('an unknown number is not found, a missing one is bad', async () => {
  const get = async (body: Tree) => (await caller.call('aftersale/getaftersaleorder', body)).errcode
  expect(await get({ after_sale_order_id: '9999999999999999' })).toBe(10021050)
  expect(await get({})).toBe(10020000)
})

test('lists come in pages', async () => {
  const orders = await caller.buy({ count: 60, seed: 6, lines: [{ merchantCode: 'SCENT', quantity: 1 }] })
  await caller.act({ kind: 'refund', orderNos: orders.map(({ orderNo }) => orderNo) })
  const span = { begin_create_time: nowSecond, end_create_time: nowSecond }
  const first = await list(span)
  const second = await list({ ...span, next_key: first.at('next_key') })
  expect([first.at('has_more'), second.at('has_more')]).toEqual([true, false])
  const ids = [first, second].flatMap((page) => page.at<string[]>('after_sale_order_id_list'))
  expect(new Set(ids).size).toBe(60)
})

test.each([
  ['PLATFORM_REFUNDING', 'wait-receive-return', 'in-progress'],
  ['PLATFORM_REFUND_FAIL', 'requested', 'in-progress'],
  ['WAIT_PACKAGE_INTERCEPT', 'requested', 'in-progress'],
  ['MERCHANT_REJECT_RETURN', 'rejected', 'none'],
  ['RETURN_CLOSED', 'closed', 'none'],
  ['MERCHANT_RETURN_SUCCESS', 'success', 'partial'],
])('the raw status %s is %s', async (status, refundState, whole) => {
  await refund()
  await caller.control('happen', { kind: 'aftersale-status', orderNos: [order.orderNo], status })
  const after = await truth()
  expect([after.lines[0]!.refundState, after.refundState]).toEqual([refundState, whole])
  expect((await detail()).status).toBe(status)
})

test('proof of another payment is taken where a payout failed', async () => {
  await refund()
  const proof = { refund_certificates: ['media-1'], desc: '已转账' }
  expect(await write('uploadrefundcertificate', proof)).toBe(10020001)
  await caller.control('happen', {
    kind: 'aftersale-status',
    orderNos: [order.orderNo],
    status: 'PLATFORM_REFUND_FAIL',
  })
  expect(await detail()).toMatchObject({ refund_resp: { code: 'NOTENOUGH' } })
  expect(await write('uploadrefundcertificate', proof)).toBe(0)
  expect(await detail()).toMatchObject({ merchant_upload_info: { refund_certificates: ['media-1'] } })
})
