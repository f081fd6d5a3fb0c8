import { createHash } from 'node:crypto'
import type { Chance } from '../../aid/random.ts'
import type { Good, Line, Order, Payment, Phase, Receiver } from './model.ts'
import { placedTotal, share, sum } from './sums.ts'
import type { World } from './world.ts'

/** What somebody buys. */
export type Basket = readonly { readonly good: Good; readonly quantity: number }[]

/** What is settled before an order is written. */
export interface Placing {
  readonly basket: Basket
  readonly receiver: Receiver
  readonly note: string
  readonly phase: Phase
  readonly dice: Chance
}

const freeShippingFrom = 9900
/** How long a cart stands before it is an order. */
const shoppingMs = 98_000

/** An order as the checkout leaves it, or a cart that nobody checked out; whoever calls takes it up. */
export function placeOrder(world: World, { basket, receiver, note, phase, dice }: Placing): Order {
  const at = world.clock.now()
  const no = world.nextNo('order')
  const goods = sum(basket.map(({ good, quantity }) => good.priceFen * quantity))
  const coupon = goods > 6000 && dice.happens(0.3) ? dice.pick([500, 1000, 3000]) : 0
  const lines = linesOf(world, basket, { coupon, dice })
  const freight = dice.pick([600, 800, 1200])
  const hasSurcharge = dice.happens(world.settings.surchargeShare)
  const order: Order = {
    no,
    code: codeOf(`${world.seed}:order ${no}`),
    createdAt: at - shoppingMs,
    placedAt: phase === 'AddingItems' ? null : at,
    updatedAt: at,
    phase,
    receiver,
    note,
    lines,
    surcharges: hasSurcharge ? [{ no: world.nextNo('surcharge'), description: '礼品包装', fen: 500 }] : [],
    couponCodes: lines.some(({ orderDiscountFen }) => orderDiscountFen > 0) ? ['autumn10'] : [],
    freightFen: goods >= freeShippingFrom ? 0 : freight,
    isFreightCancelled: false,
    payments: [],
    refunds: [],
    fulfilments: [],
    history: [],
    toldState: phase,
    asked: null,
  }
  order.payments = paymentsOf(world, order, dice)
  return order
}

/** 'T3Q8ZKX1P0LM': twelve capitals and digits. */
function codeOf(text: string): string {
  const hash = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
  return hash.toString(36).toUpperCase().slice(0, 12)
}

interface Terms {
  /** Off the whole basket, in fen. */
  readonly coupon: number
  readonly dice: Chance
}

function linesOf(world: World, basket: Basket, { coupon, dice }: Terms): readonly Line[] {
  const ownPercent = dice.pick([0, 0, 0, 5, 10])
  const taxPercent = dice.happens(0.25) ? dice.pick([1, 3, 13]) : 0
  const isUneven = dice.happens(world.settings.unevenShare)
  const owns = basket.map(({ good, quantity }) => Math.floor((good.priceFen * ownPercent) / 100) * quantity)
  const rests = basket.map(({ good, quantity }, place) => good.priceFen * quantity - owns[place]!)
  const shares = share(Math.min(coupon, sum(rests)), rests)
  return basket.map(({ good, quantity }, place) => ({
    no: world.nextNo('line'),
    variantNo: good.no,
    placed: quantity,
    unitFen: good.priceFen,
    lineDiscountFen: owns[place]!,
    orderDiscountFen: isUneven ? shares[place]! : shares[place]! - (shares[place]! % quantity),
    taxPercent,
    cancelled: 0,
  }))
}

/** A payment that went through or was only authorised, sometimes after one that was declined; none for what nobody has paid. */
function paymentsOf(world: World, order: Order, dice: Chance): Payment[] {
  if (order.phase === 'ArrangingPayment' || order.phase === 'AddingItems') return []
  const isDeclined = dice.happens(world.settings.declinedShare)
  const state = order.phase === 'PaymentAuthorized' ? 'Authorized' : 'Settled'
  const states = isDeclined ? (['Declined', state] as const) : ([state] as const)
  return states.map((each) => newPayment(world, order, each))
}

/** An attempt to pay the whole order. */
export function newPayment(world: World, order: Order, state: Payment['state']): Payment {
  const at = world.clock.now()
  const no = world.nextNo('payment')
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '')
  return {
    no,
    method: no % 2 === 0 ? 'alipay' : 'wechatpay',
    amountFen: placedTotal(order),
    transactionId: `${day}22001400010512${String(no).padStart(6, '0')}`,
    createdAt: at,
    updatedAt: at,
    state,
  }
}
