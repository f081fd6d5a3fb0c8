import { refusal } from '../../aid/control.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { takeStock } from './goods.ts'
import { linePrices } from './money.ts'
import { receiverOf } from './receivers.ts'
import { type Basket, type Goods, type Order, type Receiver, type Sku, specOf } from './state.ts'
import { timeText } from './text.ts'
import { addOrder, secondNow, touch, type World } from './world.ts'

interface Pick {
  readonly sku: Sku
  readonly quantity: number
  readonly isGift: boolean
}

/** Places orders; fewer than wished where the shelf is too bare. A fixed basket has no gifts, but discounts and postage as any other. */
export function placeOrders(world: World, purchase: Purchase): Order[] {
  if (purchase.pay === 'deposit')
    throw refusal('the sheet does not tell how a deposit looks, so nothing is paid in part')
  if (world.skus.size === 0) throw refusal('no listings to buy', 409)
  const seed = purchase.seed ?? `${world.seed}:${world.purchases}`
  world.purchases += 1
  const receivers: Receiver[] = []
  const placed: Order[] = []
  for (let turn = 0; turn < purchase.count; turn++) {
    const dice = chance(`${seed}:${turn}`)
    const picks = purchase.lines === undefined ? chosen(world, purchase, dice) : fixed(world, purchase)
    if (picks.length === 0) continue
    const comesBack = purchase.buyer === undefined && receivers.length > 0 && dice.happens(0.15)
    const receiver = comesBack ? dice.pick(receivers) : receiverOf(purchase, dice)
    receivers.push(receiver)
    const order = newOrder(world, { basket: basketOf(picks, dice), receiver, note: purchase.note ?? '' })
    for (const { sku, quantity } of picks) takeStock(sku, quantity)
    addOrder(world, order)
    if (purchase.pay !== 'unpaid') pay(world, order)
    placed.push(order)
  }
  return placed
}

/** Paid: the order is confirmed with its group, or still gathers one. Source: pinduoduo.md 4. */
export function pay(world: World, order: Order): void {
  const { gatheringShare, riskShare, holdShare } = world.settings
  const dice = chance(`${world.seed}:paid:${order.orderSn}`)
  order.paidAt = secondNow(world)
  order.hasRisk = dice.happens(riskShare)
  order.isHeld = dice.happens(holdShare)
  if (dice.happens(gatheringShare)) touch(world, order)
  else completeGroup(world, order)
}

/** The group is complete (成团), and the order with it. */
export function completeGroup(world: World, order: Order): void {
  order.groupStatus = 1
  order.confirmStatus = 1
  order.confirmedAt = secondNow(world)
  world.ordersByConfirmed.add(order)
  touch(world, order)
}

/** Pieces of an order that ended before it left are for sale again [assumed]. */
export function putBack(order: Order): void {
  for (const { sku, quantity } of order.lines) sku.quantity += quantity
}

/** The fixed basket as it is, or not at all; each SKU once. */
function fixed(world: World, { lines = [], ignoreStock = false }: Purchase): Pick[] {
  const wanted = new Map<Sku, number>()
  for (const { merchantCode, quantity } of lines) {
    const sku = world.skus.get(merchantCode)
    if (sku === undefined) throw refusal(`no listing ${merchantCode}`)
    wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  }
  const picks = [...wanted].map(([sku, quantity]) => ({ sku, quantity, isGift: false }))
  return ignoreStock || picks.every(({ sku, quantity }) => quantity <= sku.quantity) ? picks : []
}

/** By chance, as far as the shelf reaches; an order normally holds one SKU. Source: pinduoduo.md 4. */
function chosen(world: World, { ignoreStock = false }: Purchase, dice: Chance): Pick[] {
  const choice = dice.shuffled([...world.skus.values()])
  const kinds = dice.pick([1, 1, 1, 1, 1, 1, 1, 1, 2, 3])
  const picks: Pick[] = []
  for (const sku of choice) {
    if (picks.length === kinds) break
    const wish = dice.pick([1, 1, 1, 1, 2, 2, 3])
    const quantity = ignoreStock ? wish : Math.min(wish, sku.quantity)
    if (quantity > 0) picks.push({ sku, quantity, isGift: false })
  }
  const gift = choice.find((sku) => sku.quantity > 0 && !picks.some((pick) => pick.sku === sku))
  if (picks.length > 0 && gift !== undefined && dice.happens(0.06)) picks.push({ sku: gift, quantity: 1, isGift: true })
  return picks
}

function basketOf(picks: readonly Pick[], dice: Chance): Basket {
  const lines = picks.map(({ sku, quantity, isGift }): Goods => {
    const spec = specOf(sku.specification)
    return { sku, title: sku.item.title, spec, priceFen: isGift ? 0 : sku.priceFen, quantity, isGift }
  })
  const worth = lines.reduce((all, { priceFen, quantity }) => all + priceFen * quantity, 0)
  const discount = (share: number, choice: readonly number[]) => {
    const fen = dice.happens(share) ? dice.pick(choice) : 0
    return fen * 8 < worth ? fen : 0
  }
  return {
    lines,
    changeFen: discount(0.1, [1, 100, 333]),
    platformFen: discount(0.3, [50, 99, 500]),
    sellerFen: discount(0.4, [100, 300, 333, 1000]),
    capitalFreeFen: discount(0.05, [7, 100]),
    postageFen: dice.pick([0, 0, 0, 0, 600, 800]),
  }
}

interface NewOrder {
  readonly basket: Basket
  readonly receiver: Receiver
  readonly note: string
}

/** An order as it stands a moment after it was placed: nothing paid. */
function newOrder(world: World, { basket, receiver, note }: NewOrder): Order {
  const prices = linePrices(basket)
  const now = secondNow(world)
  return {
    ...basket,
    lines: basket.lines.map((goods, place) => ({ ...goods, paidFen: prices[place]!, refundedFen: 0 })),
    orderSn: `${timeText(now).slice(2, 10).replaceAll('-', '')}-${world.dice.digits(15)}`,
    createdAt: now,
    confirmStatus: 0,
    groupStatus: 0,
    orderStatus: 1,
    hasRisk: false,
    isHeld: false,
    paidAt: null,
    confirmedAt: null,
    shippedAt: null,
    receivedAt: null,
    modifiedAt: now,
    touchedAt: world.clock.now(),
    note,
    remark: '',
    tag: null,
    tagName: null,
    receiver,
    parcel: null,
    extraParcels: [],
    cases: [],
  }
}
