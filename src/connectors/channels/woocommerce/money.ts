import { type ChannelStatus, statusFacts } from '../../../core/channel/words.ts'
import { type Fen, fen, sumFen } from '../../../core/money/fen.ts'
import type { LinePayload, OrderPayload } from './payload.ts'

export interface OrderMoney {
  readonly paidTotalFen: Fen
  readonly payableTotalFen: Fen
  readonly freightFen: Fen
  readonly extraFen: Fen
  readonly discountFen: Fen
  /** What was paid for each line, in their order. */
  readonly lines: readonly Fen[]
  readonly isMismatch: boolean
}

/**
 * The money of an order: lines, freight and fees with their taxes; all 0 while nothing is paid. The shop's own numbers are kept even if
 * they do not add up. Source: own-site.md 1, O2 and O3 [rule].
 */
export function moneyOf(payload: OrderPayload, status: ChannelStatus): OrderMoney {
  const isPaid = status === 'on-hold' ? payload.date_paid_gmt !== null : statusFacts[status].paid
  const paid = (amount: number) => fen(isPaid ? amount : 0)
  const lines = payload.line_items.map((line) => paid(linePaidFen(line)))
  const freightFen = paid(payload.shipping_total + payload.shipping_tax)
  const extraFen = paid(sumFen(payload.fee_lines.map((fee) => fee.total + fee.total_tax)))
  const paidTotalFen = paid(payload.total)
  return {
    paidTotalFen,
    payableTotalFen: fen(payload.total),
    freightFen,
    extraFen,
    discountFen: fen(payload.discount_total),
    lines,
    isMismatch: sumFen([...lines, freightFen, extraFen]) !== paidTotalFen,
  }
}

/** `total` is without tax whether prices include it or not. Source: own-site.md 2.2 [rule]. */
export function linePaidFen(line: Pick<LinePayload, 'total' | 'total_tax'>): number {
  return line.total + line.total_tax
}
