import { Failure } from '../../../core/failures.ts'
import type { CellError, Sheet } from '../../../kit/channel.ts'
import type { Ctx } from '../../../platform/module.ts'
import { readSheet } from '../../../platform/sheets/index.ts'
import type { ImportRow } from '../store/imports.ts'
import * as store from '../store/imports.ts'
import type { RowError } from './kinds.ts'

/** Text put into a cell in place of what the file says. */
export interface Correction {
  readonly row: number
  readonly column: string
  readonly value: string
}

/** An import's file as it is read now: with its corrections, and what came out of its run. */
export interface ImportFile {
  readonly sheet: Sheet
  readonly corrections: readonly Correction[]
  readonly rowErrors: readonly RowError[]
}

/** Throws IMPORT_NOT_FOUND. */
export async function mustFindImport(ctx: Ctx, importId: number): Promise<ImportRow> {
  const row = await store.findImport(ctx.db, importId)
  if (row === null || row.state === 'dropped') throw new Failure('IMPORT_NOT_FOUND', { importId })
  return row
}

/** Null when the file is no longer kept. */
export async function openFile(
  ctx: Ctx,
  { id, fileName }: Pick<ImportRow, 'id' | 'fileName'>,
): Promise<ImportFile | null> {
  const kept = await store.readKept(ctx.db, id)
  if (kept.fileSealed === null) return null
  const sheet = await readSheet(Buffer.from(ctx.vault.open(kept.fileSealed), 'base64'), fileName)
  const corrections = opened<Correction>(ctx, kept.correctionsSealed)
  return { sheet: corrected(sheet, corrections), corrections, rowErrors: opened<RowError>(ctx, kept.rowErrorsSealed) }
}

/** Written by ourselves as JSON. */
function opened<T>(ctx: Ctx, sealed: Uint8Array | null): readonly T[] {
  return sealed === null ? [] : (JSON.parse(ctx.vault.open(sealed)) as T[])
}

/** Later corrections of a cell take the place of earlier ones. Throws INPUT_INVALID for a cell that is not there. */
export function corrected(sheet: Sheet, corrections: readonly Correction[]): Sheet {
  if (corrections.length === 0) return sheet
  const rows = sheet.rows.map((row) => [...row])
  for (const { row, column, value } of corrections) {
    const cells = rows[row - 1]
    const place = sheet.headers.indexOf(column)
    if (cells === undefined || place === -1)
      throw new Failure('INPUT_INVALID', { field: column, problem: `没有第 ${row} 行的这一格` })
    cells[place] = value
  }
  return { ...sheet, rows }
}

export const sealFile = (ctx: Ctx, bytes: Uint8Array) => ctx.vault.seal(Buffer.from(bytes).toString('base64'))

export const sealJson = (ctx: Ctx, value: unknown) => ctx.vault.seal(JSON.stringify(value))

/** How a file is written, in the words of a merchant's programs. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'XLSX'
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return 'XLS'
  return isUtf8(bytes) ? 'UTF-8' : 'GBK'
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

export const badRowsOf = (errors: readonly Pick<CellError, 'row'>[]): ReadonlySet<number> =>
  new Set(errors.map((error) => error.row))
