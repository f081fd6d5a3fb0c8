import { goodOf, moveStock } from './goods.ts'
import type { Line, LineQuantity, Order, Payment, Refund, RefundState } from './model.ts'
import { moveFulfilment } from './shipping.ts'
import {
  freightLeft,
  paidFen,
  partOf,
  quantityOf,
  refundable,
  settledPayment,
  shippedPieces,
  sum,
  unfulfilledPieces,
  unrefundedPieces,
} from './sums.ts'
import { addHistory, changedOrder, tellStock, type World } from './world.ts'

/** Money back for named pieces, for freight, or for nothing in particular. */
export interface Repayment {
  readonly payment: Payment
  readonly totalFen: number
  readonly freightFen: number
  readonly lines: readonly LineQuantity[]
  readonly shares: Refund['shares']
  readonly reason: string | null
}

/** The refund as it would stand; nothing is done yet. */
export function draftRefund(world: World, order: Order, back: Repayment): Refund {
  const at = world.clock.now()
  const isAtOnce = world.settings.pendingRefunds === 0
  const items = back.lines.map(({ lineNo, quantity }) => {
    const line = order.lines.find(({ no }) => no === lineNo)!
    return partOf(line, paidFen(line), quantity)
  })
  const no = world.nextNo('refund')
  return {
    no,
    paymentNo: back.payment.no,
    createdAt: at,
    updatedAt: at,
    state: isAtOnce ? 'Settled' : 'Pending',
    transactionId: isAtOnce ? `R${back.payment.transactionId}${no}` : null,
    reason: back.reason,
    totalFen: back.totalFen,
    itemsFen: sum(items),
    freightFen: back.freightFen,
    lines: back.lines,
    shares: back.shares,
  }
}

/**
 * A refund from the merchant's page. One that pays everything back of a line or the order names its pieces; any other sum names no goods.
 * Null where there is no payment, or the sum is nothing or too much.
 */
export function ownerRefund(
  world: World,
  order: Order,
  { line, amountFen }: { readonly line: Line | null; readonly amountFen: number },
): Refund | null {
  const payment = settledPayment(order)
  const left = refundable(order, line)
  if (payment === undefined || amountFen < 1 || amountFen > left) return null
  const isAll = amountFen === left
  const wanted = line === null ? order.lines : [line]
  const named = isAll ? wanted : []
  const only = line ?? (order.lines.length === 1 ? order.lines[0]! : null)
  return draftRefund(world, order, {
    payment,
    totalFen: amountFen,
    freightFen: isAll && line === null ? freightLeft(order) : 0,
    lines: named
      .map((each) => ({ lineNo: each.no, quantity: unrefundedPieces(order, each) }))
      .filter(({ quantity }) => quantity > 0),
    shares: only === null ? [] : [{ lineNo: only.no, fen: Math.min(amountFen, refundable(order, only)) }],
    reason: '不想要了',
  })
}

/** Keeps a refund. Telling it is left to the caller. */
export function keepRefund(world: World, order: Order, refund: Refund): void {
  order.refunds.push(refund)
  world.refunds.set(refund.no, { order, refund })
  tellRefundState(world, order, { refund, from: 'Created' })
}

/** Where a refund may go from a state [assumed]. */
export const refundMoves: Readonly<Record<RefundState, readonly RefundState[]>> = {
  Pending: ['Settled', 'Failed'],
  Settled: [],
  Failed: [],
}

/** A refund is settled, or fails. */
export function moveRefund(world: World, order: Order, { no, ...to }: Pick<Refund, 'no' | 'state' | 'transactionId'>) {
  const { refund } = world.refunds.get(no)!
  const from = refund.state
  Object.assign(refund, to, { updatedAt: world.clock.now() })
  tellRefundState(world, order, { refund, from })
  changedOrder(world, order)
}

function tellRefundState(
  world: World,
  order: Order,
  { refund, from }: { readonly refund: Refund; readonly from: string },
): void {
  const { no, state: to, reason } = refund
  addHistory(world, order, { type: 'ORDER_REFUND_TRANSITION', data: { refundId: String(no), from, to, reason } })
}

/** Pieces of a line that have not left, those in a parcel that is only made out included. */
export function unsentPieces(order: Order, line: Line): number {
  return Math.max(0, quantityOf(line) - shippedPieces(order, line.no))
}

/**
 * Takes pieces off an order, as `cancelOrder` does: those that have not left first, out of parcels that are only made out, too, and back on
 * sale. An order without any pieces left is Cancelled. Telling it is left to the caller.
 */
export function cancelPieces(world: World, order: Order, pieces: readonly LineQuantity[]): void {
  for (const { lineNo, quantity } of pieces) {
    const line = order.lines.find(({ no }) => no === lineNo)!
    if (quantity > unfulfilledPieces(order, line)) takeBackParcels(world, order, lineNo)
    const unsent = Math.min(quantity, unsentPieces(order, line))
    line.cancelled += quantity
    const good = goodOf(world, line.variantNo)
    moveStock(world, good, { allocated: -unsent, onHand: quantity - unsent })
    if (quantity > 0) tellStock(world, good)
  }
  if (order.lines.every((line) => quantityOf(line) === 0)) order.phase = 'Cancelled'
}

/** Parcels with this line that were not handed over are made out anew by whoever packs them. */
function takeBackParcels(world: World, order: Order, lineNo: number): void {
  for (const fulfilment of order.fulfilments) {
    const isOpen = fulfilment.state === 'Created' || fulfilment.state === 'Pending'
    if (isOpen && fulfilment.lines.some((each) => each.lineNo === lineNo))
      moveFulfilment(world, order, fulfilment, 'Cancelled')
  }
}
