import type { Order } from './model.ts'
import { refundedFen, remainingIn, totalsOf } from './sums.ts'

/** Words of `displayFinancialStatus`. */
export type FinancialWord = Order['payment'] | 'PARTIALLY_REFUNDED' | 'REFUNDED'

/** `displayFinancialStatus`. */
export function financialOf(order: Order): FinancialWord {
  const back = refundedFen(order)
  if (back === 0) return order.payment
  return back >= totalsOf(order).total ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
}

/** Words of `displayFulfillmentStatus`. */
export type FulfilmentWord =
  | 'UNFULFILLED'
  | 'OPEN'
  | 'ON_HOLD'
  | 'SCHEDULED'
  | 'IN_PROGRESS'
  | 'PARTIALLY_FULFILLED'
  | 'FULFILLED'

/** `displayFulfillmentStatus`. */
export function fulfilmentOf({ fulfilmentOrders, fulfilments, saysOpen }: Order): FulfilmentWord {
  const left = fulfilmentOrders.filter((each) => remainingIn(each) > 0)
  if (fulfilments.length > 0) return left.length === 0 ? 'FULFILLED' : 'PARTIALLY_FULFILLED'
  if (left.some(({ status }) => status === 'IN_PROGRESS')) return 'IN_PROGRESS'
  for (const word of ['ON_HOLD', 'SCHEDULED'] as const)
    if (left.length > 0 && left.every(({ status }) => status === word)) return word
  return saysOpen ? 'OPEN' : 'UNFULFILLED'
}

/** The sheet's table of both words, in kebab-case. Source: own-site.md 3. */
export function statusOf(order: Order): string {
  const money = financialOf(order)
  if (order.cancelledAt !== null) {
    if (order.paidAt === null) return 'closed-unpaid'
    return money === 'REFUNDED' ? 'closed-refunded' : 'on-hold'
  }
  if (money === 'VOIDED') return 'closed-unpaid'
  if (money === 'REFUNDED') return 'closed-refunded'
  if (money === 'PARTIALLY_PAID') return 'on-hold'
  return money === 'PAID' || money === 'PARTIALLY_REFUNDED' ? parcelStatus(order) : 'unpaid'
}

function parcelStatus(order: Order): string {
  const word = fulfilmentOf(order)
  if (word === 'PARTIALLY_FULFILLED' || word === 'IN_PROGRESS') return 'partially-shipped'
  if (word === 'FULFILLED') {
    const isDelivered = order.fulfilments.every(({ deliveredAt }) => deliveredAt !== null)
    return isDelivered || order.closedAt !== null ? 'completed' : 'shipped'
  }
  const alive = order.fulfilmentOrders.filter(({ status }) => status !== 'CLOSED' && status !== 'CANCELLED')
  return alive.length > 0 && alive.every(({ status }) => status === 'ON_HOLD') ? 'on-hold' : 'paid-wait-ship'
}
