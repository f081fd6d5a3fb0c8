import { type Fen, fen, sumFen, unitFen } from '../../../core/money/fen.ts'
import { type Detail, fenOf, piecesOf, type SkuRow, textOf } from './payload.ts'
import { isExchangeOrder, type OrderStatus } from './status.ts'

/** Source of all rules here: xiaohongshu.md 6, 13 [rule]. */
export interface OrderMoney {
  readonly paidTotalFen: Fen
  readonly payableTotalFen: Fen | null
  readonly freightFen: Fen
  /** Borne by the merchant and by the platform together. */
  readonly discountFen: Fen
  readonly merchantReceivableFen: Fen | null
  readonly lines: readonly LineMoney[]
  /** Σ paid + freight is not what the buyer paid. */
  readonly isMismatch: boolean
}

export interface LineMoney {
  readonly row: SkuRow
  readonly quantity: number
  /** What was paid and every discount on it: the platform's prices per piece are rounded. */
  readonly listFen: Fen
  readonly paidFen: Fen
  readonly unitPaidFen: Fen[]
}

/**
 * The money of an order. Amounts stand there before anybody paid, so they count only once it is paid; those of an exchange sent out
 * anew never count.
 */
export function moneyOf(detail: Detail, { isPaid }: Pick<OrderStatus, 'isPaid'>): OrderMoney {
  const counts = isPaid && !isExchangeOrder(detail)
  const rows = detail.skuList ?? []
  const lines = rows.map((row) => lineMoneyOf(row, counts))
  const total = counts ? fenOf(detail.totalPayAmount) : fen(0)
  const freight = counts ? fenOf(detail.totalShippingFree) : fen(0)
  return {
    paidTotalFen: total,
    payableTotalFen: textOf(detail.totalPayAmount) === '' ? null : fenOf(detail.totalPayAmount),
    freightFen: freight,
    discountFen: sumFen(rows.map(discountOf)),
    merchantReceivableFen: receivableOf(detail),
    lines,
    isMismatch: lines.length > 0 && sumFen([...lines.map(({ paidFen }) => paidFen), freight]) !== total,
  }
}

function receivableOf(detail: Detail): Fen | null {
  if (textOf(detail.merchantActualReceiveAmount) === '') return null
  return isExchangeOrder(detail) ? fen(0) : fenOf(detail.merchantActualReceiveAmount)
}

function lineMoneyOf(row: SkuRow, counts: boolean): LineMoney {
  const quantity = piecesOf(row.skuQuantity)
  const paid = fenOf(row.totalPaidAmount)
  const paidFen = counts ? paid : fen(0)
  return {
    row,
    quantity,
    listFen: fen(paid + discountOf(row)),
    paidFen,
    unitPaidFen: unitFen(paidFen, quantity),
  }
}

function discountOf(row: SkuRow): Fen {
  return fen(fenOf(row.totalMerchantDiscount) + fenOf(row.totalRedDiscount))
}
