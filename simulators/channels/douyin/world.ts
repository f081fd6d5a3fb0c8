import type { Clock } from '../../aid/clock.ts'
import { type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { ReportedShipment } from '../../simulator.ts'
import { type CaseTag, caseData, type OrderTag, orderData } from './messages.ts'
import { createPushes, type Pushes } from './pushes.ts'
import { type Settings, usual } from './settings.ts'
import type { AfterSale, Item, Order, OrderStatus, Sku } from './state.ts'
import type { Tree } from './text.ts'
import { app, type Lives, shop, type Tokens, tokenStore } from './tokens.ts'

/** Everything the simulated platform knows. A reset makes a new one. */
export interface World {
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly tokens: Tokens
  readonly pushes: Pushes
  readonly dice: Chance
  readonly orders: Map<string, Order>
  readonly ordersByUpdated: Sorted<Order>
  readonly ordersByCreated: Sorted<Order>
  readonly cases: Map<string, AfterSale>
  readonly casesByUpdated: Sorted<AfterSale>
  readonly casesByCreated: Sorted<AfterSale>
  readonly items: Map<string, Item>
  readonly itemsByProduct: Map<string, Item>
  /** By merchant code. */
  readonly skus: Map<string, Sku>
  readonly skusById: Map<string, Sku>
  readonly shipments: Map<string, MutableShipment>
  /** What was answered to the calls of one `request_id` or `idempotent_id`. */
  readonly done: Map<string, { readonly content: string; readonly data: Tree }>
  readonly calls: Record<string, number>
  readonly refused: Record<string, number>
  readonly seed: number
  settings: Settings
  violations: number
  /** Purchases without a seed of their own take the next one. */
  purchases: number
  goodsMade: number
  packs: number
  answers: number
  lastOrderNumber: bigint
}

export type MutableShipment = { -readonly [name in keyof ReportedShipment]: ReportedShipment[name] }

export interface WorldWish {
  readonly seed: number
  readonly clock: Clock
  readonly pushTo: string | null
}

export function newWorld({ seed, clock, pushTo }: WorldWish): World {
  const faults = faultPlayer(seed)
  const world: World = {
    clock,
    faults,
    tokens: tokenStore(),
    pushes: createPushes({ faults, seed, settings: () => world.settings }, pushTo),
    dice: chance(`${seed}:douyin`),
    orders: new Map(),
    ordersByUpdated: sortedBy((order) => order.updatedAt),
    ordersByCreated: sortedBy((order) => order.createdAt),
    cases: new Map(),
    casesByUpdated: sortedBy((one) => one.updatedAt),
    casesByCreated: sortedBy((one) => one.createdAt),
    items: new Map(),
    itemsByProduct: new Map(),
    skus: new Map(),
    skusById: new Map(),
    shipments: new Map(),
    done: new Map(),
    calls: {},
    refused: {},
    seed,
    settings: usual,
    violations: 0,
    purchases: 0,
    goodsMade: 0,
    packs: 0,
    answers: 0,
    lastOrderNumber: 6_950_000_000_000_000_011n,
  }
  return world
}

/** The platform tells time to the second, and keeps it so. */
export function nowOf({ clock }: World): number {
  return Math.floor(clock.now() / 1000) * 1000
}

export function addOrder(world: World, order: Order): void {
  world.orders.set(order.orderId, order)
  world.ordersByUpdated.add(order)
  world.ordersByCreated.add(order)
}

/** An order has changed: it is the latest now. */
export function touch(world: World, order: Order): void {
  world.ordersByUpdated.remove(order)
  order.updatedAt = Math.max(nowOf(world), order.updatedAt)
  world.ordersByUpdated.add(order)
}

export function setStatus(world: World, order: Order, status: OrderStatus): void {
  order.status = status
  touch(world, order)
}

/** Pushes an event about an order that has just changed. */
export function tellOfOrder({ pushes }: World, order: Order, tag: OrderTag): void {
  pushes.tell(tag, orderData(order, tag))
}

export function addCase(world: World, one: AfterSale): void {
  one.order.cases.push(one)
  world.cases.set(one.caseId, one)
  world.casesByUpdated.add(one)
  world.casesByCreated.add(one)
}

/** An after-sale has changed, and with it its order. */
export function announceCase(world: World, one: AfterSale, tag: CaseTag): void {
  world.casesByUpdated.remove(one)
  one.updatedAt = Math.max(nowOf(world), one.updatedAt)
  world.casesByUpdated.add(one)
  touch(world, one.order)
  world.pushes.tell(tag, caseData(one, tag))
}

/** What a shop's form asks for, and what the authorisation adds. */
export function credentialsOf(world: World, lives: Lives): Readonly<Record<string, string>> {
  const { accessToken, refreshToken } = world.tokens.grant(nowOf(world), lives)
  return { appKey: app.key, appSecret: app.secret, accessToken, refreshToken, shopId: String(shop.id) }
}
