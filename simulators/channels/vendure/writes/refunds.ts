import { errorResult, notFound, type View } from '../errors.ts'
import type { LineQuantity, Order, Refund } from '../model.ts'
import { numberOf } from '../questions.ts'
import { cancelPieces, draftRefund, keepRefund, moveRefund, refundMoves } from '../refunding.ts'
import { stateOf } from '../status.ts'
import { freightLeft, paidFen, partOf, quantityOf, refundable, share, sum, unrefundedPieces } from '../sums.ts'
import { orderView } from '../views/order.ts'
import { refundView } from '../views/parts.ts'
import { changedOrder } from '../world.ts'
import { orderBy, type WantedLine, type Writing, wantedOf } from './writing.ts'

const tooMany = () => errorResult('QuantityTooGreatError', 'The quantity is greater than the number of items')

interface CancelOrderInput {
  readonly orderId: string
  readonly lines?: readonly WantedLine[] | null
  readonly cancelShipping?: boolean | null
}

/** `cancelOrder`: named pieces, or all, are taken off. An order that is not placed yet is cancelled as it stands. Source: own-site.md 4. */
export function cancelOrder({ world, isLie }: Writing, { input }: { readonly input: CancelOrderInput }): View {
  const order = orderBy(world, input.orderId)
  const all = order.lines.map((line) => ({ lineNo: line.no, quantity: quantityOf(line) }))
  const wanted = input.lines ? wantedOf(world, input.lines) : { orders: new Set([order]), pieces: all }
  const against = cancelAgainst(order, wanted, { hasLines: Boolean(input.lines) })
  if (against !== null) return against
  if (!isLie) {
    if (input.cancelShipping) order.isFreightCancelled = true
    if (order.placedAt === null) order.phase = 'Cancelled'
    else cancelPieces(world, order, wanted.pieces)
    changedOrder(world, order, order.phase === 'Cancelled' ? ['order.cancelled'] : [])
  }
  return orderView(world, order)
}

function cancelAgainst(
  order: Order,
  { orders, pieces }: ReturnType<typeof wantedOf>,
  { hasLines }: { readonly hasLines: boolean },
): View | null {
  if (sum(pieces.map(({ quantity }) => quantity)) === 0)
    return errorResult('EmptyOrderLineSelectionError', 'At least one OrderLine must be specified')
  if (orders.size > 1 || !orders.has(order)) return multiple()
  if (hasLines && order.placedAt === null)
    return errorResult('CancelActiveOrderError', 'Cannot cancel OrderLines from an Order which is active', {
      orderState: stateOf(order),
    })
  const isTooMany = ({ lineNo, quantity }: LineQuantity) =>
    quantity < 1 || quantity > quantityOf(order.lines.find(({ no }) => no === lineNo)!)
  return pieces.some(isTooMany) ? tooMany() : null
}

const multiple = () => errorResult('MultipleOrderError', 'The OrderLines must belong to one Order')

interface RefundOrderInput {
  readonly lines?: readonly WantedLine[] | null
  readonly shipping?: number | null
  readonly adjustment?: number | null
  readonly amount?: number | null
  readonly paymentId: string
  readonly reason?: string | null
}

/**
 * `refundOrder`: `amount` of a payment goes back, or what the named pieces had cost with freight and adjustment. No goods are cancelled by
 * it. Source: own-site.md 4 [sdk V]; which refusal comes first is [assumed].
 */
export function refundOrder({ world, isLie }: Writing, { input }: { readonly input: RefundOrderInput }): View {
  const order = world.payments.get(numberOf(input.paymentId))
  if (order === undefined) throw notFound('Payment', input.paymentId)
  const refund = refundOf({ world, isLie }, order, input)
  if ('errorCode' in refund) return refund
  if (!isLie) {
    keepRefund(world, order, refund as Refund)
    changedOrder(world, order, ['refund.created'])
  }
  return refundView(world, order, refund as Refund)
}

function refundOf({ world }: Writing, order: Order, input: RefundOrderInput): Refund | View {
  const payment = order.payments.find(({ no }) => no === numberOf(input.paymentId))!
  if (payment.state !== 'Settled')
    return errorResult('RefundOrderStateError', 'Cannot refund an Order in this state', { orderState: stateOf(order) })
  const { orders, pieces } = wantedOf(world, input.lines ?? [])
  if (orders.size > 1) return multiple()
  if (orders.size === 1 && !orders.has(order))
    return errorResult('PaymentOrderMismatchError', 'The Payment and OrderLines do not belong to the same Order')
  const lines = pieces.map(({ lineNo, quantity }) => ({
    quantity,
    line: order.lines.find(({ no }) => no === lineNo)!,
  }))
  if (lines.some(({ line, quantity }) => quantity < 1 || quantity > unrefundedPieces(order, line))) return tooMany()
  const worths = lines.map(({ line, quantity }) => partOf(line, paidFen(line), quantity))
  const freight = Math.min(input.shipping ?? 0, freightLeft(order))
  const total = input.amount ?? sum(worths) + freight + (input.adjustment ?? 0)
  if (total < 1) return errorResult('NothingToRefundError', 'Nothing to refund')
  const most = refundable(order, null)
  if (total > most)
    return errorResult('RefundAmountError', 'The amount specified exceeds the refundable amount', {
      maximumRefundable: most,
    })
  const [only] = order.lines
  const parts = share(Math.min(Math.max(0, total - freight), sum(worths)), worths)
  const named = lines.map(({ line }, place) => ({ lineNo: line.no, fen: parts[place]! }))
  const goodwill = [{ lineNo: only!.no, fen: Math.min(total, refundable(order, only!)) }]
  return draftRefund(world, order, {
    payment,
    totalFen: total,
    freightFen: freight,
    lines: pieces,
    shares: named.length === 0 && order.lines.length === 1 ? goodwill : named,
    reason: input.reason ?? null,
  })
}

interface SettleRefundInput {
  readonly id: string
  readonly transactionId: string
}

/** `settleRefund`: a refund that was under way has been paid. */
export function settleRefund({ world, isLie }: Writing, { input }: { readonly input: SettleRefundInput }): View {
  const found = world.refunds.get(numberOf(input.id))
  if (found === undefined) throw notFound('Refund', input.id)
  const { order, refund } = found
  const { no, state: fromState } = refund
  if (!refundMoves[fromState].includes('Settled'))
    return errorResult('RefundStateTransitionError', `Cannot transition Refund from "${fromState}" to "Settled"`, {
      transitionError: `From "${fromState}" one may go nowhere`,
      fromState,
      toState: 'Settled',
    })
  if (isLie) return { ...refundView(world, order, refund), state: 'Settled', transactionId: input.transactionId }
  moveRefund(world, order, { no, state: 'Settled', transactionId: input.transactionId })
  return refundView(world, order, refund)
}
