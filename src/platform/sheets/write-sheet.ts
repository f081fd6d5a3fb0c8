import { stringify } from 'csv-stringify/sync'
import iconv from 'iconv-lite'
import type { SheetOut } from '../../kit/channel.ts'
import { cellText } from './cell-text.ts'
import { writeWorkbook } from './workbook.ts'

/**
 * A table as CSV, lines ended as on Windows. UTF-8 comes with a byte-order mark, or spreadsheets take it for GBK. For `gbk` it is written as
 * GB18030: the same bytes for every character GBK has, and no question mark for a rare one in a name.
 */
export function writeCsv(out: SheetOut): Uint8Array {
  const rows = [out.headers, ...out.rows].map((row) => row.map(harmless))
  const text = stringify(rows, { record_delimiter: 'windows', quoted_match: /[\r\n]/ })
  return iconv.encode(text, out.encoding === 'gbk' ? 'gb18030' : 'utf-8', { addBOM: out.encoding === 'utf-8' })
}

/**
 * A table as xlsx. A column whose every cell is an amount with two decimals or a small whole number is written as numbers, so that it
 * can be added up; all else is text, so that order numbers and codes keep their digits and nothing runs as a formula.
 */
export async function writeXlsx(out: SheetOut): Promise<Uint8Array> {
  const decimals = out.headers.map((_, column) => decimalsOf(out.rows, column))
  const widths = out.headers.map((header, column) =>
    widthOf([header, ...out.rows.slice(0, 100).map((row) => row[column] ?? '')]),
  )
  return writeWorkbook({ name: sheetName(out.fileName), widths, decimals, rows: valuesOf(out, decimals) })
}

/**
 * A spreadsheet runs a cell that begins with these; an apostrophe stops it. One of the text's own gets another, since a reader takes the first
 * for the mark. Numbers, also negative ones, are left alone.
 */
function harmless(cell: string): string {
  const isNumber = /^[+-]?(\d+(\.\d*)?)?$/.test(cell)
  return /^[=+\-@\t\r\n']/.test(cell) && !isNumber ? `'${cell}` : cell
}

/** In a workbook a text is a text; only what a reader takes for a mark of spreadsheets (`cellText`) needs one before it. */
const marked = (cell: string) => (cellText(cell) === cell || !/^(="|')/.test(cell) ? cell : `'${cell}`)

function* valuesOf(out: SheetOut, decimals: readonly (number | null)[]): Generator<(string | number | null)[]> {
  yield [...out.headers]
  for (const row of out.rows) {
    yield row.map((cell, column) => {
      if (cell === '') return null
      return (decimals[column] ?? null) === null ? marked(cell) : Number(cell)
    })
  }
}

/** Decimals of a column of numbers, null when it is text. Up to six digits before the point in whole numbers: longer ones may be names. */
function decimalsOf(rows: SheetOut['rows'], column: number): number | null {
  const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell !== '')
  if (cells.length === 0) return null
  if (cells.every((cell) => /^-?(0|[1-9]\d{0,12})\.\d{2}$/.test(cell))) return 2
  return cells.every((cell) => /^(0|-?[1-9]\d{0,5})$/.test(cell)) ? 0 : null
}

/** In characters of half width; a Chinese one counts twice. */
function widthOf(texts: readonly string[]): number {
  const longest = Math.max(...texts.map((text) => text.length + (text.match(/[\u2e80-\uffff]/g)?.length ?? 0)))
  return Math.min(60, Math.max(8, longest + 2))
}

/** A sheet's name may hold 31 characters and none of `[]:*?/\`. */
function sheetName(fileName: string): string {
  const name = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
    .slice(0, 31)
  return name === '' ? 'Sheet1' : name
}
