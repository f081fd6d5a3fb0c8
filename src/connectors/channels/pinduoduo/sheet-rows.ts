import { type Fen, parseYuan } from '../../../core/money/fen.ts'
import { type Instant, parseBeijing } from '../../../core/time/instant.ts'
import type { CellError, Sheet } from '../../../kit/channel.ts'
import { bareCell, bareHeader, type ColumnKey, columnNames } from './sheet-columns.ts'

export interface Cell {
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

/** How a cell is read; `zh` tells what to write instead. `read` throws RangeError on any other text. */
export interface Reader<T> {
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

export const moment: Reader<Instant> = {
  read: parseBeijing,
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

export const longNumber: Reader<string> = {
  read: (text) => {
    if (!/^[0-9A-Za-z-]{6,}$/.test(text)) throw new RangeError('not a number in full')
    return text
  },
  zh: '编号应完整，只含数字、字母和短横。若显示成 1.74E+12，末几位已经丢失：请直接导入下载的原文件，不要用表格软件另存',
}

/** The rows of one order with the cells that could not be read; readings of them give null, and the order is not used. */
export interface OrderRows {
  readonly rows: readonly Row[]
  readonly errors: CellError[]
}

/** The columns that are known, each with the place of the first of its names that the file has. */
export function placesOf(headers: readonly string[]): ReadonlyMap<ColumnKey, number> {
  const names = headers.map(bareHeader)
  const keys = Object.keys(columnNames) as ColumnKey[]
  const found = keys.map(
    (key) => [key, columnNames[key].map((name) => names.indexOf(name)).find((at) => at >= 0)] as const,
  )
  return new Map(found.flatMap(([key, place]) => (place === undefined ? [] : [[key, place] as const])))
}

/** The rows that hold something. */
export function rowsOf(sheet: Sheet, places: ReadonlyMap<ColumnKey, number>): Row[] {
  const rows = sheet.rows.map((texts, index) => {
    const cells = new Map<ColumnKey, Cell>()
    for (const [key, place] of places) {
      const text = bareCell(texts[place] ?? '')
      if (text !== '') cells.set(key, { row: index + 1, column: bareCell(sheet.headers[place] ?? ''), text })
    }
    return { number: index + 1, cells }
  })
  return rows.filter(({ cells }) => cells.size > 0)
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

/** The same for a cell that must be there; `name` is its column. */
export function takeNeeded<T>(
  row: Row,
  { key, reader }: { readonly key: ColumnKey; readonly reader: Reader<T> },
  errors: CellError[],
): T | null {
  const cell = row.cells.get(key)
  if (cell === undefined) {
    const [column] = columnNames[key]
    errors.push({ row: row.number, column, value: '', zh: `请填${column}` })
  }
  return take(cell, reader, errors)
}
