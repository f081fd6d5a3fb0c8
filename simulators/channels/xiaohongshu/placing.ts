import { refusal } from '../../aid/control.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { type Buyer, buyerOf, openAddressIdOf } from './buyers.ts'
import { listing, occupy, sell } from './goods.ts'
import { makeLines, type Pick } from './lines.ts'
import type { Order, OrderType, Sku } from './state.ts'
import { addOrder, setStatus, touch, type World } from './world.ts'

const dayMs = 86_400_000
const presaleFromMs = 3 * dayMs
const presaleToMs = 10 * dayMs

/** Places orders; fewer than wished where the shelf is too bare. A fixed basket has no gifts, but discounts and freight as any other. */
export function placeOrders(world: World, purchase: Purchase): Order[] {
  if (world.skus.size === 0) throw refusal('no listings to buy', 409)
  const seed = purchase.seed ?? `${world.seed}:${world.purchases}`
  world.purchases += 1
  const buyers: Buyer[] = []
  const placed: Order[] = []
  for (let turn = 0; turn < purchase.count; turn++) {
    const dice = chance(`${seed}:${turn}`)
    const picks = basket(world, purchase, dice)
    if (picks.length === 0) continue
    const isBack = purchase.buyer === undefined && buyers.length > 0 && dice.happens(0.15)
    const buyer = isBack ? dice.pick(buyers) : buyerOf(purchase, dice)
    buyers.push(buyer)
    placed.push(place(world, { purchase, dice, picks, buyer }))
  }
  return placed
}

interface Placing {
  readonly purchase: Purchase
  readonly dice: Chance
  readonly picks: readonly Pick[]
  readonly buyer: Buyer
}

function place(world: World, { purchase, dice, picks, buyer }: Placing): Order {
  const now = world.clock.now()
  const orderType = typeOf(world, purchase, dice)
  const isPresale = orderType !== 1
  const needsCodes = dice.happens(world.settings.subsidyShare)
  const order: Order = {
    orderId: nextOrderId(world),
    orderType,
    createdAt: now,
    userId: buyer.userId,
    lines: makeLines(picks, dice, orderType === 2),
    freightFen: isPresale ? 0 : dice.pick([0, 0, 0, 600, 1000]),
    presaleFrom: isPresale ? now + presaleFromMs : 0,
    presaleTo: isPresale ? now + presaleToMs : 0,
    needsCodes,
    tags: new Set([...(dice.happens(0.05) ? ['URGENT_SHIP'] : []), ...(needsCodes ? ['COUNTRY_SUBSIDY'] : [])]),
    parcels: [],
    cases: [],
    status: 1,
    formerStatus: 1,
    isDepositPaid: false,
    isCancelAsked: false,
    isUnpacked: false,
    updatedAt: now - 1,
    paidAt: null,
    deliveredAt: null,
    cancelledAt: null,
    finishedAt: null,
    paymentType: dice.pick([1, 2, 2, 2, 5, 7]),
    outTradeNo: `43287${dice.digits(23)}`,
    note: purchase.note ?? '',
    remark: '',
    flag: 0,
    receiver: buyer.receiver,
    openAddressId: openAddressIdOf(buyer.userId, buyer.receiver),
    refundedFreightFen: 0,
  }
  addOrder(world, order)
  for (const { sku, quantity } of order.lines) occupy(world, sku, quantity)
  setStatus(world, order, 1)
  if (purchase.pay === 'deposit') payDeposit(world, order)
  else if (purchase.pay !== 'unpaid') payInFull(world, order)
  return order
}

/** Everything still open is paid; the order may be shipped unless it stops at the risk check. */
export function payInFull(world: World, order: Order): void {
  for (const { sku, quantity } of order.lines) sell(sku, quantity)
  order.paidAt = world.clock.now()
  order.isDepositPaid = order.orderType === 2
  setStatus(world, order, world.dice.happens(world.settings.riskCheckShare) ? 2 : 4)
}

/** The order stays unpaid (1) until the rest is paid: the sheet knows no status of its own for it. */
function payDeposit(world: World, order: Order): void {
  order.isDepositPaid = true
  touch(world, order)
}

function typeOf({ settings }: World, purchase: Purchase, dice: Chance): OrderType {
  if (purchase.pay === 'deposit') return 2
  return dice.happens(settings.fullPresaleShare) ? 4 : 1
}

/** What is bought: the fixed basket as it is or not at all, a chosen one as far as the shelf reaches. One SKU is one line. */
function basket(world: World, purchase: Purchase, dice: Chance): Pick[] {
  const ignore = purchase.ignoreStock === true
  if (purchase.lines === undefined) return chosenBasket(world, dice, { ignore, isSingle: purchase.pay === 'deposit' })
  const wanted = new Map<Sku, number>()
  for (const { merchantCode, quantity } of purchase.lines) {
    const sku = listing(world, merchantCode)
    wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  }
  const picks = [...wanted].map(([sku, quantity]) => ({ sku, quantity, isGift: false }))
  const isThere = picks.every(({ sku, quantity }) => sku.isBuyable && quantity <= sku.available)
  return ignore || isThere ? picks : []
}

interface Choosing {
  readonly ignore: boolean
  readonly isSingle: boolean
}

function chosenBasket(world: World, dice: Chance, { ignore, isSingle }: Choosing): Pick[] {
  const choice = dice.shuffled([...world.skus.values()].filter(({ isBuyable }) => isBuyable))
  const wanted = isSingle ? 1 : dice.pick([1, 1, 1, 1, 1, 1, 2, 2, 2, 3])
  const picks: Pick[] = []
  for (const sku of choice) {
    if (picks.length === wanted) break
    const wish = dice.pick([1, 1, 1, 1, 2, 2, 3])
    const quantity = ignore ? wish : Math.min(wish, sku.available)
    if (quantity > 0) picks.push({ sku, quantity, isGift: false })
  }
  const gift = choice.find((sku) => sku.available > 0 && !picks.some((pick) => pick.sku === sku))
  if (picks.length > 0 && gift !== undefined && !isSingle && dice.happens(0.06))
    picks.push({ sku: gift, quantity: 1, isGift: true })
  return picks
}

/** "P" and eighteen digits. Source: xiaohongshu.md 6 [recorded]. */
function nextOrderId(world: World): string {
  world.lastOrderNumber += BigInt(world.dice.whole(1, 9))
  return `P${world.lastOrderNumber}`
}
