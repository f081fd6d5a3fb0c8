import type { Fulfilment, Line, Order, Return } from './model.ts'
import { sum } from './pricing.ts'

/** What the order costs. Source: own-site.md 1 (O2, O3). */
export function totalFen({ lines, shipping }: Pick<Order, 'lines' | 'shipping'>): number {
  return sum(lines.map((line) => line.totalFen)) + shipping.totalFen
}

export function refundedFen({ refunds }: Order): number {
  return sum(refunds.map(({ amountFen }) => amountFen))
}

/** What the merchant paid back for this line. An order of one line has no other goods to pay for. */
export function refundedOfLine({ refunds, lines }: Order, lineId: string): number {
  const own = refunds.filter((refund) => refund.lineId === lineId || lines.length === 1)
  return sum(own.map(({ amountFen }) => amountFen))
}

/** What may still be paid back, of one line or of the whole order. */
export function refundable(order: Order, line: Line | null): number {
  const left = order.capturedFen - refundedFen(order)
  return line === null ? left : Math.max(0, Math.min(left, line.totalFen - refundedOfLine(order, line.id)))
}

/** Somebody wants to send goods back, and that has come to no end yet. */
export const isOpenReturn = ({ status }: Return) => status !== 'received' && status !== 'canceled'

/** Pieces of a line by how far they have come; each counts those that went further as well. */
export interface Progress {
  readonly fulfilled: number
  readonly shipped: number
  readonly delivered: number
  readonly returnRequested: number
  /** What may still be put into a fulfilment. */
  readonly left: number
}

export function progressOf(order: Order, line: Line): Progress {
  const live = order.fulfilments.filter(({ canceledAt }) => canceledAt === null)
  const count = (among: readonly { readonly pieces: Fulfilment['pieces'] }[]) =>
    sum(among.flatMap(({ pieces }) => pieces.filter(({ lineId }) => lineId === line.id)).map((each) => each.quantity))
  const fulfilled = count(live)
  return {
    fulfilled,
    shipped: count(live.filter(({ shippedAt }) => shippedAt !== null)),
    delivered: count(live.filter(({ deliveredAt }) => deliveredAt !== null)),
    returnRequested: count(order.returns.filter(isOpenReturn).map(awaited)),
    left: Math.max(0, line.quantity - line.writtenOff - fulfilled),
  }
}

/** What has not come back yet of a return. */
function awaited({ pieces }: Return) {
  return { pieces: pieces.map(({ lineId, quantity, received }) => ({ lineId, quantity: quantity - received })) }
}

/** Everything that may still be put into a fulfilment. */
export function piecesLeft(order: Order): readonly { readonly lineId: string; readonly quantity: number }[] {
  return order.lines.flatMap((line) => {
    const { left } = progressOf(order, line)
    return left > 0 ? [{ lineId: line.id, quantity: left }] : []
  })
}
