import { type CountedHold, settleCount } from '../../core/inventory/count.ts'
import { stockKey } from '../../core/inventory/reserve.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { movementLine } from './movement-line.ts'
import { listHoldsOn } from './store/facts.ts'
import { insertMovements, lockShelves, reduceHeld, type ShelfRow } from './store/shelves.ts'

/** What was counted of a SKU at an active place, in pieces. */
export interface ShelfToCount {
  readonly skuId: number
  readonly warehouseId: number
  readonly counted: number
}

export interface ShelfCount extends ShelfToCount {
  /** What the books said; null where the SKU had never been. */
  readonly before: number | null
  readonly difference: number
  /** Holds that went with the missing pieces. */
  readonly lost: readonly CountedHold[]
}

/**
 * Makes what was counted the truth (盘点), in the caller's transaction; a place named twice is as counted last. Orders that lose their hold by
 * it are told of by `inventory.holds-lost`; the caller tells `inventory.changed`. At most five statements, whatever the number.
 */
export async function countShelves(ctx: Ctx, asked: readonly ShelfToCount[], reason: string): Promise<ShelfCount[]> {
  const lines = [...new Map(asked.map((line) => [keyOf(line), line])).values()]
  const skuIds = [...new Set(lines.map((line) => line.skuId))]
  const shelves = new Map((await lockShelves(ctx.db, skuIds)).map((row) => [keyOf(row), row]))
  const holds = await holdsInDanger(ctx, lines, shelves)

  const counts = lines.map((line) => {
    const before = shelves.get(keyOf(line))?.onHand ?? null
    return { ...line, before, ...settleCount(before ?? 0, line.counted, holds.get(keyOf(line)) ?? []) }
  })
  await saveCounts(ctx, counts, reason)
  return counts
}

const keyOf = ({ skuId, warehouseId }: Pick<ShelfToCount, 'skuId' | 'warehouseId'>) => stockKey(skuId, warehouseId)

/** What orders hold where fewer pieces were counted than they hold. */
async function holdsInDanger(
  ctx: Ctx,
  lines: readonly ShelfToCount[],
  shelves: ReadonlyMap<string, ShelfRow>,
): Promise<ReadonlyMap<string, CountedHold[]>> {
  const short = lines.filter((line) => line.counted < (shelves.get(keyOf(line))?.reserved ?? 0))
  if (short.length === 0) return new Map()
  // Keys rise with time of intake, which is near enough to say who came last.
  const holds = (await listHoldsOn(ctx.db, short)).map((hold) => ({ ...hold, since: hold.orderId }))
  return Map.groupBy(holds, keyOf)
}

async function saveCounts(ctx: Ctx, counts: readonly ShelfCount[], reason: string): Promise<void> {
  const gone = counts.flatMap(({ skuId, warehouseId, lost }) => lost.map((hold) => ({ ...hold, skuId, warehouseId })))
  const movements = [
    ...gone.map((hold) => ({
      ...movementLine(ctx, 'release', { ...hold, onHand: 0, reason }),
      reserved: -hold.quantity,
      orderId: hold.orderId,
    })),
    ...counts
      .filter((one) => one.difference !== 0)
      .map((one) => movementLine(ctx, 'count', { ...one, onHand: one.difference, reason })),
  ]
  if (gone.length > 0) await reduceHeld(ctx.db, gone)
  if (movements.length > 0) await insertMovements(ctx.db, movements, ctx.now())
  if (gone.length > 0)
    await tell(ctx, 'inventory.holds-lost', { orderIds: [...new Set(gone.map((hold) => hold.orderId))] })
}
