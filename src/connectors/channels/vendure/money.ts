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
 * the total; what was paid never falls, so the money that settled payments hold beyond the total goes back to the
 * cancelled pieces, and what they do not account for to freight, if that was cancelled too. Source: own-site.md 4
 * [sdk V], 1 O2, O3, O5 [rule]. Throws RangeError.
 */
export function moneyOf(payload: OrderPayload): OrderMoney {
  const settled = sumFen(payload.payments.filter(({ state }) => state === 'Settled').map((payment) => payment.amount))
  const cancelled = payload.lines.map((line) => (boughtOf(line) - line.quantity) * pieceOf(line))
  const beyond = Math.max(0, settled - payload.totalWithTax)
  const ofGoods = Math.min(beyond, sumFen(cancelled))
  const back = splitFen(ofGoods, cancelled)
  const isFreightCancelled = ofGoods > 0 && payload.shippingWithTax === 0
  const ofFreight = isFreightCancelled ? beyond - ofGoods : 0

  const lines = payload.lines.map((line, place) => ({
    list: fen(isWhole(line) ? line.linePriceWithTax : line.unitPriceWithTax * boughtOf(line)),
    paid: sumFen([line.proratedLinePriceWithTax, back[place]!]),
  }))
  return {
    total: sumFen([payload.totalWithTax, ofGoods, ofFreight]),
    due: fen(payload.totalWithTax),
    settled,
    freight: sumFen([payload.shippingWithTax, ofFreight]),
    extra: sumFen(payload.surcharges.map(({ priceWithTax }) => priceWithTax)),
    discount: sumFen(payload.lines.map((line, place) => discountOf(line, back[place]!))),
    lines,
  }
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
