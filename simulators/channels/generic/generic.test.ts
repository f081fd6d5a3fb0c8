import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, ListingState, ReportedShipment, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let oms: Caller

beforeEach(async () => {
  simulator = await start({ seed: 7 })
  oms = createCaller(simulator.about.address, simulator.about.credentials.secret!)
  await oms.control('POST', '/_sim/listings', demoCatalogue)
})
afterEach(() => simulator.close())

const twoMugsAndTray = {
  count: 1,
  lines: [
    { merchantCode: 'MB-1001', quantity: 2 },
    { merchantCode: 'MB-8001', quantity: 1 },
  ],
}

async function buy(purchase: object): Promise<readonly Truth[]> {
  return (await oms.control<{ orders: Truth[] }>('POST', '/_sim/buy', purchase)).orders
}
async function truthOf(orderNo: string): Promise<Truth> {
  const orders = await oms.control<Truth[]>('GET', '/_sim/orders?since=0')
  return orders.find((order) => order.orderNo === orderNo)!
}
function act(kind: string, orderNo: string, more: object = {}): Promise<{ changed: string[] }> {
  return oms.control('POST', '/_sim/act', { kind, orderNos: [orderNo], ...more })
}
interface WireOrder {
  readonly id: string
  readonly status: string
  readonly amounts: { readonly total: number; readonly shipping: number; readonly extra?: number }
  readonly lines: readonly { readonly id: string; readonly sku: string; readonly paid: number; readonly qty: number }[]
  readonly refunds: readonly {
    readonly id: string
    readonly amount: number
    readonly status: string
    readonly reason: string
  }[]
  readonly shipments: readonly {
    readonly id: string
    readonly tracking_no: string
    readonly carrier_name: string | null
  }[]
  readonly note: string
  readonly receiver: { readonly address: string }
}
async function orderOf(orderNo: string): Promise<WireOrder> {
  return (await (await oms.call('GET', `/oms/v1/orders/${orderNo}`)).json()) as WireOrder
}

function parcel(trackingNo: string, lines: readonly (readonly [id: string, qty: number])[]): object {
  return {
    carrier: 'zto',
    tracking_no: trackingNo,
    shipped_at: '2026-11-21T10:00:00+08:00',
    lines: lines.map(([id, qty]) => ({ id, qty })),
  }
}

test('the ping names the shop and its time', async () => {
  const answer = await oms.call('GET', '/oms/v1/ping')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ name: expect.any(String), currency: 'CNY' })
})

test.each([
  { when: 'a wrong key', call: { secret: 'whsec_d3Jvbmc=' }, status: 401, error: 'signature' },
  { when: 'the signature of another path', call: { signedTarget: '/oms/v1/orders' }, status: 401, error: 'signature' },
  { when: 'a time long past', call: { timestamp: 1_600_000_000 }, status: 401, error: 'timestamp' },
])('a call with $when is refused', async ({ call, status, error }) => {
  const answer = await oms.callWith({ method: 'GET', target: '/oms/v1/ping', ...call })
  expect([answer.status, await answer.json()]).toEqual([status, { error }])
  expect((await oms.control<Counts>('GET', '/_sim/counts')).refused).toEqual({ [error]: 1 })
})

test('an id that was let in before is refused', async () => {
  const once = { method: 'GET', target: '/oms/v1/ping', id: 'req_same' }
  expect((await oms.callWith(once)).status).toBe(200)
  const again = await oms.callWith(once)
  expect([again.status, await again.json()]).toEqual([409, { error: 'replayed' }])
})

test('a fixed clock is the time that signatures are held to', async () => {
  const now = Date.parse('2026-10-20T01:16:38Z')
  await oms.control('POST', '/_sim/clock', { now })
  expect((await oms.call('GET', '/oms/v1/ping')).status).toBe(401)
  const answer = await oms.callWith({ method: 'GET', target: '/oms/v1/ping', timestamp: now / 1000 })
  expect(await answer.json()).toMatchObject({ time: '2026-10-20T09:16:38+08:00' })
})

test('pages list every order once though orders change meanwhile', async () => {
  const orders = await buy({ count: 9 })
  const seen: WireOrder[] = []
  let cursor: string | null = ''
  let turn = 0
  while (cursor !== null) {
    const target = `/oms/v1/orders?modified_since=2026-01-01T00:00:00Z&cursor=${cursor}&limit=3`
    const page = (await (await oms.call('GET', target)).json()) as { orders: WireOrder[]; next_cursor: string | null }
    seen.push(...page.orders)
    cursor = page.next_cursor
    turn += 1
    if (turn === 1) await act('note', orders[8]!.orderNo, { note: '改地址' })
    if (turn === 2) await act('note', orders[0]!.orderNo, { note: '晚点发' })
  }
  expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(orders.map(({ orderNo }) => orderNo)))
  expect(seen.findLast(({ id }) => id === orders[0]!.orderNo)?.note).toBe('晚点发')
  expect(seen.findLast(({ id }) => id === orders[8]!.orderNo)?.note).toBe('改地址')
})

test('a span begins with its first instant', async () => {
  const at = Date.now() + 60_000
  await oms.control('POST', '/_sim/clock', { now: at })
  await buy({ count: 1 })
  const listed = async (since: number) => {
    const target = `/oms/v1/orders?modified_since=${encodeURIComponent(new Date(since).toISOString())}&cursor=&limit=100`
    const answer = await oms.callWith({ method: 'GET', target, timestamp: Math.floor(at / 1000) })
    return ((await answer.json()) as { orders: WireOrder[] }).orders.length
  }
  expect([await listed(at), await listed(at + 1)]).toEqual([1, 0])
})

test.each(['limit=0', 'limit=101', 'modified_since=yesterday', 'modified_since=2026-10-20T01:00:00', 'cursor=xyz'])(
  'a list asked with %s is refused',
  async (query) => {
    expect((await oms.call('GET', `/oms/v1/orders?${query}`)).status).toBe(422)
  },
)

test('an order is paid, shipped in two parcels and confirmed', async () => {
  const [bought] = await buy({ ...twoMugsAndTray, pay: 'unpaid' })
  const { orderNo, lines } = bought!
  expect(bought).toMatchObject({ status: 'unpaid', paidTotalFen: 0, freightFen: 0, paidAt: null })
  expect(await act('pay', orderNo)).toEqual({ changed: [orderNo] })
  expect(await act('pay', orderNo)).toEqual({ changed: [] })

  const target = `/oms/v1/orders/${orderNo}/shipments`
  const first = await oms.call('POST', target, parcel('73500000000001', [[lines[0]!.lineNo, 1]]))
  expect([first.status, (await orderOf(orderNo)).status]).toEqual([201, 'partially_shipped'])
  const rest = parcel('73500000000002', [
    [lines[0]!.lineNo, 1],
    [lines[1]!.lineNo, 1],
  ])
  expect((await oms.call('POST', target, rest)).status).toBe(201)
  await act('finish', orderNo)

  const order = await orderOf(orderNo)
  expect(order.status).toBe('completed')
  expect(order.shipments.map((shipment) => shipment.tracking_no)).toEqual(['73500000000001', '73500000000002'])
  const truth = await truthOf(orderNo)
  expect(truth.status).toBe('completed')
  const paid = truth.lines.reduce((total, line) => total + line.paidFen, 0)
  expect(paid + truth.freightFen + (order.amounts.extra ?? 0)).toBe(truth.paidTotalFen)
  expect(truth.lines.map((line) => line.shippedQuantity)).toEqual([2, 1])
})

test('the same parcel again is answered with the same shipment and ships nothing', async () => {
  const [bought] = await buy(twoMugsAndTray)
  const target = `/oms/v1/orders/${bought!.orderNo}/shipments`
  const body = parcel('73500000000001', [[bought!.lines[0]!.lineNo, 1]])
  const [first, second] = [await oms.call('POST', target, body), await oms.call('POST', target, body)]
  expect([first.status, second.status]).toEqual([201, 200])
  expect(await second.json()).toEqual(await first.json())
  expect((await truthOf(bought!.orderNo)).lines[0]!.shippedQuantity).toBe(1)
  expect(await oms.control<ReportedShipment[]>('GET', '/_sim/shipments')).toMatchObject([{ times: 2 }])
})

test('a parcel the order does not hold is refused', async () => {
  const [bought] = await buy(twoMugsAndTray)
  const [open] = await buy({ ...twoMugsAndTray, pay: 'unpaid' })
  const line = bought!.lines[0]!.lineNo
  const tries = [
    { order: bought!, body: parcel('1', [['9999', 1]]), error: 'unknown_line' },
    { order: bought!, body: parcel('2', [[line, 3]]), error: 'too_many' },
    {
      order: bought!,
      body: parcel('3', [
        [line, 1],
        [line, 2],
      ]),
      error: 'too_many',
    },
    { order: bought!, body: parcel('4', [[line, 0]]), error: 'invalid' },
    { order: bought!, body: parcel('5', []), error: 'invalid' },
    { order: bought!, body: { carrier: 'zto' }, error: 'invalid' },
    { order: open!, body: parcel('6', [[open!.lines[0]!.lineNo, 1]]), error: 'not_shippable' },
  ]
  for (const { order, body, error } of tries) {
    const answer = await oms.call('POST', `/oms/v1/orders/${order.orderNo}/shipments`, body)
    expect([answer.status, await answer.json()]).toMatchObject([422, { error }])
  }
  expect((await oms.call('POST', '/oms/v1/orders/T-0/shipments', parcel('7', [[line, 1]]))).status).toBe(404)
  expect(await oms.control('GET', '/_sim/shipments')).toEqual([])
})

test('stock is set item by item', async () => {
  const items = [
    { sku: 'MB-1001', available: 0 },
    { sku: 'NOPE', available: 3 },
    { sku: 'MB-1002', available: -1 },
  ]
  const answer = await oms.call('PUT', '/oms/v1/stock', { items })
  expect(await answer.json()).toEqual({
    results: [
      { sku: 'MB-1001', ok: true },
      { sku: 'NOPE', ok: false, error: 'unknown_sku' },
      { sku: 'MB-1002', ok: false, error: 'invalid_available' },
    ],
  })
  const listings = await oms.control<ListingState[]>('GET', '/_sim/listings')
  expect(listings.find(({ skuNo }) => skuNo === 'MB-1001')).toMatchObject({ quantity: 0, pushes: 1 })
  expect(await buy({ count: 1, lines: [{ merchantCode: 'MB-1001', quantity: 1 }] })).toEqual([])
  expect(await buy({ count: 1, ignoreStock: true, lines: [{ merchantCode: 'MB-1001', quantity: 1 }] })).toHaveLength(1)
})

test('more than two hundred items at once are refused and break a limit', async () => {
  const items = Array.from({ length: 201 }, () => ({ sku: 'MB-1001', available: 1 }))
  expect((await oms.call('PUT', '/oms/v1/stock', { items })).status).toBe(422)
  expect((await oms.control<Counts>('GET', '/_sim/counts')).violations).toBe(1)
})

test('calls beyond the quota are refused for a moment and counted', async () => {
  const answers = await Promise.all(Array.from({ length: 45 }, () => oms.call('GET', '/oms/v1/ping')))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]!.headers.get('retry-after')).toBe('1')
  expect((await oms.control<Counts>('GET', '/_sim/counts')).violations).toBe(refused.length)
})

test('wider quotas are a matter of one control call', async () => {
  await expect(oms.control('POST', '/_sim/quotas', { callsPerSecond: 0 })).rejects.toThrow(/above 0/)
  await oms.control('POST', '/_sim/quotas', { callsPerSecond: 1000 })
  const answers = await Promise.all(Array.from({ length: 45 }, () => oms.call('GET', '/oms/v1/ping')))
  expect(answers.every(({ status }) => status === 200)).toBe(true)
})

test('a refund is asked, approved for less, and told', async () => {
  const [bought] = await buy(twoMugsAndTray)
  const { orderNo, paidTotalFen } = bought!
  await act('refund', orderNo, { lineNo: bought!.lines[0]!.lineNo })
  const asked = (await orderOf(orderNo)).refunds[0]!
  expect([asked.status, asked.amount]).toEqual(['requested', bought!.lines[0]!.paidFen])
  expect((await truthOf(orderNo)).refundState).toBe('in-progress')

  const target = `/oms/v1/orders/${orderNo}/refunds/${asked.id}`
  const decide = (amount: number) =>
    oms.call('POST', target, { decision: 'approve', amount_fen: amount, reason: '同意' })
  expect((await decide(asked.amount + 1)).status).toBe(422)
  const settled = { id: asked.id, amount: asked.amount - 100, reason: asked.reason, status: 'success' }
  for (const answer of [await decide(settled.amount), await decide(settled.amount)])
    expect(await answer.json()).toEqual(settled)
  const reject = await oms.call('POST', target, { decision: 'reject', amount_fen: 0, reason: '不同意' })
  expect(await reject.json()).toEqual({ error: 'already_decided' })
  expect(await truthOf(orderNo)).toMatchObject({ refundState: 'partial', refundedFen: settled.amount, paidTotalFen })
})

test('an order paid back whole is refunded, and its pieces are on offer again', async () => {
  const stock = async () =>
    (await oms.control<ListingState[]>('GET', '/_sim/listings')).find(({ skuNo }) => skuNo === 'MB-1001')!.quantity
  const before = await stock()
  const [bought] = await buy(twoMugsAndTray)
  expect(await stock()).toBe(before - 2)
  await act('refund', bought!.orderNo, { outcome: 'success' })
  expect(await truthOf(bought!.orderNo)).toMatchObject({
    status: 'closed-refunded',
    refundState: 'full',
    refundedFen: bought!.paidTotalFen,
  })
  expect(await stock()).toBe(before)
})

test('cancelling closes an unpaid order and pays a paid one back', async () => {
  const [paid] = await buy(twoMugsAndTray)
  const [unpaid] = await buy({ ...twoMugsAndTray, pay: 'unpaid' })
  for (const order of [paid!, unpaid!]) await act('close', order.orderNo)
  expect((await orderOf(paid!.orderNo)).status).toBe('cancelled')
  expect(await truthOf(paid!.orderNo)).toMatchObject({ status: 'closed-refunded', refundedFen: paid!.paidTotalFen })
  expect(await truthOf(unpaid!.orderNo)).toMatchObject({ status: 'closed-unpaid', refundedFen: 0 })
})

test('buyers change addresses, and the back office ships behind our back', async () => {
  const [bought] = await buy(twoMugsAndTray)
  const { orderNo } = bought!
  await act('change-address', orderNo, { address: '新路8号2幢301室' })
  await act('ship-in-back-office', orderNo, { waybillNo: '78900000000001', carrierName: '圆通速递' })
  const order = await orderOf(orderNo)
  expect(order).toMatchObject({ status: 'shipped', receiver: { address: '新路8号2幢301室' } })
  expect(order.shipments).toMatchObject([{ tracking_no: '78900000000001', carrier_name: '圆通速递' }])
  expect(await oms.control('GET', '/_sim/shipments')).toEqual([])
})

test('the product list pages through every SKU', async () => {
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const answer = await oms.call('GET', `/oms/v1/products?cursor=${cursor}&limit=10`)
    const page = (await answer.json()) as { products: { sku: string; price: number }[]; next_cursor: string | null }
    seen.push(...page.products.map(({ sku }) => sku))
    cursor = page.next_cursor
  }
  expect(seen).toEqual(demoCatalogue.map(({ merchantCode }) => merchantCode))
})

test('one seed makes the same orders, and a reset forgets everything', async () => {
  const shape = (orders: readonly Truth[]) =>
    orders.map(({ orderNo, receiver, note, paidTotalFen, lines }) => ({ orderNo, receiver, note, paidTotalFen, lines }))
  const first = shape(await buy({ count: 20 }))
  await oms.control('POST', '/_sim/reset', { seed: 7 })
  expect(await oms.control('GET', '/_sim/orders?since=0')).toEqual([])
  await oms.control('POST', '/_sim/listings', demoCatalogue)
  const [again, other] = [shape(await buy({ count: 20 })), shape(await buy({ count: 20 }))]
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
})

test('keys expire, and a rotation ends the old one', async () => {
  const { credentials } = await oms.control<{ credentials: { secret: string } }>('POST', '/_sim/authorise', {
    expiresInMs: 1000,
  })
  const ping = (secret: string, timestamp: number) =>
    oms.callWith({ method: 'GET', target: '/oms/v1/ping', secret, timestamp }).then(({ status }) => status)
  const now = Date.now()
  expect(await ping(credentials.secret, (now / 1000) | 0)).toBe(200)
  await oms.control('POST', '/_sim/clock', { now: now + 5000 })
  expect(await ping(credentials.secret, ((now + 5000) / 1000) | 0)).toBe(401)

  const old = simulator.about.credentials.secret!
  const rotated = await oms.control<{ credentials: { secret: string } }>('POST', '/_sim/rotate', {})
  const both = [await ping(old, (now / 1000) | 0), await ping(rotated.credentials.secret, (now / 1000) | 0)]
  await oms.control('POST', '/_sim/rotate', { finish: true })
  expect([...both, await ping(old, (now / 1000) | 0)]).toEqual([200, 200, 401])
})

test('ten thousand orders are bought and listed in seconds', async () => {
  const began = performance.now()
  await buy({ count: 10_000, ignoreStock: true })
  const answer = await oms.call('GET', '/oms/v1/orders?limit=100')
  expect(((await answer.json()) as { orders: WireOrder[] }).orders).toHaveLength(100)
  expect(performance.now() - began).toBeLessThan(10_000)
})
