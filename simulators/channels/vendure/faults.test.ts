import { afterEach, beforeEach, expect, test } from 'vitest'
import { everyFault } from '../../aid/faults.ts'
import type { Fault, FaultKind, ListingState, Truth } from '../../simulator.ts'
import { type Caller, keysOf, makeOut, move, openCaller, orderOf } from './caller.ts'

let shop: Caller
let orders: readonly Truth[]
beforeEach(async () => {
  shop = await openCaller()
  orders = await shop.buy({ count: 6, seed: 1 })
})
afterEach(() => shop.close())

const breaks = (kind: FaultKind, more: Partial<Fault> = {}) =>
  shop.control('faults', { faults: [{ kind, rate: 1, times: 1, ...more }] })
const list = async (options = '{}') => {
  const query = `{ orders(options: ${options}) { totalItems items { id updatedAt } } }`
  const { data, status } = await shop.ask<{
    orders?: { totalItems: number; items: { id: string; updatedAt: string }[] }
  }>(query)
  if (!data.orders) throw new Error(`answered ${status}`)
  return { total: data.orders.totalItems, ids: data.orders.items.map(({ id }) => id), rows: data.orders.items }
}
const setMugs = (stockOnHand: number) =>
  shop.ask(`mutation { updateProductVariants(input: [{ id: "4101", stockLevels: [{ stockLocationId: "1", stockOnHand: ${stockOnHand} }] }]) {
    stockOnHand } }`)
const mugs = async () => (await shop.control<ListingState[]>('listings'))[0]!
const linesOf = ({ lines }: Truth) => lines.map(({ lineNo, quantity }) => [lineNo, quantity] as const)

test('every fault there is can be played', async () => {
  const { catalogue } = await shop.control<{ catalogue: FaultKind[] }>('faults')
  expect(catalogue).toEqual(everyFault)
})

test.each([
  { kind: 'throttle', statuses: [429] },
  { kind: 'quota', statuses: [429] },
  { kind: 'busy', statuses: [503] },
  { kind: 'server-error', statuses: [200, 500, 502, 504] },
  { kind: 'expire', statuses: [200, 401, 403] },
] as const)('$kind is told, and nothing is done', async ({ kind, statuses }) => {
  for (let time = 0; time < 6; time += 1) {
    await breaks(kind)
    const { status, data } = await setMugs(3)
    expect(statuses).toContain(status)
    expect(data).toEqual({})
  }
  expect((await mugs()).pushes).toBe(0)
  expect((await setMugs(4)).status).toBe(200)
  expect(await shop.counts()).toMatchObject({ violations: 0, faultsPlayed: { [kind]: 6 } })
})

test('a quota says when it is over, a host that is busy may', async () => {
  const ask = () =>
    fetch(`${shop.address}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...keysOf(shop.credentials) },
      body: '{"query":"{ me { id } }"}',
    })
  await breaks('quota')
  expect((await ask()).headers.get('retry-after')).toBe('3600')
  const waits = new Set<string | null>()
  for (let time = 0; time < 12; time += 1) {
    await shop.control('faults', { seed: time, faults: [{ kind: 'throttle', rate: 1 }] })
    waits.add((await ask()).headers.get('retry-after'))
  }
  expect(waits).toEqual(new Set(['2', null]))
})

test('a key that has ended is refused', async () => {
  const { credentials } = await shop.control<{ credentials: Record<string, string> }>('authorise', {
    expiresInMs: 60_000,
  })
  const code = async () => (await shop.ask('{ me { id } }', {}, keysOf(credentials))).errors[0]?.extensions?.code
  expect(await code()).toBeUndefined()
  await shop.control('clock', { now: Date.now() + 120_000 })
  expect(await code()).toBe('FORBIDDEN')
})

test('cut breaks a write off before it is done and a read half way', async () => {
  await breaks('cut', { times: 2 })
  await expect(setMugs(3)).rejects.toThrow()
  expect((await mugs()).pushes).toBe(0)
  await expect(list()).rejects.toThrow()
})

test('drop-after-apply strikes writes alone, which are done', async () => {
  for (const quantity of [53, 54, 55, 56]) {
    await breaks('drop-after-apply')
    expect((await list()).ids).toHaveLength(6)
    const status = await setMugs(quantity).then(
      (answer) => answer.status,
      () => 'cut',
    )
    expect([504, 'cut']).toContain(status)
  }
  expect((await mugs()).pushes).toBe(4)
})

test('drop-after-apply strikes a shipment at its second step, and at its first where that is named', async () => {
  const [first, second] = orders
  await breaks('drop-after-apply')
  const { id } = await makeOut(shop, linesOf(first!))
  await move(shop, id!, 'Shipped').catch(() => null)
  expect((await orderOf(shop, first!.orderNo)).state).toBe('Shipped')
  await breaks('drop-after-apply', { operations: ['addFulfillmentToOrder'] })
  await makeOut(shop, linesOf(second!), { number: 'ZT2' }).catch(() => null)
  expect((await orderOf(shop, second!.orderNo)).fulfillments).toMatchObject([{ state: 'Pending', trackingCode: 'ZT2' }])
  expect(await shop.control('shipments')).toMatchObject([{ orderNo: first!.orderNo }])
})

test('nonsense is nothing that looks like an answer', async () => {
  for (let time = 0; time < 8; time += 1) {
    await breaks('nonsense')
    const { data } = await shop.ask('{ me { id } }').catch(() => ({ data: {} }))
    expect(data).toEqual({})
  }
})

test('hang says nothing until somebody gives up', async () => {
  await breaks('hang')
  const silence = list()
  const patience = new Promise((resolve) => setTimeout(resolve, 100, 'gave up'))
  expect(await Promise.race([silence, patience])).toBe('gave up')
  await shop.close()
  await expect(silence).rejects.toThrow()
})

test('lie answers success and does nothing, for parcels, stock, refunds, cancelling and notes', async () => {
  const before = [await shop.control('orders'), await shop.control('listings')]
  const { orderNo } = orders[0]!
  const payment = (await orderOf(shop, orderNo)).payments.find(({ state }) => state === 'Settled')!.id
  await shop.control('faults', { faults: [{ kind: 'lie', rate: 1 }] })
  const { id } = await makeOut(shop, linesOf(orders[0]!))
  expect(await move(shop, id!, 'Shipped')).toMatchObject({ __typename: 'Fulfillment', state: 'Shipped' })
  expect((await setMugs(3)).data).toEqual({ updateProductVariants: [{ stockOnHand: 3 }] })
  const writes = [
    `refundOrder(input: { paymentId: "${payment}", amount: 100 }) { ... on Refund { state } }`,
    `cancelOrder(input: { orderId: "${orderNo}" }) { ... on Order { id } }`,
    `addNoteToOrder(input: { id: "${orderNo}", note: "改了", isPublic: false }) { id }`,
  ]
  for (const write of writes) expect((await shop.ask(`mutation { ${write} }`)).errors).toEqual([])
  expect((await shop.counts()).faultsPlayed.lie).toBe(6)
  expect([await shop.control('orders'), await shop.control('listings')]).toEqual(before)
  expect(await shop.control('shipments')).toEqual([])
})

test('hide leaves orders out of lists, though the total and the id still hold them', async () => {
  await breaks('hide', { times: 2 })
  expect(await list()).toMatchObject({ total: 6, ids: { length: 4 } })
  expect((await list()).ids).toHaveLength(4)
  const hidden = (await shop.control<Truth[]>('orders')).filter((truth) => truth.hidden)
  expect(hidden).toHaveLength(2)
  expect((await orderOf(shop, hidden[0]!.orderNo)).id).toBe(hidden[0]!.orderNo)
  await shop.control('faults', { faults: [] })
  expect((await list()).ids).toHaveLength(6)
})

test('duplicate lists an order twice, reorder mixes a page', async () => {
  await breaks('duplicate')
  const { ids: doubled } = await list()
  expect([doubled.length, new Set(doubled).size]).toEqual([7, 6])
  await breaks('reorder')
  const { ids: mixed } = await list()
  expect(mixed).not.toEqual(orders.map(({ orderNo }) => orderNo))
  expect(mixed.toSorted()).toEqual(orders.map(({ orderNo }) => orderNo).toSorted())
})

test('shift changes the last order of a page and the next one, after the page was told', async () => {
  const now = Date.now() + 60_000
  await shop.control('clock', { now })
  await breaks('shift', { times: 2 })
  await list()
  const { rows } = await list('{ sort: { updatedAt: ASC }, take: 3 }')
  expect(rows.map(({ updatedAt }) => Date.parse(updatedAt))).not.toContain(now)
  const changed = (await shop.control<Truth[]>('orders')).filter(({ modifiedAt }) => modifiedAt === now)
  expect(changed.map(({ orderNo }) => orderNo)).toEqual([orders[2]!.orderNo, orders[3]!.orderNo])
})

test('the same seed gives the same day, another seed another', async () => {
  const day = async (seed: number) => {
    await shop.control('reset', { seed })
    await shop.control('clock', { now: 1_792_458_000_000 })
    const { demoCatalogue } = await import('../../demo-catalogue.ts')
    await shop.control('listings', demoCatalogue)
    return shop.buy({ count: 5 })
  }
  expect(await day(3)).toEqual(await day(3))
  expect(await day(3)).not.toEqual(await day(4))
})
