import type { Truth, TruthLine } from '../../simulator.ts'
import {
  type AfterSale,
  type CaseStatus,
  casesOf,
  isOpen,
  type Line,
  type Order,
  type OrderStatus,
  totalFen,
} from './state.ts'
import type { World } from './world.ts'

/** Sheet words; 8, 9 and 10 hang on more than the number. Source: xiaohongshu.md 7 [doc]. */
const statusWords = {
  1: 'unpaid',
  2: 'on-hold',
  3: 'on-hold',
  4: 'paid-wait-ship',
  5: 'partially-shipped',
  6: 'shipped',
  7: 'completed',
} as const

/** Source: xiaohongshu.md 7 [doc]. */
const caseWords: Readonly<Record<CaseStatus, string>> = {
  1: 'requested',
  2: 'wait-return',
  3: 'wait-receive-return',
  4: 'success',
  5: 'closed',
  6: 'closed',
  9: 'rejected',
  9001: 'rejected',
  12: 'requested',
  13: 'requested',
  14: 'requested',
}

/** An order as it truly is; nothing here looks at a field of the protocol. A deposit is no payment: xiaohongshu.md 6. */
export function truthOf(world: World, order: Order): Truth {
  const isPaid = order.paidAt !== null
  const { name, phone, province, city, district, address } = order.receiver
  return {
    orderNo: order.orderId,
    status: statusWord(order, order.status),
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

function statusWord(order: Order, status: OrderStatus): string {
  if (status === 10) return statusWord(order, order.formerStatus)
  if (status === 8 || status === 9) return order.paidAt === null ? 'closed-unpaid' : 'closed-refunded'
  return statusWords[status]
}

function truthOfLine(order: Order, line: Line): TruthLine {
  return {
    lineNo: line.sku.skuId,
    itemNo: line.sku.item.itemId,
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

/** An open one wins over success, that over a refusal, that over what was closed. Source: xiaohongshu.md 13. */
function refundWord(cases: readonly AfterSale[]): string {
  const open = cases.find(isOpen)
  if (open !== undefined) return caseWords[open.status]
  const words = cases.map(({ type, status }) => (type === 2 && status === 4 ? 'closed' : caseWords[status]))
  return ['success', 'rejected', 'closed'].find((word) => words.includes(word)) ?? 'none'
}

function refundStateOf(order: Order): Truth['refundState'] {
  if (order.cases.some(isOpen)) return 'in-progress'
  const refunded = refundedFen(order)
  if (refunded === 0) return 'none'
  return refunded >= totalFen(order) ? 'full' : 'partial'
}

function refundedFen({ lines, refundedFreightFen }: Order): number {
  return lines.reduce((all, line) => all + line.refundedFen, refundedFreightFen)
}
