import type { ChannelStatus, RefundState } from '../../../core/channel/words.ts'
import { isNoTime, type OrderInfo, textOf } from './payload.ts'

/** A parent that was replaced by its children when it was split. It is no order. Source: jd.md 6.3 [sdk Q, rule]. */
export const splitParent = 'PARENT_TRADE_CANCELED'

/** Every state of an order. A cancelled one that was never paid is closed-unpaid. Source: jd.md 6.3 [rule]. */
export const statuses = {
  NOT_PAY: 'unpaid',
  WAIT_SELLER_STOCK_OUT: 'paid-wait-ship',
  WAIT_SELLER_DELIVERY: 'paid-wait-ship',
  WAIT_SEND_CODE: 'paid-wait-ship',
  WAIT_GOODS_RECEIVE_CONFIRM: 'shipped',
  FINISHED_L: 'completed',
  TRADE_CANCELED: 'closed-refunded',
  LOCKED: 'on-hold',
  PAUSE: 'on-hold',
  POP_ORDER_PAUSE: 'on-hold',
} as const satisfies Readonly<Record<string, ChannelStatus>>

/** What the platform says of an application for a refund. Source: jd.md 10.1 [sdk Q, rule]; agreed ones are being handled, as 10041 is. */
export const applicationStatuses = {
  0: 'requested',
  1: 'wait-receive-return',
  2: 'rejected',
  3: 'success',
  4: 'rejected',
  5: 'wait-receive-return',
  6: 'wait-receive-return',
  7: 'wait-receive-return',
  8: 'rejected',
  9: 'success',
  10: 'requested',
  11: 'closed',
} as const satisfies Readonly<Record<string, RefundState>>

/**
 * What it says of a service order; 10010 alone needs more to be known. Source: jd.md 10.2 [rule]; 10009 and the four of repair and door
 * service are in handling [assumed].
 */
export const serviceStatuses = {
  10000: 'requested',
  10001: 'requested',
  10002: 'requested',
  10004: 'rejected',
  10005: 'wait-return',
  10006: 'wait-receive-return',
  10007: 'wait-receive-return',
  10009: 'wait-receive-return',
  10010: 'closed',
  10011: 'closed',
  10012: 'requested',
  10013: 'requested',
  10041: 'wait-receive-return',
  1100: 'wait-receive-return',
  12000: 'wait-receive-return',
  13000: 'wait-receive-return',
  14000: 'wait-receive-return',
} as const satisfies Readonly<Record<string, RefundState>>

const statusWords: ReadonlyMap<string, ChannelStatus> = new Map(Object.entries(statuses))
const refundWords: ReadonlyMap<string, RefundState> = new Map(
  Object.entries({ ...applicationStatuses, ...serviceStatuses }),
)

export interface OrderStatus {
  readonly status: ChannelStatus
  /** The buyer's money has come: there is a time of payment. Source: jd.md 6.3. */
  readonly isPaid: boolean
  readonly warning: string | null
}

/** A state nobody has told us about is not guessed: the order is held and the warning names the word. Source: jd.md 6.3 [rule]. */
export function statusOf(info: OrderInfo): OrderStatus {
  const word = textOf(info.orderState)
  const isPaid = !isNoTime(textOf(info.paymentConfirmTime))
  const known = statusWords.get(word)
  if (known === undefined) return { status: 'on-hold', isPaid, warning: `unknown-status:${word || 'absent'}` }
  if (word === 'TRADE_CANCELED' && !isPaid) return { status: 'closed-unpaid', isPaid, warning: null }
  // [assumed] The state stays the same until the last piece has left.
  const isPartly = word === 'WAIT_SELLER_STOCK_OUT' && (info.partialLogisticsInfoModel ?? []).length > 0
  return { status: isPartly ? 'partially-shipped' : known, isPaid, warning: null }
}

/** An unknown word counts as an open request, so that nothing leaves before somebody looked. The numbers of both series differ. */
export function refundStateOf(word: string): RefundState {
  return refundWords.get(word) ?? 'requested'
}

export function isKnownRefundStatus(word: string): boolean {
  return refundWords.has(word)
}

const openStates: ReadonlySet<RefundState> = new Set(['requested', 'wait-return', 'wait-receive-return'])

/** Somebody may still move it, and money may still go back. Source: jd.md 6.5 [rule]. */
export function isOpenRefund(state: RefundState): boolean {
  return openStates.has(state)
}
