import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Act, ReportedShipment, Simulator, Truth } from '../../simulator.ts'
import { callerOf } from '../wechat-shop/caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: ReturnType<typeof callerOf>
let token: string
const today = Date.parse('2026-11-11T02:00:00Z')

beforeAll(async () => {
  simulator = await start({ seed: 5 })
})
beforeEach(async () => {
  const { address, credentials } = simulator.about
  caller = callerOf(address, credentials)
  await caller.control('reset', {})
  await caller.control('clock', { now: today })
  await caller.control('listings', [
    { merchantCode: 'CUP', title: '杯', specification: '', product: '杯', priceFen: 4_900, quantity: 9 },
  ])
  const { appId: appid, appSecret: secret } = credentials
  token = String((await caller.token({ appid, secret })).access_token)
})
afterAll(() => simulator.close())

const buy = async (more: object = {}) =>
  (await caller.control<{ orders: Truth[] }>('buy', { count: 1, ...more })).orders[0] as Truth
const act = async (kind: Act['kind'], { orderNo }: Truth) =>
  (await caller.control<{ changed: string[] }>('act', { kind, orderNos: [orderNo] })).changed
const truth = async ({ orderNo }: Truth) =>
  (await caller.control<Truth[]>('orders')).find((order) => order.orderNo === orderNo)
const ask = async (call: string, body: object) => {
  const response = await caller.send({ path: `/wxa/sec/order/${call}`, token, text: JSON.stringify(body) })
  return (await response.json()) as { readonly errcode: number; readonly order?: Record<string, unknown> }
}
const byNumber = ({ orderNo }: Truth) => ({
  merchant_id: simulator.about.credentials.merchantId,
  merchant_trade_no: orderNo,
})

async function upload(order: Truth, tracking_no: string, minute: number, more: object): Promise<number> {
  const seen = await ask('get_order', byNumber(order))
  const answer = await ask('upload_shipping_info', {
    order_key: { order_number_type: 2, transaction_id: seen.order?.transaction_id },
    logistics_type: 1,
    shipping_list: [{ tracking_no, express_company: 'ZTO', item_desc: '杯' }],
    upload_time: `2026-11-11T10:${minute}:00.000+08:00`,
    payer: { openid: seen.order?.openid },
    ...more,
  })
  return answer.errcode
}

test('an order is known by the mall’s number once it is paid, for what was paid', async () => {
  const order = await buy({ pay: 'unpaid', lines: [{ merchantCode: 'CUP', quantity: 2 }] })
  expect(order).toMatchObject({ status: 'unpaid', paidTotalFen: 0 })
  expect((await ask('get_order', byNumber(order))).errcode).toBe(10060001)
  expect(await act('pay', order)).toEqual([order.orderNo])
  expect((await ask('get_order', byNumber(order))).order).toMatchObject({ paid_amount: 9_800, description: '杯*2' })
  expect(await truth(order)).toMatchObject({ status: 'paid-wait-ship', paidTotalFen: 9_800 })
  expect(await act('pay', order)).toEqual([])
})

test('parcels add up until all was told; one told twice counts twice', async () => {
  const order = await buy()
  const part = { delivery_mode: 2, is_all_delivered: false }
  expect(await upload(order, 'ZT1', 11, part)).toBe(0)
  expect(await truth(order)).toMatchObject({ status: 'partially-shipped', lines: [{ shippedQuantity: 0 }] })
  expect(await upload(order, 'ZT1', 12, { ...part, is_all_delivered: true })).toBe(0)
  expect(await truth(order)).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 1 }] })
  expect(await caller.control<ReportedShipment[]>('shipments')).toMatchObject([
    { orderNo: order.orderNo, carrier: 'ZTO', waybillNo: 'ZT1', times: 2 },
  ])
})

test('a buyer confirms what was shipped, and money goes back once', async () => {
  const order = await buy()
  expect(await act('finish', order)).toEqual([])
  await upload(order, 'ZT1', 11, { delivery_mode: 1 })
  expect(await act('finish', order)).toEqual([order.orderNo])
  expect(await truth(order)).toMatchObject({ status: 'completed' })
  expect([await act('refund', order), await act('refund', order)]).toEqual([[order.orderNo], []])
  expect(await truth(order)).toMatchObject({ status: 'closed-refunded', refundState: 'full' })
})

test('what is closed unpaid stays so, and what the mall cannot do is refused by name', async () => {
  const order = await buy({ pay: 'unpaid' })
  expect(await act('close', order)).toEqual([order.orderNo])
  expect(await act('pay', order)).toEqual([])
  await expect(act('note', order)).rejects.toThrow('note')
})
