import type { Line, Meta, Order, Refund, Tracking } from './model.ts'
import { paidFor, refundable, refundedOf, refundedOfLine, totalsOf } from './sums.ts'

/** What may happen to an order. Each answers the order afterwards, or null when it cannot happen to this order. */

const open: ReadonlySet<string> = new Set(['pending', 'failed', 'on-hold'])
const underWay: ReadonlySet<string> = new Set([...open, 'processing', 'partial-shipped'])
const paidStatuses: ReadonlySet<string> = new Set(['processing', 'completed'])

/** Any status may follow any other. The first that stands for payment dates the payment, `completed` dates the end. */
export function setStatus(order: Order, status: string, at: number): Order {
  if (order.status === status) return order
  return {
    ...order,
    status,
    paidAt: order.paidAt ?? (paidStatuses.has(status) ? at : null),
    completedAt: status === 'completed' ? at : order.completedAt,
    asked: null,
  }
}

export function pay(order: Order, at: number, transactionId: string): Order | null {
  if (!open.has(order.status) || order.paidAt !== null) return null
  return { ...setStatus(order, 'processing', at), transactionId }
}

/** A cancelled order is not paid back by itself. */
export function cancel(order: Order, at: number): Order | null {
  return underWay.has(order.status) ? setStatus(order, 'cancelled', at) : null
}

/** The buyer asks money back; the shop puts the order on hold while it looks into it, [assumed]: Woo itself knows no request. */
export function ask(order: Order, asked: NonNullable<Order['asked']>, at: number): Order | null {
  if (order.status !== 'processing' || asked.amount < 1 || asked.amount > refundable(order, asked.lineId)) return null
  return { ...setStatus(order, 'on-hold', at), asked }
}

export function dropAsking(order: Order, at: number): Order | null {
  return order.asked ? setStatus(order, 'processing', at) : null
}

/** Adds a refund; one that pays the last fen back makes the order `refunded`, any other leaves the status as it is. */
export function addRefund(order: Order, refund: Refund, at: number): Order | null {
  if (refund.amount < 1 || refund.amount > refundable(order, null)) return null
  const after = { ...order, refunds: [...order.refunds, refund] }
  return refundedOf(after) === totalsOf(after).total ? setStatus(after, 'refunded', at) : after
}

/** What a refund of `amount` takes back of a line; pieces only where the whole line is paid back at once. */
export function takenBack(order: Order, line: Line, amount: number): Omit<Refund['lines'][number], 'id'> {
  const isWhole = amount === paidFor(line) && refundedOfLine(order, line.id) === 0
  const tax = paidFor(line) === 0 ? 0 : Math.round((amount * line.totalTax) / paidFor(line))
  return { lineId: line.id, quantity: isWhole ? line.quantity : 0, total: amount - tax, tax }
}

export function changeAddress(order: Order, address: string): Order | null {
  const { receiver } = order
  const whole = address.startsWith(receiver.district) ? address : receiver.district + address
  if (!underWay.has(order.status) || receiver.address === whole) return null
  return { ...order, receiver: { ...receiver, address: whole } }
}

export function changeNote(order: Order, customerNote: string): Order | null {
  return order.customerNote === customerNote ? null : { ...order, customerNote }
}

export function addTracking(order: Order, tracking: Tracking): Order {
  return { ...order, trackings: [...order.trackings, tracking] }
}

export function dropTracking(order: Order, id: string): Order | null {
  const trackings = order.trackings.filter((tracking) => tracking.id !== id)
  return trackings.length === order.trackings.length ? null : { ...order, trackings }
}

/** An entry with an id changes that one, one without the first of its key; null takes it away. */
export function setMeta(
  order: Order,
  entry: { readonly id: number | null; key: string; value: unknown },
  newId: number,
) {
  const isMeant = (meta: Meta) => (entry.id === null ? meta.key === entry.key : meta.id === entry.id)
  const known = order.meta.find(isMeant)
  if (entry.value === null) return { ...order, meta: order.meta.filter((meta) => meta !== known) }
  const after: Meta = {
    id: known?.id ?? newId,
    key: entry.key === '' && known ? known.key : entry.key,
    value: entry.value,
  }
  const meta = known ? order.meta.map((each) => (each === known ? after : each)) : [...order.meta, after]
  return { ...order, meta }
}
