import type { Truth, TruthLine } from '../../simulator.ts'
import { isOpen, isPaidBack, paidOf, refundedOf } from './refunding.ts'
import { isOpenService } from './servicing.ts'
import type { Application, ApplicationStatus, Line, Order, OrderState, Service } from './state.ts'
import type { World } from './world.ts'

/** Sheet words: jd.md 6.3 [rule]. A cancelled order's is below: it hangs on whether it was paid. */
const statusWords: Readonly<Record<Exclude<OrderState, 'TRADE_CANCELED'>, string>> = {
  NOT_PAY: 'unpaid',
  WAIT_SELLER_STOCK_OUT: 'paid-wait-ship',
  WAIT_SELLER_DELIVERY: 'paid-wait-ship',
  WAIT_SEND_CODE: 'paid-wait-ship',
  WAIT_GOODS_RECEIVE_CONFIRM: 'shipped',
  FINISHED_L: 'completed',
  LOCKED: 'on-hold',
  PAUSE: 'on-hold',
  POP_ORDER_PAUSE: 'on-hold',
  PARENT_TRADE_CANCELED: 'split-parent',
}

/** Sheet words: jd.md 10.1 [rule]. */
const applicationWords: Readonly<Record<ApplicationStatus, string>> = {
  0: 'requested',
  1: 'agreed',
  2: 'rejected',
  3: 'success',
  4: 'rejected',
  5: 'agreed',
  6: 'agreed',
  7: 'agreed',
  8: 'rejected',
  9: 'success',
  10: 'requested',
  11: 'closed',
}

/** An order as it truly is, without looking at a single field of the protocol. */
export function truthOf(world: World, order: Order): Truth {
  const { name, phone, province, city, district, address } = order.receiver
  const isPaid = paidOf(order) > 0
  return {
    orderNo: order.orderId,
    status: statusOf(order),
    refundState: refundStateOf(order),
    createdAt: order.createdAt,
    paidAt: order.paidAt,
    modifiedAt: order.modifiedAt,
    paidTotalFen: paidOf(order),
    freightFen: isPaid ? order.freightFen : 0,
    refundedFen: refundedOf(order),
    note: order.note,
    remark: order.remark,
    receiver: { name, phone, province, city, district, address },
    lines: order.lines.map((line) => truthOfLine(order, line, isPaid)),
    hidden: world.faults.strikesFor('hide', order.orderId),
  }
}

/** Cancelled before it was paid: its amounts are gone. Source: jd.md 6.4, observed shapes [sdk]. */
export function isCancelledUnpaid({ state, paidAt }: Order): boolean {
  return state === 'TRADE_CANCELED' && paidAt === null
}

function statusOf(order: Order): string {
  if (order.state === 'TRADE_CANCELED') return isCancelledUnpaid(order) ? 'closed-unpaid' : 'closed-refunded'
  const isParted = order.state === 'WAIT_SELLER_STOCK_OUT' && order.parcels.length > 0
  return isParted ? 'partially-shipped' : statusWords[order.state]
}

function truthOfLine(order: Order, line: Line, isPaid: boolean): TruthLine {
  return {
    lineNo: line.skuId,
    itemNo: line.wareId,
    skuNo: line.skuId,
    merchantCode: line.merchantCode,
    title: line.name,
    quantity: line.quantity,
    isGift: line.priceFen === 0,
    paidFen: isPaid ? line.paidFen : 0,
    refundedFen: line.refundedFen,
    refundState: lineWord(order, line),
    shippedQuantity: line.shippedQuantity,
  }
}

/** What waits for somebody wins over money paid back, that over a refusal, that over what was withdrawn; of two that wait the latest. */
function lineWord({ applications, services }: Order, line: Line): string {
  const served = services.filter((service) => service.line === line)
  const applied = applications.filter(({ shares }) => shares.some((share) => share.line === line))
  const words = [...applied.map(wordOfApplication), ...served.map(wordOfService)]
  const waits = words.findLast((word) => !endWords.includes(word))
  return waits ?? endWords.find((word) => words.includes(word)) ?? 'none'
}

const endWords: readonly string[] = ['success', 'rejected', 'closed']

const wordOfApplication = ({ status }: Application) => applicationWords[status]

/** Sheet words: jd.md 10.2 [rule]; repairs and visits are being handled, as is what waits for the buyer's last word [assumed]. */
function wordOfService({ status, refund }: Service): string {
  if (status === 10_010) return refund === null ? 'closed' : 'success'
  if (status === 10_004) return 'rejected'
  if (status === 10_011) return 'closed'
  if (status === 10_005) return 'wait-return'
  if (inHandling.has(status)) return 'wait-receive-return'
  return 'requested'
}

const inHandling: ReadonlySet<number> = new Set([10_006, 10_007, 10_009, 10_041, 1100, 12_000, 13_000, 14_000])

function refundStateOf(order: Order): Truth['refundState'] {
  if (order.applications.some(isOpen) || order.services.some(isOpenService)) return 'in-progress'
  const hasPaid = order.applications.some(isPaidBack) || order.services.some(({ refund }) => refund !== null)
  if (!hasPaid) return 'none'
  return refundedOf(order) >= paidOf(order) ? 'full' : 'partial'
}
