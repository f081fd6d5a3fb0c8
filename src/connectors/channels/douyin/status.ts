import type { ChannelStatus, OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { type AfterSale, type Detail, instantOrNull, type LineCase, textOf } from './payload.ts'

/**
 * Every number of `order_status` and `main_status`, which count alike. `closed` is told apart by whether it was paid.
 * Source: douyin.md 4 [doc, sdk].
 */
export const statuses = {
  1: 'unpaid',
  2: 'paid-wait-ship',
  3: 'shipped',
  4: 'closed',
  5: 'completed',
  21: 'closed',
  22: 'closed',
  39: 'completed',
  101: 'partially-shipped',
  103: 'unpaid',
  105: 'on-hold',
} as const satisfies Readonly<Record<string, ChannelStatus | 'closed'>>

/** `main_status` of an order all of whose money went back: before shipping, after it, after receipt. Source: douyin.md 4 [sdk]. */
const givenBackStatuses = new Set(['21', '22', '39'])

/** What an after-sale says of itself, and a line of its latest one; 11 is told apart by kind. Source: douyin.md 6 [doc]. */
export const caseStatuses = {
  3: 'requested',
  6: 'requested',
  7: 'wait-return',
  8: 'requested',
  11: 'requested',
  12: 'success',
  13: 'requested',
  14: 'closed',
  27: 'rejected',
  28: 'closed',
  29: 'rejected',
} as const satisfies Readonly<Record<string, RefundState>>

/** 换货, 补寄, 维修: what is finished brought goods and no money back. Source: douyin.md 6 [doc]. */
const goodsTypes = new Set(['3', '7', '8'])
/** 退货退款, 换货, 维修: the buyer sends something back, so the second review (11) is of what came. [assumed] */
const returningTypes = new Set(['0', '3', '8'])
/** 价保: money only, whatever became of the goods. */
export const priceProtectionType = '6'

/** Nothing to pay back, or paid back; 1 waits, 2 is on its way, 4 failed. Source: douyin.md 4 [doc]. */
const settledRefunds = new Set(['', '0', '3'])
const refundWords = new Set(['', '0', '1', '2', '3', '4'])

const statusWords: ReadonlyMap<string, ChannelStatus | 'closed'> = new Map(Object.entries(statuses))
const caseWords: ReadonlyMap<string, RefundState> = new Map(Object.entries(caseStatuses))

export interface OrderStatus {
  readonly status: ChannelStatus
  readonly isPaid: boolean
  readonly warnings: readonly string[]
}

/**
 * The status of an order by its `order_status`; `main_status` adds what was given back. A number nobody has told us about, in either, is
 * not guessed: the order is held, counts as paid when it has a time of payment, and the warning names the number. Source: douyin.md 4.
 */
export function statusOf(detail: Detail): OrderStatus {
  const word = textOf(detail.order_status)
  const main = textOf(detail.main_status)
  const known = statusWords.get(word)
  const hasPaid = instantOrNull(detail.pay_time) !== null
  if (known === undefined || !(main === '' || statusWords.has(main))) {
    const stranger = known === undefined ? word || 'absent' : main
    return { status: 'on-hold', isPaid: hasPaid, warnings: [`unknown-status:${stranger}`] }
  }
  if (known === 'closed') {
    return { status: hasPaid ? 'closed-refunded' : 'closed-unpaid', isPaid: hasPaid, warnings: [] }
  }
  return { status: known, isPaid: hasPaid && known !== 'unpaid', warnings: [] }
}

/** The order itself says that all of its money went back. */
export function isGivenBack(detail: Detail): boolean {
  return statusOf(detail).status === 'closed-refunded' || givenBackStatuses.has(textOf(detail.main_status))
}

interface CaseWords {
  readonly status: string
  readonly type: string
  readonly refund: string
}

function wordsOfLine(info: LineCase): CaseWords {
  return {
    status: textOf(info?.after_sale_status),
    type: textOf(info?.after_sale_type),
    refund: textOf(info?.refund_status),
  }
}

function wordsOfCase({ aftersale_info: info }: AfterSale): CaseWords {
  return {
    status: textOf(info.aftersale_status),
    type: textOf(info.aftersale_type),
    refund: textOf(info.refund_status),
  }
}

/** A line without an after-sale says 0 or nothing. */
export function hasNoCase(info: LineCase): boolean {
  return ['', '0'].includes(textOf(info?.after_sale_status))
}

/** The state a line's own word means. An unknown one counts as an open request, so that nothing leaves before somebody looked. */
export function lineStateOf(info: LineCase): RefundState {
  return hasNoCase(info) ? 'none' : stateOf(wordsOfLine(info))
}

export function caseStateOf(each: AfterSale): RefundState {
  return stateOf(wordsOfCase(each))
}

/** An after-sale that is done stays open while its money is on the way or did not arrive [assumed]. */
function stateOf({ status, type, refund }: CaseWords): RefundState {
  const known = caseWords.get(status) ?? 'requested'
  if (status === '11' && returningTypes.has(type)) return 'wait-receive-return'
  if (known !== 'success') return known
  if (goodsTypes.has(type)) return 'closed'
  return settledRefunds.has(refund) ? 'success' : 'requested'
}

/** Whether a line's word is one nobody has told us about. */
export function isStrangeLine(info: LineCase): boolean {
  return !hasNoCase(info) && !caseWords.has(textOf(info?.after_sale_status))
}

/** Numbers of after-sales nobody has told us about. */
export function strangeWords(detail: Detail, cases: readonly AfterSale[]): string[] {
  const lines = (detail.sku_order_list ?? []).map((row) => row.after_sale_info).filter((info) => !hasNoCase(info))
  const told = [...lines.map(wordsOfLine), ...cases.map(wordsOfCase)]
  const strange = told.flatMap(({ status, refund }) => [
    ...(caseWords.has(status) ? [] : [status || 'absent']),
    ...(refundWords.has(refund) ? [] : [refund]),
  ])
  return [...new Set(strange)]
}

const openStates: ReadonlySet<RefundState> = new Set(['requested', 'wait-return', 'wait-receive-return'])

/** Somebody still has to act on it. */
export function isOpen(state: RefundState): boolean {
  return openStates.has(state)
}

/** An open one wins, then success, then rejected, then closed. */
export function strongestOf(states: readonly RefundState[]): RefundState {
  const order: readonly RefundState[] = ['success', 'rejected', 'closed']
  return states.find(isOpen) ?? order.find((state) => states.includes(state)) ?? 'none'
}

/** By the money that went back. */
export function orderRefundStateOf(
  states: readonly RefundState[],
  { refundedFen, paidTotalFen }: { readonly refundedFen: number; readonly paidTotalFen: number },
): OrderRefundState {
  if (states.some(isOpen)) return 'in-progress'
  if (refundedFen === 0) return 'none'
  return refundedFen >= paidTotalFen ? 'full' : 'partial'
}
