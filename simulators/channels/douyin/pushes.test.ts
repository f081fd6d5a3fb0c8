import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Simulator } from '../../simulator.ts'
import { type Caller, callerOf, differences, sampleOf } from './caller.ts'
import { start } from './index.ts'
import { signPush } from './sign.ts'
import { seconds, twoKinds } from './stage.ts'
import { type Branch, readJson } from './text.ts'
import { app } from './tokens.ts'

interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const taken = '{"code":0,"msg":"success"}'

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
  simulator = await start({ seed: 5, pushTo: `http://127.0.0.1:${port}/hooks/douyin` })
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('settings', { pushRepeats: 1, pushRepeatSeconds: 0.02 })
  await caller.control('listings', demoCatalogue)
})
afterEach(async () => {
  await simulator.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

const arrived = (count: number) => vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(count))
const messages = () =>
  received.flatMap(({ body }) => JSON.parse(body) as { tag: string; msg_id: string; data: string }[])
const tags = () => messages().map(({ tag }) => tag)
const dataOf = (place: number) => readJson(messages()[place]!.data) as Branch
const counts = () => caller.control<Counts>('counts')

test('a push is signed over its raw body, and its data is JSON text with bare ids, as in the fixture', async () => {
  const order = await caller.buy({ lines: twoKinds })
  await arrived(2)
  for (const { headers, body } of received) {
    expect(headers).toMatchObject({ 'app-id': app.key, 'sign-method': 'md5' })
    expect(headers['event-sign']).toBe(signPush(app.secret, app.key, body))
  }
  expect(tags()).toEqual(['100', '101'])
  const [known] = JSON.parse(String(sampleOf('push').at('messages.0.rawBody'))) as { data: string }[]
  expect(differences(readJson(known!.data), dataOf(1))).toEqual([])
  expect(Object.keys(dataOf(1))).toEqual(Object.keys(readJson(known!.data) as Branch))
  expect(dataOf(1)).toMatchObject({
    p_id: BigInt(order.orderNo),
    s_ids: order.lines.map(({ lineNo }) => BigInt(lineNo)),
    pay_amount: order.paidTotalFen,
    pay_time: seconds(order.paidAt!),
  })
})

test('what happens to an order is told, each by its own tag and number', async () => {
  const { orderNo, lines } = await caller.buy({ pay: 'unpaid', lines: twoKinds })
  await caller.act('pay', orderNo)
  await caller.act('change-address', orderNo, { address: '望湖路8号' })
  await caller.call('order.addOrderRemark', { order_id: orderNo, remark: '分两批发' })
  await caller.control('status', { orderNos: [orderNo], status: 105 })
  await caller.control('status', { orderNos: [orderNo], status: 2 })
  const waybill = { company_code: 'jd', logistics_code: 'J1', request_id: 'a' }
  const shipped_order_info = [{ shipped_order_id: orderNo, shipped_num: 3 }]
  await caller.call('order.logisticsAddSinglePack', { order_id_list: [orderNo], shipped_order_info, ...waybill })
  await caller.call('order.logisticsEdit', { order_id: orderNo, company_code: 'jd', logistics_code: 'J2' })
  await caller.act('ship-in-back-office', orderNo, { waybillNo: 'YT1', carrierName: '圆通速递' })
  await caller.act('finish', orderNo)
  const open = await caller.buy({ pay: 'unpaid', lines: twoKinds })
  await caller.act('close', open.orderNo)
  await arrived(12)
  expect(tags()).toEqual(['100', '101', '105', '113', '110', '101', '108', '104', '102', '103', '100', '106'])
  expect(new Set(messages().map(({ msg_id }) => msg_id)).size).toBe(12)
  expect(dataOf(6)).toMatchObject({ p_id: BigInt(orderNo), order_status: 101 })
  expect(Number(dataOf(6).update_time)).toBeGreaterThan(1_700_000_000)
  expect(lines).toHaveLength(2)
})

test('an after-sale is told from its application to its end', async () => {
  const { orderNo } = await caller.buy({ lines: twoKinds })
  const refund = (more: object) => caller.act('refund', orderNo, { lineNo: orderNo, amountFen: 101, ...more })
  await refund({})
  await refund({ outcome: 'closed' })
  await refund({ outcome: 'success' })
  await caller.act('ship-in-back-office', orderNo, { waybillNo: 'YT1', carrierName: '圆通速递' })
  await caller.act('refund', orderNo, { lineNo: orderNo })
  const cases = (await caller.call('afterSale.List', { page: 0, size: 9, order_id: orderNo })).rows('data.items')
  const aftersale_id = String(cases.at(-1)!.at('aftersale_info.aftersale_id'))
  const operate = (type: number) => caller.call('afterSale.operate', { type, items: [{ aftersale_id }] })
  await operate(101)
  await caller.act('refund', orderNo, { lineNo: orderNo })
  await operate(112)
  await arrived(11)
  expect(tags()).toEqual(['100', '101', '200', '207', '200', '206', '102', '200', '202', '203', '205'])
  const [known] = JSON.parse(String(sampleOf('push').at('messages.1.rawBody'))) as { data: string }[]
  expect(differences(readJson(known!.data), dataOf(5))).toEqual([])
  expect(dataOf(5)).toMatchObject({
    refund_amount: 101,
    refund_post_amount: 0,
    aftersale_status: 12,
    aftersale_type: 2,
  })
})

test.each(['{}', 'not json', '{"code":1,"msg":"fail"}', 'null'])(
  'a push answered by %s comes once more and is then lost',
  async (answer) => {
    answers = [answer, answer]
    await caller.buy({ pay: 'unpaid' })
    await arrived(2)
    await vi.waitFor(async () => expect(await counts()).toMatchObject({ pushesSent: 0, pushesFailed: 2 }))
    expect(received[0]!.body).toBe(received[1]!.body)
    await caller.buy({ pay: 'unpaid', seed: 2 })
    await arrived(3)
    expect(received[2]!.body).not.toBe(received[0]!.body)
  },
)

test('pushes are lost, doubled and mixed by faults', async () => {
  const breaks = (kind: string) =>
    caller.control('faults', { faults: [{ kind, rate: 1, times: 1, operations: ['push'] }] })
  await breaks('lose-push')
  await caller.buy()
  await arrived(1)
  expect(tags()).toEqual(['101'])
  await breaks('duplicate')
  await caller.buy({ pay: 'unpaid' })
  await arrived(3)
  expect(received[1]!.body).toBe(received[2]!.body)
  await breaks('reorder')
  await caller.buy()
  await arrived(5)
  expect(tags().slice(3)).toEqual(['101', '100'])
})

test('another address is pushed to instead, and none silences them', async () => {
  await caller.control('pushes', { url: null })
  await caller.buy()
  expect((await counts()).pushesSent).toBe(0)
  const { port } = receiver.address() as AddressInfo
  await caller.control('pushes', { url: `http://127.0.0.1:${port}/hooks/elsewhere` })
  await caller.buy({ seed: 2 })
  await arrived(2)
  await expect(caller.control('pushes', { url: 'nowhere' })).rejects.toThrow('url must be an address or null')
})
