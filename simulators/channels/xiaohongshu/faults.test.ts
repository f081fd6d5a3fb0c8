import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Fault, ListingState, Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf } from './caller.ts'
import { encrypt } from './cipher.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let order: Truth

beforeAll(async () => {
  simulator = await start({ seed: 81 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('listings', demoCatalogue)
  order = (await caller.control<{ orders: Truth[] }>('buy', { count: 6, seed: 1 })).orders[0]!
})
afterAll(() => simulator.close())

const break_ = (...faults: Fault[]) => caller.control('faults', { seed: 3, faults })
const counts = () => caller.control<Counts>('counts')
const readMethod = 'order.getOrderDetail'
const read = () => caller.call(readMethod, { orderId: order.orderNo })
const parcel = { expressNo: 'ZT0000000001', expressCompanyCode: 'zto' }
const ship = () => caller.call('order.orderDeliver', { orderId: order.orderNo, ...parcel })
const window = () => ({
  startTime: Math.floor(Date.now() / 1000) - 60,
  endTime: Math.ceil(Date.now() / 1000) + 1,
  timeType: 2,
})
const list = (more: object = {}) => caller.call('order.getOrderList', { ...window(), ...more })
const shipped = async () => (await caller.truth(order.orderNo)).status === 'shipped'
const idsOf = async (more: object = {}) =>
  (await list(more)).rows('data.orderList').map((row) => String(row.at('orderId')))

test('throttle: three guises, one of them by HTTP status', async () => {
  await break_({ kind: 'throttle', rate: 1 })
  const seen = new Set<string>()
  for (let turn = 0; turn < 15; turn++) {
    const { status, text } = await caller.text(readMethod, { orderId: order.orderNo })
    seen.add(`${status} ${/"error_code":(\d+)/.exec(text)![1]}`)
  }
  expect(seen).toEqual(new Set(['200 429', '429 429', '200 50429']))
  await break_()
  expect((await read()).code).toBe(0)
})

test('quota: of calls with the one code there is, of decryption text by text', async () => {
  await break_({ kind: 'quota', rate: 1 })
  expect((await read()).code).toBe(-2000701)
  const baseInfos = [{ dataTag: order.orderNo, encryptedData: encrypt(3, '13800008821') }]
  const answer = await caller.call('data.batchDecrypt', { baseInfos, actionType: '1', appUserId: 'w' })
  expect(answer.code).toBe(0)
  expect(answer.at('data.dataInfoList.0.errorCode')).toBe(-2000701)
})

test('server-error: each way of trouble, and nothing is done', async () => {
  await break_({ kind: 'server-error', rate: 1 })
  const answers = new Set<string>()
  for (let turn = 0; turn < 12; turn++) {
    const { status, text } = await caller.text('order.orderDeliver', { orderId: order.orderNo, ...parcel })
    answers.add(`${status} ${/"error_code":(-\d+)/.exec(text)?.[1] ?? ''}`.trim())
  }
  expect(answers).toEqual(new Set(['200 -2000500', '502', '503']))
  expect(await shipped()).toBe(false)
})

test('busy: the system’s own words, once', async () => {
  await break_({ kind: 'busy', rate: 1, times: 1 })
  expect((await read()).code).toBe(-2000500)
  expect((await read()).code).toBe(0)
  await break_({ kind: 'busy', rate: 1, times: 1 })
  expect((await caller.call('afterSale.getAfterSaleInfo', { returnsId: 'R1' })).body).toMatchObject({ code: -1010001 })
})

test('hang: no answer comes, and only to the named call', async () => {
  await break_({ kind: 'hang', rate: 1, operations: [readMethod] })
  const silence = new Promise((resolve) => setTimeout(resolve, 150, 'silence'))
  expect(await Promise.race([read().catch(() => 'broken'), silence])).toBe('silence')
  expect((await list()).code).toBe(0)
})

test('cut: a read breaks half way, a write breaks before it is done', async () => {
  await break_({ kind: 'cut', rate: 1 })
  await expect(read()).rejects.toThrow()
  await expect(ship()).rejects.toThrow()
  expect(await shipped()).toBe(false)
})

test('drop-after-apply: the write is done, by a cut or by words that it failed', async () => {
  await break_({ kind: 'drop-after-apply', rate: 1 })
  const outcomes = new Set<unknown>()
  for (let turn = 0; turn < 10; turn++) {
    const remark = { orderId: order.orderNo, sellerMarkNote: `第${turn}次`, operator: 'oms', sellerMarkPriority: 1 }
    outcomes.add(
      await caller.call('order.modifySellerMarkInfo', remark).then(
        ({ code }) => code,
        () => 'cut',
      ),
    )
  }
  expect(outcomes).toEqual(new Set(['cut', -2000500]))
  expect((await caller.truth(order.orderNo)).remark).toBe('第9次')
})

test('nonsense: never an answer that could pass for success', async () => {
  await break_({ kind: 'nonsense', rate: 1 })
  for (let turn = 0; turn < 20; turn++) {
    const { text } = await caller.text(readMethod, { orderId: order.orderNo })
    expect(text).not.toMatch(/^\{.*"success":true.*\}$/)
  }
})

test('expire: the token ends in the middle, and a new one works', async () => {
  await break_({ kind: 'expire', rate: 1, times: 1 })
  expect([(await read()).code, (await read()).code]).toEqual([401, 401])
  const { credentials } = await caller.control<{ credentials: Record<string, string> }>('authorise', {})
  caller = callerOf(simulator.about.address, credentials)
  expect((await read()).code).toBe(0)
})

test('hide: orders are missing from the list and still counted', async () => {
  await break_({ kind: 'hide', rate: 0.5 })
  const truths = await caller.control<Truth[]>('orders')
  const answer = await list()
  const shown = answer.rows('data.orderList').map((row) => row.at('orderId'))
  expect(answer.at('data.total')).toBe(6)
  expect(new Set(shown)).toEqual(new Set(truths.filter(({ hidden }) => !hidden).map(({ orderNo }) => orderNo)))
  expect(shown.length).toBeLessThan(6)
  await break_()
  expect(await idsOf()).toHaveLength(6)
})

test('shift: an order of the list changes after a page has been read, and moves to the end', async () => {
  const before = await idsOf()
  await break_({ kind: 'shift', rate: 1, times: 1 })
  await idsOf({ pageSize: 2 })
  const after = await idsOf()
  expect(after).not.toEqual(before)
  expect([...after].sort()).toEqual([...before].sort())
  expect(before.filter((id) => id !== after.at(-1))).toEqual(after.slice(0, -1))
  expect((await counts()).faultsPlayed).toEqual({ shift: 1 })
})

test('duplicate and reorder: a row comes twice, a page is mixed', async () => {
  const before = await idsOf()
  await break_({ kind: 'duplicate', rate: 1 }, { kind: 'reorder', rate: 1 })
  const after = await idsOf()
  expect(after).toHaveLength(before.length + 1)
  expect(new Set(after)).toEqual(new Set(before))
  expect(after).not.toEqual([...before, after.at(-1)])
})

test('lie: success is answered, nothing is done', async () => {
  await break_({ kind: 'lie', rate: 1 })
  const listings = await caller.control<ListingState[]>('listings')
  expect((await ship()).body).toEqual({ success: true, error_code: 0 })
  const stock = await caller.call('inventory.syncSkuStock', { skuId: listings[0]!.skuNo, qty: 7 })
  expect(stock.at('data.skuStock.available')).toBe(7)
  const remark = { sellerMarkNote: '加急', operator: 'oms', sellerMarkPriority: 1 }
  expect((await caller.call('order.modifySellerMarkInfo', { orderId: order.orderNo, ...remark })).code).toBe(0)
  expect(await shipped()).toBe(false)
  expect(await caller.control('shipments')).toEqual([])
  expect(await caller.control('listings')).toEqual(listings)
  expect((await caller.truth(order.orderNo)).remark).toBe('')
  expect((await counts()).faultsPlayed).toEqual({ lie: 3 })
})

test('a fault unknown to the contract is not taken', async () => {
  await expect(caller.control('faults', { faults: [{ kind: 'earthquake', rate: 1 }] })).rejects.toThrow('earthquake')
})
