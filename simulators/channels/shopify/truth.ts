import type { Truth, TruthLine } from '../../simulator.ts'
import type { Line, Order } from './model.ts'
import { financialOf, statusOf } from './status.ts'
import { paidFen, refundedFen, refundedOfLine, shippedQuantity, totalsOf } from './sums.ts'
import { gid } from './text.ts'

/**
 * The order in the sheet's normalised words. Nothing is paid before all of it is (own-site.md 1, O2), and refunds lower no payment (O5).
 * What a buyer only asks for is no refund yet.
 */
export function truthOf(order: Order, hidden: boolean): Truth {
  const { receiver, paidAt } = order
  const { name, phone, province, city, district, address1, address2 } = receiver
  return {
    orderNo: gid('Order', order.no),
    status: statusOf(order),
    refundState: refundState(order),
    createdAt: order.createdAt,
    paidAt,
    modifiedAt: order.updatedAt,
    paidTotalFen: paidAt === null ? 0 : totalsOf(order).total,
    freightFen: paidAt === null ? 0 : order.freightFen,
    refundedFen: refundedFen(order),
    note: order.note,
    remark: remarkOf(order),
    receiver: {
      name,
      phone,
      province,
      city,
      district,
      address: address2 === '' ? address1 : `${address1} ${address2}`,
    },
    lines: order.lines.map((line) => lineTruth(order, line)),
    hidden,
  }
}

function refundState(order: Order): Truth['refundState'] {
  if (refundedFen(order) === 0) return 'none'
  return financialOf(order) === 'REFUNDED' ? 'full' : 'partial'
}

/** The platform has no seller's remark beside the note: an attribute or metafield of the writer's own may serve as one [assumed]. */
function remarkOf({ attributes, metafields }: Order): string {
  return [...metafields, ...attributes].find(({ key }) => /remark|memo/i.test(key))?.value ?? ''
}

function lineTruth(order: Order, line: Line): TruthLine {
  const isRepaid = financialOf(order) === 'REFUNDED'
  const paid = order.paidAt === null ? 0 : paidFen(order, line)
  const back = isRepaid ? paid : Math.min(paid, refundedOfLine(order, line.no))
  return {
    lineNo: gid('LineItem', line.no),
    itemNo: gid('Product', line.productNo),
    skuNo: gid('ProductVariant', line.variantNo),
    merchantCode: line.sku,
    title: line.title,
    quantity: line.quantity,
    isGift: false,
    paidFen: paid,
    refundedFen: back,
    refundState: back > 0 || isRepaid ? 'success' : 'none',
    shippedQuantity: shippedQuantity(order, line.no),
  }
}
