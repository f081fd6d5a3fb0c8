import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { Order } from './model.ts'

/** Every order there ever was, and those that lists may show in the order of two of their times. */
export interface Orders {
  readonly get: (id: number) => Order | null
  readonly put: (order: Order) => void
  readonly all: () => Iterable<Order>
  readonly byModified: Sorted<Order>
  readonly byCreated: Sorted<Order>
  /** Another store with the same orders, to try something out. */
  readonly copy: () => Orders
}

export function createOrders(): Orders {
  const byId = new Map<number, Order>()
  const byModified = sortedBy<Order>(({ modifiedAt }) => modifiedAt)
  const byCreated = sortedBy<Order>(({ createdAt }) => createdAt)

  function put(order: Order): void {
    const before = byId.get(order.id)
    if (before && isListed(before)) {
      byModified.remove(before)
      byCreated.remove(before)
    }
    byId.set(order.id, order)
    if (isListed(order)) {
      byModified.add(order)
      byCreated.add(order)
    }
  }

  function copy(): Orders {
    const other = createOrders()
    for (const order of byId.values()) other.put(order)
    return other
  }

  return { get: (id) => byId.get(id) ?? null, put, all: () => byId.values(), byModified, byCreated, copy }
}

/** `status=any` leaves out the trash. Source: own-site.md 2.2, recipe 3. */
function isListed({ status, isDeleted }: Order): boolean {
  return !isDeleted && status !== 'trash'
}
