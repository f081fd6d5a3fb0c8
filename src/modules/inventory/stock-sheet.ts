import type { CellError, Sheet } from '../../kit/channel.ts'
import type { Ctx } from '../../platform/module.ts'
import { type ColumnNames, type FieldRow, findColumns, rowsBy } from '../../platform/sheets/index.ts'
import { listWarehouses, type WarehouseRow } from './store/facts.ts'
import { listSkusByCode } from './store/imported.ts'

type Field = 'sku' | 'warehouse' | 'quantity' | 'safety'

const names: ColumnNames<Field> = {
  sku: ['商家编码', 'SKU 编码', 'SKU', '货品编码'],
  warehouse: ['仓库', '仓库编码', '仓库名称'],
  quantity: ['数量', '现有数量', '实物数量', '库存数量', '库存'],
  safety: ['安全库存'],
}

const meanings: Readonly<Record<Field, string>> = {
  sku: 'SKU 编码',
  warehouse: '仓库',
  quantity: '盘点后的实物数量',
  safety: '安全库存',
}

/** What each used column means; null when it is no stock file: without SKU or quantity, or with orders in it. */
export function meaningOfColumns({ headers }: Sheet): ReadonlyMap<string, string> | null {
  const columns = findColumns(headers, names)
  if (!columns.has('sku') || !columns.has('quantity') || headers.some((header) => header.includes('订单'))) return null
  return new Map([...columns].map(([field, { header }]) => [header, meanings[field]]))
}

/** One row of a stock file, understood. `safety` is null where it is to stay. */
export interface StockLine {
  readonly row: number
  readonly skuId: number
  readonly warehouseId: number
  readonly quantity: number
  readonly safety: number | null
}

export interface StockSheet {
  readonly lines: readonly StockLine[]
  readonly errors: readonly CellError[]
}

/** Reads a stock file (库存表) against the SKUs and warehouses there are. Two statements. */
export async function readStockSheet(ctx: Ctx, sheet: Sheet): Promise<StockSheet> {
  const columns = findColumns(sheet.headers, names)
  const rows = rowsBy(sheet, columns, names)
  const codes = [...new Set(rows.map(({ text }) => text('sku')))]
  const skus = new Map((await listSkusByCode(ctx.db, codes)).map((sku) => [sku.code, sku.id]))
  const places = await listWarehouses(ctx.db)
  const read = rows.map((row) => readRow(row, skus, places))
  const errors = [...read.flatMap((one) => one.errors), ...contradictions(rows, read)]
  const wrong = new Set(errors.map((error) => error.row))
  return {
    lines: read.flatMap(({ line }) => (line === null || wrong.has(line.row) ? [] : [line])),
    errors: errors.sort((a, b) => a.row - b.row),
  }
}

interface ReadRow {
  /** Null when the SKU or the place is not known. */
  readonly line: StockLine | null
  readonly errors: readonly CellError[]
}

function readRow(row: FieldRow<Field>, skus: ReadonlyMap<string, number>, places: readonly WarehouseRow[]): ReadRow {
  const errors: CellError[] = []
  const skuId = skus.get(row.text('sku'))
  if (skuId === undefined) {
    const isEmpty = row.text('sku') === ''
    errors.push(row.wrong('sku', isEmpty ? '请填 SKU 编码' : '没有这个 SKU，请核对，或先到“商品”里新建'))
  }
  const place = placeOf(row.text('warehouse'), places)
  if (typeof place === 'string') errors.push(row.wrong('warehouse', place))

  const quantity = piecesIn(row.text('quantity'))
  if (quantity === null) errors.push(row.wrong('quantity', `请填 0 到 ${mostPieces} 的整数`))
  const safety = row.text('safety') === '' ? null : piecesIn(row.text('safety'))
  if (safety === null && row.text('safety') !== '')
    errors.push(row.wrong('safety', `请填 0 到 ${mostPieces} 的整数，不改就留空`))
  return {
    line:
      skuId === undefined || typeof place === 'string'
        ? null
        : { row: row.row, skuId, warehouseId: place, quantity: quantity ?? 0, safety },
    errors,
  }
}

const mostPieces = 1_000_000

/** 1200 and 1,200; null for anything but a whole number in bounds. */
function piecesIn(text: string): number | null {
  const plain = /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text
  const pieces = /^\d{1,7}$/.test(plain) ? Number(plain) : null
  return pieces === null || pieces > mostPieces ? null : pieces
}

/** The place meant by a code or a name, or what is wrong. Nothing is needed where there is one place only. */
function placeOf(text: string, places: readonly WarehouseRow[]): number | string {
  const active = places.filter((place) => place.isActive)
  const [only] = active
  if (only === undefined) return '还没有在用的仓库，请先到“库存”里新建'
  if (text === '') return active.length === 1 ? only.id : `有 ${active.length} 个仓库，请写明是哪个`

  const byCode = places.find((place) => place.code === text)
  const found = byCode === undefined ? active.filter((place) => place.name === text) : [byCode]
  const [first, second] = found
  if (second !== undefined)
    return `有 ${found.length} 个仓库叫这个名字，请写编码：${found.map((p) => p.code).join('、')}`
  if (first?.isActive) return first.id
  const isOff = first !== undefined || places.some((place) => place.name === text)
  return isOff ? '这个仓库已停用' : `没有这个仓库，现有：${active.map((place) => place.name).join('、')}`
}

/** A place may be counted once in a file, and a SKU has one safety stock. */
function contradictions(rows: readonly FieldRow<Field>[], read: readonly ReadRow[]): CellError[] {
  const counted = new Map<string, number>()
  const safeties = new Map<number, { readonly row: number; readonly safety: number }>()
  return rows.flatMap((row, at) => {
    const line = read[at]?.line
    if (!line) return []
    const errors: CellError[] = []
    const key = `${line.skuId} ${line.warehouseId}`
    const before = counted.get(key)
    if (before === undefined) counted.set(key, line.row)
    else errors.push(row.wrong('sku', `和第 ${before} 行重复，同一个仓库里一个 SKU 只写一行`))

    const said = safeties.get(line.skuId)
    if (line.safety !== null && said === undefined) safeties.set(line.skuId, { row: line.row, safety: line.safety })
    if (line.safety !== null && said !== undefined && said.safety !== line.safety)
      errors.push(row.wrong('safety', `同一个 SKU 的安全库存和第 ${said.row} 行不一样`))
    return errors
  })
}
