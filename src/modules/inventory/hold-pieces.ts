import type { Ctx } from '../../platform/module.ts'
import { type Held, insertHeld, insertMovements, type Movement, reduceHeld } from './store/shelves.ts'

export type { Held }

/** Changes of what orders hold, decided on shelves the caller has locked. */
export interface HoldChanges {
  readonly released: readonly Held[]
  readonly held: readonly Held[]
  /** Pieces that left: they go from the hold and from the shelf at once. */
  readonly left: readonly Held[]
}

/**
 * Writes holds, releases and departures (占用, 释放, 出库) as movements and reservations, in the caller's transaction. At most four statements.
 * The database refuses what would promise a piece twice; that is a programmer's mistake here, since the shelves were locked.
 */
export async function changeHolds(ctx: Ctx, changes: HoldChanges, reason: string | null = null): Promise<void> {
  const line = (kind: Movement['kind'], held: Held, onHand: number, reserved: number): Movement => ({
    kind,
    skuId: held.skuId,
    warehouseId: held.warehouseId,
    onHand,
    reserved,
    incoming: 0,
    orderId: held.orderId,
    actor: ctx.actor.name,
    reason,
  })
  const movements = [
    ...changes.left.map((held) => line('dispatch', held, -held.quantity, -held.quantity)),
    ...changes.released.map((held) => line('release', held, 0, -held.quantity)),
    ...changes.held.map((held) => line('reserve', held, 0, held.quantity)),
  ]
  const gone = [...changes.left, ...changes.released]
  if (gone.length > 0) await reduceHeld(ctx.db, gone)
  if (changes.held.length > 0) await insertHeld(ctx.db, changes.held)
  if (movements.length > 0) await insertMovements(ctx.db, movements, ctx.now())
}
