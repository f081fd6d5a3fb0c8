import { expect, test } from 'vitest'
import type { ListingState } from '../../simulator.ts'
import type { Params } from './caller.ts'
import { openStage } from './stage.ts'

const stage = openStage(23)
const { call } = stage
const listings = () => stage.caller().control<ListingState[]>('listings')
const one = async (merchantCode = 'MB-1001') => (await listings()).find((each) => each.merchantCode === merchantCode)!
const ids = ({ itemNo, skuNo }: ListingState) => ({ product_id: BigInt(itemNo), sku_id: Number(skuNo) })
const sync = async (more: Params) =>
  call('sku.syncStock', { ...ids(await one()), incremental: false, stock_num: 88, ...more })

test('stock is set, told by when and how often', async () => {
  expect((await sync({})).body).toMatchObject({ code: 10_000, data: {} })
  expect(await one()).toMatchObject({ quantity: 88, pushes: 1, pushedAt: stage.now() })
  await sync({ stock_num: 0 })
  expect(await one()).toMatchObject({ quantity: 0, pushes: 2 })
})

test.each([
  { when: 'by code', more: { sku_id: undefined, code: 'MB-1001' }, code: 10_000 },
  { when: 'by out_sku_id', more: { sku_id: undefined, out_sku_id: 'MB-1001' }, code: 10_000 },
  { when: 'by ids as text', more: { sku_id: '5999999999999999' }, code: 50_002 },
  { when: 'of a product nobody knows', more: { product_id: 7 }, code: 50_002 },
  { when: 'by nothing', more: { sku_id: undefined }, code: 40_001 },
  { when: 'below nothing', more: { stock_num: -1 }, code: 40_002 },
  { when: 'to a text', more: { stock_num: '88' }, code: 40_002 },
  { when: 'as a change without a number of its own', more: { incremental: true }, code: 40_001 },
])('stock named $when answers $code', async ({ more, code }) => {
  expect((await sync(more)).code).toBe(code)
  expect((await one()).quantity).toBe(code === 10_000 ? 88 : 5_000)
})

test('a change is done once under its number, and never below nothing', async () => {
  const change = (idempotent_id: string, stock_num: number) => sync({ incremental: true, idempotent_id, stock_num })
  await change('a', -10)
  await change('a', -10)
  expect((await one()).quantity).toBe(4_990)
  expect((await change('b', -5_000)).subCode).toBe('isv.business-failed:6003')
  await change('c', 10)
  expect(await one()).toMatchObject({ quantity: 5_000, pushes: 2 })
})

test('a batch is done whole or not at all', async () => {
  const skus = (await listings()).filter(({ itemNo }, _, all) => itemNo === all[0]!.itemNo)
  expect(skus.length).toBeGreaterThan(1)
  const batch = (rows: readonly Params[]) =>
    call('sku.syncStockBatch', { product_id: BigInt(skus[0]!.itemNo), incremental: false, sku_sync_list: rows })
  const rows = skus.map(({ skuNo }, place) => ({ sku_id: Number(skuNo), sku_type: 0, stock_num: place + 5 }))
  const stranger = { sku_id: 5_999_999_999_999, sku_type: 0, stock_num: 1 }
  expect((await batch([...rows, stranger])).subCode).toBe('isv.business-failed:6001')
  expect((await batch([{ ...rows[0]!, sku_type: 1 }])).code).toBe(40_002)
  expect((await one(skus[0]!.merchantCode)).quantity).toBe(5_000)
  expect((await batch(rows)).code).toBe(10_000)
  for (const [place, sku] of skus.entries()) expect((await one(sku.merchantCode)).quantity).toBe(place + 5)
})

test('buyers take stock, a cancelled order gives it back, a refund does not', async () => {
  const lines = [{ merchantCode: 'MB-1001', quantity: 3 }]
  const open = await stage.caller().buy({ lines, pay: 'unpaid' })
  const paid = await stage.caller().buy({ lines })
  expect((await one()).quantity).toBe(4_994)
  await stage.caller().act('close', open.orderNo)
  await stage.caller().act('refund', paid.orderNo, { outcome: 'success' })
  expect((await one()).quantity).toBe(4_997)
})

test('a bare shelf sells nothing, unless two buyers are at it at once', async () => {
  await sync({ stock_num: 1 })
  const lines = [{ merchantCode: 'MB-1001', quantity: 2 }]
  await expect(stage.caller().buy({ lines })).rejects.toThrow('nobody bought anything')
  await stage.caller().buy({ lines, ignoreStock: true })
  expect((await one()).quantity).toBe(0)
})

test('products come in pages, and their SKUs as the shop shows them', async () => {
  const all = await listings()
  const pageOf = async (page: number, size: number) => call('product.listV2', { page, size })
  const products = (await pageOf(1, 100)).rows('data.data')
  const [first, second] = [await pageOf(1, 2), await pageOf(2, 2)]
  expect([...first.rows('data.data'), ...second.rows('data.data')].map((row) => row.body)).toEqual(
    products.slice(0, 4).map((row) => row.body),
  )
  const told: unknown[] = []
  for (const product of products) {
    const skus = await call('sku.list', { product_id: String(product.at('product_id')) })
    for (const sku of skus.rows('data')) {
      const specs = sku
        .rows('sell_properties')
        .map((row) => `${String(row.at('property_name'))}:${String(row.at('value_name'))}`)
      told.push([
        sku.at('code'),
        product.at('name'),
        specs.join(';'),
        sku.at('price'),
        sku.at('stock_num'),
        String(sku.at('id')),
      ])
    }
  }
  const shown = all.map((each) => [
    each.merchantCode,
    each.title,
    each.specification,
    each.priceFen,
    each.quantity,
    each.skuNo,
  ])
  expect(told.map(String).sort()).toEqual(shown.map(String).sort())
})

test.each([
  { page: 100, size: 100, code: 10_000 },
  { page: 101, size: 100, code: 40_002 },
  { page: 0, size: 10, code: 40_002 },
])('products of page $page by $size answer $code', async ({ code, ...wish }) => {
  expect((await call('product.listV2', wish)).code).toBe(code)
})

test('a listing seeded anew keeps its number, and moves with its product', async () => {
  const before = await one()
  const seed = {
    merchantCode: 'MB-1001',
    title: '新名',
    specification: '',
    product: before.product,
    priceFen: 100,
    quantity: 1,
  }
  await stage.caller().control('listings', [seed])
  expect(await one()).toMatchObject({ skuNo: before.skuNo, title: '新名', priceFen: 100, quantity: 1 })
  await stage.caller().control('listings', [{ ...seed, product: '别的' }])
  expect((await one()).itemNo).not.toBe(before.itemNo)
})
