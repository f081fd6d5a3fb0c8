import { refusal } from '../../aid/control.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { type Buyer, buyerOf, openAddressIdOf } from './buyers.ts'
import { listing, take } from './goods.ts'
import { makeLines, type Pick } from './lines.ts'
import type { Order, Sku } from './state.ts'
import { addOrder, nowOf, setStatus, tellOfOrder, touch, type World } from './world.ts'

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

function place(world: World, placing: Placing): Order {
  const order = newOrder(world, placing)
  const { pay } = placing.purchase
  addOrder(world, order)
  for (const { sku, quantity } of order.lines) take(sku, quantity)
  tellOfOrder(world, order, '100')
  if (pay === 'deposit') payDeposit(world, order)
  else if (pay !== 'unpaid') payInFull(world, order)
  return order
}

function newOrder(world: World, { purchase, dice, picks, buyer }: Placing): Order {
  const now = nowOf(world)
  const isPresale = purchase.pay === 'deposit'
  const orderId = nextOrderId(world)
  const { freightInLinesShare, noSceneShare } = world.settings
  return {
    orderId,
    createdAt: now,
    openId: buyer.openId,
    lines: makeLines(orderId, picks, dice),
    freightFen: isPresale ? 0 : dice.pick([0, 0, 0, 600, 1000]),
    isFreightInLines: dice.happens(freightInLinesShare),
    isPresale,
    hasScene: !dice.happens(noSceneShare),
    parcels: [],
    cases: [],
    payType: dice.pick([1, 1, 1, 2, 8]),
    paymentNo: `42000028${dice.digits(20)}`,
    status: 1,
    isDepositPaid: false,
    updatedAt: now,
    paidAt: null,
    finishedAt: null,
    cancelReason: '',
    note: purchase.note ?? '',
    remark: '',
    star: 0,
    receiver: buyer.receiver,
    openAddressId: openAddressIdOf(buyer.receiver),
    refundedFreightFen: 0,
  }
}

/** Everything still open is paid; the order may be shipped unless it stops at the check (105). */
export function payInFull(world: World, order: Order): void {
  order.paidAt = nowOf(world)
  order.isDepositPaid = false
  const isChecked = world.dice.happens(world.settings.checkedShare)
  setStatus(world, order, isChecked ? 105 : 2)
  tellOfOrder(world, order, isChecked ? '110' : '101')
}

/** The order stays unpaid (1, main status 103) until the rest is paid. */
function payDeposit(world: World, order: Order): void {
  order.isDepositPaid = true
  touch(world, order)
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
  return ignore || picks.every(({ sku, quantity }) => quantity <= sku.available) ? picks : []
}

interface Choosing {
  readonly ignore: boolean
  readonly isSingle: boolean
}

function chosenBasket(world: World, dice: Chance, { ignore, isSingle }: Choosing): Pick[] {
  const choice = dice.shuffled([...world.skus.values()])
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

/** 19 digits, above 2^53, far enough apart for the numbers of the lines between. */
const orderStep = 1n << 24n

function nextOrderId(world: World): string {
  world.lastOrderNumber += BigInt(world.dice.whole(1, 9)) * orderStep
  return String(world.lastOrderNumber)
}
