import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { Order } from './model.ts'

/** Every order there ever was, and those that lists may show in the order of two of their times. */
export interface Orders {
  readonly get: (id: string) => Order | null
  /** The id of the order that a payment belongs to. */
  readonly ofPayment: (paymentId: string) => string | null
  readonly put: (order: Order) => void
  readonly all: () => Iterable<Order>
  readonly byUpdated: Sorted<Order>
  readonly byCreated: Sorted<Order>
}

export function createOrders(): Orders {
  const byId = new Map<string, Order>()
  const byPayment = new Map<string, string>()
  const byUpdated = sortedBy<Order>(({ updatedAt }) => updatedAt)
  const byCreated = sortedBy<Order>(({ createdAt }) => createdAt)

  function put(order: Order): void {
    const before = byId.get(order.id)
    if (before && isListed(before)) {
      byUpdated.remove(before)
      byCreated.remove(before)
    }
    byId.set(order.id, order)
    byPayment.set(order.paymentId, order.id)
    if (isListed(order)) {
      byUpdated.add(order)
      byCreated.add(order)
    }
  }

  return {
    get: (id) => byId.get(id) ?? null,
    ofPayment: (paymentId) => byPayment.get(paymentId) ?? null,
    put,
    all: () => byId.values(),
    byUpdated,
    byCreated,
  }
}

/** Drafts have a list of their own. */
const isListed = ({ status }: Order) => status !== 'draft'

/** The same orders, where what is written down is seen by single reads alone. */
export function ordersOnPaper(orders: Orders): Orders {
  const written = new Map<string, Order>()
  return {
    ...orders,
    get: (id) => written.get(id) ?? orders.get(id),
    put: (order) => {
      written.set(order.id, order)
    },
  }
}
