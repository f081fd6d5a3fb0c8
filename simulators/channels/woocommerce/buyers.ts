import { refusal } from '../../aid/control.ts'
import { somebody } from '../../aid/people.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { transactionId } from './acts.ts'
import { goodOf, nameOf } from './goods.ts'
import type { Good, Order, PaymentMethod, Receiver } from './model.ts'
import { setStatus } from './moves.ts'
import { priceBasket, sum, type Terms } from './pricing.ts'
import { type Shop, withStock } from './shop.ts'

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
 * Throws a refusal for a basket with an unknown SKU, and for a deposit: Woo has no presale.
 */
export function buy(shop: Shop, purchase: Purchase): readonly Order[] {
  if (purchase.pay === 'deposit') throw refusal('Woo has no presale, so nothing is paid in part')
  const dice = purchase.seed === undefined ? shop.dice : chance(`${purchase.seed}:purchase`)
  const shelf = [...shop.goods.values()].map(({ sku }) => sku)
  const orders: Order[] = []
  for (let buyer = 0; buyer < purchase.count; buyer++) {
    const receiver = receiverOf(purchase, dice)
    const note = purchase.note ?? dice.pick(notes)
    const basket = purchase.lines
      ? fixedBasket(shop, purchase)
      : drawBasket({ shop, shelf, dice, isBlind: purchase.ignoreStock ?? false })
    const terms = drawTerms(basket, dice)
    const payment = drawPayment(purchase, dice)
    if (basket.length === 0 || (!purchase.ignoreStock && isTooMuch(basket))) continue
    orders.push(place(shop, { basket, terms, receiver, note, payment, isPaid: purchase.pay !== 'unpaid' }))
  }
  return orders
}

interface Placing {
  readonly basket: readonly BasketGood[]
  readonly terms: Terms
  readonly receiver: Receiver
  readonly note: string
  readonly payment: PaymentMethod
  readonly isPaid: boolean
}

function place(shop: Shop, placing: Placing): Order {
  const at = shop.now()
  const isPaid = placing.isPaid
  const drafted = draft(shop, placing)
  const waiting: Order = { ...drafted, status: placing.payment === 'bacs' ? 'on-hold' : 'pending' }
  const order = isPaid
    ? { ...setStatus(drafted, 'processing', at), transactionId: transactionId(shop, drafted) }
    : waiting
  const placed = withStock(shop, order)
  shop.orders.put(placed)
  shop.tell({ topic: 'order.created', order: placed })
  return placed
}

function draft(shop: Shop, { basket, terms, receiver, note, payment }: Placing): Order {
  const at = shop.now()
  const id = shop.nextNumber('order')
  const priced = priceBasket(
    basket.map(({ good, quantity }) => ({ quantity, price: good.price })),
    terms,
  )
  const { shipping } = priced
  return {
    id,
    number: shop.settings.sequentialNumbers ? `WEB-${shop.nextNumber('sequence')}` : String(id),
    orderKey: `wc_order_${shop.dice.digits(13)}`,
    status: 'pending',
    isDeleted: false,
    createdAt: at,
    modifiedAt: at,
    paidAt: null,
    completedAt: null,
    pricesIncludeTax: terms.tax === 'within',
    customerId: shop.dice.happens(0.5) ? shop.dice.whole(2, 400) : 0,
    customerNote: note,
    payment,
    transactionId: '',
    receiver,
    lines: basket.map((chosen, index) => ({ ...lineOf(shop, chosen), ...priced.lines[index]! })),
    isStockTaken: false,
    shipping: { id: shop.nextNumber('charge'), ...shipping },
    fee: terms.fee === 0 ? null : { id: shop.nextNumber('charge'), name: '礼盒包装费', total: terms.fee },
    coupon: terms.discount === 0 ? null : { id: shop.nextNumber('charge'), code: 'autumn10' },
    taxLineId: terms.tax === 'none' ? null : shop.nextNumber('charge'),
    refunds: [],
    trackings: [],
    meta: [],
    asked: null,
  }
}

function lineOf(shop: Shop, { good, quantity }: BasketGood) {
  const { id: goodId, itemId, isVariation, sku, specification } = good
  return {
    id: shop.nextNumber('line'),
    goodId,
    itemId,
    isVariation,
    sku,
    name: nameOf(shop, good),
    specification,
    quantity,
    taken: 0,
  }
}

/** A basket may hold one good in two lines. */
function isTooMuch(basket: readonly BasketGood[]): boolean {
  return basket.some(({ good }) => {
    const wanted = basket.filter((other) => other.good.id === good.id).map(({ quantity }) => quantity)
    return good.quantity !== null && sum(wanted) > good.quantity
  })
}

function fixedBasket(shop: Shop, purchase: Purchase): readonly BasketGood[] {
  return (purchase.lines ?? []).map(({ merchantCode, quantity }) => {
    const good = goodOf(shop, merchantCode)
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
  const chosen = new Map<number, BasketGood>()
  const kinds = dice.pick([1, 1, 1, 2, 2, 3])
  for (let look = 0; look < looks && chosen.size < kinds; look++) {
    const good = goodOf(shop, dice.pick(shelf))!
    const quantity = dice.pick([1, 1, 1, 2, 2, 4])
    if (!chosen.has(good.id) && (isBlind || quantity <= (good.quantity ?? quantity)))
      chosen.set(good.id, { good, quantity })
  }
  return [...chosen.values()]
}

function drawTerms(basket: readonly BasketGood[], dice: Chance): Terms {
  const goods = sum(basket.map(({ good, quantity }) => good.price * quantity))
  const off = Math.floor((goods * dice.pick([0, 0, 0, 5, 8, 10, 12])) / 100)
  const coupon = goods > 6000 && dice.happens(0.2) ? dice.pick([500, 1000, 3000]) : 0
  const shipping = dice.pick([600, 800, 1200])
  return {
    discount: Math.min(goods, off + coupon),
    shipping: goods >= freeShippingFrom ? 0 : shipping,
    fee: dice.happens(0.1) ? 1500 : 0,
    tax: dice.pick(['none', 'none', 'none', 'none', 'none', 'none', 'none', 'on-top', 'within']),
  }
}

/** Unpaid orders wait for the gateway or, some, for a bank transfer. */
function drawPayment({ pay }: Purchase, dice: Chance): PaymentMethod {
  return dice.pick(pay === 'unpaid' ? ['alipay', 'wechatpay', 'bacs'] : ['alipay', 'wechatpay'])
}

/** Somebody who fills the form in as people do; whom the caller names, plainly. Source: own-site.md 1 (O8), last names often empty. */
function receiverOf({ buyer }: Purchase, dice: Chance): Receiver {
  const { town: _town, address: door, ...person } = somebody(dice)
  const drawn = { zip: dice.digits(6), isNameSplit: dice.happens(0.2), hasCountryCode: dice.happens(0.15) }
  if (!buyer) return { ...person, ...drawn, address: person.district + door }
  const address = buyer.address.startsWith(buyer.district) ? buyer.address : buyer.district + buyer.address
  return { ...buyer, address, zip: drawn.zip, isNameSplit: false, hasCountryCode: false }
}
