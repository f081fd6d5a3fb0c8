import { afterEach, beforeEach, expect, test } from 'vitest'
import { everyFault } from '../../aid/faults.ts'
import type { Fault, FaultKind, ListingState, Truth } from '../../simulator.ts'
import { type Caller, openCaller } from './caller.ts'
import throttledSample from './samples/throttled.json' with { type: 'json' }

let shop: Caller
let orders: readonly Truth[]
beforeEach(async () => {
  shop = await openCaller()
  orders = await shop.buy({ count: 6 })
})
afterEach(() => shop.close())

const breaks = (kind: FaultKind, more: Partial<Fault> = {}) =>
  shop.control('faults', { faults: [{ kind, rate: 1, times: 1, ...more }] })
const list = async (first = 50) => {
  const query = `{ orders(first: ${first}, sortKey: UPDATED_AT) { nodes { id } pageInfo { hasNextPage endCursor } } }`
  const { data } = await shop.ask<{ orders: { nodes: { id: string }[] } }>(query)
  return data.orders.nodes.map(({ id }) => id)
}
const setMugs = (quantity: number) => {
  const rows = `[{ inventoryItemId: "gid://shopify/InventoryItem/61", locationId: "gid://shopify/Location/31", quantity: ${quantity}, changeFromQuantity: null }]`
  return shop.ask(`mutation { inventorySetQuantities(input: { name: "available", reason: "correction", quantities: ${rows} })
    @idempotent(key: "k${quantity}") { userErrors { code } inventoryAdjustmentGroup { reason } } }`)
}
const mugs = async () => (await shop.control<ListingState[]>('listings'))[0]!.quantity
const waitSeconds = ({ cost }: Awaited<ReturnType<Caller['ask']>>) =>
  Math.ceil((cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable) / cost.throttleStatus.restoreRate)

test('every fault there is can be played', async () => {
  const { catalogue } = await shop.control<{ catalogue: FaultKind[] }>('faults')
  expect(catalogue).toEqual(everyFault)
})

test.each([
  { kind: 'throttle', seconds: [1, 3] },
  { kind: 'quota', seconds: [300, 1000] },
] as const)(
  '$kind says what is there and how fast it comes back, and breaks no limit',
  async ({ kind, seconds: [least, most] }) => {
    await breaks(kind)
    const answer = await shop.ask('{ orders(first: 20) { nodes { id } } }')
    const { status, body } = throttledSample.response
    expect([answer.status, answer.errors, answer.cost.actualQueryCost]).toEqual([
      status,
      body.errors.map((error) => expect.objectContaining(error)),
      null,
    ])
    expect(waitSeconds(answer)).toBeGreaterThanOrEqual(least)
    expect(waitSeconds(answer)).toBeLessThanOrEqual(most)
    expect((await shop.ask('{ shop { name } }')).errors).toEqual([])
    expect(await shop.counts()).toMatchObject({
      violations: 0,
      faultsPlayed: { [kind]: 1 },
      calls: { orders: 1, shop: 1 },
    })
  },
)

test('who asks for more than the bucket holds is throttled, and let in when it has filled again', async () => {
  await shop.control('clock', { now: Date.now() })
  const greedy =
    '{ orders(first: 250) { nodes { id lineItems(first: 250) { nodes { id sku variant { id product { id } } } } } } }'
  const first = await shop.ask(greedy)
  expect(first.cost.throttleStatus).toMatchObject({ maximumAvailable: 2000, restoreRate: 100 })
  await shop.control('settings', { pointsPerSecond: 1 })
  const answers = [await shop.ask(greedy), await shop.ask(greedy)]
  expect(answers.map(({ errors }) => errors[0]?.extensions?.code)).toEqual(['THROTTLED', 'THROTTLED'])
  expect((await shop.counts()).violations).toBe(2)
  await shop.control('settings', { pointsPerSecond: 100 })
  expect((await shop.ask(greedy)).errors).toEqual([])
})

test('a query that may cost more than a thousand points is refused whole', async () => {
  const { errors } = await shop.ask(
    '{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { variant { product { variants(first: 250) { nodes { id } } } } } } } } }',
  )
  expect(errors).toMatchObject([{ extensions: { code: 'MAX_COST_EXCEEDED', maxCost: 1000 } }])
  expect(await shop.counts()).toMatchObject({ violations: 1, refused: { MAX_COST_EXCEEDED: 1 } })
})

test.each([
  { kind: 'busy', statuses: [503] },
  { kind: 'server-error', statuses: [500, 502, 504] },
  { kind: 'expire', statuses: [401] },
] as const)('$kind is an HTTP status, and nothing is done', async ({ kind, statuses }) => {
  const before = await mugs()
  await breaks(kind)
  expect(statuses).toContain((await setMugs(3)).status)
  expect(await mugs()).toBe(before)
  expect((await setMugs(4)).status).toBe(200)
})

test('a wrong token is refused, and one that ended', async () => {
  const status = async (token: string) => (await shop.ask('{ shop { name } }', {}, { token })).status
  expect(await status('shpat_wrong')).toBe(401)
  const { credentials } = await shop.control<{ credentials: { accessToken: string } }>('authorise', {
    expiresInMs: 60_000,
  })
  expect(await status(credentials.accessToken)).toBe(200)
  await shop.control('clock', { now: Date.now() + 120_000 })
  expect(await status(credentials.accessToken)).toBe(401)
  expect((await shop.counts()).refused).toEqual({ unauthorised: 2 })
})

test('cut breaks a write off before it is done and a read half way', async () => {
  const before = await mugs()
  await breaks('cut', { times: 2 })
  await expect(setMugs(3)).rejects.toThrow()
  expect(await mugs()).toBe(before)
  await expect(list()).rejects.toThrow()
})

test('drop-after-apply strikes writes alone, which are done', async () => {
  for (const quantity of [3, 4, 5, 6]) {
    await breaks('drop-after-apply')
    expect(await list()).toHaveLength(6)
    const status = await setMugs(quantity).then(
      (answer) => answer.status,
      () => 'cut',
    )
    expect([504, 'cut']).toContain(status)
    expect(await mugs()).toBe(quantity)
  }
})

test('nonsense is nothing that looks like an answer', async () => {
  for (let time = 0; time < 8; time += 1) {
    await breaks('nonsense')
    const { data } = await shop.ask('{ shop { name } }').catch(() => ({ data: {} }))
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

test('lie answers success and does nothing, for stock, parcels, refunds and notes', async () => {
  const before = await mugs()
  await breaks('lie', { times: 4 })
  expect((await setMugs(before + 1)).data.inventorySetQuantities).toEqual({
    userErrors: [],
    inventoryAdjustmentGroup: { reason: 'correction' },
  })
  const [order] = orders
  const ships =
    'mutation { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: "gid://shopify/FulfillmentOrder/801" }], trackingInfo: { number: "ZT1" } }) { fulfillment { trackingInfo { number } } userErrors { message } } }'
  expect((await shop.ask(ships)).data.fulfillmentCreate).toEqual({
    fulfillment: { trackingInfo: [{ number: 'ZT1' }] },
    userErrors: [],
  })
  const pays = `mutation { refundCreate(input: { orderId: "${order!.orderNo}", transactions: [{ amount: "1.00", kind: REFUND, orderId: "${order!.orderNo}" }] }) { refund { id } userErrors { message } } }`
  expect((await shop.ask(pays)).data.refundCreate).toMatchObject({ userErrors: [] })
  const notes = `mutation { orderUpdate(input: { id: "${order!.orderNo}", note: "改了" }) { order { note } userErrors { message } } }`
  expect((await shop.ask(notes)).data.orderUpdate).toEqual({ order: { note: '改了' }, userErrors: [] })
  expect(await mugs()).toBe(before)
  expect(await shop.control('shipments')).toEqual([])
  expect(await shop.truth(order!.orderNo)).toEqual(order)
})

test('hide leaves orders out of lists, though the count and the id still hold them', async () => {
  await breaks('hide', { times: 2 })
  expect([(await list()).length, (await list()).length]).toEqual([4, 4])
  expect((await shop.ask('{ ordersCount { count } }')).data.ordersCount).toEqual({ count: 6 })
  const hidden = (await shop.control<Truth[]>('orders')).filter((truth) => truth.hidden)
  expect(hidden).toHaveLength(2)
  expect((await shop.ask('query ($id: ID!) { order(id: $id) { id } }', { id: hidden[0]!.orderNo })).data.order).toEqual(
    { id: hidden[0]!.orderNo },
  )
  await shop.control('faults', { faults: [] })
  expect(await list()).toHaveLength(6)
})

test('duplicate lists an order twice, reorder mixes a page', async () => {
  await breaks('duplicate')
  const doubled = await list()
  expect([doubled.length, new Set(doubled).size]).toEqual([7, 6])
  await breaks('reorder')
  const mixed = await list()
  expect(mixed).not.toEqual(orders.map(({ orderNo }) => orderNo))
  expect(mixed.toSorted()).toEqual(orders.map(({ orderNo }) => orderNo).toSorted())
})

test('shift changes the last order of a page and the next one while more is to come', async () => {
  await shop.control('clock', { now: Date.now() + 60_000 })
  await breaks('shift', { times: 2 })
  await list()
  await list(3)
  const changed = (await shop.control<Truth[]>('orders')).filter(({ note }) => note.includes('催一下'))
  expect(changed.map(({ orderNo }) => orderNo)).toEqual([orders[2]!.orderNo, orders[3]!.orderNo])
})

test('a fault may be kept to one operation', async () => {
  await breaks('server-error', { operations: ['inventorySetQuantities'] })
  expect(await list()).toHaveLength(6)
  expect((await setMugs(1)).status).toBeGreaterThanOrEqual(500)
})
