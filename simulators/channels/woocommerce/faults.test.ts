import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Fault, FaultKind, ListingState, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'
import samples from './samples/errors.json' with { type: 'json' }

const base = '/wp-json/wc/v3'

let simulator: Simulator
let oms: Caller
let orders: readonly Truth[]

beforeEach(async () => {
  simulator = await start({ seed: 3 })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('listings', demoCatalogue)
  orders = (await oms.control<{ orders: Truth[] }>('buy', { count: 6, seed: 1 })).orders
})
afterEach(() => simulator.close())

const breakOnce = (kind: FaultKind, more: Partial<Fault> = {}) =>
  oms.control('faults', { faults: [{ kind, rate: 1, times: 1, ...more }] })
const ask = (query = 'per_page=100') => oms.call('GET', `${base}/orders?orderby=modified&order=asc&${query}`)
const idsOf = (called: { json: <T>() => T }) => called.json<{ id: number }[]>().map(({ id }) => String(id))
const mug = async () =>
  (await oms.control<ListingState[]>('listings')).find(({ merchantCode }) => merchantCode === 'MB-1001')!
const setMugs = async (stock_quantity: number) => {
  const { itemNo, skuNo } = await mug()
  return oms.call('PUT', `${base}/products/${itemNo}/variations/${skuNo}`, { body: { stock_quantity } })
}
const sampleOf = (status: number) => samples.cases.find((each) => each.status === status)!

test.each([
  { kind: 'throttle', status: 429, wait: null, body: sampleOf(429).body },
  { kind: 'busy', status: 503, wait: null, body: sampleOf(503).body },
  { kind: 'quota', status: 429, wait: '3600', body: expect.stringContaining('<html>') },
  { kind: 'expire', status: 401, wait: null, body: JSON.stringify(sampleOf(401).body) },
] as const)('$kind answers $status once and breaks no limit', async ({ kind, status, wait, body }) => {
  await breakOnce(kind)
  const answer = await ask()
  expect([answer.status, answer.headers.get('retry-after'), answer.text]).toEqual([status, wait, body])
  expect((await ask()).status).toBe(200)
  expect(await oms.control<Counts>('counts')).toMatchObject({ violations: 0, faultsPlayed: { [kind]: 1 } })
})

test('a server error is a page or the core’s own words, nonsense is no JSON', async () => {
  await breakOnce('server-error', { times: 8 })
  const errors = await Promise.all(Array.from({ length: 8 }, () => ask()))
  expect(new Set(errors.map(({ status }) => status))).toEqual(new Set([500]))
  expect(new Set(errors.map(({ headers }) => headers.get('content-type'))).size).toBe(2)
  await breakOnce('nonsense', { times: 8 })
  for (const answer of await Promise.all(Array.from({ length: 8 }, () => ask())))
    expect(answer.json).toThrow(SyntaxError)
})

test('hang says nothing until the line is closed', async () => {
  await breakOnce('hang')
  const silence = ask().catch(() => 'closed')
  await simulator.close()
  expect(await silence).toBe('closed')
})

test('cut breaks off before anything is done, drop-after-apply when all is done, and only at writes', async () => {
  const { quantity } = await mug()
  await breakOnce('cut')
  await expect(setMugs(quantity + 5)).rejects.toThrow()
  expect((await mug()).quantity).toBe(quantity)
  await breakOnce('drop-after-apply')
  expect((await ask()).status).toBe(200)
  await expect(setMugs(3)).rejects.toThrow()
  expect((await mug()).quantity).toBe(3)
})

test('lie answers success and does nothing, to stock, parcels, statuses and notes alike', async () => {
  const { quantity } = await mug()
  const no = orders[0]!.orderNo
  const way = `/wp-json/wc-shipment-tracking/v3/orders/${no}/shipment-trackings`
  await breakOnce('lie', { times: 4 })
  expect((await setMugs(quantity + 5)).json()).toMatchObject({ stock_quantity: quantity + 5 })
  const body = { custom_tracking_provider: '中通快递', tracking_number: 'ZT1' }
  expect((await oms.call('POST', way, { body })).status).toBe(201)
  expect((await oms.call('PUT', `${base}/orders/${no}`, { body: { status: 'completed' } })).json()).toMatchObject({
    status: 'completed',
  })
  expect((await oms.call('POST', `${base}/orders/${no}/notes`, { body: { note: '加急' } })).status).toBe(201)

  expect(await mug()).toMatchObject({ quantity, pushes: 0 })
  expect((await oms.call('GET', way)).json()).toEqual([])
  expect((await oms.call('GET', `${base}/orders/${no}`)).json()).toMatchObject({ status: 'processing' })
  expect((await oms.call('GET', `${base}/orders/${no}/notes`)).json()).toEqual([])
  expect(await oms.control('orders')).toEqual(orders)
})

test('hide leaves orders out of the list, but the count holds them and their id finds them', async () => {
  await breakOnce('hide', { times: 2 })
  const answer = await ask()
  expect([idsOf(answer).length, answer.headers.get('x-wp-total')]).toEqual([4, '6'])
  const hidden = (await oms.control<Truth[]>('orders')).filter((truth) => truth.hidden)
  expect(hidden).toHaveLength(2)
  expect((await oms.call('GET', `${base}/orders/${hidden[0]!.orderNo}`)).status).toBe(200)
  await oms.control('faults', { faults: [] })
  expect(idsOf(await ask())).toHaveLength(6)
})

test('duplicate lists an order twice, reorder mixes a page', async () => {
  const numbers = orders.map(({ orderNo }) => orderNo)
  await breakOnce('duplicate')
  expect(idsOf(await ask())).toEqual([...numbers, numbers[0]])
  await breakOnce('reorder')
  const mixed = idsOf(await ask())
  expect(mixed).not.toEqual(numbers)
  expect([...mixed].sort()).toEqual(numbers)
})

test('shift moves the last order of a page to the end, so a pass by page number misses one and sees one twice', async () => {
  const numbers = orders.map(({ orderNo }) => orderNo)
  await oms.control('clock', { now: Date.now() + 60_000 })
  await breakOnce('shift')
  const pages = []
  for (const page of [1, 2, 3]) pages.push(idsOf(await ask(`per_page=2&page=${page}`)))
  expect(pages).toEqual([numbers.slice(0, 2), [numbers[3], numbers[4]], [numbers[5], numbers[1]]])
})

test('a fault may be kept to one operation', async () => {
  await breakOnce('busy', { operations: ['variations.update'] })
  expect((await ask()).status).toBe(200)
  expect((await setMugs(1)).status).toBe(503)
  const { calls } = await oms.control<Counts>('counts')
  expect(calls).toEqual({ 'orders.list': 1, 'variations.update': 1 })
})
