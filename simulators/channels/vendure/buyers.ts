import { refusal } from '../../aid/control.ts'
import { somebody } from '../../aid/people.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { availableOf, goodOf, moveStock } from './goods.ts'
import type { Good, Order, Phase, Receiver } from './model.ts'
import { type Basket, placeOrder } from './placing.ts'
import { settledPayment } from './sums.ts'
import { addHistory, addOrder, tellOrder, tellStock, type World } from './world.ts'

/** A buyer looks so often for something that is still there. */
const looks = 4
const notes = ['', '', '', '请放前台', '周末在家，工作日放门卫']

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
      : drawBasket(world, dice, { shelf, isBlind: purchase.ignoreStock ?? false })
    const isTooMuch = basket.some(({ good, quantity }) => quantity > availableOf(world, good))
    if (basket.length === 0 || (isTooMuch && !purchase.ignoreStock)) continue
    const placing = { basket, receiver, note, dice }
    orders.push(take(world, placeOrder(world, { ...placing, phase: phaseOf(world, purchase, dice) })))
    if (purchase.pay !== 'unpaid' && dice.happens(world.settings.cartShare))
      addOrder(world, placeOrder(world, { ...placing, phase: 'AddingItems' }))
  }
  return orders
}

function phaseOf({ settings }: World, { pay }: Purchase, dice: Chance): Phase {
  if (pay === 'unpaid') return 'ArrangingPayment'
  if (dice.happens(settings.authorizedShare)) return 'PaymentAuthorized'
  return dice.happens(settings.modifyingShare) ? 'Modifying' : 'PaymentSettled'
}

function take(world: World, order: Order): Order {
  addOrder(world, order)
  tellOrder(world, order, 'order.created')
  const payment = settledPayment(order)
  if (payment) {
    const data = { paymentId: String(payment.no), from: 'Created', to: 'Settled' }
    addHistory(world, order, { type: 'ORDER_PAYMENT_TRANSITION', data })
    tellOrder(world, order, 'order.paid')
  }
  for (const { variantNo, placed } of order.lines) {
    const good = goodOf(world, variantNo)
    moveStock(world, good, { allocated: placed })
    if (world.settings.saleStockPushes > 0) tellStock(world, good)
  }
  return order
}

function fixedBasket({ goodsBySku }: World, { lines = [] }: Purchase): Basket {
  return lines.map(({ merchantCode, quantity }) => {
    const good = goodsBySku.get(merchantCode)
    if (good === undefined) throw refusal(`no such listing: ${merchantCode}`)
    if (!Number.isInteger(quantity) || quantity < 1) throw refusal('a quantity must be a whole number above 0')
    return { good, quantity }
  })
}

interface Shelf {
  readonly shelf: readonly Good[]
  /** The buyer does not look whether there is enough. */
  readonly isBlind: boolean
}

/** One to three different goods, mostly one piece of each. */
function drawBasket(world: World, dice: Chance, { shelf, isBlind }: Shelf): Basket {
  if (shelf.length === 0) return []
  const chosen = new Map<number, Basket[number]>()
  const kinds = dice.pick([1, 1, 1, 2, 2, 3])
  for (let look = 0; look < looks && chosen.size < kinds; look += 1) {
    const wanted = { good: dice.pick(shelf), quantity: dice.pick([1, 1, 1, 2, 2, 3]) }
    const { no } = wanted.good
    if (!chosen.has(no) && (isBlind || wanted.quantity <= availableOf(world, wanted.good))) chosen.set(no, wanted)
  }
  return [...chosen.values()]
}

/** The district stands at the beginning of the first line of the address; some write the door on the second. */
function receiverOf({ buyer }: Purchase, dice: Chance): Receiver {
  const { name, phone, province, city, district, address } = somebody(dice)
  const zip = dice.digits(6)
  const [, street = address, door = ''] = dice.happens(0.3) ? (/^(.*?号)(.*)$/.exec(address) ?? []) : []
  if (buyer === undefined)
    return { name, phone, province, city, district, street1: district + street, street2: door, zip }
  const { address: given, ...person } = buyer
  return { ...person, zip, street1: withDistrict(buyer.district, given), street2: '' }
}

/** The first line of an address, which names the district once. */
export function withDistrict(district: string, address: string): string {
  return address.startsWith(district) ? address : district + address
}
