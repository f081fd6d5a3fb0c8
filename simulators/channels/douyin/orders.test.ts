import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Counts, Truth } from '../../simulator.ts'
import { type Answer, differences, type Params, sampleOf } from './caller.ts'
import { allocate, spread, sumOf } from './money.ts'
import { minute, openStage, seconds, twoKinds } from './stage.ts'

const stage = openStage(9)
const { buyMany, call, pass } = stage
const detail = ({ orderNo }: Truth) => call('order.orderDetail', { shop_order_id: orderNo })
const fields = async (order: Truth) => (await detail(order)).at('data.shop_order_detail') as Params
const span = () => ({ update_time_start: seconds(stage.now()) - 600, update_time_end: seconds(stage.now()) + 1 })
const list = (params: Params) => call('order.searchList', { page: 0, size: 100, ...span(), ...params })
const byUpdate = { order_by: 'update_time', order_asc: true }
const idsOf = (answer: Answer) => answer.rows('data.shop_order_list').map((row) => row.at('order_id'))
const numbers = (orders: readonly Truth[]) => orders.map(({ orderNo }) => orderNo)

test.each([
  { when: '100 rows', params: { size: 100 }, code: 10_000 },
  { when: '101 rows', params: { size: 101 }, code: 40_002 },
  { when: 'no rows', params: { size: 0 }, code: 40_002 },
  { when: 'no size', params: { size: undefined }, code: 40_001 },
  { when: 'a page before the first', params: { page: -1 }, code: 40_002 },
  { when: 'page 500 of 100', params: { page: 500 }, code: 10_000 },
  { when: 'page 501 of 100', params: { page: 501 }, code: 40_002 },
  { when: 'a page as text', params: { page: '0' }, code: 40_002 },
  { when: 'a start alone', params: { update_time_end: undefined }, code: 40_001 },
  { when: 'no window', params: { update_time_end: undefined, update_time_start: undefined }, code: 40_002 },
  { when: 'an end before its start', params: { update_time_end: 1 }, code: 40_002 },
  { when: 'another order', params: { order_by: 'pay_time' }, code: 40_002 },
  { when: 'a status as a number', params: { combine_status: [{ order_status: 2 }] }, code: 40_002 },
])('a list asked for $when answers $code', async ({ params, code }) => {
  expect((await list(params)).code).toBe(code)
})

test('pages hold every order once, from the earliest or from the latest', async () => {
  const orders: Truth[] = []
  for (let turn = 0; turn < 5; turn++) {
    orders.push(...(await buyMany(7, { seed: turn })))
    await pass(1000)
  }
  const pagesOf = (more: Params) => Promise.all([0, 1, 2, 3].map((page) => list({ page, size: 10, ...more })))
  const ascending = await pagesOf(byUpdate)
  expect(ascending.flatMap(idsOf)).toEqual(numbers(orders))
  expect(ascending[3]!.at('data')).toMatchObject({ page: 3, total: 35, size: 10 })
  expect((await pagesOf({})).flatMap(idsOf)).toEqual(numbers(orders).reverse())
})

test('both ends of a window belong to it, and windows of creation and of change are apart', async () => {
  const [first] = await buyMany(1)
  const start = seconds(stage.now())
  await pass(minute)
  const [second] = await buyMany(1, { seed: 3 })
  await stage.caller().act('note', first!.orderNo, { note: '快一点' })
  const at = seconds(stage.now())
  const created = (from: number, to: number) =>
    call('order.searchList', { page: 0, size: 10, create_time_start: from, create_time_end: to })
  const updated = (from: number, to: number) => list({ update_time_start: from, update_time_end: to })
  expect(idsOf(await created(start, start))).toEqual([first!.orderNo])
  expect(idsOf(await created(start + 1, at))).toEqual([second!.orderNo])
  expect(idsOf(await updated(at, at))).toHaveLength(2)
  expect(idsOf(await updated(start, at - 1))).toEqual([])
  const both = { create_time_start: start, create_time_end: start, update_time_start: at, update_time_end: at }
  expect(idsOf(await list(both))).toEqual([first!.orderNo])
})

test('an order that changes while pages are read moves to the end', async () => {
  const orders = await buyMany(20)
  await pass(1000)
  const first = idsOf(await list({ ...byUpdate, size: 10 }))
  await stage.caller().act('note', orders[0]!.orderNo, { note: '快一点' })
  const seen = new Set([...first, ...idsOf(await list({ ...byUpdate, size: 10, page: 1 }))])
  expect(seen.has(orders[10]!.orderNo)).toBe(false)
  expect(idsOf(await list({ ...byUpdate, page: 1, size: 10 })).at(-1)).toBe(orders[0]!.orderNo)
})

test('lists are by status where asked, any row of the wish fitting', async () => {
  const [open] = await buyMany(1, { pay: 'unpaid' })
  const [deposit] = await buyMany(1, { pay: 'deposit' })
  const [paid] = await buyMany(1)
  const wished = async (...rows: readonly Params[]) => idsOf(await list({ ...byUpdate, combine_status: rows }))
  expect(await wished({ order_status: '1' })).toEqual(numbers([open!, deposit!]))
  expect(await wished({ order_status: '1', main_status: '103' })).toEqual(numbers([deposit!]))
  expect(await wished({ order_status: '2' }, { main_status: '103' })).toEqual(numbers([deposit!, paid!]))
})

/** What the sheet names and its samples do not show: douyin.md 4. */
const beyondSamples = /\.(promotion_pay_amount|pre_sale_type): not in the sample$/

test('orders have the shape of the samples, every number and text of its kind', async () => {
  const orders = await buyMany(40)
  const sample = sampleOf('order.searchList').at('response')
  const listed = differences(sample, (await list({})).body)
  expect(listed.filter((one) => !beyondSamples.test(one))).toEqual([])
  await stage.caller().act('refund', orders[0]!.orderNo, { outcome: 'success' })
  const refunded = differences(sampleOf('order.orderDetail.refunded').at('response'), (await detail(orders[0]!)).body)
  expect(refunded.filter((one) => !beyondSamples.test(one))).toEqual([])
})

test('money: lines and freight are the total, discounts add up, and what is true is what is told', async () => {
  await buyMany(60)
  let gifts = 0
  for (const truth of await stage.caller().control<Truth[]>('orders')) {
    const answer = await detail(truth)
    const number = (name: string) => Number(answer.at(`data.shop_order_detail.${name}`))
    const lines = answer.rows('data.shop_order_detail.sku_order_list')
    const sum = (name: string) => sumOf(lines.map((row) => Number(row.at(name))))
    expect(number('pay_amount')).toBe(sum('pay_amount') + number('post_amount'))
    for (const kind of ['', 'shop_', 'platform_', 'talent_']) {
      expect(number(`promotion_${kind}amount`)).toBe(sum(`promotion_${kind}amount`))
    }
    expect(truth).toMatchObject({ paidTotalFen: number('pay_amount'), freightFen: number('post_amount') })
    expect(truth.lines.map(({ paidFen }) => paidFen)).toEqual(lines.map((row) => row.at('pay_amount')))
    for (const row of lines) {
      expect(Number(row.at('sum_amount'))).toBe(Number(row.at('origin_amount')) * Number(row.at('item_num')))
      expect(Number(row.at('pay_amount'))).toBe(Number(row.at('sum_amount')) - Number(row.at('promotion_amount')))
      if (row.at('given_product_type') !== 'FREE') continue
      gifts += 1
      expect(row.at('pay_amount')).toBe(0)
      expect(row.at('master_sku_order_id_list')).toEqual([truth.orderNo])
    }
    expect([number('create_time'), number('pay_time'), number('update_time')]).toEqual(
      [truth.createdAt, truth.paidAt!, truth.modifiedAt].map(seconds),
    )
  }
  expect(gifts).toBeGreaterThan(0)
})

test('lines may count their share of the freight, and then add up to the total', async () => {
  await stage.caller().control('settings', { freightInLinesShare: 1 })
  let withFreight = 0
  for (const truth of await buyMany(20)) {
    const { pay_amount, post_amount, sku_order_list } = await fields(truth)
    const lines = sku_order_list as readonly { pay_amount: number; post_amount: number }[]
    expect(sumOf(lines.map((line) => line.pay_amount))).toBe(pay_amount)
    expect(sumOf(lines.map((line) => line.post_amount))).toBe(post_amount)
    expect(lines.map((line) => line.pay_amount - line.post_amount)).toEqual(truth.lines.map(({ paidFen }) => paidFen))
    if (Number(post_amount) > 0) withFreight += 1
  }
  expect(withFreight).toBeGreaterThan(0)
})

test('shares add up to the total, and a sum is spread no further than the caps', () => {
  const amounts = fc.array(fc.nat(1e6), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(fc.nat(1e7), amounts, (total, weights) => {
      expect(sumOf(allocate(total, weights))).toBe(sumOf(weights) === 0 ? 0 : total)
      expect(sumOf(spread(total, weights))).toBe(Math.min(total, sumOf(weights)))
    }),
  )
})

test('lines are numbered from the order on, and ids of goods are bare beside their text', async () => {
  const order = await stage.caller().buy({ lines: twoKinds })
  expect(order.lines.map(({ lineNo }) => lineNo)).toEqual([order.orderNo, String(BigInt(order.orderNo) + 65_536n)])
  const { text } = await stage.caller().text('order.orderDetail', { shop_order_id: order.orderNo }, { at: stage.now() })
  const { itemNo, skuNo } = order.lines[0]!
  expect(text).toContain(`"product_id":${itemNo},"product_id_str":"${itemNo}","sku_id":${skuNo},`)
  expect(BigInt(itemNo)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER))
})

test('every status is told as it is', async () => {
  const { act, control, truth } = stage.caller()
  const [open, deposit, checked, part, gone] = [
    ...(await buyMany(1, { pay: 'unpaid' })),
    ...(await buyMany(1, { pay: 'deposit' })),
    ...(await buyMany(3, { lines: twoKinds })),
  ] as [Truth, Truth, Truth, Truth, Truth]
  const told = async (order: Truth) => {
    const { order_status, main_status } = await fields(order)
    return [order_status, main_status, (await truth(order.orderNo)).status]
  }
  const ship = (order: Truth) =>
    act('ship-in-back-office', order.orderNo, { waybillNo: 'YT1', carrierName: '圆通速递' })
  expect(await told(open)).toEqual([1, 1, 'unpaid'])
  expect(await told(deposit)).toEqual([1, 103, 'unpaid'])
  await act('pay', deposit.orderNo)
  expect(await told(deposit)).toEqual([2, 2, 'paid-wait-ship'])
  await act('close', open.orderNo)
  expect(await told(open)).toEqual([4, 4, 'closed-unpaid'])
  await control('status', { orderNos: [checked.orderNo], status: 105 })
  expect(await told(checked)).toEqual([105, 105, 'on-hold'])
  await control('status', { orderNos: [checked.orderNo], status: 2 })
  await act('refund', checked.orderNo, { outcome: 'success' })
  expect(await told(checked)).toEqual([4, 21, 'closed-refunded'])
  await call('order.logisticsAddSinglePack', {
    order_id_list: [part.orderNo],
    shipped_order_info: [{ shipped_order_id: part.orderNo, shipped_num: 1 }],
    logistics_code: 'ZT1',
    company_code: 'zhongtong',
    request_id: 'r1',
  })
  expect(await told(part)).toEqual([101, 101, 'partially-shipped'])
  await act('refund', part.orderNo, { outcome: 'success' })
  expect(await told(part)).toEqual([4, 22, 'closed-refunded'])
  await ship(gone)
  expect(await told(gone)).toEqual([3, 3, 'shipped'])
  await act('finish', gone.orderNo)
  expect(await told(gone)).toEqual([5, 5, 'completed'])
  await act('refund', gone.orderNo, { outcome: 'success' })
  expect(await told(gone)).toEqual([5, 39, 'completed'])
})

test('a share of orders stops at the check when it is paid', async () => {
  await stage.caller().control('settings', { checkedShare: 1 })
  expect((await stage.caller().buy()).status).toBe('on-hold')
})

test('an unpaid order shows what is due, and nobody has paid it', async () => {
  const order = await stage.caller().buy({ pay: 'unpaid', lines: twoKinds })
  expect(order).toMatchObject({ status: 'unpaid', paidTotalFen: 0, paidAt: null })
  expect(await fields(order)).toMatchObject({ pay_time: 0, channel_payment_no: '', exp_ship_time: 0 })
  expect(Number((await fields(order)).pay_amount)).toBeGreaterThan(0)
})

test('an order nobody placed is refused', async () => {
  const answer = await call('order.orderDetail', { shop_order_id: '9999999999999999999' })
  expect([answer.code, answer.at('sub_msg')]).toEqual([50_002, '订单不存在'])
  expect((await call('order.orderDetail', { shop_order_id: 1 })).code).toBe(40_002)
})

test('a bundle names its parts', async () => {
  const parts = [{ merchantCode: 'MB-2001', quantity: 2 }]
  await stage.caller().control('bundles', { merchantCode: 'MB-1001', parts })
  const order = await stage.caller().buy({ lines: twoKinds })
  const lines = (await fields(order)).sku_order_list as readonly Params[]
  expect(lines[0]!.bundle_sku_info).toMatchObject([{ item_num: 6, code: 'MB-2001' }])
  expect(lines[1]!.bundle_sku_info).toBeUndefined()
})

test.each([
  {
    when: 'with a star',
    params: { remark: '加急，发顺丰 😊 & 附贺卡=1', is_add_star: 'true', star: '3' },
    remark: '加急，发顺丰 😊 & 附贺卡=1',
    star: 3,
  },
  { when: 'without one', params: { remark: '长'.repeat(60) }, remark: '长'.repeat(60), star: 0 },
  { when: 'empty', params: { remark: '' }, remark: '', star: 0 },
])('a remark is written $when', async ({ params, remark, star }) => {
  const order = await stage.caller().buy()
  expect((await call('order.addOrderRemark', { order_id: order.orderNo, ...params })).code).toBe(10_000)
  expect(await fields(order)).toMatchObject({ seller_words: remark, seller_remark_stars: star })
  expect((await stage.caller().truth(order.orderNo)).remark).toBe(remark)
})

test.each([
  { when: 'too long', params: { remark: '长'.repeat(61) }, code: 40_002 },
  { when: 'missing', params: {}, code: 40_001 },
  { when: 'of no star', params: { remark: 'a', is_add_star: 'true' }, code: 40_001 },
  { when: 'of star 6', params: { remark: 'a', is_add_star: 'true', star: '6' }, code: 40_002 },
  { when: 'with a flag that is no text', params: { remark: 'a', is_add_star: true }, code: 40_002 },
  { when: 'on no order', params: { remark: 'a', order_id: '1' }, code: 50_002 },
])('a remark is refused $when', async ({ params, code }) => {
  const { orderNo } = await stage.caller().buy()
  expect((await call('order.addOrderRemark', { order_id: orderNo, ...params })).code).toBe(code)
})

test('twenty thousand orders are held and listed to their last page', async () => {
  await stage
    .caller()
    .control('listings', [
      { merchantCode: 'X', title: '杯', specification: '', product: '杯', priceFen: 4900, quantity: 90_000 },
    ])
  await buyMany(20_000, { lines: [{ merchantCode: 'X', quantity: 1 }] })
  const last = await list({ ...byUpdate, page: 199 })
  expect([last.at('data.total'), idsOf(last).length]).toEqual([20_000, 100])
  expect((await stage.caller().control<Counts>('counts')).violations).toBe(0)
}, 60_000)
