import { type Fen, parseYuan } from '../core/money/fen.ts'
import { type Instant, parseBeijing } from '../core/time/instant.ts'
import type { CellError, Sheet, SheetReading } from './channel.ts'

/** A cell with something in it. */
export interface Cell {
  readonly row: number
  /** The header as the file writes it. */
  readonly column: string
  readonly text: string
}

export interface SheetRow<Key extends string> {
  /** 1 is the first row below the headers. */
  readonly number: number
  /** Only cells with something in them. */
  readonly cells: ReadonlyMap<Key, Cell>
}

/** The rows of one order with the cells that could not be read; where there are some the order is not used. */
export interface RowsOfOrder<Key extends string> {
  readonly rows: readonly SheetRow<Key>[]
  readonly errors: CellError[]
}

/** How a cell is read; `zh` tells what to write instead. `read` throws RangeError on any other text. */
export interface CellReader<T> {
  readonly read: (text: string) => T
  readonly zh: string
}

export const yuanCell: CellReader<Fen> = {
  read: (text) =>
    parseYuan(
      text
        .replace(/^[¥￥]\s*/, '')
        .replace(/元$/, '')
        .replaceAll(',', ''),
    ),
  zh: '看不懂的金额，请写元，最多两位小数，如 236.00',
}

export const momentCell: CellReader<Instant> = {
  read: parseBeijing,
  zh: '看不懂的时间，请写成 2026-10-20 09:15:02（北京时间）',
}

export const piecesCell: CellReader<number> = {
  read: (text) => {
    const match = /^([1-9]\d{0,8})(?:\.0+)?$/.exec(text)
    if (!match) throw new RangeError('not a number of pieces')
    return Number(match[1])
  },
  zh: '数量请写 1 或更大的整数',
}

/** A text of this form, as it stands. */
export function textCell(form: RegExp, zh: string): CellReader<string> {
  return {
    read: (text) => {
      if (!form.test(text)) throw new RangeError(`not of the form ${String(form)}`)
      return text
    },
    zh,
  }
}

/** The names that each column may have, the usual one first. */
export type ColumnNames<Key extends string> = Readonly<Record<Key, readonly [string, ...string[]]>>
type Places<Key extends string> = ReadonlyMap<Key, readonly number[]>

/** How cells and headers are freed of what exports wrap them in. */
interface Bare {
  readonly cell: (text: string) => string
  readonly header?: (text: string) => string
}

/** Reads the rows of a back office's export by the names its columns may have. */
export function sheetColumns<Key extends string>(names: ColumnNames<Key>, { cell, header = cell }: Bare) {
  return {
    /** The columns that are known, each with the places of its names in their order; a file may have both of two names for one thing. */
    placesOf: (headers: readonly string[]): Places<Key> => {
      const written = headers.map(header)
      const found = (Object.keys(names) as Key[]).map(
        (key) => [key, names[key].map((name) => written.indexOf(name)).filter((at) => at >= 0)] as const,
      )
      return new Map(found.filter(([, places]) => places.length > 0))
    },
    /** The rows that hold something. */
    rowsOf: (sheet: Sheet, places: Places<Key>): SheetRow<Key>[] => {
      const rows = sheet.rows.map((texts, index) => {
        const cells = [...places].flatMap(([key, candidates]) => {
          const place = candidates.find((at) => cell(texts[at] ?? '') !== '')
          if (place === undefined) return []
          const column = cell(sheet.headers[place] ?? '')
          return [[key, { row: index + 1, column, text: cell(texts[place] ?? '') }] as const]
        })
        return { number: index + 1, cells: new Map(cells) }
      })
      return rows.filter(({ cells }) => cells.size > 0)
    },
    /** As `takeCell`, of a cell that must be there. `zh` tells what to write where it is not. */
    needCell: <T>(
      row: SheetRow<Key>,
      { key, reader, zh }: { readonly key: Key; readonly reader: CellReader<T>; readonly zh?: string },
      errors: CellError[],
    ): T | null => {
      const found = row.cells.get(key)
      if (found !== undefined) return takeCell(found, reader, errors)
      const [column] = names[key]
      errors.push({ row: row.number, column, value: '', zh: zh ?? `请填${column}` })
      return null
    },
  }
}

/** What belongs to the whole order stands in its first row or in all of them. */
export function sharedCell<Key extends string>({ rows }: Pick<RowsOfOrder<Key>, 'rows'>, key: Key): Cell | undefined {
  return rows.map(({ cells }) => cells.get(key)).find((cell) => cell !== undefined)
}

export const textIn = (cell: Cell | undefined): string => cell?.text ?? ''

/** Null where there is no cell, or where it cannot be read, which is then noted once. */
export function takeCell<T>(cell: Cell | undefined, reader: CellReader<T>, errors: CellError[]): T | null {
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

type ReadOrder = SheetReading['orders'][number]['order']

/**
 * The orders of an export whose rows of one number are one order. `collect` reads an order's cells, notes those it cannot read, and gives what
 * makes the order of them; it is asked only where no cell was wrong, and null leaves the order out. An order with a wrong cell is left out and its
 * cells are named.
 */
export function readOrders<Key extends string>(
  rows: readonly SheetRow<Key>[],
  number: Key,
  collect: (order: RowsOfOrder<Key>) => () => ReadOrder | null,
): SheetReading {
  const readings = [...Map.groupBy(rows, ({ cells }) => textIn(cells.get(number))).values()].map((own) => {
    const errors: CellError[] = []
    const make = collect({ rows: own, errors })
    return { own, errors, order: errors.length > 0 ? null : make() }
  })
  return {
    orders: readings.flatMap(({ own, order }) =>
      order === null ? [] : [{ order, raw: rawOf(own), rows: own.map((row) => row.number) }],
    ),
    errors: readings.flatMap(({ errors }) => errors).toSorted((a, b) => a.row - b.row),
  }
}

/** What the file says, by its own headers. */
function rawOf<Key extends string>(rows: readonly SheetRow<Key>[]): string {
  return JSON.stringify(
    rows.map(({ cells }) => Object.fromEntries([...cells.values()].map(({ column, text }) => [column, text]))),
  )
}
