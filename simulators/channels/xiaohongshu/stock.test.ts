import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { ListingState, Simulator } from '../../simulator.ts'
import { type Caller, callerOf, differences, sampleOf } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let skuId = ''

const merchantCode = 'MB-1001'

beforeAll(async () => {
  simulator = await start({ seed: 31 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control(
    'listings',
    demoCatalogue.map((good) => ({ ...good, quantity: 100 })),
  )
  skuId = (await listing()).skuNo
})
afterAll(() => simulator.close())

const listing = async () =>
  (await caller.control<ListingState[]>('listings')).find((one) => one.merchantCode === merchantCode)!
const stock = async () => (await caller.call('inventory.getSkuStock', { skuId })).at('data.skuStock')
const sync = (qty: unknown, id = skuId) => caller.call('inventory.syncSkuStock', { skuId: id, qty })
const buy = (quantity: number, pay: 'paid' | 'unpaid') => caller.buy({ lines: [{ merchantCode, quantity }], pay })

test('an order occupies what it holds until it is paid or closed', async () => {
  const open = await buy(3, 'unpaid')
  expect(await stock()).toMatchObject({ available: 97, occupiedQuantity: 3, total: 100 })
  await caller.control('act', { kind: 'pay', orderNos: [open.orderNo] })
  expect(await stock()).toMatchObject({ available: 97, occupiedQuantity: 0, total: 97 })
  const other = await buy(5, 'unpaid')
  await caller.control('act', { kind: 'close', orderNos: [other.orderNo] })
  expect(await stock()).toMatchObject({ available: 97, occupiedQuantity: 0, total: 97 })
})

test('the total that is set holds what is occupied and what channels and activities have', async () => {
  await buy(35, 'unpaid')
  const held = { productChannel: 15, productChannelOccupied: 15, activityChannel: 10, activityChannelOccupied: 0 }
  await caller.control('stock', { merchantCode, ...held })
  const answer = await sync(100)
  expect(answer.at('data.response')).toEqual({ success: true, message: '', code: 0 })
  expect(differences(sampleOf('inventory.getSkuStock').body, answer.body)).toEqual([])
  expect(await stock()).toEqual(sampleOf('inventory.getSkuStock').at('data.skuStock'))
  expect(await listing()).toMatchObject({ quantity: 25, pushes: 1, pushedAt: expect.any(Number) })
})

test('less than is occupied is taken with a warning', async () => {
  await buy(8, 'unpaid')
  const answer = await sync(5)
  const sample = sampleOf('inventory.syncSkuStock.occupied')
  expect(answer.at('data.response')).toEqual(sample.at('data.response'))
  expect(answer.at('data.skuStock')).toEqual(sample.at('data.skuStock'))
})

test('what is for sale is raised and lowered by a difference', async () => {
  await caller.call('inventory.incSkuStock', { skuId, qty: 12 })
  await caller.call('inventory.incSkuStock', { skuId, qty: -3 })
  expect((await listing()).quantity).toBe(109)
})

test('by warehouse it is the same stock in the newer envelope', async () => {
  await buy(30, 'unpaid')
  const answer = await caller.call('inventory.syncSkuStockV2', { skuId, qtyWithWhcode: { CPartner: 200 } })
  expect(differences(sampleOf('inventory.syncSkuStockV2').body, answer.body)).toEqual([])
  expect(answer.at('data.data')).toEqual({ CPartner: { skuId, whcode: 'CPartner', skuStockInfo: await stock() } })
  const read = await caller.call('inventory.getSkuStockV2', { skuId, inventoryType: 1 })
  expect(read.at('data.skuStockInfoWithWhcode.0.skuStockInfo')).toEqual(await stock())
  expect(await listing()).toMatchObject({ quantity: 170 })
})

test.each([
  { when: 'the SKU is unknown', ask: () => sync(7, '67f0a1b2c3d4e5f6a7b80063') },
  {
    when: 'the SKU has several warehouses',
    ask: async () => {
      await caller.control('stock', { merchantCode, hasManyWarehouses: true })
      return sync(7)
    },
  },
  {
    when: 'the warehouse is unknown',
    ask: () => caller.call('inventory.syncSkuStockV2', { skuId, qtyWithWhcode: { MOON: 7 } }),
  },
])('when $when only the inner answer says no', async ({ ask }) => {
  const answer = await ask()
  expect(answer.code).toBe(0)
  expect(answer.at('data.response.success')).toBe(false)
  expect((await listing()).quantity).toBe(100)
})

test.each([{ qty: -1 }, { qty: '7' }, { qty: 1.5 }, { qty: undefined }])(
  'a total of $qty is no total',
  async ({ qty }) => {
    expect((await sync(qty)).code).toBe(-2000400)
  },
)

test('products have the shape of the sample and come page by page', async () => {
  const page = (pageNo: number) => caller.call('product.getDetailSkuList', { pageNo, pageSize: 10 })
  const pages = await Promise.all([page(1), page(2), page(3)])
  expect(differences(sampleOf('product.getDetailSkuList').body, pages[0]!.body)).toEqual([])
  const ids = pages.flatMap((one) => one.rows('data.data').map((row) => row.at('sku.id')))
  expect(ids).toEqual((await caller.control<ListingState[]>('listings')).map(({ skuNo }) => skuNo))
  expect(pages[0]!.at('data')).toMatchObject({ pageNO: 1, pageSize: 10, total: ids.length })
  expect((await caller.call('product.getDetailSkuList', { pageNo: 1, pageSize: 101 })).code).toBe(-2000400)
  const after = await caller.call('product.getDetailSkuList', { lastId: ids[9], pageSize: 10 })
  expect(after.rows('data.data').map((row) => row.at('sku.id'))).toEqual(ids.slice(10, 20))
})

test('products are found by what they are', async () => {
  const count = async (params: object) => (await caller.call('product.getDetailSkuList', params)).at('data.total')
  await sync(0)
  expect(await count({ id: skuId })).toBe(1)
  expect(await count({ stockLte: 0 })).toBe(1)
  await caller.call('product.updateSkuAvailable', { skuId, available: false })
  expect(await count({ buyable: false })).toBe(1)
  const item = await caller.call('product.getItemInfo', { itemId: (await listing()).itemNo, pageNo: 1, pageSize: 10 })
  expect(item.at('data.total')).toBe(3)
  const found = await caller.call('product.searchItemList', {
    pageNo: 1,
    pageSize: 10,
    searchParam: { keyword: '马克杯' },
  })
  expect(found.rows('data.itemDetailV3s')).toHaveLength(1)
})

test('a price is set, and what is off sale is not bought', async () => {
  await caller.call('product.updateSkuPrice', { skuId, price: [{ skuId, price: 4400 }], originalPrice: 5000 })
  expect((await listing()).priceFen).toBe(4400)
  await caller.call('product.updateSkuAvailable', { skuId, available: false })
  await expect(buy(1, 'paid')).rejects.toThrow('nobody bought')
})
