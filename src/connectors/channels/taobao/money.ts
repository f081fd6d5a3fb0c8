import { type Fen, fen, parseYuan, splitFen, sumFen, unitFen } from '../../../core/money/fen.ts'
import { isTrue, type OrderRow, type Trade, textOf } from './payload.ts'
import type { TradeStatus } from './status.ts'

/** Source of all rules here: taobao.md 8.4 T1 to T8 [rule]. */
export interface TradeMoney {
  readonly paidTotalFen: Fen
  readonly payableTotalFen: Fen | null
  readonly freightFen: Fen
  /** What list prices and freight exceed the amount due by: every discount of every level, and price changes by hand. */
  readonly discountFen: Fen
  readonly lines: readonly LineMoney[]
  /** Σ paid + freight is not what the buyer paid (T8). */
  readonly isMismatch: boolean
}

export interface LineMoney {
  readonly order: OrderRow
  /** Price × quantity. */
  readonly listFen: Fen
  readonly paidFen: Fen
  readonly unitPaidFen: Fen[]
}

/** T1: decimal yuan text to whole fen; what is missing is 0. Throws RangeError on any other text. */
export function fenOf(yuan: string | number | null | undefined): Fen {
  const text = textOf(yuan)
  return text === '' ? fen(0) : parseYuan(text)
}

/** The quantity of a line; a list row may lack it and then holds one. Throws RangeError when it is no whole number above 0. */
export function quantityOf({ num }: Pick<OrderRow, 'num'>): number {
  const quantity = textOf(num) === '' ? 1 : Number(num)
  if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`not a quantity: ${num}`)
  return quantity
}

/** The money of a trade. What the buyer paid is never read from `order.payment`, which refunds lower. Source: T1 to T8. */
export function moneyOf(trade: Trade, { isPaid, isDepositOnly }: TradeStatus): TradeMoney {
  const payment = fenOf(trade.payment)
  const freight = fenOf(trade.post_fee)
  const goods = fen(payment - freight)

  const paid = isPaid ? paidByLine(trade.orders, goods) : trade.orders.map(() => fen(0))
  const lines = trade.orders.map((order, index) => lineMoney(order, paid[index] ?? fen(0)))
  const isStep = textOf(trade.type) === 'step'
  return {
    paidTotalFen: paidTotal(trade, { isPaid, isDepositOnly }),
    payableTotalFen: textOf(trade.payment) === '' ? null : payment,
    freightFen: isPaid ? freight : fen(0),
    discountFen: textOf(trade.payment) === '' ? fen(0) : fen(sumFen(lines.map((line) => line.listFen)) - goods),
    lines,
    isMismatch: isPaid && !isStep && lines.length > 0 && sumFen(paid) !== goods,
  }
}

/** T2. */
function paidTotal(trade: Trade, { isPaid, isDepositOnly }: Pick<TradeStatus, 'isPaid' | 'isDepositOnly'>): Fen {
  if (isDepositOnly) return fenOf(trade.step_paid_fee)
  return isPaid ? fenOf(trade.payment) : fen(0)
}

/** T3: (a) one line, (b) the platform's own split, (c) the trade's discount shared over the lines. */
function paidByLine(orders: readonly OrderRow[], goods: Fen): Fen[] {
  if (orders.length === 1) return [goods]
  const hasSplit = orders.every((order) => isGift(order) || textOf(order.divide_order_fee) !== '')
  return hasSplit ? orders.map((order) => fenOf(order.divide_order_fee)) : shareDiscount(orders, goods)
}

/** T3 (c) with T6. A base below zero takes no part; where no base has weight, the difference stays and is reported as a mismatch. */
function shareDiscount(orders: readonly OrderRow[], goods: Fen): Fen[] {
  const bases = orders.map(baseOf)
  const discounts = splitFen(
    sumFen(bases) - goods,
    bases.map((base) => Math.max(0, base)),
  )
  return bases.map((base, index) => fen(base - (discounts[index] ?? 0)))
}

/** T4: a gift without a price counts nothing. */
function baseOf(order: OrderRow): Fen {
  if (isGift(order) && fenOf(order.price) === 0) return fen(0)
  return fen(dueOf(order) - fenOf(order.part_mjz_discount))
}

/** The amount due by the documented formula: price × quantity + adjustment − line discount, before the trade's discount. */
export function dueOf(order: OrderRow): Fen {
  return fen(listOf(order) + fenOf(order.adjust_fee) - fenOf(order.discount_fee))
}

export function isGift(order: OrderRow): boolean {
  return isTrue(order.is_free_gift)
}

function listOf(order: OrderRow): Fen {
  return fen(fenOf(order.price) * quantityOf(order))
}

/** T7. */
function lineMoney(order: OrderRow, paidFen: Fen): LineMoney {
  return { order, listFen: listOf(order), paidFen, unitPaidFen: unitFen(paidFen, quantityOf(order)) }
}
