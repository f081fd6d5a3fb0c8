import type { FulfilmentOrder, Line, Order, RefundPiece } from './model.ts'

/** Of none it is 0. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

/** Parts in proportion to the weights, in whole fen, that add up to the total; none is greater than its weight unless the total is. */
export function share(total: number, weights: readonly number[]): readonly number[] {
  const whole = sum(weights)
  let [passed, given] = [0, 0]
  return weights.map((weight) => {
    passed += weight
    const due = whole === 0 ? 0 : Number((BigInt(total) * BigInt(passed)) / BigInt(whole))
    const part = due - given
    given = due
    return part
  })
}

/** Before every discount. */
export const originalFen = ({ unitFen, quantity }: Line) => unitFen * quantity
/** After every discount, without tax where tax comes on top. */
export const discountedFen = (line: Line) => originalFen(line) - line.ownDiscountFen - line.codeDiscountFen
const addedTaxFen = ({ taxesIncluded }: Pick<Order, 'taxesIncluded'>, { taxFen }: Line) => (taxesIncluded ? 0 : taxFen)

/** What a line cost, tax and all. Source: own-site.md 1, O3, and 3. */
export function paidFen(order: Order, line: Line): number {
  return discountedFen(line) + addedTaxFen(order, line)
}

/** Sums of an order, in fen. */
export interface Totals {
  readonly subtotal: number
  readonly discounts: number
  readonly tax: number
  readonly total: number
}

/** total = Σ discounted lines + freight + tax where it comes on top. */
export function totalsOf(order: Order): Totals {
  const { lines, freightFen } = order
  const subtotal = sum(lines.map(discountedFen))
  return {
    subtotal,
    discounts: sum(lines.map((line) => line.ownDiscountFen + line.codeDiscountFen)),
    tax: sum(lines.map(({ taxFen }) => taxFen)),
    total: subtotal + freightFen + sum(lines.map((line) => addedTaxFen(order, line))),
  }
}

/** Everything that went back. */
export function refundedFen({ refunds }: Order): number {
  return sum(refunds.map(({ amountFen }) => amountFen))
}

/** What went back for a line, as far as anybody knows. */
export function refundedOfLine({ refunds }: Order, lineNo: number): number {
  const shares = refunds.flatMap(({ shares: all }) => all).filter((each) => each.lineNo === lineNo)
  return sum(shares.map(({ fen }) => fen))
}

/** What may still be paid back: of one line, or of the order with its freight. */
export function refundable(order: Order, line: Line | null): number {
  if (order.paidAt === null) return 0
  const ofOrder = totalsOf(order).total - refundedFen(order)
  return line === null ? ofOrder : Math.min(ofOrder, paidFen(order, line) - refundedOfLine(order, line.no))
}

const piecesOf = (order: Order, lineNo: number): readonly RefundPiece[] =>
  order.refunds.flatMap(({ pieces }) => pieces).filter((piece) => piece.lineNo === lineNo)

/** Pieces of a line that no refund took off. */
export function currentQuantity(order: Order, line: Line): number {
  return line.quantity - sum(piecesOf(order, line.no).map(({ quantity }) => quantity))
}

/** Pieces of a line that have left. */
export function shippedQuantity({ fulfilments }: Order, lineNo: number): number {
  const lines = fulfilments.flatMap(({ lines: all }) => all).filter((each) => each.lineNo === lineNo)
  return sum(lines.map(({ quantity }) => quantity))
}

/** Pieces that a location has still to send. */
export function remainingIn({ lines }: FulfilmentOrder): number {
  return sum(lines.map(({ remaining }) => remaining))
}

/** Pieces of a line that are still to be sent. */
export function toSend({ fulfilmentOrders }: Order, lineNo: number): number {
  const lines = fulfilmentOrders.flatMap(({ lines: all }) => all).filter((each) => each.lineNo === lineNo)
  return sum(lines.map(({ remaining }) => remaining))
}
