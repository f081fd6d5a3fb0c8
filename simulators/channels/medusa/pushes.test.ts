import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'
import samples from './samples/standard-webhooks.json' with { type: 'json' }
import { sign } from './sign.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let simulator: Simulator
let oms: Caller
let server: Server
let received: Received[]
let answers: { status: number; headers?: Record<string, string> }[]

beforeEach(async () => {
  received = []
  answers = []
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') })
      const { status, headers = {} } = answers.shift() ?? { status: 200 }
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const pushTo = `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`
  simulator = await start({ seed: 3, pushTo })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('pushes', { scale: 1e-6 })
  await oms.control('listings', demoCatalogue)
})
afterEach(async () => {
  await simulator.close()
  server.closeAllConnections()
  server.close()
})

const idle = () =>
  vi.waitFor(async () => expect(await oms.control<{ waiting: number }>('pushes')).toMatchObject({ waiting: 0 }), 5000)
const events = () => received.map(({ body }) => JSON.parse(body) as { type: string; timestamp: string; data: object })
async function buyOne(more: object = {}): Promise<Truth> {
  return (await oms.control<{ orders: [Truth] }>('buy', { count: 1, seed: 1, ...more })).orders[0]
}
const act = (kind: string, { orderNo }: Truth, more: object = {}) =>
  oms.control('act', { kind, orderNos: [orderNo], ...more })

describe('signatures', () => {
  test.each([...samples.public, ...samples.computed])(
    'are those of the vector $id',
    ({ secret, id, timestamp, body, signature }) => {
      expect(sign(secret, { id, timestamp: String(timestamp), body })).toBe(signature)
    },
  )

  test.each(samples.verify_cases.filter(({ valid }) => valid))(
    'are among those that a receiver takes: $why',
    ({ secret, headers, body }) => {
      const [id, timestamp] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])]
      expect(headers['webhook-signature']!.split(' ')).toContain(sign(secret, { id, timestamp, body }))
    },
  )

  test('hold for every push, with an id of its own', async () => {
    await buyOne()
    await idle()
    for (const { headers, body } of received) {
      const [id, timestamp] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])]
      expect(headers['webhook-signature']).toBe(
        sign(simulator.about.credentials['webhookSecret']!, { id, timestamp, body }),
      )
    }
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
  })
})

describe('what is told', () => {
  test('names the order and no more', async () => {
    await oms.control('clock', { now: Date.parse('2026-10-20T01:00:00Z') })
    const { orderNo: id } = await buyOne()
    await idle()
    const timestamp = '2026-10-20T01:00:00.000Z'
    expect(events()).toEqual([
      { type: 'order.placed', timestamp, data: { id } },
      { type: 'payment.captured', timestamp, data: { id } },
    ])
  })

  test('follows what happens', async () => {
    const order = await buyOne({ pay: 'unpaid' })
    await act('pay', order)
    await act('note', order, { note: '请晚两天再发' })
    await act('refund', order, { amountFen: 100, outcome: 'success' })
    await act('close', order)
    await idle()
    expect(events().map(({ type }) => type)).toEqual([
      'order.placed',
      'payment.captured',
      'order.updated',
      'payment.refunded',
      'order.canceled',
    ])
  })

  test('is the SKU where stock was set, and nothing for goods that are new or sold', async () => {
    await buyOne()
    const { inventory_items } = (await oms.call('GET', '/admin/inventory-items?sku=MB-1001')).json<{
      inventory_items: [{ id: string }]
    }>()
    const [{ id }] = inventory_items
    const target = `/admin/inventory-items/${id}/location-levels/${simulator.about.credentials['stockLocationId']}`
    await oms.call('POST', target, { body: { stocked_quantity: 5 } })
    await idle()
    expect(events().map(({ type }) => type)).toEqual(['order.placed', 'payment.captured', 'inventory.updated'])
    expect(events().at(-1)).toMatchObject({ data: { sku: 'MB-1001' } })
  })
})

describe('a push that is not taken', () => {
  test('comes again under the same id until it is', async () => {
    answers = [{ status: 500 }, { status: 302, headers: { location: '/elsewhere' } }]
    await buyOne({ pay: 'unpaid' })
    await idle()
    expect(received).toHaveLength(3)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await oms.control<Counts>('counts')).toMatchObject({ pushesSent: 1, pushesFailed: 2 })
  })

  test('is given up after ten attempts', async () => {
    answers = Array.from({ length: 20 }, () => ({ status: 500 }))
    await buyOne({ pay: 'unpaid' })
    await idle()
    expect(received).toHaveLength(10)
  })

  test('because nobody wants any stops them all', async () => {
    answers = [{ status: 410 }]
    const order = await buyOne({ pay: 'unpaid' })
    await idle()
    await act('pay', order)
    await idle()
    expect(received).toHaveLength(1)
    expect(await oms.control('pushes')).toMatchObject({ isStopped: true })
    await oms.control('pushes', {})
    await act('note', order, { note: '请晚两天再发' })
    await idle()
    expect(received).toHaveLength(2)
  })
})

test('pushes are lost, doubled and mixed on command', async () => {
  await oms.control('faults', { faults: [{ kind: 'lose-push', rate: 1, times: 1 }] })
  const order = await buyOne({ pay: 'unpaid' })
  await oms.control('faults', { faults: [{ kind: 'duplicate', rate: 1, times: 1 }] })
  await act('pay', order)
  await oms.control('faults', { faults: [{ kind: 'reorder', rate: 1, times: 1 }] })
  await act('note', order, { note: '请晚两天再发' })
  await act('close', order)
  await idle()
  expect(events().map(({ type }) => type)).toEqual([
    'payment.captured',
    'payment.captured',
    'order.canceled',
    'order.updated',
  ])
})

test('without an address nothing is sent, and a reset forgets what was counted', async () => {
  await buyOne()
  await idle()
  await oms.control('reset', {})
  expect(await oms.control<Counts>('counts')).toMatchObject({ pushesSent: 0, pushesFailed: 0, calls: {} })
  await oms.control('pushes', { url: null })
  received = []
  await oms.control('listings', demoCatalogue)
  await buyOne()
  await idle()
  expect(received).toEqual([])
})
