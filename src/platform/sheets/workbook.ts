import { read } from 'hucre'
import { readXlsx, streamXlsxRows, writeXlsxStream } from 'hucre/xlsx'
import { dateText, numberText } from './cell-text.ts'
import { unrecognised } from './unrecognised.ts'

/** The only file that knows the spreadsheet library. Cells come out as text, dates as wall time, and go in as text or number. */

type CellValue = string | number | boolean | Date | null

/** More rows than a person works with; a small file may claim a million. */
const rowsMax = 300_000

const damaged = '文件损坏，或不是 Excel 文件；压缩包请先解压，其他请用 Excel 或 WPS 打开后另存为 xlsx'
const locked = '文件有打开密码，请去掉密码后再导入'

/** Rows of the first visible sheet that has any. Throws IMPORT_UNRECOGNISED. */
export async function readXlsxRows(bytes: Uint8Array): Promise<string[][]> {
  for (const name of await visibleSheets(bytes)) {
    const rows = await rowsOf(bytes, name)
    if (rows.length > 0) return rows
  }
  return []
}

/** The same for the old binary format (Excel 97 to 2003), which does not say which sheets are hidden. Throws IMPORT_UNRECOGNISED. */
export async function readXlsRows(bytes: Uint8Array): Promise<string[][]> {
  const book = await read(bytes).catch(refuse)
  const sheet = book.sheets.find(({ rows }) => rows.some((row) => row.some((value) => value !== null && value !== '')))
  return (sheet?.rows ?? []).map((row) => row.map(valueText))
}

/** A workbook of one sheet; the first row stays in sight. `decimals` has null for a column of text, else its number of decimals. */
export async function writeWorkbook(sheet: {
  readonly name: string
  readonly widths: readonly number[]
  readonly decimals: readonly (number | null)[]
  readonly rows: Iterable<(string | number | null)[]>
}): Promise<Uint8Array> {
  const columns = sheet.widths.map((width, index) => {
    const decimals = sheet.decimals[index] ?? null
    return { width, numFmt: decimals === null ? '@' : numberFormat(decimals) }
  })
  const stream = writeXlsxStream(literal(sheet.rows), { name: sheet.name, columns, freezePane: { rows: 1 } })
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

async function visibleSheets(bytes: Uint8Array): Promise<string[]> {
  const names: string[] = []
  await readXlsx(bytes, {
    sheets: ({ name, hidden, veryHidden }) => {
      if (!hidden && !veryHidden) names.push(name)
      return false // Names are all that is wanted: no sheet is parsed.
    },
  }).catch(refuse)
  return names
}

async function rowsOf(bytes: Uint8Array, sheet: string): Promise<string[][]> {
  const rows: string[][] = []
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      if (index >= rowsMax) throw unrecognised(`超过 ${rowsMax} 行，请拆成几个文件`)
      while (rows.length < index) rows.push([])
      rows.push(values.map(valueText))
    }
  } catch (error) {
    refuse(error)
  }
  return rows
}

/** The library is fed bytes of strangers: whatever it makes of them, the merchant is told what to do. */
function refuse(error: unknown): never {
  if (error instanceof Error && error.name === 'Failure') throw error
  throw unrecognised(error instanceof Error && error.name === 'EncryptedFileError' ? locked : damaged, error)
}

function valueText(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return numberText(value)
  if (value instanceof Date) return dateText(value)
  return String(value)
}

/** The format reads `_x0041_` in a text as the character A; the library leaves it to us to say that it is meant as it stands. */
function* literal(rows: Iterable<(string | number | null)[]>): Generator<(string | number | null)[]> {
  for (const row of rows) {
    yield row.map((cell) => (typeof cell === 'string' ? cell.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : cell))
  }
}

function numberFormat(decimals: number): string {
  return decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`
}
