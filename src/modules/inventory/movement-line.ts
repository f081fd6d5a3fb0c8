import type { Ctx } from '../../platform/module.ts'
import type { Movement, MovementKind } from './store/shelves.ts'

/** A line of the ledger that changes what is on hand, by whoever acts. */
export function movementLine(
  ctx: Ctx,
  kind: MovementKind,
  line: Pick<Movement, 'skuId' | 'warehouseId' | 'onHand' | 'reason'>,
): Movement {
  const { skuId, warehouseId, onHand, reason } = line
  return { kind, skuId, warehouseId, onHand, reserved: 0, incoming: 0, orderId: null, actor: ctx.actor.name, reason }
}
