import type { Clock } from '../../aid/clock.ts'
import { type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Limiter, limiter } from '../../aid/limits.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { ReportedShipment } from '../../simulator.ts'
import { yuan } from './money.ts'
import { createPushes, type MessageTag, type Pushes } from './pushes.ts'
import { type Settings, usual } from './settings.ts'
import type { AfterSale, Item, Order, OrderStatus, Sku } from './state.ts'
import { app, type Lives, seller, type Tokens, tokenStore } from './tokens.ts'

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
  /** By merchant code. */
  readonly skus: Map<string, Sku>
  readonly skusById: Map<string, Sku>
  readonly shipments: Map<string, MutableShipment>
  readonly calls: Record<string, number>
  readonly refused: Record<string, number>
  readonly seed: number
  settings: Settings
  rate: Limiter
  violations: number
  /** Purchases without a seed of their own take the next one. */
  purchases: number
  lastOrderNumber: bigint
  /** Texts decrypted on one Beijing day. */
  decrypted: { readonly day: string; readonly count: number }
}

export type MutableShipment = { -readonly [name in keyof ReportedShipment]: ReportedShipment[name] }

export interface WorldWish {
  readonly seed: number
  readonly clock: Clock
  readonly pushTo: string | null
}

export function newWorld({ seed, clock, pushTo }: WorldWish): World {
  const faults = faultPlayer(seed)
  const tokens = tokenStore()
  const world: World = {
    clock,
    faults,
    tokens,
    pushes: createPushes(
      {
        now: clock.now,
        faults,
        isLive: () => tokens.isLive(clock.now()),
        repeatMs: () => world.settings.pushRepeatSeconds * 1000,
      },
      pushTo,
    ),
    dice: chance(`${seed}:xiaohongshu`),
    orders: new Map(),
    ordersByUpdated: sortedBy((order) => order.updatedAt),
    ordersByCreated: sortedBy((order) => order.createdAt),
    cases: new Map(),
    casesByUpdated: sortedBy((one) => one.updatedAt),
    casesByCreated: sortedBy((one) => one.createdAt),
    items: new Map(),
    skus: new Map(),
    skusById: new Map(),
    shipments: new Map(),
    calls: {},
    refused: {},
    seed,
    settings: usual,
    rate: limiter({ perSecond: usual.callsPerSecond }),
    violations: 0,
    purchases: 0,
    lastOrderNumber: 770_011_223_344_000_000n,
    decrypted: { day: '', count: 0 },
  }
  return world
}

export function addOrder(world: World, order: Order): void {
  world.orders.set(order.orderId, order)
  world.ordersByUpdated.add(order)
  world.ordersByCreated.add(order)
}

/** An order has changed: it is the latest now. */
export function touch(world: World, order: Order): void {
  world.ordersByUpdated.remove(order)
  order.updatedAt = Math.max(world.clock.now(), order.updatedAt + 1)
  world.ordersByUpdated.add(order)
}

/** Gives the order a status, and says so by a push; status 4 may be said twice. */
export function setStatus(world: World, order: Order, status: OrderStatus): void {
  order.status = status
  touch(world, order)
  const data = { orderStatus: status, packageStatus: status }
  tellOfOrder(world, order, { tag: 'msg_fulfillment_status_change', data })
  if (status === 4 && world.dice.happens(world.settings.doubleStatusShare))
    tellOfOrder(world, order, { tag: 'msg_fulfillment_status_change', data })
}

export interface Telling {
  readonly tag: MessageTag
  readonly data: Readonly<Record<string, unknown>>
}

/** Pushes about an order. The parcel has the order's number. Source: xiaohongshu.md 11 [doc]. */
export function tellOfOrder({ pushes }: World, { orderId, updatedAt }: Order, { tag, data }: Telling): void {
  pushes.tell(tag, { orderId, packageId: orderId, ...data, updateTime: updatedAt })
}

export function addCase(world: World, one: AfterSale): void {
  one.order.cases.push(one)
  world.cases.set(one.returnsId, one)
  world.casesByUpdated.add(one)
  world.casesByCreated.add(one)
}

/** An after-sale has changed, and with it its order. Money in the push is in yuan, without freight. */
export function announceCase(world: World, one: AfterSale, tag: MessageTag): void {
  world.casesByUpdated.remove(one)
  one.updatedAt = Math.max(world.clock.now(), one.updatedAt + 1)
  world.casesByUpdated.add(one)
  touch(world, one.order)
  const { returnsId, order, type, updatedAt, lines } = one
  world.pushes.tell(tag, {
    returnsId,
    orderId: order.orderId,
    packageId: order.orderId,
    returnType: type,
    requestFrom: 1,
    refundFee: yuan(lines.reduce((all, { amountFen }) => all + amountFen, 0)),
    updateTime: updatedAt,
  })
}

/** What a shop's form asks for, and what the authorisation adds. */
export function credentialsOf({ tokens, clock }: World, lives: Lives): Readonly<Record<string, string>> {
  const { accessToken, refreshToken } = tokens.grant(clock.now(), lives)
  return { appId: app.id, appSecret: app.secret, accessToken, refreshToken, sellerId: seller.id }
}
