import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, ListingState, Simulator } from '../../simulator.ts'
import { type Caller, callerOf } from './caller.ts'
import { start } from './index.ts'
import { signPush } from './sign.ts'
import { app, seller } from './tokens.ts'

interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const path = '/hooks/xiaohongshu/41'
const taken = JSON.stringify({ success: true, error_code: 0, error_msg: '' })

let simulator: Simulator
let caller: Caller
let receiver: Server
let received: Received[]
/** What the receiver answers, one after the other, and then that the push is taken. */
let answers: string[]

beforeEach(async () => {
  received = []
  answers = []
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body })
      response.writeHead(200).end(answers.shift() ?? taken)
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  simulator = await start({ seed: 5, pushTo: `http://127.0.0.1:${port}${path}?shop=7` })
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('settings', { doubleStatusShare: 0, pushRepeatSeconds: 0.02 })
  await caller.control('listings', demoCatalogue)
})
afterEach(async () => {
  await simulator.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

const arrived = (count: number) => vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(count))
const messages = () =>
  received.flatMap(({ body }) => JSON.parse(body) as { msgTag: string; sellerId: string; data: string }[])
const tags = () => messages().map(({ msgTag }) => msgTag.replace(/^msg_/, ''))
const dataOf = (place: number) => JSON.parse(messages()[place]!.data) as Record<string, unknown>
const counts = () => caller.control<Counts>('counts')
const act = (kind: string, orderNo: string, more: object = {}) =>
  caller.control('act', { kind, orderNos: [orderNo], ...more })

test('a push is signed over path, query and headers, and its data is JSON text', async () => {
  const order = await caller.buy()
  await arrived(2)
  for (const { headers } of received) {
    const timestamp = String(headers.timestamp)
    expect(headers['app-key']).toBe(app.id)
    expect(headers.sign).toBe(signPush(app.secret, { path, query: [['shop', '7']], appKey: app.id, timestamp }))
  }
  expect(messages()[1]).toMatchObject({ msgTag: 'msg_fulfillment_status_change', sellerId: seller.id })
  expect(dataOf(1)).toEqual({
    orderId: order.orderNo,
    packageId: order.orderNo,
    orderStatus: 4,
    packageStatus: 4,
    updateTime: order.modifiedAt,
  })
})

test('what happens to an order is told, each in its own words', async () => {
  const { orderNo } = await caller.buy({ pay: 'unpaid' })
  await act('pay', orderNo)
  await act('change-address', orderNo, { address: '望湖路8号' })
  const remark = { sellerMarkNote: '分两批发', operator: '店主', sellerMarkPriority: 1 }
  await caller.call('order.modifySellerMarkInfo', { orderId: orderNo, ...remark })
  await caller.control('cancel', { orderNos: [orderNo], step: 'asked' })
  await act('refund', orderNo, { amountFen: 101 })
  await act('refund', orderNo, { outcome: 'success' })
  await act('ship-in-back-office', orderNo, { waybillNo: 'YT1', carrierName: '圆通速递' })
  await arrived(8)
  expect(tags()).toEqual([
    'fulfillment_status_change',
    'fulfillment_status_change',
    'fulfillment_receiver_change',
    'fulfillment_seller_remark_change',
    'fulfillment_soon_cancel',
    'after_sale_create',
    'after_sale_refund_finished',
    'fulfillment_status_change',
  ])
  expect(dataOf(5)).toMatchObject({ orderId: orderNo, returnType: 5, requestFrom: 1, refundFee: 1.01 })
  expect(dataOf(3)).toMatchObject({ sellerRemarkContent: '分两批发', sellerRemarkOperator: '店主' })
})

test('a SKU taken off sale is told', async () => {
  const [listing] = await caller.control<ListingState[]>('listings')
  await caller.call('product.updateSkuAvailable', { skuId: listing!.skuNo, available: false })
  await arrived(1)
  expect(tags()).toEqual(['sku_buyable'])
  expect(dataOf(0)).toMatchObject({ buyable: false, itemId: listing!.itemNo, skuId: listing!.skuNo })
})

test.each(['{}', 'not json', JSON.stringify({ success: false })])(
  'a push answered by %s comes once more and is then lost',
  async (answer) => {
    answers = [answer, answer]
    await caller.buy({ pay: 'unpaid' })
    await arrived(2)
    await vi.waitFor(async () => expect(await counts()).toMatchObject({ pushesSent: 0, pushesFailed: 2 }))
    await caller.control('push-test', {})
    await arrived(3)
    expect(received.map(({ body }) => body)).toEqual([received[0]!.body, received[0]!.body, '{"test":true}'])
  },
)

test('status 4 may come twice', async () => {
  await caller.control('settings', { doubleStatusShare: 1 })
  await caller.buy()
  await arrived(3)
  expect(received[1]!.body).toBe(received[2]!.body)
})

test('nothing is pushed while the shop’s token has run out', async () => {
  await caller.control('faults', { faults: [{ kind: 'expire', rate: 1 }] })
  await caller.call('common.getExpressCompanyList')
  await caller.buy()
  await caller.control('authorise', {})
  const { orderNo } = await caller.buy({ pay: 'unpaid', seed: 2 })
  await arrived(1)
  expect(messages()).toHaveLength(1)
  expect(dataOf(0).orderId).toBe(orderNo)
})

test('pushes are lost, doubled and mixed by faults', async () => {
  const breaks = (kind: string) =>
    caller.control('faults', { faults: [{ kind, rate: 1, times: 1, operations: ['push'] }] })
  await breaks('lose-push')
  await caller.buy()
  await arrived(1)
  expect(dataOf(0).orderStatus).toBe(4)
  await breaks('duplicate')
  await caller.buy({ pay: 'unpaid' })
  await arrived(3)
  expect(received[1]!.body).toBe(received[2]!.body)
  await breaks('reorder')
  await caller.buy()
  await arrived(5)
  expect([dataOf(3).orderStatus, dataOf(4).orderStatus]).toEqual([4, 1])
})

test('another address is pushed to instead, and none silences them', async () => {
  const { port } = receiver.address() as AddressInfo
  await caller.control('pushes', { url: `http://127.0.0.1:${port}/hooks/elsewhere` })
  await caller.buy()
  await arrived(2)
  for (const { headers } of received) {
    const timestamp = String(headers.timestamp)
    const signed = { path: '/hooks/elsewhere', query: [], appKey: app.id, timestamp }
    expect(headers.sign).toBe(signPush(app.secret, signed))
  }
  await caller.control('pushes', { url: null })
  await caller.buy({ seed: 2 })
  expect((await counts()).pushesSent).toBe(2)
  await expect(caller.control('pushes', { url: 'nowhere' })).rejects.toThrow('url must be an address or null')
})
