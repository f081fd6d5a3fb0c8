import type { Truth, TruthLine } from '../../simulator.ts'
import { remainingFen } from './refunding.ts'
import {
  type Line,
  lastRefund,
  openRefund,
  type Refund,
  type Trade,
  type TradeStatus,
  unpaidStatuses,
} from './state.ts'
import type { World } from './world.ts'

/** Sheet words: taobao.md 7.3 [rule]. */
const statusWords: Readonly<Record<TradeStatus, string>> = {
  TRADE_NO_CREATE_PAY: 'unpaid',
  WAIT_BUYER_PAY: 'unpaid',
  PAY_PENDING: 'unpaid',
  WAIT_PRE_AUTH_CONFIRM: 'unpaid',
  PAID_FORBID_CONSIGN: 'on-hold',
  WAIT_SELLER_SEND_GOODS: 'paid-wait-ship',
  SELLER_CONSIGNED_PART: 'partially-shipped',
  WAIT_BUYER_CONFIRM_GOODS: 'shipped',
  TRADE_BUYER_SIGNED: 'shipped',
  TRADE_FINISHED: 'completed',
  TRADE_CLOSED: 'closed-refunded',
  TRADE_CLOSED_BY_TAOBAO: 'closed-unpaid',
}

/** Sheet words: taobao.md 7.4 [rule]. */
const refundWords = {
  WAIT_SELLER_AGREE: 'requested',
  WAIT_BUYER_RETURN_GOODS: 'wait-return',
  WAIT_SELLER_CONFIRM_GOODS: 'wait-receive-return',
  SELLER_REFUSE_BUYER: 'rejected',
  CLOSED: 'closed',
  SUCCESS: 'success',
} as const

/** An order as it truly is; money by taobao.md 8.4, without looking at a single field of the protocol. */
export function truthOf(world: World, trade: Trade): Truth {
  const isPaid = !unpaidStatuses.has(trade.status) && trade.status !== 'TRADE_CLOSED_BY_TAOBAO'
  const { name, phone, province, city, district, address } = trade.receiver
  return {
    orderNo: trade.tid,
    status: trade.step?.status === 'FRONT_PAID_FINAL_NOPAID' ? 'deposit-paid' : statusWords[trade.status],
    refundState: refundStateOf(trade),
    createdAt: trade.createdAt,
    paidAt: trade.paidAt,
    modifiedAt: trade.modifiedAt,
    paidTotalFen: isPaid ? trade.paymentFen : depositOf(trade),
    freightFen: isPaid ? trade.postFen : 0,
    refundedFen: trade.lines.reduce((all, line) => all + line.refundedFen, 0),
    note: trade.note,
    remark: trade.memo,
    receiver: { name, phone, province, city, district, address },
    lines: trade.lines.map((line) => truthOfLine(line, isPaid)),
    hidden: world.faults.strikesFor('hide', trade.tid),
  }
}

function truthOfLine(line: Line, isPaid: boolean): TruthLine {
  const refund = tellingRefund(line)
  return {
    lineNo: line.oid,
    itemNo: line.itemNo,
    skuNo: line.skuNo,
    merchantCode: line.merchantCode,
    title: line.title,
    quantity: line.quantity,
    isGift: line.isGift,
    paidFen: isPaid ? line.paidFen : 0,
    refundedFen: line.refundedFen,
    refundState: refund === undefined ? 'none' : refundWords[refund.status],
    shippedQuantity: line.shippedQuantity,
  }
}

/** A line's latest refund tells its state; but one that paid money back is not undone by a later one that was withdrawn. */
function tellingRefund(line: Line): Refund | undefined {
  const last = lastRefund(line)
  const paid = last?.status === 'CLOSED' ? line.refunds.findLast(({ status }) => status === 'SUCCESS') : undefined
  return paid ?? last
}

function depositOf({ step }: Trade): number {
  const isKept = step?.status === 'FRONT_PAID_FINAL_NOPAID' || step?.status === 'FRONT_PAID_FRONT_FORFEITED'
  return isKept ? step.depositFen : 0
}

function refundStateOf({ lines }: Trade): Truth['refundState'] {
  if (lines.some((line) => openRefund(line) !== undefined)) return 'in-progress'
  if (!lines.some(({ refunds }) => refunds.some(({ status }) => status === 'SUCCESS'))) return 'none'
  return lines.every((line) => line.isGift || remainingFen(line) === 0) ? 'full' : 'partial'
}
