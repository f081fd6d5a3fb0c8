import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Counts, Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, shelf, type Tree } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
const today = 1_790_000_000_000
const nowSecond = today / 1000
const hour = 3600

beforeAll(async () => {
  simulator = await start({ seed: 21 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('clock', { now: today })
  await caller.control('listings', shelf)
})
afterAll(() => simulator.close())

const turnClock = (seconds: number) => caller.control('clock', { now: today + seconds * 1000 })
const range = (from: number, to: number) => ({ start_time: nowSecond + from, end_time: nowSecond + to })
const list = (more: Tree = {}) => caller.call('order/list/get', { update_time_range: range(-hour, hour), ...more })
const ids = (answer: Answer) => answer.at<string[]>('order_id_list')
const detail = async (orderNo: string) => (await caller.call('order/get', { order_id: orderNo })).at<Tree>('order')

test('a list of nothing is an empty list', async () => {
  expect([ids(await list()), (await list()).at('has_more')]).toEqual([[], false])
})

test('pages come by the time of the last change, each order once', async () => {
  const bought: string[] = []
  for (let turn = 0; turn < 7; turn += 1) {
    await turnClock(turn)
    bought.push(...(await caller.buy({ seed: turn })).map(({ orderNo }) => orderNo))
  }
  await turnClock(20)
  await caller.act({ kind: 'note', orderNos: [bought[1]!], note: '晚点发' })
  const seen: string[] = []
  let key = ''
  for (let hasMore = true; hasMore; ) {
    const page = await list({ page_size: 3, next_key: key })
    seen.push(...ids(page))
    key = page.at('next_key')
    hasMore = page.at('has_more')
  }
  expect(seen).toEqual([...bought.filter((no) => no !== bought[1]), bought[1]])
})

test('orders of one second have a place as well, and both ends of a range belong to it', async () => {
  const orders = await caller.buy({ count: 25 })
  const at = { update_time_range: range(0, 0), page_size: 10 }
  const first = await caller.call('order/list/get', at)
  const second = await caller.call('order/list/get', { ...at, next_key: first.at('next_key') })
  const third = await caller.call('order/list/get', { ...at, next_key: second.at('next_key') })
  expect([first, second, third].flatMap(ids)).toEqual(orders.map(({ orderNo }) => orderNo))
  expect(ids(await caller.call('order/list/get', { update_time_range: range(1, 9) }))).toEqual([])
})

test('a cursor holds for the same request alone', async () => {
  await caller.buy({ count: 5 })
  const next_key = (await list({ page_size: 2 })).at('next_key')
  expect((await list({ page_size: 2, next_key })).errcode).toBe(0)
  expect((await list({ page_size: 3, next_key })).errcode).toBe(606006)
  expect((await list({ page_size: 2, status: 20, next_key })).errcode).toBe(606006)
  expect((await list({ next_key: 'nonsense' })).errcode).toBe(606006)
})

test.each([
  { body: { page_size: 101 }, violations: 1 },
  { body: { update_time_range: range(-8 * 86_400, 0) }, violations: 1 },
  { body: { create_time_range: range(-8 * 86_400, 0) }, violations: 1 },
  { body: { update_time_range: range(9, 0) }, violations: 0 },
  { body: { update_time_range: null }, violations: 0 },
  { body: { page_size: 0 }, violations: 0 },
  { body: { page_size: '20' }, violations: 0 },
  { body: { status: '20' }, violations: 0 },
])('a list with $body is refused', async ({ body, violations }) => {
  expect((await list(body)).errcode).toBe(40097)
  expect((await caller.control<Counts>('counts')).violations).toBe(violations)
})

test('a list is narrowed by status, buyer and creation', async () => {
  const [paid] = await caller.buy()
  await turnClock(100)
  const [open] = await caller.buy({ pay: 'unpaid', seed: 2 })
  await caller.act({ kind: 'note', orderNos: [paid!.orderNo], note: '催' })
  expect(ids(await list({ status: 10 }))).toEqual([open!.orderNo])
  expect(ids(await list({ openid: (await detail(paid!.orderNo)).openid }))).toEqual([paid!.orderNo])
  expect(ids(await list({ create_time_range: range(0, 50) }))).toEqual([paid!.orderNo])
  const byCreation = await caller.call('order/list/get', { create_time_range: range(0, 200) })
  expect(ids(byCreation)).toEqual([paid!.orderNo, open!.orderNo])
})

test('a search looks into the order, and its list has one of two names', async () => {
  const buyer = {
    name: '林小满',
    phone: '13800001234',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: '虚构路1号',
  }
  const [mine] = await caller.buy({ buyer, note: '包好', lines: [{ merchantCode: 'SCENT', quantity: 1 }] })
  await caller.buy({ count: 4, seed: 8 })
  const search = async (search_condition: Tree) =>
    (await caller.call('order/search', { search_condition })).at('orders')
  expect(await search({ user_name: '林小满', tel_number_last4: '1234' })).toEqual([mine!.orderNo])
  expect(await search({ customer_notes: '包好', sku_code: 'MUG-W' })).toEqual([])
  await caller.control('settings', { searchField: 'order_id_list' })
  const answer = await caller.call('order/search', { search_condition: { title: '香薰', order_id: mine!.orderNo } })
  expect(answer.at('order_id_list')).toEqual([mine!.orderNo])
  expect((await caller.call('order/search', { status: 20, on_aftersale_order_exist: 1 })).at('order_id_list')).toEqual(
    [],
  )
})

interface WireLine {
  readonly product_unique_id: string
  readonly sku_cnt: number
  readonly sale_price: number
  readonly real_price: number
  readonly estimate_price?: number
  readonly change_price?: number
  readonly is_discounted: boolean | null
  readonly is_free_gift?: number | boolean
}
type Prices = Readonly<Record<string, number | null | undefined>>

/** Every relation of wechat-shop.md 7. */
function checkMoney(order: Tree, truth: Truth): void {
  const { price_info, product_infos, pay_info } = order.order_detail as {
    price_info: Prices
    product_infos: WireLine[]
    pay_info: Tree
  }
  const of = (name: string) => price_info[name] ?? 0
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
  const others = ['finder', 'cash_coupon', 'limited_discount', 'bulkbuy', 'vip'].map((kind) =>
    of(`${kind}_discounted_price`),
  )
  const freight = price_info.is_change_freight ? of('change_freight') : of('freight')
  expect(of('product_price')).toBe(sum(product_infos.map((line) => line.sale_price * line.sku_cnt)))
  expect(of('original_order_price')).toBe(of('product_price') + of('freight'))
  expect(sum(product_infos.map((line) => line.real_price)) + freight).toBe(of('order_price'))
  const down = of('discounted_price') + of('deduction_price') + of('change_down_price')
  expect(of('original_order_price') - down - sum(others)).toBe(of('order_price'))
  expect(of('merchant_receieve_price')).toBe(of('original_order_price') - down)
  expect(of('discounted_price')).toBe(of('merchant_discounted_price'))
  for (const line of product_infos) {
    expect(line.real_price).toBe(
      Math.min(line.estimate_price ?? line.real_price, line.change_price ?? Number.POSITIVE_INFINITY),
    )
    expect(line.real_price > 0).toBe(!line.is_free_gift)
    expect(line.estimate_price !== undefined).toBe(line.is_discounted === true)
  }
  const isPaid = pay_info.pay_time !== undefined
  expect(truth.paidTotalFen).toBe(isPaid ? of('order_price') : 0)
  expect(truth.freightFen).toBe(isPaid ? freight : 0)
  expect(truth.lines.map(({ lineNo, paidFen, quantity, isGift }) => [lineNo, paidFen, quantity, isGift])).toEqual(
    product_infos.map((line) => [
      line.product_unique_id,
      isPaid ? line.real_price : 0,
      line.sku_cnt,
      Boolean(line.is_free_gift),
    ]),
  )
}

test('money adds up to the fen in every order, and is what is true', async () => {
  const truths = [
    ...(await caller.buy({ count: 150, seed: 3 })),
    ...(await caller.buy({ count: 20, seed: 4, pay: 'unpaid' })),
  ]
  for (const truth of truths) checkMoney(await detail(truth.orderNo), truth)
  const all = JSON.stringify(await Promise.all(truths.map(({ orderNo }) => detail(orderNo))))
  for (const word of ['finder_d', 'cash_coupon_d', 'vip_d', 'deduction_price', 'change_freight', 'is_free_gift":1']) {
    expect(all).toContain(word)
  }
})

/** Names and kinds of fields in the sheet's samples of an order, those that every order has. */
const shape = {
  order_id: 'string',
  openid: 'string',
  status: 'number',
  create_time: 'number',
  update_time: 'number',
  'order_detail.product_infos.0.product_id': 'string',
  'order_detail.product_infos.0.sku_id': 'string',
  'order_detail.product_infos.0.sku_cnt': 'number',
  'order_detail.product_infos.0.on_aftersale_sku_cnt': 'number',
  'order_detail.product_infos.0.finish_aftersale_sku_cnt': 'number',
  'order_detail.product_infos.0.title': 'string',
  'order_detail.product_infos.0.sku_code': 'string',
  'order_detail.product_infos.0.sku_deliver_info.stock_type': 'number',
  'order_detail.product_infos.0.extra_service.seven_day_return': 'number',
  'order_detail.product_infos.0.use_deduction': 'boolean',
  'order_detail.product_infos.0.product_unique_id': 'string',
  'order_detail.pay_info.prepay_id': 'string',
  'order_detail.pay_info.transaction_id': 'string',
  'order_detail.pay_info.pay_time': 'number',
  'order_detail.pay_info.payment_method': 'number',
  'order_detail.delivery_info.address_info.user_name': 'string',
  'order_detail.delivery_info.address_info.county_name': 'string',
  'order_detail.delivery_info.address_info.use_tel_number': 'number',
  'order_detail.delivery_info.address_info.hash_code': 'string',
  'order_detail.delivery_info.ship_done_time': 'number',
  'order_detail.delivery_info.ewaybill_order_code': 'string',
  'order_detail.ext_info.customer_notes': 'string',
  'order_detail.ext_info.order_scene': 'number',
  'order_detail.settle_info.predict_commission_fee': 'number',
  'order_detail.refund_info.refund_freight': 'number',
  'aftersale_detail.on_aftersale_order_cnt': 'number',
  is_present: 'boolean',
}

test('an order has the fields of the samples, in their kinds', async () => {
  const [bought] = await caller.buy()
  const answer = await caller.call('order/get', { order_id: bought!.orderNo })
  const kinds = Object.keys(shape).map((path) => [path, typeof answer.at(`order.${path}`)])
  expect(Object.fromEntries(kinds)).toEqual(shape)
  expect(bought!.orderNo).toMatch(/^\d{19}$/)
})

test('an unpaid order has only what comes before a payment', async () => {
  const [open] = await caller.buy({ pay: 'unpaid' })
  const order = (await detail(open!.orderNo)) as { order_detail: { pay_info: Tree }; status: number }
  expect(Object.keys(order.order_detail.pay_info)).toEqual(['prepay_id', 'prepay_time'])
  expect(order.status).toBe(10)
})

test('prizes and points cost nothing in cash', async () => {
  await caller.control('settings', { prizeShare: 1 })
  const [prize] = await caller.buy()
  expect(prize).toMatchObject({ paidTotalFen: 0, freightFen: 0 })
  const order = await caller.call('order/get', { order_id: prize!.orderNo })
  expect([3, 4]).toContain(order.at('order.order_detail.pay_info.payment_method'))
  expect(order.at('order.order_detail.price_info.order_price')).toBeGreaterThan(0)
})

test('a presale paid in full says when it ships; a deposit is not known', async () => {
  await caller.control('settings', { presaleShare: 1 })
  const [bought] = await caller.buy()
  const order = await caller.call('order/get', { order_id: bought!.orderNo })
  expect(order.at('order.order_detail.product_infos.0.sku_deliver_info')).toMatchObject({
    stock_type: 1,
    predict_delivery_time: nowSecond + 5 * 86_400,
  })
  await expect(caller.buy({ pay: 'deposit' })).rejects.toThrow('no deposits')
})

test('every status is reached, and each is true in the sheet’s words', async () => {
  const statusOf = async ({ orderNo }: Truth) => [(await detail(orderNo)).status, (await caller.truth(orderNo)).status]
  const [open, lost] = await caller.buy({ count: 2, pay: 'unpaid' })
  const [paid, sent, done, oversold, back] = await caller.buy({
    count: 5,
    seed: 2,
    lines: [{ merchantCode: 'SCENT', quantity: 2 }],
  })
  await caller.control('settings', { presentShare: 1 })
  const [present, refusedPresent] = await caller.buy({ count: 2, seed: 3 })
  await caller.control('settings', { presentShare: 0, togetherShare: 1 })
  const [group] = await caller.buy({ seed: 4 })
  const ship = (orderNos: string[]) =>
    caller.act({ kind: 'ship-in-back-office', orderNos, waybillNo: 'YT1', carrierName: '圆通速递' })
  await caller.act({ kind: 'close', orderNos: [lost!.orderNo, refusedPresent!.orderNo] })
  await ship([sent!.orderNo, done!.orderNo])
  await caller.act({ kind: 'finish', orderNos: [done!.orderNo] })
  await caller.act({ kind: 'refund', orderNos: [back!.orderNo], outcome: 'success' })
  await caller.control('happen', { kind: 'oversell', orderNos: [oversold!.orderNo] })

  const all = [open, lost, paid, sent, done, oversold, back, present, refusedPresent, group]
  expect(await Promise.all(all.map((order) => statusOf(order!)))).toEqual([
    [10, 'unpaid'],
    [250, 'closed-unpaid'],
    [20, 'paid-wait-ship'],
    [30, 'shipped'],
    [100, 'completed'],
    [190, 'closed-refunded'],
    [200, 'closed-refunded'],
    [12, 'on-hold'],
    [250, 'closed-refunded'],
    [13, 'on-hold'],
  ])
  expect(await caller.act({ kind: 'pay', orderNos: [present!.orderNo, group!.orderNo, open!.orderNo] })).toHaveLength(3)
  expect((await caller.truth(present!.orderNo)).status).toBe('paid-wait-ship')
  expect(await caller.truth(refusedPresent!.orderNo)).toMatchObject({ refundState: 'full' })
})

test('a price is changed while it is unpaid, freight and whole lines', async () => {
  const [open] = await caller.buy({ pay: 'unpaid', seed: 5, lines: [{ merchantCode: 'SCENT', quantity: 2 }] })
  const [line] = open!.lines
  const change = {
    order_id: open!.orderNo,
    change_express: true,
    express_fee: 100,
    change_order_infos: [{ product_id: line!.itemNo, sku_id: line!.skuNo, change_price: 5000 }],
  }
  expect((await caller.call('order/price/update', change)).errcode).toBe(0)
  await caller.act({ kind: 'pay', orderNos: [open!.orderNo] })
  const truth = await caller.truth(open!.orderNo)
  expect(truth).toMatchObject({ paidTotalFen: 5100, freightFen: 100 })
  checkMoney(await detail(open!.orderNo), truth)
  expect((await caller.call('order/price/update', change)).errcode).toBe(101100)
})

test('a note of the merchant is replaced and taken away', async () => {
  const [order] = await caller.buy()
  const write = (merchant_notes: unknown) =>
    caller.call('order/merchantnotes/update', { order_id: order!.orderNo, merchant_notes })
  await write('加急 😊 & 附贺卡=1')
  expect((await caller.truth(order!.orderNo)).remark).toBe('加急 😊 & 附贺卡=1')
  await write('')
  expect((await caller.truth(order!.orderNo)).remark).toBe('')
  expect((await write(undefined)).errcode).toBe(40097)
})

test('a new order’s detail may be late', async () => {
  await caller.control('settings', { detailLagMs: 60_000 })
  const [order] = await caller.buy()
  const errcode = async () => (await caller.call('order/get', { order_id: order!.orderNo })).errcode
  expect(await errcode()).toBe(100002)
  await turnClock(60)
  expect(await errcode()).toBe(0)
})

test('twenty thousand orders are listed page by page without a long look', async () => {
  await caller.control(
    'listings',
    shelf.map((listing) => ({ ...listing, quantity: 1_000_000 })),
  )
  const orders = await caller.buy({ count: 20_000, lines: [{ merchantCode: 'SCENT', quantity: 1 }] })
  const seen = new Set<string>()
  let key = ''
  for (let hasMore = true; hasMore; ) {
    const page = await list({ page_size: 100, next_key: key })
    for (const id of ids(page)) seen.add(id)
    key = page.at('next_key')
    hasMore = page.at('has_more')
  }
  expect(seen.size).toBe(orders.length)
}, 60_000)
