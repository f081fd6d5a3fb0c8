import type { ReportedShipment, Truth, TruthLine } from '../../simulator.ts'
import type { Fulfilment, Line, Order } from './model.ts'
import { paymentOf, statusOf } from './status.ts'
import { isOpenReturn, progressOf, refundedFen, refundedOfLine, totalFen } from './sums.ts'

/** The order in the sheet's normalised words. Nothing is paid before all of it is (own-site.md 1, O2), refunds lower no payment (O5). */
export function truthOf(order: Order, hidden: boolean): Truth {
  const isPaid = order.capturedAt !== null
  const { name, phone, province, city, district, address } = order.receiver
  return {
    orderNo: order.id,
    status: statusOf(order),
    refundState: refundState(order),
    createdAt: order.createdAt,
    paidAt: order.capturedAt,
    modifiedAt: order.updatedAt,
    paidTotalFen: isPaid ? totalFen(order) : 0,
    freightFen: isPaid ? order.shipping.totalFen : 0,
    refundedFen: refundedFen(order),
    note: textOf(order, 'note'),
    remark: textOf(order, 'oms_remark'),
    receiver: { name, phone, province, city, district, address },
    lines: order.lines.map((line) => lineTruth(order, line)),
    hidden,
  }
}

/** The buyer's note and the merchant's remark live in the order's metadata [assumed]. */
function textOf({ metadata }: Order, key: string): string {
  const value = metadata[key]
  return typeof value === 'string' ? value : ''
}

/** A return that somebody asked for is a refund under way. */
function refundState(order: Order): Truth['refundState'] {
  if (order.returns.some(isOpenReturn)) return 'in-progress'
  if (refundedFen(order) === 0) return 'none'
  return paymentOf(order) === 'refunded' ? 'full' : 'partial'
}

function lineTruth(order: Order, line: Line): TruthLine {
  const { shipped, returnRequested } = progressOf(order, line)
  const isRepaid = paymentOf(order) === 'refunded'
  const paidFen = order.capturedAt === null ? 0 : line.totalFen
  const back = isRepaid ? paidFen : Math.min(paidFen, refundedOfLine(order, line.id))
  const settled = back > 0 || isRepaid ? 'success' : 'none'
  return {
    lineNo: line.id,
    itemNo: line.productId,
    skuNo: line.variantId,
    merchantCode: line.sku,
    title: line.title,
    quantity: line.quantity,
    isGift: false,
    paidFen,
    refundedFen: back,
    refundState: returnRequested > 0 ? 'requested' : settled,
    shippedQuantity: shipped,
  }
}

/** The parcels that were told from outside: a fulfilment under its label's number. */
export function shipmentsOf(order: Order): readonly ReportedShipment[] {
  const told = order.fulfilments.filter(({ isReported }) => isReported)
  const parcels = told.flatMap((fulfilment) =>
    fulfilment.labels.map(({ trackingNumber, trackingUrl }) => ({ fulfilment, trackingNumber, trackingUrl })),
  )
  return [...Map.groupBy(parcels, ({ trackingNumber }) => trackingNumber).values()].map((same) => {
    const { fulfilment, trackingNumber, trackingUrl } = same[0]!
    return {
      orderNo: order.id,
      carrier: carrierOf(fulfilment) ?? trackingUrl,
      waybillNo: trackingNumber,
      lines: fulfilment.pieces.map(({ lineId, quantity }) => ({ lineNo: lineId, quantity })),
      at: fulfilment.shippedAt!,
      times: same.length,
    }
  })
}

/** The platform has no field for the carrier; whoever ships may name it in the fulfilment's metadata. */
function carrierOf({ metadata }: Fulfilment): string | null {
  const named = Object.entries(metadata ?? {}).find(([key]) => /carrier/i.test(key))
  return typeof named?.[1] === 'string' ? named[1] : null
}
