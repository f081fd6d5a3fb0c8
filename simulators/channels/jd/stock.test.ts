import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ListingState } from '../../simulator.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const shelf = () => stage.control<ListingState[]>('listings')
const set = (skuStocks: readonly object[], more: object = {}) =>
  stage.call('jingdong.ware.stock.sku.set', {
    req: { updateModel: 'fullStockIn', stockRfId: '5f0c', skuStocks, ...more },
  })
const rows = 'returnType.obj.updateStockResult'

test('each row of a call stands for itself', async () => {
  const [pillow] = await shelf()
  const answer = await set([
    { skuId: Number(pillow!.skuNo), stockNum: 41, storeId: 0 },
    { skuId: '5999999999999', stockNum: 1 },
    { skuId: pillow!.skuNo, stockNum: -1 },
    { skuId: pillow!.skuNo, stockNum: 3, storeId: 7 },
  ])
  expect(answer.rows(rows).map((row) => [String(row.at('success')), row.at('message')])).toEqual([
    ['true', undefined],
    ['false', 'sku不存在'],
    ['false', '库存数量不正确'],
    ['false', '仓库不存在'],
  ])
  expect((await shelf())[0]).toMatchObject({ quantity: 41, pushes: 1, pushedAt: stage.now() })
})

test.each([
  { what: 'another mode', more: { updateModel: 'addStockIn' } },
  { what: 'no reference', more: { stockRfId: '' } },
  { what: '21 SKUs', more: { skuStocks: Array(21).fill({ skuId: '1', stockNum: 1 }) } },
  { what: 'no SKU', more: { skuStocks: [] } },
])('$what is refused as a whole', async ({ more }) => {
  expect((await set([{ skuId: '1', stockNum: 1 }], more)).error).toContain('参数错误')
})

test('the older call sets one SKU', async () => {
  const [pillow] = await shelf()
  const old = (skuId: string) => stage.call('jingdong.stock.write.updateSkuStock', { skuId, stockNum: 5, storeId: 0 })
  expect((await old(pillow!.skuNo)).error).toBe('')
  expect((await old('1')).error).toContain('sku不存在')
  expect((await shelf())[0]!.quantity).toBe(5)
})

test('buyers take from the shelf, and two at once may take more than there is', async () => {
  const [pillow] = await shelf()
  await set([{ skuId: pillow!.skuNo, stockNum: 3 }])
  const lines = [{ merchantCode: 'PILLOW', quantity: 2 }]
  expect(await stage.buy({ count: 2, lines })).toHaveLength(1)
  expect((await shelf())[0]!.quantity).toBe(1)
  expect(await stage.buy({ count: 2, lines, ignoreStock: true })).toHaveLength(2)
  expect((await shelf())[0]!.quantity).toBe(0)
})

test('SKUs come page by page as the shop shows them, with the fields asked for', async () => {
  const field = 'skuName,wareTitle,outerId,jdPrice,stockNum,saleAttrs,status'
  const page = (pageNo: number) => stage.call('jingdong.sku.read.searchSkuList', { pageNo, page_size: 1, field })
  const found = [...(await page(1)).rows('page.data'), ...(await page(2)).rows('page.data')]
  expect((await page(3)).rows('page.data')).toEqual([])
  const pillow = found.find((row) => row.at('outerId') === 'PILLOW')!
  expect(found).toHaveLength(2)
  expect(['skuName', 'wareTitle', 'jdPrice'].map((name) => pillow.at(name))).toEqual(['乳胶枕 米白', '乳胶枕', 199])
  expect(pillow.at('saleAttrs.0.attrValueAlias')).toEqual(['米白'])
  const bare = await stage.call('jingdong.sku.read.searchSkuList', { skuId: [String(pillow.at('skuId'))] })
  expect(bare.at('page.data')).toEqual([{ wareId: pillow.at('wareId'), skuId: pillow.at('skuId') }])
  expect((await page(0)).error).toBe('10')
})

test('a price is a number with its decimals', async () => {
  const { text } = await stage.text('jingdong.sku.read.searchSkuList', { field: 'jdPrice' })
  expect(text).toContain('"jdPrice":199.0')
})

test('wares hold the SKUs of one product', async () => {
  const extra = { merchantCode: 'PILLOW-G', title: '乳胶枕', product: '枕', priceFen: 20_900, quantity: 7 }
  await stage.control('listings', [{ ...extra, specification: '颜色:雾灰' }])
  const [first] = await shelf()
  const { at } = await stage.call('jingdong.ware.read.searchWare4Valid', {
    wareId: first!.itemNo,
    field: 'title,stockNum,wareStatus',
  })
  const wareId = Number(first!.itemNo)
  expect(at('page.data')).toEqual([{ wareId, title: '乳胶枕', stockNum: 907, wareStatus: 8 }])
})
