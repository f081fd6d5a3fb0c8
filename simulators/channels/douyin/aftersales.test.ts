import { expect, test } from 'vitest'
import type { Truth } from '../../simulator.ts'
import type { Answer, Params } from './caller.ts'
import { minute, openStage, seconds, twoKinds } from './stage.ts'

const stage = openStage(41)
const { call, buyMany } = stage
const act = (kind: string, order: Truth, more: object = {}) => stage.caller().act(kind, order.orderNo, more)
const refund = (order: Truth, more: object = {}) => act('refund', order, more)
const buy = (more: object = {}) => stage.caller().buy({ lines: twoKinds, ...more })
const truth = ({ orderNo }: Truth) => stage.caller().truth(orderNo)
const list = (params: Params) => call('afterSale.List', { page: 0, size: 100, ...params })
const casesOf = async ({ orderNo }: Truth) => (await list({ order_id: orderNo })).rows('data.items')
const info = (one: Answer, name: string) => one.at(`aftersale_info.${name}`)
const ship = (order: Truth) => act('ship-in-back-office', order, { waybillNo: 'YT1', carrierName: '圆通速递' })
const idOf = async (order: Truth) => String(info((await casesOf(order))[0]!, 'aftersale_id'))
const operate = (type: number, ...ids: readonly string[]) =>
  call('afterSale.operate', { type, items: ids.map((aftersale_id) => ({ aftersale_id })) })

test('a refund asked for shows in list, detail and order, with numbers and texts of their kinds', async () => {
  const order = await buy()
  const { lineNo, itemNo } = order.lines[0]!
  expect(await refund(order, { lineNo, amountFen: 1_234 })).toEqual([order.orderNo])
  const [one, ...others] = await casesOf(order)
  expect(others).toEqual([])
  const at = seconds(stage.now())
  expect(one!.body).toMatchObject({
    aftersale_info: {
      related_id: lineNo,
      aftersale_type: 2,
      aftersale_status: 6,
      refund_status: 1,
      got_pkg: 0,
      refund_amount: 1_234,
      refund_post_amount: 0,
      aftersale_num: 3,
      apply_time: at,
      update_time: at,
    },
    order_info: {
      shop_order_id: order.orderNo,
      related_order_info: [{ sku_order_id: lineNo, product_id: BigInt(itemNo), aftersale_item_num: 3 }],
    },
  })
  expect(Number(info(one!, 'status_deadline'))).toBeGreaterThan(at)
  const detail = await call('afterSale.Detail', { after_sale_id: String(info(one!, 'aftersale_id')) })
  expect(detail.at('data')).toEqual(one!.body)
  const shown = await call('order.orderDetail', { shop_order_id: order.orderNo })
  const state = { after_sale_status: 6, after_sale_type: 2, refund_status: 1 }
  expect(shown.at('data.shop_order_detail.sku_order_list.0.after_sale_info')).toEqual(state)
  expect(await truth(order)).toMatchObject({ refundState: 'in-progress', refundedFen: 0 })
})

test('a refund in full pays the freight back with the last line and closes the order', async () => {
  const orders = await buyMany(12, { lines: twoKinds })
  const order = orders.find(({ freightFen }) => freightFen > 0)!
  await refund(order, { outcome: 'success' })
  expect(await truth(order)).toMatchObject({
    status: 'closed-refunded',
    refundState: 'full',
    refundedFen: order.paidTotalFen,
    paidTotalFen: order.paidTotalFen,
    lines: order.lines.map(({ paidFen }) => ({ refundedFen: paidFen, refundState: 'success' })),
  })
  const cases = await casesOf(order)
  expect(cases.map((one) => info(one, 'refund_post_amount'))).toEqual([0, order.freightFen])
  expect(cases.map((one) => info(one, 'refund_amount'))).toEqual([
    order.lines[0]!.paidFen,
    order.lines[1]!.paidFen + order.freightFen,
  ])
})

test('a part of the money is a part, spent from the first line on', async () => {
  const order = await buy()
  const [first] = order.lines
  await refund(order, { amountFen: first!.paidFen + 5, outcome: 'success' })
  expect(await truth(order)).toMatchObject({
    status: 'paid-wait-ship',
    refundState: 'partial',
    refundedFen: first!.paidFen + 5,
    lines: [{ refundedFen: first!.paidFen }, { refundedFen: 5 }],
  })
})

test('a refund is withdrawn, and can be asked for anew', async () => {
  const order = await buy()
  const { lineNo } = order.lines[0]!
  await refund(order, { lineNo })
  await refund(order, { lineNo, outcome: 'closed' })
  expect((await truth(order)).lines[0]!.refundState).toBe('closed')
  await refund(order, { lineNo, amountFen: 100 })
  expect((await casesOf(order)).map((one) => info(one, 'aftersale_status'))).toEqual([28, 6])
  await refund(order, { lineNo, amountFen: 200 })
  expect((await casesOf(order)).map((one) => info(one, 'refund_amount')).at(-1)).toBe(200)
})

test('goods that left come back before the money does', async () => {
  const order = await buy()
  await ship(order)
  const { lineNo } = order.lines[0]!
  await refund(order, { lineNo })
  const id = await idOf(order)
  const state = async () => (await truth(order)).lines[0]!.refundState
  const states = [await state()]
  await operate(101, id)
  states.push(await state())
  await refund(order, { lineNo })
  states.push(await state())
  await operate(111, id)
  states.push(await state())
  expect(states).toEqual(['requested', 'wait-return', 'wait-receive-return', 'success'])
  expect(await truth(order)).toMatchObject({ status: 'shipped', refundedFen: order.lines[0]!.paidFen })
})

test('a part of the money for what left needs no return', async () => {
  const order = await buy()
  await ship(order)
  await refund(order, { lineNo: order.lines[0]!.lineNo, amountFen: 100 })
  const [one] = await casesOf(order)
  expect([info(one!, 'aftersale_type'), info(one!, 'got_pkg')]).toEqual([1, 1])
  await operate(201, await idOf(order))
  expect((await truth(order)).refundedFen).toBe(100)
})

test.each([
  { type: 202, status: 27 },
  { type: 201, status: 12 },
])('operation $type takes an unshipped refund to $status, once', async ({ type, status }) => {
  const order = await buy()
  await refund(order, { lineNo: order.lines[0]!.lineNo, amountFen: 100 })
  const id = await idOf(order)
  expect((await operate(type, id)).at('data.items')).toEqual([{ aftersale_id: id, status_code: 0, status_msg: '' }])
  expect(info((await casesOf(order))[0]!, 'aftersale_status')).toBe(status)
  expect((await operate(type, id)).subCode).toBe('isv.business-failed:5002')
})

test('operations answer item by item, and refuse what is not theirs', async () => {
  const order = await buy()
  await refund(order, { lineNo: order.lines[0]!.lineNo, amountFen: 100 })
  const id = await idOf(order)
  expect((await operate(999, id)).code).toBe(40_002)
  expect((await operate(101, id)).subCode).toBe('isv.business-failed:5002')
  expect((await operate(201, '1')).subCode).toBe('isv.business-failed:5001')
  const both = await operate(201, id, '1')
  expect([both.code, both.rows('data.items').map((row) => row.at('status_code'))]).toEqual([10_001, [0, 5001]])
  expect((await call('afterSale.Detail', { after_sale_id: '1' })).subCode).toBe('isv.business-failed:5001')
})

test.each([
  {
    what: 'an exchange',
    type: 3,
    steps: ['agreed', 'next', 'received', 'sent-anew', 'next'],
    statuses: [6, 7, 11, 8, 3, 14],
  },
  { what: 'a repair', type: 8, steps: ['agreed', 'next', 'received', 'next'], statuses: [6, 7, 11, 13, 14] },
  { what: 're-shipping', type: 7, steps: ['agreed', 'next'], statuses: [6, 13, 14] },
  { what: 'price protection', type: 6, steps: ['agreed'], statuses: [6, 12] },
  { what: 'a return that is refused', type: 0, steps: ['agreed', 'next', 'refused'], statuses: [6, 7, 11, 29] },
])('$what goes its way', async ({ type, steps, statuses }) => {
  const order = await buy()
  await ship(order)
  const { control } = stage.caller()
  const wish = { orderNo: order.orderNo, lineNo: order.lines[0]!.lineNo, type, amountFen: 100 }
  const { aftersaleId, status } = await control<{ aftersaleId: string; status: number }>('aftersales', wish)
  const seen = [status]
  for (const step of steps) seen.push((await control<{ status: number }>('aftersales', { aftersaleId, step })).status)
  expect(seen).toEqual(statuses)
  const { refundedFen, refundState } = await truth(order)
  const [fen, word] = type === 6 ? [100, 'partial'] : [0, 'none']
  expect([refundedFen, refundState]).toEqual([fen, word])
})

test('any raw status and state of a payment can be set by hand', async () => {
  const order = await buy()
  await refund(order, { lineNo: order.lines[0]!.lineNo })
  const aftersaleId = await idOf(order)
  await stage.caller().control('aftersales', { aftersaleId, status: 28, refundStatus: 4 })
  const [one] = await casesOf(order)
  expect([info(one!, 'aftersale_status'), info(one!, 'refund_status')]).toEqual([28, 4])
  await expect(stage.caller().control('aftersales', { aftersaleId, status: 99 })).rejects.toThrow('no such status')
  await expect(stage.caller().control('aftersales', { aftersaleId, step: 'toString' })).rejects.toThrow('one of')
})

test('a list is by application or by change, with status and type, in pages', async () => {
  const orders = await buyMany(5, { lines: twoKinds })
  const start = seconds(stage.now())
  for (const order of orders) await refund(order, { lineNo: order.lines[0]!.lineNo, amountFen: 100 })
  await stage.pass(minute)
  await refund(orders[0]!, { lineNo: orders[0]!.lines[0]!.lineNo, outcome: 'success' })
  const at = seconds(stage.now())
  const numbers = (answer: Answer) => answer.rows('data.items').map((row) => row.at('order_info.shop_order_id'))
  const applied = { start_time: start, end_time: start }
  const changed = { update_start_time: at, update_end_time: at }
  expect(numbers(await list(applied))).toHaveLength(5)
  expect(numbers(await list(changed))).toEqual([orders[0]!.orderNo])
  expect(numbers(await list({ ...applied, standard_aftersale_status: [12] }))).toEqual([orders[0]!.orderNo])
  expect(numbers(await list({ ...applied, aftersale_type: 0 }))).toEqual([])
  const pages = await Promise.all(
    [0, 1, 2].map((page) => list({ ...applied, page, size: 2, order_by: ['apply_time asc'] })),
  )
  expect(pages.flatMap(numbers)).toEqual(orders.map(({ orderNo }) => orderNo))
  expect(pages.map((page) => [page.at('data.has_more'), page.at('data.total')])).toEqual([
    [true, 5],
    [true, 5],
    [false, 5],
  ])
  expect((await list({ ...applied, size: 101 })).code).toBe(40_002)
  expect((await list({})).code).toBe(40_002)
})

test('what nobody paid or all of which was refunded is not asked back', async () => {
  const open = await buy({ pay: 'unpaid' })
  expect(await refund(open)).toEqual([])
  const order = await buy()
  await refund(order, { outcome: 'success' })
  expect(await refund(order)).toEqual([])
})

test('a gift does not leave when all it came with is refunded', async () => {
  const orders = await buyMany(60)
  const order = orders.find(({ lines }) => lines.length === 2 && lines[1]!.isGift)!
  await refund(order, { lineNo: order.lines[0]!.lineNo, outcome: 'success' })
  expect(await truth(order)).toMatchObject({
    status: 'closed-refunded',
    lines: [{ refundState: 'success' }, { refundState: 'none' }],
  })
})
