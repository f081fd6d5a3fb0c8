import type { ChannelStatus, RefundState } from '../channel/words.ts'
import { statusFacts } from '../channel/words.ts'

/** What of a line decides how many pieces still have to leave. Quantities in pieces, money in fen. */
export interface LineFacts {
  readonly quantity: number
  readonly paidFen: number
  readonly refundState: RefundState
  readonly refundedQuantity: number
  readonly refundedFen: number
  /** Already shipped, by us or in the channel's back office, whichever is more. */
  readonly shippedQuantity: number
}

/** When the channel takes a piece off its own listing; only then does an order hold one of ours. */
export type StockTakenOn = 'placing' | 'paying'

/** Whether an order of this status holds stock (占用): paid and not over, or placed where the channel takes stock on placing. */
export function holdsStock(status: ChannelStatus, stockTakenOn: StockTakenOn): boolean {
  if (status === 'shipped' || statusFacts[status].ended) return false
  return statusFacts[status].paid || stockTakenOn === 'placing' || status === 'deposit-paid'
}

/**
 * Pieces of a line that still have to leave. A line refunded in full before shipping needs none; a refund of money alone (no pieces
 * named, less than was paid) takes none away. Never negative.
 */
export function piecesToShip(line: LineFacts): number {
  return Math.max(0, line.quantity - refundedPieces(line) - line.shippedQuantity)
}

function refundedPieces(line: LineFacts): number {
  if (line.refundState !== 'success') return line.refundedQuantity
  const isWhole = line.paidFen > 0 ? line.refundedFen >= line.paidFen : line.refundedQuantity === 0
  return isWhole ? line.quantity : line.refundedQuantity
}
