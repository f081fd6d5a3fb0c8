import { refusal } from '../../aid/control.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { type Buyer, buyerOf } from './buyers.ts'
import { tellOrder } from './events.ts'
import { onSale, takeStock } from './goods.ts'
import { makeLines, type Pick } from './lines.ts'
import type { Order, Payment, Sku } from './state.ts'
import { addOrder, secondNow, seconds, touch, type World } from './world.ts'

/**
 * Places orders; fewer than wished where the shelf is too bare. A fixed basket has no gifts, but discounts and freight
 * as any other. Throws a refusal for an unknown listing, and for a deposit: a presale here is paid in full.
 */
export function placeOrders(world: World, purchase: Purchase): Order[] {
  if (purchase.pay === 'deposit') throw refusal('the platform knows no deposits: a presale is paid in full')
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

function place(world: World, placing: Placing): Order {
  const order = orderOf(world, placing)
  addOrder(world, order)
  for (const { sku, quantity } of order.lines) takeStock(world, sku, quantity)
  tellOrder(world, order, 'channels_ec_order_new')
  if (placing.purchase.pay !== 'unpaid') pay(world, order, drawPayment(world, placing.dice))
  return order
}

const virtualForMs = 14 * 86_400_000
const presaleForMs = 5 * 86_400_000

function orderOf(world: World, { purchase, dice, picks, buyer }: Placing): Order {
  const now = secondNow(world)
  const { virtualNumberShare, presaleShare } = world.settings
  world.lastOrderNo += BigInt(world.dice.whole(64, 1024))
  world.orderCount += 1
  const orderNo = String(world.lastOrderNo)
  const lines = makeLines({ orderNo, picks, dice, presaleShare, presaleUntil: now + presaleForMs })
  const freightFen = dice.pick([0, 0, 0, 600, 800])
  return {
    orderNo,
    sequence: world.orderCount,
    createdAt: now,
    openid: buyer.openid,
    unionid: buyer.unionid,
    lines,
    freightFen,
    changedFreightFen: freightFen > 0 && lines[0]!.changedFen !== null ? 0 : null,
    status: 10,
    payment: null,
    receiver: buyer.receiver,
    placeStyle: dice.whole(0, 7),
    hasVirtualNumber: dice.happens(virtualNumberShare),
    virtualUntil: now + virtualForMs,
    virtualDelays: 0,
    addressWish: null,
    addressOffer: null,
    customerNotes: purchase.note ?? '',
    merchantNotes: '',
    isPresent: purchase.pay !== 'unpaid' && dice.happens(world.settings.presentShare),
    scene: dice.pick([1, 1, 2, 2, 3, 4, 5, 6]),
    spelling: { hasNulls: dice.happens(0.2), giftMark: dice.pick(['number', 'boolean']) },
    parcels: [],
    shipDoneAt: null,
    confirmedAt: null,
    settledAt: null,
    afterSales: [],
    updatedAt: now,
    touchedAt: world.clock.now(),
  }
}

interface PaymentWish {
  readonly method: Payment['method']
  readonly isTogether: boolean
}

function drawPayment(world: World, dice: Chance): PaymentWish {
  const { prizeShare, togetherShare } = world.settings
  const isPrize = dice.happens(prizeShare)
  const prize = dice.pick<Payment['method']>([3, 4])
  return { method: isPrize ? prize : dice.pick([1, 1, 1, 1, 1, 2]), isTogether: dice.happens(togetherShare) }
}

/** Everything is paid. A present then waits to be accepted, a group to be filled, all else to be shipped. */
export function pay(world: World, order: Order, wish: PaymentWish = { method: 1, isTogether: false }): void {
  const paidAt = secondNow(world)
  order.payment = { transactionId: `4200${world.dice.digits(24)}`, paidAt, method: wish.method }
  if (order.isPresent) order.status = 12
  else order.status = wish.isTogether ? 13 : 20
  touch(world, order)
  tellOrder(world, order, 'channels_ec_order_pay', { pay_time: String(seconds(paidAt)) })
  if (order.status === 20) tellOrder(world, order, 'channels_ec_order_wait_shipping')
}

/** The present is accepted, the group is full. */
export function release(world: World, order: Order): void {
  order.status = 20
  touch(world, order)
  tellOrder(world, order, 'channels_ec_order_wait_shipping')
}

/** What is bought: the fixed basket as it is or not at all, a chosen one as far as the shelf reaches. */
function basket(world: World, purchase: Purchase, dice: Chance): readonly Pick[] {
  const isBlind = purchase.ignoreStock === true
  if (purchase.lines === undefined) return chosenBasket(world, dice, isBlind)
  const wanted = new Map<Sku, number>()
  for (const { merchantCode, quantity } of purchase.lines) {
    const sku = world.skus.get(merchantCode)
    if (sku === undefined) throw refusal(`no listing ${merchantCode}`)
    if (!Number.isInteger(quantity) || quantity < 1) throw refusal('a quantity must be a whole number above 0')
    wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  }
  const picks = [...wanted].map(([sku, quantity]) => ({ sku, quantity, giftOf: null }))
  const isThere = ({ sku, quantity }: Pick) => sku.product.status === onSale && (isBlind || quantity <= sku.quantity)
  return picks.every(isThere) ? picks : []
}

function chosenBasket(world: World, dice: Chance, isBlind: boolean): readonly Pick[] {
  const choice = dice.shuffled([...world.skus.values()]).filter(({ product }) => product.status === onSale)
  const kinds = dice.pick([1, 1, 1, 1, 1, 1, 2, 2, 2, 3])
  const picks: Pick[] = []
  for (const sku of choice) {
    if (picks.length === kinds) break
    const wish = dice.pick([1, 1, 1, 1, 2, 2, 3])
    const quantity = isBlind ? wish : Math.min(wish, sku.quantity)
    if (quantity > 0) picks.push({ sku, quantity, giftOf: null })
  }
  const gift = giftFor(picks, choice, { dice, twinShare: world.settings.twinGiftShare })
  return gift === null ? picks : [...picks, gift]
}

interface GiftDraw {
  readonly dice: Chance
  readonly twinShare: number
}

function giftFor(picks: readonly Pick[], choice: readonly Sku[], { dice, twinShare }: GiftDraw): Pick | null {
  const [first] = picks
  if (first === undefined || !dice.happens(0.06)) return null
  if (dice.happens(twinShare) && first.sku.quantity > first.quantity) return { sku: first.sku, quantity: 1, giftOf: 0 }
  const other = choice.find((sku) => sku.quantity > 0 && picks.every((pick) => pick.sku !== sku))
  return other === undefined ? null : { sku: other, quantity: 1, giftOf: 0 }
}
