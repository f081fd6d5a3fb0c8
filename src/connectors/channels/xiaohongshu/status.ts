import type { ChannelStatus, OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { type AfterSale, type Detail, instantOrNull, textOf } from './payload.ts'

/**
 * Every status of an order and of its parcels. `closed` is told apart by whether it was paid, `exchange` keeps what the order was
 * before. Source: xiaohongshu.md 7 [doc, rule]; 9 as 8, and 10 [assumed].
 */
export const statuses = {
  1: 'unpaid',
  2: 'on-hold',
  3: 'on-hold',
  4: 'paid-wait-ship',
  5: 'partially-shipped',
  6: 'shipped',
  7: 'completed',
  8: 'closed',
  9: 'closed',
  10: 'exchange',
} as const satisfies Readonly<Record<string, ChannelStatus | 'closed' | 'exchange'>>

/** What an order says of the after-sale of a line, and of itself. Source: xiaohongshu.md 7 [doc, rule]. */
export const lineRefundStatuses = {
  1: 'none',
  2: 'requested',
  3: 'success',
  4: 'rejected',
  5: 'closed',
  6: 'requested',
  7: 'closed',
} as const satisfies Readonly<Record<string, RefundState>>

/** What an after-sale says of itself. Source: xiaohongshu.md 7 [doc, rule]. */
export const caseStatuses = {
  1: 'requested',
  2: 'wait-return',
  3: 'wait-receive-return',
  4: 'success',
  5: 'closed',
  6: 'closed',
  9: 'rejected',
  12: 'requested',
  13: 'requested',
  14: 'requested',
  9001: 'rejected',
} as const satisfies Readonly<Record<string, RefundState>>

/** 换货: what is finished brought goods and no money back. */
export const exchangeType = '2'
/** 价保: money only, whatever became of the goods. */
export const priceProtectionType = '6'
/** 换货补发: its amounts are 0 or copied and never revenue. Source: xiaohongshu.md 7 [assumed]. */
const exchangeOrderType = '5'

const statusWords: ReadonlyMap<string, ChannelStatus | 'closed' | 'exchange'> = new Map(Object.entries(statuses))
const lineWords: ReadonlyMap<string, RefundState> = new Map(Object.entries(lineRefundStatuses))
const caseWords: ReadonlyMap<string, RefundState> = new Map(Object.entries(caseStatuses))

export interface OrderStatus {
  readonly status: ChannelStatus
  readonly isPaid: boolean
  readonly warnings: readonly string[]
}

/**
 * The status of an order. A word nobody has told us about is not guessed: the order is held, it counts as paid when it has a time of
 * payment, and the warning names the word. Source: xiaohongshu.md 7 [rule].
 */
export function statusOf(detail: Detail): OrderStatus {
  const word = textOf(detail.orderStatus)
  const known = statusWords.get(word)
  const hasPaid = instantOrNull(detail.paidTime) !== null
  if (known === undefined) {
    return { status: 'on-hold', isPaid: hasPaid, warnings: [`unknown-status:${word || 'absent'}`] }
  }
  if (known === 'closed') {
    return { status: hasPaid ? 'closed-refunded' : 'closed-unpaid', isPaid: hasPaid, warnings: [] }
  }
  if (known === 'exchange') {
    return { status: statusBeforeExchange(detail), isPaid: hasPaid, warnings: ['exchange-requested'] }
  }
  return { status: known, isPaid: hasPaid && known !== 'unpaid', warnings: [] }
}

/** Its times tell what the order had been; one that has not left waits until somebody looked. */
function statusBeforeExchange({ finishTime, deliveryTime }: Detail): ChannelStatus {
  if (instantOrNull(finishTime) !== null) return 'completed'
  return instantOrNull(deliveryTime) === null ? 'on-hold' : 'shipped'
}

export function isExchangeOrder({ orderType }: Pick<Detail, 'orderType'>): boolean {
  return textOf(orderType) === exchangeOrderType
}

/** Whether the platform tells the receiver now: only while something waits to be sent. Source: xiaohongshu.md 8 [doc]. */
export function isWaiting({ orderStatus }: Pick<Detail, 'orderStatus'>): boolean {
  return ['4', '5'].includes(textOf(orderStatus))
}

/** The state a line's word means; absent is none. An unknown word counts as an open request, so that nothing leaves before somebody looked. */
export function lineRefundStateOf(word: string): RefundState {
  return word === '' ? 'none' : (lineWords.get(word) ?? 'requested')
}

export function isKnownLineRefund(word: string): boolean {
  return word === '' || lineWords.has(word)
}

/** The state of an after-sale; an unknown word counts as an open request. */
export function caseStateOf({ status, returnType }: Pick<AfterSale, 'status' | 'returnType'>): RefundState {
  const state = caseWords.get(textOf(status)) ?? 'requested'
  return state === 'success' && textOf(returnType) === exchangeType ? 'closed' : state
}

export function isKnownCaseStatus(word: string): boolean {
  return caseWords.has(word)
}

const openStates: ReadonlySet<RefundState> = new Set(['requested', 'wait-return', 'wait-receive-return'])

/** Somebody still has to act on it. Source: xiaohongshu.md 7 [rule]. */
export function isOpen(state: RefundState): boolean {
  return openStates.has(state)
}

/** An open one wins, then success, then rejected, then closed. Source: xiaohongshu.md 13 [rule]. */
export function strongestOf(states: readonly RefundState[]): RefundState {
  const order: readonly RefundState[] = ['success', 'rejected', 'closed']
  return states.find(isOpen) ?? order.find((state) => states.includes(state)) ?? 'none'
}

/** Source: xiaohongshu.md 7 [rule]: by the money that went back. */
export function orderRefundStateOf(
  states: readonly RefundState[],
  { refundedFen, paidTotalFen }: { readonly refundedFen: number; readonly paidTotalFen: number },
): OrderRefundState {
  if (states.some(isOpen)) return 'in-progress'
  if (refundedFen === 0) return 'none'
  return refundedFen >= paidTotalFen ? 'full' : 'partial'
}
