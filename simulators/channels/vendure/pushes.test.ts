import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Caller, mugsAndCover, openCaller } from './caller.ts'
import type { PushState } from './pushes.ts'
import { pushSignature } from './sign.ts'

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
  shop = await openCaller({ pushTo: `http://127.0.0.1:${port}/hooks/shop`, pushScale: 0.000_001 })
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
const bodies = () => received.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, string> })
const types = () => bodies().map(({ type }) => type)
const breaks = (kind: string) => shop.control('faults', { faults: [{ kind, rate: 1, times: 1, operations: ['push'] }] })

test('a sale names its order, signed as the scheme has it', async () => {
  const now = Date.parse('2026-10-20T01:15:02.123Z')
  await shop.control('clock', { now })
  const [order] = await shop.buy({ lines: mugsAndCover })
  await settle()
  expect(bodies()).toMatchObject([
    { type: 'order.created', timestamp: '2026-10-20T01:15:02.123Z', data: { id: order!.orderNo } },
    { type: 'order.paid', data: { id: order!.orderNo } },
  ])
  const [first, second] = received
  const id = first!.headers['webhook-id']!
  const timestamp = String(Math.floor(now / 1000))
  expect(first!.headers).toMatchObject({
    'webhook-timestamp': timestamp,
    'webhook-signature': pushSignature(shop.credentials.webhookSecret!, { id, timestamp, body: first!.body }),
  })
  expect(id).toMatch(/^evt_[a-z0-9_]+$/)
  expect(second!.headers['webhook-id']).not.toBe(id)
})

test('every kind of event has its type', async () => {
  const [order] = await shop.buy({ lines: [{ merchantCode: 'MB-1001', quantity: 1 }], pay: 'unpaid' })
  const on = { orderNos: [order!.orderNo] }
  await shop.act({ kind: 'pay', ...on })
  await shop.act({ kind: 'refund', ...on, amountFen: 100, outcome: 'success' })
  await shop.act({ kind: 'close', ...on })
  await settle()
  expect(types()).toEqual([
    'order.created',
    'order.paid',
    'order.updated',
    'refund.created',
    'order.updated',
    'stock.updated',
    'order.cancelled',
    'refund.created',
    'order.updated',
  ])
  expect(bodies()[5]!.data).toEqual({ sku: 'MB-1001' })
  expect(bodies()[3]!.data).toMatchObject({ id: order!.orderNo })
})

test('sales tell of stock where a test wishes it', async () => {
  await shop.control('settings', { saleStockPushes: 1 })
  await shop.buy({ lines: mugsAndCover })
  await settle()
  expect(types()).toEqual(['order.created', 'order.paid', 'stock.updated', 'stock.updated'])
})

test('a push that is not taken comes again under the same id', async () => {
  answers = [500, 302, 429, 200]
  await shop.buy({ pay: 'unpaid' })
  expect(await settle()).toMatchObject({ sent: 1, failed: 3 })
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(await shop.counts()).toMatchObject({ pushesSent: 1, pushesFailed: 3 })
})

test('after the last attempt a push is given up', async () => {
  answers = Array.from({ length: 10 }, () => 503)
  await shop.buy({ pay: 'unpaid' })
  expect(await settle()).toMatchObject({ sent: 0, failed: 10, isStopped: false })
})

test('410 stops everything until the aim is set anew', async () => {
  answers = [410]
  await shop.buy({})
  expect(await settle()).toMatchObject({ failed: 1, isStopped: true })
  await shop.buy({ pay: 'unpaid' })
  await settle()
  expect(received).toHaveLength(1)
  await shop.control('pushes', {})
  await shop.buy({ pay: 'unpaid' })
  expect(await settle()).toMatchObject({ sent: 1, isStopped: false })
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
  expect(
    bodies()
      .slice(2)
      .map(({ data }) => data.id),
  ).toEqual([next!.orderNo, held!.orderNo])
})

test('nothing goes out where nobody listens, and a reset forgets what was sent', async () => {
  await shop.buy({ pay: 'unpaid' })
  await settle()
  await shop.control('reset', {})
  expect(await settle()).toMatchObject({ sent: 0 })
  await shop.control('pushes', { url: null })
  await shop.control('listings', [
    { merchantCode: 'W', title: '碗', specification: '', product: '碗', priceFen: 900, quantity: 9 },
  ])
  await shop.buy({})
  expect(await settle()).toMatchObject({ url: null, sent: 0 })
  await expect(shop.control('pushes', { url: 'nowhere' })).rejects.toThrow(/complete address/)
})
