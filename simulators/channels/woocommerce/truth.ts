import type { ReportedShipment, Truth, TruthLine } from '../../simulator.ts'
import type { Line, Note, Order } from './model.ts'
import { paidFor, refundedOf, refundedOfLine, totalsOf } from './sums.ts'

/**
 * The order in the sheet's normalised words. Nothing is paid before the order is (own-site.md 1, O2), and refunds lower no payment (O5).
 */
export function truthOf(order: Order, about: { readonly hidden: boolean; readonly notes: readonly Note[] }): Truth {
  const isPaid = countsAsPaid(order)
  const { name, phone, province, city, district, address } = order.receiver
  return {
    orderNo: String(order.id),
    status: statusOf(order),
    refundState: refundState(order),
    createdAt: order.createdAt,
    paidAt: order.paidAt,
    modifiedAt: order.modifiedAt,
    paidTotalFen: isPaid ? totalsOf(order).total : 0,
    freightFen: isPaid ? order.shipping.total + order.shipping.tax : 0,
    refundedFen: refundedOf(order),
    note: order.customerNote,
    remark: remarkOf(order, about.notes),
    receiver: { name, phone, province, city, district, address },
    lines: order.lines.map((line) => lineTruth(order, line)),
    hidden: about.hidden,
  }
}

/**
 * Source: own-site.md 2.2, the table of statuses; a plug-in's slug is on hold, but that for partial shipment says what it is (2.3). An order
 * that is kept `processing` though a waybill number is there waits for the last parcel (2.3).
 */
function statusOf({ status, paidAt, trackings }: Order): string {
  const isPaid = paidAt !== null
  const words: Readonly<Record<string, string>> = {
    pending: 'unpaid',
    failed: 'unpaid',
    'checkout-draft': 'unpaid',
    'on-hold': isPaid ? 'on-hold' : 'unpaid',
    processing: trackings.length > 0 ? 'partially-shipped' : 'paid-wait-ship',
    'partial-shipped': 'partially-shipped',
    completed: 'completed',
    cancelled: isPaid ? 'closed-refunded' : 'closed-unpaid',
    trash: isPaid ? 'closed-refunded' : 'closed-unpaid',
    refunded: 'closed-refunded',
  }
  return words[status] ?? 'on-hold'
}

/** One that is set back to `pending` or `failed` by hand keeps its date and is unpaid all the same (own-site.md 2.2). */
function countsAsPaid(order: Order): boolean {
  return order.paidAt !== null && statusOf(order) !== 'unpaid'
}

/** What a buyer only asks for by word of mouth is no refund yet. */
function refundState(order: Order): Truth['refundState'] {
  const refunded = refundedOf(order)
  if (refunded === 0) return 'none'
  return refunded >= totalsOf(order).total ? 'full' : 'partial'
}

/** The seller's memo lives in a meta field of the writer's own, or else in the last private note. Source: own-site.md 2.3. */
function remarkOf({ meta }: Order, notes: readonly Note[]): string {
  const own = meta.find(({ key }) => /remark|memo/i.test(key))
  if (own) return typeof own.value === 'string' ? own.value : ''
  return notes.findLast(({ byApi, isForCustomer }) => byApi && !isForCustomer)?.text ?? ''
}

function lineTruth(order: Order, line: Line): TruthLine {
  const isRepaid = refundState(order) === 'full'
  const paidFen = countsAsPaid(order) ? paidFor(line) : 0
  const refundedFen = isRepaid ? paidFor(line) : refundedOfLine(order, line.id)
  return {
    lineNo: String(line.id),
    itemNo: String(line.itemId),
    skuNo: line.isVariation ? String(line.goodId) : '',
    merchantCode: line.sku,
    title: line.name,
    quantity: line.quantity,
    isGift: false,
    paidFen,
    refundedFen,
    refundState: refundedFen > 0 || isRepaid ? 'success' : 'none',
    shippedQuantity: order.completedAt === null ? 0 : line.quantity,
  }
}

/** The parcels that were reported from outside. A waybill number names no goods. */
export function shipmentsOf(order: Order): readonly ReportedShipment[] {
  const told = Map.groupBy(
    order.trackings.filter(({ byApi }) => byApi),
    ({ number }) => number,
  )
  return [...told.values()].map((same) => {
    const { provider, customProvider, number: waybillNo, at } = same[0]!
    const carrier = provider === '' ? customProvider : provider
    return { orderNo: String(order.id), carrier, waybillNo, lines: [], at, times: same.length }
  })
}
