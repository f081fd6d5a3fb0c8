import type { Clock } from '../../aid/clock.ts'
import { type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { PlatformEvent } from './events.ts'
import { type Flow, flowControl } from './flow.ts'
import { type MiniProgram, newMiniProgram } from './mini-program/state.ts'
import { type Settings, usual } from './settings.ts'
import type { AfterSale, Order, Parcel, Product, Sku } from './state.ts'
import { type Apps, appsOf, type Tokens, tokenStore } from './tokens.ts'

/** Everything the simulated platform knows. A reset makes a new one. */
export interface World {
  readonly seed: number
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly apps: Apps
  readonly tokens: Tokens
  readonly flow: Flow
  readonly dice: Chance
  /** Hands an event over to be pushed. */
  readonly push: (event: PlatformEvent) => void
  readonly orders: Map<string, Order>
  readonly ordersByUpdate: Sorted<Order>
  readonly ordersByCreation: Sorted<Order>
  readonly afterSales: Map<string, AfterSale>
  readonly afterSalesByUpdate: Sorted<AfterSale>
  readonly afterSalesByCreation: Sorted<AfterSale>
  readonly products: Map<string, Product>
  /** By merchant code. */
  readonly skus: Map<string, Sku>
  /** Parcels told by the API, in the order in which they were. */
  readonly reported: Set<Parcel>
  /** After-sales opened by the merchant, by the number the call gave itself. */
  readonly generated: Map<string, string>
  readonly calls: Record<string, number>
  readonly refused: Record<string, number>
  readonly miniProgram: MiniProgram
  settings: Settings
  /** Plain receivers read on a Beijing day. */
  decodes: { readonly day: string; readonly count: number }
  lastOrderNo: bigint
  orderCount: number
  afterSaleCount: number
  productCount: number
  skuCount: number
  /** Purchases without a seed of their own take the next one. */
  purchases: number
  requests: number
}

export interface WorldWish {
  readonly seed: number
  /** Of the program's start: keys outlive a reset. */
  readonly keySeed: number
  readonly clock: Clock
  readonly push: (event: PlatformEvent) => void
}

export function newWorld({ seed, keySeed, clock, push }: WorldWish): World {
  return {
    seed,
    clock,
    push,
    faults: faultPlayer(seed),
    apps: appsOf(keySeed),
    tokens: tokenStore(seed),
    flow: flowControl(),
    dice: chance(`${seed}:wechat-shop`),
    orders: new Map(),
    ordersByUpdate: sortedBy((order) => rankOf(order.updatedAt, order.sequence)),
    ordersByCreation: sortedBy((order) => rankOf(order.createdAt, order.sequence)),
    afterSales: new Map(),
    afterSalesByUpdate: sortedBy((afterSale) => rankOf(afterSale.updatedAt, afterSale.sequence)),
    afterSalesByCreation: sortedBy((afterSale) => rankOf(afterSale.createdAt, afterSale.sequence)),
    products: new Map(),
    skus: new Map(),
    reported: new Set(),
    generated: new Map(),
    calls: {},
    refused: {},
    miniProgram: newMiniProgram(),
    settings: usual,
    decodes: { day: '', count: 0 },
    lastOrderNo: 3_719_872_036_541_234_688n,
    orderCount: 0,
    afterSaleCount: 0,
    productCount: 0,
    skuCount: 0,
    purchases: 0,
    requests: 0,
  }
}

/** More than orders any test places; a place in a list is the second and, within it, the number of the thing. */
const perSecond = 2 ** 20

/** Where something stands in a list by time: unique, and as large as a whole number may be. */
export function rankOf(at: number, sequence: number): number {
  return Math.floor(at / 1000) * perSecond + sequence
}

/** The ranks that a span of seconds holds, both ends included [assumed]. */
export function ranksOf(fromSecond: number, toSecond: number): readonly [number, number] {
  return [fromSecond * perSecond, toSecond * perSecond + perSecond - 1]
}

/** The platform's time in whole seconds: it shows no finer, so it keeps no finer. */
export function secondNow(world: World): number {
  return Math.floor(world.clock.now() / 1000) * 1000
}

export function seconds(at: number | null): number {
  return at === null ? 0 : Math.floor(at / 1000)
}

const beijingOffsetMs = 8 * 3_600_000

/** The day in Beijing, as 2026-11-11. */
export function dayOf(at: number): string {
  return new Date(at + beijingOffsetMs).toISOString().slice(0, 10)
}

export function addOrder(world: World, order: Order): void {
  world.orders.set(order.orderNo, order)
  world.ordersByUpdate.add(order)
  world.ordersByCreation.add(order)
}

/** An order has changed: it is the latest now. */
export function touch(world: World, order: Order): void {
  world.ordersByUpdate.remove(order)
  order.updatedAt = Math.max(order.updatedAt, secondNow(world))
  order.touchedAt = world.clock.now()
  world.ordersByUpdate.add(order)
}

export function addAfterSale(world: World, afterSale: AfterSale): void {
  world.afterSales.set(afterSale.afterSaleNo, afterSale)
  world.afterSalesByUpdate.add(afterSale)
  world.afterSalesByCreation.add(afterSale)
}

/** An after-sale has changed, and with it its order. */
export function touchAfterSale(world: World, afterSale: AfterSale): void {
  world.afterSalesByUpdate.remove(afterSale)
  afterSale.updatedAt = Math.max(afterSale.updatedAt, secondNow(world))
  afterSale.touchedAt = world.clock.now()
  world.afterSalesByUpdate.add(afterSale)
  touch(world, afterSale.order)
}
