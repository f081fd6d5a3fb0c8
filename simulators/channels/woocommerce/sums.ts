import type { Line, Order } from './model.ts'
import { sum } from './pricing.ts'

/** The totals of an order in fen, all after discounts. Source: own-site.md 1 (O3) and 2.2. */
export interface Totals {
  readonly discount: number
  readonly discountTax: number
  readonly cartTax: number
  readonly totalTax: number
  readonly total: number
}

export function totalsOf({ lines, shipping, fee }: Order): Totals {
  const of = (pick: (line: Line) => number) => sum(lines.map(pick))
  const cartTax = of(({ totalTax }) => totalTax)
  return {
    discount: of(({ subtotal, total }) => subtotal - total),
    discountTax: of(({ subtotalTax, totalTax }) => subtotalTax - totalTax),
    cartTax,
    totalTax: cartTax + shipping.tax,
    total: of(paidFor) + shipping.total + shipping.tax + (fee?.total ?? 0),
  }
}

/** What a line costs, tax included. */
export function paidFor({ total, totalTax }: Line): number {
  return total + totalTax
}

export function refundedOf(order: Order): number {
  return sum(order.refunds.map(({ amount }) => amount))
}

export function refundedOfLine(order: Order, lineId: number): number {
  const parts = order.refunds.flatMap(({ lines }) => lines).filter((part) => part.lineId === lineId)
  return sum(parts.map(({ total, tax }) => total + tax))
}

/** What may still be paid back, of one line or of the whole order. */
export function refundable(order: Order, lineId: number | null): number {
  if (order.paidAt === null) return 0
  const left = totalsOf(order).total - refundedOf(order)
  if (lineId === null) return left
  const line = order.lines.find(({ id }) => id === lineId)
  return line ? Math.min(left, paidFor(line) - refundedOfLine(order, lineId)) : 0
}
