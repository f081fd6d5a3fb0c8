import { linePrices } from './money.ts'
import type { Basket, Buyer, Line, Order } from './state.ts'
import { secondNow, type World } from './world.ts'

export interface NewOrder {
  readonly basket: Basket
  readonly buyer: Buyer
  readonly isCod: boolean
  readonly note: string
  readonly warehouse: string
  readonly source: string
  readonly parentId: string | null
}

/** An order as it stands a moment after it was placed: nothing paid, not yet entered. */
export function orderOf(world: World, { basket, ...rest }: NewOrder): Order {
  const prices = linePrices(basket)
  const lines = basket.lines.map(
    (goods, place): Line => ({ ...goods, paidFen: prices[place]!, shippedQuantity: 0, refundedFen: 0 }),
  )
  const now = secondNow(world)
  return {
    ...basket,
    ...rest,
    lines,
    orderId: nextOrderId(world),
    createdAt: now,
    state: 'NOT_PAY',
    modifiedAt: now,
    touchedAt: world.clock.now(),
    paidAt: null,
    endedAt: null,
    remark: '',
    remarkedAt: 0,
    flag: '0',
    receiver: rest.buyer.receiver,
    parcels: [],
    applications: [],
    services: [],
  }
}

function nextOrderId(world: World): string {
  world.lastOrderId += world.dice.whole(1, 997)
  return String(world.lastOrderId)
}
