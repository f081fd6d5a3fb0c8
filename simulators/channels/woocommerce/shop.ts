import { type Chance, chance } from '../../aid/random.ts'
import type { Good, Item, Note, Order, Webhook } from './model.ts'
import { createOrders, type Orders } from './orders.ts'
import type { Settings } from './settings.ts'

/** Everything the site knows. Orders and goods are values that are replaced; nothing is kept anywhere else. */
export interface Shop {
  /** The site's time, whole seconds in ms. */
  readonly now: () => number
  /** Base address of the site, no trailing slash. */
  readonly address: () => string
  settings: Settings
  readonly orders: Orders
  readonly items: Map<number, Item>
  readonly goods: Map<number, Good>
  /** Ids of goods by SKU. */
  readonly bySku: Map<string, number>
  readonly notes: Map<number, readonly Note[]>
  readonly webhooks: Map<number, Webhook>
  readonly dice: Chance
  readonly nextNumber: (kind: Counter) => number
  /** Hands out what happened to those who subscribed to the topic. */
  readonly tell: (told: Told) => void
}

export type Counter = 'order' | 'line' | 'charge' | 'good' | 'meta' | 'note' | 'webhook' | 'sequence'

/** Something that happened to a thing: the topic's first word and the thing as it stands now. */
export type Told =
  | { readonly topic: 'order.created' | 'order.updated' | 'order.restored' | 'order.deleted'; readonly order: Order }
  | { readonly topic: 'product.created' | 'product.updated'; readonly item: Item }
  | { readonly topic: 'ping'; readonly webhookId: number }

export interface ShopSurroundings {
  readonly seed: number
  readonly now: () => number
  readonly address: () => string
  readonly settings: Settings
  readonly tell: (told: Told) => void
}

export function openShop({ seed, now, address, settings, tell }: ShopSurroundings): Shop {
  return {
    now: () => Math.floor(now() / 1000) * 1000,
    address,
    settings,
    orders: createOrders(),
    items: new Map(),
    goods: new Map(),
    bySku: new Map(),
    notes: new Map(),
    webhooks: new Map(),
    dice: chance(`${seed}:shop`),
    nextNumber: counters({
      order: 7300,
      line: 1500,
      charge: 12_300,
      good: 400,
      meta: 9000,
      note: 90_010,
      webhook: 10,
      sequence: 100,
    }),
    tell,
  }
}

function counters(numbers: Record<Counter, number>): Shop['nextNumber'] {
  return (kind) => {
    numbers[kind] += 1
    return numbers[kind]
  }
}

/** The same shop on paper: what is done to it is not done, and nobody is told. For answers that are lies. */
export function onPaper(shop: Shop): Shop {
  return {
    ...shop,
    orders: shop.orders.copy(),
    items: new Map(shop.items),
    goods: new Map(shop.goods),
    bySku: new Map(shop.bySku),
    notes: new Map(shop.notes),
    webhooks: new Map(shop.webhooks),
    tell: () => {},
  }
}

/**
 * Lets something happen to an order: `change` gets it with the time, and answers null when it cannot happen. Stock follows the status,
 * and whoever subscribed is told. Null also for an order that is not there.
 */
export function alter(shop: Shop, id: number, change: (order: Order, at: number) => Order | null): Order | null {
  const before = shop.orders.get(id)
  if (!before || before.isDeleted) return null
  const at = shop.now()
  const changed = change(before, at)
  if (!changed) return null
  const after = withStock(shop, { ...changed, modifiedAt: at })
  shop.orders.put(after)
  const topic = topicOf(before, after)
  if (topic) shop.tell({ topic, order: after })
  return after
}

function topicOf(before: Order, after: Order) {
  const [wasGone, isGone] = [before, after].map(({ status, isDeleted }) => isDeleted || status === 'trash')
  if (isGone) return wasGone ? null : 'order.deleted'
  return wasGone ? 'order.restored' : 'order.updated'
}

/** Stock is reduced by payment (own-site.md 2.2); that a bank transfer awaited takes it too, and a cancelled order gives it back, is [assumed]. */
const takesStock: ReadonlySet<string> = new Set(['processing', 'completed', 'on-hold'])
const givesStock: ReadonlySet<string> = new Set(['cancelled', 'pending'])

/** Takes pieces off the shelf, or puts them back, as the order's status asks; never twice. */
export function withStock(shop: Shop, order: Order): Order {
  const wants = takesStock.has(order.status)
  if (wants === order.isStockTaken || !(wants || givesStock.has(order.status))) return order
  const lines = order.lines.map((line) => {
    const onShelf = Math.max(0, shop.goods.get(line.goodId)?.quantity ?? 0)
    const taken = wants ? Math.min(line.quantity, onShelf) : 0
    moveStock(shop, line.goodId, line.taken - taken)
    return { ...line, taken }
  })
  return { ...order, lines, isStockTaken: wants }
}

/** Changes what may still be bought of a good whose stock the shop manages. */
export function moveStock(shop: Shop, goodId: number, by: number): void {
  const good = shop.goods.get(goodId)
  if (good?.quantity == null || by === 0) return
  shop.goods.set(goodId, { ...good, quantity: good.quantity + by, modifiedAt: shop.now() })
}
