import type { Chance } from '../../aid/random.ts'
import { variantTitle } from './goods.ts'
import {
  type FulfilmentOrder,
  type Good,
  type Line,
  locations,
  type Order,
  type Payment,
  type Receiver,
} from './model.ts'
import { share, sum } from './sums.ts'
import { secondNow, type World } from './world.ts'

/** What somebody buys. */
export type Basket = readonly { readonly good: Good; readonly quantity: number }[]

/** What is settled before an order is written. */
export interface Placing {
  readonly basket: Basket
  readonly receiver: Receiver
  readonly note: string
  readonly payment: Payment
  readonly isTest: boolean
  readonly dice: Chance
}

/** What the shop adds to a basket or takes off it. */
interface Terms {
  /** Percent off every line by itself. */
  readonly ownPercent: number
  /** Off the whole basket by a code, in fen. */
  readonly codeFen: number
  readonly freightFen: number
  readonly taxPercent: number
  readonly taxesIncluded: boolean
}

const freeShippingFrom = 9900

/** An order as the checkout leaves it; whoever calls takes it up. */
export function placeOrder(world: World, { basket, receiver, note, payment, isTest, dice }: Placing): Order {
  const at = secondNow(world)
  const no = world.nextNo('order')
  const terms = drawTerms(basket, dice)
  const lines = linesOf(world, basket, terms)
  const isHeld = payment !== 'PAID' || dice.happens(world.settings.holdShare)
  return {
    no,
    place: world.orders.size,
    name: `#${2000 + no - 5_550_000}`,
    createdAt: at,
    updatedAt: at,
    touchedAt: world.clock.now(),
    paidAt: payment === 'PAID' ? at : null,
    cancelledAt: null,
    closedAt: null,
    payment,
    isTest,
    note,
    attributes: [],
    metafields: [],
    receiver,
    lines,
    freightFen: terms.freightFen,
    taxesIncluded: terms.taxesIncluded,
    taxPercent: terms.taxPercent,
    fulfilmentOrders: fulfilmentOrdersOf(world, { lines, dice, isHeld }),
    fulfilments: [],
    refunds: [],
    asked: null,
    saysOpen: false,
  }
}

function drawTerms(basket: Basket, dice: Chance): Terms {
  const goods = sum(basket.map(({ good, quantity }) => good.priceFen * quantity))
  const ownPercent = dice.pick([0, 0, 0, 5, 10])
  const code = goods > 6000 && dice.happens(0.3) ? dice.pick([500, 1000, 3000]) : 0
  const freight = dice.pick([600, 800, 1200])
  const isTaxed = dice.happens(0.25)
  return {
    ownPercent,
    codeFen: code,
    freightFen: goods >= freeShippingFrom ? 0 : freight,
    taxPercent: isTaxed ? dice.pick([1, 3, 13]) : 0,
    taxesIncluded: dice.happens(0.5),
  }
}

function linesOf(world: World, basket: Basket, terms: Terms): readonly Line[] {
  const originals = basket.map(({ good, quantity }) => good.priceFen * quantity)
  const owns = originals.map((fen) => Math.floor((fen * terms.ownPercent) / 100))
  const rests = originals.map((fen, place) => fen - owns[place]!)
  const codes = share(Math.min(terms.codeFen, sum(rests)), rests)
  const rate = terms.taxesIncluded ? terms.taxPercent / (100 + terms.taxPercent) : terms.taxPercent / 100
  return basket.map(({ good, quantity }, place) => ({
    no: world.nextNo('line'),
    sku: good.sku,
    variantNo: good.variantNo,
    productNo: good.product.no,
    title: good.product.title,
    variantTitle: good.specification === '' ? null : variantTitle(good),
    quantity,
    unitFen: good.priceFen,
    ownDiscountFen: owns[place]!,
    codeDiscountFen: codes[place]!,
    taxFen: Math.round((rests[place]! - codes[place]!) * rate),
  }))
}

interface Sending {
  readonly lines: readonly Line[]
  readonly dice: Chance
  readonly isHeld: boolean
}

/** One for each location that has something to send; what is not paid is held back until it is [assumed]. */
function fulfilmentOrdersOf(world: World, { lines, dice, isHeld }: Sending): readonly FulfilmentOrder[] {
  const isSplit = lines.length > 1 && dice.happens(world.settings.splitShare)
  const parts = isSplit ? [lines.slice(0, -1), lines.slice(-1)] : [lines]
  return parts.map((part, place) => ({
    no: world.nextNo('fulfilmentOrder'),
    locationNo: locations[place]!.no,
    status: isHeld ? 'ON_HOLD' : 'OPEN',
    lines: part.map(({ no: lineNo, quantity }) => ({
      no: world.nextNo('fulfilmentOrderLine'),
      lineNo,
      total: quantity,
      remaining: quantity,
    })),
  }))
}
