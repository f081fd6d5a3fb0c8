import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, ListingState, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'
import sample from './samples/orders-list.json' with { type: 'json' }

const base = '/wp-json/wc/v3/orders'
const morning = Date.parse('2026-10-20T01:00:00Z')

let simulator: Simulator
let oms: Caller

beforeEach(async () => {
  simulator = await start({ seed: 7 })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('clock', { now: morning })
  await oms.control('listings', demoCatalogue)
})
afterEach(() => simulator.close())

interface WireLine {
  readonly id: number
  readonly total: string
  readonly total_tax: string
}
interface WireOrder {
  readonly id: number
  readonly number: string
  readonly status: string
  readonly total: string
  readonly shipping_total: string
  readonly shipping_tax: string
  readonly fee_lines: readonly { readonly total: string }[]
  readonly line_items: readonly WireLine[]
  readonly date_paid: string | null
  readonly date_paid_gmt: string | null
  readonly prices_include_tax: boolean
  readonly shipping: {
    readonly first_name: string
    readonly last_name: string
    readonly state: string
    readonly phone: string
  }
}

const buy = async (purchase: object) => (await oms.control<{ orders: Truth[] }>('buy', purchase)).orders
const idsOf = (truths: readonly Truth[]) => truths.map(({ orderNo }) => Number(orderNo))
const truthOf = async (orderNo: string) =>
  (await oms.control<Truth[]>('orders')).find((truth) => truth.orderNo === orderNo)!
const orderOf = async (orderNo: string) => (await oms.call('GET', `${base}/${orderNo}`)).json<WireOrder>()
async function list(query: string) {
  const answer = await oms.call('GET', `${base}?${query}`)
  return { answer, ids: answer.json<WireOrder[]>().map(({ id }) => id) }
}
const fen = (text: string) => Math.round(Number(text) * 100)

/** Names and kinds of fields, down to the first entry of every list. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return value === null ? 'text' : typeof value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, shapeOf(inner)] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  )
}
/** A list that is empty in one of both says nothing. */
function agree(ours: unknown, theirs: unknown, path: string): string[] {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.length === 0 || theirs.length === 0 ? [] : agree(ours[0], theirs[0], `${path}[]`)
  }
  if (typeof ours !== 'object' || typeof theirs !== 'object')
    return ours === theirs || (theirs === 'text' && ours === 'string') || ours === 'text'
      ? []
      : [`${path}: ${ours}, not ${theirs}`]
  const [left, right] = [ours as Record<string, unknown>, theirs as Record<string, unknown>]
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].flatMap((name) =>
    name in left && name in right
      ? agree(left[name], right[name], `${path}.${name}`)
      : [`${path}.${name} is in one only`],
  )
}

test('an order has exactly the fields and kinds of the sheet’s examples', async () => {
  await buy({ count: 120, seed: 5 })
  const orders = (await oms.call('GET', `${base}?per_page=100`)).json<WireOrder[]>()
  for (const theirs of sample.pages.flatMap(({ body }): object[] => body)) {
    for (const ours of orders) {
      // Meta fields differ by who wrote them.
      const strip = (order: object) => shapeOf({ ...order, meta_data: [] })
      expect(agree(strip(ours), strip(theirs), 'order')).toEqual([])
    }
  }
})

test('what is paid adds up to the fen and is what is true, taxed or not', async () => {
  const truths = await buy({ count: 300, seed: 9, ignoreStock: true })
  const modes = new Set<string>()
  for (const truth of truths.slice(0, 120)) {
    const order = await orderOf(truth.orderNo)
    const lines = order.line_items.map((line) => fen(line.total) + fen(line.total_tax))
    const freight = fen(order.shipping_total) + fen(order.shipping_tax)
    const fees = order.fee_lines.reduce((all, { total }) => all + fen(total), 0)
    expect(lines).toEqual(truth.lines.map(({ paidFen }) => paidFen))
    expect(freight).toBe(truth.freightFen)
    expect(lines.reduce((a, b) => a + b, 0) + freight + fees).toBe(fen(order.total))
    expect(truth.paidTotalFen).toBe(fen(order.total))
    const isTaxed = order.line_items.some(({ total_tax }) => total_tax !== '0.00')
    modes.add(`${isTaxed}/${order.prices_include_tax}`)
  }
  expect(modes).toEqual(new Set(['false/false', 'true/false', 'true/true']))
})

test('dp sets the decimals of amounts', async () => {
  const [order] = await buy({ count: 1, lines: [{ merchantCode: 'MB-1001', quantity: 2 }], seed: 1 })
  const totalOf = async (dp: number) =>
    (await oms.call('GET', `${base}/${order!.orderNo}?dp=${dp}`)).json<WireOrder>().line_items[0]!.total
  const usual = await totalOf(2)
  expect(await totalOf(4)).toBe(`${usual}00`)
  expect(await totalOf(0)).toBe(String(Math.round(Number(usual))))
})

describe('pages', () => {
  test('name total, pages and neighbours', async () => {
    const ids = idsOf(await buy({ count: 5, seed: 2 }))
    const query = 'orderby=modified&order=asc&per_page=2&status=any'
    const { answer, ids: second } = await list(`${query}&page=2`)
    expect(second).toEqual(ids.slice(2, 4))
    expect([answer.headers.get('x-wp-total'), answer.headers.get('x-wp-totalpages')]).toEqual(['5', '3'])
    const rels = [...answer.headers.get('link')!.matchAll(/page=(\d)>; rel="(\w+)"/g)].map(
      ([, page, rel]) => `${rel} ${page}`,
    )
    expect(rels).toEqual(['prev 1', 'first 1', 'next 3', 'last 3'])
    expect((await list(`${query}&page=4`)).ids).toEqual([])
    expect((await list('per_page=2&offset=1&orderby=id&order=asc')).ids).toEqual(ids.slice(1, 3))
  })

  test.each([
    { query: 'per_page=101', param: 'per_page' },
    { query: 'per_page=0', param: 'per_page' },
    { query: 'page=0', param: 'page' },
    { query: 'page=two', param: 'page' },
    { query: 'status=shipped', param: 'status' },
    { query: 'orderby=total', param: 'orderby' },
    { query: 'order=up', param: 'order' },
    { query: 'modified_after=yesterday', param: 'modified_after' },
    { query: 'dates_are_gmt=maybe', param: 'dates_are_gmt' },
    { query: 'include=a', param: 'include' },
  ])('asked for with $query are refused', async ({ query, param }) => {
    const answer = await oms.call('GET', `${base}?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'rest_invalid_param',
      data: { status: 400, params: { [param]: expect.any(String) } },
    })
    expect((await oms.control<Counts>('counts')).violations).toBe(param === 'per_page' ? 1 : 0)
  })

  test('leave out both ends of a span, in UTC or in site time', async () => {
    const placed: number[] = []
    for (const second of [0, 1, 2]) {
      await oms.control('clock', { now: morning + second * 1000 })
      placed.push(...idsOf(await buy({ count: 2, seed: second })))
    }
    const span = (from: string, to: string, more = '') =>
      list(`modified_after=${from}&modified_before=${to}&orderby=modified&order=asc${more}`)
    const middle = placed.slice(2, 4)
    expect((await span('2026-10-20T01:00:00', '2026-10-20T01:00:02', '&dates_are_gmt=true')).ids).toEqual(middle)
    expect((await span('2026-10-20T09:00:00', '2026-10-20T09:00:02')).ids).toEqual(middle)
    expect((await list('after=2026-10-20T01:00:01Z&dates_are_gmt=1')).ids).toEqual(placed.slice(4).reverse())
  })

  test('show by status, customer, product, search and id', async () => {
    const [paid, open, gone] = await buy({
      count: 3,
      seed: 4,
      note: '',
      lines: [{ merchantCode: 'MB-1001', quantity: 1 }],
    })
    const [other] = await buy({ count: 1, seed: 5, lines: [{ merchantCode: 'MB-8001', quantity: 1 }] })
    await oms.control('status', { orderNos: [open!.orderNo], status: 'failed' })
    await oms.control('status', { orderNos: [gone!.orderNo], status: 'trash' })
    const numbers = (...truths: (Truth | undefined)[]) => truths.map((truth) => Number(truth!.orderNo))
    const asked = async (query: string) => (await list(`${query}&orderby=id&order=asc`)).ids
    expect(await asked('status=any')).toEqual(numbers(paid, open, other))
    expect(await asked('status=failed,trash')).toEqual(numbers(open, gone))
    expect(await asked('status[]=processing&status[]=failed')).toEqual(numbers(paid, open, other))
    expect(await asked(`product=${other!.lines[0]!.itemNo}`)).toEqual(numbers(other))
    expect(await asked(`search=${encodeURIComponent(other!.receiver.name)}`)).toContain(Number(other!.orderNo))
    expect(await asked(`include=${paid!.orderNo},${other!.orderNo}`)).toEqual(numbers(paid, other))
    expect(await asked(`exclude=${paid!.orderNo}`)).toEqual(numbers(open, other))
  })

  test('of twenty thousand orders are cut out without a search', async () => {
    await oms.control('listings', [
      { merchantCode: 'W', title: '碗', specification: '', product: '碗', priceFen: 100, quantity: 100_000 },
    ])
    for (let lot = 0; lot < 4; lot++) {
      await oms.control('buy', { count: 5_000, seed: lot, lines: [{ merchantCode: 'W', quantity: 1 }] })
    }
    const { answer, ids } = await list('orderby=modified&order=asc&per_page=100&page=200&status=any')
    expect([answer.headers.get('x-wp-total'), ids.length]).toEqual(['20000', 100])
  })
})

describe('a status', () => {
  test.each([
    { status: 'pending', unpaid: 'unpaid', paid: 'unpaid' },
    { status: 'on-hold', unpaid: 'unpaid', paid: 'on-hold' },
    { status: 'failed', unpaid: 'unpaid', paid: 'unpaid' },
    { status: 'processing', unpaid: 'paid-wait-ship', paid: 'paid-wait-ship' },
    { status: 'completed', unpaid: 'completed', paid: 'completed' },
    { status: 'cancelled', unpaid: 'closed-unpaid', paid: 'closed-refunded' },
    { status: 'refunded', unpaid: 'closed-refunded', paid: 'closed-refunded' },
    { status: 'trash', unpaid: 'closed-unpaid', paid: 'closed-refunded' },
    { status: 'checkout-draft', unpaid: 'unpaid', paid: 'unpaid' },
    { status: 'awaiting-glaze', unpaid: 'on-hold', paid: 'on-hold' },
  ])('$status can be reached and means $unpaid, once paid $paid', async ({ status, unpaid, paid }) => {
    const lines = [{ merchantCode: 'MB-1001', quantity: 1 }]
    const [open] = await buy({ count: 1, seed: 1, lines, pay: 'unpaid' })
    const [done] = await buy({ count: 1, seed: 2, lines })
    const orderNos = [open!.orderNo, done!.orderNo]
    await oms.control('status', { orderNos, status })
    expect(await Promise.all(orderNos.map(async (no) => (await orderOf(no)).status))).toEqual([status, status])
    expect(await Promise.all(orderNos.map(async (no) => (await truthOf(no)).status))).toEqual([unpaid, paid])
  })

  test('that is not one is refused, and partial-shipped is one only with its plug-in', async () => {
    const [order] = await buy({ count: 1, seed: 1 })
    const put = (status: string) => oms.call('PUT', `${base}/${order!.orderNo}`, { body: { status } })
    for (const status of ['shipped', 'trash', 'partial-shipped']) {
      expect((await put(status)).json()).toMatchObject({ code: 'rest_invalid_param' })
    }
    await oms.control('plugins', { partialShipped: true })
    expect((await put('partial-shipped')).json()).toMatchObject({ status: 'partial-shipped' })
    expect((await truthOf(order!.orderNo)).status).toBe('partially-shipped')
  })

  test('an order deleted for good is not found, one in the trash still is', async () => {
    const [first, second] = await buy({ count: 2, seed: 3 })
    await oms.call('DELETE', `${base}/${first!.orderNo}`)
    await oms.control('status', { orderNos: [second!.orderNo], status: 'deleted' })
    expect((await orderOf(first!.orderNo)).status).toBe('trash')
    const answer = await oms.call('GET', `${base}/${second!.orderNo}`)
    expect([answer.status, answer.json()]).toEqual([
      404,
      { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
    ])
    expect((await list('status=any')).ids).toEqual([])
  })
})

test('an unpaid order waits for the gateway or the bank, and paying makes it processing', async () => {
  const orders = await buy({ count: 12, seed: 6, pay: 'unpaid' })
  const words = new Set((await Promise.all(orders.map(({ orderNo }) => orderOf(orderNo)))).map(({ status }) => status))
  expect(words).toEqual(new Set(['pending', 'on-hold']))
  expect(orders[0]).toMatchObject({ status: 'unpaid', paidTotalFen: 0, freightFen: 0, paidAt: null })

  await oms.control('clock', { now: morning + 60_500 })
  const orderNos = orders.map(({ orderNo }) => orderNo)
  expect(await oms.control('act', { kind: 'pay', orderNos })).toEqual({ changed: orderNos })
  expect(await oms.control('act', { kind: 'pay', orderNos })).toEqual({ changed: [] })
  expect(await orderOf(orderNos[0]!)).toMatchObject({
    status: 'processing',
    date_paid: '2026-10-20T09:01:00',
    date_paid_gmt: '2026-10-20T01:01:00',
  })
})

test('names, phones and regions come as buyers and plug-ins write them', async () => {
  const truths = await buy({ count: 60, seed: 8, ignoreStock: true })
  const orders = await Promise.all(truths.map(({ orderNo }) => orderOf(orderNo)))
  for (const [place, { shipping }] of orders.entries()) {
    const { name, phone, province } = truths[place]!.receiver
    expect(shipping.last_name + shipping.first_name).toBe(name)
    expect(shipping.phone.replace('+86', '')).toBe(phone)
    expect(shipping.state).toBe(province)
  }
  expect(orders.some(({ shipping }) => shipping.last_name !== '')).toBe(true)
  expect(orders.some(({ shipping }) => shipping.phone.startsWith('+86'))).toBe(true)

  await oms.control('plugins', { stateCodes: true, sequentialNumbers: true })
  const { states } = (await oms.call('GET', '/wp-json/wc/v3/data/countries/cn')).json<{
    states: { code: string; name: string }[]
  }>()
  const { shipping } = await orderOf(truths[0]!.orderNo)
  const name = states.find(({ code }) => code === shipping.state)!.name.split(' / ')[1]!
  expect(truths[0]!.receiver.province.startsWith(name)).toBe(true)
  const [later] = await buy({ count: 1, seed: 9 })
  expect((await orderOf(later!.orderNo)).number).toBe('WEB-101')
})

test('stock falls once when an order is paid and comes back when it is cancelled', async () => {
  const shelf = async () =>
    (await oms.control<ListingState[]>('listings')).find(({ merchantCode }) => merchantCode === 'MB-1001')!.quantity
  const before = await shelf()
  const lines = [{ merchantCode: 'MB-1001', quantity: 3 }]
  const [order] = await buy({ count: 1, seed: 1, lines })
  expect(await shelf()).toBe(before - 3)
  await oms.call('PUT', `${base}/${order!.orderNo}`, { body: { status: 'completed' } })
  expect(await shelf()).toBe(before - 3)
  const [other] = await buy({ count: 1, seed: 2, lines })
  await oms.control('act', { kind: 'close', orderNos: [other!.orderNo] })
  expect(await shelf()).toBe(before - 3)
  expect(await truthOf(other!.orderNo)).toMatchObject({ status: 'closed-refunded', refundedFen: 0 })
  expect(await buy({ count: 1, lines: [{ merchantCode: 'MB-1001', quantity: before }] })).toEqual([])
})

test('a memo is a meta field of our own or the last private note', async () => {
  const [order] = await buy({ count: 1, seed: 1 })
  const no = order!.orderNo
  const remark = async () => (await truthOf(no)).remark
  const note = (body: object) => oms.call('POST', `${base}/${no}/notes`, { body })
  const first = await note({ note: '加急' })
  expect([first.status, first.json()]).toMatchObject([201, { note: '加急', customer_note: false }])
  await note({ note: '已发货', customer_note: true })
  expect(await remark()).toBe('加急')
  const write = (value: unknown) =>
    oms.call('PUT', `${base}/${no}`, { body: { meta_data: [{ key: '_tongdan_remark', value }] } })
  await write('发顺丰')
  expect((await write('发中通')).json()).toMatchObject({ meta_data: [{ key: '_tongdan_remark', value: '发中通' }] })
  expect(await remark()).toBe('发中通')
  expect((await write(null)).json()).toMatchObject({ meta_data: [] })
  expect(await remark()).toBe('加急')
})

test('a deposit is refused, since Woo has no presale', async () => {
  await expect(buy({ count: 1, pay: 'deposit' })).rejects.toThrow('no presale')
})
