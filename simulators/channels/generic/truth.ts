import type { Truth, TruthLine } from '../../simulator.ts'
import type { Line, Order, OrderStatus } from './model.ts'
import { refundedOf, shippedOf } from './moves.ts'
import { sum } from './pricing.ts'

const statuses: Readonly<Record<OrderStatus, string>> = {
  unpaid: 'unpaid',
  paid: 'paid-wait-ship',
  partially_shipped: 'partially-shipped',
  shipped: 'shipped',
  completed: 'completed',
  cancelled: 'closed-unpaid',
  refunded: 'closed-refunded',
}

/**
 * The order in the sheet's normalised words. Nothing is paid before the order is (own-site.md 1, O2), and refunds lower no
 * payment (O5).
 */
export function truthOf(
  order: Order,
  about: { readonly hidden: boolean; readonly itemNo: (sku: string) => string },
): Truth {
  const isPaid = order.paidAt !== null
  const { zip: _zip, ...receiver } = order.receiver
  return {
    orderNo: order.id,
    status: order.status === 'cancelled' && isPaid ? 'closed-refunded' : statuses[order.status],
    refundState: refundState(order),
    createdAt: order.placedAt,
    paidAt: order.paidAt,
    modifiedAt: order.modifiedAt,
    paidTotalFen: isPaid ? order.amounts.total : 0,
    freightFen: isPaid ? order.amounts.shipping : 0,
    refundedFen: refundedOf(order),
    note: order.note,
    remark: '',
    receiver,
    lines: order.lines.map((line) => lineTruth(order, line, about.itemNo(line.sku))),
    hidden: about.hidden,
  }
}

function refundState(order: Order): Truth['refundState'] {
  const refunded = refundedOf(order)
  if (order.refunds.some(({ status }) => status === 'requested')) return 'in-progress'
  if (refunded === 0) return 'none'
  return refunded >= order.amounts.total ? 'full' : 'partial'
}

/** Refunds that name no line touch no line, unless there is but one, or together they pay the whole order back. */
function lineTruth(order: Order, line: Line, itemNo: string): TruthLine {
  const isAlone = order.lines.length === 1
  const refunds = order.refunds.filter(({ lineId }) => isAlone || lineId === line.id)
  const backFen = sum(refunds.filter(({ status }) => status === 'success').map(({ amount }) => amount))
  const paidFen = order.paidAt === null ? 0 : line.paid
  const isRepaid = refundState(order) === 'full'
  return {
    lineNo: line.id,
    itemNo,
    skuNo: line.sku,
    merchantCode: line.sku,
    title: line.name,
    quantity: line.quantity,
    isGift: false,
    paidFen,
    refundedFen: isRepaid ? paidFen : Math.min(paidFen, backFen),
    refundState: isRepaid
      ? 'success'
      : (strongest.find((word) => refunds.some(({ status }) => status === word)) ?? 'none'),
    shippedQuantity: shippedOf(order, line.id),
  }
}

/** Of several refunds of a line the one somebody waits for tells its state, then one that paid money back. */
const strongest = ['requested', 'success', 'rejected', 'closed'] as const
