import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ListingSeed, Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, type Params } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await start({ seed: 51 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('settings', { moneyStyle: 'observed' })
  await caller.control('listings', listings)
})
afterAll(() => simulator.close())

const listings: readonly ListingSeed[] = [
  {
    merchantCode: 'MUG-W',
    title: '粗陶马克杯',
    specification: '颜色:米白',
    product: '马克杯',
    priceFen: 4900,
    quantity: 500,
  },
  { merchantCode: 'SCENT', title: '无火香薰', specification: '', product: '香薰', priceFen: 6880, quantity: 500 },
]
const both = [
  { merchantCode: 'MUG-W', quantity: 2 },
  { merchantCode: 'SCENT', quantity: 1 },
]
const fields =
  'refund_id,tid,oid,status,order_status,good_status,refund_fee,payment,total_fee,refund_phase,refund_version,dispute_type,sid'

async function buy(wish: object = {}): Promise<Truth> {
  return (await caller.control<{ orders: Truth[] }>('buy', { count: 1, lines: both, ...wish })).orders[0]!
}
const ask = (order: Truth, wish: object = {}) =>
  caller.control('act', { kind: 'refund', orderNos: [order.orderNo], ...wish })
const shipAll = (orderNo: string) =>
  caller.call('taobao.logistics.offline.send', {
    tid: orderNo,
    out_sid: `758${orderNo.slice(2, 14)}`,
    company_code: 'ZTO',
  })
const list = async (params: Params = {}) =>
  (await caller.call('taobao.refunds.receive.get', { fields, ...params })).rows('refunds.refund')
const newest = async () => (await list())[0]!
const row = (refund: Answer) => ['refund_id', 'refund_version', 'refund_phase'].map((name) => String(refund.at(name)))
const agree = (refund: Answer, fen: number) => {
  const [id, version, phase] = row(refund)
  return caller.call('taobao.rp.refunds.agree', { refund_infos: `${id}|${fen}|${version}|${phase}` })
}
const lineOf = async (order: Truth, place: number) =>
  (await caller.call('taobao.trade.fullinfo.get', { tid: order.orderNo, fields: 'payment,status,orders' })).at(
    `trade.orders.order.${place}`,
  )

test('a part of a line refunded lowers order.payment alone', async () => {
  const order = await buy()
  const line = order.lines[0]!
  const before = await lineOf(order, 0)
  await ask(order, { lineNo: line.lineNo, amountFen: 288, outcome: 'success' })
  const after = await lineOf(order, 0)
  const fen = (value: unknown, name: string) => Math.round(Number((value as Record<string, string>)[name]) * 100)
  expect(fen(after, 'payment')).toBe(line.paidFen - 288)
  expect(fen(after, 'divide_order_fee')).toBe(fen(before, 'divide_order_fee'))
  const trade = await caller.call('taobao.trade.fullinfo.get', { tid: order.orderNo, fields: 'payment,status' })
  expect([fen(trade.at('trade'), 'payment'), trade.at('trade.status')]).toEqual([
    order.paidTotalFen,
    'WAIT_SELLER_SEND_GOODS',
  ])
  expect(await caller.truth(order.orderNo)).toMatchObject({
    refundState: 'partial',
    refundedFen: 288,
    paidTotalFen: order.paidTotalFen,
  })
})

test('a line wholly refunded is closed, and with the last line the order', async () => {
  const order = await buy()
  await ask(order, { lineNo: order.lines[0]!.lineNo, outcome: 'success' })
  expect(await lineOf(order, 0)).toMatchObject({ status: 'TRADE_CLOSED', refund_status: 'SUCCESS', payment: '0.00' })
  expect(await caller.truth(order.orderNo)).toMatchObject({ status: 'paid-wait-ship', refundState: 'partial' })
  await ask(order, { lineNo: order.lines[1]!.lineNo, outcome: 'success' })
  expect(await caller.truth(order.orderNo)).toMatchObject({
    status: 'closed-refunded',
    refundState: 'full',
    refundedFen: order.paidTotalFen,
  })
})

test('all of an order refunded before shipping gives the freight back as well', async () => {
  const orders = (await caller.control<{ orders: Truth[] }>('buy', { count: 12, lines: both })).orders
  const order = orders.find(({ freightFen }) => freightFen > 0)!
  await ask(order, { outcome: 'success' })
  expect((await caller.truth(order.orderNo)).refundedFen).toBe(order.paidTotalFen)
})

test('after shipping the freight stays with the seller', async () => {
  const orders = (await caller.control<{ orders: Truth[] }>('buy', { count: 12, lines: both })).orders
  const order = orders.find(({ freightFen }) => freightFen > 0)!
  await shipAll(order.orderNo)
  await ask(order, { outcome: 'success' })
  expect((await caller.truth(order.orderNo)).refundedFen).toBe(order.paidTotalFen - order.freightFen)
})

test('before shipping: asked, agreed, paid back', async () => {
  const order = await buy()
  await ask(order, { lineNo: order.lines[1]!.lineNo })
  const refund = await newest()
  expect(refund.at('dispute_type')).toBe('REFUND')
  expect(await caller.truth(order.orderNo)).toMatchObject({ refundState: 'in-progress', refundedFen: 0 })
  const answer = await agree(refund, order.lines[1]!.paidFen)
  expect([answer.at('succ'), answer.at('msg_code')]).toEqual([true, 'OP_SUCC'])
  expect((await newest()).at('status')).toBe('SUCCESS')
})

test('after shipping: asked, agreed to the return, sent back, paid back', async () => {
  const order = await buy()
  await shipAll(order.orderNo)
  const lineNo = order.lines[0]!.lineNo
  await ask(order, { lineNo })
  const refund = await newest()
  expect([refund.at('dispute_type'), refund.at('good_status')]).toEqual(['REFUND_AND_RETURN', 'BUYER_RECEIVED'])
  const tooEarly = await agree(refund, order.lines[0]!.paidFen)
  expect([tooEarly.at('succ'), tooEarly.at('results.refund_mapping_result.0.message')]).toEqual([
    false,
    '退款单状态已变更',
  ])

  const [refund_id = '', refund_version = '', refund_phase = ''] = row(refund)
  const common = { refund_id, refund_version, refund_phase }
  expect((await caller.call('taobao.rp.returngoods.agree', common)).error).toBe('40')
  const agreed = await caller.call('taobao.rp.returngoods.agree', {
    ...common,
    remark: '请寄回',
    seller_address_id: '1',
  })
  expect(agreed.at('is_success')).toBe(true)
  await ask(order, { lineNo })
  expect((await newest()).at('status')).toBe('WAIT_SELLER_CONFIRM_GOODS')
  expect((await newest()).at('sid')).toMatch(/^YT/)
  expect((await agree(await newest(), order.lines[0]!.paidFen)).at('succ')).toBe(true)
  expect((await caller.truth(order.orderNo)).lines[0]).toMatchObject({ refundState: 'success' })
})

test('some of several can be agreed to', async () => {
  const [one, two] = [await buy(), await buy()]
  await ask(one, { lineNo: one.lines[1]!.lineNo })
  await ask(two, { lineNo: two.lines[1]!.lineNo })
  const infos = (await list()).map((refund, place) => {
    const [id, version, phase] = row(refund)
    const fen = Math.round(Number(refund.at('refund_fee')) * 100) + place
    return `${id}|${fen}|${version}|${phase}`
  })
  const answer = await caller.call('taobao.rp.refunds.agree', { refund_infos: infos.join(',') })
  expect([answer.at('succ'), answer.at('msg_code')]).toEqual([true, 'SOME_OP_SUCC'])
  expect(answer.rows('results.refund_mapping_result').map((result) => result.at('succ'))).toEqual([true, false])
})

test('a main account may not agree to refunds', async () => {
  const order = await buy()
  await ask(order, { lineNo: order.lines[0]!.lineNo })
  await caller.control('settings', { subAccount: false })
  const { credentials } = await caller.control<{ credentials: Record<string, string> }>('authorise', {})
  const main = callerOf(simulator.about.address, credentials)
  const [id, version, phase] = row(await newest())
  expect((await main.call('taobao.rp.refunds.agree', { refund_infos: `${id}|1|${version}|${phase}` })).error).toMatch(
    /^12 /,
  )
})

test('a refusal needs its proof as a file, and the buyer may ask again', async () => {
  const order = await buy()
  const lineNo = order.lines[0]!.lineNo
  await ask(order, { lineNo })
  const refund_id = String((await newest()).at('refund_id'))
  const params = { refund_id, refuse_message: '已按约定发货，不同意退款' }
  const file = { name: 'refuse_proof', bytes: 'jpeg' }
  expect((await caller.call('taobao.refund.refuse', params)).error).toBe('40')
  expect((await caller.call('taobao.refund.refuse', { ...params, refuse_message: '不' }, { file })).error).toBe('41')
  const answer = await caller.call('taobao.refund.refuse', params, { file })
  expect([answer.at('is_success'), answer.at('refund.status')]).toEqual([true, 'SELLER_REFUSE_BUYER'])
  expect((await caller.truth(order.orderNo)).lines[0]!.refundState).toBe('rejected')

  await ask(order, { lineNo, amountFen: 100 })
  expect([(await newest()).at('status'), (await newest()).at('refund_fee')]).toEqual(['WAIT_SELLER_AGREE', '1.00'])
})

test.each([
  { status: 'SUCCESS', shipped: false, success: true, refundState: 'success' },
  { status: 'FAIL', shipped: false, success: true, refundState: 'requested' },
  { status: 'SUCCESS', shipped: true, success: false, refundState: 'requested' },
])(
  'told $status about goods that are shipped: $shipped, AG leaves the refund $refundState',
  async ({ status, shipped, success, refundState }) => {
    const order = await buy()
    await ask(order, { lineNo: order.lines[1]!.lineNo })
    if (shipped) await shipAll(order.orderNo)
    const param = JSON.stringify({ refund_id: String((await newest()).at('refund_id')), tid: order.orderNo, status })
    const answer = await caller.call('taobao.rdc.aligenius.sendgoods.cancel', { param })
    expect(answer.at('result.success')).toBe(success)
    expect((await caller.truth(order.orderNo)).lines[1]!.refundState).toBe(refundState)
  },
)

test('an answer to a refund that has changed meanwhile is refused', async () => {
  const order = await buy()
  const lineNo = order.lines[0]!.lineNo
  await ask(order, { lineNo })
  const old = await newest()
  await ask(order, { lineNo, amountFen: 100 })
  expect((await agree(old, 100)).at('succ')).toBe(false)
  await ask(order, { lineNo, outcome: 'closed' })
  expect((await agree(await newest(), 100)).at('succ')).toBe(false)
  expect((await caller.truth(order.orderNo)).refundState).toBe('none')
})

test('the list of refunds runs by change and can be narrowed to a status', async () => {
  const [one, two] = [await buy(), await buy()]
  await ask(one, { outcome: 'success' })
  await ask(two)
  expect((await list({ status: 'SUCCESS' })).every((refund) => refund.at('tid') === one.orderNo)).toBe(true)
  expect((await list()).map((refund) => refund.at('status'))).toEqual([
    'WAIT_SELLER_AGREE',
    'WAIT_SELLER_AGREE',
    'SUCCESS',
    'SUCCESS',
  ])
  const detail = await caller.call('taobao.refund.get', {
    fields: `${fields},refund_remind_timeout`,
    refund_id: String((await newest()).at('refund_id')),
  })
  expect(detail.at('refund.refund_remind_timeout.exist_timeout')).toBe(true)
})

test('an open refund keeps the buyer from confirming', async () => {
  const order = await buy()
  await shipAll(order.orderNo)
  await ask(order, { lineNo: order.lines[0]!.lineNo })
  expect(await caller.control('act', { kind: 'finish', orderNos: [order.orderNo] })).toEqual({ changed: [] })
})
