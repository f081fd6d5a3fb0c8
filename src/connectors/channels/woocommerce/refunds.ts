import type { OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { fen, sumFen } from '../../../core/money/fen.ts'
import { linePaidFen } from './money.ts'
import type { LinePayload, OrderPayload, RefundPayload, RefundSummary } from './payload.ts'

interface LineRefund {
  readonly refundState: RefundState
  readonly refundingQuantity: number
  readonly refundedQuantity: number
  readonly refundedFen: number
}

export interface OrderRefund {
  readonly refundedFen: number
  readonly orderRefundState: OrderRefundState
  /** One entry per line of the order, in its order. */
  readonly lines: readonly LineRefund[]
  readonly warnings: readonly string[]
}

/**
 * What was given back. A refund of this platform is money already gone, so none is ever open. The order lists bare sums; `records` say
 * which goods they were for. Source: own-site.md 1, O5 [rule], and 2.3 [doc].
 */
export function readRefunds(order: OrderPayload, records: readonly RefundPayload[]): OrderRefund {
  // A merchant may set `refunded` by hand: the status then means the whole total.
  const isSilentlyFull = order.status === 'refunded' && order.refunds.length === 0
  const refundedFen = isSilentlyFull ? order.total : sumFen(order.refunds.map(refundFen))
  const isFull = isSilentlyFull || (refundedFen > 0 && refundedFen >= order.total)
  const shares = order.refunds.map((refund) => sharesOf(refund, { order, records }))
  const isVague = !isFull && shares.includes(null)
  return {
    refundedFen,
    orderRefundState: overall(refundedFen, isFull),
    lines: order.line_items.map((line) => (isFull ? whole(line) : lineRefund(line, shares))),
    warnings: isVague ? ['refund-not-by-line'] : [],
  }
}

interface Share {
  readonly lineNo: string
  readonly quantity: number
  readonly fen: number
}

interface Known {
  readonly order: OrderPayload
  readonly records: readonly RefundPayload[]
}

/** Which lines a refund was for; null when nothing tells it. Without a record, an order's only line must be meant. */
function sharesOf(refund: RefundSummary, { order, records }: Known): readonly Share[] | null {
  const record = records.find((each) => each.id === refund.id)
  if (record !== undefined && record.line_items.length > 0) return recordedShares(record, order.line_items)

  const [only, ...others] = order.line_items
  if (only === undefined || others.length > 0) return null
  const paid = linePaidFen(only)
  const amount = refundFen(refund)
  return [{ lineNo: only.id, quantity: amount >= paid ? only.quantity : 0, fen: Math.min(amount, paid) }]
}

function recordedShares(record: RefundPayload, lines: readonly LinePayload[]): readonly Share[] | null {
  const shares = record.line_items.map((item) => {
    const lineNo = refundedLineNo(item, lines)
    return { lineNo, quantity: Math.abs(item.quantity ?? 0), fen: -linePaidFen(item) }
  })
  return shares.every((share): share is Share => share.lineNo !== null) ? shares : null
}

type RefundedItem = RefundPayload['line_items'][number]
type Goods = Pick<LinePayload, 'id' | 'product_id' | 'variation_id'>

/**
 * The line of the order that a refund's line is about: by the number in its meta data [sdk], else by its goods where only one line has
 * them; null when neither tells.
 */
export function refundedLineNo(item: RefundedItem, lines: readonly Goods[]): string | null {
  const named = item.meta_data.find(({ key }) => key === '_refunded_item_id')?.value
  const own = lines.find((line) => line.id === String(named))
  if (own !== undefined) return own.id

  const same = lines.filter((line) => line.product_id === item.product_id && line.variation_id === item.variation_id)
  return same.length === 1 ? same[0]!.id : null
}

function lineRefund(line: LinePayload, shares: readonly (readonly Share[] | null)[]): LineRefund {
  const own = shares.flatMap((each) => each ?? []).filter(({ lineNo }) => lineNo === line.id)
  const quantity = own.reduce((sum, share) => sum + share.quantity, 0)
  return {
    refundState: own.length > 0 ? 'success' : 'none',
    refundingQuantity: 0,
    refundedQuantity: Math.min(line.quantity, quantity),
    refundedFen: sumFen(own.map((share) => share.fen)),
  }
}

function whole(line: LinePayload): LineRefund {
  return {
    refundState: 'success',
    refundingQuantity: 0,
    refundedQuantity: line.quantity,
    refundedFen: linePaidFen(line),
  }
}

/** The list tells a refund below zero. */
function refundFen({ total }: RefundSummary): number {
  return fen(Math.abs(total))
}

function overall(refundedFen: number, isFull: boolean): OrderRefundState {
  if (isFull) return 'full'
  return refundedFen > 0 ? 'partial' : 'none'
}
