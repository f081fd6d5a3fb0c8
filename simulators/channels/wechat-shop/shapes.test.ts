import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ListingState, Simulator } from '../../simulator.ts'
import { answerOf, type Caller, callerOf, shelf, type Tree } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await start({ seed: 71 })
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('listings', shelf)
  await caller.control('settings', { warehouses: ['WH-HZ'] })
})
afterAll(() => simulator.close())

/**
 * Fields as paths, rows of a list as one: `order.order_detail.product_infos[].sku_id` → the kinds of value seen there.
 */
type Shape = Map<string, Set<string>>

function shapeOf(values: readonly unknown[]): Shape {
  const shape: Shape = new Map()
  const look = (value: unknown, path: string): void => {
    shape.set(path, (shape.get(path) ?? new Set()).add(kindOf(value)))
    if (Array.isArray(value)) for (const row of value) look(row, `${path}[]`)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) look(inner, path === '' ? name : `${path}.${name}`)
    }
  }
  for (const value of values) look(value, '')
  return shape
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}

function samples(beginning: string): readonly unknown[] {
  const folder = new URL('./samples/', import.meta.url)
  const names = readdirSync(folder).filter((name) => name.startsWith(beginning))
  return names.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown)
}

/** Fields that the sheet's tables name and no sample holds, and kinds that it names beside those of the samples. */
const alsoNamed = [
  /\.(limited_discount|bulkbuy|vip)_discounted_price$/,
  /\.(is_discounted|is_change_price|discounted_price)$/,
  /\.is_free_gift$/,
  /\.(use_deduction|deduction_price|estimate_price)$/,
  /\.settle_time$/,
  /\.(unionid|stock_flow|voucher_list|user_coupon_id)/,
  /merchant_update_detail|exchange_product_info|exchange_delivery_info/,
]

function expectShape(told: readonly unknown[], beginning: string): void {
  const sampled = samples(beginning)
  const [sample, ours] = [shapeOf(sampled), shapeOf(told)]
  const isNamed = (path: string) => alsoNamed.some((named) => named.test(path))
  const strange = [...ours].filter(
    ([path, kinds]) => !isNamed(path) && ![...kinds].every((kind) => sample.get(path)?.has(kind)),
  )
  expect(strange).toEqual([])
  const each = sampled.map((one) => shapeOf([one]))
  const always = [...sample.keys()].filter((path) => each.every((one) => one.has(path)))
  expect(always.filter((path) => !ours.has(path))).toEqual([])
}

test('orders in every state look like the samples', async () => {
  const bought = await caller.buy({ count: 120, seed: 3 })
  const numbers = bought.map(({ orderNo }) => orderNo)
  await caller.buy({ count: 10, seed: 4, pay: 'unpaid' })
  const ship = { kind: 'ship-in-back-office', waybillNo: 'YT1', carrierName: '圆通速递' } as const
  await caller.act({ ...ship, orderNos: numbers.slice(0, 40) })
  await caller.act({ kind: 'finish', orderNos: numbers.slice(0, 20) })
  await caller.act({ kind: 'refund', orderNos: numbers.slice(30, 60), outcome: 'success' })
  await caller.control('settings', { virtualNumberShare: 1 })
  numbers.push(...(await caller.buy({ count: 3, seed: 5 })).map(({ orderNo }) => orderNo))
  const told = await Promise.all(
    numbers.map((order_id) => caller.call('order/get', { order_id }).then((answer) => answer.at<Tree>('order'))),
  )
  expectShape(
    told.map((order) => ({ errcode: 0, errmsg: 'ok', order })),
    'order-get.',
  )
})

test('after-sales look like the samples', async () => {
  const span = {
    begin_update_time: Math.floor(Date.now() / 1000) - 600,
    end_update_time: Math.floor(Date.now() / 1000),
  }
  const ids = (await caller.call('aftersale/getaftersalelist', span)).at<string[]>('after_sale_order_id_list')
  const told = await Promise.all(
    ids.map((after_sale_order_id) => caller.call('aftersale/getaftersaleorder', { after_sale_order_id })),
  )
  expect(told.length).toBeGreaterThan(20)
  expectShape(
    told.map((answer) => ({ errcode: 0, errmsg: 'ok', after_sale_order: withoutUnion(answer.at('after_sale_order')) })),
    'aftersale-get.',
  )
})

/** `unionid` stands in the sheet's table and in no sample. */
function withoutUnion(fields: Tree): Tree {
  const { unionid: _unionid, ...rest } = fields
  return rest
}

test('products, stock, plain receivers and payments look like the samples', async () => {
  const [mug] = await caller.control<ListingState[]>('listings')
  const product = await caller.call('product/get', { product_id: mug!.itemNo })
  expectShape([{ errcode: 0, errmsg: 'ok', product: product.at('product') }], 'product-get')
  const stock = await caller.call('product/stock/batchget', { product_id: [mug!.itemNo] })
  expectShape([{ errcode: 0, errmsg: 'ok', data: stock.at('data') }], 'stock-batchget')

  const [order] = await caller.buy({ seed: 9 })
  const plain = await caller.call('order/sensitiveinfo/decode', { order_id: order!.orderNo })
  const { address_info, virtual_number_info } = {
    address_info: plain.at('address_info'),
    virtual_number_info: plain.at('virtual_number_info'),
  }
  expectShape([{ errcode: 0, errmsg: 'ok', address_info, virtual_number_info }], 'sensitiveinfo-decode')
})

test('a payment of the mini-program looks like the sample', async () => {
  const mini = await caller.control<Record<string, string>>('mini-program')
  const { access_token } = await caller.token({ appid: mini.appId, secret: mini.appSecret })
  const payment = await caller.control<{ transactionId: string; openid: string }>('mini-program/pay', {
    tradeNo: 'OMS1',
    amountFen: 25_800,
  })
  const ask = async (name: string, body: Tree) => {
    const path = `/wxa/sec/order/${name}`
    return (await (await caller.send({ path, token: String(access_token), text: JSON.stringify(body) })).json()) as Tree
  }
  const contact = { receiver_contact: '+86-138****0001' }
  await ask('upload_shipping_info', {
    order_key: { order_number_type: 2, transaction_id: payment.transactionId },
    logistics_type: 1,
    delivery_mode: 1,
    shipping_list: [{ tracking_no: 'SF1', express_company: 'SF', item_desc: '茶', contact }],
    upload_time: '2026-01-01T10:30:00.000+08:00',
    payer: { openid: payment.openid },
  })
  const answer = await ask('get_order', { transaction_id: payment.transactionId })
  expect(answerOf(answer).errcode).toBe(0)
  expectShape([answer], 'miniprogram-get-order')
})
