import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Counts, ListingState, Simulator } from '../../simulator.ts'
import { type Caller, callerOf, shelf, type Tree } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let mug: ListingState
const today = 1_790_000_000_000

beforeAll(async () => {
  simulator = await start({ seed: 61 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('clock', { now: today })
  await caller.control('listings', shelf)
  mug = await listing('MUG-W')
})
afterAll(() => simulator.close())

const listing = async (code: string) =>
  (await caller.control<ListingState[]>('listings')).find(({ merchantCode }) => merchantCode === code)!
const sku = () => ({ product_id: mug.itemNo, sku_id: mug.skuNo })
const update = async (diff_type: unknown, num: unknown, more: Tree = {}) =>
  (await caller.call('product/stock/update', { ...sku(), diff_type, num, ...more })).errcode
const quantity = async () => (await listing('MUG-W')).quantity

test('stock is added to, taken from and set', async () => {
  expect(await update(1, 20)).toBe(0)
  expect(await quantity()).toBe(520)
  expect(await update(2, 500)).toBe(0)
  expect(await quantity()).toBe(20)
  expect(await update(3, 0)).toBe(0)
  expect(await listing('MUG-W')).toMatchObject({ quantity: 0, pushes: 3, pushedAt: today })
  expect((await caller.call('product/stock/get', sku())).at('data')).toEqual({
    normal_stock_num: 0,
    limited_discount_stock_num: 0,
    warehouse_stocks: [],
    finder_total_num: 0,
    total_stock_num: 0,
  })
})

test.each([
  { diff: 2, num: 501, errcode: 10020219 },
  { diff: 1, num: 0, errcode: 10020218 },
  { diff: 3, num: -1, errcode: 10020051 },
  { diff: 1, num: '5', errcode: 10020051 },
  { diff: 4, num: 1, errcode: 10020055 },
  { diff: 1, num: 1, more: { sku_id: '5999999999999' }, errcode: 10020052 },
  { diff: 1, num: 1, more: { sku_id: '' }, errcode: 10020051 },
])('diff_type $diff by $num is refused with $errcode', async ({ diff, num, more, errcode }) => {
  expect(await update(diff, num, more)).toBe(errcode)
  expect(await listing('MUG-W')).toMatchObject({ quantity: 500, pushes: 0 })
})

test.each([
  { product: { editStatus: 2 }, errcode: 10020217 },
  { product: { status: 0 }, errcode: 10020289 },
])('a product that is $product keeps its stock', async ({ product, errcode }) => {
  await caller.control('products', { product: '马克杯', ...product })
  expect(await update(1, 1)).toBe(errcode)
})

test('an order takes stock when it is placed; closed unpaid gives it back, a refund does not', async () => {
  const lines = [{ merchantCode: 'MUG-W', quantity: 3 }]
  const [open] = await caller.buy({ lines, pay: 'unpaid' })
  const [paid] = await caller.buy({ lines })
  expect(await quantity()).toBe(494)
  await caller.act({ kind: 'close', orderNos: [open!.orderNo] })
  await caller.act({ kind: 'refund', orderNos: [paid!.orderNo], outcome: 'success' })
  expect(await quantity()).toBe(497)
})

test('a buyer leaves when too little is there, unless two buy at once', async () => {
  await update(3, 2)
  const lines = [{ merchantCode: 'MUG-W', quantity: 3 }]
  expect(await caller.buy({ lines })).toEqual([])
  expect(await caller.buy({ lines, ignoreStock: true })).toHaveLength(1)
  expect(await quantity()).toBe(0)
})

test('the moves of a SKU are told page by page', async () => {
  await update(1, 5)
  await update(2, 3)
  const flow = (more: Tree = {}) => caller.call('product/stock/getflow', { ...sku(), page_size: 1, ...more })
  const first = await flow()
  expect(first.at('data.stock_flow_info_list')).toMatchObject([
    { amount: 5, beginning_amount: 500, ending_amount: 505 },
  ])
  const second = await flow({ next_key: first.at('data.next_key') })
  expect(second.at('data.stock_flow_info_list')).toMatchObject([{ amount: 3, ending_amount: 502 }])
})

test('warehouses count to the total and move by themselves', async () => {
  await caller.control('settings', { warehouses: ['WH-HZ'] })
  const move = async (out_warehouse_id: string) =>
    (await caller.call('warehouse/stock/update', { ...sku(), out_warehouse_id, diff_type: 1, num: 20 })).errcode
  expect([await move('WH-HZ'), await move('WH-XX')]).toEqual([0, 10020051])
  const stock = (await caller.call('product/stock/batchget', { product_id: [mug.itemNo] })).at<Tree>(
    'data.spu_stock_list.0.sku_stock.0',
  )
  expect(stock).toMatchObject({ sku_id: mug.skuNo, normal_stock_num: 500, total_stock_num: 520 })
})

test('who is faster than the limits is counted, and refused when they are enforced', async () => {
  await update(1, 1)
  await update(1, 1)
  expect((await caller.control<Counts>('counts')).violations).toBe(1)
  await caller.control('settings', { enforceLimits: true })
  await update(1, 1)
  expect(await update(1, 1)).toBe(10020112)
  for (let time = 0; time < 12; time += 1) await caller.call('order/deliverycompanylist/get')
  expect((await caller.call('order/deliverycompanylist/get')).errcode).toBe(45011)
})

test('products are listed with their total and told with their SKUs', async () => {
  const page = await caller.call('product/list/get', { page_size: 1 })
  expect([page.at('product_ids'), page.at('total_num')]).toEqual([[mug.itemNo], 2])
  const rest = await caller.call('product/list/get', { page_size: 1, next_key: page.at('next_key') })
  const end = await caller.call('product/list/get', { page_size: 1, next_key: rest.at('next_key') })
  expect([rest.at<string[]>('product_ids').length, end.at('product_ids')]).toEqual([1, []])
  const both = await caller.call('product/get', { product_id: mug.itemNo, data_type: 3 })
  expect(both.at('product')).toEqual(both.at('edit_product'))
  expect(both.at('product')).toMatchObject({
    title: '粗陶马克杯',
    status: 5,
    edit_status: 4,
    min_price: 4900,
    skus: [
      { sku_code: 'MUG-W', stock_num: 500, sku_attrs: [{ attr_key: '颜色', attr_value: '米白' }] },
      { sku_code: 'MUG-G', sku_attrs: [{ attr_key: '颜色' }, { attr_key: '尺寸', attr_value: '大' }] },
    ],
  })
  expect((await caller.call('product/get', { product_id: '1' })).errcode).toBe(40097)
})

test('what is taken down is not bought', async () => {
  const lines = [{ merchantCode: 'MUG-W', quantity: 1 }]
  await caller.call('product/delisting', { product_id: mug.itemNo })
  expect(await caller.buy({ lines })).toEqual([])
  expect((await caller.call('product/list/get', { status: 11 })).at('total_num')).toBe(1)
  await caller.call('product/listing', { product_id: mug.itemNo })
  expect(await caller.buy({ lines })).toHaveLength(1)
})

test('the shop says who it is and where goods come back to', async () => {
  expect((await caller.call('basics/info/get')).at('info.nickname')).toBe('木白家居微信小店')
  const [id] = (await caller.call('merchant/address/list')).at<string[]>('address_id_list')
  const found = await caller.call('merchant/address/get', { address_id: id })
  expect(found.at('address_detail.address_info.city_name')).toBe('杭州市')
  expect((await caller.call('merchant/address/get', { address_id: '9' })).errcode).toBe(10021062)
})
