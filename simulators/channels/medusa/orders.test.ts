import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Simulator, Truth } from '../../simulator.ts'
import { basicOf, type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'
import sample from './samples/orders.json' with { type: 'json' }

const morning = Date.parse('2026-10-20T01:00:00Z')
const sheetFields = encodeURIComponent(sample.request.query.fields)

let simulator: Simulator
let oms: Caller

beforeEach(async () => {
  simulator = await start({ seed: 7 })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('clock', { now: morning })
  await oms.control('listings', demoCatalogue)
})
afterEach(() => simulator.close())

interface WireItem {
  readonly id: string
  readonly total: number
  readonly original_total: number
  readonly discount_total: number
}
interface WireOrder {
  readonly id: string
  readonly status: string
  readonly payment_status: string
  readonly fulfillment_status: string
  readonly updated_at: string
  readonly total: number
  readonly shipping_total: number
  readonly item_total: number
  readonly discount_total: number
  readonly metadata: Readonly<Record<string, unknown>> | null
  readonly summary: { readonly paid_total: number; readonly refunded_total: number }
  readonly items: readonly WireItem[]
  readonly shipping_address: Readonly<Record<string, string>>
}
interface WirePage {
  readonly orders: readonly WireOrder[]
  readonly count: number
  readonly offset: number
  readonly limit: number
}

const buy = async (purchase: object) => (await oms.control<{ orders: Truth[] }>('buy', purchase)).orders
const list = async (query: string) => (await oms.call('GET', `/admin/orders?${query}`)).json<WirePage>()
const idsOf = (page: WirePage) => page.orders.map(({ id }) => id)
const orderOf = async (id: string) => (await oms.call('GET', `/admin/orders/${id}`)).json<{ order: WireOrder }>().order
const truthOf = async (id: string) => (await oms.control<Truth[]>('orders')).find(({ orderNo }) => orderNo === id)!
/** The text of a JSON number in whole fen, without a fraction on the way. */
const fen = (amount: number) => {
  const [yuan, cents = ''] = String(amount).split('.')
  expect(cents.length).toBeLessThanOrEqual(2)
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

describe('the gate', () => {
  const key = () => simulator.about.credentials['secretKey']!

  test.each([
    { who: 'a visitor', authorization: () => '' },
    { who: 'an unknown key', authorization: () => basicOf('sk_nobody') },
    { who: 'a key as the password', authorization: () => `Basic ${btoa(`:${key()}`)}` },
    { who: 'a bare key', authorization: () => `Basic ${key()}` },
    { who: 'a forged token', authorization: () => 'Bearer e30.e30.c2VhbA' },
  ])('refuses $who with 401', async ({ authorization }) => {
    const answer = await oms.call('GET', '/admin/orders', { authorization: authorization() })
    expect([answer.status, answer.json()]).toEqual([401, { type: 'unauthorized', message: 'Unauthorized' }])
    expect((await oms.control<Counts>('counts')).refused).toEqual({ unauthorized: 1 })
  })

  test('takes the token of somebody who signed in, for a day', async () => {
    const body = { email: 'owner@mubai.example', password: 'mu-bai-2026' }
    const { token } = (await oms.call('POST', '/auth/user/emailpass', { body })).json<{ token: string }>()
    const ask = () => oms.call('GET', '/admin/orders', { authorization: `Bearer ${token}` })
    expect((await ask()).status).toBe(200)
    await oms.control('clock', { now: morning + 25 * 3_600_000 })
    expect((await ask()).status).toBe(401)
  })

  test('takes the key written as the sheet writes it', () => {
    expect(basicOf('sk_invented')).toBe(sample.request.headers.authorization)
  })

  test('keeps the key over a reset, and another key until it ends', async () => {
    const { credentials } = await oms.control<{ credentials: Record<string, string> }>('authorise', {
      expiresInMs: 60_000,
    })
    const other = createCaller(simulator.about.address, credentials)
    expect((await other.call('GET', '/admin/stores')).status).toBe(200)
    await oms.control('clock', { now: morning + 60_000 })
    expect((await other.call('GET', '/admin/stores')).status).toBe(401)
    await oms.control('reset', {})
    expect((await oms.call('GET', '/admin/stores')).status).toBe(200)
  })
})

/** Names and kinds of fields, down to the first entry of every list; a null stands for any kind. */
function expectShape(actual: unknown, wanted: unknown): void {
  if (wanted === null || actual === null) return
  expect(typeof actual).toBe(typeof wanted)
  expect(Array.isArray(actual)).toBe(Array.isArray(wanted))
  if (Array.isArray(wanted)) {
    if (wanted.length > 0) expectShape((actual as unknown[])[0], wanted[0])
  } else if (typeof wanted === 'object') {
    for (const [name, value] of Object.entries(wanted)) {
      expect(actual).toHaveProperty(name)
      expectShape((actual as Record<string, unknown>)[name], value)
    }
  }
}

describe('a list', () => {
  test('has the shape of the sheet’s example', async () => {
    await buy({ count: 3, seed: 1 })
    const { query } = sample.request
    const wanted = `updated_at[$gt]=2026-10-20T00:00:00.000Z&limit=50&offset=0&order=${query.order}&fields=${sheetFields}`
    expectShape(await list(wanted), sample.response)
  })

  test('shows relations only where they are asked for, escaped or not', async () => {
    await buy({ count: 1, seed: 1 })
    const [bare] = (await list('')).orders
    expect(bare).not.toHaveProperty('items')
    expect(bare).toHaveProperty('summary')
    const [some] = (await list('fields=+summary,*fulfillments,items.*')).orders
    expect(Object.keys(some!)).toEqual(expect.arrayContaining(['summary', 'fulfillments', 'items', 'total']))
    const [named] = (await list('fields=id,updated_at')).orders
    expect(Object.keys(named!).sort()).toEqual(['id', 'updated_at'])
    const [nested] = (await list('fields=*payment_collections.payments.refunds')).orders
    expect(nested).toMatchObject({ payment_collections: [{ payments: [{ refunds: [] }] }] })
  })

  test('finds each order once by its time, ends as the operators say', async () => {
    const [first] = await buy({ count: 1, seed: 1 })
    await oms.control('clock', { now: morning + 1000 })
    const [second] = await buy({ count: 1, seed: 2 })
    const at = (ms: number) => new Date(morning + ms).toISOString()
    const found = async (filter: string) => idsOf(await list(`${filter}&order=updated_at`))
    expect(await found(`updated_at[$gt]=${at(0)}`)).toEqual([second!.orderNo])
    expect(await found(`updated_at[$gte]=${at(0)}`)).toEqual([first!.orderNo, second!.orderNo])
    expect(await found(`updated_at[$lt]=${at(1000)}`)).toEqual([first!.orderNo])
    expect(await found(`updated_at[$gte]=${at(0)}&created_at[$lte]=${at(999)}`)).toEqual([first!.orderNo])
    expect(await found(`id[]=${second!.orderNo}&id[]=order_nobody`)).toEqual([second!.orderNo])
    expect(idsOf(await list('order=-updated_at'))).toEqual([second!.orderNo, first!.orderNo])
  })

  test('pages by offset and counts all that match', async () => {
    const bought = await buy({ count: 23, seed: 3 })
    const pages = await Promise.all([0, 10, 20, 30].map((offset) => list(`order=updated_at&limit=10&offset=${offset}`)))
    expect(pages.map(({ orders }) => orders.length)).toEqual([10, 10, 3, 0])
    expect(pages.flatMap(idsOf)).toEqual(bought.map(({ orderNo }) => orderNo))
    expect(pages[1]).toMatchObject({ count: 23, offset: 10, limit: 10 })
  })

  test('leaves drafts out', async () => {
    const [one, other] = await buy({ count: 2, seed: 3 })
    await oms.control('states', { orderNos: [one!.orderNo], status: 'draft' })
    expect(idsOf(await list(''))).toEqual([other!.orderNo])
    expect(idsOf(await list(`id[]=${one!.orderNo}`))).toEqual([])
  })

  test.each([
    { why: 'a page beyond a hundred', query: 'limit=101', violations: 1 },
    { why: 'a limit that is no number', query: 'limit=ten', violations: 0 },
    { why: 'an unknown filter', query: 'modified_after=2026-10-20', violations: 0 },
    { why: 'an unknown operator', query: 'updated_at[$above]=2026-10-20', violations: 0 },
    { why: 'a time that is none', query: 'updated_at[$gt]=yesterday', violations: 0 },
    { why: 'an order by what is no field of it', query: 'order=modified', violations: 0 },
    { why: 'a relation that there is not', query: 'fields=*items.colour.shade', violations: 0 },
  ])('refuses $why', async ({ query, violations }) => {
    const answer = await oms.call('GET', `/admin/orders?${query}`)
    expect([answer.status, answer.json<{ type: string }>().type]).toEqual([400, 'invalid_data'])
    expect(await oms.control<Counts>('counts')).toMatchObject({ violations, refused: { invalid_data: 1 } })
  })
})

describe('an order', () => {
  test('adds up in decimal yuan, and to the fen as it truly is', async () => {
    for (const truth of await buy({ count: 60, seed: 4 })) {
      const order = await orderOf(truth.orderNo)
      const lines = order.items.map(({ total }) => fen(total))
      expect(lines).toEqual(truth.lines.map(({ paidFen }) => paidFen))
      expect([fen(order.total), fen(order.shipping_total)]).toEqual([truth.paidTotalFen, truth.freightFen])
      expect(lines.reduce((a, b) => a + b, fen(order.shipping_total))).toBe(fen(order.total))
      expect(fen(order.summary.paid_total)).toBe(truth.paidTotalFen)
      for (const item of order.items) expect(fen(item.original_total) - fen(item.discount_total)).toBe(fen(item.total))
    }
  })

  test('that is not paid costs what it costs, and nothing is paid', async () => {
    const [truth] = await buy({ count: 1, seed: 4, pay: 'unpaid' })
    const order = await orderOf(truth!.orderNo)
    expect(order.total).toBeGreaterThan(0)
    expect(order.summary.paid_total).toBe(0)
    expect(truth).toMatchObject({ status: 'unpaid', paidAt: null, paidTotalFen: 0, freightFen: 0 })
  })

  test('is addressed as forms are filled in, the family name last and the district before the street', async () => {
    const seen = new Set<string>()
    for (const { orderNo, receiver } of await buy({ count: 120, seed: 5 })) {
      const { last_name, first_name, phone, province, city, address_1 } = (await orderOf(orderNo)).shipping_address
      expect([last_name! + first_name!, phone!.replace('+86', '')]).toEqual([receiver.name, receiver.phone])
      expect([province, city, address_1]).toEqual([receiver.province, receiver.city, receiver.address])
      expect(address_1!.startsWith(receiver.district)).toBe(true)
      seen.add(`${last_name === '' ? 'whole' : 'split'} ${phone!.startsWith('+86') ? 'abroad' : 'plain'}`)
    }
    expect(seen.size).toBe(4)
  })

  test('keeps note and remark in its metadata, merged by key', async () => {
    const [{ orderNo }] = (await buy({ count: 1, seed: 6, note: '请用环保包装' })) as [Truth]
    const write = (metadata: object) => oms.call('POST', `/admin/orders/${orderNo}`, { body: { metadata } })
    await write({ oms_remark: '加急' })
    expect(await truthOf(orderNo)).toMatchObject({ note: '请用环保包装', remark: '加急' })
    await write({ oms_remark: '' })
    expect((await orderOf(orderNo)).metadata).toEqual({ note: '请用环保包装' })
  })

  test('nobody placed is not found', async () => {
    const answer = await oms.call('GET', '/admin/orders/order_nobody')
    expect([answer.status, answer.json<{ type: string }>().type]).toEqual([404, 'not_found'])
  })

  test('with a deposit is refused', async () => {
    await expect(buy({ count: 1, pay: 'deposit' })).rejects.toThrow('no presale')
  })
})

describe('every raw word is reached, and says what is true', () => {
  test.each([
    { wish: { payment: 'not_paid' }, truth: 'unpaid' },
    { wish: { payment: 'awaiting' }, truth: 'unpaid' },
    { wish: { payment: 'partially_authorized' }, truth: 'unpaid' },
    { wish: { payment: 'canceled' }, truth: 'unpaid' },
    { wish: { payment: 'authorized' }, truth: 'on-hold' },
    { wish: { payment: 'partially_captured' }, truth: 'on-hold' },
    { wish: { payment: 'requires_action' }, truth: 'on-hold' },
    { wish: { status: 'requires_action' }, truth: 'on-hold' },
    { wish: { status: 'completed' }, truth: 'completed' },
    { wish: { status: 'archived' }, truth: 'paid-wait-ship' },
    { wish: { status: 'canceled' }, truth: 'on-hold' },
    { wish: { status: 'canceled', payment: 'canceled' }, truth: 'closed-unpaid' },
    { wish: { fulfillment: 'not_fulfilled' }, truth: 'paid-wait-ship' },
    { wish: { fulfillment: 'partially_fulfilled' }, truth: 'paid-wait-ship' },
    { wish: { fulfillment: 'fulfilled' }, truth: 'paid-wait-ship' },
    { wish: { fulfillment: 'canceled' }, truth: 'paid-wait-ship' },
    { wish: { fulfillment: 'partially_shipped' }, truth: 'partially-shipped' },
    { wish: { fulfillment: 'shipped' }, truth: 'shipped' },
    { wish: { fulfillment: 'partially_delivered' }, truth: 'shipped' },
    { wish: { fulfillment: 'delivered' }, truth: 'completed' },
  ])('$wish is $truth', async ({ wish, truth }) => {
    const lines = [{ merchantCode: 'MB-1001', quantity: 3 }]
    const [{ orderNo }] = (await buy({ count: 1, seed: 1, lines })) as [Truth]
    const { changed } = await oms.control<{ changed: string[] }>('states', { orderNos: [orderNo], ...wish })
    expect(changed).toEqual([orderNo])
    const { status, payment_status: payment, fulfillment_status: fulfillment } = await orderOf(orderNo)
    expect({ status, payment, fulfillment }).toMatchObject(wish)
    expect((await truthOf(orderNo)).status).toBe(truth)
  })
})
