import { refusal } from '../../aid/control.ts'
import { somebody } from '../../aid/people.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { available, goodOf, reserve } from './goods.ts'
import type { Good, Order, Receiver } from './model.ts'
import { capture, withDistrict } from './moves.ts'
import { priceBasket, sum, type Terms } from './pricing.ts'
import type { Shop } from './shop.ts'

interface BasketGood {
  readonly good: Good
  readonly quantity: number
}

/** A buyer looks so often for something that is still there. */
const looks = 4
const freeFreightFromFen = 9900
const notes = ['', '', '', '', '请用环保包装', '麻烦轻拿轻放', '周末在家,工作日放门卫', '送人的,请不要放价格单']

/**
 * Buyers place orders; one who finds too little on offer leaves without one, so fewer orders than asked may come.
 * Throws a refusal for a basket with an unknown SKU, and for a deposit: there is no presale.
 */
export function buy(shop: Shop, purchase: Purchase): readonly Order[] {
  if (purchase.pay === 'deposit') throw refusal('Medusa has no presale, so nothing is paid in part')
  const dice = purchase.seed === undefined ? shop.dice : chance(`${purchase.seed}:purchase`)
  const shelf = [...shop.bySku.keys()]
  const orders: Order[] = []
  for (let buyer = 0; buyer < purchase.count; buyer++) {
    const receiver = receiverOf(purchase, dice)
    const note = purchase.note ?? dice.pick(notes)
    const basket = purchase.lines
      ? fixedBasket(shop, purchase)
      : drawBasket({ shop, shelf, dice, isBlind: purchase.ignoreStock ?? false })
    const terms = drawTerms(basket, dice)
    if (basket.length === 0 || (!purchase.ignoreStock && isTooMuch(basket))) continue
    const awaits = dice.happens(0.3) ? 'awaiting' : 'not_paid'
    orders.push(place(shop, { basket, terms, receiver, note, awaits, isPaid: purchase.pay !== 'unpaid' }))
  }
  return orders
}

interface Placing {
  readonly basket: readonly BasketGood[]
  readonly terms: Terms
  readonly receiver: Receiver
  readonly note: string
  /** What an order says that is not paid yet. */
  readonly awaits: 'awaiting' | 'not_paid'
  readonly isPaid: boolean
}

function place(shop: Shop, placing: Placing): Order {
  const open = reserve(shop, draft(shop, placing))
  const order = placing.isPaid ? capture(open, open.createdAt)! : open
  shop.orders.put(order)
  shop.tell({ type: 'order.placed', id: order.id })
  if (placing.isPaid) shop.tell({ type: 'payment.captured', id: order.id })
  return order
}

function draft(shop: Shop, { basket, terms, receiver, note, awaits }: Placing): Order {
  const at = shop.now()
  const displayId = shop.nextDisplayId()
  const priced = priceBasket(
    basket.map(({ good, quantity }) => ({ quantity, priceFen: good.priceFen })),
    terms,
  )
  return {
    id: shop.newId('order'),
    displayId,
    status: 'pending',
    payment: awaits,
    capturedFen: 0,
    capturedAt: null,
    createdAt: at,
    updatedAt: at,
    canceledAt: null,
    email: `buyer${displayId}@mail.example`,
    receiver,
    metadata: note === '' ? {} : { note },
    lines: basket.map((chosen, place) => ({ ...lineOf(shop, chosen), ...priced.lines[place]! })),
    shipping: { id: shop.newId('ordsm'), ...priced.freight },
    isTaxInclusive: terms.tax === 'within',
    promotion: terms.discountFen > 0 ? 'AUTUMN10' : null,
    collectionId: shop.newId('pay_col'),
    paymentId: shop.newId('pay'),
    refunds: [],
    fulfilments: [],
    returns: [],
  }
}

function lineOf(shop: Shop, { good, quantity }: BasketGood) {
  return {
    id: shop.newId('ordli'),
    productId: good.productId,
    variantId: good.variantId,
    sku: good.sku,
    title: shop.products.get(good.productId)!.title,
    specification: good.specification,
    quantity,
    unitPriceFen: good.priceFen,
    reserved: 0,
    writtenOff: 0,
    returnReceived: 0,
  }
}

/** A basket may hold one good in two lines. */
function isTooMuch(basket: readonly BasketGood[]): boolean {
  return basket.some(({ good }) => {
    const wanted = basket.filter((other) => other.good.variantId === good.variantId).map(({ quantity }) => quantity)
    return sum(wanted) > available(good)
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
  const chosen = new Map<string, BasketGood>()
  const kinds = dice.pick([1, 1, 1, 2, 2, 3])
  for (let look = 0; look < looks && chosen.size < kinds; look++) {
    const good = goodOf(shop, dice.pick(shelf))!
    const quantity = dice.pick([1, 1, 1, 2, 2, 4])
    if (!chosen.has(good.sku) && (isBlind || quantity <= available(good))) chosen.set(good.sku, { good, quantity })
  }
  return [...chosen.values()]
}

function drawTerms(basket: readonly BasketGood[], dice: Chance): Terms {
  const goodsFen = sum(basket.map(({ good, quantity }) => good.priceFen * quantity))
  const off = Math.floor((goodsFen * dice.pick([0, 0, 0, 5, 8, 10, 12])) / 100)
  const coupon = goodsFen > 6000 && dice.happens(0.2) ? dice.pick([500, 1000, 3000]) : 0
  const freightFen = dice.pick([600, 800, 1250])
  return {
    discountFen: Math.min(goodsFen, off + coupon),
    freightFen: goodsFen >= freeFreightFromFen && dice.happens(0.5) ? 0 : freightFen,
    isFreightGiven: goodsFen >= freeFreightFromFen,
    tax: dice.pick(['none', 'none', 'none', 'none', 'none', 'none', 'none', 'on-top', 'within']),
  }
}

/** Somebody who fills the form in as people do; whom the caller names, plainly. Source: own-site.md 1 (O8). */
function receiverOf({ buyer }: Purchase, dice: Chance): Receiver {
  const { town: _town, ...person } = buyer ? { ...buyer, town: '' } : somebody(dice)
  const drawn = { zip: dice.digits(6), isNameSplit: dice.happens(0.8), hasCountryCode: dice.happens(0.15) }
  return {
    ...person,
    ...drawn,
    hasCountryCode: buyer === undefined && drawn.hasCountryCode,
    address: withDistrict(person.district, person.address),
  }
}
