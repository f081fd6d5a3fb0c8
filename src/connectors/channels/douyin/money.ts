import { type Fen, fen, sumFen, unitFen } from '../../../core/money/fen.ts'
import { type Detail, fenOf, piecesOf, type SkuOrder, textOf } from './payload.ts'
import type { OrderStatus } from './status.ts'

/** Source of all rules here: douyin.md 4. */
export interface OrderMoney {
  readonly paidTotalFen: Fen
  readonly payableTotalFen: Fen | null
  readonly freightFen: Fen
  /** Borne by shop, platform and talent together. */
  readonly discountFen: Fen
  readonly merchantReceivableFen: Fen | null
  readonly lines: readonly LineMoney[]
  /** Σ paid + freight is not what the buyer paid. */
  readonly isMismatch: boolean
}

export interface LineMoney {
  readonly row: SkuOrder
  readonly quantity: number
  readonly listFen: Fen
  readonly paidFen: Fen
  readonly unitPaidFen: Fen[]
}

/** The money of an order. Amounts stand there before anybody paid, so they count only once it is paid. */
export function moneyOf(detail: Detail, { isPaid }: Pick<OrderStatus, 'isPaid'>): OrderMoney {
  const due = fenOf(detail.pay_amount)
  const holdsFreight = linesHoldFreight(detail)
  const lines = (detail.sku_order_list ?? []).map((row) => lineMoneyOf(row, { isPaid, holdsFreight }))
  const total = isPaid ? due : fen(0)
  const freight = isPaid ? fenOf(detail.post_amount) : fen(0)
  return {
    paidTotalFen: total,
    payableTotalFen: textOf(detail.pay_amount) === '' ? null : due,
    freightFen: freight,
    discountFen: fenOf(detail.promotion_amount),
    merchantReceivableFen: isPaid ? receivableOf(detail) : null,
    lines,
    isMismatch: lines.length > 0 && sumFen([...lines.map(({ paidFen }) => paidFen), freight]) !== total,
  }
}

/** Whether each line's amount holds its share of the freight: then the lines alone add up to what the order cost. Source: douyin.md 4 [assumed]. */
function linesHoldFreight({ sku_order_list, pay_amount, post_amount }: Detail): boolean {
  const lines = sumFen((sku_order_list ?? []).map((row) => fenOf(row.pay_amount)))
  return fenOf(post_amount) > 0 && lines === fenOf(pay_amount)
}

interface Counting {
  readonly isPaid: boolean
  readonly holdsFreight: boolean
}

function lineMoneyOf(row: SkuOrder, { isPaid, holdsFreight }: Counting): LineMoney {
  const quantity = piecesOf(row.item_num)
  const goods = fen(fenOf(row.pay_amount) - (holdsFreight ? fenOf(row.post_amount) : 0))
  const paidFen = isPaid ? goods : fen(0)
  return {
    row,
    quantity,
    listFen: textOf(row.sum_amount) === '' ? fen(fenOf(row.origin_amount) * quantity) : fenOf(row.sum_amount),
    paidFen,
    unitPaidFen: unitFen(paidFen, quantity),
  }
}

/** What others than the merchant gave comes on top of what was paid. [assumed] */
function receivableOf(detail: Detail): Fen {
  const { pay_amount, promotion_platform_amount, promotion_talent_amount } = detail
  return sumFen([pay_amount, promotion_platform_amount, promotion_talent_amount].map(fenOf))
}
