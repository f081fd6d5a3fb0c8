import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Truth } from '../../simulator.ts'
import { type Caller, mugsAndCover, openCaller, orderOf } from './caller.ts'
import sample from './samples/orders-query.json' with { type: 'json' }

let shop: Caller
const morning = Date.parse('2026-11-11T02:00:00Z')

beforeEach(async () => {
  shop = await openCaller()
  await shop.control('clock', { now: morning })
})
afterEach(() => shop.close())

/** Names of fields and kinds of values; a text stands for null, which some orders have in its place. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? 'string' : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shapeOf(field)]))
}

test('the query of the sheet is answered in the shape of the sheet, at its price', async () => {
  await shop.buy({ lines: mugsAndCover, note: '请放前台' })
  // The sample's answer names the currency of every sum, though its query asks for it once.
  const query = sample.request.body.query.replaceAll('{amount}', '{amount currencyCode}')
  const { data, cost } = await shop.ask(query, { first: 20, after: null, q: "updated_at:>='2026-10-20T01:00:00Z'" })
  expect(shapeOf(data)).toEqual(shapeOf(sample.response.body.data))
  const { requestedQueryCost, actualQueryCost, throttleStatus } = cost
  expect({ requestedQueryCost, actualQueryCost }).toEqual({ requestedQueryCost: 212, actualQueryCost: 24 })
  expect(shapeOf(throttleStatus)).toEqual(shapeOf(sample.response.body.extensions.cost.throttleStatus))
})

interface Listed {
  readonly nodes: readonly { readonly id: string; readonly note: string | null }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
}
const listQuery = `query L($first: Int, $after: String, $q: String, $by: OrderSortKeys, $back: Boolean) {
  orders(first: $first, after: $after, query: $q, sortKey: $by, reverse: $back) { nodes { id note } pageInfo { hasNextPage endCursor } } }`

async function list(variables: object): Promise<Listed> {
  const { data } = await shop.ask<{ orders: Listed }>(listQuery, { first: 100, by: 'UPDATED_AT', ...variables })
  return data.orders
}
const idsOf = ({ nodes }: Pick<Listed, 'nodes'>) => nodes.map(({ id }) => id)
const numbersOf = (orders: readonly Truth[]) => orders.map(({ orderNo }) => orderNo)

test.each(['UPDATED_AT', 'CREATED_AT', 'ID'])('pages by %s hold every order once, both ways', async (by) => {
  const orders = numbersOf(await shop.buy({ count: 8 }))
  for (const back of [false, true]) {
    const seen: string[] = []
    let [after, isMore]: [string | null, boolean] = [null, true]
    while (isMore) {
      const page = await list({ first: 3, after, by, back })
      seen.push(...idsOf(page))
      after = page.pageInfo.endCursor
      isMore = page.pageInfo.hasNextPage
    }
    expect(seen).toEqual(back ? orders.toReversed() : orders)
  }
})

test('the last page can be asked for first', async () => {
  const orders = numbersOf(await shop.buy({ count: 5 }))
  const query = '{ orders(last: 2) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } } }'
  expect((await shop.ask(query)).data.orders).toMatchObject({
    edges: orders.slice(-2).map((id) => ({ node: { id } })),
    pageInfo: { hasNextPage: false, hasPreviousPage: true },
  })
})

test('an order that changes while the list is read comes again, and none is lost', async () => {
  const orders = numbersOf(await shop.buy({ count: 6 }))
  const first = await list({ first: 3 })
  await shop.control('clock', { now: morning + 5000 })
  await shop.act({ kind: 'note', orderNos: [orders[0]!, orders[4]!], note: '改了' })
  const rest = await list({ after: first.pageInfo.endCursor })
  expect(idsOf(rest)).toEqual([orders[3], orders[5], orders[0], orders[4]])
})

test.each([
  { q: "updated_at:>='2026-11-11T02:00:10Z'", finds: [1, 2] },
  { q: "updated_at:>='2026-11-11T02:00:10Z' AND updated_at:<'2026-11-11T02:00:20Z'", finds: [1] },
  { q: "created_at:<='2026-11-11T02:00:10Z' updated_at:>2026-11-11T02:00:00Z", finds: [1] },
  { q: 'financial_status:pending', finds: [2] },
  { q: 'NOT financial_status:pending', finds: [0, 1] },
  { q: '-financial_status:pending (name:#2001 OR name:2002)', finds: [0, 1] },
  { q: 'financial_status:paid,pending', finds: [0, 1, 2] },
  { q: 'fulfillment_status:on_hold status:open', finds: [2] },
  { q: 'status:any', finds: [0, 1, 2] },
])('$q finds what it says', async ({ q, finds }) => {
  const orders: Truth[] = []
  for (const step of [0, 1, 2]) {
    await shop.control('clock', { now: morning + step * 10_000 })
    orders.push(...(await shop.buy({ pay: step === 2 ? 'unpaid' : 'paid' })))
  }
  const expected = finds.map((place) => orders[place]!.orderNo)
  expect(idsOf(await list({ q }))).toEqual(expected)
  const { data } = await shop.ask('query ($q: String) { ordersCount(query: $q) { count precision } }', { q })
  expect(data.ordersCount).toEqual({ count: finds.length, precision: 'EXACT' })
})

test('a filter nobody knows is left out, and said to be', async () => {
  await shop.buy({ count: 2 })
  const { data, search } = await shop.ask<{ orders: Listed }>(listQuery, {
    first: 5,
    q: 'colour:red updated_at:>=soon',
  })
  expect(data.orders.nodes).toHaveLength(2)
  expect(search).toMatchObject([{ path: ['orders'], warnings: [{ field: 'colour' }, { field: 'updated_at' }] }])
})

test.each([
  { financial: 'PENDING', fulfillment: 'UNFULFILLED', status: 'unpaid' },
  { financial: 'AUTHORIZED', fulfillment: 'ON_HOLD', status: 'unpaid' },
  { financial: 'EXPIRED', fulfillment: 'UNFULFILLED', status: 'unpaid' },
  { financial: 'PARTIALLY_PAID', fulfillment: 'UNFULFILLED', status: 'on-hold' },
  { financial: 'VOIDED', fulfillment: 'UNFULFILLED', status: 'closed-unpaid' },
  { financial: 'PAID', fulfillment: 'ON_HOLD', status: 'on-hold' },
  { financial: 'PAID', fulfillment: 'SCHEDULED', status: 'paid-wait-ship' },
  { financial: 'PAID', fulfillment: 'OPEN', status: 'paid-wait-ship' },
  { financial: 'PAID', fulfillment: 'IN_PROGRESS', status: 'partially-shipped' },
])('$financial and $fulfillment are $status', async ({ financial, fulfillment, status }) => {
  const [order] = await shop.buy({})
  const wish = financial === 'PAID' ? { fulfillment } : { financial, fulfillment }
  expect(await shop.control('states', { orderNos: [order!.orderNo], ...wish })).toEqual({ changed: [order!.orderNo] })
  const said = await orderOf(shop, order!.orderNo)
  expect(said).toMatchObject({ displayFinancialStatus: financial, displayFulfillmentStatus: fulfillment })
  expect((await shop.truth(order!.orderNo)).status).toBe(status)
})

test('an order is paid, sent and ended, one way or the other', async () => {
  const orders = await shop.buy({ count: 2, pay: 'unpaid' })
  for (const { orderNo } of orders) {
    const on = { orderNos: [orderNo] }
    expect(await shop.act({ kind: 'finish', ...on })).toEqual([])
    await shop.act({ kind: 'pay', ...on })
    expect(await shop.act({ kind: 'pay', ...on })).toEqual([])
    await shop.act({ kind: 'ship-in-back-office', ...on, waybillNo: 'YT1', carrierName: '圆通速递' })
    expect((await shop.truth(orderNo)).status).toBe('shipped')
    await shop.act({ kind: 'finish', ...on })
    expect((await shop.truth(orderNo)).status).toBe('completed')
  }
  const ends =
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { closedAt fulfillments { deliveredAt displayStatus } } } }'
  const { data } = await shop.ask(ends, { ids: numbersOf(orders) })
  const at = '2026-11-11T02:00:00Z'
  expect(data.nodes).toEqual([
    { closedAt: at, fulfillments: [{ deliveredAt: null, displayStatus: 'FULFILLED' }] },
    { closedAt: null, fulfillments: [{ deliveredAt: at, displayStatus: 'DELIVERED' }] },
  ])
})

test('a closed order is void when nobody paid, and paid back when somebody did; its pieces are on sale again', async () => {
  const shelf = () => shop.control<{ merchantCode: string; quantity: number }[]>('listings')
  const before = await shelf()
  const [open] = await shop.buy({ lines: mugsAndCover, pay: 'unpaid' })
  const [paid] = await shop.buy({ lines: mugsAndCover })
  expect((await shelf()).find(({ merchantCode }) => merchantCode === 'MB-1001')!.quantity).toBe(before[0]!.quantity - 6)
  await shop.act({ kind: 'close', orderNos: [open!.orderNo, paid!.orderNo] })
  expect(await orderOf(shop, open!.orderNo)).toMatchObject({ displayFinancialStatus: 'VOIDED' })
  expect(await orderOf(shop, paid!.orderNo)).toMatchObject({ displayFinancialStatus: 'REFUNDED' })
  expect(await shop.truth(open!.orderNo)).toMatchObject({ status: 'closed-unpaid', paidTotalFen: 0 })
  expect(await shop.truth(paid!.orderNo)).toMatchObject({ status: 'closed-refunded', refundState: 'full' })
  expect(await shelf()).toEqual(before)
})

test('an address holds the district, a province is told in English or by its code', async () => {
  const buyer = {
    name: '林晓禾',
    phone: '13800000101',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: '翠苑街道1号',
  }
  const [order] = await shop.buy({ buyer })
  const query =
    '{ orders(first: 1) { nodes { shippingAddress { name lastName phone province provinceCode city address1 address2 } } } }'
  const read = async () =>
    (await shop.ask<{ orders: { nodes: { shippingAddress: object }[] } }>(query)).data.orders.nodes[0]!.shippingAddress
  const address = {
    name: '林晓禾',
    lastName: '林',
    phone: '+8613800000101',
    city: '杭州市',
    address1: '西湖区翠苑街道1号',
    address2: null,
  }
  expect(await read()).toEqual({ ...address, province: 'Zhejiang', provinceCode: 'CN-ZJ' })
  await shop.control('settings', { provinceCodes: 1 })
  expect(await read()).toMatchObject({ province: 'CN-ZJ' })
  expect(order!.receiver).toEqual({ ...buyer, address: '西湖区翠苑街道1号' })
  await shop.act({ kind: 'change-address', orderNos: [order!.orderNo], address: '望湖路8号' })
  expect((await shop.truth(order!.orderNo)).receiver.address).toBe('西湖区望湖路8号')
})

test('scopes that the app lacks close what they open', async () => {
  const [order] = await shop.buy({})
  await shop.control('settings', { withoutScopes: ['protected_customer_data', 'read_all_orders'] })
  const { data, errors } = await shop.ask('{ orders(first: 1) { nodes { id shippingAddress { name } } } }')
  expect(data.orders).toEqual({ nodes: [{ id: order!.orderNo, shippingAddress: null }] })
  expect(errors).toMatchObject([
    { path: ['orders', 'nodes', 0, 'shippingAddress'], extensions: { code: 'ACCESS_DENIED' } },
  ])
  await shop.control('clock', { now: morning + 61 * 86_400_000 })
  expect((await list({})).nodes).toEqual([])
  expect(await orderOf(shop, order!.orderNo)).toBeNull()
})

test('test orders stand in the list and are no orders in truth', async () => {
  await shop.control('settings', { testShare: 1 })
  await shop.buy({ count: 2 })
  expect(idsOf(await list({}))).toHaveLength(4)
  expect(idsOf(await list({ q: 'test:true' }))).toHaveLength(2)
  expect(await shop.control('orders')).toHaveLength(2)
})

test('a deposit is refused, and so is what the shop does not offer', async () => {
  await expect(shop.buy({ pay: 'deposit' })).rejects.toThrow(/presale/)
  await expect(shop.buy({ lines: [{ merchantCode: 'NONE', quantity: 1 }] })).rejects.toThrow(/no such listing/)
})

test('the same seed makes the same orders', async () => {
  const shape = (orders: readonly Truth[]) =>
    orders.map(({ orderNo, receiver, note, paidTotalFen }) => ({ orderNo, receiver, note, paidTotalFen }))
  const first = shape(await shop.buy({ count: 10 }))
  await shop.control('reset', {})
  expect(await shop.control('orders')).toEqual([])
  await shop.control('listings', (await import('../../demo-catalogue.ts')).demoCatalogue)
  expect(shape(await shop.buy({ count: 10 }))).toEqual(first)
})

test('a page of twenty thousand orders is found without looking at each', async () => {
  await shop.buy({ count: 20_000, ignoreStock: true })
  await shop.control('clock', { now: morning + 60_000 })
  const [late] = await shop.buy({ ignoreStock: true })
  expect(idsOf(await list({ q: "updated_at:>='2026-11-11T02:01:00Z'" }))).toEqual([late!.orderNo])
})
