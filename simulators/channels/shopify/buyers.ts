import { refusal } from '../../aid/control.ts'
import { somebody } from '../../aid/people.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { moveStock } from './goods.ts'
import type { Good, Order, Payment, Receiver } from './model.ts'
import { type Basket, placeOrder } from './placing.ts'
import { addOrder, tellOrder, tellStock, type World } from './world.ts'

/** A buyer looks so often for something that is still there. */
const looks = 4
const notes = ['', '', '', '', '请放前台', '麻烦轻拿轻放', '周末在家，工作日放门卫', '送人的，请不要放价格单']

/**
 * Buyers place orders; one who finds too little on offer leaves without one, so fewer orders than asked may come. Throws a refusal for
 * a basket with an unknown SKU, and for a deposit: the sheet has no presale.
 */
export function buy(world: World, purchase: Purchase): readonly Order[] {
  if (purchase.pay === 'deposit') throw refusal('this platform has no presale')
  const dice = purchase.seed === undefined ? world.dice : chance(`${purchase.seed}:purchase`)
  const shelf = [...world.goods.values()]
  const orders: Order[] = []
  for (let buyer = 0; buyer < purchase.count; buyer += 1) {
    const receiver = receiverOf(purchase, dice)
    const note = purchase.note ?? dice.pick(notes)
    const basket = purchase.lines
      ? fixedBasket(world, purchase)
      : drawBasket(shelf, dice, purchase.ignoreStock ?? false)
    const isTooMuch = basket.some(({ good, quantity }) => quantity > good.available)
    if (basket.length === 0 || (isTooMuch && !purchase.ignoreStock)) continue
    const payment = paymentOf(world, purchase, dice)
    orders.push(take(world, placeOrder(world, { basket, receiver, note, payment, dice, isTest: false })))
    if (dice.happens(world.settings.testShare))
      take(world, placeOrder(world, { basket, receiver, note, payment, dice, isTest: true }))
  }
  return orders
}

function take(world: World, order: Order): Order {
  addOrder(world, order)
  tellOrder(world, order, order.paidAt === null ? ['orders/create'] : ['orders/create', 'orders/paid'])
  for (const { sku, quantity } of order.isTest ? [] : order.lines) {
    const good = world.goodsBySku.get(sku)!
    moveStock(good, { available: -quantity, committed: quantity })
    if (world.settings.saleStockPushes > 0) tellStock(world, good)
  }
  return order
}

function paymentOf({ settings }: World, { pay }: Purchase, dice: Chance): Payment {
  if (pay === 'unpaid') return 'PENDING'
  return dice.happens(settings.partPaidShare) ? 'PARTIALLY_PAID' : 'PAID'
}

function fixedBasket({ goodsBySku }: World, { lines = [] }: Purchase): Basket {
  return lines.map(({ merchantCode, quantity }) => {
    const good = goodsBySku.get(merchantCode)
    if (good === undefined) throw refusal(`no such listing: ${merchantCode}`)
    if (!Number.isInteger(quantity) || quantity < 1) throw refusal('a quantity must be a whole number above 0')
    return { good, quantity }
  })
}

/** One to three different goods, mostly one piece of each. */
function drawBasket(shelf: readonly Good[], dice: Chance, isBlind: boolean): Basket {
  if (shelf.length === 0) return []
  const chosen = new Map<string, Basket[number]>()
  const kinds = dice.pick([1, 1, 1, 2, 2, 3])
  for (let look = 0; look < looks && chosen.size < kinds; look += 1) {
    const wanted = { good: dice.pick(shelf), quantity: dice.pick([1, 1, 1, 2, 2, 3]) }
    const { sku, available } = wanted.good
    if (!chosen.has(sku) && (isBlind || wanted.quantity <= available)) chosen.set(sku, wanted)
  }
  return [...chosen.values()]
}

/** The district stands at the beginning of the first line of the address; some write the door on the second. */
function receiverOf({ buyer }: Purchase, dice: Chance): Receiver {
  const { name, phone, province, city, district, address } = somebody(dice)
  const zip = dice.digits(6)
  const [, street = address, door = ''] = dice.happens(0.3) ? (/^(.*?号)(.*)$/.exec(address) ?? []) : []
  if (buyer !== undefined) return receiverFrom(buyer, zip)
  return { name, phone, province, city, district, address1: district + street, address2: door, zip }
}

function receiverFrom({ address, ...buyer }: NonNullable<Purchase['buyer']>, zip: string): Receiver {
  return { ...buyer, zip, address1: withDistrict(buyer.district, address), address2: '' }
}

/** The first line of an address, which names the district once. */
export function withDistrict(district: string, address: string): string {
  return address.startsWith(district) ? address : district + address
}
