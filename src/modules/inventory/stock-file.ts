import { undoCount } from '../../core/inventory/count.ts'
import { beijingText } from '../../core/time/instant.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import type { ImportKind } from '../channels/index.ts'
import { audit } from '../security/index.ts'
import { countShelves } from './count-shelves.ts'
import { movementLine } from './movement-line.ts'
import { meaningOfColumns, readStockSheet, type StockLine } from './stock-sheet.ts'
import * as store from './store/imported.ts'
import { insertMovements, readShelves } from './store/shelves.ts'

type Counts = Awaited<ReturnType<ImportKind['preview']>>
type Left = Awaited<ReturnType<ImportKind['previewUndo']>>['left'][number]

/**
 * 库存表: a file of counted pieces, each row the truth about one SKU at one place, with the safety stock where it is given. Running it is a
 * count; undoing it takes back what it changed, as far as nothing was counted anew and nobody needs the pieces.
 */
export const stockFile: ImportKind = {
  kind: 'stock',
  zh: '库存表',
  permission: 'stock.adjust',
  recognise: meaningOfColumns,
  preview: async (ctx, sheet) => {
    const { lines, errors } = await readStockSheet(ctx, sheet)
    const skuIds = [...new Set(lines.map((line) => line.skuId))]
    const shelves = new Map((await readShelves(ctx.db, skuIds)).map((row) => [keyOf(row), row.onHand]))
    const safety = await safetyOf(ctx, skuIds)
    const sorts = lines.map((line) => sortOf(line, shelves.get(keyOf(line)) ?? null, safety.get(line.skuId) ?? 0))
    return { ...tally(sorts), errors }
  },
  run: async (ctx, { importId, sheet, badRows }) => {
    const read = await readStockSheet(ctx, sheet)
    const reason = `导入“${sheet.fileName}”，导入编号 ${importId}`
    const lines = read.lines
      .filter((line) => !badRows.has(line.row))
      .sort((a, b) => a.skuId - b.skuId || a.warehouseId - b.warehouseId)
    const sorts: Sort[] = []
    for (let at = 0; at < lines.length; at += lot)
      sorts.push(...(await countLot(ctx, lines.slice(at, at + lot), { importId, reason })))

    const changed = lines.filter((_, at) => sorts[at] !== 'known')
    await audit(ctx, {
      deed: 'inventory.counted',
      object: 'stock',
      objectId: null,
      details: { importId, lines: lines.length, differences: changed.length },
    })
    await tellChanged(ctx, changed)
    const errors = read.errors.filter((error) => !badRows.has(error.row))
    return { ...tally(sorts), errors: errors.map(({ row, zh }) => ({ row, zh })) }
  },
  previewUndo: async (ctx, importId) => {
    const verdicts = (await store.listImported(ctx.db, importId)).map(verdictOn)
    return {
      undone: verdicts.filter((one) => one.left.length === 0).length,
      left: verdicts.flatMap((one) => one.left),
    }
  },
  undo: async (ctx, importId) => {
    await store.lockImported(ctx.db, importId)
    const verdicts = (await store.listImported(ctx.db, importId)).map(verdictOn)
    await takeBackCounts(ctx, importId, verdicts)
    const safeties = verdicts.filter((one) => one.restoresSafety)
    if (safeties.length > 0)
      await store.saveSafeties(
        ctx.db,
        safeties.map(({ shelf }) => ({ skuId: shelf.skuId, pieces: shelf.safetyBefore })),
      )
    await tellChanged(
      ctx,
      verdicts.filter((one) => one.takesBack || one.restoresSafety).map(({ shelf }) => shelf),
    )
  },
}

const lot = 1_000

type Sort = 'new' | 'known' | 'changed'

const keyOf = ({ skuId, warehouseId }: Pick<StockLine, 'skuId' | 'warehouseId'>) => `${skuId} ${warehouseId}`

/** `before` is null where the SKU has never been at this place. */
function sortOf(line: StockLine, before: number | null, safety: number): Sort {
  const isSame = line.quantity === (before ?? 0) && (line.safety ?? safety) === safety
  if (isSame) return 'known'
  return before === null ? 'new' : 'changed'
}

function tally(sorts: readonly Sort[]): Pick<Counts, Sort> {
  const of = (sort: Sort) => sorts.filter((one) => one === sort).length
  return { new: of('new'), known: of('known'), changed: of('changed') }
}

const safetyOf = async (ctx: Ctx, skuIds: readonly number[]) =>
  new Map((await store.listSafety(ctx.db, skuIds)).map((row) => [row.skuId, row.pieces]))

/** Counts a lot of lines and keeps what it changed. A fixed number of statements, whatever the size of the lot. */
async function countLot(
  ctx: Ctx,
  lines: readonly StockLine[],
  { importId, reason }: { readonly importId: number; readonly reason: string },
): Promise<Sort[]> {
  const counts = await countShelves(
    ctx,
    lines.map((line) => ({ ...line, counted: line.quantity })),
    reason,
  )
  const safety = await safetyOf(ctx, [...new Set(lines.map((line) => line.skuId))])
  const sorts = lines.map((line, at) => sortOf(line, counts[at]?.before ?? null, safety.get(line.skuId) ?? 0))

  const safeties = new Map<number, number>()
  const kept = lines.flatMap((line, at): store.ImportedShelf[] => {
    const { skuId, warehouseId } = line
    const change = counts[at]?.difference ?? 0
    // Of several places of a SKU the first one carries its safety stock.
    const sets = line.safety !== null && line.safety !== (safety.get(skuId) ?? 0) && !safeties.has(skuId)
    if (sets) safeties.set(skuId, line.safety)
    if (change === 0 && !sets) return []
    const safetyBefore = sets ? (safety.get(skuId) ?? null) : null
    return [{ skuId, warehouseId, change, safetyBefore, safetyAfter: sets ? line.safety : null }]
  })
  if (safeties.size > 0)
    await store.saveSafeties(
      ctx.db,
      [...safeties].map(([skuId, pieces]) => ({ skuId, pieces })),
    )
  if (kept.length > 0) await store.insertImported(ctx.db, importId, kept)
  return sorts
}

interface Verdict {
  readonly shelf: store.Imported
  readonly takesBack: boolean
  readonly restoresSafety: boolean
  readonly left: readonly Left[]
}

function verdictOn(shelf: store.Imported): Verdict {
  const undo = undoCount(shelf)
  const isCount = shelf.change !== 0
  const setsSafety = shelf.safetyAfter !== null
  const isSafetyAsSet = shelf.safetyNow === shelf.safetyAfter
  const left: Left[] = []
  if (isCount && undo.kind !== 'undo')
    left.push({ label: `${shelf.code}（${shelf.warehouse}）`, zh: undoWords(undo, shelf.change) })
  if (setsSafety && !isSafetyAsSet) left.push({ label: `${shelf.code} 的安全库存`, zh: '之后又改过' })
  return {
    shelf,
    takesBack: isCount && undo.kind === 'undo',
    restoresSafety: setsSafety && isSafetyAsSet,
    left,
  }
}

function undoWords(undo: Exclude<ReturnType<typeof undoCount>, { kind: 'undo' }>, change: number): string {
  return undo.kind === 'counted-again'
    ? `${beijingText(undo.at).slice(0, 16)} 又盘点过，以那次为准`
    : `要减 ${change} 件，没被订单占用的只有 ${undo.free} 件`
}

async function takeBackCounts(ctx: Ctx, importId: number, verdicts: readonly Verdict[]): Promise<void> {
  const shelves = verdicts.filter((one) => one.takesBack).map(({ shelf }) => shelf)
  if (shelves.length === 0) return
  const reason = `撤销导入，导入编号 ${importId}`
  const movements = shelves.map((shelf) => movementLine(ctx, 'adjust', { ...shelf, onHand: -shelf.change, reason }))
  await insertMovements(ctx.db, movements, ctx.now())
  await store.saveUndone(ctx.db, importId, { shelves, at: ctx.now() })
}

async function tellChanged(ctx: Ctx, shelves: readonly { readonly skuId: number }[]): Promise<void> {
  const skuIds = [...new Set(shelves.map((shelf) => shelf.skuId))]
  if (skuIds.length > 0) await tell(ctx, 'inventory.changed', { skuIds })
}
