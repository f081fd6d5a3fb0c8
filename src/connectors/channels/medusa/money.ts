import { type Fen, fen, sumFen } from '../../../core/money/fen.ts'
import type { OrderPayload } from './payload.ts'

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
 * The money of an order: lines and freight with their taxes; all 0 while nothing is paid. The shop's own numbers are kept even if they do
 * not add up. Credit settles a total, and is given too when a paid order is cancelled [assumed]; so it belongs to what was due.
 * Source: own-site.md 1, O2 and O3 [rule], 5.2 [sdk M].
 */
export function moneyOf(payload: OrderPayload, isPaid: boolean): OrderMoney {
  const paid = (amount: number) => fen(isPaid ? amount : 0)
  const lines = payload.items.map((line) => paid(line.total))
  const freightFen = paid(payload.shipping_total)
  const payableTotalFen = dueFen(payload)
  const paidTotalFen = paid(payableTotalFen)
  return {
    paidTotalFen,
    payableTotalFen,
    freightFen,
    extraFen: fen(0),
    discountFen: fen(payload.discount_total),
    lines,
    isMismatch: sumFen([...lines, freightFen]) !== paidTotalFen,
  }
}

/** What the order costs, before credit. */
export function dueFen({ total, credit_line_total }: OrderPayload): Fen {
  return sumFen([total, credit_line_total])
}
