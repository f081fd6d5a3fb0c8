import type { OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { type Fen, fen, sumFen } from '../../../core/money/fen.ts'
import { dueFen } from './money.ts'
import { cameBackOf } from './parcels.ts'
import type { LinePayload, OrderPayload, ReturnPayload } from './payload.ts'
import { refundStateOf } from './status.ts'

interface LineRefund {
  readonly refundState: RefundState
  readonly refundingQuantity: number
  readonly refundedQuantity: number
  readonly refundedFen: number
}

export interface OrderRefund {
  readonly refundedFen: Fen
  readonly orderRefundState: OrderRefundState
  /** True when all the money went back, whatever is still under way. */
  readonly isFull: boolean
  /** One entry per line of the order, in its order. */
  readonly lines: readonly LineRefund[]
  /** True when a return under way does not say which goods it is about: then none may leave. */
  readonly isOpenSomewhere: boolean
  readonly warnings: readonly string[]
}

/** Returns under way or done, as far as they are known, and the money that went back. */
interface Known {
  readonly order: OrderPayload
  readonly returns: readonly ReturnPayload[]
  readonly refundedFen: Fen
}

/**
 * What was asked back and given back. Money that went back is a bare sum that names no goods; which goods come back say the returns, and
 * without their records the lines' own counts. Source: own-site.md 1 O5 [rule], 5.3 [sdk M].
 */
export function readRefunds(order: OrderPayload, returns: readonly ReturnPayload[]): OrderRefund {
  const listed = listedOf(order)
  const refundedFen = refundedOf(order, listed)
  const isFull = order.payment_status === 'refunded' || (refundedFen > 0 && refundedFen >= dueFen(order))
  const known: Known = { order, returns, refundedFen }
  const lines = order.items.map((line) => lineRefund(line, known))
  const words = returns.map(({ status }) => ({ word: status, ...refundStateOf(status) }))
  const isOpen = words.some(({ state }) => isUnderWay(state)) || lines.some((line) => line.refundingQuantity > 0)
  const isSome = refundedFen > 0 || order.payment_status === 'partially_refunded'
  const isVague = isSome && !isFull && order.items.length > 1
  return {
    refundedFen,
    orderRefundState: overall({ isOpen, isFull, isSome: isSome || hasCameBack(lines) }),
    isFull,
    lines: isFull && !isOpen ? order.items.map(whole) : lines,
    isOpenSomewhere: returns.some(({ status, items }) => isUnderWay(refundStateOf(status).state) && items.length === 0),
    warnings: [
      ...words.filter(({ isKnown }) => !isKnown).map(({ word }) => `unknown-refund-status:${word}`),
      ...(isVague ? ['refund-not-by-line'] : []),
      ...(agrees(order, { listed, refundedFen }) ? [] : ['amount-mismatch']),
    ],
  }
}

/** What the payments list as paid back; null where none of them lists anything. */
function listedOf({ payment_collections }: OrderPayload): Fen | null {
  const payments = payment_collections.flatMap((collection) => collection.payments)
  const lists = payments.flatMap(({ refunds }) => (refunds === null ? [] : [refunds]))
  return lists.length === 0 ? null : sumFen(lists.flat().map(({ amount }) => amount))
}

/** The larger of both sums. A shop that keeps no book of refunds says by its word alone that all of it went back. */
function refundedOf(order: OrderPayload, listed: Fen | null): Fen {
  const told = Math.max(listed ?? 0, order.summary ?? 0)
  return order.payment_status === 'refunded' && told === 0 ? dueFen(order) : fen(told)
}

interface Sums {
  readonly listed: Fen | null
  readonly refundedFen: Fen
}

/** The account, the list and the word must tell the same, as far as they tell. Source: own-site.md 5.2 [rule]. */
function agrees(order: OrderPayload, { listed, refundedFen }: Sums): boolean {
  const isSumSame = order.summary === null || listed === null || order.summary === listed
  return isSumSame && isWordOf(order, refundedFen)
}

/** Whether the word of a payment fits what went back of it; the others say nothing of refunds. */
function isWordOf(order: OrderPayload, refundedFen: Fen): boolean {
  switch (order.payment_status) {
    case 'captured':
      return refundedFen === 0
    case 'partially_refunded':
      return refundedFen > 0 && refundedFen < dueFen(order)
    case 'refunded':
      return refundedFen >= dueFen(order)
    default:
      return true
  }
}

export function isUnderWay(state: RefundState): boolean {
  return state === 'requested' || state === 'wait-receive-return'
}

function hasCameBack(lines: readonly LineRefund[]): boolean {
  return lines.some(({ refundedQuantity }) => refundedQuantity > 0)
}

const strongest: readonly RefundState[] = ['requested', 'wait-receive-return', 'success', 'closed']

function lineRefund(line: LinePayload, { order, returns, refundedFen }: Known): LineRefund {
  const own = returns.flatMap(({ status, items }) =>
    items.filter(({ item_id }) => item_id === line.id).map((item) => ({ ...item, ...refundStateOf(status) })),
  )
  const open = own.filter(({ state }) => isUnderWay(state))
  const awaited =
    line.detail?.return_requested_quantity ?? sumOf(open.map((item) => Math.max(0, item.quantity - takenIn(item))))
  const cameBack = cameBackOf(line) ?? sumOf(own.map(takenIn))
  // A bare sum can only be about an order's only line.
  const isOnlyLine = order.items.length === 1
  const states: readonly RefundState[] = [
    ...own.map(({ state }) => state),
    ...(awaited > 0 && open.length === 0 ? (['requested'] as const) : []),
    ...(cameBack > 0 || (isOnlyLine && refundedFen > 0) ? (['success'] as const) : []),
  ]
  return {
    refundState: strongest.find((state) => states.includes(state)) ?? 'none',
    refundingQuantity: Math.min(line.quantity, awaited),
    refundedQuantity: Math.min(line.quantity, cameBack),
    refundedFen: isOnlyLine ? Math.min(refundedFen, line.total) : 0,
  }
}

/** Pieces of a return that are back, sound or damaged. */
function takenIn({ received_quantity, damaged_quantity }: ReturnPayload['items'][number]): number {
  return received_quantity + damaged_quantity
}

function whole(line: LinePayload): LineRefund {
  return { refundState: 'success', refundingQuantity: 0, refundedQuantity: line.quantity, refundedFen: line.total }
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

interface Overall {
  readonly isOpen: boolean
  readonly isFull: boolean
  readonly isSome: boolean
}

function overall({ isOpen, isFull, isSome }: Overall): OrderRefundState {
  if (isOpen) return 'in-progress'
  if (isFull) return 'full'
  return isSome ? 'partial' : 'none'
}
