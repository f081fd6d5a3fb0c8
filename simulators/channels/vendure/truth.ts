import type { Truth, TruthLine } from '../../simulator.ts'
import { goodOf } from './goods.ts'
import type { Line, Order } from './model.ts'
import { statusOf } from './status.ts'
import { paidFen, paidTotal, refundedFen, refundedOfLine, settledPayment, shippedPieces } from './sums.ts'
import type { World } from './world.ts'

/**
 * The order in the sheet's normalised words. Nothing is paid before a payment is settled (own-site.md 1, O2), and neither refunds nor cancelled
 * pieces lower what was paid (O5). What a buyer only asks for is no refund yet, and a note that no field tells is none.
 */
export function truthOf(world: World, order: Order): Truth {
  const { receiver, placedAt, createdAt } = order
  const { name, phone, province, city, district, street1, street2 } = receiver
  const address = street2 === '' ? street1 : `${street1} ${street2}`
  const paid = settledPayment(order)
  return {
    orderNo: String(order.no),
    status: statusOf(order),
    refundState: refundState(order),
    createdAt: placedAt ?? createdAt,
    paidAt: paid?.updatedAt ?? null,
    modifiedAt: order.updatedAt,
    paidTotalFen: paidTotal(order),
    freightFen: paid ? order.freightFen : 0,
    refundedFen: refundedFen(order),
    note: '',
    remark: remarkOf(order),
    receiver: { name, phone, province, city, district, address },
    lines: order.lines.map((line) => lineTruth(world, order, line)),
    hidden: world.faults.strikesFor('hide', String(order.no), 'orders'),
  }
}

function refundState(order: Order): Truth['refundState'] {
  if (order.refunds.some(({ state }) => state === 'Pending')) return 'in-progress'
  if (refundedFen(order) === 0) return 'none'
  return isRepaid(order) ? 'full' : 'partial'
}

const isRepaid = (order: Order) => refundedFen(order) > 0 && refundedFen(order) >= paidTotal(order)

/** The latest note that buyers do not see. */
function remarkOf({ history }: Order): string {
  const note = history.findLast(({ type, isPublic }) => type === 'ORDER_NOTE' && !isPublic)?.data.note
  return typeof note === 'string' ? note : ''
}

/** Words of a line's refunds, the one that counts first. Source: own-site.md 4. */
const strongest = [
  ['Pending', 'requested'],
  ['Settled', 'success'],
  ['Failed', 'closed'],
] as const

function lineRefundState({ refunds }: Order, lineNo: number): string {
  const own = refunds.filter(({ lines, shares }) => [...lines, ...shares].some((each) => each.lineNo === lineNo))
  return strongest.find(([state]) => own.some((refund) => refund.state === state))?.[1] ?? 'none'
}

function lineTruth(world: World, order: Order, line: Line): TruthLine {
  const { product, sku } = goodOf(world, line.variantNo)
  const paid = settledPayment(order) ? paidFen(line) : 0
  const back = isRepaid(order) ? paid : Math.min(paid, refundedOfLine(order, line.no))
  return {
    lineNo: String(line.no),
    itemNo: String(product.no),
    skuNo: String(line.variantNo),
    merchantCode: sku,
    title: product.title,
    quantity: line.placed,
    isGift: false,
    paidFen: paid,
    refundedFen: back,
    refundState: isRepaid(order) ? 'success' : lineRefundState(order, line.no),
    shippedQuantity: shippedPieces(order, line.no),
  }
}
