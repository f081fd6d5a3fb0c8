import type { Clock } from '../../aid/clock.ts'
import { type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { ReportedShipment } from '../../simulator.ts'
import { type Flow, flowControl } from './flow.ts'
import { type Settings, usual } from './settings.ts'
import type { Case, Item, Order, Sku } from './state.ts'
import { app, type Grant, mall, type Tokens, tokenStore } from './tokens.ts'

/** Everything the simulated platform knows. A reset makes a new one. */
export interface World {
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly tokens: Tokens
  readonly flow: Flow
  readonly dice: Chance
  readonly orders: Map<string, Order>
  readonly ordersByModified: Sorted<Order>
  /** Those that were confirmed (成交) alone. */
  readonly ordersByConfirmed: Sorted<Order>
  readonly cases: Map<number, Case>
  readonly casesByModified: Sorted<Case>
  readonly items: Map<number, Item>
  /** By merchant code. */
  readonly skus: Map<string, Sku>
  readonly shipments: Map<string, MutableShipment>
  readonly calls: Record<string, number>
  readonly refused: Record<string, number>
  readonly seed: number
  settings: Settings
  /** Purchases without a seed of their own take the next one. */
  purchases: number
  requests: number
}

export type MutableShipment = { -readonly [name in keyof ReportedShipment]: ReportedShipment[name] }

export function newWorld(seed: number, clock: Clock): World {
  return {
    clock,
    faults: faultPlayer(seed),
    tokens: tokenStore(),
    flow: flowControl(),
    dice: chance(`${seed}:pinduoduo`),
    orders: new Map(),
    ordersByModified: sortedBy((order) => order.modifiedAt),
    ordersByConfirmed: sortedBy((order) => order.confirmedAt ?? 0),
    cases: new Map(),
    casesByModified: sortedBy((one) => one.modifiedAt),
    items: new Map(),
    skus: new Map(),
    shipments: new Map(),
    calls: {},
    refused: {},
    seed,
    settings: usual,
    purchases: 0,
    requests: 0,
  }
}

/** The platform's time in whole seconds: it shows no finer, so it keeps no finer. */
export function secondNow(world: World): number {
  return Math.floor(world.clock.now() / 1000) * 1000
}

/** Enters an order that has just been placed. */
export function addOrder(world: World, order: Order): void {
  world.orders.set(order.orderSn, order)
  world.ordersByModified.add(order)
}

/** An order has changed: it is the latest now. */
export function touch(world: World, order: Order): void {
  world.ordersByModified.remove(order)
  order.modifiedAt = secondNow(world)
  order.touchedAt = world.clock.now()
  world.ordersByModified.add(order)
}

export function countRefusal(world: World, code: number): void {
  world.refused[code] = (world.refused[code] ?? 0) + 1
}

export interface CredentialsWish {
  readonly lifeMs: number
  readonly refreshMs: number | null
}

/** Issues the credentials a shop's form asks for. Their names are ours: the platform knows none. */
export function credentialsOf(world: World, wish: CredentialsWish): Readonly<Record<string, string>> {
  const grant = world.tokens.grant({ ...wish, now: world.clock.now() })
  return {
    clientId: app.id,
    clientSecret: app.secret,
    accessToken: grant.accessToken,
    ...(grant.refreshToken === null ? {} : { refreshToken: grant.refreshToken }),
    ownerId: mall.ownerId,
  }
}

/** What the merchant's consent, or a refresh, gives. */
export function newGrant({ tokens, clock, settings }: World): Grant {
  return tokens.grant({
    now: clock.now(),
    lifeMs: settings.tokenSeconds * 1000,
    refreshMs: settings.refreshSeconds * 1000,
  })
}
