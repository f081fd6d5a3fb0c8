import type { Instant } from '../time/instant.ts'

/**
 * How far a shop has gone over to us (上线阶段). `off`: nothing is asked or told. `read-only`: orders come in, nothing is written to the
 * channel. `shadow`: likewise, and what we would do is compared with what is done there. `live`: we do it.
 */
export const shopStages = ['off', 'read-only', 'shadow', 'live'] as const
export type ShopStage = (typeof shopStages)[number]

export function shopStage(shop: {
  readonly pausedAt: Instant | null
  readonly isReadOnly: boolean
  readonly shadowSince: Instant | null
}): ShopStage {
  if (shop.pausedAt !== null) return 'off'
  if (!shop.isReadOnly) return 'live'
  return shop.shadowSince === null ? 'read-only' : 'shadow'
}
