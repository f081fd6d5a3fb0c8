import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import type { Listing } from '../../core/channel/shapes.ts'
import type { Sheet } from '../../kit/channel.ts'
import { sql } from '../../platform/db/sql.ts'
import { matchListings } from './match-listings.ts'
import { productFile } from './product-file.ts'
import { saveListings } from './save-listings.ts'
import { addSku, rewriteSku } from './skus.ts'
import { listHistory } from './store/matches.ts'

let bed: TestBed
beforeEach(async () => {
  bed = await testBed({ listeners: { 'catalogue.listing-matched': ['orders.after-match'] } })
})
afterEach(() => bed.close())

const sheet = (text: string): Sheet => {
  const [headers = [], ...rows] = text.split('\n').map((line) => line.split(',').map((cell) => cell.trim()))
  return { fileName: '商品.csv', headers, rows }
}
const preview = (text: string) => productFile.preview(bed.ctx, sheet(text))
/** As `channels` does it: what is wrong is left out, in one transaction. */
const run = (importId: number, text: string) =>
  bed.ctx.tx(async (ctx) => {
    const { errors } = await productFile.preview(ctx, sheet(text))
    const badRows = new Set(errors.map((error) => error.row))
    return productFile.run(ctx, { importId, sheet: sheet(text), badRows })
  })
const previewUndo = (importId: number) => bed.ctx.tx((ctx) => productFile.previewUndo(ctx, importId))
const undo = (importId: number) => bed.ctx.tx((ctx) => productFile.undo(ctx, importId))

const Sku = z.object({
  id: z.int(),
  code: z.string(),
  productName: z.string(),
  specification: z.string(),
  barcode: z.string().nullable(),
  weightG: z.int().nullable(),
  costFen: z.int().nullable(),
  imageUrl: z.string().nullable(),
})
const skus = () =>
  bed.ctx.db.all(
    Sku,
    sql`select id, code, product_name, specification, barcode, weight_g, cost_fen, image_url from catalogue.sku order by code`,
  )
const codes = async () => (await skus()).map((sku) => sku.code)
const skuOf = async (code: string) => (await skus()).find((sku) => sku.code === code)!

const aListing = (merchantCode: string): Listing => ({
  channelItemNo: '7001',
  channelSkuNo: merchantCode,
  merchantCode,
  barcode: null,
  title: '木白家居 粗陶马克杯',
  specification: '颜色:苔绿',
  imageUrl: null,
  priceFen: 5900,
  quantity: 3,
  isOnSale: true,
  modifiedAt: null,
})
const offer = (...merchantCodes: string[]) =>
  saveListings(bed.ctx, 1, { listings: merchantCodes.map(aListing), isComplete: false })
const Matched = z.object({
  id: z.int(),
  skuId: z.int().nullable(),
  matchedHow: z.string().nullable(),
  mayMatchItself: z.boolean(),
})
const listing = (merchantCode: string) =>
  bed.ctx.db.one(
    Matched,
    sql`select id, sku_id, matched_how, may_match_itself from catalogue.listing where merchant_code = ${merchantCode}`,
  )

const whole = 'SKU 编码,商品名称,规格,条码,重量（克）,成本(元),图片'
const mug = 'MUG,粗陶马克杯,苔绿,6901234567892,350,￥12.5,https://img.example.com/mug.jpg'

describe('it is recognised', () => {
  test.each([
    { headers: whole, meanings: ['SKU 编码', '商品名称', '规格', '条码', '重量', '成本', '图片'] },
    { headers: '商家编码,成本价,备注', meanings: ['SKU 编码', '成本'] },
    { headers: '商家编码,规格', meanings: null },
    { headers: '商品名称,成本', meanings: null },
    { headers: '订单编号,商家编码,商品名称', meanings: null },
  ])('$headers: $meanings', ({ headers, meanings }) => {
    const recognised = productFile.recognise(sheet(headers))
    expect(recognised && [...recognised.values()]).toEqual(meanings)
  })

  test('and its cost column is known as one', () => {
    expect(productFile.costs(sheet(whole))).toEqual(['成本(元)'])
    expect(productFile.costs(sheet('SKU,名称'))).toEqual([])
  })
})

describe('a preview', () => {
  test('tells what is new, the same and changed, and changes nothing', async () => {
    await run(1, `${whole}\n${mug}\nRUG,地毯,,,,,`)
    expect(await preview(`${whole}\n${mug}\nRUG,羊毛地毯,,,,,\nTRAY,托盘,,,,,`)).toEqual({
      new: 1,
      known: 1,
      changed: 1,
      errors: [],
    })
    expect(await codes()).toEqual(['MUG', 'RUG'])
  })

  test('names each wrong cell and what to write instead', async () => {
    await addSku(bed.ctx, { code: 'OLD', productName: '旧', ...nothing })
    const { errors } = await preview(
      [
        whole,
        mug,
        ',无编码,,,,,',
        'NEW,,红,,,,',
        'OLD,,红,,,,',
        'A,甲,,,0,,',
        'B,乙,,,1.5,,',
        'C,丙,,,,12.345,',
        'D,丁,,,,免费,',
        'E,戊,,,,,img.jpg',
        'MUG,又一个,,,,,',
        `${'长'.repeat(61)},己,,,,,`,
      ].join('\n'),
    )
    expect(errors.map(({ row, column, value, zh }) => [row, column, value, zh])).toEqual([
      [2, 'SKU 编码', '', '请填 SKU 编码'],
      [3, '商品名称', '', '新的 SKU 要有商品名称'],
      [5, '重量（克）', '0', '请填 1 到 1000000 的整数，单位克'],
      [6, '重量（克）', '1.5', '请填 1 到 1000000 的整数，单位克'],
      [7, '成本(元)', '12.345', '请填金额，最多两位小数，如 12.50'],
      [8, '成本(元)', '免费', '请填金额，最多两位小数，如 12.50'],
      [9, '图片', 'img.jpg', '请填 http:// 或 https:// 开头的图片链接'],
      [10, 'SKU 编码', 'MUG', '和第 1 行是同一个 SKU，只写一行'],
      [11, 'SKU 编码', '长'.repeat(61), 'SKU 编码最多 60 个字'],
    ])
  })
})

const nothing = { specification: '', barcode: null, imageUrl: null, weightG: null, costFen: null }

describe('running it', () => {
  test('adds what is new, changes what a cell says, and leaves alone what cells leave empty', async () => {
    await addSku(bed.ctx, { code: 'RUG', productName: '地毯', ...nothing, weightG: 900, costFen: 4_000 })
    expect(await run(1, `${whole}\n${mug}\nRUG,,羊毛,,,45,\n`)).toEqual({
      new: 1,
      known: 0,
      changed: 1,
      errors: [],
    })
    expect(await skus()).toMatchObject([
      {
        code: 'MUG',
        productName: '粗陶马克杯',
        specification: '苔绿',
        barcode: '6901234567892',
        weightG: 350,
        costFen: 1_250,
        imageUrl: 'https://img.example.com/mug.jpg',
      },
      { code: 'RUG', productName: '地毯', specification: '羊毛', weightG: 900, costFen: 4_500 },
    ])
  })

  test('twice changes nothing more', async () => {
    await run(1, `${whole}\n${mug}`)
    expect(await run(2, `${whole}\n${mug}`)).toEqual({ new: 0, known: 1, changed: 0, errors: [] })
    expect(await previewUndo(2)).toEqual({ undone: 0, left: [] })
  })

  test('matches listings that waited for the code, so that their orders go on', async () => {
    await offer('MUG')
    await run(1, `${whole}\n${mug}`)
    expect(await listing('MUG')).toMatchObject({ skuId: (await skuOf('MUG')).id, matchedHow: 'code' })
    const Event = z.object({ name: z.string() })
    const told = sql`select name from platform.event where name = 'catalogue.listing-matched'`
    expect(await bed.ctx.db.all(Event, told)).toHaveLength(1)
  })

  test('writes each SKU into the trail, without its cost', async () => {
    await run(1, `${whole}\n${mug}`)
    await run(2, `${whole}\nMUG,,,,,99.99,`)
    const Line = z.object({ deed: z.string(), details: z.unknown() })
    const lines = await bed.ctx.db.all(Line, sql`select deed, details from security.audit order by id`)
    expect(lines.map((line) => line.deed)).toEqual(['catalogue.sku-created', 'catalogue.sku-changed'])
    expect(JSON.stringify(lines)).not.toContain('99')
  })
})

describe('undoing it', () => {
  test('deletes what it added and restores what it changed', async () => {
    await addSku(bed.ctx, { code: 'RUG', productName: '地毯', ...nothing, costFen: 4_000 })
    const before = await skus()
    await run(1, `${whole}\n${mug}\nRUG,羊毛地毯,,,,45,`)
    expect(await previewUndo(1)).toEqual({ undone: 2, left: [] })
    await undo(1)
    expect(await skus()).toEqual(before)
  })

  test('a listing that matched itself waits again, its history stays, and it matches itself again later', async () => {
    await offer('MUG')
    await run(1, `${whole}\n${mug}`)
    await undo(1)
    expect(await codes()).toEqual([])
    const waiting = await listing('MUG')
    expect(waiting).toMatchObject({ skuId: null, matchedHow: null, mayMatchItself: true })
    expect((await listHistory(bed.ctx.db, waiting.id)).map((row) => [row.how, row.skuCode])).toEqual([
      ['unmatched', null],
      ['code', null],
    ])
    await run(2, `${whole}\n${mug}`)
    expect(await listing('MUG')).toMatchObject({ matchedHow: 'code' })
  })

  test('leaves what is used, matched by hand or changed since, and says so', async () => {
    await addSku(bed.ctx, { code: 'RUG', productName: '地毯', ...nothing, costFen: 4_000 })
    await offer('HAND')
    await run(1, `${whole}\n${mug}\nTRAY,托盘,,,,,\nCUP,杯,,,,,\nBOWL,碗,,,,,\nRUG,羊毛地毯,,,,45,`)
    await bed.ctx.db.run(
      sql`insert into inventory.warehouse (code, name, province, city) values ('ZZ', '漳州主仓', '福建省', '漳州市')`,
    )
    await bed.ctx.db.run(sql`
      insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor)
      select now(), 'receive', ${(await skuOf('MUG')).id}, id, 1, '测试' from inventory.warehouse`)
    await matchListings(bed.ctx, [{ listingId: (await listing('HAND')).id, skuId: (await skuOf('TRAY')).id }])
    await rewriteSku(bed.ctx, { id: (await skuOf('CUP')).id, productName: '玻璃杯' })
    await rewriteSku(bed.ctx, { id: (await skuOf('RUG')).id, costFen: 4_800 })

    const left = [
      { label: 'CUP', zh: '新建之后又改过' },
      { label: 'MUG', zh: '已有库存、订单或包裹用到它' },
      { label: 'RUG 的成本', zh: '之后又改过' },
      { label: 'TRAY', zh: '已有人把平台商品匹配到它' },
    ]
    const shown = await previewUndo(1)
    expect({ ...shown, left: [...shown.left].sort((a, b) => (a.label < b.label ? -1 : 1)) }).toEqual({
      undone: 1,
      left,
    })
    await undo(1)
    expect(await codes()).toEqual(['CUP', 'MUG', 'RUG', 'TRAY'])
    expect(await skuOf('RUG')).toMatchObject({ productName: '地毯', costFen: 4_800 })
  })

  test('knows of everything that refers to a SKU, in whatever module', async () => {
    await run(1, `${whole}\n${mug}`)
    const { id } = await skuOf('MUG')
    await bed.ctx.db.run(sql`create schema later`)
    await bed.ctx.db.run(sql`create table later.thing (sku bigint references catalogue.sku (id))`)
    expect((await previewUndo(1)).undone).toBe(1)
    await bed.ctx.db.run(sql`insert into later.thing values (${id})`)
    expect(await previewUndo(1)).toMatchObject({ undone: 0, left: [{ label: 'MUG' }] })
    await undo(1)
    expect(await codes()).toEqual(['MUG'])
  })
})

test('five thousand rows take a fixed number of statements for each lot, to run and to undo', async () => {
  const file = (rows: number, cost: number) =>
    ['SKU,商品名称,成本', ...Array.from({ length: rows }, (_, i) => `S${i},家居 ${i},${cost}`)].join('\n')
  const statements = async (work: () => Promise<unknown>) => {
    const before = bed.database.statements()
    await work()
    return bed.database.statements() - before
  }
  const one = await statements(() => run(1, file(1_000, 1)))
  const ofOne = await statements(() => undo(1))
  const few = await statements(() => run(2, file(10, 1)))
  await undo(2)
  const all = await statements(() => run(3, file(5_000, 1)))
  const ofAll = await statements(() => undo(3))
  expect(few).toBe(one)
  // Four lots more.
  expect([(all - one) % 4, all - one <= 4 * 6]).toEqual([0, true])
  expect(ofAll).toBe(ofOne)
  expect(await codes()).toEqual([])
})
