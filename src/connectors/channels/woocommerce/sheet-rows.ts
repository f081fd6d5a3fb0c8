import { type Fen, parseYuan } from '../../../core/money/fen.ts'
import { type Instant, parseBeijing, parseIso } from '../../../core/time/instant.ts'
import type { CellError, Sheet } from '../../../kit/channel.ts'
import { type ColumnKey, columnNames } from './sheet-columns.ts'

interface Cell {
  readonly row: number
  /** The header as the file writes it. */
  readonly column: string
  readonly text: string
}

export interface Row {
  /** 1 is the first row below the headers. */
  readonly number: number
  /** Only cells with something in them. */
  readonly cells: ReadonlyMap<ColumnKey, Cell>
}

/** The rows of one order with the cells that could not be read; where there are some the order is not used. */
export interface OrderRows {
  readonly rows: readonly Row[]
  readonly errors: CellError[]
}

/** How a cell is read; `zh` tells what to write instead. `read` throws RangeError on any other text. */
interface Reader<T> {
  readonly read: (text: string) => T
  readonly zh: string
}

export const yuan: Reader<Fen> = {
  read: (text) =>
    parseYuan(
      text
        .replace(/^[¥￥]\s*/, '')
        .replace(/元$/, '')
        .replaceAll(',', ''),
    ),
  zh: '看不懂的金额，请写元，最多两位小数，如 236.00',
}

/** Beijing wall time, or ISO 8601 with its zone. */
export const moment: Reader<Instant> = {
  read: (text) => (/T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? parseIso(text) : parseBeijing(text)),
  zh: '看不懂的时间，请写成 2026-10-20 09:15:02（北京时间）',
}

export const pieces: Reader<number> = {
  read: (text) => {
    const match = /^([1-9]\d{0,8})(?:\.0+)?$/.exec(text)
    if (!match) throw new RangeError('not a number of pieces')
    return Number(match[1])
  },
  zh: '数量请写 1 或更大的整数',
}

export const idText: Reader<string> = {
  read: (text) => {
    if (!/^\d+(-\d+)?$/.test(text)) throw new RangeError('not an id')
    return text
  },
  zh: '应是 WooCommerce 的数字编号。若显示成 7.3E+03，末几位已经丢失，请把这一列设为“文本”后重新导出',
}

export const waybillText: Reader<string> = {
  read: (text) => {
    if (/^\d(\.\d+)?E\+?\d+$/i.test(text)) throw new RangeError('digits are lost')
    return text
  },
  zh: '长数字已被表格软件改成科学计数法，请把这一列设为“文本”后重新导出',
}

export const currencyCode: Reader<string> = {
  read: (text) => {
    if (!/^[A-Z]{3}$/.test(text)) throw new RangeError('not a currency')
    return text
  },
  zh: '币种请写三个大写字母，如 CNY',
}

/** The columns that are known, each at its place. */
export function placesOf(headers: readonly string[]): ReadonlyMap<ColumnKey, number> {
  const names = headers.map(bareCell)
  const keys = Object.keys(columnNames) as ColumnKey[]
  const places = keys.map((key) => [key, names.findIndex((name) => isNameOf(key, name))] as const)
  return new Map(places.filter(([, at]) => at >= 0))
}

function isNameOf(key: ColumnKey, name: string): boolean {
  return (columnNames[key] as readonly string[]).includes(name)
}

/** The rows that hold something. */
export function rowsOf(sheet: Sheet, places: ReadonlyMap<ColumnKey, number>): Row[] {
  const rows = sheet.rows.map((texts, index) => {
    const cells = [...places].map(([key, at]) => {
      const cell = { row: index + 1, column: bareCell(sheet.headers[at] ?? ''), text: bareCell(texts[at] ?? '') }
      return [key, cell] as const
    })
    return { number: index + 1, cells: new Map(cells.filter(([, { text }]) => text !== '')) }
  })
  return rows.filter(({ cells }) => cells.size > 0)
}

/** A cell as exports wrap it: a mark of byte order, a leading apostrophe, a trailing tab. */
function bareCell(text: string): string {
  return text
    .replace(/\ufeff/g, '')
    .trim()
    .replace(/^'/, '')
    .trim()
}

/** What belongs to the whole order stands in its first row or in all of them. */
export function sharedCell({ rows }: OrderRows, key: ColumnKey): Cell | undefined {
  return rows.map(({ cells }) => cells.get(key)).find((cell) => cell !== undefined)
}

export function textIn(cell: Cell | undefined): string {
  return cell?.text ?? ''
}

/** Null where there is no cell, or where it cannot be read, which is then noted once. */
export function take<T>(cell: Cell | undefined, reader: Reader<T>, errors: CellError[]): T | null {
  if (cell === undefined) return null
  try {
    return reader.read(cell.text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const isNoted = errors.some(({ row, column }) => row === cell.row && column === cell.column)
    if (!isNoted) errors.push({ row: cell.row, column: cell.column, value: cell.text, zh: reader.zh })
    return null
  }
}

/** As `take`, but a cell that is not there is noted too. */
export function need<T>(
  row: Row,
  key: ColumnKey,
  { reader, errors }: { reader: Reader<T>; errors: CellError[] },
): T | null {
  const cell = row.cells.get(key)
  if (cell === undefined) errors.push({ row: row.number, column: columnNames[key][0], value: '', zh: reader.zh })
  return take(cell, reader, errors)
}
