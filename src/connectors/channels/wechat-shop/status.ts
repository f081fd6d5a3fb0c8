import type { ChannelStatus, RefundState } from '../../../core/channel/words.ts'

/** Every status of an order. Source: wechat-shop.md 5 [doc], 190 [sdk]. */
export const statuses = {
  10: 'unpaid',
  12: 'on-hold',
  13: 'on-hold',
  20: 'paid-wait-ship',
  21: 'partially-shipped',
  30: 'shipped',
  100: 'completed',
  190: 'closed-unpaid',
  200: 'closed-refunded',
  250: 'closed-unpaid',
} as const satisfies Readonly<Record<number, ChannelStatus>>

/**
 * Cancelled by the platform or for want of payment; once money had come, it went back. Source: wechat-shop.md 5 [doc,
 * sdk].
 */
const closedEitherWay = new Set(['190', '250'])

/** Every status of an after-sale order. Source: wechat-shop.md 5 [doc, sdk]. */
export const refundStatuses = {
  MERCHANT_PROCESSING: 'requested',
  USER_WAIT_CONFIRM: 'requested',
  USER_WAIT_CONFIRM_UPDATE: 'requested',
  USER_WAIT_HANDLE_MERCHANT_AFTER_SALE: 'requested',
  WAIT_PACKAGE_INTERCEPT: 'requested',
  USER_WAIT_RETURN: 'wait-return',
  MERCHANT_WAIT_RECEIPT: 'wait-receive-return',
  MERCHANT_OVERDUE_REFUND: 'wait-receive-return',
  PLATFORM_REFUNDING: 'wait-receive-return',
  PLATFORM_REFUND_FAIL: 'requested',
  MERCHANT_REFUND_RETRY_FAIL: 'requested',
  MERCHANT_REFUND_SUCCESS: 'success',
  MERCHANT_RETURN_SUCCESS: 'success',
  MERCHANT_EXCHANGE_SUCCESS: 'closed',
  USER_WAIT_RECEIPT: 'requested',
  MERCHANT_REJECT_REFUND: 'rejected',
  MERCHANT_REJECT_RETURN: 'rejected',
  MERCHANT_REJECT_EXCHANGE: 'rejected',
  MERCHANT_REJECT_RESHIP: 'rejected',
  USER_CANCELD: 'closed',
  RETURN_CLOSED: 'closed',
  MERCHANT_FAIL: 'closed',
} as const satisfies Readonly<Record<string, RefundState>>

/** The money could not be paid out: somebody has to look. Source: wechat-shop.md 5 [rule]. */
export const failedRefunds: ReadonlySet<string> = new Set(['PLATFORM_REFUND_FAIL', 'MERCHANT_REFUND_RETRY_FAIL'])

const statusWords: ReadonlyMap<string, ChannelStatus> = new Map(Object.entries(statuses))
const refundWords: ReadonlyMap<string, RefundState> = new Map(Object.entries(refundStatuses))

/** The status in our words; null for a word nobody has told us about, which then holds the order. */
export function statusOf(word: string, isPaid: boolean): ChannelStatus | null {
  return isPaid && closedEitherWay.has(word) ? 'closed-refunded' : (statusWords.get(word) ?? null)
}

/**
 * The state of one after-sale. An unknown word counts as an open request, so that nothing leaves before somebody
 * looked.
 */
export function refundStateOf(word: string): RefundState {
  return refundWords.get(word) ?? 'requested'
}

export function isKnownRefundStatus(word: string): boolean {
  return refundWords.has(word)
}

const openStates: ReadonlySet<RefundState> = new Set(['requested', 'wait-return', 'wait-receive-return'])

/**
 * Somebody is still to act. A refused one is not open: the buyer may begin another. Source: wechat-shop.md 14 [rule].
 */
export function isOpenRefund(state: RefundState): boolean {
  return openStates.has(state)
}
