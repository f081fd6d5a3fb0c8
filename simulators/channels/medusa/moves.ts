import { release } from './goods.ts'
import type { Line, Order, Return, ReturnedPieces } from './model.ts'
import type { Shop } from './shop.ts'
import { isOpenReturn, piecesLeft, progressOf, refundable, totalFen } from './sums.ts'

/** What may happen to an order. Each answers the order afterwards, or null when it cannot happen to this order. */

export function capture(order: Order, at: number): Order | null {
  if (order.payment === 'captured' || order.status === 'canceled') return null
  return { ...order, payment: 'captured', capturedFen: totalFen(order), capturedAt: at }
}

/** Nothing may be packed or on its way. What was captured goes back, reserved pieces may be bought again. */
export function cancel(shop: Shop, order: Order): Order | null {
  if (order.status === 'canceled' || order.status === 'completed' || hasLive(order)) return null
  const at = shop.now()
  const back = refundable(order, null)
  const repaid = back > 0 ? addRefund(shop, order, { line: null, amountFen: back, note: '商家取消订单' }) : order
  const freed = release(shop, repaid, piecesLeft(repaid))
  const closed = { ...freed, status: 'canceled' as const, canceledAt: at, returns: settled(freed, 'canceled', at) }
  return order.capturedFen === 0 ? { ...closed, payment: 'canceled' } : closed
}

export const hasLive = ({ fulfilments }: Order) => fulfilments.some(({ canceledAt }) => canceledAt === null)

export function complete(order: Order): Order | null {
  return order.status === 'pending' || order.status === 'requires_action' ? { ...order, status: 'completed' } : null
}

/** Money back for a line, or for the order. */
export interface Repayment {
  readonly line: Line | null
  readonly amountFen: number
  readonly note: string
}

/**
 * A refund from the merchant's page. One that pays everything back of a line, or of the order, takes its goods off the order as well: what
 * has not been packed is written off, what has counts as a return received. Any other sum names no goods. Null where it is too much.
 */
export function payBack(shop: Shop, order: Order, repayment: Repayment): Order | null {
  const { line, amountFen } = repayment
  const most = refundable(order, line)
  if (order.payment !== 'captured' || amountFen < 1 || amountFen > most) return null
  const repaid = addRefund(shop, order, repayment)
  const at = shop.now()
  if (amountFen < most) return { ...repaid, returns: settled(repaid, 'canceled', at) }

  const named = line === null ? order.lines : order.lines.filter(({ id }) => id === line.id)
  const off = piecesLeft(repaid).filter(({ lineId }) => named.some(({ id }) => id === lineId))
  const freed = release(shop, repaid, off)
  const lines = freed.lines.map((each) => {
    if (!named.some(({ id }) => id === each.id)) return each
    const { fulfilled, left } = progressOf(order, each)
    return { ...each, writtenOff: each.writtenOff + left, returnReceived: fulfilled }
  })
  return { ...freed, lines, returns: settled(freed, 'received', at) }
}

function addRefund(shop: Shop, order: Order, { line, amountFen, note }: Repayment): Order {
  const refund = { id: shop.newId('ref'), at: shop.now(), amountFen, note, lineId: line?.id ?? null }
  return { ...order, refunds: [...order.refunds, refund] }
}

/** Returns that were asked for come to an end. */
function settled({ returns }: Order, status: 'received' | 'canceled', at: number): readonly Return[] {
  return returns.map((each) => {
    if (!isOpenReturn(each)) return each
    if (status === 'canceled') return { ...each, status, canceledAt: at }
    return { ...each, status, pieces: each.pieces.map(wholly), receivedAt: at }
  })
}

const wholly = (pieces: ReturnedPieces): ReturnedPieces => ({ ...pieces, received: pieces.quantity })

/** The buyer asks money back: a return of all pieces of the line or the order that are not gone yet, sent or not [assumed]. */
export function askBack(shop: Shop, order: Order, { line, amountFen }: Omit<Repayment, 'note'>): Order | null {
  const isOpen = order.returns.some(isOpenReturn)
  if (order.payment !== 'captured' || order.status === 'canceled' || isOpen) return null
  if (amountFen < 1 || amountFen > refundable(order, line)) return null
  const pieces = (line === null ? order.lines : [line]).flatMap((each) => {
    const quantity = each.quantity - each.writtenOff - each.returnReceived
    return quantity > 0 ? [{ lineId: each.id, quantity, received: 0 }] : []
  })
  if (pieces.length === 0) return null
  const asked: Return = {
    id: shop.newId('return'),
    displayId: order.returns.length + 1,
    status: 'requested',
    pieces,
    amountFen,
    requestedAt: shop.now(),
    receivedAt: null,
    canceledAt: null,
  }
  return { ...order, returns: [...order.returns, asked] }
}

export function dropAsking(order: Order, at: number): Order | null {
  if (!order.returns.some(isOpenReturn)) return null
  return { ...order, returns: settled(order, 'canceled', at) }
}

export function changeAddress(order: Order, address: string): Order | null {
  const { receiver } = order
  const whole = withDistrict(receiver.district, address)
  if (order.status === 'canceled' || hasLive(order) || receiver.address === whole) return null
  return { ...order, receiver: { ...receiver, address: whole } }
}

/** The platform has no field for the district: it stands before the street. */
export function withDistrict(district: string, address: string): string {
  return address.startsWith(district) ? address : district + address
}

/** Merges by key; null or an empty text takes a key away [assumed]. */
export function mergeMetadata(order: Order, more: Readonly<Record<string, unknown>>): Order {
  const merged = Object.entries({ ...order.metadata, ...more }).filter(([, value]) => value !== null && value !== '')
  return { ...order, metadata: Object.fromEntries(merged) }
}
