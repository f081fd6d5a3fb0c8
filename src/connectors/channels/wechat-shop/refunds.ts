import type { OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { type Fen, fen, sumFen } from '../../../core/money/fen.ts'
import type { LineMoney, OrderMoney } from './money.ts'
import { isSameGoods } from './parcels.ts'
import { type AftersalePayload, isTrue, type OrderPayload, textOf, wholeOf } from './payload.ts'
import { failedRefunds, isKnownRefundStatus, isOpenRefund, refundStateOf } from './status.ts'

export interface LineRefund {
  readonly refundState: RefundState
  readonly refundedFen: Fen
  readonly refundedQuantity: number
  readonly refundingQuantity: number
}

export interface OrderRefund {
  readonly lines: readonly LineRefund[]
  readonly refundedFen: Fen
  readonly orderRefundState: OrderRefundState
  readonly warnings: readonly string[]
}

export interface RefundInput {
  readonly order: OrderPayload
  readonly money: OrderMoney
  /** The after-sales of this order as far as they are known. */
  readonly records: readonly AftersalePayload[]
  /** Closed with the money gone back. */
  readonly isClosedRefunded: boolean
}

/** A share that an after-sale has in a line. */
interface Part {
  readonly state: RefundState
  readonly count: number
  readonly amount: Fen
}

/**
 * What came back and what is being asked for. After-sale orders tell it exactly; what they are silent about is read
 * from the counts on the lines, and its money from what those pieces cost. Refunds never lower what was paid. Pure.
 * Source: wechat-shop.md 5 [rule], 10 [doc].
 */
export function refundsOf(input: RefundInput): OrderRefund {
  const { order, money, records } = input
  const parts: Part[][] = money.lines.map(() => [])
  const stray: Part[] = []
  for (const record of records) assign(record, { lines: money.lines, parts, stray })

  const isUntold = records.length === 0 && input.isClosedRefunded && !money.lines.some(hasFinished)
  const lines = money.lines.map((line, place) => {
    const own = parts[place] ?? []
    if (own.length > 0) return refundByParts(line, own)
    return isUntold ? wholeRefund(line) : refundByCounts(line)
  })
  const refundedFen = isUntold
    ? money.paidTotalFen
    : sumFen([
        ...lines.map((line) => line.refundedFen),
        ...stray.filter(isDone).map((part) => part.amount),
        freightBack(input),
      ])
  const isOpen =
    wholeOf(order.aftersale_detail?.on_aftersale_order_cnt) > 0 ||
    [...lines.map((line) => line.refundState), ...stray.map((part) => part.state)].some(isOpenRefund)
  return {
    lines,
    refundedFen,
    orderRefundState: isOpen ? 'in-progress' : endState(refundedFen, money.paidTotalFen),
    warnings: records.flatMap(warningsOf),
  }
}

function endState(refundedFen: Fen, paidTotalFen: Fen): OrderRefundState {
  if (refundedFen <= 0) return 'none'
  return refundedFen >= paidTotalFen ? 'full' : 'partial'
}

/** Freight that went back stands on the order; after-sales have it in their amounts. */
function freightBack({ order, records }: RefundInput): Fen {
  return fen(records.length > 0 ? 0 : wholeOf(order.order_detail?.refund_info?.refund_freight))
}

interface Assignment {
  readonly lines: readonly LineMoney[]
  readonly parts: readonly Part[][]
  readonly stray: Part[]
}

/**
 * An after-sale names one SKU, not the line. It is laid on the line that was bought, else on the gift of the same SKU;
 * where several were bought, on the first that has pieces left for it. Gifts that go back with it have their own lines
 * and no money.
 */
function assign(record: AftersalePayload, { lines, parts, stray }: Assignment): void {
  const state = refundStateOf(textOf(record.status))
  const product = record.product_info
  const part = { state, count: wholeOf(product?.count), amount: fen(wholeOf(record.refund_info?.amount)) }
  const place = placeOf(product ?? {}, part.count, { lines, parts, prefersGift: false })
  if (place === null) stray.push(part)
  else parts[place]?.push(part)

  for (const gift of product?.gift_product_list ?? []) {
    const giftPart = { state, count: wholeOf(gift.count), amount: fen(0) }
    const giftPlace = placeOf(gift, giftPart.count, { lines, parts, prefersGift: true })
    if (giftPlace !== null) parts[giftPlace]?.push(giftPart)
  }
}

interface Places {
  readonly lines: readonly LineMoney[]
  readonly parts: readonly Part[][]
  readonly prefersGift: boolean
}

function placeOf(goods: Parameters<typeof isSameGoods>[0], count: number, { lines, parts, prefersGift }: Places) {
  const fits = [...lines.entries()].filter(([, line]) => isSameGoods(goods, line.product))
  const preferred = fits.filter(([, line]) => isTrue(line.product.is_free_gift) === prefersGift)
  const candidates = preferred.length > 0 ? preferred : fits
  const used = (place: number) => (parts[place] ?? []).filter(isDone).reduce((sum, part) => sum + part.count, 0)
  const roomy = candidates.find(([place, line]) => line.quantity - used(place) >= count)
  return (roomy ?? candidates[0])?.[0] ?? null
}

function isDone({ state }: Part): boolean {
  return state === 'success'
}

/** An open one wins over success, success over rejected, that over closed. Source: wechat-shop.md 14 [rule]. */
function refundByParts({ quantity }: LineMoney, parts: readonly Part[]): LineRefund {
  const pieces = (some: readonly Part[]) => some.reduce((sum, { count }) => sum + count, 0)
  const open = parts.filter(({ state }) => isOpenRefund(state))
  const refundedQuantity = Math.min(quantity, pieces(parts.filter(isDone)))
  return {
    refundState: strongest(parts.map(({ state }) => state)),
    refundedFen: sumFen(parts.filter(isDone).map(({ amount }) => amount)),
    refundedQuantity,
    refundingQuantity: Math.min(quantity - refundedQuantity, pieces(open)),
  }
}

function strongest(states: readonly RefundState[]): RefundState {
  const open = states.findLast(isOpenRefund)
  return open ?? (['success', 'rejected'] as const).find((state) => states.includes(state)) ?? 'closed'
}

function hasFinished({ product }: LineMoney): boolean {
  return wholeOf(product.finish_aftersale_sku_cnt) > 0
}

/** By the line's own counts, cheaper pieces first. */
function refundByCounts({ product, quantity, unitPaidFen }: LineMoney): LineRefund {
  const refundedQuantity = Math.min(quantity, wholeOf(product.finish_aftersale_sku_cnt))
  const refundingQuantity = Math.min(quantity - refundedQuantity, wholeOf(product.on_aftersale_sku_cnt))
  const ended = refundedQuantity > 0 ? 'success' : 'none'
  return {
    refundState: wholeOf(product.on_aftersale_sku_cnt) > 0 ? 'requested' : ended,
    refundedFen: sumFen(unitPaidFen.slice(quantity - refundedQuantity)),
    refundedQuantity,
    refundingQuantity,
  }
}

/** A paid order that was closed without any after-sale: all of it went back. */
function wholeRefund({ quantity, paidFen }: LineMoney): LineRefund {
  return { refundState: 'success', refundedFen: paidFen, refundedQuantity: quantity, refundingQuantity: 0 }
}

function warningsOf(record: AftersalePayload): string[] {
  const word = textOf(record.status)
  if (!isKnownRefundStatus(word)) return [`unknown-refund-status:${word || 'absent'}`]
  return failedRefunds.has(word) ? [`refund-failed:${textOf(record.after_sale_order_id)}`] : []
}
