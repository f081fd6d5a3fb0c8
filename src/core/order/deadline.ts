import type { ChannelOrder } from '../channel/shapes.ts'
import { statusFacts } from '../channel/words.ts'
import type { Instant } from '../time/instant.ts'

/** 发货时限 of the house, for channels that give none: two days after payment, as most platforms ask. */
const houseShipWithinMs = 48 * 3_600_000

/** By when an order must leave (epoch ms): the channel's own promise, else the house's rule once it is paid; null before that. */
export function shipByOf(order: Pick<ChannelOrder, 'shipBy' | 'paidAt' | 'status'>): Instant | null {
  if (order.shipBy !== null) return Date.parse(order.shipBy)
  if (order.paidAt === null || !statusFacts[order.status].paid) return null
  return Date.parse(order.paidAt) + houseShipWithinMs
}
