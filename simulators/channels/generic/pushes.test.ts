import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'
import type { PushState } from './pushes.ts'
import { verify } from './signing.ts'

interface Received {
  readonly id: string
  readonly timestamp: string
  readonly signatures: string
  readonly content: string
}

let simulator: Simulator
let oms: Caller
let receiver: Server
let received: Received[]
/** What the receiver answers, one after the other, and then 204. */
let answers: { readonly status: number; readonly headers?: Record<string, string> }[]

beforeEach(async () => {
  received = []
  answers = []
  receiver = createServer((request, response) => {
    void textOf(request).then((content) => {
      const of = (name: string) => String(request.headers[name])
      received.push({
        id: of('webhook-id'),
        timestamp: of('webhook-timestamp'),
        signatures: of('webhook-signature'),
        content,
      })
      const { status, headers } = answers.shift() ?? { status: 204 }
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  simulator = await start({ seed: 5, pushTo: `http://127.0.0.1:${port}/hooks/generic/41`, pushScale: 0.001 })
  oms = createCaller(simulator.about.address, simulator.about.credentials.secret!)
  await oms.control('POST', '/_sim/listings', demoCatalogue)
})
afterEach(async () => {
  await simulator.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}
async function buy(count: number, more: object = {}): Promise<readonly Truth[]> {
  return (await oms.control<{ orders: Truth[] }>('POST', '/_sim/buy', { count, ...more })).orders
}
async function settle(): Promise<PushState> {
  for (;;) {
    const state = await oms.control<PushState>('GET', '/_sim/pushes')
    if (state.waiting === 0 || state.isStopped) return state
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const typesOf = () => received.map(({ content }) => (JSON.parse(content) as { type: string }).type)
const ordersOf = () => received.map(({ content }) => (JSON.parse(content) as { data: { id: string } }).data.id)
const breakPushes = (kind: string, times = 1) =>
  oms.control('POST', '/_sim/faults', { faults: [{ kind, rate: 1, times, operations: ['push'] }] })

test('what happens to an order is told, each time as the whole order and signed', async () => {
  const [order] = await buy(1, { pay: 'unpaid' })
  const orderNos = [order!.orderNo]
  for (const act of [
    { kind: 'pay' },
    { kind: 'note', note: '请尽快发货' },
    { kind: 'refund', amountFen: 100 },
    { kind: 'refund', outcome: 'closed' },
    { kind: 'close' },
  ])
    await oms.control('POST', '/_sim/act', { orderNos, ...act })
  await settle()
  expect(typesOf()).toEqual([
    'order.created',
    'order.paid',
    'order.updated',
    'refund.created',
    'refund.updated',
    'order.cancelled',
  ])
  for (const push of received) expect(verify([simulator.about.credentials.secret!], push, Date.now())).toBe('accepted')
  expect(JSON.parse(received[2]!.content)).toMatchObject({ data: { id: order!.orderNo, note: '请尽快发货' } })
  expect(await oms.control<Counts>('GET', '/_sim/counts')).toMatchObject({ pushesSent: 6, pushesFailed: 0 })
})

test('a parcel reported to the shop is told back as a change of the order', async () => {
  const [order] = await buy(1)
  await oms.call('POST', `/oms/v1/orders/${order!.orderNo}/shipments`, {
    carrier: 'zto',
    tracking_no: '73500000000001',
    shipped_at: '2026-11-21T10:00:00+08:00',
    lines: order!.lines.map((line) => ({ id: line.lineNo, qty: line.quantity })),
  })
  await settle()
  expect(typesOf()).toEqual(['order.paid', 'order.updated'])
})

test('a push that is not taken comes again with the same id', async () => {
  answers = [{ status: 500 }, { status: 302, headers: { location: '/elsewhere' } }]
  await buy(1)
  expect(await settle()).toMatchObject({ sent: 1, failed: 2 })
  expect(received).toHaveLength(3)
  expect(new Set(received.map(({ id }) => id)).size).toBe(1)
})

test('a receiver that asks for time gets it', async () => {
  answers = [{ status: 429, headers: { 'retry-after': '1' } }]
  const began = performance.now()
  await buy(2)
  await settle()
  expect(received).toHaveLength(3)
  expect(performance.now() - began).toBeGreaterThan(900)
})

test('410 stops the pushes until a new address is given', async () => {
  answers = [{ status: 410 }]
  await buy(3)
  expect(await settle()).toMatchObject({ isStopped: true, failed: 1 })
  await buy(1)
  await settle()
  expect(received).toHaveLength(1)

  await oms.control('POST', '/_sim/pushes', { scale: 0.001 })
  await buy(1)
  await settle()
  expect(received).toHaveLength(2)
})

test('without an address nothing is sent', async () => {
  await oms.control('POST', '/_sim/pushes', { url: null })
  await buy(2)
  expect((await settle()).sent).toBe(0)
  expect(received).toEqual([])
})

test('a push is lost', async () => {
  await breakPushes('lose-push')
  const [, second] = await buy(2)
  await settle()
  expect(ordersOf()).toEqual([second!.orderNo])
})

test('a push comes twice under one id', async () => {
  await breakPushes('duplicate')
  await buy(1)
  await settle()
  expect(received).toHaveLength(2)
  expect(received[0]!.id).toBe(received[1]!.id)
})

test('a push is overtaken by the next', async () => {
  await breakPushes('reorder')
  const [first, second, third] = await buy(3)
  await settle()
  expect(ordersOf()).toEqual([second, first, third].map((order) => order!.orderNo))
})

test('while keys are changed every push carries the signature of both', async () => {
  const old = simulator.about.credentials.secret!
  const { credentials } = await oms.control<{ credentials: { secret: string } }>('POST', '/_sim/rotate', {})
  await buy(1)
  await settle()
  const [push] = received
  expect(push!.signatures.split(' ')).toHaveLength(2)
  for (const secret of [old, credentials.secret]) expect(verify([secret], push!, Date.now())).toBe('accepted')

  await oms.control('POST', '/_sim/rotate', { finish: true })
  await buy(1)
  await settle()
  expect(verify([old], received[1]!, Date.now())).toBe('signature')
  expect(verify([credentials.secret], received[1]!, Date.now())).toBe('accepted')
})
