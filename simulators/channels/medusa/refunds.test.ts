import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let oms: Caller
let bought: Truth

const lines = [
  { merchantCode: 'MB-1001', quantity: 3 },
  { merchantCode: 'MB-2001', quantity: 1 },
]

beforeEach(async () => {
  simulator = await start({ seed: 3 })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('listings', demoCatalogue)
  ;[bought] = (await oms.control<{ orders: [Truth] }>('buy', { count: 1, seed: 1, lines })).orders
})
afterEach(() => simulator.close())

interface WireOrder {
  readonly status: string
  readonly payment_status: string
  readonly fulfillment_status: string
  readonly summary: { readonly refunded_total: number }
  readonly items: readonly { readonly detail: Readonly<Record<string, unknown>> }[]
  readonly payment_collections: readonly {
    readonly refunded_amount: number
    readonly payments: readonly { readonly id: string; readonly refunds: readonly { readonly amount: number }[] }[]
  }[]
}

const order = async () => (await oms.call('GET', `/admin/orders/${bought.orderNo}`)).json<{ order: WireOrder }>().order
const truth = async () => (await oms.control<[Truth]>('orders'))[0]
const act = async (what: object) =>
  (await oms.control<{ changed: string[] }>('act', { orderNos: [bought.orderNo], ...what })).changed.length === 1
const refund = (more: object) => act({ kind: 'refund', ...more })
const detailsOf = ({ items }: WireOrder) => items.map(({ detail }) => detail)

test('a sum names no goods, and every place agrees on it', async () => {
  expect(await refund({ lineNo: bought.lines[0]!.lineNo, amountFen: 1234, outcome: 'success' })).toBe(true)
  expect(await refund({ amountFen: 101, outcome: 'success' })).toBe(true)
  const { payment_status, summary, payment_collections, ...told } = await order()
  const [collection] = payment_collections
  expect(payment_status).toBe('partially_refunded')
  expect([summary.refunded_total, collection!.refunded_amount]).toEqual([13.35, 13.35])
  expect(collection!.payments[0]!.refunds.map(({ amount }) => amount)).toEqual([12.34, 1.01])
  for (const detail of detailsOf({ payment_status, summary, payment_collections, ...told })) {
    expect(detail).toMatchObject({ written_off_quantity: 0, return_received_quantity: 0 })
  }
  expect(await truth()).toMatchObject({
    status: 'paid-wait-ship',
    refundState: 'partial',
    refundedFen: 1335,
    lines: [
      { refundedFen: 1234, refundState: 'success' },
      { refundedFen: 0, refundState: 'none' },
    ],
  })
})

test('a line paid back in full is written off while it is here, and may be bought again', async () => {
  const left = async () =>
    (await oms.control<{ merchantCode: string; quantity: number }[]>('listings')).find(
      ({ merchantCode }) => merchantCode === 'MB-1001',
    )!.quantity
  const before = await left()
  expect(await refund({ lineNo: bought.lines[0]!.lineNo, outcome: 'success' })).toBe(true)
  expect(detailsOf(await order())).toMatchObject([{ written_off_quantity: 3 }, { written_off_quantity: 0 }])
  expect(await left()).toBe(before + 3)
  const items = [{ id: bought.lines[0]!.lineNo, quantity: 1 }]
  const packing = await oms.call('POST', `/admin/orders/${bought.orderNo}/fulfillments`, { body: { items } })
  expect([packing.status, packing.json<{ type: string }>().type]).toEqual([400, 'invalid_data'])
})

test('what was sent and is paid back in full counts as received back', async () => {
  await act({ kind: 'ship-in-back-office', waybillNo: 'YT7300000001', carrierName: '圆通速递' })
  expect(await refund({ outcome: 'success' })).toBe(true)
  const told = await order()
  expect(told).toMatchObject({ payment_status: 'refunded', fulfillment_status: 'shipped' })
  expect(detailsOf(told)).toMatchObject([
    { shipped_quantity: 3, return_received_quantity: 3 },
    { shipped_quantity: 1, return_received_quantity: 1 },
  ])
  expect(await truth()).toMatchObject({
    status: 'closed-refunded',
    refundState: 'full',
    refundedFen: bought.paidTotalFen,
  })
})

test('one that is asked for is a return until it is taken back or paid', async () => {
  const { lineNo } = bought.lines[0]!
  expect(await refund({ lineNo })).toBe(true)
  expect(await refund({ lineNo })).toBe(false)
  expect(detailsOf(await order())[0]).toMatchObject({ return_requested_quantity: 3 })
  expect(await truth()).toMatchObject({ refundState: 'in-progress', lines: [{ refundState: 'requested' }, {}] })
  const returns = await oms.call('GET', `/admin/returns?order_id=${bought.orderNo}`)
  expect(returns.json()).toMatchObject({
    count: 1,
    returns: [{ status: 'requested', items: [{ item_id: lineNo, quantity: 3 }] }],
  })

  expect(await refund({ outcome: 'closed' })).toBe(true)
  expect(await truth()).toMatchObject({ refundState: 'none' })
  await refund({ lineNo })
  expect(await refund({ outcome: 'success' })).toBe(true)
  expect(await truth()).toMatchObject({ refundState: 'partial', refundedFen: bought.lines[0]!.paidFen })
  expect(detailsOf(await order())[0]).toMatchObject({ return_requested_quantity: 0, written_off_quantity: 3 })
})

test('lines somebody wants to return stay when the merchant ships', async () => {
  await refund({ lineNo: bought.lines[0]!.lineNo })
  expect(await act({ kind: 'ship-in-back-office', waybillNo: 'YT7300000001', carrierName: '圆通速递' })).toBe(true)
  expect((await truth()).lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([0, 1])
  expect(await truth()).toMatchObject({ status: 'partially-shipped' })
})

test.each([
  { when: 'more than was paid', what: () => ({ amountFen: bought.paidTotalFen + 1 }) },
  { when: 'nothing', what: () => ({ amountFen: 0 }) },
  { when: 'of a line that is not there', what: () => ({ lineNo: 'ordli_nobody' }) },
])('a refund of $when does not happen', async ({ what }) => {
  expect(await refund({ ...what(), outcome: 'success' })).toBe(false)
})

test('the API pays back what was captured and no more', async () => {
  const { payment_collections } = await order()
  const { id } = payment_collections[0]!.payments[0]!
  const pay = (body: object) => oms.call('POST', `/admin/payments/${id}/refund`, { body })
  expect((await pay({ amount: 10.5, note: '补偿' })).json()).toMatchObject({
    payment: { refunded_amount: 10.5, refunds: [{ amount: 10.5, note: '补偿' }] },
  })
  expect((await pay({ amount: 99_999 })).status).toBe(400)
  expect((await pay({ amount: 0.001 })).status).toBe(400)
  expect((await pay({})).status).toBe(200)
  expect(await truth()).toMatchObject({ status: 'closed-refunded', refundedFen: bought.paidTotalFen })
})

test.each([
  { pay: 'paid', status: 'closed-refunded', payment: 'refunded' },
  { pay: 'unpaid', status: 'closed-unpaid', payment: 'canceled' },
])('an order that is $pay and cancelled is $status', async ({ pay, status, payment }) => {
  ;[bought] = (await oms.control<{ orders: [Truth] }>('buy', { count: 1, seed: 2, lines, pay })).orders
  expect(await act({ kind: 'close' })).toBe(true)
  expect(await order()).toMatchObject({ status: 'canceled', payment_status: payment })
  const orders = await oms.control<Truth[]>('orders')
  expect(orders.find(({ orderNo }) => orderNo === bought.orderNo)).toMatchObject({ status })
})

test('returns are found by the time of their change and by their id', async () => {
  const morning = Date.parse('2026-10-20T01:00:00Z')
  const after = encodeURIComponent(new Date(morning).toISOString())
  await oms.control('clock', { now: morning })
  await refund({ lineNo: bought.lines[0]!.lineNo })
  const found = async (filter: string) =>
    (await oms.call('GET', `/admin/returns?${filter}`)).json<{ returns: { id: string; status: string }[] }>().returns
  expect(await found(`updated_at[$gt]=${after}`)).toEqual([])
  const [asked] = await found(`updated_at[$gte]=${after}&order=updated_at`)
  await oms.control('clock', { now: morning + 1000 })
  await refund({ outcome: 'closed' })
  expect(await found(`updated_at[$gt]=${after}`)).toMatchObject([{ id: asked!.id, status: 'canceled' }])
  expect(await found(`created_at[$gt]=${after}`)).toEqual([])
  expect((await oms.call('GET', `/admin/returns/${asked!.id}`)).json()).toMatchObject({
    return: { status: 'canceled' },
  })
  expect((await oms.call('GET', '/admin/returns/return_nobody')).status).toBe(404)
  expect((await oms.call('GET', '/admin/returns?order=amount')).status).toBe(400)
})

describe('every word of a return is reached', () => {
  test.each([
    { returned: 'open', refundState: 'in-progress', requested: 3, received: 0 },
    { returned: 'requested', refundState: 'in-progress', requested: 3, received: 0 },
    { returned: 'partially_received', refundState: 'in-progress', requested: 2, received: 1 },
    { returned: 'received', refundState: 'none', requested: 0, received: 3 },
    { returned: 'canceled', refundState: 'none', requested: 0, received: 0 },
  ])('$returned is $refundState', async ({ returned, refundState, requested, received }) => {
    await act({ kind: 'ship-in-back-office', waybillNo: 'YT7300000001', carrierName: '圆通速递' })
    await refund({ lineNo: bought.lines[0]!.lineNo })
    const wish = { orderNos: [bought.orderNo], returned }
    expect(await oms.control('states', wish)).toEqual({ changed: [bought.orderNo] })
    expect(detailsOf(await order())[0]).toMatchObject({
      return_requested_quantity: requested,
      return_received_quantity: received,
    })
    expect((await oms.call('GET', `/admin/returns?status[]=${returned}`)).json()).toMatchObject({
      returns: [{ status: returned, items: [{ quantity: 3, received_quantity: received }] }],
    })
    expect(await truth()).toMatchObject({ status: 'shipped', refundState })
  })

  test('but not without a return, nor in part of one piece', async () => {
    const wish = { orderNos: [bought.orderNo], returned: 'partially_received' }
    expect(await oms.control('states', wish)).toEqual({ changed: [] })
    await refund({ lineNo: bought.lines[1]!.lineNo })
    expect(await oms.control('states', wish)).toEqual({ changed: [] })
  })
})
