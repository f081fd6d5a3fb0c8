import type { CellError, Sheet } from '../../../kit/channel.ts'
import { addedColumns, type Column, furtherColumns, neededColumns, type Reader } from './sheet-columns.ts'

export interface Row {
  /** 1 is the first row below the headers. */
  readonly number: number
  readonly cells: ReadonlyMap<Column, string>
}

interface Cell {
  readonly row: number
  readonly column: Column
  readonly text: string
}

/** The rows that hold something; null when a needed column is missing, for then it is another file. */
export function rowsOf({ headers, rows }: Sheet): Row[] | null {
  const trimmed = headers.map((header) => header.trim())
  const places = [...neededColumns, ...furtherColumns, ...addedColumns]
    .map((column) => [column, trimmed.indexOf(column)] as const)
    .filter(([, place]) => place >= 0)
  if (!neededColumns.every((column) => places.some(([name]) => name === column))) return null
  return rows
    .map((cells, index) => ({
      number: index + 1,
      cells: new Map(places.map(([column, place]) => [column, (cells[place] ?? '').trim()])),
    }))
    .filter(({ cells }) => [...cells.values()].some((text) => text !== ''))
}

export const textOf = (row: Row, column: Column) => row.cells.get(column) ?? ''

/** Reads cells, and notes each one that cannot be read. */
export interface CellReader {
  /** A cell of one line; `absent` where it is empty or wrong. */
  readonly own: <T>(row: Row, column: Column, kind: Kind<T>) => T
  /** What belongs to the order: it stands in one row or in all, and two different texts contradict each other. */
  readonly shared: <T>(rows: readonly Row[], column: Column, kind: Kind<T>) => T
}

interface Kind<T> {
  readonly reader: Reader<T>
  readonly absent: T
  /** True where an empty cell is wrong. */
  readonly isNeeded?: boolean
}

export function cellReader(errors: CellError[]): CellReader {
  function take<T>({ row, column, text }: Cell, { reader, absent, isNeeded = false }: Kind<T>): T {
    if (text === '' && !isNeeded) return absent
    try {
      return reader.read(text)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      errors.push({ row, column, value: text, zh: reader.zh })
      return absent
    }
  }

  return {
    own: (row, column, kind) => take({ row: row.number, column, text: textOf(row, column) }, kind),
    shared: (rows, column, kind) => {
      const [first, ...others] = rows
        .map((row) => ({ row: row.number, column, text: textOf(row, column) }))
        .filter(({ text }) => text !== '')
      const other = others.find(({ text }) => text !== first?.text)
      if (first && other) {
        const zh = `同一订单的“${column}”不一致（第 ${first.row} 行是“${first.text}”），请改成一样`
        errors.push({ row: other.row, column, value: other.text, zh })
      }
      return take(first ?? { row: rows[0]?.number ?? 0, column, text: '' }, kind)
    },
  }
}
