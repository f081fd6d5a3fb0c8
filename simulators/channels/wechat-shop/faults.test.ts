import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Counts, Fault, FaultKind, ListingState, Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf, shelf, type Tree } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let orders: readonly Truth[]
let token: string
let atFirst: number
/** Ten seconds into a minute. */
const today = 1_790_000_050_000

beforeEach(async () => {
  simulator = await start({ seed: 81 })
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('clock', { now: today })
  await caller.control('listings', shelf)
  orders = await caller.buy({ count: 6 })
  token = String((await caller.token()).access_token)
  atFirst = (await mug()).quantity
})
afterEach(() => simulator.close())

const break_ = (kind: FaultKind, more: Partial<Fault> = {}) =>
  caller.control('faults', { seed: 3, faults: [{ kind, rate: 1, times: 1, ...more }] })
const heal = () => caller.control('faults', { faults: [] })
const counts = () => caller.control<Counts>('counts')
const send = (name: string, body: unknown) =>
  caller.send({ path: `/channels/ec/${name}`, token, text: JSON.stringify(body) })
const read = () => send('order/get', { order_id: orders[0]!.orderNo })
const errcode = async (response: Promise<Response>) => ((await (await response).json()) as { errcode: number }).errcode
const mug = async () => (await caller.control<ListingState[]>('listings'))[0]!
const setStock = async (num: number) => {
  const { itemNo, skuNo } = await mug()
  return send('product/stock/update', { product_id: itemNo, sku_id: skuNo, diff_type: 3, num })
}
const list = async (more: Tree = {}) => {
  const update_time_range = { start_time: today / 1000 - 60, end_time: today / 1000 + 60 }
  return (await caller.call('order/list/get', { update_time_range, page_size: 3, ...more })).at<string[]>(
    'order_id_list',
  )
}

test.each([
  { kind: 'throttle', code: 45011 },
  { kind: 'quota', code: 45009 },
] as const)('$kind answers $code for the rest of the minute, on that call alone', async ({ kind, code }) => {
  await break_(kind)
  expect(await errcode(read())).toBe(code)
  expect(await errcode(read())).toBe(code)
  expect((await setStock(3)).ok && (await mug()).quantity).toBe(3)
  await caller.control('clock', { now: today + 60_000 - (today % 60_000) })
  expect(await errcode(read())).toBe(0)
  expect(await counts()).toMatchObject({ violations: 0, refused: {}, faultsPlayed: { [kind]: 1 } })
})

test('an empty plan ends what a fault began', async () => {
  await break_('quota')
  await read()
  await heal()
  expect(await errcode(read())).toBe(0)
})

test('expire lets no token hold, a new one neither, until it ends', async () => {
  await break_('expire', { times: 20 })
  const seen = new Set<number>()
  for (let time = 0; time < 20; time += 1) {
    token = String((await caller.token()).access_token)
    seen.add(await errcode(read()))
  }
  expect(seen).toEqual(new Set([40001, 42001]))
  expect(await errcode(read())).toBe(0)
})

test('busy is -1, and nothing was done', async () => {
  await break_('busy')
  expect(((await (await setStock(9)).json()) as Tree).errcode).toBe(-1)
  expect((await mug()).quantity).toBe(atFirst)
})

test('server-error is a status of its own, nonsense no answer anybody could take for one', async () => {
  await break_('server-error', { times: 9 })
  for (let time = 0; time < 9; time += 1) expect((await read()).status).toBeGreaterThanOrEqual(500)
  await break_('nonsense', { times: 9 })
  for (let time = 0; time < 9; time += 1) {
    const text = await (await read()).text()
    expect(text).not.toContain('"aftersale_detail"')
  }
})

test('nonsense after a write is never an object, which would mean success', async () => {
  await break_('nonsense', { times: 20 })
  for (let time = 0; time < 20; time += 1) {
    expect(await (await setStock(time)).text()).not.toMatch(/^\{.*\}$/)
  }
  expect((await mug()).quantity).toBe(19)
})

test('hang says nothing until the caller gives up', async () => {
  await break_('hang')
  const silence = read()
  const patience = new Promise((resolve) => setTimeout(resolve, 100, 'gave up'))
  expect(await Promise.race([silence, patience])).toBe('gave up')
  await simulator.close()
  await expect(silence).rejects.toThrow()
})

test('cut breaks a write before it is done, and a read half way', async () => {
  await break_('cut', { times: 2 })
  await expect(setStock(9)).rejects.toThrow()
  expect((await mug()).quantity).toBe(atFirst)
  await expect(read().then((response) => response.text())).rejects.toThrow()
})

test('drop-after-apply breaks off when everything is done, and spares reads', async () => {
  await break_('drop-after-apply')
  expect(await errcode(read())).toBe(0)
  await expect(setStock(9)).rejects.toThrow()
  expect((await mug()).quantity).toBe(9)
})

test('lie answers success and does nothing, to stock, notes, parcels and after-sales alike', async () => {
  const [order] = orders
  const [line] = order!.lines
  const order_id = order!.orderNo
  await caller.act({ kind: 'refund', orderNos: [orders[1]!.orderNo] })
  const span = { begin_update_time: today / 1000, end_update_time: today / 1000 }
  const [after_sale_order_id] = (await caller.call('aftersale/getaftersalelist', span)).at<string[]>(
    'after_sale_order_id_list',
  )
  await break_('lie', { times: 4 })
  const goods = { product_id: line!.itemNo, sku_id: line!.skuNo, product_cnt: 1 }
  const parcel = { delivery_id: 'SF', waybill_id: 'SF1', deliver_type: 1, product_infos: [goods] }
  expect(await errcode(setStock(9))).toBe(0)
  expect(await errcode(send('order/merchantnotes/update', { order_id, merchant_notes: '急' }))).toBe(0)
  expect(await errcode(send('order/delivery/send', { order_id, delivery_list: [parcel] }))).toBe(0)
  expect(await errcode(send('aftersale/acceptapply', { after_sale_order_id }))).toBe(0)
  expect((await counts()).faultsPlayed).toEqual({ lie: 4 })
  expect((await mug()).quantity).toBe(atFirst)
  expect(await caller.truth(order_id)).toMatchObject({ remark: '', status: 'paid-wait-ship' })
  expect((await caller.truth(orders[1]!.orderNo)).refundState).toBe('in-progress')
  expect(await caller.control('shipments')).toEqual([])
})

test('hide leaves orders out of lists, though each can be asked for', async () => {
  await break_('hide', { times: 2 })
  expect(await list({ page_size: 9 })).toHaveLength(4)
  const hidden = (await caller.control<Truth[]>('orders')).filter((truth) => truth.hidden)
  expect(hidden).toHaveLength(2)
  expect((await caller.call('order/get', { order_id: hidden[0]!.orderNo })).errcode).toBe(0)
  await heal()
  expect(await list({ page_size: 9 })).toHaveLength(6)
})

test('duplicate lists an order twice, reorder mixes a page', async () => {
  await break_('duplicate')
  expect((await list({ page_size: 9 })).length).toBe(7)
  await break_('reorder')
  const mixed = await list({ page_size: 9 })
  expect(mixed).not.toEqual(orders.map(({ orderNo }) => orderNo))
  expect(new Set(mixed).size).toBe(6)
})

test('shift changes orders behind a page, which come later or again', async () => {
  await caller.control('clock', { now: today + 10_000 })
  await break_('shift')
  const first = await list()
  const update_time_range = { start_time: today / 1000 + 10, end_time: today / 1000 + 10 }
  expect(await list({ update_time_range })).toEqual([first[2], orders[3]!.orderNo])
})

test('a call for a token breaks only when the plan names it', async () => {
  await break_('throttle', { times: 2 })
  expect(await caller.token()).toHaveProperty('access_token')
  await break_('throttle', { operations: ['cgi-bin/stable_token'] })
  expect(await caller.token()).toMatchObject({ errcode: 45011 })
})
