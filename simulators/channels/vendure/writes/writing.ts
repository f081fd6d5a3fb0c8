import { notFound } from '../errors.ts'
import type { LineQuantity, Order } from '../model.ts'
import { numberOf } from '../questions.ts'
import type { World } from '../world.ts'

/** What mutations work on. */
export interface Writing {
  readonly world: World
  /** Success is to be answered and nothing done. */
  readonly isLie: boolean
}

/** `OrderLineInput`. */
export interface WantedLine {
  readonly orderLineId: string
  readonly quantity: number
}

/** Pieces of lines, added up by line, and the orders they are of. */
export interface Wanted {
  readonly orders: ReadonlySet<Order>
  readonly pieces: readonly LineQuantity[]
}

/** Throws ENTITY_NOT_FOUND for a line that no order has. */
export function wantedOf({ lines }: World, wanted: readonly WantedLine[]): Wanted {
  const orders = new Set<Order>()
  const quantities = new Map<number, number>()
  for (const { orderLineId, quantity } of wanted) {
    const found = lines.get(numberOf(orderLineId))
    if (found === undefined) throw notFound('OrderLine', orderLineId)
    orders.add(found.order)
    quantities.set(found.line.no, (quantities.get(found.line.no) ?? 0) + quantity)
  }
  return { orders, pieces: [...quantities].map(([lineNo, quantity]) => ({ lineNo, quantity })) }
}

/** Throws ENTITY_NOT_FOUND. */
export function orderBy({ orders }: World, id: string): Order {
  const order = orders.get(numberOf(id))
  if (order === undefined) throw notFound('Order', id)
  return order
}
