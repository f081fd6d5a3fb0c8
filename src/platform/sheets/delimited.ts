import { parse } from 'csv-parse/sync'
import { unrecognised } from './unrecognised.ts'

/**
 * The text of a CSV or TSV: by its byte-order mark, else as UTF-8 when it is valid UTF-8 to the last byte, else as GB18030, which holds all of
 * GBK. Chinese text in GBK is never valid UTF-8. Throws IMPORT_UNRECOGNISED when it is neither.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  for (const encoding of ['utf-8', 'gb18030']) {
    const text = decodeStrictly(bytes, encoding)
    if (text !== null && !text.includes('\0')) return text
  }
  throw unrecognised('文字编码既不是 UTF-8 也不是 GBK，请用 Excel 或 WPS 打开后另存为“CSV UTF-8”或 xlsx')
}

/** Rows of cells as they stand. Quotes inside an unquoted cell, as in `="4150…"`, belong to the cell. Throws IMPORT_UNRECOGNISED. */
export function parseDelimited(text: string): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    })
  } catch (error) {
    throw unrecognised('表格里的引号不配对，请用 Excel 或 WPS 打开后另存为 xlsx', error)
  }
}

/** Tab, comma or semicolon, whichever parts the first lines most. Tabs that only pad the end of a cell do not count. */
function delimiterOf(text: string): ',' | '\t' | ';' {
  const sample = text
    .split(/\r?\n/, 20)
    .join('\n')
    .replace(/"(?:[^"]|"")*"/g, '')
    .replace(/\t+(?=[,;\n]|$)/g, '')
  const count = (mark: string) => sample.split(mark).length - 1
  const [commas, tabs, semicolons] = [count(','), count('\t'), count(';')]
  if (tabs > commas && tabs >= semicolons) return '\t'
  return semicolons > commas ? ';' : ','
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
