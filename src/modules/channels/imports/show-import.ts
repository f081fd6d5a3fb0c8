import type { z } from 'zod'
import type { readImport as readRoute } from '../../../contract/imports.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { CellError, Sheet } from '../../../kit/channel.ts'
import type { Ctx } from '../../../platform/module.ts'
import type { ImportRow } from '../store/imports.ts'
import * as store from '../store/imports.ts'
import { listShops } from '../store/shops.ts'
import { troubleOf } from '../unsent.ts'
import { badRowsOf, mustFindImport, openFile } from './file.ts'
import type { ImportCounts, ImportSeams } from './kinds.ts'
import { countOrders, readOrders } from './order-files.ts'
import { cellShower } from './rights.ts'

export type PreviewAnswer = z.input<(typeof readRoute)['output']>
type RowAnswer = PreviewAnswer['import']

export interface Examined extends ImportCounts {
  readonly errors: readonly CellError[]
  readonly meanings: ReadonlyMap<string, string>
}

const nothingSeen: Examined = { new: 0, known: 0, changed: 0, errors: [], meanings: new Map() }

/** What the file holds, as its kind reads it now. */
export async function examine(
  ctx: Ctx,
  seams: ImportSeams,
  { row, sheet, shopId }: { readonly row: ImportRow; readonly sheet: Sheet; readonly shopId: number | null },
): Promise<Examined> {
  if (row.kind === 'orders') {
    const file = readOrders(ctx.plugs.channel(row.channel ?? ''), sheet, row.uploadedAt)
    if (file === null) return nothingSeen
    return { ...(await countOrders(ctx, file, shopId)), errors: file.errors, meanings: new Map() }
  }
  const kind = seams.kinds.find((one) => one.kind === row.kind)
  if (kind === undefined) return nothingSeen
  return { ...(await kind.preview(ctx, sheet)), meanings: kind.recognise(sheet) ?? new Map() }
}

const firstRows = 20
const errorsShown = 500

/**
 * An import with its preview (导入预览): first rows, errors per cell, and what running it would bring. While it is worked on its file is not read
 * again, and only its progress is told. Throws IMPORT_NOT_FOUND.
 */
export async function showImport(
  ctx: Ctx,
  seams: ImportSeams,
  asked: { readonly importId: number; readonly shopId?: number | undefined },
): Promise<PreviewAnswer> {
  const row = await mustFindImport(ctx, asked.importId)
  const shops = await shopsFor(ctx, row)
  const shopId = asked.shopId ?? row.shopId ?? (shops.length === 1 ? (shops[0]?.shopId ?? null) : null)
  const isWorking = row.state === 'running' || row.state === 'undoing'
  const file = isWorking ? null : await openFile(ctx, row)
  const sheet = file?.sheet ?? { fileName: row.fileName, headers: [], rows: [] }
  const seen = isWorking ? nothingSeen : await examine(ctx, seams, { row, sheet, shopId })
  const shown = cellShower(ctx, seams, { row, sheet })
  return {
    import: answerOf(ctx, seams, row),
    encoding: row.encoding,
    shops,
    columns: sheet.headers.map((header) => ({ header, meaningZh: seen.meanings.get(header) ?? null })),
    firstRows: sheet.rows
      .slice(0, firstRows)
      .map((cells) => cells.map((cell, i) => shown(sheet.headers[i] ?? '', cell))),
    errors: seen.errors.slice(0, errorsShown).map((error) => ({ ...error, value: shown(error.column, error.value) })),
    errorCount: seen.errors.length,
    errorRows: badRowsOf(seen.errors).size,
    new: seen.new,
    known: seen.known,
    changed: seen.changed,
  }
}

/** Shops that an order file may belong to. */
export async function shopsFor(
  ctx: Ctx,
  row: Pick<ImportRow, 'kind' | 'channel'>,
): Promise<{ shopId: number; name: string }[]> {
  if (row.kind !== 'orders') return []
  const shops = await listShops(ctx.db)
  return shops.filter((shop) => shop.channel === row.channel).map(({ id, name }) => ({ shopId: id, name }))
}

function answerOf(ctx: Ctx, seams: ImportSeams, row: ImportRow): RowAnswer {
  return {
    importId: row.id,
    fileName: row.fileName,
    kind: row.kind,
    zh: `${kindWords(ctx, seams, row)}，${row.encoding}，${grouped(row.rows)} 行`,
    channel: row.channel,
    shopId: row.shopId,
    state: row.state,
    rows: row.rows,
    things: row.things,
    done: row.done,
    known: row.known,
    failed: row.failed,
    by: row.uploadedBy,
    uploadedAt: isoText(row.uploadedAt),
    endedAt: row.endedAt === null ? null : isoText(row.endedAt),
    trouble: troubleOf(row.code, row.details),
  }
}

const plainWords = { orders: '订单', stock: '库存表', products: '商品表', waybills: '运单号' } as const

function kindWords(ctx: Ctx, seams: ImportSeams, row: ImportRow): string {
  if (row.kind !== 'orders') return seams.kinds.find((one) => one.kind === row.kind)?.zh ?? plainWords[row.kind]
  return `${ctx.plugs.channels.find((plug) => plug.manifest.id === row.channel)?.manifest.zh ?? row.channel ?? ''}订单导出`
}

const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

export async function listImports(
  ctx: Ctx,
  seams: ImportSeams,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
) {
  const rows = await store.listImports(ctx.db, { before: before ?? null, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  return {
    rows: shown.map((row) => answerOf(ctx, seams, row)),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}
