import type { Truth, TruthLine } from '../../simulator.ts'
import {
  type AfterSale,
  type CaseStatus,
  casesOf,
  isOpen,
  type Line,
  type Order,
  refundedFen,
  totalFen,
} from './state.ts'
import type { World } from './world.ts'

/** Source: douyin.md 4. A deposit is no payment. */
const statusWords = {
  1: 'unpaid',
  105: 'on-hold',
  2: 'paid-wait-ship',
  101: 'partially-shipped',
  3: 'shipped',
  5: 'completed',
} as const

/** Source: douyin.md 6; 11 of what has nothing to come back is only requested. */
const caseWords: Readonly<Record<CaseStatus, string>> = {
  3: 'requested',
  6: 'requested',
  7: 'wait-return',
  8: 'requested',
  11: 'wait-receive-return',
  12: 'success',
  13: 'requested',
  14: 'closed',
  27: 'rejected',
  28: 'closed',
  29: 'rejected',
}

/** An order as it truly is; nothing here looks at a field of the protocol. */
export function truthOf(world: World, order: Order): Truth {
  const isPaid = order.paidAt !== null
  const { name, phone, province, city, district, address } = order.receiver
  return {
    orderNo: order.orderId,
    status: statusWord(order),
    refundState: refundStateOf(order),
    createdAt: order.createdAt,
    paidAt: order.paidAt,
    modifiedAt: order.updatedAt,
    paidTotalFen: isPaid ? totalFen(order) : 0,
    freightFen: isPaid ? order.freightFen : 0,
    refundedFen: refundedFen(order),
    note: order.note,
    remark: order.remark,
    receiver: { name, phone, province, city, district, address },
    lines: order.lines.map((line) => truthOfLine(order, line)),
    hidden: world.faults.strikesFor('hide', order.orderId),
  }
}

function statusWord({ status, paidAt }: Order): string {
  if (status !== 4) return statusWords[status]
  return paidAt === null ? 'closed-unpaid' : 'closed-refunded'
}

function truthOfLine(order: Order, line: Line): TruthLine {
  return {
    lineNo: line.lineId,
    itemNo: line.sku.item.productId,
    skuNo: line.sku.skuId,
    merchantCode: line.merchantCode,
    title: line.title,
    quantity: line.quantity,
    isGift: line.isGift,
    paidFen: order.paidAt === null ? 0 : line.paidFen,
    refundedFen: line.refundedFen,
    refundState: refundWord(casesOf(order, line)),
    shippedQuantity: line.shippedQuantity,
  }
}

/** An open one wins over success, that over a refusal, that over what was closed. Source: wechat-shop.md 14. */
function refundWord(cases: readonly AfterSale[]): string {
  const open = cases.find(isOpen)
  if (open !== undefined) return openWord(open)
  const words = cases.map(({ status }) => caseWords[status])
  return ['success', 'rejected', 'closed'].find((word) => words.includes(word)) ?? 'none'
}

function openWord({ type, status }: AfterSale): string {
  const comesBack = type === 0 || type === 3 || type === 8
  return status === 11 && !comesBack ? 'requested' : caseWords[status]
}

function refundStateOf(order: Order): Truth['refundState'] {
  if (order.cases.some(isOpen)) return 'in-progress'
  const refunded = refundedFen(order)
  if (refunded === 0) return 'none'
  return refunded >= totalFen(order) ? 'full' : 'partial'
}
