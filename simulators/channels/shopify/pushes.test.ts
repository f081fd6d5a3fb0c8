import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Caller, mugsAndCover, openCaller } from './caller.ts'
import type { PushState } from './pushes.ts'
import sample from './samples/webhook-orders-updated.json' with { type: 'json' }
import { callbackSignature, pushSignature } from './sign.ts'

interface Received {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
let shop: Caller
let receiver: Server
let received: Received[]
/** What the receiver answers, one after the other, and then 200. */
let answers: number[]

beforeEach(async () => {
  received = []
  answers = []
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
      received.push({ headers: Object.fromEntries(headers) as Record<string, string>, body })
      response.writeHead(answers.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  shop = await openCaller({ pushTo: `http://127.0.0.1:${port}/hooks/shop`, pushScale: 0.000_01 })
})
afterEach(async () => {
  await shop.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

async function settle(): Promise<PushState> {
  for (;;) {
    const state = await shop.control<PushState>('pushes')
    if (state.waiting === 0) return state
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const topics = () => received.map(({ headers }) => headers['x-shopify-topic'])
const bodyOf = (place: number) => JSON.parse(received[place]!.body) as Readonly<Record<string, unknown>>
const breaks = (kind: string) => shop.control('faults', { faults: [{ kind, rate: 1, times: 1, operations: ['push'] }] })

test('a sale is told in the shape of the sheet, signed, with the headers of the sheet', async () => {
  await shop.control('clock', { now: Date.parse('2026-10-20T01:15:02.123Z') })
  const [order] = await shop.buy({ lines: mugsAndCover, note: '请放前台' })
  await settle()
  expect(topics()).toEqual(['orders/create', 'orders/paid'])
  const [create, paid] = received
  expect(Object.keys(create!.headers)).toEqual(expect.arrayContaining(Object.keys(sample.headers)))
  expect(create!.headers).toMatchObject({
    'x-shopify-hmac-sha256': pushSignature(shop.credentials.webhookSecret!, create!.body),
    'x-shopify-triggered-at': '2026-10-20T01:15:02.123000000Z',
    'x-shopify-event-id': paid!.headers['x-shopify-event-id'],
  })
  expect(create!.headers['x-shopify-webhook-id']).not.toBe(paid!.headers['x-shopify-webhook-id'])
  expect(create!.body).toBe(paid!.body)
  const said = JSON.parse(sample.raw_body) as { line_items: readonly object[] }
  expect(Object.keys(bodyOf(0))).toEqual(expect.arrayContaining(Object.keys(said)))
  expect(Object.keys((bodyOf(0).line_items as object[])[0]!)).toEqual(
    expect.arrayContaining(Object.keys(said.line_items[0]!)),
  )
  expect(bodyOf(0)).toMatchObject({
    admin_graphql_api_id: order!.orderNo,
    created_at: '2026-10-20T09:15:02+08:00',
    total_price: (order!.paidTotalFen / 100).toFixed(2),
    financial_status: 'paid',
    fulfillment_status: null,
    note: '请放前台',
  })
})

test('every kind of event has its topic', async () => {
  const [order] = await shop.buy({ lines: mugsAndCover, pay: 'unpaid' })
  const on = { orderNos: [order!.orderNo] }
  await shop.act({ kind: 'pay', ...on })
  await shop.act({ kind: 'refund', ...on, amountFen: 100, outcome: 'success' })
  await settle()
  expect(bodyOf(3)).toMatchObject({
    order_id: Number(order!.orderNo.split('/').at(-1)),
    transactions: [{ kind: 'refund', amount: '1.00' }],
  })
  await shop.act({ kind: 'close', ...on })
  await shop.control('listings', [
    {
      merchantCode: 'MB-1001',
      title: '杯',
      specification: '颜色:米白',
      product: '马克杯',
      priceFen: 4900,
      quantity: 8,
    },
  ])
  await settle()
  expect(topics()).toEqual([
    'orders/create',
    'orders/paid',
    'orders/updated',
    'refunds/create',
    'orders/updated',
    'inventory_levels/update',
    'inventory_levels/update',
    'orders/cancelled',
    'refunds/create',
    'orders/updated',
    'products/update',
  ])
  expect(bodyOf(5)).toMatchObject({ inventory_item_id: 61, location_id: 31, available: expect.any(Number) })
  expect(bodyOf(10)).toMatchObject({ title: '杯', variants: expect.any(Array) })
})

test('sales tell of stock where a test wishes it', async () => {
  await shop.control('settings', { saleStockPushes: 1 })
  await shop.buy({ lines: mugsAndCover })
  await settle()
  expect(topics()).toEqual(['orders/create', 'orders/paid', 'inventory_levels/update', 'inventory_levels/update'])
})

test('a push that is not taken comes again under the same id', async () => {
  answers = [500, 302, 200]
  await shop.buy({ pay: 'unpaid' })
  const { sent, failed } = await settle()
  expect([sent, failed]).toEqual([1, 2])
  expect(new Set(received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1)
  expect(await shop.counts()).toMatchObject({ pushesSent: 1, pushesFailed: 2 })
})

test('after eight retries the subscription is removed, until it is made anew', async () => {
  answers = Array.from({ length: 9 }, () => 503)
  await shop.buy({ pay: 'unpaid' })
  expect(await settle()).toMatchObject({ failed: 9, removed: ['orders/create'] })
  const before = received.length
  const [order] = await shop.buy({ pay: 'unpaid' })
  await settle()
  expect(received).toHaveLength(before)
  await shop.act({ kind: 'note', orderNos: [order!.orderNo], note: '改了' })
  await settle()
  expect(topics().at(-1)).toBe('orders/updated')
  await shop.control('pushes', {})
  await shop.buy({ pay: 'unpaid' })
  await settle()
  expect(topics().at(-1)).toBe('orders/create')
})

test('pushes are lost, doubled and mixed by faults', async () => {
  await breaks('lose-push')
  await shop.buy({ pay: 'unpaid' })
  await breaks('duplicate')
  await shop.buy({ pay: 'unpaid' })
  await settle()
  expect(received).toHaveLength(2)
  expect(received[0]).toMatchObject({ body: received[1]!.body })
  await breaks('reorder')
  const [held] = await shop.buy({ pay: 'unpaid' })
  const [next] = await shop.buy({ pay: 'unpaid' })
  await settle()
  expect([bodyOf(2), bodyOf(3)].map((body) => body.admin_graphql_api_id)).toEqual([next!.orderNo, held!.orderNo])
})

test('nothing goes out where nobody listens', async () => {
  await shop.control('pushes', { url: null })
  await shop.buy({})
  expect(await settle()).toMatchObject({ url: null, sent: 0 })
  await expect(shop.control('pushes', { url: 'nowhere' })).rejects.toThrow(/complete address/)
})

test('the merchant consents, the callback is signed, and its code is a token once', async () => {
  const back = 'https://erp.example/authorised'
  const page = new URL(`${shop.address}/admin/oauth/authorize`)
  page.search = new URLSearchParams({
    client_id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
    redirect_uri: back,
    state: 'nonce-42',
  }).toString()
  const callback = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location')!)
  const params = Object.fromEntries(callback.searchParams)
  const secret = shop.credentials.webhookSecret!
  expect(params).toMatchObject({ state: 'nonce-42', hmac: callbackSignature(secret, params) })
  const redeem = async (client_secret: string) => {
    const body = JSON.stringify({ client_id: page.searchParams.get('client_id'), client_secret, code: params.code })
    const answer = await fetch(`${shop.address}/admin/oauth/access_token`, { method: 'POST', body })
    return { status: answer.status, ...((await answer.json()) as { access_token?: string }) }
  }
  expect((await redeem('wrong')).status).toBe(400)
  const { access_token: token = '' } = await redeem(secret)
  expect((await shop.ask('{ shop { name } }', {}, { token })).status).toBe(200)
  expect((await redeem(secret)).status).toBe(400)
})
