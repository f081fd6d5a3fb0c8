import { type Fen, fen, splitFen, sumFen, unitFen } from '../../../core/money/fen.ts'
import { type ItemRow, type Order, piecesOf, textOf, yuanOf } from './payload.ts'

/** Source of all rules here: pinduoduo.md 4 [doc, rule]. */
export interface OrderMoney {
  readonly paidTotalFen: Fen
  readonly payableTotalFen: Fen | null
  readonly freightFen: Fen
  /** Service fees: what the buyer paid beyond goods and freight. */
  readonly extraFen: Fen
  readonly discountFen: Fen
  readonly lines: readonly LineMoney[]
  /** Goods, freight and fees are not what the buyer paid. */
  readonly isMismatch: boolean
}

export interface LineMoney {
  readonly row: ItemRow
  readonly isGift: boolean
  readonly quantity: number
  /** Price × pieces, before discounts and changes of price. */
  readonly listFen: Fen
  readonly paidFen: Fen
  readonly unitPaidFen: Fen[]
}

/**
 * The money of an order. No amount of a line is told, so the goods' amount after discounts is shared by price × pieces. Amounts stand there
 * before anybody paid and count only once it is paid. `listFen` gives the lines' prices where they are known better.
 */
export function moneyOf(
  order: Order,
  { isPaid, listFen }: { readonly isPaid: boolean; readonly listFen?: readonly Fen[] | undefined },
): OrderMoney {
  const [pay, postage, discount] = [yuanOf(order.pay_amount), yuanOf(order.postage), yuanOf(order.discount_amount)]
  const hasGoods = textOf(order.goods_amount) !== ''
  const goods = hasGoods ? yuanOf(order.goods_amount) - discount : pay - postage
  const fees = Math.max(0, pay - goods - postage)
  const lines = linesOf(order, { totalFen: isPaid ? goods : 0, listFen })
  const [paidTotalFen, freightFen, extraFen] = (isPaid ? [pay, postage, fees] : [0, 0, 0]).map(fen) as [Fen, Fen, Fen]
  return {
    paidTotalFen,
    payableTotalFen: textOf(order.pay_amount) === '' ? null : pay,
    freightFen,
    extraFen,
    discountFen: discount,
    lines,
    isMismatch:
      lines.length > 0 && sumFen([...lines.map(({ paidFen }) => paidFen), freightFen, extraFen]) !== paidTotalFen,
  }
}

function linesOf(
  { item_list, gift_list }: Order,
  { totalFen, listFen }: { readonly totalFen: number; readonly listFen?: readonly Fen[] | undefined },
): LineMoney[] {
  const items = (item_list ?? []).map((row, place) => ({ row, listFen: listFen?.[place] ?? listFenOf(row) }))
  const prices = items.map((item) => item.listFen)
  // Goods without a price share by pieces.
  const weights = prices.some((price) => price > 0) ? prices : items.map(({ row }) => piecesOf(row.goods_count))
  const paid = splitFen(totalFen, weights)
  return [
    ...items.map(({ row, listFen: price }, place) => lineOf(row, { isGift: false, price, paidFen: paid[place]! })),
    ...(gift_list ?? []).map((row) => lineOf(row, { isGift: true, price: listFenOf(row), paidFen: fen(0) })),
  ]
}

function lineOf(
  row: ItemRow,
  { isGift, price, paidFen }: { readonly isGift: boolean; readonly price: Fen; readonly paidFen: Fen },
): LineMoney {
  const quantity = piecesOf(row.goods_count)
  return { row, isGift, quantity, listFen: price, paidFen, unitPaidFen: unitFen(paidFen, quantity) }
}

function listFenOf(row: ItemRow): Fen {
  return fen(yuanOf(row.goods_price) * piecesOf(row.goods_count))
}
