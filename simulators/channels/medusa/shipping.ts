import { putBack, takeOut } from './goods.ts'
import type { Fulfilment, Label, Order, Pieces } from './model.ts'
import type { Shop } from './shop.ts'

/** What goes into a fulfilment. */
export interface Packing {
  readonly locationId: string
  readonly pieces: readonly Pieces[]
  readonly metadata: Fulfilment['metadata']
}

/** Packs pieces: they leave the stock, nothing is handed over yet. Source: own-site.md 5 and 8, trap 5. */
export function pack(shop: Shop, order: Order, { locationId, pieces, metadata }: Packing): Order {
  const at = shop.now()
  const fulfilment: Fulfilment = {
    id: shop.newId('ful'),
    locationId,
    pieces,
    labels: [],
    metadata,
    createdAt: at,
    updatedAt: at,
    shippedAt: null,
    deliveredAt: null,
    canceledAt: null,
    isReported: false,
  }
  const taken = takeOut(shop, order, pieces)
  return { ...taken, fulfilments: [...taken.fulfilments, fulfilment] }
}

/** Hands a fulfilment over, with the labels on its parcels. */
export interface HandingOver {
  readonly id: string
  readonly labels: readonly Label[]
  readonly metadata: Fulfilment['metadata']
  readonly isReported: boolean
}

export function handOver(order: Order, { id, metadata, ...told }: HandingOver, at: number): Order {
  return changed(order, id, (fulfilment) => ({
    ...fulfilment,
    ...told,
    metadata: metadata ? { ...fulfilment.metadata, ...metadata } : fulfilment.metadata,
    shippedAt: at,
    updatedAt: at,
  }))
}

export function deliver(order: Order, id: string, at: number): Order {
  return changed(order, id, (fulfilment) => ({ ...fulfilment, deliveredAt: at, updatedAt: at }))
}

export function unpack(shop: Shop, order: Order, { id, pieces }: Fulfilment): Order {
  const at = shop.now()
  const kept = changed(order, id, (fulfilment) => ({ ...fulfilment, canceledAt: at, updatedAt: at }))
  return putBack(shop, kept, pieces)
}

function changed(order: Order, id: string, change: (fulfilment: Fulfilment) => Fulfilment): Order {
  return { ...order, fulfilments: order.fulfilments.map((each) => (each.id === id ? change(each) : each)) }
}

export function labelOf(shop: Shop, told: Omit<Label, 'id'>): Label {
  return { id: shop.newId('fullabel'), ...told }
}
