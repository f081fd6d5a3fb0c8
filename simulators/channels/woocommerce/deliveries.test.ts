import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import type { DeliveryState } from './deliveries.ts'
import { start } from './index.ts'
import orderSample from './samples/webhook-order-updated.json' with { type: 'json' }
import pingSample from './samples/webhook-ping.json' with { type: 'json' }
import { webhookSignature } from './sign.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
interface WireHook {
  readonly id: number
  readonly status: string
  readonly topic: string
}

const hooks = '/wp-json/wc/v3/webhooks'

let simulator: Simulator
let oms: Caller
let receiver: Server
let received: Received[]
/** What the receiver answers, one after the other, and then 204. */
let answers: number[]
let pushTo: string

beforeEach(async () => {
  received = []
  answers = []
  receiver = createServer((request, response) => {
    void textOf(request).then((body) => {
      received.push({ headers: request.headers, body })
      response.writeHead(answers.shift() ?? 204).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  pushTo = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/woocommerce/41`
  simulator = await start({ seed: 5, pushTo })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('listings', demoCatalogue)
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
const buy = async (count: number) => (await oms.control<{ orders: Truth[] }>('buy', { count, seed: 1 })).orders
async function settle(): Promise<DeliveryState> {
  for (;;) {
    const state = await oms.control<DeliveryState>('pushes')
    if (state.waiting === 0) return state
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const act = (kind: string, { orderNo }: Truth, more: object = {}) =>
  oms.control('act', { kind, orderNos: [orderNo], ...more })
const topicsOf = () => received.map(({ headers }) => headers['x-wc-webhook-topic'])
const idsOf = () => received.map(({ body }) => String((JSON.parse(body) as { id: number }).id))
const secret = () => simulator.about.credentials['webhookSecret']!
const listHooks = async () => (await oms.call('GET', hooks)).json<WireHook[]>()
const breakPushes = (kind: string) =>
  oms.control('faults', { faults: [{ kind, rate: 1, times: 1, operations: ['push'] }] })

test('each of the owner’s four webhooks has pinged with a form before the simulator is ready', async () => {
  const ids = (await listHooks()).map(({ id }) => id).toReversed()
  expect(received.map(({ body }) => body)).toEqual(ids.map((id) => `webhook_id=${id}`))
  for (const { headers, body } of received) {
    for (const name of Object.keys(pingSample.headers)) expect(headers).toHaveProperty(name)
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(headers['x-wc-webhook-signature']).toBe(webhookSignature(secret(), body))
  }
})

test('what happens is told as the REST interface shows it, with every header of the sheet', async () => {
  received = []
  const [order] = await buy(1)
  await settle()
  const [push] = received
  const shown = await oms.call('GET', `/wp-json/wc/v3/orders/${order!.orderNo}`)
  expect(push!.body).toBe(shown.text)
  for (const name of Object.keys(orderSample.headers)) expect(push!.headers[name]).toEqual(expect.stringMatching(/./))
  expect(push!.headers).toMatchObject({
    'content-type': 'application/json',
    'x-wc-webhook-source': `${simulator.about.address}/`,
    'x-wc-webhook-topic': 'order.created',
    'x-wc-webhook-resource': 'order',
    'x-wc-webhook-event': 'created',
    'x-wc-webhook-signature': webhookSignature(secret(), push!.body),
  })
})

test('changes, our own writes and deletions are told, sales as such are not', async () => {
  received = []
  const [order] = await buy(1)
  await act('note', order!, { note: '请尽快发货' })
  await act('change-address', order!, { address: '望湖路8号' })
  await oms.call('PUT', `/wp-json/wc/v3/orders/${order!.orderNo}`, { body: { status: 'completed' } })
  const { itemNo, skuNo } = (await oms.control<{ itemNo: string; skuNo: string }[]>('listings'))[0]!
  await oms.call('PUT', `/wp-json/wc/v3/products/${itemNo}/variations/${skuNo}`, { body: { stock_quantity: 4 } })
  await oms.control('status', { orderNos: [order!.orderNo], status: 'trash' })
  await oms.control('status', { orderNos: [order!.orderNo], status: 'deleted' })
  await settle()
  expect(topicsOf()).toEqual([
    'order.created',
    'order.updated',
    'order.updated',
    'order.updated',
    'product.updated',
    'order.deleted',
  ])
  expect(received.at(-1)!.body).toBe(`{"id":${order!.orderNo}}`)
  expect(await oms.control<Counts>('counts')).toMatchObject({ pushesSent: 10, pushesFailed: 0 })
})

test('a failed delivery is not repeated; the fifth in a row disables its webhook alone', async () => {
  received = []
  answers = [500, 302, 500, 500]
  const [first, second] = await buy(4)
  await settle()
  answers = [204]
  await buy(1)
  await settle()
  expect(received).toHaveLength(5)

  answers = [500, 500, 500, 500, 500]
  await buy(6)
  await settle()
  expect(received).toHaveLength(10)
  const statuses = Object.fromEntries((await listHooks()).map(({ topic, status }) => [topic, status]))
  expect(statuses).toMatchObject({ 'order.created': 'disabled', 'order.updated': 'active' })
  await act('note', first!, { note: '在吗' })
  await settle()
  expect(received).toHaveLength(11)

  const { id } = (await listHooks()).find(({ topic }) => topic === 'order.created')!
  const back = await oms.call('PUT', `${hooks}/${id}`, { body: { status: 'active' } })
  expect(back.json()).toMatchObject({ id, status: 'active' })
  answers = [500]
  await buy(2)
  await act('note', second!, { note: '在吗' })
  await settle()
  expect(received).toHaveLength(14)
  expect((await listHooks()).map(({ status }) => status)).toEqual(['active', 'active', 'active', 'active'])
})

test('webhooks are made, shown without their secret, and removed by REST', async () => {
  received = []
  const body = { name: '退单', topic: 'order.restored', delivery_url: pushTo, secret: '茶铺密钥' }
  const made = await oms.call('POST', hooks, { body })
  expect(made.status).toBe(201)
  expect(made.json()).toMatchObject({ topic: 'order.restored', resource: 'order', event: 'restored', status: 'active' })
  expect(made.text).not.toContain('茶铺密钥')
  const [order] = await buy(1)
  for (const status of ['trash', 'processing']) await oms.control('status', { orderNos: [order!.orderNo], status })
  await settle()
  expect(topicsOf()).toEqual([undefined, 'order.created', 'order.deleted', 'order.restored'])
  expect(received[3]!.headers['x-wc-webhook-signature']).toBe(webhookSignature('茶铺密钥', received[3]!.body))

  const { id } = made.json<WireHook>()
  expect((await oms.call('DELETE', `${hooks}/${id}`)).status).toBe(501)
  expect((await oms.call('DELETE', `${hooks}/${id}?force=true`)).status).toBe(200)
  const gone = await oms.call('GET', `${hooks}/${id}`)
  expect([gone.status, gone.json<{ code: string }>().code]).toEqual([404, 'woocommerce_rest_shop_webhook_invalid_id'])
})

test.each([
  { when: 'no topic', body: { delivery_url: 'https://erp.example/' }, code: 'rest_missing_callback_param' },
  { when: 'no address', body: { topic: 'order.created' }, code: 'rest_missing_callback_param' },
  {
    when: 'an unknown topic',
    body: { topic: 'order.eaten', delivery_url: 'https://erp.example/' },
    code: 'woocommerce_rest_invalid_webhook_topic',
  },
  {
    when: 'an address that is none',
    body: { topic: 'order.created', delivery_url: 'erp' },
    code: 'rest_invalid_param',
  },
])('a webhook with $when is refused', async ({ body, code }) => {
  const answer = await oms.call('POST', hooks, { body })
  expect([answer.status, answer.json<{ code: string }>().code]).toEqual([400, code])
})

test('a delivery is lost, comes twice under one id, or is overtaken', async () => {
  received = []
  await breakPushes('lose-push')
  const [, kept] = await buy(2)
  await settle()
  expect(idsOf()).toEqual([kept!.orderNo])

  received = []
  await breakPushes('duplicate')
  await buy(1)
  await settle()
  expect(received).toHaveLength(2)
  expect(received[0]!.headers['x-wc-webhook-delivery-id']).toBe(received[1]!.headers['x-wc-webhook-delivery-id'])

  received = []
  await breakPushes('reorder')
  const [first, second, third] = await buy(3)
  await settle()
  expect(idsOf()).toEqual([second, first, third].map((order) => order!.orderNo))
})

test('a reset keeps the webhooks and takes them up again without a ping; another address pings', async () => {
  await oms.control('reset', {})
  received = []
  expect((await listHooks()).map(({ status }) => status)).toEqual(['active', 'active', 'active', 'active'])
  expect(received).toEqual([])
  await oms.control('pushes', { url: pushTo })
  await settle()
  expect(received).toHaveLength(4)
  await oms.control('pushes', { url: null })
  expect(await listHooks()).toEqual([])
})
