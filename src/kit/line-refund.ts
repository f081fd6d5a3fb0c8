import type { OrderRefundState, RefundState } from '../core/channel/words.ts'
import { sumFen } from '../core/money/fen.ts'

/** What refunds come to for one line. */
export interface LineRefund {
  readonly refundState: RefundState
  readonly refundingQuantity: number
  readonly refundedQuantity: number
  readonly refundedFen: number
}

/** What a refund says of one line. */
export interface RefundShare {
  readonly lineNo: string
  /** 0 for money only: no piece is taken off the order. */
  readonly quantity: number
  readonly amount: number
}

/** A refund of a platform whose refunds are asked for, done or over; `shares` is empty where it says nothing of goods. */
export interface SharedRefund {
  readonly state: RefundState
  readonly shares: readonly RefundShare[]
}

/** The word that counts where a line has several: what is under way, then what is done. */
const strongest: readonly RefundState[] = ['requested', 'success', 'closed']

/** What these refunds come to for a line of so many pieces. */
export function lineRefund(
  refunds: readonly SharedRefund[],
  { id, quantity }: { readonly id: string; readonly quantity: number },
): LineRefund {
  const own = refunds.map(({ state, shares }) => ({ state, shares: shares.filter(({ lineNo }) => lineNo === id) }))
  const concerning = own.filter(({ shares }) => shares.length > 0)
  const sharesOf = (state: RefundState) =>
    concerning.filter((refund) => refund.state === state).flatMap(({ shares }) => shares)
  const piecesOf = (state: RefundState) => Math.min(quantity, sumFen(sharesOf(state).map((share) => share.quantity)))
  return {
    refundState: strongest.find((state) => concerning.some((refund) => refund.state === state)) ?? 'none',
    refundingQuantity: piecesOf('requested'),
    refundedQuantity: piecesOf('success'),
    refundedFen: sumFen(sharesOf('success').map(({ amount }) => amount)),
  }
}

/** Everything of a line went back. */
export function wholeLineRefund(quantity: number, paid: number): LineRefund {
  return { refundState: 'success', refundingQuantity: 0, refundedQuantity: quantity, refundedFen: paid }
}

/** An open one counts before what is done. */
export function orderRefundStateOf(of: {
  readonly isOpen: boolean
  readonly isFull: boolean
  readonly isSome: boolean
}): OrderRefundState {
  if (of.isOpen) return 'in-progress'
  if (of.isFull) return 'full'
  return of.isSome ? 'partial' : 'none'
}
