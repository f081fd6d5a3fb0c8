import { Failure } from '../../../core/failures.ts'
import { tell } from '../../../platform/events/tell.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../../platform/module.ts'
import { audit } from '../../security/index.ts'
import type { ImportRow } from '../store/imports.ts'
import * as store from '../store/imports.ts'
import { badRowsOf, type ImportFile, openFile, sealJson } from './file.ts'
import type { ImportSeams } from './kinds.ts'
import { isRunning, readOrders, storeOrders } from './order-files.ts'
import { mustMayImport } from './rights.ts'
import { examine, shopsFor } from './show-import.ts'
import { mustBe } from './upload-import.ts'

/**
 * Starts an import in the background. Throws IMPORT_STATE_REFUSED, PERMISSION_NEEDED, INPUT_INVALID when a shop must be chosen, or when
 * there are rows with errors and they were not said to be left out.
 */
export async function runImport(
  outer: Ctx,
  seams: ImportSeams,
  asked: { readonly importId: number; readonly shopId?: number | undefined; readonly onlyGoodRows: boolean },
): Promise<void> {
  await outer.tx(async (ctx) => {
    const row = await mustBe(ctx, asked.importId, { states: ['ready', 'stopped', 'failed'], deed: '开始导入' })
    mustMayImport(ctx, seams, row)
    const shopId = await chosenShop(ctx, row, asked.shopId)
    const file = await openFile(ctx, row)
    if (file === null) throw new Failure('IMPORT_NOT_FOUND', { importId: row.id })
    const { errors } = await examine(ctx, seams, { row, sheet: file.sheet, shopId })
    const badRows = badRowsOf(errors).size
    if (badRows > 0 && !asked.onlyGoodRows)
      throw new Failure('INPUT_INVALID', {
        field: '错误行',
        problem: `还有 ${badRows} 行有错，请改正，或选择只导入正确的行`,
      })
    await store.saveRun(ctx.db, row.id, { shopId, onlyGoodRows: asked.onlyGoodRows })
    await audit(ctx, {
      deed: 'imports.run',
      object: 'import',
      objectId: row.id,
      details: { shopId, onlyGoodRows: asked.onlyGoodRows },
    })
    await enqueue(ctx, 'imports.run', { importId: row.id }, { key: `imports.run:${row.id}`, queue: 'imports' })
    await tell(ctx, 'imports.changed', { importId: row.id })
  })
}

async function chosenShop(ctx: Ctx, row: ImportRow, wished: number | undefined): Promise<number | null> {
  if (row.kind !== 'orders') return null
  const shops = await shopsFor(ctx, row)
  const shopId = wished ?? row.shopId
  if (shopId !== null && shops.some((shop) => shop.shopId === shopId)) return shopId
  const problem = shops.length === 0 ? '还没有这个渠道的店铺，请先新建' : '请选择这些订单属于哪家店'
  throw new Failure('INPUT_INVALID', { field: '店铺', problem })
}

/**
 * Does the import (a job). Its steps are transactions with their progress in them: after a kill it goes on where it was. What it cannot do is
 * written on the import and not tried again, since a person must change something.
 */
export async function workImport(ctx: Ctx, seams: ImportSeams, importId: number): Promise<void> {
  const row = await store.findImport(ctx.db, importId)
  if (row === null || row.state !== 'running') return
  try {
    const file = await openFile(ctx, row)
    if (file === null) throw new Failure('IMPORT_NOT_FOUND', { importId })
    if (row.kind === 'orders') await workOrders(ctx, row, file)
    else await workKind(ctx, seams, { row, file })
  } catch (error) {
    if (!(error instanceof Failure) || error.retry !== 'never') throw error
    await ctx.tx(async (inner) => {
      await store.saveFailure(inner.db, importId, { code: error.code, details: error.details, now: inner.now() })
      await tell(inner, 'imports.changed', { importId })
    })
  }
}

async function workOrders(ctx: Ctx, row: ImportRow, { sheet }: ImportFile): Promise<void> {
  const importId = row.id
  const orders = readOrders(ctx.plugs.channel(row.channel ?? ''), sheet, row.uploadedAt)
  if (orders === null || row.shopId === null) throw new Failure('IMPORT_UNRECOGNISED', { reason: '改正后认不出表头了' })
  const onStep = (inner: Ctx) => tell(inner, 'imports.changed', { importId })
  const run = { importId, shopId: row.shopId, from: row.done + row.known, onStep }
  if ((await storeOrders(ctx, orders, run)) === 'stopped') return
  await ctx.tx(async (inner) => {
    if (!(await isRunning(inner, importId))) return
    await store.saveEnd(inner.db, importId, {
      state: 'done',
      failed: badRowsOf(orders.errors).size,
      rowErrorsSealed: null,
      now: inner.now(),
    })
    await tell(inner, 'imports.changed', { importId })
  })
}

/**
 * Stops an import of orders after the step it is at; the other kinds are one step. Throws IMPORT_NOT_FOUND, IMPORT_STATE_REFUSED,
 * PERMISSION_NEEDED.
 */
export async function stopImport(outer: Ctx, seams: ImportSeams, importId: number): Promise<void> {
  await outer.tx(async (ctx) => {
    const row = await mustBe(ctx, importId, { states: ['running'], deed: '停止' })
    mustMayImport(ctx, seams, row)
    await store.saveState(ctx.db, importId, 'stopped')
    await audit(ctx, { deed: 'imports.stopped', object: 'import', objectId: importId })
    await tell(ctx, 'imports.changed', { importId })
  })
}

async function workKind(
  ctx: Ctx,
  seams: ImportSeams,
  { row, file }: { readonly row: ImportRow; readonly file: ImportFile },
): Promise<void> {
  const kind = seams.kinds.find((one) => one.kind === row.kind)
  if (kind === undefined) throw new Failure('IMPORT_UNRECOGNISED', { reason: '这类文件的功能没有开启' })
  await ctx.tx(async (inner) => {
    const locked = await store.lockImport(inner.db, row.id)
    if (locked?.state !== 'running') return
    const { errors } = await kind.preview(inner, file.sheet)
    const badRows = badRowsOf(errors)
    const ran = await kind.run(inner, { importId: row.id, sheet: file.sheet, badRows })
    await store.saveProgress(inner.db, row.id, { done: ran.new + ran.changed, known: ran.known })
    const failed = new Set([...badRows, ...ran.errors.map((error) => error.row)]).size
    await store.saveEnd(inner.db, row.id, {
      state: 'done',
      failed,
      rowErrorsSealed: sealJson(inner, ran.errors),
      now: inner.now(),
    })
    await tell(inner, 'imports.changed', { importId: row.id })
  })
}
