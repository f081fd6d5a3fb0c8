import { expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import type { PullInput } from '../../../kit/channel.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { refusalOf } from '../../../kit/standard-webhooks.ts'
import { generic } from './index.ts'
import { Credentials } from './manifest.ts'
import orderEvent from './samples/order-event.json' with { type: 'json' }
import orderList from './samples/order-list.json' with { type: 'json' }
import orders from './samples/orders.json' with { type: 'json' }
import products from './samples/products.json' with { type: 'json' }
import stock from './samples/stock.json' with { type: 'json' }

const now = Date.parse('2026-10-20T02:00:00Z')
const address = 'https://tea.example'
const credentials = Credentials.parse({ address, secret: 'whsec_b3duLXNpdGUgc2FtcGxlIGtleSAzMiBieXRlcyAwMSE=' })
const operations = generic.operations as Required<typeof generic.operations>

/** A site that gives the answers one after the other and refuses a call that is not signed or whose id came before. */
function site(...answers: readonly (Partial<Answer> | object)[]) {
  const requests: OutgoingRequest[] = []
  const account: Account<Credentials> = {
    credentials,
    address,
    now: () => now,
    send: async (request) => {
      const target = request.url.slice(address.length)
      const body = `${request.method} ${target}\n${request.body ?? ''}`
      expect(refusalOf(credentials, { headers: request.headers, body }, now)).toBeNull()
      const ids = requests.map(({ headers }) => headers['webhook-id'])
      expect(ids).not.toContain(request.headers['webhook-id'])
      requests.push(request)
      const answer = answers[requests.length - 1]
      if (answer === undefined) throw new Error(`unexpected call ${target}`)
      return typeof (answer as { status?: unknown }).status === 'number'
        ? { status: 500, headers: {}, body: '', ...answer }
        : { status: 200, headers: {}, body: JSON.stringify(answer) }
    },
  }
  return { account, requests }
}

const pull = (change: Partial<PullInput> = {}): PullInput => ({
  span: { from: Date.parse('2026-10-20T01:00:00Z'), to: Date.parse('2026-10-20T02:00:00Z') },
  by: 'modified',
  cursor: null,
  ...change,
})
const changedAt = (id: string, modified_at: string) => ({ ...orderEvent.data, id, modified_at })

const refusal = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

test('the list carries every order in full', async () => {
  const { account, requests } = site(orderList)
  const page = await operations['orders.pull'](account, pull())
  expect(requests[0]?.url).toBe(`${address}/oms/v1/orders?modified_since=2026-10-20T01:00:00Z&cursor=&limit=100`)
  expect(page).toMatchObject({
    total: null,
    next: null,
    rows: [{ channelOrderNo: 'T-7301', channelStatus: 'paid', modifiedAt: Date.parse('2026-10-20T01:16:40Z') }],
  })
  expect(page.rows[0]?.full?.order.channelOrderNo).toBe('T-7301')
  expect(JSON.parse(page.rows[0]?.full?.raw ?? '')).toEqual(orderList.orders[0])
})

test('the cursor goes back to the site as it came', async () => {
  const { account, requests } = site({ orders: [], next_cursor: 'b=2&c' })
  const page = await operations['orders.pull'](account, pull({ cursor: '2026-10-20T01:16:40Z|T-7301' }))
  expect(new URL(requests[0]?.url ?? '').searchParams.get('cursor')).toBe('2026-10-20T01:16:40Z|T-7301')
  expect(page.next).toBe('b=2&c')
})

test('a cursor that does not move is nonsense, not an endless loop', async () => {
  const { account } = site({ orders: [], next_cursor: 'same' })
  expect((await refusal(operations['orders.pull'](account, pull({ cursor: 'same' })))).code).toBe('CHANNEL_NONSENSE')
})

test('what changed at the end of the span is left for the next one, and nothing behind it is asked for', async () => {
  const list = [
    changedAt('A', '2026-10-20T01:59:59Z'),
    changedAt('B', '2026-10-20T02:00:00Z'),
    changedAt('C', '2026-10-20T02:00:01Z'),
  ]
  const page = await operations['orders.pull'](site({ orders: list, next_cursor: 'more' }).account, pull())
  expect(page.rows.map(({ channelOrderNo }) => channelOrderNo)).toEqual(['A'])
  expect(page.next).toBeNull()
})

test('a site that lists newest first is read to its last page', async () => {
  const list = [changedAt('C', '2026-10-20T02:00:01Z'), changedAt('A', '2026-10-20T01:00:00Z')]
  const page = await operations['orders.pull'](site({ orders: list, next_cursor: 'more' }).account, pull())
  expect(page.rows.map(({ channelOrderNo }) => channelOrderNo)).toEqual(['A'])
  expect(page.next).toBe('more')
})

test('an order that breaks the contract holds up no other and fails alone', async () => {
  const broken = { ...changedAt('B', '2026-10-20T01:30:00Z'), currency: '元' }
  const { account } = site({ orders: [changedAt('A', '2026-10-20T01:20:00Z'), broken], next_cursor: null }, broken)
  const { rows } = await operations['orders.pull'](account, pull())
  expect(rows.map(({ channelOrderNo, full }) => [channelOrderNo, full === null])).toEqual([
    ['A', false],
    ['B', true],
  ])
  const failure = await refusal(operations['orders.get'](account, 'B'))
  expect(failure).toMatchObject({
    code: 'CHANNEL_NONSENSE',
    details: { reason: expect.stringContaining('order.currency') },
  })
})

test('a row without id is nonsense', async () => {
  const failure = await refusal(operations['orders.pull'](site({ orders: [{ status: 'paid' }] }).account, pull()))
  expect(failure).toMatchObject({
    code: 'CHANNEL_NONSENSE',
    details: { reason: expect.stringContaining('orders.0.id') },
  })
})

test('orders cannot be listed by creation', async () => {
  const failure = await refusal(operations['orders.pull'](site().account, pull({ by: 'created' })))
  expect(failure.code).toBe('CHANNEL_OPERATION_ABSENT')
})

test('the same order is the same, listed or fetched', async () => {
  const { account, requests } = site(orderList, orderEvent.data)
  const { rows } = await operations['orders.pull'](account, pull())
  const fetched = await operations['orders.get'](account, 'T-7301')
  expect(fetched).toEqual(rows[0]?.full)
  expect(requests[1]).toMatchObject({ method: 'GET', url: `${address}/oms/v1/orders/T-7301`, isWrite: false })
})

test('an answer about another order is nonsense', async () => {
  const failure = await refusal(operations['orders.get'](site(orderEvent.data).account, 'T-9999'))
  expect(failure.code).toBe('CHANNEL_NONSENSE')
})

test('an order that is not there is not found', async () => {
  const failure = await refusal(
    operations['orders.get'](site({ status: 404, body: '{"error":"order_not_found"}' }).account, 'X'),
  )
  expect(failure).toMatchObject({ code: 'CHANNEL_NOT_FOUND', retry: 'never' })
})

const parcel = {
  channelOrderNo: 'T-7301',
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: '73512345678944',
  shippedAt: now,
  lines: [{ channelLineNo: '1501', channelSkuNo: 'LJ-TJ-250', quantity: 1, isWholeLine: false }],
  isWholeOrder: false,
}

test.each([201, 200])('a parcel is reported with its lines; %s is done', async (status) => {
  const { account, requests } = site({ status, body: '{"shipment_id":"S-1"}' })
  await operations['shipments.report'](account, parcel)
  expect(requests[0]).toMatchObject({ method: 'POST', url: `${address}/oms/v1/orders/T-7301/shipments`, isWrite: true })
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
    carrier: 'zto',
    carrier_name: '中通快递',
    tracking_no: '73512345678944',
    shipped_at: '2026-10-20T10:00:00+08:00',
    lines: [{ id: '1501', qty: 1 }],
  })
})

test.each([
  { body: '{"error":"too_many_units"}', code: 'CHANNEL_REFUSED' },
  { body: '{"error":"unknown_line"}', code: 'CHANNEL_REFUSED' },
  { body: '{"error":"already_shipped"}', code: 'CHANNEL_ALREADY_DONE' },
])('a parcel answered with 422 $body is $code', async ({ body, code }) => {
  expect((await refusal(operations['shipments.report'](site({ status: 422, body }).account, parcel))).code).toBe(code)
})

test('a parcel answered with trouble may have been taken', async () => {
  const failure = await refusal(operations['shipments.report'](site({ status: 502, body: '<html>' }).account, parcel))
  expect(failure).toMatchObject({ code: 'CHANNEL_UNCLEAR', retry: 'after-checking' })
})

const shelf = (sku: string, quantity: number) => ({
  channelItemNo: sku,
  channelSkuNo: sku,
  merchantCode: sku,
  quantity,
})

test('stock has an outcome for each SKU', async () => {
  const { account, requests } = site(stock.answer)
  const results = await operations['stock.push'](account, [shelf('LJ-TJ-250', -2), shelf('NOPE', 3), shelf('LOST', 1)])
  expect(results).toEqual([
    { channelItemNo: 'LJ-TJ-250', channelSkuNo: 'LJ-TJ-250', ok: true, reason: null },
    { channelItemNo: 'NOPE', channelSkuNo: 'NOPE', ok: false, reason: expect.stringContaining('unknown_sku') },
    { channelItemNo: 'LOST', channelSkuNo: 'LOST', ok: false, reason: '网站没有回答这个商家编码' },
  ])
  expect(requests[0]).toMatchObject({ method: 'PUT', url: `${address}/oms/v1/stock`, isWrite: true })
  expect(JSON.parse(requests[0]?.body ?? '').items.slice(0, 2)).toEqual(stock.request.items)
})

test('no stock is no call, and more than 200 SKUs are a mistake of the caller', async () => {
  const { account, requests } = site()
  expect(await operations['stock.push'](account, [])).toEqual([])
  const many = Array.from({ length: 201 }, (_, i) => shelf(`S${i}`, 1))
  await expect(operations['stock.push'](account, many)).rejects.toThrow(RangeError)
  expect(requests).toEqual([])
})

test('listings go by the SKU that orders name', async () => {
  const { account, requests } = site({ ...products, next_cursor: 'p2' })
  const page = await operations['products.pull'](account, null)
  expect(requests[0]?.url).toBe(`${address}/oms/v1/products?cursor=&limit=100`)
  expect(page.next).toBe('p2')
  expect(page.rows).toMatchObject([
    {
      channelItemNo: 'LJ-TJ-250',
      channelSkuNo: 'LJ-TJ-250',
      merchantCode: 'LJ-TJ-250',
      specification: '250g',
      priceFen: 12800,
      quantity: 37,
      isOnSale: true,
      modifiedAt: '2026-10-19T10:00:00.000Z',
    },
    { channelSkuNo: 'GW-BC-01', specification: '', imageUrl: null, quantity: 0 },
  ])
})

test('a site without a product list has an interface too few', async () => {
  const failure = await refusal(
    operations['products.pull'](site({ status: 404, body: '{"error":"not_found"}' }).account, null),
  )
  expect(failure).toMatchObject({
    code: 'CHANNEL_MISCONFIGURED',
    details: { reason: '网站没有 /oms/v1/products 接口' },
  })
})

test('refunds are found in the orders that changed', async () => {
  const { account } = site({ orders, next_cursor: 'n' })
  const page = await operations['aftersales.pull'](account, { span: pull().span, cursor: null })
  expect(page.rows.map(({ case: found }) => found.channelCaseNo)).toEqual(['R-1', 'R-2'])
  expect(page.next).toBe('n')
})

test('one refund is read from its order, and a missing one is not found', async () => {
  const { account } = site(orders[2]!, orders[2]!)
  const asked = { channelOrderNo: 'T-7304', channelCaseNo: 'R-1' }
  expect((await operations['aftersales.get'](account, asked)).case).toMatchObject({
    channelCaseNo: 'R-1',
    refundFen: 5800,
  })
  const failure = await refusal(operations['aftersales.get'](account, { ...asked, channelCaseNo: 'R-9' }))
  expect(failure.code).toBe('CHANNEL_NOT_FOUND')
})

test.each([
  { decision: 'agree', amountFen: 5800, word: 'approve' },
  { decision: 'refuse', amountFen: 0, word: 'reject' },
] as const)('to $decision is to $word', async ({ decision, amountFen, word }) => {
  const { account, requests } = site({ status: 200, body: '' })
  await operations['aftersales.answer'](account, {
    channelCaseNo: 'R-1',
    channelOrderNo: 'T-7304',
    decision,
    amountFen,
    message: '已核对',
  })
  expect(requests[0]).toMatchObject({
    method: 'POST',
    url: `${address}/oms/v1/orders/T-7304/refunds/R-1`,
    isWrite: true,
  })
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ decision: word, amount_fen: amountFen, reason: '已核对' })
})

const ping = (time: string) => ({ name: '青山茶铺', currency: 'CNY', time })

test.each(['2026-10-20T02:00:00Z', '2026-10-20T10:05:00+08:00', '2026-10-20T01:55:00Z'])(
  'a shop whose clock says %s is known',
  async (time) => {
    expect(await operations['shop.describe'](site(ping(time)).account)).toEqual({
      channelShopNo: 'tea.example',
      name: '青山茶铺',
    })
  },
)

test('a shop below a path is another one than its neighbour', async () => {
  const account = { ...site(ping('2026-10-20T02:00:00Z')).account, address: `${address}/green` }
  const send = async () => ({ status: 200, headers: {}, body: JSON.stringify(ping('2026-10-20T02:00:00Z')) })
  expect((await operations['shop.describe']({ ...account, send })).channelShopNo).toBe('tea.example/green')
})

test.each([
  { answer: ping('2026-10-20T02:05:01Z'), words: '快约 5 分钟' },
  { answer: ping('2026-10-20T01:00:00Z'), words: '慢约 60 分钟' },
  { answer: { status: 401, body: '{"error":"stale_timestamp"}' }, words: '两边时钟相差超过 5 分钟' },
  { answer: { status: 404, body: '<html>' }, words: '没有 /oms/v1 接口' },
  { answer: { status: 404, body: '{"message":"Not Found"}' }, words: '没有 /oms/v1/ping 接口' },
  { answer: { status: 401, body: '{"error":"bad_signature"}' }, words: '密钥是否相同' },
])('the connection test says what to set right: $words', async ({ answer, words }) => {
  const failure = await refusal(operations['shop.describe'](site(answer).account))
  expect(failure).toMatchObject({ code: 'CHANNEL_MISCONFIGURED', details: { reason: expect.stringContaining(words) } })
})
