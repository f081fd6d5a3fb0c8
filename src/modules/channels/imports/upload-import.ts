import { createHash } from 'node:crypto'
import { Failure } from '../../../core/failures.ts'
import type { Sheet } from '../../../kit/channel.ts'
import { tell } from '../../../platform/events/tell.ts'
import type { Ctx } from '../../../platform/module.ts'
import { readSheet } from '../../../platform/sheets/index.ts'
import { audit } from '../../security/index.ts'
import type { ImportRow } from '../store/imports.ts'
import * as store from '../store/imports.ts'
import { type Correction, corrected, encodingOf, mustFindImport, openFile, sealFile, sealJson } from './file.ts'
import type { ImportSeams } from './kinds.ts'
import { recogniseOrders } from './order-files.ts'
import { examine, type PreviewAnswer, shopsFor, showImport } from './show-import.ts'

/**
 * Takes in a dropped file (导入文件): recognised by its headers, kept sealed, previewed; nothing is imported yet.
 * Throws IMPORT_UNRECOGNISED with the next step, FILE_TOO_LARGE.
 */
export async function uploadImport(
  outer: Ctx,
  seams: ImportSeams,
  { fileName, bytes }: { readonly fileName: string; readonly bytes: Uint8Array },
): Promise<PreviewAnswer> {
  const sheet = await readSheet(bytes, fileName)
  const known = recognise(outer, seams, sheet)
  const digest = createHash('sha256').update(bytes).digest('hex')
  return outer.tx(async (ctx) => {
    const shops = await shopsFor(ctx, known)
    const only = shops.length === 1 ? shops[0] : undefined
    const { id } = await store.insertImport(ctx.db, {
      ...known,
      fileName,
      digest,
      shopId: only?.shopId ?? null,
      encoding: encodingOf(bytes),
      rows: sheet.rows.length,
      fileSealed: sealFile(ctx, bytes),
      by: ctx.actor.name,
      now: ctx.now(),
    })
    await audit(ctx, {
      deed: 'imports.uploaded',
      object: 'import',
      objectId: id,
      details: { fileName, kind: known.kind, channel: known.channel, rows: sheet.rows.length },
    })
    return showImport(ctx, seams, { importId: id })
  })
}

interface Recognised {
  readonly kind: ImportRow['kind']
  readonly channel: string | null
  readonly things: number
}

function recognise(ctx: Ctx, seams: ImportSeams, sheet: Sheet): Recognised {
  const orders = recogniseOrders(ctx, sheet, ctx.now())
  if (orders !== null) return { kind: 'orders', channel: orders.plug.manifest.id, things: orders.orders.length }
  const kind = seams.kinds.find((one) => one.recognise(sheet) !== null)
  if (kind !== undefined) return { kind: kind.kind, channel: null, things: sheet.rows.length }
  const shown = sheet.headers.slice(0, 6).join('、')
  throw new Failure('IMPORT_UNRECOGNISED', { reason: `表头是“${shown}”。请直接用平台后台导出的文件，或下载我们的模板` })
}

/** Puts other text into cells before running. Throws IMPORT_NOT_FOUND, IMPORT_STATE_REFUSED, INPUT_INVALID. */
export async function correctImport(
  outer: Ctx,
  seams: ImportSeams,
  { importId, cells }: { readonly importId: number; readonly cells: readonly Correction[] },
): Promise<PreviewAnswer> {
  return outer.tx(async (ctx) => {
    const row = await mustBe(ctx, importId, { states: ['ready'], deed: '改正' })
    const file = await openFile(ctx, row)
    if (file === null) throw new Failure('IMPORT_NOT_FOUND', { importId })
    const sheet = corrected(file.sheet, cells)
    const seen = await examine(ctx, seams, { row, sheet, shopId: row.shopId })
    await store.saveCorrections(ctx.db, importId, {
      sealed: sealJson(ctx, [...file.corrections, ...cells]),
      things: seen.new + seen.known + seen.changed,
    })
    await audit(ctx, {
      deed: 'imports.corrected',
      object: 'import',
      objectId: importId,
      details: { cells: cells.map(({ row: at, column }) => ({ row: at, column })) },
    })
    return showImport(ctx, seams, { importId })
  })
}

const stateWords = {
  ready: '待导入',
  running: '正在导入',
  stopped: '已停止',
  done: '已导入',
  failed: '失败',
  undoing: '正在撤销',
  undone: '已撤销',
  dropped: '已放弃',
} as const satisfies Record<ImportRow['state'], string>

/** The import, locked. Throws IMPORT_NOT_FOUND, IMPORT_STATE_REFUSED. */
export async function mustBe(
  ctx: Ctx,
  importId: number,
  asked: { readonly states: readonly ImportRow['state'][]; readonly deed: string },
): Promise<ImportRow> {
  const row = await store.lockImport(ctx.db, importId)
  if (row === null) throw new Failure('IMPORT_NOT_FOUND', { importId })
  if (!asked.states.includes(row.state))
    throw new Failure('IMPORT_STATE_REFUSED', { state: stateWords[row.state], deed: asked.deed })
  return row
}

/** Lets a file be that was not run. */
export async function dropImport(outer: Ctx, importId: number): Promise<void> {
  await outer.tx(async (ctx) => {
    await mustFindImport(ctx, importId)
    await mustBe(ctx, importId, { states: ['ready', 'failed'], deed: '放弃' })
    await store.saveState(ctx.db, importId, 'dropped')
    await tell(ctx, 'imports.changed', { importId })
  })
}
