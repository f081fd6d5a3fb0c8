import type { Line, LineQuantity, Order, OrderStatus, Refund, Shipment } from './model.ts'
import { sum } from './pricing.ts'

/** What may happen to an order. Each answers the order afterwards, or null when it cannot happen to this order. */

export function pay(order: Order, at: number): Order | null {
  return order.status === 'unpaid' ? { ...order, status: 'paid', paidAt: at, modifiedAt: at } : null
}

/** Cancels an order not yet shipped; what was paid goes back by a refund of the shop's own. */
export function cancel(order: Order, at: number, refundId: string): Order | null {
  if (order.status === 'unpaid') return { ...order, status: 'cancelled', modifiedAt: at }
  if (order.status !== 'paid') return null
  const settled = order.refunds.map((refund) =>
    refund.status === 'requested' ? { ...refund, status: 'closed' as const } : refund,
  )
  const rest = order.amounts.total - refundedOf(order)
  const back: Refund = { id: refundId, amount: rest, reason: '商家取消订单', status: 'success', lineId: null }
  return { ...order, status: 'cancelled', modifiedAt: at, refunds: rest > 0 ? [...settled, back] : settled }
}

export function finish(order: Order, at: number): Order | null {
  return order.status === 'shipped' ? { ...order, status: 'completed', modifiedAt: at } : null
}

export function changeAddress(order: Order, address: string, at: number): Order | null {
  if (order.status !== 'unpaid' && order.status !== 'paid') return null
  if (order.receiver.address === address) return null
  return { ...order, receiver: { ...order.receiver, address }, modifiedAt: at }
}

export function changeNote(order: Order, note: string, at: number): Order | null {
  return order.note === note ? null : { ...order, note, modifiedAt: at }
}

/** What may still be asked back: of one line, or of the whole order with its freight and extras. */
export function refundable(order: Order, lineId: string | null): number {
  if (order.paidAt === null) return 0
  const open = order.refunds.filter((refund) => refund.status === 'requested' || refund.status === 'success')
  const ofOrder = order.amounts.total - sum(open.map((refund) => refund.amount))
  if (lineId === null) return ofOrder
  const line = order.lines.find(({ id }) => id === lineId)
  const ofLine = sum(open.filter((refund) => refund.lineId === lineId).map((refund) => refund.amount))
  return line ? Math.min(ofOrder, line.paid - ofLine) : 0
}

export function addRefund(order: Order, refund: Refund, at: number): Order | null {
  if (refund.amount < 1 || refund.amount > refundable(order, refund.lineId)) return null
  return closeIfRepaid({ ...order, refunds: [...order.refunds, refund], modifiedAt: at })
}

/** Ends a requested refund; an approval may be for less than was asked. */
export function settleRefund(order: Order, settled: Refund, at: number): Order | null {
  const before = order.refunds.find(({ id }) => id === settled.id)
  if (before?.status !== 'requested' || settled.amount < 1 || settled.amount > before.amount) return null
  const refunds = order.refunds.map((refund) => (refund.id === settled.id ? settled : refund))
  return closeIfRepaid({ ...order, refunds, modifiedAt: at })
}

/** Adds a parcel of pieces that `checkParcel` has let pass. */
export function ship(order: Order, shipment: Shipment, at: number): Order | null {
  if (order.status !== 'paid' && order.status !== 'partially_shipped') return null
  const shipped: Order = { ...order, shipments: [...order.shipments, shipment], modifiedAt: at }
  const left = sum(shipped.lines.map((line) => unshipped(shipped, line)))
  return { ...shipped, status: left === 0 ? 'shipped' : 'partially_shipped' }
}

export type ParcelFault = { readonly error: 'not_shippable' | 'unknown_line' | 'too_many'; readonly line?: string }

/** Why these pieces cannot go out; null when they can. Source: own-site.md 6.2, unknown line or too many units. */
export function checkParcel(order: Order, pieces: readonly LineQuantity[]): ParcelFault | null {
  const open: readonly OrderStatus[] = ['paid', 'partially_shipped', 'shipped']
  if (!open.includes(order.status)) return { error: 'not_shippable' }
  for (const { id } of pieces) {
    const line = order.lines.find((known) => known.id === id)
    if (!line) return { error: 'unknown_line', line: id }
    const wanted = sum(pieces.filter((piece) => piece.id === id).map((piece) => piece.quantity))
    if (wanted > unshipped(order, line)) return { error: 'too_many', line: id }
  }
  return null
}

export function unshipped(order: Order, line: Line): number {
  return line.quantity - shippedOf(order, line.id)
}

export function shippedOf(order: Order, lineId: string): number {
  const pieces = order.shipments.flatMap((shipment) => shipment.lines).filter(({ id }) => id === lineId)
  return sum(pieces.map(({ quantity }) => quantity))
}

export function refundedOf(order: Order): number {
  return sum(order.refunds.filter(({ status }) => status === 'success').map(({ amount }) => amount))
}

function closeIfRepaid(order: Order): Order {
  return order.paidAt !== null && refundedOf(order) === order.amounts.total ? { ...order, status: 'refunded' } : order
}
