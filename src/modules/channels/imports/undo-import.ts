import { Failure } from '../../../core/failures.ts'
import { tell } from '../../../platform/events/tell.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../../platform/module.ts'
import { audit } from '../../security/index.ts'
import type { ImportRow } from '../store/imports.ts'
import * as store from '../store/imports.ts'
import { mustFindImport } from './file.ts'
import type { ImportKind, ImportSeams, UndoLeft } from './kinds.ts'
import { mustMayImport } from './rights.ts'
import { mustBe } from './upload-import.ts'

/** What an undo would do, and what it cannot, with the reason (撤销预览). Throws IMPORT_NOT_FOUND, IMPORT_STATE_REFUSED. */
export async function previewUndo(
  outer: Ctx,
  seams: ImportSeams,
  importId: number,
): Promise<{ undone: number; left: UndoLeft[] }> {
  return outer.tx(async (ctx) => {
    await mustFindImport(ctx, importId)
    const row = await mustBe(ctx, importId, { states: ['done', 'stopped'], deed: '撤销' })
    if (row.kind !== 'orders') {
      const { undone, left } = await kindOf(seams, row).previewUndo(ctx, importId)
      return { undone, left: [...left] }
    }
    const { free, left } = await sortOrders(ctx, seams, row)
    return { undone: free.length, left }
  })
}

function kindOf(seams: ImportSeams, row: ImportRow): ImportKind {
  const kind = seams.kinds.find((one) => one.kind === row.kind)
  if (kind === undefined) throw new Failure('IMPORT_UNRECOGNISED', { reason: '这类文件的功能没有开启' })
  return kind
}

/** Which orders of an import can be taken back: those that it brought and that nobody has touched since. */
async function sortOrders(ctx: Ctx, seams: ImportSeams, row: ImportRow): Promise<{ free: string[]; left: UndoLeft[] }> {
  const brought = await store.lockBrought(ctx.db, row.id)
  const channelOrderNos = brought.map((order) => order.channelOrderNo)
  const touched =
    row.shopId === null
      ? new Map<string, string>()
      : await seams.orders.touched(ctx, { shopId: row.shopId, channelOrderNos })
  const reasonOf = (order: (typeof brought)[number]) =>
    order.isOnlyFromFile ? touched.get(order.channelOrderNo) : '平台接口也传来了这一单'
  const left = brought.flatMap((order) => {
    const zh = reasonOf(order)
    return zh === undefined ? [] : [{ label: order.channelOrderNo, zh }]
  })
  const updated = row.done - brought.length
  if (updated > 0) left.push({ label: `${updated} 单`, zh: '导入前已有，本次只是更新，不撤回' })
  return { free: brought.filter((order) => reasonOf(order) === undefined).map((order) => order.channelOrderNo), left }
}

/** Takes an import back in the background (撤销导入). Throws IMPORT_NOT_FOUND, IMPORT_STATE_REFUSED, PERMISSION_NEEDED. */
export async function undoImport(outer: Ctx, seams: ImportSeams, importId: number): Promise<void> {
  await outer.tx(async (ctx) => {
    const row = await mustBe(ctx, importId, { states: ['done', 'stopped'], deed: '撤销' })
    mustMayImport(ctx, seams, row)
    await store.saveState(ctx.db, importId, 'undoing')
    await audit(ctx, { deed: 'imports.undone', object: 'import', objectId: importId })
    await enqueue(ctx, 'imports.undo', { importId }, { key: `imports.undo:${importId}`, queue: 'imports' })
    await tell(ctx, 'imports.changed', { importId })
  })
}

/** Does the undo (a job), all of it or nothing. When it cannot be done the import stands as before, and the failure where people see it. */
export async function workUndo(outer: Ctx, seams: ImportSeams, importId: number): Promise<void> {
  try {
    await undoNow(outer, seams, importId)
  } catch (error) {
    if (error instanceof Failure && error.retry === 'never') await store.saveAsBeforeUndo(outer.db, importId)
    throw error
  }
}

async function undoNow(outer: Ctx, seams: ImportSeams, importId: number): Promise<void> {
  await outer.tx(async (ctx) => {
    const row = await store.lockImport(ctx.db, importId)
    if (row?.state !== 'undoing') return
    if (row.kind === 'orders') await undoOrders(ctx, seams, row)
    else await kindOf(seams, row).undo(ctx, importId)
    await store.saveState(ctx.db, importId, 'undone')
    await tell(ctx, 'imports.changed', { importId })
  })
}

async function undoOrders(ctx: Ctx, seams: ImportSeams, row: ImportRow): Promise<void> {
  const { free } = await sortOrders(ctx, seams, row)
  if (free.length === 0 || row.shopId === null) return
  await seams.orders.withdraw(ctx, { shopId: row.shopId, channelOrderNos: free })
  await store.saveWithdrawn(ctx.db, row.id, free)
}
