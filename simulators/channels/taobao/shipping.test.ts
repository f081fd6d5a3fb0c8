import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ListingSeed, Purchase, ReportedShipment, Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, type Params } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await start({ seed: 31 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('listings', listings)
})
afterAll(() => simulator.close())

const listings: readonly ListingSeed[] = [
  {
    merchantCode: 'MUG-W',
    title: '粗陶马克杯',
    specification: '颜色:米白',
    product: '马克杯',
    priceFen: 4900,
    quantity: 500,
  },
  { merchantCode: 'SCENT', title: '无火香薰', specification: '', product: '香薰', priceFen: 6880, quantity: 500 },
]
const lines = [
  { merchantCode: 'MUG-W', quantity: 3 },
  { merchantCode: 'SCENT', quantity: 1 },
]
const waybill = '75800000000001'

async function buy(purchase: Partial<Purchase> = {}): Promise<Truth> {
  return (await caller.control<{ orders: Truth[] }>('buy', { count: 1, lines, ...purchase })).orders[0]!
}

const send = (tid: string, params: Params = {}) =>
  caller.call('taobao.logistics.offline.send', { tid, out_sid: waybill, company_code: 'ZTO', ...params })
const shipments = () => caller.control<ReportedShipment[]>('shipments')
const shippingError = (code: string) => `15 isv.logistics-offline-service-error:${code}`

test('a shipped order shows carrier, number and time, and is reported once', async () => {
  const { orderNo, lines: bought } = await buy()
  expect((await send(orderNo)).at('shipping.is_success')).toBe(true)
  const trade = await caller.call('taobao.trade.get', { tid: orderNo, fields: 'status,consign_time,orders' })
  expect(trade.at('trade.status')).toBe('WAIT_BUYER_CONFIRM_GOODS')
  expect(trade.rows('trade.orders.order').map((row) => [row.at('logistics_company'), row.at('invoice_no')])).toEqual([
    ['中通快递', waybill],
    ['中通快递', waybill],
  ])
  expect(await shipments()).toEqual([
    {
      orderNo,
      carrier: 'ZTO',
      waybillNo: waybill,
      lines: bought.map(({ lineNo, quantity }) => ({ lineNo, quantity })),
      at: expect.any(Number),
      times: 1,
    },
  ])
})

interface Refused {
  readonly when: string
  readonly before?: (order: Truth) => Promise<unknown>
  readonly purchase?: Partial<Purchase>
  readonly params?: (order: Truth) => Params
  readonly error: string
}

test.each<Refused>([
  { when: 'the order is shipped already', before: ({ orderNo }) => send(orderNo), error: 'B04' },
  { when: 'the order is not paid', purchase: { pay: 'unpaid' }, error: 'B02' },
  { when: 'the order is refunded and closed', before: ({ orderNo }) => refund(orderNo), error: 'B04' },
  { when: 'the order is unknown', params: () => ({ tid: '4150000000000120915' }), error: 'B01' },
  { when: 'the carrier is unknown', params: () => ({ company_code: 'NOBODY' }), error: 'B56' },
  { when: 'the number is blank', params: () => ({ out_sid: ' ' }), error: 'B59' },
  { when: 'the number looks like none', params: () => ({ out_sid: '单号' }), error: 'B60' },
  {
    when: 'the number is on its way to somebody else',
    before: async () => send((await buy({ seed: 9 })).orderNo),
    error: 'B60',
  },
  {
    when: 'a line belongs to another order',
    params: () => ({ is_split: '1', sub_tid: '4150000000000120916' }),
    error: 'P38',
  },
  { when: 'it is called split and names no line', params: () => ({ is_split: '1' }), error: 'P38' },
  {
    when: 'it names lines and is not called split',
    params: ({ lines: [first] }) => ({ sub_tid: first!.lineNo }),
    error: 'P38',
  },
  {
    when: 'the order was split and the lines are not named',
    before: ({ orderNo, lines: [first] }) =>
      send(orderNo, { is_split: '1', sub_tid: first!.lineNo, out_sid: '75800000000002' }),
    error: 'CD22',
  },
  {
    when: 'a named line is shipped already',
    before: ({ orderNo, lines: [first] }) =>
      send(orderNo, { is_split: '1', sub_tid: first!.lineNo, out_sid: '75800000000002' }),
    params: ({ lines: [first] }) => ({ is_split: '1', sub_tid: first!.lineNo }),
    error: 'B04',
  },
])('shipping answers $error when $when, and nothing is done', async ({ before, purchase, params, error }) => {
  const order = await buy({ seed: 1, ...purchase })
  await before?.(order)
  const was = [await caller.truth(order.orderNo), await shipments()]
  expect((await send(order.orderNo, params?.(order))).error).toBe(shippingError(error))
  expect([await caller.truth(order.orderNo), await shipments()]).toEqual(was)
})

const refund = (orderNo: string) => caller.control('act', { kind: 'refund', orderNos: [orderNo], outcome: 'success' })

test('a number may serve two orders of one buyer to one door', async () => {
  const buyer = {
    name: '林小禾',
    phone: '13800012345',
    province: '浙江省',
    city: '嘉兴市',
    district: '南湖区',
    address: '书院路8号',
  }
  const [first, second] = [await buy({ buyer }), await buy({ buyer })]
  expect((await send(first.orderNo)).error).toBe('')
  expect((await send(second.orderNo)).error).toBe('')
  expect((await shipments()).map(({ times }) => times)).toEqual([1, 1])
})

test('line by line, an order is partly shipped and then shipped', async () => {
  const { orderNo, lines: bought } = await buy()
  const [first, second] = bought.map(({ lineNo }) => lineNo)
  await send(orderNo, { is_split: '1', sub_tid: first! })
  expect((await caller.truth(orderNo)).status).toBe('partially-shipped')
  const part = await caller.call('taobao.trade.get', { tid: orderNo, fields: 'status,is_part_consign' })
  expect([part.at('trade.status'), part.at('trade.is_part_consign')]).toEqual(['SELLER_CONSIGNED_PART', true])
  await send(orderNo, { is_split: '1', sub_tid: second!, out_sid: '75800000000002' })
  expect((await caller.truth(orderNo)).status).toBe('shipped')
})

test('a closed line does not keep the rest from being shipped', async () => {
  const { orderNo, lines: bought } = await buy()
  await caller.control('act', { kind: 'refund', orderNos: [orderNo], lineNo: bought[0]!.lineNo, outcome: 'success' })
  expect((await send(orderNo)).error).toBe('')
  const after = await caller.truth(orderNo)
  expect(after.status).toBe('shipped')
  expect(after.lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([0, 1])
})

test('virtual goods are shipped without a parcel', async () => {
  const { orderNo } = await buy()
  expect((await caller.call('taobao.logistics.dummy.send', { tid: orderNo })).at('shipping.is_success')).toBe(true)
  expect((await caller.truth(orderNo)).status).toBe('shipped')
})

test('cash on delivery is shipped online only, unpaid, and signed for', async () => {
  await caller.control('settings', { cashOnDeliveryShare: 1 })
  const { orderNo, paidAt } = await buy()
  expect(paidAt).toBeNull()
  expect((await send(orderNo)).error).toBe(shippingError('B98'))
  const online = await caller.call('taobao.logistics.online.send', {
    tid: orderNo,
    out_sid: waybill,
    company_code: 'ZTO',
  })
  expect(online.at('shipping.is_success')).toBe(true)
  const status = async () =>
    (await caller.call('taobao.trade.get', { tid: orderNo, fields: 'type,status' })).at('trade')
  for (const [kind, expected] of [
    ['pay', 'TRADE_BUYER_SIGNED'],
    ['finish', 'TRADE_FINISHED'],
  ]) {
    await caller.control('act', { kind, orderNos: [orderNo] })
    expect(await status()).toEqual({ type: 'cod', status: expected })
  }
  expect((await caller.truth(orderNo)).paidAt).not.toBeNull()
})

test('a wrong number is corrected, and the report stands corrected', async () => {
  const { orderNo } = await buy()
  const resend = (out_sid: string) =>
    caller.call('taobao.logistics.consign.resend', { tid: orderNo, out_sid, company_code: 'SF' })
  expect((await resend('SF10000000001')).error).toBe('15 isv.logistics-update-company-or-mailno-error:CD19')
  await send(orderNo)
  expect((await resend('SF10000000001')).at('shipping.is_success')).toBe(true)
  expect((await shipments()).map(({ carrier, waybillNo }) => [carrier, waybillNo])).toEqual([['SF', 'SF10000000001']])
})

test('fifty days after shipping a number can no longer be corrected', async () => {
  const { orderNo } = await buy()
  await send(orderNo)
  const later = Date.now() + 51 * 86_400_000
  await caller.control('clock', { now: later })
  const params = { tid: orderNo, out_sid: 'SF10000000001', company_code: 'SF' }
  const answer = await caller.call('taobao.logistics.consign.resend', params, { at: later })
  expect(answer.error).toBe('15 isv.logistics-update-company-or-mailno-error:P05')
})

interface Parcel {
  readonly out_sid: string
  readonly goods: readonly Readonly<Record<string, unknown>>[]
}

function ascp(tid: string, parcels: readonly Parcel[], more: Params = {}): Promise<Answer> {
  const consign_pkgs = JSON.stringify(parcels.map((parcel) => ({ company_code: 'ZTO', ...parcel })))
  return caller.call('alibaba.ascp.logistics.offline.send', { tid, consign_type: '1', consign_pkgs, ...more })
}

const partly = (sub_tid: string) => ({ consign_status: JSON.stringify([{ sub_tid, is_part_consign: true }]) })

test('one line over two parcels, then closed: the new path', async () => {
  const { orderNo, lines: bought } = await buy()
  const [mugs, scent] = bought.map(({ lineNo }) => lineNo)
  const first = await ascp(
    orderNo,
    [{ out_sid: waybill, goods: [{ sub_tid: mugs, item_type: 0, num: 2 }, { sub_tid: scent }] }],
    partly(mugs!),
  )
  expect(first.at('result.success')).toBe(true)
  const half = await caller.truth(orderNo)
  expect([half.status, ...half.lines.map(({ shippedQuantity }) => shippedQuantity)]).toEqual([
    'partially-shipped',
    2,
    1,
  ])

  const closed = await caller.call('alibaba.ascp.logistics.offline.send', {
    tid: orderNo,
    consign_type: '2',
    ...partly(mugs!),
  })
  expect(closed.error).toBe('')
  const done = await caller.truth(orderNo)
  expect([done.status, done.lines[0]!.shippedQuantity]).toEqual(['shipped', 2])
})

test('two parcels in one call', async () => {
  const { orderNo, lines: bought } = await buy()
  const [mugs, scent] = bought.map(({ lineNo }) => lineNo)
  const answer = await ascp(orderNo, [
    { out_sid: waybill, goods: [{ sub_tid: mugs, num: 1 }] },
    {
      out_sid: '75800000000002',
      goods: [{ sub_tid: mugs, num: 2 }, { sub_tid: scent }, { sub_tid: mugs, item_type: 1, num: 1 }],
    },
  ])
  expect(answer.error).toBe('')
  expect((await caller.truth(orderNo)).status).toBe('shipped')
  expect((await shipments()).map(({ lines: sent }) => sent.map(({ quantity }) => quantity))).toEqual([[1], [2, 1]])
})

test('the components of a bundle count as their line once', async () => {
  const { orderNo, lines: bought } = await buy({ lines: [{ merchantCode: 'SCENT', quantity: 2 }] })
  const sub_tid = bought[0]!.lineNo
  const goods = [
    { sub_tid, item_type: 2, num: 4, comp_item_id: '1' },
    { sub_tid, item_type: 2, num: 2, comp_item_id: '2' },
  ]
  expect((await ascp(orderNo, [{ out_sid: waybill, goods }])).error).toBe('')
  expect((await caller.truth(orderNo)).lines[0]!.shippedQuantity).toBe(2)
})

test.each([
  { when: 'more is sent than was bought', num: 4, more: {}, error: 'P38' },
  { when: 'less is sent and not said to be a part', num: 2, more: {}, error: 'P38' },
  { when: 'nothing is sent', num: 0, more: {}, error: 'P22' },
])('the new path answers $error when $when', async ({ num, more, error }) => {
  const { orderNo, lines: bought } = await buy()
  const answer = await ascp(orderNo, [{ out_sid: waybill, goods: [{ sub_tid: bought[0]!.lineNo, num }] }], more)
  expect(answer.error).toBe(shippingError(error))
  expect(await shipments()).toEqual([])
})

test('the carriers have codes, names and a pattern for their numbers', async () => {
  const answer = await caller.call('taobao.logistics.companies.get', { fields: 'id,code,name,reg_mail_no' })
  const rows = answer.rows('logistics_companies.logistics_company')
  expect(rows.find((row) => row.at('code') === 'DBKD')?.at('id')).toBe(5_000_000_110_730)
  expect(rows.every((row) => new RegExp(String(row.at('reg_mail_no'))).test(waybill))).toBe(true)
})
