import { type Chance, chance } from '../../aid/random.ts'
import type { ListingSeed, ListingState, ReportedShipment } from '../../simulator.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { EventType, Good, Order } from './model.ts'

/** Everything the website knows. Orders and goods are values that are replaced; nothing is kept anywhere else. */
export interface Shop {
  readonly now: () => number
  readonly orders: Ledger<Order>
  /** By SKU, in the order of their keys. */
  readonly goods: Map<string, Good>
  /** By order and parcel. */
  readonly reports: Map<string, ReportedShipment>
  readonly dice: Chance
  /** The next number of its kind, as the shop counts orders, lines, refunds, shipments and goods. */
  readonly nextNumber: (kind: 'order' | 'line' | 'refund' | 'shipment' | 'good') => number
  readonly tell: (type: EventType, order: Order) => void
}

export interface ShopSurroundings {
  readonly seed: number
  readonly now: () => number
  /** Where the shop's own events go. */
  readonly tell: (type: EventType, order: Order) => void
}

export function openShop({ seed, now, tell }: ShopSurroundings): Shop {
  const numbers = { order: 7300, line: 1500, refund: 0, shipment: 0, good: 100 }
  return {
    now,
    tell,
    orders: createLedger<Order>(),
    goods: new Map(),
    reports: new Map(),
    dice: chance(`${seed}:shop`),
    nextNumber: (kind) => {
      numbers[kind] += 1
      return numbers[kind]
    },
  }
}

/**
 * Lets something happen to an order: `change` gets the order and the time the change counts as made, and answers null when it
 * cannot happen. What happened is kept and told. Null also for an order that does not exist.
 */
export function alter(
  shop: Shop,
  { orderId, event }: { readonly orderId: string; readonly event: EventType },
  change: (order: Order, at: number) => Order | null,
): Order | null {
  const before = shop.orders.get(orderId)
  if (!before) return null
  const after = change(before, shop.orders.stamp(shop.now(), orderId))
  if (!after) return null
  shop.orders.put(after)
  shop.tell(event, after)
  return after
}

/** Adds goods, or replaces those whose SKU is known. */
export function seedGoods(shop: Shop, seeds: readonly ListingSeed[]): void {
  for (const seed of seeds) {
    const known = shop.goods.get(seed.merchantCode)
    shop.goods.set(seed.merchantCode, {
      id: known?.id ?? `G-${shop.nextNumber('good')}`,
      sku: seed.merchantCode,
      name: seed.title,
      spec: seed.specification,
      product: seed.product,
      price: seed.priceFen,
      available: seed.quantity,
      modifiedAt: shop.now(),
      pushes: known?.pushes ?? 0,
      pushedAt: known?.pushedAt ?? null,
    })
  }
}

/** Changes what may still be bought of a SKU; an unknown one is left alone. */
export function moveStock(shop: Shop, sku: string, by: number): void {
  const good = shop.goods.get(sku)
  if (good) shop.goods.set(sku, { ...good, available: Math.max(0, good.available + by), modifiedAt: shop.now() })
}

/** The contract knows a good by its SKU; the shop's own key is shown by the product list alone. */
export function listingOf(good: Good): ListingState {
  return {
    merchantCode: good.sku,
    title: good.name,
    specification: good.spec,
    product: good.product,
    priceFen: good.price,
    quantity: good.available,
    itemNo: good.id,
    skuNo: good.sku,
    pushes: good.pushes,
    pushedAt: good.pushedAt,
  }
}
