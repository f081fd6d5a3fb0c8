import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Fault, FaultKind, ListingState, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let oms: Caller
let orders: readonly Truth[]

beforeEach(async () => {
  simulator = await start({ seed: 3 })
  oms = createCaller(simulator.about.address, simulator.about.credentials.secret!)
  await oms.control('POST', '/_sim/listings', demoCatalogue)
  orders = (await oms.control<{ orders: Truth[] }>('POST', '/_sim/buy', { count: 6 })).orders
})
afterEach(() => simulator.close())

async function breakOnce(kind: FaultKind, more: Partial<Fault> = {}): Promise<void> {
  await oms.control('POST', '/_sim/faults', { faults: [{ kind, rate: 1, times: 1, ...more }] })
}
async function list(query = 'limit=100'): Promise<string[]> {
  const answer = await oms.call('GET', `/oms/v1/orders?${query}`)
  return ((await answer.json()) as { orders: { id: string }[] }).orders.map(({ id }) => id)
}
async function available(sku: string): Promise<number> {
  const listings = await oms.control<ListingState[]>('GET', '/_sim/listings')
  return listings.find(({ skuNo }) => skuNo === sku)!.quantity
}
const setMugs = (number: number) => oms.call('PUT', '/oms/v1/stock', { items: [{ sku: 'MB-1001', available: number }] })

test.each([
  { kind: 'throttle', status: 429, wait: '1', body: '{"error":"too_fast"}' },
  { kind: 'quota', status: 429, wait: '3600', body: '{"error":"quota_used_up"}' },
  { kind: 'busy', status: 503, wait: '2', body: '{"error":"busy"}' },
  { kind: 'server-error', status: 500, wait: null, body: '{"error":"internal"}' },
  { kind: 'expire', status: 401, wait: null, body: '{"error":"signature"}' },
] as const)('$kind answers $status once, breaks no limit and uses no id up', async ({ kind, status, wait, body }) => {
  await breakOnce(kind)
  const call = { method: 'GET', target: '/oms/v1/ping', id: 'req_again' }
  const answer = await oms.callWith(call)
  expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([status, wait, body])
  expect((await oms.callWith(call)).status).toBe(200)
  const counts = await oms.control<Counts>('GET', '/_sim/counts')
  expect([counts.violations, counts.faultsPlayed]).toEqual([0, { [kind]: 1 }])
})

test('nonsense is a page of HTML with 502', async () => {
  await breakOnce('nonsense')
  const answer = await oms.call('GET', '/oms/v1/ping')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html;charset=UTF-8'])
  await expect(answer.json()).rejects.toThrow(SyntaxError)
})

test('hang says nothing until the caller gives up', async () => {
  await breakOnce('hang')
  const silence = oms.call('GET', '/oms/v1/ping')
  const patience = new Promise((resolve) => setTimeout(resolve, 150, 'gave up'))
  expect(await Promise.race([silence, patience])).toBe('gave up')
  await simulator.close()
  await expect(silence).rejects.toThrow()
})

test('cut breaks off before anything is done', async () => {
  const before = await available('MB-1001')
  await breakOnce('cut')
  await expect(setMugs(before + 5)).rejects.toThrow()
  expect(await available('MB-1001')).toBe(before)
})

test('drop-after-apply breaks off when everything is done', async () => {
  await breakOnce('drop-after-apply')
  await expect(setMugs(3)).rejects.toThrow()
  expect(await available('MB-1001')).toBe(3)
})

test('lie answers success and does nothing, to stock, parcels and refunds alike', async () => {
  const [order] = orders
  const before = await available('MB-1001')
  await oms.control('POST', '/_sim/act', { kind: 'refund', orderNos: [order!.orderNo] })
  await breakOnce('lie', { times: 3 })
  expect(await (await setMugs(before + 5)).json()).toEqual({ results: [{ sku: 'MB-1001', ok: true }] })
  const line = order!.lines[0]!
  const shipped = await oms.call('POST', `/oms/v1/orders/${order!.orderNo}/shipments`, {
    carrier: 'sf',
    tracking_no: 'SF1000000000001',
    shipped_at: '2026-11-21T10:00:00+08:00',
    lines: [{ id: line.lineNo, qty: line.quantity }],
  })
  const decided = await oms.call('POST', `/oms/v1/orders/${order!.orderNo}/refunds/R-1`, {
    decision: 'approve',
    amount_fen: 1,
    reason: '',
  })
  expect([shipped.status, decided.status]).toEqual([201, 200])
  expect(await available('MB-1001')).toBe(before)
  expect(await oms.control('GET', '/_sim/shipments')).toEqual([])
  const truths = await oms.control<Truth[]>('GET', '/_sim/orders?since=0')
  expect(truths.find(({ orderNo }) => orderNo === order!.orderNo)).toMatchObject({
    status: 'paid-wait-ship',
    refundState: 'in-progress',
  })
})

test('hide leaves orders out of the list, but they can be asked for by id', async () => {
  await breakOnce('hide', { times: 2 })
  expect(await list()).toHaveLength(4)
  expect(await list()).toHaveLength(4)
  const truths = await oms.control<Truth[]>('GET', '/_sim/orders?since=0')
  const hidden = truths.filter((truth) => truth.hidden)
  expect(hidden).toHaveLength(2)
  expect((await oms.call('GET', `/oms/v1/orders/${hidden[0]!.orderNo}`)).status).toBe(200)
  await oms.control('POST', '/_sim/faults', { faults: [] })
  expect(await list()).toHaveLength(6)
})

test('duplicate lists an order twice, reorder mixes a page', async () => {
  const ids = orders.map(({ orderNo }) => orderNo)
  await breakOnce('duplicate')
  const doubled = await list()
  expect([doubled.length, new Set(doubled).size]).toEqual([7, 6])
  await breakOnce('reorder')
  const mixed = await list()
  expect(mixed).not.toEqual(ids)
  expect([...mixed].sort()).toEqual(ids)
})

test('shift changes orders while they are paged, and no row is skipped', async () => {
  await breakOnce('shift', { times: 2 })
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const answer = await oms.call('GET', `/oms/v1/orders?limit=2&cursor=${cursor}`)
    const page = (await answer.json()) as { orders: { id: string }[]; next_cursor: string | null }
    seen.push(...page.orders.map(({ id }) => id))
    cursor = page.next_cursor
  }
  expect(new Set(seen)).toEqual(new Set(orders.map(({ orderNo }) => orderNo)))
  expect(seen.length).toBeGreaterThan(orders.length)
})

test('a fault may be kept to one operation', async () => {
  await breakOnce('server-error', { operations: ['stock.set'] })
  expect((await oms.call('GET', '/oms/v1/ping')).status).toBe(200)
  expect((await setMugs(1)).status).toBe(500)
})
