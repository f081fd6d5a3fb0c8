import type { Fulfilment, Line, Order, Payment, Refund } from './model.ts'

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

/** Pieces that are still on the order. */
export const quantityOf = ({ placed, cancelled }: Line) => placed - cancelled
/** What all ordered pieces cost before order-level discounts. */
export const discountedFen = ({ unitFen, placed, lineDiscountFen }: Line) => unitFen * placed - lineDiscountFen
/** What all ordered pieces cost in the end. Source: own-site.md 1, O3, and 4. */
export const paidFen = (line: Line) => discountedFen(line) - line.orderDiscountFen

/** What `pieces` of a line cost when all ordered pieces cost `fen`; to the nearest fen, as the platform tells it. */
export function partOf({ placed }: Line, fen: number, pieces: number): number {
  return Math.round((fen * pieces) / placed)
}

/** Without the tax that is in it. */
export function netFen(fen: number, taxPercent: number): number {
  return Math.round((fen * 100) / (100 + taxPercent))
}

/** Sums of an order, in fen, of what is still on it: they fall with every piece that is cancelled. */
export interface Totals {
  readonly subtotal: number
  readonly freight: number
  readonly total: number
}

/** As the platform tells them now. */
export function totalsOf({ lines, surcharges, freightFen, isFreightCancelled }: Order): Totals {
  const goods = sum(lines.map((line) => partOf(line, paidFen(line), quantityOf(line))))
  const subtotal = goods + sum(surcharges.map(({ fen }) => fen))
  const freight = isFreightCancelled ? 0 : freightFen
  return { subtotal, freight, total: subtotal + freight }
}

/** What the order cost when it was placed. */
export function placedTotal({ lines, surcharges, freightFen }: Order): number {
  return sum(lines.map(paidFen)) + sum(surcharges.map(({ fen }) => fen)) + freightFen
}

/** The payment that went through; undefined while there is none. */
export function settledPayment({ payments }: Order): Payment | undefined {
  return payments.find(({ state }) => state === 'Settled')
}

/** What was paid, refunds aside. */
export function paidTotal(order: Order): number {
  return settledPayment(order)?.amountFen ?? 0
}

/** Refunds that were paid back, and those under way. */
const settledRefunds = ({ refunds }: Order) => refunds.filter(({ state }) => state === 'Settled')
const liveRefunds = ({ refunds }: Order) => refunds.filter(({ state }) => state !== 'Failed')

const totalOf = (refunds: readonly Refund[]) => sum(refunds.map(({ totalFen }) => totalFen))
const shareOf = (refunds: readonly Refund[], lineNo: number) =>
  sum(refunds.flatMap(({ shares }) => shares.filter((each) => each.lineNo === lineNo).map(({ fen }) => fen)))

/** Money that went back. */
export const refundedFen = (order: Order) => totalOf(settledRefunds(order))
/** Money that went back for a line, as far as anybody knows. */
export const refundedOfLine = (order: Order, lineNo: number) => shareOf(settledRefunds(order), lineNo)

/** What may still be paid back: of one line, or of the order with its freight. */
export function refundable(order: Order, line: Line | null): number {
  const ofOrder = paidTotal(order) - totalOf(liveRefunds(order))
  if (line === null || ofOrder <= 0) return Math.max(0, ofOrder)
  return Math.min(ofOrder, paidFen(line) - shareOf(liveRefunds(order), line.no))
}

/** Freight that no refund has named. */
export function freightLeft(order: Order): number {
  return order.freightFen - sum(liveRefunds(order).map((refund) => refund.freightFen))
}

/** Pieces of a line that no refund has named. */
export function unrefundedPieces(order: Order, line: Line): number {
  return line.placed - piecesIn(liveRefunds(order), line.no)
}

function piecesIn(parts: readonly (Refund | Fulfilment)[], lineNo: number): number {
  const lines = parts.flatMap((part) => part.lines).filter((each) => each.lineNo === lineNo)
  return sum(lines.map(({ quantity }) => quantity))
}

/** Pieces of a line that were handed over. Source: own-site.md 4. */
export function shippedPieces({ fulfilments }: Order, lineNo: number): number {
  const sent = fulfilments.filter(({ state }) => state === 'Shipped' || state === 'Delivered')
  return piecesIn(sent, lineNo)
}

/** Pieces of a line in parcels that arrived. */
export function deliveredPieces({ fulfilments }: Order, lineNo: number): number {
  return piecesIn(
    fulfilments.filter(({ state }) => state === 'Delivered'),
    lineNo,
  )
}

/** Pieces of a line that are in no parcel yet, not even in one that is only made out. */
export function unfulfilledPieces({ fulfilments }: Order, line: Line): number {
  const alive = fulfilments.filter(({ state }) => state !== 'Cancelled')
  return Math.max(0, quantityOf(line) - piecesIn(alive, line.no))
}
