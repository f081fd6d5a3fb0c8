import type { Clock } from '../../aid/clock.ts'
import { type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { ReportedShipment } from '../../simulator.ts'
import type { Fulfilment, Good, HistoryEntry, Line, Order, Product, Refund } from './model.ts'
import { type Settings, usual } from './settings.ts'
import { stateOf } from './status.ts'

/** Types of pushes. Source: own-site.md 6.2; `stock.updated` is our own [rule]. */
export type EventType =
  | 'order.created'
  | 'order.updated'
  | 'order.paid'
  | 'order.cancelled'
  | 'refund.created'
  | 'stock.updated'

/** Tells one event and the `data` that names its subject. */
export type Tell = (type: EventType, data: Readonly<Record<string, string>>) => void

/** Everything the shop knows. A reset makes a new one. */
export interface World {
  readonly seed: number
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly dice: Chance
  readonly tell: Tell
  readonly orders: Map<number, Order>
  readonly byCode: Map<string, Order>
  readonly byUpdated: Sorted<Order>
  /** Orders that were placed, without carts. */
  readonly byPlaced: Sorted<Order>
  readonly lines: Map<number, { readonly order: Order; readonly line: Line }>
  readonly payments: Map<number, Order>
  readonly refunds: Map<number, { readonly order: Order; readonly refund: Refund }>
  readonly fulfilments: Map<number, { readonly order: Order; readonly fulfilment: Fulfilment }>
  readonly notes: Map<number, { readonly order: Order; readonly entry: HistoryEntry }>
  readonly products: Map<number, Product>
  readonly goods: Map<number, Good>
  readonly goodsBySku: Map<string, Good>
  /** Reported parcels, by fulfilment. */
  readonly shipments: Map<number, ReportedShipment>
  readonly calls: Record<string, number>
  readonly refused: Record<string, number>
  readonly nextNo: (kind: keyof typeof firstNumbers) => number
  settings: Settings
  violations: number
}

/** What the kinds of things are numbered from. Order and refund numbers of nines alone stay free for a long time. */
const firstNumbers = {
  order: 3000,
  line: 5000,
  surcharge: 400,
  payment: 900,
  refund: 600,
  fulfilment: 700,
  history: 8000,
  product: 1200,
  variant: 4100,
}

/** What outlives a reset, and the seed. */
export interface Surroundings {
  readonly seed: number
  readonly clock: Clock
  readonly tell: Tell
}

/** An empty shop. */
export function newWorld({ seed, clock, tell }: Surroundings): World {
  const numbers = { ...firstNumbers }
  return {
    seed,
    clock,
    tell,
    faults: faultPlayer(seed),
    dice: chance(`${seed}:vendure`),
    orders: new Map(),
    byCode: new Map(),
    byUpdated: sortedBy(({ updatedAt }) => updatedAt),
    byPlaced: sortedBy(({ placedAt }) => placedAt ?? 0),
    lines: new Map(),
    payments: new Map(),
    refunds: new Map(),
    fulfilments: new Map(),
    notes: new Map(),
    products: new Map(),
    goods: new Map(),
    goodsBySku: new Map(),
    shipments: new Map(),
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

/** Takes up an order, or a cart, that was just made. */
export function addOrder(world: World, order: Order): void {
  world.orders.set(order.no, order)
  world.byCode.set(order.code, order)
  world.byUpdated.add(order)
  if (order.placedAt !== null) world.byPlaced.add(order)
  for (const line of order.lines) world.lines.set(line.no, { order, line })
  for (const { no } of order.payments) world.payments.set(no, order)
}

/** An order has changed: it is the latest now, its history has its new state, and it says so by these events and `order.updated`. */
export function changedOrder(world: World, order: Order, events: readonly EventType[] = []): void {
  world.byUpdated.remove(order)
  order.updatedAt = world.clock.now()
  world.byUpdated.add(order)
  const state = stateOf(order)
  if (state !== order.toldState)
    addHistory(world, order, { type: 'ORDER_STATE_TRANSITION', data: { from: order.toldState, to: state } })
  order.toldState = state
  for (const event of [...events, 'order.updated'] as const) tellOrder(world, order, event)
}

/** Names an order in an event. */
export function tellOrder(world: World, { no, code }: Order, event: EventType): void {
  world.tell(event, { id: String(no), code })
}

/** Stock of a variant has changed. */
export function tellStock(world: World, { sku }: Good): void {
  world.tell('stock.updated', { sku })
}

/** Writes something into an order's history, where buyers do not read it unless `isPublic`. */
export function addHistory(
  world: World,
  order: Order,
  { type, data, isPublic = false }: Pick<HistoryEntry, 'type' | 'data'> & { readonly isPublic?: boolean },
): HistoryEntry {
  const at = world.clock.now()
  const entry: HistoryEntry = { no: world.nextNo('history'), type, data, isPublic, createdAt: at, updatedAt: at }
  order.history.push(entry)
  if (type === 'ORDER_NOTE') world.notes.set(entry.no, { order, entry })
  return entry
}
