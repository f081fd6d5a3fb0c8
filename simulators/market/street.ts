import { chance } from '../aid/random.ts'
import type { Truth } from '../simulator.ts'
import { type Intent, intentsSent, intentsUnsent, visitOf } from './habits.ts'
import { openShopDoor, type ShopDoor } from './shop-door.ts'

/** What has happened so far. */
export interface StreetState {
  readonly seed: number
  /** Buyers who came, one a step. */
  readonly steps: number
  readonly shops: readonly { readonly url: string; readonly orders: number }[]
  /** Buyers who found too little on offer. */
  readonly leftWithout: number
  /** What changed an order, by kind. */
  readonly acts: Readonly<Record<string, number>>
  /** Orders whose buyers still have something in mind or wait for their goods. */
  readonly followed: number
  /** Calls a shop did not answer well, and what it said last. */
  readonly failures: number
  readonly lastFailure: string | null
}

/** A street of shops and the people in it. */
export interface Street {
  /** One buyer comes, and everyone whose time has come does what was in their mind. Never throws: failures are counted. */
  readonly step: () => Promise<void>
  readonly state: () => StreetState
}

interface OpenOrder {
  readonly shop: OpenShop
  /** The number of the buyer, from which everything later is drawn. */
  readonly number: number
  truth: Truth
  isSent: boolean
  intents: number
}
interface Due {
  readonly order: OpenOrder
  readonly intent: Intent
  readonly tries: number
}
interface OpenShop {
  readonly door: ShopDoor
  readonly followed: Map<string, OpenOrder>
  shelf: readonly string[]
  /** The latest change seen, ms. */
  seenUntil: number
  orders: number
}
interface Ground {
  readonly seed: number
  readonly shops: readonly OpenShop[]
  /** By the step at which they are due. */
  readonly dues: Map<number, Due[]>
  readonly acts: Record<string, number>
  steps: number
  leftWithout: number
  failures: number
  lastFailure: string | null
}

/** How often buyers look at their orders and at the shelves, in steps. */
const looksEvery = 5
const shelvesEvery = 25
/** An act that failed is tried again so many steps later, so many times. */
const retryAfter = 5
const triesMax = 3
const over: ReadonlySet<string> = new Set(['completed', 'closed-unpaid', 'closed-refunded'])

export function openStreet(urls: readonly string[], seed: number): Street {
  if (urls.length === 0) throw new RangeError('a market needs a shop')
  const shops = urls.map((url) => ({
    door: openShopDoor(url),
    followed: new Map(),
    shelf: [],
    seenUntil: 0,
    orders: 0,
  }))
  const ground: Ground = {
    seed,
    shops,
    dues: new Map(),
    acts: {},
    steps: 0,
    leftWithout: 0,
    failures: 0,
    lastFailure: null,
  }
  return { step: () => step(ground), state: () => stateOf(ground) }
}

function stateOf(ground: Ground): StreetState {
  const { seed, steps, shops, leftWithout, acts, failures, lastFailure } = ground
  return {
    seed,
    steps,
    shops: shops.map(({ door, orders }) => ({ url: door.url, orders })),
    leftWithout,
    acts: { ...acts },
    followed: shops.reduce((total, { followed }) => total + followed.size, 0),
    failures,
    lastFailure,
  }
}

async function step(ground: Ground): Promise<void> {
  ground.steps += 1
  if (ground.steps % shelvesEvery === 1) for (const shop of ground.shops) await lookAtShelf(ground, shop)
  await visit(ground)
  if (ground.steps % looksEvery === 0) for (const shop of ground.shops) await lookAtOrders(ground, shop)
  const dues = ground.dues.get(ground.steps) ?? []
  ground.dues.delete(ground.steps)
  for (const due of dues) await carryOut(ground, due)
}

/** Codes in the order of their letters, so that one seed fills the same baskets whatever order a shop lists its goods in. */
async function lookAtShelf(ground: Ground, shop: OpenShop): Promise<void> {
  const listings = await attempt(ground, shop.door.listings)
  if (listings) shop.shelf = listings.map(({ merchantCode }) => merchantCode).sort()
}

async function visit(ground: Ground): Promise<void> {
  const { shops, seed, steps } = ground
  const { shop: index, purchase } = visitOf(seed, steps, shops.length)
  const shop = shops[index]!
  if (shop.shelf.length === 0) await lookAtShelf(ground, shop)
  if (shop.shelf.length === 0) return

  const bought = await attempt(ground, () => shop.door.buy(purchase(shop.shelf)))
  if (!bought) return
  if (bought.length === 0) ground.leftWithout += 1
  for (const truth of bought) {
    const order: OpenOrder = { shop, number: steps, truth, isSent: false, intents: 0 }
    shop.orders += 1
    shop.followed.set(truth.orderNo, order)
    intend(ground, order, intentsUnsent(chance(`${seed}:unsent:${steps}`), truth.paidAt !== null))
  }
}

/** Orders that were shipped since the last look get their buyers' further intents; those that are over are forgotten. */
async function lookAtOrders(ground: Ground, shop: OpenShop): Promise<void> {
  const changed = await attempt(ground, () => shop.door.orders(shop.seenUntil))
  for (const truth of changed ?? []) {
    shop.seenUntil = Math.max(shop.seenUntil, truth.modifiedAt)
    const order = shop.followed.get(truth.orderNo)
    if (!order) continue
    order.truth = truth
    if (truth.status === 'shipped' && !order.isSent) {
      order.isSent = true
      intend(ground, order, intentsSent(chance(`${ground.seed}:sent:${order.number}`)))
    }
    forgetIfOver(order)
  }
}

function intend(ground: Ground, order: OpenOrder, intents: readonly Intent[]): void {
  for (const intent of intents) {
    order.intents += 1
    put(ground, ground.steps + Math.max(1, intent.inSteps), { order, intent, tries: 0 })
  }
}

function put(ground: Ground, at: number, due: Due): void {
  const dues = ground.dues.get(at) ?? []
  dues.push(due)
  ground.dues.set(at, dues)
}

async function carryOut(ground: Ground, due: Due): Promise<void> {
  const { order, intent, tries } = due
  if (intent.looksFirst) await lookAtOrders(ground, order.shop)
  const act = intent.act(order.truth)
  const changed = act ? await attempt(ground, () => order.shop.door.act(act)) : []
  if (changed === null && tries + 1 < triesMax) {
    put(ground, ground.steps + retryAfter, { ...due, tries: tries + 1 })
    return
  }
  if (act && changed && changed.length > 0) ground.acts[act.kind] = (ground.acts[act.kind] ?? 0) + 1
  order.intents -= 1
  forgetIfOver(order)
}

function forgetIfOver(order: OpenOrder): void {
  if (order.intents === 0 && over.has(order.truth.status)) order.shop.followed.delete(order.truth.orderNo)
}

async function attempt<T>(ground: Ground, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call()
  } catch (fault) {
    ground.failures += 1
    ground.lastFailure =
      fault instanceof Error ? [fault.message, fault.cause].filter(Boolean).join(': ') : String(fault)
    return null
  }
}
