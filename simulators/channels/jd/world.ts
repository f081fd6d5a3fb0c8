import type { Clock } from '../../aid/clock.ts'
import { type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { ReportedShipment } from '../../simulator.ts'
import { type Flow, flowControl } from './flow.ts'
import { type Settings, usual } from './settings.ts'
import type { Application, Order, Service, Sku, Ware } from './state.ts'
import { app, type Grant, seller, type Tokens, tokenStore } from './tokens.ts'

/** Everything the simulated platform knows. A reset makes a new one. */
export interface World {
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly tokens: Tokens
  readonly flow: Flow
  readonly dice: Chance
  readonly orders: Map<string, Order>
  readonly ordersByModified: Sorted<Order>
  readonly ordersByCreated: Sorted<Order>
  readonly applications: Map<number, Application>
  readonly applicationsByApply: Sorted<Application>
  readonly applicationsByCheck: Sorted<Application>
  readonly services: Map<number, Service>
  readonly servicesByModified: Sorted<Service>
  readonly wares: Map<string, Ware>
  /** By merchant code. */
  readonly skus: Map<string, Sku>
  readonly skusById: Map<string, Sku>
  readonly shipments: Map<string, MutableShipment>
  readonly calls: Record<string, number>
  readonly refused: Record<string, number>
  readonly seed: number
  settings: Settings
  /** Purchases without a seed of their own take the next one. */
  purchases: number
  lastOrderId: number
  parcelCount: number
}

export type MutableShipment = { -readonly [name in keyof ReportedShipment]: ReportedShipment[name] }

export function newWorld(seed: number, clock: Clock): World {
  return {
    clock,
    faults: faultPlayer(seed),
    tokens: tokenStore(),
    flow: flowControl(),
    dice: chance(`${seed}:jd`),
    orders: new Map(),
    ordersByModified: sortedBy((order) => order.modifiedAt),
    ordersByCreated: sortedBy((order) => order.createdAt),
    applications: new Map(),
    applicationsByApply: sortedBy((application) => application.createdAt),
    applicationsByCheck: sortedBy((application) => application.checkedAt ?? 0),
    services: new Map(),
    servicesByModified: sortedBy((service) => service.modifiedAt),
    wares: new Map(),
    skus: new Map(),
    skusById: new Map(),
    shipments: new Map(),
    calls: {},
    refused: {},
    seed,
    settings: usual,
    purchases: 0,
    lastOrderId: 301_284_756_120,
    parcelCount: 0,
  }
}

/** The platform's time in whole seconds: it shows no finer, so it keeps no finer. */
export function secondNow(world: World): number {
  return Math.floor(world.clock.now() / 1000) * 1000
}

/** Enters an order that has just been placed. */
export function addOrder(world: World, order: Order): void {
  world.orders.set(order.orderId, order)
  world.ordersByModified.add(order)
  world.ordersByCreated.add(order)
}

/** An order has changed: it is the latest now. */
export function touch(world: World, order: Order): void {
  world.ordersByModified.remove(order)
  order.modifiedAt = secondNow(world)
  order.touchedAt = world.clock.now()
  world.ordersByModified.add(order)
}

/** Counts a call that was refused. */
export function countRefusal(world: World, why: string): void {
  world.refused[why] = (world.refused[why] ?? 0) + 1
}

export interface CredentialsWish {
  readonly lifeMs: number
  readonly refreshable: boolean
}

/** Issues the credentials a shop's form asks for. Their names are ours: the platform knows none. */
export function credentialsOf(world: World, wish: CredentialsWish): Readonly<Record<string, string>> {
  const grant = world.tokens.grant({ ...wish, now: world.clock.now() })
  return {
    appKey: app.key,
    appSecret: app.secret,
    accessToken: grant.accessToken,
    ...(grant.refreshToken === null ? {} : { refreshToken: grant.refreshToken }),
    venderId: String(seller.venderId),
  }
}

/** What the seller's consent gives. */
export function newGrant(world: World): Grant {
  return world.tokens.grant({ now: world.clock.now(), lifeMs: world.settings.tokenSeconds * 1000, refreshable: true })
}

/** A new token for a refresh token that holds; the old access token ends with it [assumed]. Null: it does not hold. */
export function refreshGrant(world: World, refreshToken: string): Grant | null {
  const old = world.tokens.refreshable(refreshToken, world.clock.now())
  if (old === null) return null
  world.tokens.end(old.accessToken)
  return newGrant(world)
}
