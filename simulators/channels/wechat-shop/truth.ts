import type { ReportedShipment, Truth, TruthLine } from '../../simulator.ts'
import { freightOf, realFen, sumsOf } from './money.ts'
import { isPaidInCash } from './refunding.ts'
import {
  afterSaleWords,
  isOpen,
  isPaid,
  isRepaid,
  type Line,
  type Order,
  type OrderStatus,
  type Parcel,
  sum,
  unitsShipped,
} from './state.ts'
import type { World } from './world.ts'

/** Source: wechat-shop.md 5. The closed ones hang on whether anything was paid. */
const statusWords: Readonly<Record<Exclude<OrderStatus, 190 | 250>, string>> = {
  10: 'unpaid',
  12: 'on-hold',
  13: 'on-hold',
  20: 'paid-wait-ship',
  21: 'partially-shipped',
  30: 'shipped',
  100: 'completed',
  200: 'closed-refunded',
}

/** An order as it truly is; freight that is paid back counts with the line it was asked with. */
export function truthOf(world: World, order: Order): Truth {
  const isCash = isPaidInCash(order)
  return {
    orderNo: order.orderNo,
    status: statusOf(order),
    refundState: refundStateOf(order),
    createdAt: order.createdAt,
    paidAt: order.payment?.paidAt ?? null,
    modifiedAt: order.updatedAt,
    paidTotalFen: isCash ? sumsOf(order).orderFen : 0,
    freightFen: isCash ? freightOf(order) : 0,
    refundedFen: refundedFen(order),
    note: order.customerNotes,
    remark: order.merchantNotes,
    receiver: order.receiver,
    lines: order.lines.map((line) => lineTruth(order, line, isCash)),
    hidden: world.faults.strikesFor('hide', order.orderNo),
  }
}

function statusOf(order: Order): string {
  if (order.status !== 190 && order.status !== 250) return statusWords[order.status]
  return isPaid(order) ? 'closed-refunded' : 'closed-unpaid'
}

function refundedFen({ afterSales }: Pick<Order, 'afterSales'>): number {
  return sum(afterSales.filter(isRepaid).map(({ amountFen }) => amountFen))
}

function refundStateOf(order: Order): Truth['refundState'] {
  if (order.afterSales.some(isOpen)) return 'in-progress'
  const refunded = refundedFen(order)
  if (refunded === 0) return 'none'
  return refunded >= sumsOf(order).orderFen ? 'full' : 'partial'
}

function lineTruth(order: Order, line: Line, isCash: boolean): TruthLine {
  return {
    lineNo: line.lineNo,
    itemNo: line.sku.product.productId,
    skuNo: line.sku.skuId,
    merchantCode: line.sku.merchantCode,
    title: line.title,
    quantity: line.quantity,
    isGift: line.giftOf !== null,
    paidFen: isCash ? realFen(line) : 0,
    refundedFen: refundedFen(line),
    refundState: lineRefundState(line),
    shippedQuantity: unitsShipped(order, line),
  }
}

/** An open one wins over one that paid back, that over a refused, that over a closed one. Source: wechat-shop.md 14. */
const strongest = ['success', 'rejected', 'closed']

function lineRefundState({ afterSales }: Line): string {
  const open = afterSales.find(isOpen)
  if (open !== undefined) return afterSaleWords[open.status]
  const words: readonly string[] = afterSales.map(({ status }) => afterSaleWords[status])
  return strongest.find((word) => words.includes(word)) ?? 'none'
}

export function shipmentOf({ order, carrierId, waybillNo, loads, sentAt, times }: Parcel): ReportedShipment {
  const lines = loads.map(({ line, quantity }) => ({ lineNo: line.lineNo, quantity }))
  return { orderNo: order.orderNo, carrier: carrierId, waybillNo, lines, at: sentAt, times }
}
