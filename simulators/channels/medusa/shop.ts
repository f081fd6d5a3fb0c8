import { type Chance, chance } from '../../aid/random.ts'
import type { EventType, Good, Order, Product } from './model.ts'
import { createOrders, type Orders, ordersOnPaper } from './orders.ts'
import { newId } from './text.ts'

/** Everything the shop knows. Orders and goods are values that are replaced; nothing is kept anywhere else. */
export interface Shop {
  readonly now: () => number
  readonly orders: Orders
  /** By variant id. */
  readonly goods: Map<string, Good>
  readonly products: Map<string, Product>
  /** Variant ids by SKU, and by inventory item. */
  readonly bySku: Map<string, string>
  readonly byInventory: Map<string, string>
  readonly dice: Chance
  readonly newId: (word: string) => string
  readonly nextDisplayId: () => number
  readonly tell: (event: ShopEvent) => void
}

/** What a subscriber inside the app hears: an order's id, or the SKU whose stock changed. */
export type ShopEvent =
  | { readonly type: Exclude<EventType, 'inventory.updated'>; readonly id: string }
  | { readonly type: 'inventory.updated'; readonly sku: string }

/** The location whose stock we keep, and another one of the same shop. */
export const locations = [
  { id: 'sloc_01JA0HANGZHOU0CANGKU000001', name: '杭州仓' },
  { id: 'sloc_01JA0SHENZHEN0MENDIAN0002', name: '深圳门店' },
] as const
export const ourLocationId = locations[0].id

export interface ShopSurroundings {
  readonly seed: number
  readonly now: () => number
  readonly tell: Shop['tell']
}

export function openShop({ seed, now, tell }: ShopSurroundings): Shop {
  const ids = chance(`${seed}:ids`)
  let displayId = 60
  return {
    now,
    orders: createOrders(),
    goods: new Map(),
    products: new Map(),
    bySku: new Map(),
    byInventory: new Map(),
    dice: chance(`${seed}:shop`),
    newId: (word) => newId(word, now(), ids),
    nextDisplayId: () => {
      displayId += 1
      return displayId
    },
    tell,
  }
}

/** The same shop on paper: what is done to it is not done, and nobody is told. For answers that are lies. */
export function onPaper(shop: Shop): Shop {
  return { ...shop, orders: ordersOnPaper(shop.orders), goods: new Map(shop.goods), tell: () => {} }
}

export type OrderEvent = Exclude<EventType, 'inventory.updated'>

/**
 * Lets something happen to an order: `change` gets it with the time and answers null when it cannot happen. Whoever subscribed is told.
 * Null also for an order that is not there.
 */
export function alter(shop: Shop, id: string, { change, event = 'order.updated' }: Alteration): Order | null {
  const before = shop.orders.get(id)
  const at = shop.now()
  const changed = before && change(before, at)
  if (!changed) return null
  const after = { ...changed, updatedAt: at }
  shop.orders.put(after)
  shop.tell({ type: event, id })
  return after
}

export interface Alteration {
  readonly change: (order: Order, at: number) => Order | null
  readonly event?: OrderEvent
}
