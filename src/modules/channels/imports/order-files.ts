import { parseIso } from '../../../core/time/instant.ts'
import type { AnyChannel, CellError, Sheet, SheetReading } from '../../../kit/channel.ts'
import type { Ctx } from '../../../platform/module.ts'
import * as store from '../store/imports.ts'
import { contentOf, storeSeen } from '../store-seen.ts'
import { badRowsOf } from './file.ts'
import type { ImportCounts } from './kinds.ts'

/** An order export (订单导出) recognised by a channel's own reader. */
export interface OrderFile {
  readonly plug: AnyChannel
  readonly orders: SheetReading['orders']
  readonly errors: readonly CellError[]
}

/** The channel whose export this is; of several the one that finds the fewest errors. Null when it is none's. `at` stands in for a missing time of change. */
export function recogniseOrders(ctx: Ctx, sheet: Sheet, at: number): OrderFile | null {
  const files = ctx.plugs.channels.flatMap((plug) => {
    const file = readOrders(plug, sheet, at)
    return file === null ? [] : [file]
  })
  return files.sort((a, b) => a.errors.length - b.errors.length || b.orders.length - a.orders.length)[0] ?? null
}

/** Orders without a wrong cell; null when the headers are not this channel's. */
export function readOrders(plug: AnyChannel, sheet: Sheet, at: number): OrderFile | null {
  const reading = plug.operations['export.read']?.(sheet, at) ?? null
  if (reading === null) return null
  const badRows = badRowsOf(reading.errors)
  return {
    plug,
    orders: reading.orders.filter((order) => !order.rows.some((row) => badRows.has(row))),
    errors: reading.errors,
  }
}

/** Which orders of the file are new to a shop, and which it would change. Without a shop all are new. */
export async function countOrders(ctx: Ctx, file: OrderFile, shopId: number | null): Promise<ImportCounts> {
  if (shopId === null) return { new: file.orders.length, known: 0, changed: 0 }
  const held = await store.listContents(
    ctx.db,
    shopId,
    file.orders.map(({ order }) => order.channelOrderNo),
  )
  const byNo = new Map(held.map((row) => [row.channelOrderNo, row]))
  const counts = { new: 0, known: 0, changed: 0 }
  for (const { order } of file.orders) {
    const known = byNo.get(order.channelOrderNo)
    if (known === undefined || known.state === 'withdrawn') counts.new += 1
    else if (known.content === contentOf(ctx.vault, order) || known.modifiedAt > parseIso(order.modifiedAt))
      counts.known += 1
    else counts.changed += 1
  }
  return counts
}

const perStep = 200

/**
 * Stores the file's orders as seen, step by step, each with its progress in one transaction. `from` of them were done before the
 * process ended or somebody stopped it; they are not counted twice.
 */
export async function storeOrders(
  ctx: Ctx,
  file: OrderFile,
  run: {
    readonly importId: number
    readonly shopId: number
    readonly from: number
    readonly onStep: (ctx: Ctx) => Promise<void>
  },
): Promise<'all' | 'stopped'> {
  for (let at = run.from; at < file.orders.length; at += perStep) {
    const step = file.orders.slice(at, at + perStep)
    const goesOn = await ctx.tx(async (inner) => {
      if (!(await isRunning(inner, run.importId))) return false
      const { isNew } = await storeSeen(inner, step, { shopId: run.shopId, source: 'import', importId: run.importId })
      await store.saveProgress(inner.db, run.importId, { done: isNew.length, known: step.length - isNew.length })
      await run.onStep(inner)
      return true
    })
    if (!goesOn) return 'stopped'
  }
  return 'all'
}

/** Locks the import, so that nobody stops it within a step. */
export async function isRunning(ctx: Ctx, importId: number): Promise<boolean> {
  const row = await store.lockImport(ctx.db, importId)
  return row?.state === 'running'
}
