import type { SheetOut } from '../../kit/channel.ts'
import type { FileAnswer } from '../../platform/http/serve.ts'
import { writeCsv, writeXlsx } from '../../platform/sheets/index.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A plug-in's sheet as a file to download: Excel where its name says so, else CSV in the sheet's own encoding. */
export async function sheetFile(sheet: SheetOut): Promise<FileAnswer> {
  const { fileName, encoding } = sheet
  if (fileName.toLowerCase().endsWith('.xlsx')) return { fileName, type: xlsx, bytes: await writeXlsx(sheet) }
  return { fileName, type: `text/csv; charset=${encoding}`, bytes: writeCsv(sheet) }
}
