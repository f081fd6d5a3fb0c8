import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { countStock, receiveStock } from '../../contract/inventory.ts'
import type { Sheet } from '../../kit/channel.ts'
import { rowsAs, sql } from '../../platform/db/sql.ts'
import { bookIn, count } from './change-stock.ts'
import { changeHolds } from './hold-pieces.ts'
import { stockFile } from './stock-file.ts'
import { listDrifts } from './store/facts.ts'

let bed: TestBed
const skus = new Map<string, number>()
const places = new Map<string, number>()
const Named = z.object({ id: z.int(), code: z.string() })

beforeEach(async () => {
  bed = await testBed({ listeners: { 'inventory.changed': ['inventory.push-stock'] } })
  await addSkus(['MUG', 'RUG', 'TRAY'])
  await addPlace('ZZ', '漳州主仓')
})
afterEach(async () => {
  expect(await listDrifts(bed.ctx.db)).toEqual([])
  await bed.close()
})

async function addSkus(codes: readonly string[]): Promise<void> {
  const rows = codes.map((code) => ({ code }))
  const added = sql`insert into catalogue.sku (code, product_name) select code, '家居' from ${rowsAs('c', rows, { code: 'text' })} returning id, code`
  for (const { id, code } of await bed.ctx.db.all(Named, added)) skus.set(code, id)
}
async function addPlace(code: string, name: string, isActive = true): Promise<void> {
  const added = sql`insert into inventory.warehouse (code, name, province, city, is_active) values (${code}, ${name}, '福建省', '漳州市', ${isActive}) returning id, code`
  places.set(code, (await bed.ctx.db.one(Named, added)).id)
}

const sheet = (text: string): Sheet => {
  const [headers = [], ...rows] = text.split('\n').map((line) => line.split(',').map((cell) => cell.trim()))
  return { fileName: '盘点.csv', headers, rows }
}
/** As `channels` does it: what is wrong is left out, in one transaction. */
const run = (importId: number, text: string) => {
  bed.pass(60_000)
  return bed.ctx.tx(async (ctx) => {
    const { errors } = await stockFile.preview(ctx, sheet(text))
    const badRows = new Set(errors.map((error) => error.row))
    return stockFile.run(ctx, { importId, sheet: sheet(text), badRows })
  })
}
const preview = (text: string) => stockFile.preview(bed.ctx, sheet(text))
const undo = (importId: number) => bed.ctx.tx((ctx) => stockFile.undo(ctx, importId))
const previewUndo = (importId: number) => bed.ctx.tx((ctx) => stockFile.previewUndo(ctx, importId))

const Shelf = z.object({ shelf: z.string(), onHand: z.int(), reserved: z.int() })
/** What lies where, such as `{ 'MUG ZZ': 5 }`. */
async function stock(): Promise<Record<string, number>> {
  const rows = await bed.ctx.db.all(
    Shelf,
    sql`
    select k.code || ' ' || w.code as shelf, s.on_hand, s.reserved
      from inventory.stock s join catalogue.sku k on k.id = s.sku_id join inventory.warehouse w on w.id = s.warehouse_id order by 1`,
  )
  return Object.fromEntries(rows.map((row) => [row.shelf, row.onHand]))
}
const Safety = z.object({ pieces: z.int() })
const safety = async (code: string) =>
  (await bed.ctx.db.maybe(Safety, sql`select pieces from inventory.safety where sku_id = ${skus.get(code)!}`))
    ?.pieces ?? null
const hold = (code: string, orderId: number, quantity: number) =>
  changeHolds(bed.ctx, {
    released: [],
    left: [],
    held: [{ orderId, lineId: orderId * 10, skuId: skus.get(code)!, warehouseId: places.get('ZZ')!, quantity }],
  })
const countByHand = (code: string, counted: number) => {
  bed.pass(60_000)
  const lines = [{ skuId: skus.get(code)!, warehouseId: places.get('ZZ')!, counted }]
  return count(bed.ctx, countStock.input.parse({ lines }))
}

describe('it is recognised', () => {
  test.each([
    { headers: '商家编码,数量', meanings: ['SKU 编码', '盘点后的实物数量'] },
    { headers: 'SKU,仓库,库存,安全库存', meanings: ['SKU 编码', '仓库', '盘点后的实物数量', '安全库存'] },
    { headers: '*SKU编码,名称, 现有 数量', meanings: ['SKU 编码', '盘点后的实物数量'] },
    { headers: '订单编号,商家编码,数量', meanings: null },
    { headers: '商家编码,商品名称', meanings: null },
    { headers: '数量,仓库', meanings: null },
  ])('$headers: $meanings', ({ headers, meanings }) => {
    const recognised = stockFile.recognise(sheet(headers))
    expect(recognised && [...recognised.values()].sort()).toEqual(meanings && [...meanings].sort())
  })
})

describe('a preview', () => {
  test('tells what is new, the same and changed, and changes nothing', async () => {
    await run(1, '商家编码,数量\nMUG,5\nRUG,0')
    expect(await preview('商家编码,数量,安全库存\nMUG,5,\nRUG,7,\nTRAY,3,')).toMatchObject({
      errors: [],
      known: 1,
      new: 2,
      changed: 0,
    })
    expect(await preview('商家编码,数量,安全库存\nMUG,5,2\nTRAY,0,')).toMatchObject({ changed: 1, known: 1, new: 0 })
    expect(await stock()).toEqual({ 'MUG ZZ': 5 })
  })

  test('names each wrong cell and what to write instead', async () => {
    await addPlace('JX', '嘉兴仓')
    await addPlace('OLD', '旧仓', false)
    await addPlace('JX2', '嘉兴仓')
    const { errors } = await preview(
      [
        'SKU,仓库,数量,安全库存',
        'MUG,ZZ,5,2',
        'NONE,ZZ,5,',
        ',ZZ,5,',
        'RUG,月球,5,',
        'RUG,旧仓,5,',
        'RUG,嘉兴仓,5,',
        'RUG,,5,',
        'RUG,JX,-1,',
        'RUG,漳州主仓,2.5,x',
        'MUG,漳州主仓,6,',
        'MUG,JX2,6,3',
        'TRAY,JX,1000001,',
      ].join('\n'),
    )
    expect(errors.map(({ row, column, value, zh }) => [row, column, value, zh])).toEqual([
      [2, 'SKU', 'NONE', '没有这个 SKU，请核对，或先到“商品”里新建'],
      [3, 'SKU', '', '请填 SKU 编码'],
      [4, '仓库', '月球', '没有这个仓库，现有：漳州主仓、嘉兴仓、嘉兴仓'],
      [5, '仓库', '旧仓', '这个仓库已停用'],
      [6, '仓库', '嘉兴仓', '有 2 个仓库叫这个名字，请写编码：JX、JX2'],
      [7, '仓库', '', '有 3 个仓库，请写明是哪个'],
      [8, '数量', '-1', '请填 0 到 1000000 的整数'],
      [9, '数量', '2.5', '请填 0 到 1000000 的整数'],
      [9, '安全库存', 'x', '请填 0 到 1000000 的整数，不改就留空'],
      [10, 'SKU', 'MUG', '和第 1 行重复，同一个仓库里一个 SKU 只写一行'],
      [11, '安全库存', '3', '同一个 SKU 的安全库存和第 1 行不一样'],
      [12, '数量', '1000001', '请填 0 到 1000000 的整数'],
    ])
  })

  test('reads thousands with commas, and says when there is no warehouse at all', async () => {
    const thousands = { fileName: 'a.xlsx', headers: ['SKU', '数量'], rows: [['MUG', '1,200']] }
    expect((await stockFile.preview(bed.ctx, thousands)).errors).toEqual([])
    await bed.ctx.db.run(sql`update inventory.warehouse set is_active = false`)
    expect((await preview('SKU,数量\nMUG,1')).errors).toMatchObject([
      { column: '仓库', zh: '还没有在用的仓库，请先到“库存”里新建' },
    ])
  })
})

describe('running it', () => {
  test('is a count that names the import; run twice it changes nothing more', async () => {
    await bookIn(
      bed.ctx,
      receiveStock.input.parse({ lines: [{ skuId: skus.get('MUG'), warehouseId: places.get('ZZ'), quantity: 8 }] }),
    )
    const text = '商家编码,数量,安全库存\nMUG,5,2\nRUG,7,\nNONE,1,'
    expect(await run(12, text)).toEqual({ new: 1, changed: 1, known: 0, errors: [] })
    expect(await stock()).toEqual({ 'MUG ZZ': 5, 'RUG ZZ': 7 })
    expect(await safety('MUG')).toBe(2)
    const Movement = z.object({ kind: z.string(), onHand: z.int(), reason: z.string().nullable() })
    const counts = sql`select kind, on_hand, reason from inventory.movement where kind = 'count' order by on_hand`
    expect(await bed.ctx.db.all(Movement, counts)).toEqual([
      { kind: 'count', onHand: -3, reason: '导入“盘点.csv”，导入编号 12' },
      { kind: 'count', onHand: 7, reason: '导入“盘点.csv”，导入编号 12' },
    ])

    expect(await run(13, text)).toEqual({ new: 0, changed: 0, known: 2, errors: [] })
    expect(await bed.ctx.db.all(Movement, counts)).toHaveLength(2)
    expect(await previewUndo(13)).toEqual({ undone: 0, left: [] })
  })

  test('keeps places apart, and sets one safety stock for all of them', async () => {
    await addPlace('JX', '嘉兴仓')
    await run(1, 'SKU,仓库,数量,安全库存\nMUG,ZZ,5,2\nMUG,嘉兴仓,9,2')
    expect(await stock()).toEqual({ 'MUG JX': 9, 'MUG ZZ': 5 })
    expect(await safety('MUG')).toBe(2)
    await undo(1)
    expect(await stock()).toEqual({ 'MUG JX': 0, 'MUG ZZ': 0 })
    expect(await safety('MUG')).toBe(null)
  })

  test('with fewer pieces than orders hold makes the newest lose their hold', async () => {
    await run(1, 'SKU,数量\nMUG,5')
    await hold('MUG', 1, 3)
    await hold('MUG', 2, 2)
    await run(2, 'SKU,数量\nMUG,3')
    const Event = z.object({ data: z.unknown() })
    const lost = sql`select data from platform.event where name = 'inventory.holds-lost'`
    expect(await bed.ctx.db.all(Event, lost)).toEqual([{ data: { orderIds: [2] } }])
    await undo(2)
    expect(await stock()).toEqual({ 'MUG ZZ': 5 })
  })

  test('tells of the SKUs that changed, so that shops hear the new numbers', async () => {
    await run(1, 'SKU,数量\nMUG,5\nRUG,0')
    const Event = z.object({ data: z.unknown() })
    const changed = sql`select data from platform.event where name = 'inventory.changed'`
    expect(await bed.ctx.db.all(Event, changed)).toEqual([{ data: { skuIds: [skus.get('MUG')] } }])
  })
})

describe('undoing it', () => {
  test('gives back what was, whatever came in and left since', async () => {
    await run(1, 'SKU,数量,安全库存\nMUG,20,4')
    await run(2, 'SKU,数量,安全库存\nMUG,12,6\nRUG,7,')
    await bookIn(
      bed.ctx,
      receiveStock.input.parse({ lines: [{ skuId: skus.get('MUG'), warehouseId: places.get('ZZ'), quantity: 3 }] }),
    )
    expect(await previewUndo(2)).toEqual({ undone: 2, left: [] })
    await undo(2)
    expect(await stock()).toEqual({ 'MUG ZZ': 23, 'RUG ZZ': 0 })
    expect(await safety('MUG')).toBe(4)
  })

  test('leaves what was counted anew, what orders hold, and a safety stock that was set since, and says so', async () => {
    await run(1, 'SKU,数量,安全库存\nMUG,5,2\nRUG,7,3\nTRAY,9,')
    await countByHand('MUG', 4)
    await hold('RUG', 1, 6)
    await bed.ctx.db.run(sql`update inventory.safety set pieces = 8 where sku_id = ${skus.get('RUG')!}`)
    const left = [
      { label: 'MUG（漳州主仓）', zh: '2026-11-11 12:02 又盘点过，以那次为准' },
      { label: 'RUG（漳州主仓）', zh: '要减 7 件，没被订单占用的只有 1 件' },
      { label: 'RUG 的安全库存', zh: '之后又改过' },
    ]
    expect(await previewUndo(1)).toEqual({ undone: 1, left })
    await undo(1)
    expect(await stock()).toEqual({ 'MUG ZZ': 4, 'RUG ZZ': 7, 'TRAY ZZ': 0 })
    expect([await safety('MUG'), await safety('RUG')]).toEqual([null, 8])
  })

  test('of two files one after the other, newest first, ends where it began', async () => {
    await countByHand('MUG', 3)
    await run(1, 'SKU,数量\nMUG,5')
    await run(2, 'SKU,数量\nMUG,9')
    expect(await previewUndo(1)).toMatchObject({ undone: 0, left: [{ label: 'MUG（漳州主仓）' }] })
    await undo(2)
    expect(await previewUndo(1)).toEqual({ undone: 1, left: [] })
    await undo(1)
    expect(await stock()).toEqual({ 'MUG ZZ': 3 })
  })
})

test('five thousand rows take a fixed number of statements for each lot, to run and to undo', async () => {
  const codes = Array.from({ length: 5_000 }, (_, i) => `S${String(i).padStart(4, '0')}`)
  await addSkus(codes)
  const file = (rows: number, quantity: number) =>
    ['SKU,数量,安全库存', ...codes.slice(0, rows).map((code) => `${code},${quantity},${quantity + 1}`)].join('\n')
  const statements = async (work: () => Promise<unknown>) => {
    const before = bed.database.statements()
    await work()
    return bed.database.statements() - before
  }
  const one = await statements(() => run(1, file(1_000, 3)))
  const few = await statements(() => run(2, file(10, 4)))
  const all = await statements(() => run(3, file(5_000, 7)))
  expect(few).toBe(one)
  // Four lots more.
  expect([(all - one) % 4, all - one <= 4 * 8]).toEqual([0, true])
  expect(Object.values(await stock()).reduce((sum, pieces) => sum + pieces, 0)).toBe(35_000)

  const ofAll = await statements(() => undo(3))
  expect(ofAll).toBe(await statements(() => undo(2)))
  expect(new Set(Object.values(await stock()))).toEqual(new Set([3, 0]))
})
