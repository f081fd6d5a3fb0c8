import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '../../../simulator.ts'
import { answerOf, type Caller, callerOf, type Tree } from '../caller.ts'
import { start } from '../index.ts'
import type { MiniPayment } from './state.ts'

let simulator: Simulator
let caller: Caller
let token: string
let payment: MiniPayment
const today = Date.parse('2026-01-01T02:00:00Z')

beforeAll(async () => {
  simulator = await start({ seed: 12 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('clock', { now: today })
  const { appId: appid, appSecret: secret } = await caller.control<Record<string, string>>('mini-program')
  token = String((await caller.token({ appid, secret })).access_token)
  payment = await pay('OMS1')
})
afterAll(() => simulator.close())

const pay = (tradeNo: string, more: Tree = {}) =>
  caller.control<MiniPayment>('mini-program/pay', { tradeNo, amountFen: 25_800, ...more })
const ask = async (name: string, body: Tree, by = token) => {
  const path = `/wxa/sec/order/${name}`
  return answerOf(await (await caller.send({ path, token: by, text: JSON.stringify(body) })).json())
}
const parcel = (tracking_no: string, more: Tree = {}) => ({
  tracking_no,
  express_company: 'ZTO',
  item_desc: '明前龙井 250g*2',
  ...more,
})
const unified = (more: Tree = {}) => ({
  order_key: { order_number_type: 2, transaction_id: payment.transactionId },
  logistics_type: 1,
  delivery_mode: 1,
  shipping_list: [parcel('ZT1')],
  upload_time: '2026-01-01T10:30:00.000+08:00',
  payer: { openid: payment.openid },
  ...more,
})
const upload = async (more: Tree = {}) => (await ask('upload_shipping_info', unified(more))).errcode
const at = (minute: number) => ({ upload_time: `2026-01-01T11:${String(minute).padStart(2, '0')}:00+08:00` })
const seen = async () => (await ask('get_order', { transaction_id: payment.transactionId })).at<Tree>('order')

test('one parcel tells the whole, one correction follows, and no more', async () => {
  expect(await upload()).toBe(0)
  expect(await seen()).toMatchObject({
    merchant_trade_no: 'OMS1',
    paid_amount: 25_800,
    order_state: 2,
    shipping: {
      finish_shipping: true,
      finish_shipping_count: 1,
      shipping_list: [{ tracking_no: 'ZT1', express_company: 'ZTO', upload_time: today / 1000 + 1800 }],
    },
  })
  expect(await upload({ ...at(1), shipping_list: [parcel('ZT2')] })).toBe(0)
  expect(await seen()).toMatchObject({
    shipping: { finish_shipping_count: 2, shipping_list: [{ tracking_no: 'ZT2' }] },
  })
  expect(await upload(at(2))).toBe(10060003)
})

test('parcels in parts add up until all is told', async () => {
  const part = (minute: number, isAll: boolean) => ({
    ...at(minute),
    order_key: { order_number_type: 1, mchid: '1900000109', out_trade_no: 'OMS1' },
    delivery_mode: 2,
    is_all_delivered: isAll,
    shipping_list: [parcel(`ZT${minute}`)],
  })
  expect(await upload(part(1, false))).toBe(0)
  expect(await seen()).toMatchObject({ order_state: 1, shipping: { finish_shipping_count: 0 } })
  expect(await upload(part(2, true))).toBe(0)
  const { shipping } = (await seen()) as { shipping: { shipping_list: Tree[] } }
  expect(shipping.shipping_list.map(({ tracking_no }) => tracking_no)).toEqual(['ZT1', 'ZT2'])
})

test.each([
  { with: { shipping_list: [parcel('1'), parcel('2')] }, errcode: 268485228 },
  { with: { order_key: { order_number_type: 2, transaction_id: '4200' } }, errcode: 10060001 },
  { with: { logistics_type: 9 }, errcode: 10060005 },
  { with: { delivery_mode: 2, logistics_type: 2, is_all_delivered: true }, errcode: 10060006 },
  { with: { delivery_mode: 2 }, errcode: 10060007 },
  { with: { shipping_list: [parcel('1', { item_desc: '' })] }, errcode: 10060008 },
  { with: { shipping_list: [parcel('1', { item_desc: '茶'.repeat(121) })] }, errcode: 10060009 },
  { with: { shipping_list: [parcel('1', { express_company: 'SF' })] }, errcode: 10060014 },
  { with: { payer: { openid: 'somebody' } }, errcode: 10060031 },
  { with: { upload_time: '2026-01-01 10:30:00' }, errcode: 268485216 },
  { with: { delivery_mode: 3 }, errcode: 268485224 },
  { with: { shipping_list: [parcel('1', { express_company: 'XX' })] }, errcode: 40097 },
])('$errcode refuses $with', async ({ with: more, errcode }) => {
  expect(await upload(more)).toBe(errcode)
  expect(await seen()).toMatchObject({ order_state: 1 })
})

test('a parcel of SF goes with the last digits of a number', async () => {
  const contact = { receiver_contact: '+86-138****0001' }
  expect(await upload({ shipping_list: [parcel('SF1', { express_company: 'SF', contact })] })).toBe(0)
})

test('time only moves forward', async () => {
  await upload(at(5))
  expect(await upload(at(5))).toBe(268485216)
})

test('a young payment is not known yet, a refunded one not to be shipped', async () => {
  payment = await pay('OMS2', { knownAfterMs: 60_000 })
  expect(await upload()).toBe(10060001)
  await caller.control('clock', { now: today + 60_000 })
  await caller.control('mini-program/state', { tradeNo: 'OMS2', state: 5 })
  expect(await upload()).toBe(10060004)
})

test('payments made together are told together, or not at all', async () => {
  const other = await pay('OMS3')
  const sub = (transaction_id: string, more: Tree = {}) => {
    const { payer: _payer, upload_time: _time, ...rest } = unified()
    return { ...rest, order_key: { order_number_type: 2, transaction_id }, ...more }
  }
  const combined = async (sub_orders: readonly Tree[]) =>
    (await ask('upload_combined_shipping_info', { ...unified(), sub_orders })).errcode
  expect(await combined([sub(payment.transactionId), sub(other.transactionId)])).toBe(10060031)
  expect(await seen()).toMatchObject({ order_state: 1 })
  expect(await combined([sub(payment.transactionId)])).toBe(0)
})

test('payments are listed by time and state, page by page', async () => {
  await pay('OMS4')
  const list = (more: Tree = {}) => ask('get_order_list', { page_size: 1, ...more })
  const first = await list()
  expect([first.at('order_list.0.merchant_trade_no'), first.at('has_more')]).toEqual(['OMS1', true])
  const second = await list({ last_index: first.at('last_index') })
  expect([second.at('order_list.0.merchant_trade_no'), second.at('has_more')]).toEqual(['OMS4', false])
  expect((await list({ order_state: 2 })).at('order_list')).toEqual([])
})

test('a buyer is reminded once, after all was shipped', async () => {
  const remind = async () =>
    (await ask('notify_confirm_receive', { transaction_id: payment.transactionId, received_time: today / 1000 }))
      .errcode
  expect(await remind()).toBe(10060004)
  await upload()
  expect([await remind(), await remind()]).toEqual([0, 10060002])
})

test('the duty is asked for by AppID, and carriers are another list', async () => {
  const { appId } = await caller.control<Record<string, string>>('mini-program')
  expect((await ask('is_trade_managed', { appid: appId })).at('is_trade_managed')).toBe(true)
  expect((await ask('set_msg_jump_path', { path: 'pages/order' })).errcode).toBe(0)
  const path = '/cgi-bin/express/delivery/open_msg/get_delivery_list'
  const list = answerOf(await (await caller.send({ path, token })).json())
  expect(list.at('delivery_list.0')).toEqual({ delivery_id: 'SF', delivery_name: '顺丰速运' })
})

test('keys of the shop and the mini-program do not open each other’s calls', async () => {
  const shopToken = String((await caller.token()).access_token)
  expect((await ask('get_order', { transaction_id: payment.transactionId }, shopToken)).errcode).toBe(48001)
  const response = await caller.send({ path: '/channels/ec/basics/info/get', method: 'GET', token })
  expect(answerOf(await response.json()).errcode).toBe(48001)
})
