import { refusal } from '../../aid/control.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { basketOf, type Pick, picksOf } from './basket.ts'
import { buyerOf } from './buyers.ts'
import { returnStock, takeStock } from './goods.ts'
import { orderOf } from './new-order.ts'
import { splitOrder } from './splitting.ts'
import type { Buyer, Order } from './state.ts'
import { addOrder, secondNow, touch, type World } from './world.ts'

/**
 * Places orders; fewer than wished where the shelf is too bare. Those that were split come with their children behind them. A fixed
 * basket has no gifts, but discounts and freight as any other.
 */
export function placeOrders(world: World, purchase: Purchase): Order[] {
  if (purchase.pay === 'deposit') throw refusal('the sheet knows no presale of JD’s, so nothing is paid in part')
  if (world.skus.size === 0) throw refusal('no listings to buy', 409)
  const seed = purchase.seed ?? `${world.seed}:${world.purchases}`
  world.purchases += 1
  const buyers: Buyer[] = []
  const placed: Order[] = []
  for (let turn = 0; turn < purchase.count; turn++) {
    const dice = chance(`${seed}:${turn}`)
    const picks = picksOf(world, purchase, dice)
    if (picks.length === 0) continue
    const comesBack = purchase.buyer === undefined && buyers.length > 0 && dice.happens(0.15)
    const buyer = comesBack ? dice.pick(buyers) : buyerOf(purchase, dice)
    buyers.push(buyer)
    placed.push(...place(world, { purchase, dice, picks, buyer }))
  }
  return placed
}

interface Placing {
  readonly purchase: Purchase
  readonly dice: Chance
  readonly picks: readonly Pick[]
  readonly buyer: Buyer
}

function place(world: World, { purchase, dice, picks, buyer }: Placing): Order[] {
  const { settings } = world
  const isOpen = purchase.pay === 'unpaid'
  const isCod = !isOpen && dice.happens(settings.cashOnDeliveryShare)
  const order = orderOf(world, {
    basket: basketOf(world, picks, dice),
    buyer,
    isCod,
    note: purchase.note ?? '',
    warehouse: dice.happens(settings.platformWarehouseShare) ? dice.pick(['京仓订单', '云仓订单']) : '',
    source: dice.pick(['移动端订单', '移动端订单', '网站订单']),
    parentId: null,
  })
  for (const { sku, quantity } of picks) takeStock(world, sku, quantity)
  if (!isOpen) order.state = 'WAIT_SELLER_STOCK_OUT'
  if (!isOpen && !isCod) order.paidAt = order.createdAt
  addOrder(world, order)
  return isOpen || isCod ? [order] : [order, ...splitByChance(world, order)]
}

/** Everything still open is paid. */
export function pay(world: World, order: Order): void {
  order.paidAt = secondNow(world)
  order.state = 'WAIT_SELLER_STOCK_OUT'
  touch(world, order)
  splitByChance(world, order)
}

/** The order is over before anything of it left, and its pieces are for sale again. */
export function cancel(world: World, order: Order): void {
  order.state = 'TRADE_CANCELED'
  order.endedAt = secondNow(world)
  for (const line of order.lines) {
    const sku = world.skus.get(line.merchantCode)
    if (sku !== undefined) returnStock(world, sku, line.quantity - line.shippedQuantity)
  }
}

function splitByChance(world: World, order: Order): Order[] {
  if (!chance(`${world.seed}:split:${order.orderId}`).happens(world.settings.splitShare)) return []
  return splitOrder(world, order)
}
