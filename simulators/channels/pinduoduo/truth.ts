import type { Truth, TruthLine } from '../../simulator.ts'
import { isClosed, isOpen, paidOf, refundedOf, wordOf } from './refunding.ts'
import type { Line, Order } from './state.ts'
import type { World } from './world.ts'

/** An order as it truly is, without looking at a single field of the protocol. */
export function truthOf(world: World, order: Order): Truth {
  const { name, phone, province, city, district, address } = order.receiver
  const isPaid = order.paidAt !== null
  return {
    orderNo: order.orderSn,
    status: statusOf(order),
    refundState: refundStateOf(order),
    createdAt: order.createdAt,
    paidAt: order.paidAt,
    modifiedAt: order.modifiedAt,
    paidTotalFen: paidOf(order),
    freightFen: isPaid ? order.postageFen : 0,
    refundedFen: refundedOf(order),
    note: order.note,
    remark: order.remark,
    receiver: { name, phone, province, city, district, address },
    lines: order.lines.map((line) => lineOf(order, line)),
    hidden: world.faults.strikesFor('hide', order.orderSn),
  }
}

/** The words of the table in pinduoduo.md 4, its first match first. */
export function statusOf(order: Order): string {
  if (isClosed(order)) return order.paidAt === null ? 'closed-unpaid' : 'closed-refunded'
  if (order.paidAt === null) return 'unpaid'
  if (order.groupStatus === 0 || order.hasRisk || order.isHeld) return 'on-hold'
  return shippedWords[order.orderStatus]
}

const shippedWords = { 1: 'paid-wait-ship', 2: 'shipped', 3: 'completed' } as const

/** Alive, and nothing of it has left. */
export function isWaiting(order: Order): boolean {
  return order.shippedAt === null && !isClosed(order)
}

function lineOf(order: Order, line: Line): TruthLine {
  const { sku, title, quantity, isGift, paidFen, refundedFen } = line
  const isBack = order.groupStatus === 2
  return {
    lineNo: String(sku.skuId),
    itemNo: String(sku.item.goodsId),
    skuNo: String(sku.skuId),
    merchantCode: sku.merchantCode,
    title,
    quantity,
    isGift,
    paidFen: order.paidAt === null ? 0 : paidFen,
    refundedFen: isBack ? paidFen : refundedFen,
    refundState: isBack ? 'success' : lineRefundState(order, line),
    shippedQuantity: order.shippedAt === null ? 0 : quantity,
  }
}

/** An open case wins over success, success over a rejection, that over a close; a case of another line does not concern this one. */
function lineRefundState({ cases }: Order, line: Line): string {
  const words = cases.filter((one) => one.line === line || one.shares.some((share) => share.line === line)).map(wordOf)
  const waiting = words.findLast((word) => !endWords.includes(word))
  return waiting ?? endWords.find((word) => words.includes(word)) ?? 'none'
}

const endWords: readonly string[] = ['success', 'rejected', 'closed']

function refundStateOf(order: Order): Truth['refundState'] {
  if (order.cases.some(isOpen)) return 'in-progress'
  const refunded = refundedOf(order)
  if (refunded === 0) return 'none'
  return refunded >= paidOf(order) ? 'full' : 'partial'
}
