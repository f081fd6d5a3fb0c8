import type { Order, Phase } from './model.ts'
import { deliveredPieces, quantityOf, settledPayment, shippedPieces } from './sums.ts'

/** Words of `Order.state`. Source: own-site.md 4. */
export type OrderState = Phase | 'PartiallyShipped' | 'Shipped' | 'PartiallyDelivered' | 'Delivered'

/** The state: what parcels say once the order is paid and nobody holds it. */
export function stateOf(order: Order): OrderState {
  if (order.phase !== 'PaymentSettled') return order.phase
  const lines = order.lines.map((line) => ({
    due: quantityOf(line),
    sent: shippedPieces(order, line.no),
    arrived: deliveredPieces(order, line.no),
  }))
  if (lines.every(({ sent }) => sent === 0)) return 'PaymentSettled'
  if (lines.every(({ arrived, due }) => arrived >= due)) return 'Delivered'
  if (lines.some(({ arrived }) => arrived > 0)) return 'PartiallyDelivered'
  return hasAllLeft(order) ? 'Shipped' : 'PartiallyShipped'
}

function hasAllLeft(order: Order): boolean {
  return order.lines.every((line) => shippedPieces(order, line.no) >= quantityOf(line))
}

/** The sheet's table. Source: own-site.md 4. */
const statuses: Readonly<Record<Exclude<OrderState, 'Cancelled'>, string>> = {
  Created: 'unpaid',
  Draft: 'unpaid',
  AddingItems: 'unpaid',
  ArrangingPayment: 'unpaid',
  PaymentAuthorized: 'on-hold',
  PaymentSettled: 'paid-wait-ship',
  PartiallyShipped: 'partially-shipped',
  Shipped: 'shipped',
  PartiallyDelivered: 'shipped',
  Delivered: 'completed',
  Modifying: 'on-hold',
  ArrangingAdditionalPayment: 'on-hold',
}

/** The sheet's word for an order, in kebab-case: delivered in part, it is shipped once none of its goods are here. */
export function statusOf(order: Order): string {
  const state = stateOf(order)
  if (state === 'PartiallyDelivered' && !hasAllLeft(order)) return statuses.PartiallyShipped
  if (state !== 'Cancelled') return statuses[state]
  return settledPayment(order) ? 'closed-refunded' : 'closed-unpaid'
}

/** Where an order may go from a state, as the usual order process has it [assumed]. */
export const nextStates: Readonly<Record<OrderState, readonly OrderState[]>> = {
  Created: ['AddingItems', 'Draft'],
  Draft: ['Cancelled', 'ArrangingPayment'],
  AddingItems: ['ArrangingPayment', 'Cancelled'],
  ArrangingPayment: ['PaymentAuthorized', 'PaymentSettled', 'AddingItems', 'Cancelled'],
  PaymentAuthorized: ['PaymentSettled', 'Cancelled', 'Modifying', 'ArrangingAdditionalPayment'],
  PaymentSettled: [
    'PartiallyDelivered',
    'Delivered',
    'PartiallyShipped',
    'Shipped',
    'Cancelled',
    'Modifying',
    'ArrangingAdditionalPayment',
  ],
  PartiallyShipped: ['Shipped', 'PartiallyDelivered', 'Cancelled', 'Modifying'],
  Shipped: ['PartiallyDelivered', 'Delivered', 'Cancelled', 'Modifying'],
  PartiallyDelivered: ['Delivered', 'Cancelled', 'Modifying'],
  Delivered: ['Cancelled'],
  Modifying: [
    'PaymentAuthorized',
    'PaymentSettled',
    'PartiallyShipped',
    'Shipped',
    'PartiallyDelivered',
    'ArrangingAdditionalPayment',
  ],
  ArrangingAdditionalPayment: [
    'PaymentAuthorized',
    'PaymentSettled',
    'PartiallyShipped',
    'Shipped',
    'PartiallyDelivered',
    'Cancelled',
  ],
  Cancelled: [],
}
