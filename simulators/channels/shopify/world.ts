import type { Clock } from '../../aid/clock.ts'
import { type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { ReportedShipment } from '../../simulator.ts'
import { type Bucket, pointBucket } from './bucket.ts'
import type { Fulfilment, FulfilmentOrder, Good, Order, Product, Refund } from './model.ts'
import { orderBody, productBody, refundBody, stockBody } from './rest.ts'
import { type Settings, usual } from './settings.ts'

/** Topics of webhooks. Source: own-site.md 3. */
export type Topic =
  | 'orders/create'
  | 'orders/updated'
  | 'orders/paid'
  | 'orders/cancelled'
  | 'refunds/create'
  | 'products/update'
  | 'inventory_levels/update'

/** One thing that happened, told under one or more topics. */
export type Telling = readonly (readonly [topic: Topic, body: string])[]

/** Everything the shop knows. A reset makes a new one. */
export interface World {
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly bucket: Bucket
  readonly dice: Chance
  /** Where the shop's own events go. */
  readonly tell: (telling: Telling) => void
  readonly orders: Map<number, Order>
  readonly byUpdated: Sorted<Order>
  readonly byCreated: Sorted<Order>
  readonly byNumber: Sorted<Order>
  readonly fulfilmentOrders: Map<number, { readonly order: Order; readonly fulfilmentOrder: FulfilmentOrder }>
  readonly fulfilments: Map<number, { readonly order: Order; readonly fulfilment: Fulfilment }>
  readonly refunds: Map<number, { readonly order: Order; readonly refund: Refund }>
  readonly products: Map<number, Product>
  readonly goods: Map<number, Good>
  readonly goodsBySku: Map<string, Good>
  readonly goodsByItem: Map<number, Good>
  /** By fulfilment. */
  readonly shipments: Map<string, MutableShipment>
  /** What mutations with an idempotency key were answered with, and for which arguments. */
  readonly replies: Map<string, { readonly args: string; readonly reply: unknown }>
  readonly calls: Record<string, number>
  readonly refused: Record<string, number>
  readonly nextNo: (kind: keyof typeof firstNumbers) => number
  settings: Settings
  violations: number
}

/** A report whose number may still change. */
export type MutableShipment = { -readonly [name in keyof ReportedShipment]: ReportedShipment[name] }

const firstNumbers = {
  order: 5_550_000,
  line: 90,
  fulfilmentOrder: 800,
  fulfilmentOrderLine: 810,
  fulfilment: 7000,
  refund: 600,
  product: 1200,
  variant: 4100,
  item: 60,
}

/** What outlives a reset, and the seed. */
export interface Surroundings {
  readonly seed: number
  readonly clock: Clock
  readonly tell: (telling: Telling) => void
}

/** An empty shop. */
export function newWorld({ seed, clock, tell }: Surroundings): World {
  const numbers = { ...firstNumbers }
  return {
    clock,
    tell,
    faults: faultPlayer(seed),
    bucket: pointBucket(clock.elapsed, usual.pointsPerSecond),
    dice: chance(`${seed}:shopify`),
    orders: new Map(),
    byUpdated: sortedBy((order) => keyOf(order.updatedAt, order.place)),
    byCreated: sortedBy((order) => keyOf(order.createdAt, order.place)),
    byNumber: sortedBy((order) => order.place),
    fulfilmentOrders: new Map(),
    fulfilments: new Map(),
    refunds: new Map(),
    products: new Map(),
    goods: new Map(),
    goodsBySku: new Map(),
    goodsByItem: new Map(),
    shipments: new Map(),
    replies: new Map(),
    calls: {},
    refused: {},
    nextNo: (kind) => {
      numbers[kind] += 1
      return numbers[kind]
    },
    settings: usual,
    violations: 0,
  }
}

const placesPerSecond = 2 ** 20

/** One number for a second and a place among the orders, so that a list is in the order of both. Room for a million orders. */
export function keyOf(at: number, place: number): number {
  return Math.floor(at / 1000) * placesPerSecond + place
}

/** The platform's time in whole seconds. */
export function secondNow({ clock }: World): number {
  return Math.floor(clock.now() / 1000) * 1000
}

/** Takes up an order that has just been placed. */
export function addOrder(world: World, order: Order): void {
  world.orders.set(order.no, order)
  for (const list of [world.byUpdated, world.byCreated, world.byNumber]) list.add(order)
  for (const fulfilmentOrder of order.fulfilmentOrders)
    world.fulfilmentOrders.set(fulfilmentOrder.no, { order, fulfilmentOrder })
}

/** An order has changed: it is the latest now, and says so under these topics and `orders/updated`. */
export function changedOrder(world: World, order: Order, topics: readonly Topic[] = []): void {
  world.byUpdated.remove(order)
  order.updatedAt = secondNow(world)
  order.touchedAt = world.clock.now()
  world.byUpdated.add(order)
  tellOrder(world, order, [...topics, 'orders/updated'])
}

/** Tells the latest refund as well where `refunds/create` is among the topics. */
export function tellOrder(world: World, order: Order, topics: readonly Topic[]): void {
  const body = orderBody(order)
  const refund = order.refunds.at(-1)
  world.tell(
    topics.map((topic) => [topic, topic === 'refunds/create' && refund ? refundBody(order, refund) : body] as const),
  )
}

/** Stock has changed. */
export function tellStock(world: World, good: Good): void {
  world.tell([['inventory_levels/update', stockBody(good)]])
}

/** A product has changed. */
export function tellProduct(world: World, product: Product): void {
  world.tell([['products/update', productBody(product)]])
}
