import type { Order, PaymentStage } from './model.ts'
import { sum } from './pricing.ts'
import { progressOf, refundedFen } from './sums.ts'

export type PaymentWord = PaymentStage | 'partially_refunded' | 'refunded'

/** `payment_status`. Source: own-site.md 5. */
export function paymentOf(order: Order): PaymentWord {
  const back = refundedFen(order)
  if (order.payment !== 'captured' || back === 0) return order.payment
  return back >= order.capturedFen ? 'refunded' : 'partially_refunded'
}

export const fulfilmentWords = [
  'not_fulfilled',
  'partially_fulfilled',
  'fulfilled',
  'partially_shipped',
  'shipped',
  'partially_delivered',
  'delivered',
  'canceled',
] as const
export type FulfilmentWord = (typeof fulfilmentWords)[number]

/** `fulfillment_status`, by pieces; that it says `canceled` while every fulfilment is cancelled is [assumed]. Source: own-site.md 5. */
export function fulfilmentOf(order: Order): FulfilmentWord {
  const progress = order.lines.map((line) => progressOf(order, line))
  const wanted = sum(order.lines.map(({ quantity, writtenOff }) => quantity - writtenOff))
  const fulfilled = sum(progress.map((each) => each.fulfilled))
  const shipped = sum(progress.map((each) => each.shipped))
  const delivered = sum(progress.map((each) => each.delivered))
  if (fulfilled === 0) return order.fulfilments.length > 0 ? 'canceled' : 'not_fulfilled'
  if (delivered > 0) return delivered >= wanted ? 'delivered' : 'partially_delivered'
  if (shipped > 0) return shipped >= wanted ? 'shipped' : 'partially_shipped'
  return fulfilled >= wanted ? 'fulfilled' : 'partially_fulfilled'
}

const goodsWords: Readonly<Record<FulfilmentWord, string>> = {
  not_fulfilled: 'paid-wait-ship',
  partially_fulfilled: 'paid-wait-ship',
  fulfilled: 'paid-wait-ship',
  partially_shipped: 'partially-shipped',
  shipped: 'shipped',
  partially_delivered: 'shipped',
  delivered: 'completed',
  // The label was thrown away and the goods are still here [assumed].
  canceled: 'paid-wait-ship',
}

/**
 * The sheet's mapping of the three words, in kebab-case. A cancelled order whose money was captured and has not all gone back is on hold, as
 * at Shopify; `requires_action` holds an order wherever it stands [assumed]. Source: own-site.md 5, mapping.
 */
export function statusOf(order: Order): string {
  const money = paymentOf(order)
  if (order.status === 'canceled') {
    if (order.capturedFen === 0) return 'closed-unpaid'
    return money === 'refunded' ? 'closed-refunded' : 'on-hold'
  }
  if (money === 'refunded') return 'closed-refunded'
  if (order.status === 'completed') return 'completed'
  const holds: readonly string[] = ['authorized', 'partially_captured', 'requires_action']
  if (holds.includes(money) || order.status === 'requires_action') return 'on-hold'
  return money === 'captured' || money === 'partially_refunded' ? statusOfGoods(order) : 'unpaid'
}

/** Some pieces have arrived, and others have not even left: the order is not done with, whatever its word [assumed]. */
function statusOfGoods(order: Order): string {
  const word = fulfilmentOf(order)
  return word === 'partially_delivered' && hasUnsent(order) ? 'partially-shipped' : goodsWords[word]
}

function hasUnsent(order: Order): boolean {
  return order.lines.some((line) => line.quantity - line.writtenOff > progressOf(order, line).shipped)
}
