import { Failure } from '../../core/failures.ts'
import type { Sheet } from '../../kit/channel.ts'
import { cellText } from './cell-text.ts'
import { decodeText, parseDelimited } from './delimited.ts'
import { headerRowOf } from './header-row.ts'
import { unrecognised } from './unrecognised.ts'
import { readXlsRows, readXlsxRows } from './workbook.ts'

const sheetLimitMb = 20

/**
 * Reads a table a merchant dropped: CSV or TSV in UTF-8 or GBK, xlsx, or old xls; told apart by content, not by name. Titles above the
 * headers are skipped, every cell is text, every row as long as the headers (longer where it has more). Empty rows inside stay, so that row
 * numbers are those a person counts. Throws IMPORT_UNRECOGNISED with a reason and next step in Chinese, FILE_TOO_LARGE above 20 MB.
 */
export async function readSheet(bytes: Uint8Array, fileName: string): Promise<Sheet> {
  if (bytes.length > sheetLimitMb * 1024 * 1024) throw new Failure('FILE_TOO_LARGE', { limitMb: sheetLimitMb })

  const rows = (await rowsOf(bytes)).map((row) => withoutEnd(row.map(cellText), (cell) => cell === ''))
  const filled = withoutEnd(rows, (row) => row.length === 0)
  const top = headerRowOf(filled)
  const headers = filled[top]
  if (headers === undefined) throw unrecognised('文件里没有内容，请确认导出时选中了数据')
  return { fileName, headers, rows: filled.slice(top + 1).map((row) => padded(row, headers.length)) }
}

async function rowsOf(bytes: Uint8Array): Promise<string[][]> {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readXlsxRows(bytes)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return readXlsRows(bytes)
  const refusal = strangers.find(({ magic }) => startsWith(bytes, magic))
  if (refusal) throw unrecognised(refusal.zh)

  const text = decodeText(bytes)
  if (/^\s*<(?:!doctype|html|table|\?xml|meta)/i.test(text)) {
    throw unrecognised('这是网页格式的表格（有的后台导出的“.xls”其实是网页），请用 Excel 或 WPS 打开后另存为 xlsx')
  }
  return parseDelimited(text)
}

const strangers = [
  { magic: [0x25, 0x50, 0x44, 0x46], zh: '这是 PDF 文件，请导出 Excel 或 CSV' },
  { magic: [0x89, 0x50, 0x4e, 0x47], zh: '这是图片，请导出 Excel 或 CSV' },
  { magic: [0xff, 0xd8, 0xff], zh: '这是图片，请导出 Excel 或 CSV' },
  { magic: [0x52, 0x61, 0x72, 0x21], zh: '这是 RAR 压缩包，请先解压' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], zh: '这是 7z 压缩包，请先解压' },
  { magic: [0x1f, 0x8b], zh: '这是 gz 压缩包，请先解压' },
] as const

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

function withoutEnd<T>(row: readonly T[], isEmpty: (cell: T) => boolean): T[] {
  return row.slice(0, row.findLastIndex((cell) => !isEmpty(cell)) + 1)
}

function padded(row: readonly string[], length: number): string[] {
  return Array.from({ length: Math.max(length, row.length) }, (_, index) => row[index] ?? '')
}
