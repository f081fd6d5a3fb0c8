import { parseYuan } from '../../core/money/fen.ts'
import type { CellError, Sheet } from '../../kit/channel.ts'
import { type ColumnNames, type FieldRow, findColumns, rowsBy } from '../../platform/sheets/index.ts'
import type { SkuFacts } from './store/imported.ts'

type Field = 'sku' | keyof SkuFacts

const names: ColumnNames<Field> = {
  sku: ['SKU 编码', 'SKU', '商家编码', '规格编码', '货品编码'],
  productName: ['商品名称', '名称', '品名'],
  specification: ['规格', '规格名称'],
  barcode: ['条码', '条形码', '商品条码'],
  weightG: ['重量(克)', '重量(g)', '重量'],
  costFen: ['成本(元)', '成本', '成本价', '采购价'],
  imageUrl: ['图片', '图片链接', '图片地址'],
}

/** What each field is called where people read of it. */
export const fieldWords: Readonly<Record<Field, string>> = {
  sku: 'SKU 编码',
  productName: '商品名称',
  specification: '规格',
  barcode: '条码',
  weightG: '重量',
  costFen: '成本',
  imageUrl: '图片',
}

/** Any of these beside the code makes it a products file; a specification alone stands in many other files too. */
const telling: readonly Field[] = ['productName', 'barcode', 'weightG', 'costFen', 'imageUrl']

/** What each used column means; null when it is no products file: without SKU, without anything to say of it, or with orders in it. */
export function meaningOfColumns({ headers }: Sheet): ReadonlyMap<string, string> | null {
  const columns = findColumns(headers, names)
  const isOther = !columns.has('sku') || headers.some((header) => header.includes('订单'))
  if (isOther || !telling.some((field) => columns.has(field))) return null
  return new Map([...columns].map(([field, { header }]) => [header, fieldWords[field]]))
}

/** The header of the cost column, if there is one. */
export function costHeaders({ headers }: Sheet): readonly string[] {
  const cost = findColumns(headers, names).get('costFen')
  return cost === undefined ? [] : [cost.header]
}

/** One row of a products file, understood. What its cells leave empty is absent. */
export interface ProductLine {
  readonly row: number
  readonly code: string
  readonly facts: Partial<SkuFacts>
  /** For what only the catalogue tells to be wrong. */
  readonly wrong: FieldRow<Field>['wrong']
}

export interface ProductSheet {
  readonly lines: readonly ProductLine[]
  readonly errors: readonly CellError[]
}

/** Reads a products file (商品表) by itself. A row with a wrong cell is no line. Pure. */
export function readProductSheet(sheet: Sheet): ProductSheet {
  const columns = findColumns(sheet.headers, names)
  const seen = new Map<string, number>()
  const lines: ProductLine[] = []
  const errors: CellError[] = []
  for (const row of rowsBy(sheet, columns, names)) {
    const { line, errors: wrong } = readRow(row)
    const before = seen.get(line.code)
    if (before !== undefined) wrong.push(row.wrong('sku', `和第 ${before} 行是同一个 SKU，只写一行`))
    else if (line.code !== '') seen.set(line.code, row.row)
    errors.push(...wrong)
    if (wrong.length === 0) lines.push(line)
  }
  return { lines, errors }
}

function readRow(row: FieldRow<Field>): { readonly line: ProductLine; readonly errors: CellError[] } {
  const code = row.text('sku')
  const errors: CellError[] = []
  if (code === '') errors.push(row.wrong('sku', '请填 SKU 编码'))
  if (code.length > 60) errors.push(row.wrong('sku', 'SKU 编码最多 60 个字'))
  const facts = Object.entries(readers).flatMap(([name, { read, zh }]) => {
    const field = name as keyof SkuFacts
    const text = row.text(field)
    if (text === '') return []
    const value = read(text)
    if (value === null) errors.push(row.wrong(field, zh))
    return value === null ? [] : [[field, value] as const]
  })
  return { line: { row: row.row, code, facts: Object.fromEntries(facts), wrong: row.wrong }, errors }
}

/** How a filled cell is read, null when it cannot be; and what to write instead. */
interface Reader {
  readonly read: (text: string) => string | number | null
  readonly zh: string
}

const upTo = (length: number): Reader => ({
  read: (text) => (text.length <= length ? text : null),
  zh: `最多 ${length} 个字`,
})

const readers: Readonly<Record<keyof SkuFacts, Reader>> = {
  productName: upTo(200),
  specification: upTo(200),
  barcode: upTo(60),
  weightG: { read: gramsIn, zh: '请填 1 到 1000000 的整数，单位克' },
  costFen: { read: costIn, zh: '请填金额，最多两位小数，如 12.50' },
  imageUrl: { read: addressIn, zh: '请填 http:// 或 https:// 开头的图片链接' },
}

function gramsIn(text: string): number | null {
  const grams = /^\d{1,7}$/.test(text) ? Number(text) : 0
  return grams >= 1 && grams <= 1_000_000 ? grams : null
}

function costIn(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/^[¥元]/, '')
  if (!/^(\d{1,8}|\d{1,3}(,\d{3}){1,2})(\.\d{1,2}0*)?$/.test(plain)) return null
  return parseYuan(plain.replaceAll(',', ''))
}

function addressIn(text: string): string | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && text.length <= 2_000 ? text : null
}
