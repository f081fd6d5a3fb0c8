import { type Fen, parseYuan } from '../../../core/money/fen.ts'
import { type Instant, parseBeijing } from '../../../core/time/instant.ts'
import type { CellError, Sheet } from '../../../kit/channel.ts'
import { bareCell, bareHeader, type ColumnKey, columnNames } from './sheet-columns.ts'

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

/** The rows of one order with the cells that could not be read; then the order is not used. */
export interface OrderRows {
  readonly rows: readonly Row[]
  readonly errors: CellError[]
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
    if (!/^\d{6,}$/.test(text)) throw new RangeError('not a number in full')
    return text
  },
  zh: '编号应全是数字。若显示成 3.72E+18，末几位已经丢失：请直接导入从小店后台下载的原文件，不要用表格软件另存',
}

type Places = ReadonlyMap<ColumnKey, readonly number[]>

/** The columns that are known, each with the places of its names; a file may have both of two names for one thing. */
export function placesOf(headers: readonly string[]): Places {
  const names = headers.map(bareHeader)
  const keys = Object.keys(columnNames) as ColumnKey[]
  const found = keys.map(
    (key) => [key, columnNames[key].map((name) => names.indexOf(name)).filter((at) => at >= 0)] as const,
  )
  return new Map(found.filter(([, places]) => places.length > 0))
}

/** The rows that hold something. */
export function rowsOf(sheet: Sheet, places: Places): Row[] {
  const rows = sheet.rows.map((texts, index) => {
    const cells = new Map<ColumnKey, Cell>()
    for (const [key, candidates] of places) {
      const place = candidates.find((at) => bareCell(texts[at] ?? '') !== '')
      if (place === undefined) continue
      const column = bareCell(sheet.headers[place] ?? '')
      cells.set(key, { row: index + 1, column, text: bareCell(texts[place] ?? '') })
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
