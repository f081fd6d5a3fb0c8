import { refusal } from '../../aid/control.ts'
import { somebody } from '../../aid/people.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import type { Good, Order, Receiver } from './model.ts'
import { priceBasket, sum, type Terms } from './pricing.ts'
import { moveStock, type Shop } from './shop.ts'

interface BasketGood {
  readonly good: Good
  readonly quantity: number
}

/** A buyer looks so often for something that is still there. */
const looks = 4
const freeShippingFrom = 9900
const notes = ['', '', '', '', '请用环保包装', '麻烦轻拿轻放', '周末在家,工作日放门卫', '送人的,请不要放价格单']

/**
 * Buyers place orders; one who finds too little on offer leaves without one, so fewer orders than asked may come.
 * Throws a refusal for a basket with an unknown SKU, and for a deposit: the contract has no presale.
 */
export function buy(shop: Shop, purchase: Purchase): readonly Order[] {
  if (purchase.pay === 'deposit') throw refusal('the contract has no presale, so nothing is paid in part')
  const dice = purchase.seed === undefined ? shop.dice : chance(`${purchase.seed}:purchase`)
  const shelf = [...shop.goods.keys()]
  const orders: Order[] = []
  for (let buyer = 0; buyer < purchase.count; buyer++) {
    const receiver = receiverOf(purchase, dice)
    const note = purchase.note ?? dice.pick(notes)
    const basket = purchase.lines
      ? fixedBasket(shop, purchase)
      : drawBasket({ shop, shelf, dice, isBlind: purchase.ignoreStock ?? false })
    const terms = drawTerms(basket, dice)
    if (basket.length === 0 || (!purchase.ignoreStock && isTooMuch(basket))) continue
    orders.push(place(shop, { basket, terms, receiver, note, isPaid: purchase.pay !== 'unpaid' }))
  }
  return orders
}

interface Placing {
  readonly basket: readonly BasketGood[]
  readonly terms: Terms
  readonly receiver: Receiver
  readonly note: string
  readonly isPaid: boolean
}

function place(shop: Shop, { basket, terms, receiver, note, isPaid }: Placing): Order {
  const priced = priceBasket(
    basket.map(({ good, quantity }) => ({ quantity, price: good.price })),
    terms,
  )
  const number = String(shop.nextNumber('order'))
  const id = `T-${number}`
  const now = shop.now()
  const order: Order = {
    id,
    number,
    status: isPaid ? 'paid' : 'unpaid',
    placedAt: now,
    paidAt: isPaid ? now : null,
    modifiedAt: shop.orders.stamp(now, id),
    amounts: priced.amounts,
    receiver,
    lines: basket.map(({ good, quantity }, index) => ({
      id: String(shop.nextNumber('line')),
      sku: good.sku,
      name: good.name,
      spec: good.spec,
      quantity,
      ...priced.lines[index]!,
    })),
    refunds: [],
    shipments: [],
    note,
  }
  for (const { good, quantity } of basket) moveStock(shop, good.sku, -quantity)
  shop.orders.put(order)
  shop.tell(isPaid ? 'order.paid' : 'order.created', order)
  return order
}

/** A basket may hold one good in two lines. */
function isTooMuch(basket: readonly BasketGood[]): boolean {
  return basket.some(({ good }) => {
    const wanted = basket.filter((other) => other.good.sku === good.sku).map(({ quantity }) => quantity)
    return sum(wanted) > good.available
  })
}

function fixedBasket(shop: Shop, purchase: Purchase): readonly BasketGood[] {
  return (purchase.lines ?? []).map(({ merchantCode, quantity }) => {
    const good = shop.goods.get(merchantCode)
    if (!good) throw refusal(`no listing with the merchant code ${merchantCode}`)
    if (!Number.isInteger(quantity) || quantity < 1) throw refusal('a quantity must be a whole number above 0')
    return { good, quantity }
  })
}

interface Draw {
  readonly shop: Shop
  readonly shelf: readonly string[]
  readonly dice: Chance
  /** The buyer does not see that too little is left. */
  readonly isBlind: boolean
}

/** One to three different goods, mostly one piece of each. */
function drawBasket({ shop, shelf, dice, isBlind }: Draw): readonly BasketGood[] {
  if (shelf.length === 0) return []
  const chosen = new Map<string, BasketGood>()
  const kinds = dice.pick([1, 1, 1, 2, 2, 3])
  for (let look = 0; look < looks && chosen.size < kinds; look++) {
    const good = shop.goods.get(dice.pick(shelf))!
    const wanted = { good, quantity: dice.pick([1, 1, 1, 2, 2, 4]) }
    if (!chosen.has(good.sku) && (isBlind || wanted.quantity <= good.available)) chosen.set(good.sku, wanted)
  }
  return [...chosen.values()]
}

function drawTerms(basket: readonly BasketGood[], dice: Chance): Terms {
  const goods = sum(basket.map(({ good, quantity }) => good.price * quantity))
  const off = Math.floor((goods * dice.pick([0, 0, 0, 5, 8, 10, 12])) / 100)
  const coupon = goods > 6000 && dice.happens(0.2) ? dice.pick([500, 1000, 3000]) : 0
  const freight = dice.pick([600, 800, 1200])
  return {
    discount: Math.min(goods, off + coupon),
    shipping: goods >= freeShippingFrom ? 0 : freight,
    extra: dice.happens(0.1) ? 500 : 0,
    taxPercent: dice.happens(0.15) ? dice.pick([1, 3, 13]) : 0,
  }
}

function receiverOf(purchase: Purchase, dice: Chance): Receiver {
  const { town: _town, ...person } = somebody(dice)
  const zip = dice.digits(6)
  return { ...person, zip, ...purchase.buyer }
}
