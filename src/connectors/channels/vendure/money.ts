import { type Fen, fen, splitFen, sumFen } from '../../../core/money/fen.ts'
import type { LinePayload, OrderPayload } from './payload.ts'

export interface OrderMoney {
  /** What was bought when the order was placed or later, cancelled pieces too. */
  readonly total: Fen
  /** What the order comes to now. */
  readonly due: Fen
  readonly settled: Fen
  readonly freight: Fen
  readonly extra: Fen
  readonly discount: Fen
  /** One entry per line of the order, in its order. */
  readonly lines: readonly { readonly list: Fen; readonly paid: Fen }[]
}

/** Pieces that were ever bought of a line: what is cancelled later leaves `quantity` and stays in the other. */
export function boughtOf({ quantity, orderPlacedQuantity }: Pick<LinePayload, 'quantity' | 'orderPlacedQuantity'>) {
  return Math.max(quantity, orderPlacedQuantity)
}

/**
 * What an order comes to, as if it were paid, in whole minor units. Cancelling takes its pieces off the line and off
 * the total; what was paid never falls, so the money that settled payments hold beyond the total is what cancelled
 * pieces, and cancelled freight, had cost. Source: own-site.md 4 [sdk V], 1 O2, O3, O5 [rule]. Throws RangeError.
 */
export function moneyOf(payload: OrderPayload): OrderMoney {
  const settled = sumFen(payload.payments.filter(({ state }) => state === 'Settled').map((payment) => payment.amount))
  const back = cancelledOf(payload, Math.max(0, settled - payload.totalWithTax))
  return {
    total: sumFen([payload.totalWithTax, ...back.lines, back.freight]),
    due: fen(payload.totalWithTax),
    settled,
    freight: sumFen([payload.shippingWithTax, back.freight]),
    extra: sumFen(payload.surcharges.map(({ priceWithTax }) => priceWithTax)),
    discount: sumFen(payload.lines.map((line, place) => discountOf(line, back.lines[place]!))),
    lines: payload.lines.map((line, place) => ({
      list: fen(isWhole(line) ? line.linePriceWithTax : line.unitPriceWithTax * boughtOf(line)),
      paid: sumFen([line.proratedLinePriceWithTax, back.lines[place]!]),
    })),
  }
}

/**
 * What is cancelled had cost, by line and of freight; never more than `beyond`. The platform tells the price of a
 * piece to the nearest fen, so what a discount does not share evenly shows in `beyond` alone: up to a fen a piece it
 * is the goods', more is freight's if that is gone as well.
 */
function cancelledOf({ lines, shippingWithTax }: OrderPayload, beyond: number) {
  const pieces = lines.map((line) => boughtOf(line) - line.quantity)
  const goods = lines.map((line, place) => pieces[place]! * pieceOf(line))
  // The price of an only piece, or of one that is free, is exact.
  const inexact = lines.map((line, place) => (boughtOf(line) === 1 || pieceOf(line) === 0 ? 0 : pieces[place]!))
  const rest = beyond - sumFen(goods)
  if (Math.abs(rest) <= sumFen(inexact)) {
    const odd = splitFen(rest, inexact)
    return { lines: goods.map((amount, place) => sumFen([amount, odd[place]!])), freight: fen(0) }
  }
  if (rest < 0) return { lines: splitFen(beyond, goods), freight: fen(0) }
  const isFreightGone = sumFen(goods) > 0 && shippingWithTax === 0
  return { lines: goods.map(fen), freight: fen(isFreightGone ? rest : 0) }
}

/** Of the pieces that are kept, and of those cancelled ones whose money is known. */
function discountOf(line: LinePayload, back: number): number {
  const kept = line.linePriceWithTax - line.proratedLinePriceWithTax
  return back === 0 ? kept : kept + line.unitPriceWithTax * (boughtOf(line) - line.quantity) - back
}

const isWhole = (line: LinePayload) => line.quantity === boughtOf(line)

function pieceOf({ proratedUnitPriceWithTax, unitPriceWithTax }: LinePayload): number {
  return Math.max(0, proratedUnitPriceWithTax ?? unitPriceWithTax)
}
