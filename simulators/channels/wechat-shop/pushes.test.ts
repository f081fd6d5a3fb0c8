import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FaultKind, Simulator, Truth } from '../../simulator.ts'
import { signatureOf } from './callback.ts'
import { type Caller, callerOf, shelf, unseal } from './caller.ts'
import { start } from './index.ts'
import type { PushState } from './pushes.ts'
import { usual } from './settings.ts'

interface Received {
  readonly query: URLSearchParams
  readonly body: string
}

let simulator: Simulator
let caller: Caller
let receiver: Server
let received: Received[]
let answers: { readonly status: number; readonly body: string }[]
const today = 1_790_000_000_000

beforeEach(async () => {
  received = []
  answers = []
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams
      if (request.method === 'GET') {
        response.end(query.get('echostr'))
        return
      }
      received.push({ query, body })
      const { status, body: said } = answers.shift() ?? { status: 200, body: 'success' }
      response.writeHead(status).end(said)
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  simulator = await start({ seed: 9, pushTo: `http://127.0.0.1:${port}/hooks/wechat?shop=7` })
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('clock', { now: today })
  await caller.control('listings', shelf)
  await caller.control('settings', { retryScale: 0.0001, subscribed: everything })
})
afterEach(async () => {
  await simulator.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

const everything = [...usual.subscribed, 'channels_ec_order_new', 'channels_ec_order_wait_shipping']

async function settle(): Promise<PushState> {
  for (;;) {
    const state = await caller.control<PushState>('pushes')
    if (state.waiting === 0) return state
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const keys = async () =>
  (await caller.control<{ credentials: Record<string, string> }>('about')).credentials as {
    callbackToken: string
    encodingAesKey: string
    previousEncodingAesKey?: string
  }
/** The texts of all pushes, opened with the keys of now. */
async function opened(): Promise<string[]> {
  const { encodingAesKey } = await keys()
  return received.map(({ body }) => unseal((JSON.parse(body) as { Encrypt: string }).Encrypt, encodingAesKey).message)
}
const eventsOf = (texts: readonly string[]) => texts.map((each) => /"Event":"([^"]+)"/.exec(each)?.[1])
const breakPushes = (kind: FaultKind) => caller.control('faults', { faults: [{ kind, rate: 1, times: 1 }] })

test('a push is signed over its body, sealed for the shop, and keeps the query it was aimed with', async () => {
  const [order] = (await caller.buy()) as [Truth]
  await settle()
  const { callbackToken, encodingAesKey } = await keys()
  const { query, body } = received[0]!
  const get = (name: string) => query.get(name) ?? ''
  expect([...query.keys()]).toEqual([
    'shop',
    'signature',
    'timestamp',
    'nonce',
    'openid',
    'encrypt_type',
    'msg_signature',
  ])
  const { Encrypt, ToUserName } = JSON.parse(body) as { Encrypt: string; ToUserName: string }
  expect(get('signature')).toBe(signatureOf(callbackToken, get('timestamp'), get('nonce')))
  expect(get('msg_signature')).toBe(signatureOf(callbackToken, get('timestamp'), get('nonce'), Encrypt))
  expect([get('timestamp'), get('encrypt_type'), ToUserName]).toEqual([
    String(today / 1000),
    'aes',
    expect.stringMatching(/^gh_[0-9a-f]{12}$/),
  ])
  const { message, appId } = unseal(Encrypt, encodingAesKey)
  expect(appId).toBe(simulator.about.credentials.appId)
  expect(message).toContain(`"order_info":{"order_id":${order.orderNo}}`)
})

test('every change has its event, some with a bare number', async () => {
  const [order] = (await caller.buy({ lines: [{ merchantCode: 'SCENT', quantity: 1 }] })) as [Truth]
  const orderNos = [order.orderNo]
  await caller.act({ kind: 'change-address', orderNos, address: '云栖路18号' })
  await caller.act({ kind: 'refund', orderNos, amountFen: 100 })
  await caller.act({ kind: 'refund', orderNos, outcome: 'closed' })
  await caller.act({ kind: 'ship-in-back-office', orderNos, waybillNo: 'YT1', carrierName: '圆通速递' })
  await caller.act({ kind: 'finish', orderNos })
  await caller.control('happen', { kind: 'settle', orderNos })
  await settle()
  const texts = await opened()
  expect(eventsOf(texts)).toEqual([
    'channels_ec_order_new',
    'channels_ec_order_pay',
    'channels_ec_order_wait_shipping',
    'channels_ec_order_ext_info_update',
    'channels_ec_aftersale_update',
    'channels_ec_aftersale_update',
    'channels_ec_order_deliver',
    'channels_ec_order_confirm',
    'channels_ec_order_settle',
  ])
  const bare = texts.filter((each) => each.includes(`"order_id":${order.orderNo}`))
  expect(eventsOf(bare)).toEqual([
    'channels_ec_order_new',
    'channels_ec_order_wait_shipping',
    'channels_ec_order_ext_info_update',
    'channels_ec_order_deliver',
  ])
  expect(texts[1]).toContain(`"pay_time":"${today / 1000}"`)
  expect(texts[3]).toContain('"type":2')
  expect(texts[4]).toContain('"status":"MERCHANT_PROCESSING"')
  expect(texts[6]).toContain('"finish_delivery":1')
})

test('orders that come to nothing say why', async () => {
  const [open] = (await caller.buy({ pay: 'unpaid' })) as [Truth]
  const [paid] = (await caller.buy({ seed: 2 })) as [Truth]
  await caller.act({ kind: 'close', orderNos: [open.orderNo] })
  await caller.act({ kind: 'refund', orderNos: [paid.orderNo], outcome: 'success' })
  await settle()
  const cancels = (await opened()).filter((each) => each.includes('channels_ec_order_cancel'))
  expect(cancels.map((each) => /"cancel_type":"(\d)"/.exec(each)?.[1])).toEqual(['1', '3'])
})

test('a shelf that empties is told, and so is a product taken down', async () => {
  const [mug] = await caller.control<{ itemNo: string; skuNo: string }[]>('listings')
  const sku = { product_id: mug!.itemNo, sku_id: mug!.skuNo }
  await caller.call('product/stock/update', { ...sku, diff_type: 3, num: 3 })
  await caller.call('product/delisting', { product_id: mug!.itemNo })
  await settle()
  const texts = await opened()
  expect(eventsOf(texts)).toEqual(['channels_ec_stock_no_enough', 'product_spu_listing'])
  expect(texts[0]).toContain('"remaining_stock_amount":3')
})

test('what the shop has not subscribed to is not pushed: as usual, one purchase is one push', async () => {
  await caller.control('settings', { subscribed: usual.subscribed })
  await caller.buy({ count: 2 })
  await settle()
  expect(eventsOf(await opened())).toEqual(['channels_ec_order_pay', 'channels_ec_order_pay'])
})

test('a push that is not taken comes again, signed anew over the same body', async () => {
  answers = [
    { status: 500, body: '' },
    { status: 200, body: '{}' },
    { status: 302, body: 'success' },
  ]
  await caller.buy({ pay: 'unpaid' })
  expect(await settle()).toMatchObject({ sent: 1, failed: 3 })
  expect(received).toHaveLength(4)
  expect(new Set(received.map(({ body }) => body)).size).toBe(1)
  expect(new Set(received.map(({ query }) => query.get('nonce'))).size).toBe(4)
})

test('after ten attempts a push is given up, after many failures nothing is sent for a while', async () => {
  answers = Array.from({ length: 20 }, () => ({ status: 503, body: '' }))
  await caller.buy({ pay: 'unpaid' })
  expect(await settle()).toMatchObject({ sent: 0, failed: 10, isMuted: false })
  await caller.buy({ pay: 'unpaid' })
  expect(await settle()).toMatchObject({ sent: 0, failed: 20, isMuted: true })
  await caller.buy({ pay: 'unpaid' })
  await settle()
  expect(received).toHaveLength(20)
})

test('an answer of nothing takes a push', async () => {
  answers = [{ status: 200, body: '' }]
  await caller.buy({ pay: 'unpaid' })
  expect(await settle()).toMatchObject({ sent: 1, failed: 0 })
})

test('while keys change both must be tried, and afterwards the new one alone', async () => {
  const { encodingAesKey: old } = await keys()
  await caller.control('rotate', {})
  const changed = await keys()
  expect(changed.previousEncodingAesKey).toBe(old)
  await caller.buy({ pay: 'unpaid', count: 2 })
  await caller.control('rotate', { finish: true })
  await caller.buy({ pay: 'unpaid' })
  await settle()
  const { appId } = simulator.about.credentials
  const opens = ({ body }: Received, key: string) => {
    try {
      return unseal((JSON.parse(body) as { Encrypt: string }).Encrypt, key).appId === appId
    } catch {
      return false
    }
  }
  expect(received.map((push) => [opens(push, changed.encodingAesKey), opens(push, old)])).toEqual([
    [true, false],
    [false, true],
    [true, false],
  ])
  expect(await keys()).not.toHaveProperty('previousEncodingAesKey')
  await caller.control('reset', {})
  expect((await keys()).encodingAesKey).toBe(old)
})

test('the plain mode has neither cipher nor a signature of the body', async () => {
  await caller.control('settings', { pushMode: 'plain' })
  await caller.buy({ pay: 'unpaid' })
  await settle()
  expect(received[0]!.query.has('msg_signature')).toBe(false)
  expect(received[0]!.body).toContain('"Event":"channels_ec_order_new"')
})

test('XML says the same', async () => {
  await caller.control('settings', { pushFormat: 'xml' })
  const [order] = (await caller.buy({ pay: 'unpaid' })) as [Truth]
  await settle()
  const encrypted = /<Encrypt><!\[CDATA\[(.+)\]\]><\/Encrypt>/.exec(received[0]!.body)![1]!
  const { message } = unseal(encrypted, (await keys()).encodingAesKey)
  expect(message).toContain('<Event><![CDATA[channels_ec_order_new]]></Event>')
  expect(message).toContain(`<order_info><order_id>${order.orderNo}</order_id></order_info>`)
})

test('the address is checked by an echo', async () => {
  expect(await caller.control('check-address', {})).toEqual({ isAccepted: true, status: 200 })
  await caller.control('pushes', { url: null })
  expect(await caller.control('check-address', {})).toEqual({ isAccepted: false, status: 0 })
})

test('a push is lost', async () => {
  await breakPushes('lose-push')
  await caller.buy()
  await settle()
  expect(eventsOf(await opened())).toEqual(['channels_ec_order_pay', 'channels_ec_order_wait_shipping'])
})

test('a push comes twice, or is overtaken by the next', async () => {
  await breakPushes('duplicate')
  await caller.buy({ pay: 'unpaid' })
  await settle()
  expect(received.map(({ body }) => body === received[0]!.body)).toEqual([true, true])
  received = []
  await breakPushes('reorder')
  await caller.buy({ seed: 2 })
  await settle()
  expect(eventsOf(await opened())).toEqual([
    'channels_ec_order_pay',
    'channels_ec_order_new',
    'channels_ec_order_wait_shipping',
  ])
})
