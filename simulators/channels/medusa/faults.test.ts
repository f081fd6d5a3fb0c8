import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Fault, FaultKind, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'

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
const ask = (query = 'limit=100') => oms.call('GET', `/admin/orders?order=updated_at&${query}`)
const idsOf = (answer: { json: <T>() => T }) => answer.json<{ orders: { id: string }[] }>().orders.map(({ id }) => id)
const truth = async ({ orderNo } = orders[0]!) =>
  (await oms.control<Truth[]>('orders')).find((order) => order.orderNo === orderNo)!
const items = () => orders[0]!.lines.map(({ lineNo: id, quantity }) => ({ id, quantity }))
const pack = () => oms.call('POST', `/admin/orders/${orders[0]!.orderNo}/fulfillments`, { body: { items: items() } })
const ship = (id: string) =>
  oms.call('POST', `/admin/orders/${orders[0]!.orderNo}/fulfillments/${id}/shipments`, { body: { items: items() } })
const packedIn = (answer: { json: <T>() => T }) =>
  answer.json<{ order: { fulfillments: { id: string }[] } }>().order.fulfillments.at(-1)!.id

test.each([
  { kind: 'throttle', status: 429 },
  { kind: 'quota', status: 429 },
  { kind: 'busy', status: 503 },
  { kind: 'expire', status: 401 },
] as const)('$kind answers $status once and breaks no limit', async ({ kind, status }) => {
  await breakOnce(kind)
  const answer = await ask()
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toMatch(kind === 'expire' ? /json/ : /html/)
  if (kind === 'quota') expect(answer.headers.get('retry-after')).toBe('3600')
  expect((await ask()).status).toBe(200)
  expect(await oms.control<Counts>('counts')).toMatchObject({ violations: 0, faultsPlayed: { [kind]: 1 } })
})

test('a server error is a page or words of the platform’s own, nonsense is no JSON', async () => {
  await breakOnce('server-error', { times: 12 })
  const errors = await Promise.all(Array.from({ length: 12 }, () => ask()))
  expect(new Set(errors.map(({ status }) => status))).toEqual(new Set([500]))
  expect(new Set(errors.map(({ text }) => text)).size).toBe(4)
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

test('cut breaks before anything is done', async () => {
  await breakOnce('cut')
  await expect(pack()).rejects.toThrow('fetch failed')
  expect(packedIn(await pack())).toMatch(/^ful_/)
})

test('the answer to a shipment is lost, that to the packing only by name', async () => {
  await breakOnce('drop-after-apply')
  const id = packedIn(await pack())
  await expect(ship(id)).rejects.toThrow('fetch failed')
  expect(await truth()).toMatchObject({ status: 'shipped' })

  orders = orders.slice(1)
  await breakOnce('drop-after-apply', { operations: ['fulfillments.create'] })
  await expect(pack()).rejects.toThrow('fetch failed')
  expect((await pack()).json()).toMatchObject({ type: 'invalid_data' })
})

test('a lie goes on where another began, and nothing is done', async () => {
  await oms.control('faults', { faults: [{ kind: 'lie', rate: 1 }] })
  const shipped = await ship(packedIn(await pack()))
  expect(shipped.json()).toMatchObject({ order: { fulfillment_status: 'shipped' } })
  expect(await truth()).toMatchObject({ status: 'paid-wait-ship', modifiedAt: orders[0]!.modifiedAt })
  await oms.control('faults', { faults: [] })
  expect((await pack()).json()).toMatchObject({ order: { fulfillments: [{}] } })
})

test('rows come twice or mixed, but all of them', async () => {
  await oms.control('faults', { faults: ['duplicate', 'reorder'].map((kind) => ({ kind, rate: 1 })) })
  const ids = idsOf(await ask())
  expect(ids).toHaveLength(orders.length + 1)
  expect(new Set(ids)).toEqual(new Set(orders.map(({ orderNo }) => orderNo)))
})

test('what is hidden stays hidden, and counted', async () => {
  await oms.control('faults', { seed: 5, faults: [{ kind: 'hide', rate: 0.5 }] })
  const answer = await ask()
  const hidden = (await oms.control<Truth[]>('orders')).filter((order) => order.hidden).map(({ orderNo }) => orderNo)
  expect(hidden.length).toBeGreaterThan(0)
  expect(idsOf(answer).sort()).toEqual(
    orders
      .map(({ orderNo }) => orderNo)
      .filter((no) => !hidden.includes(no))
      .sort(),
  )
  expect(answer.json()).toMatchObject({ count: orders.length })
  expect(idsOf(await ask())).toEqual(idsOf(answer))
})

test('an order that changes between two pages moves to the end, and one behind it is missed', async () => {
  await breakOnce('shift')
  const first = idsOf(await ask('limit=3'))
  const second = idsOf(await ask('limit=3&offset=3'))
  expect(second).toContain(first.at(-1))
  expect(new Set([...first, ...second]).size).toBe(orders.length - 1)
})

test('a fault strikes only where it is named', async () => {
  await oms.control('faults', { faults: [{ kind: 'busy', rate: 1, operations: ['orders.get'] }] })
  expect((await ask()).status).toBe(200)
  expect((await oms.call('GET', `/admin/orders/${orders[0]!.orderNo}`)).status).toBe(503)
})

test('the same seed gives the same day', async () => {
  const { orders: again } = await oms.control<{ orders: Truth[] }>('buy', { count: 2, seed: 9 })
  const other = await start({ seed: 3 })
  const caller = createCaller(other.about.address, other.about.credentials)
  await caller.control('listings', demoCatalogue)
  const { orders: there } = await caller.control<{ orders: Truth[] }>('buy', { count: 2, seed: 9 })
  const told = (truths: readonly Truth[]) =>
    truths.map(({ receiver, paidTotalFen, lines }) => ({
      receiver,
      paidTotalFen,
      codes: lines.map((line) => line.merchantCode),
    }))
  expect(told(there)).toEqual(told(again))
  expect(other.about.credentials['secretKey']).toBe(simulator.about.credentials['secretKey'])
  await other.close()
})
