import type { RefundState } from '../../../core/channel/words.ts'
import { type Fen, fen, sumFen } from '../../../core/money/fen.ts'
import { dueOf, fenOf, type LineMoney, quantityOf } from './money.ts'
import { type OrderRow, type RefundRow, type Trade, textOf } from './payload.ts'
import { isOpenRefund, refundStateOf } from './status.ts'

export interface LineRefund {
  readonly refundState: RefundState
  readonly refundedFen: Fen
  readonly refundedQuantity: number
  readonly refundingQuantity: number
}

export interface PaidLine {
  readonly trade: Trade
  readonly money: LineMoney
  /** The refund records of this line, as far as they are known. */
  readonly records: readonly RefundRow[]
}

/** What came back to the buyer for one line and what is still being asked for. Refunds never lower `paidFen`. Source: T5 [rule]. */
export function lineRefundOf(line: PaidLine): LineRefund {
  const quantity = quantityOf(line.money.order)
  const refundState = stateOf(line)
  const refundedFen = refundedOf(line)
  const refundedQuantity = piecesPaidBack(line, refundState, refundedFen)
  return {
    refundState,
    refundedFen,
    refundedQuantity,
    refundingQuantity: isOpenRefund(refundState) ? quantity - refundedQuantity : 0,
  }
}

/** The line's own word is that of its latest refund; an earlier success still counts once the latest is withdrawn. */
function stateOf({ money: { order }, records }: PaidLine): RefundState {
  const latest = refundStateOf(textOf(order.refund_status))
  if (latest !== 'none' && latest !== 'closed') return latest
  return records.some(isSuccess) ? 'success' : latest
}

function refundedOf(line: PaidLine): Fen {
  const successful = line.records.filter(isSuccess)
  if (successful.length > 0) return sumFen(successful.map((record) => fenOf(record.refund_fee)))
  const isPaidBack = refundStateOf(textOf(line.money.order.refund_status)) === 'success'
  return isPaidBack ? refundedByTrade(line) : fen(0)
}

export function isSuccess(record: RefundRow): boolean {
  return refundStateOf(textOf(record.status)) === 'success'
}

/**
 * The refund of a line as far as the trade alone tells: the whole line where it is closed by the refund, else what `order.payment` has
 * dropped by, or again the whole line where it has not dropped. It never exceeds the line, so freight given back is seen only in
 * the refund's own record. Source: taobao.md 7.3, 8.1, 8.2.
 */
function refundedByTrade(line: PaidLine): Fen {
  const { money } = line
  const { order } = money
  if (textOf(order.payment) === '' || textOf(order.status) === 'TRADE_CLOSED') return money.paidFen
  const dropped = paymentBefore(line) - fenOf(order.payment)
  return fen(dropped > 0 ? Math.min(dropped, money.paidFen) : money.paidFen)
}

/**
 * What `order.payment` was before the refund, by the style the trade is written in: with one line the trade's payment with freight,
 * else the line's share after all discounts (observed) or before the trade's discount (documented). Source: taobao.md 8.1, 8.2.
 */
function paymentBefore({ trade, money }: PaidLine): number {
  const { order } = money
  if (trade.orders.length === 1) return textOf(order.divide_order_fee) === '' ? fenOf(trade.payment) : money.paidFen
  const due = dueOf(order)
  const isBeforeDiscount = fenOf(order.payment) > money.paidFen || trade.orders.some(showsDocumentedStyle)
  return isBeforeDiscount ? Math.max(due, money.paidFen) : money.paidFen
}

/** An untouched line whose payment is the amount before the trade's discount and not the share after it. */
function showsDocumentedStyle(order: OrderRow): boolean {
  if (refundStateOf(textOf(order.refund_status)) !== 'none' || textOf(order.payment) === '') return false
  const due = dueOf(order)
  const share = textOf(order.divide_order_fee)
  return fenOf(order.payment) === due && (share === '' || fenOf(share) !== due)
}

/** How many pieces have been paid for in full by what came back, cheaper ones first: part of the money is not part of the goods. */
function piecesPaidBack({ money }: PaidLine, state: RefundState, refundedFen: Fen): number {
  if (state === 'success' && refundedFen >= money.paidFen) return quantityOf(money.order)
  let left: number = refundedFen
  let pieces = 0
  for (const unit of money.unitPaidFen.toReversed()) {
    if (unit <= 0 || unit > left) break
    left -= unit
    pieces += 1
  }
  return pieces
}
