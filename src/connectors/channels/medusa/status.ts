import type { ChannelStatus, RefundState } from '../../../core/channel/words.ts'

/** 订单状态, the first word. `by-money` leaves it to the second. A `draft` is no order yet. Source: own-site.md 5.2 [sdk M, rule]. */
const orderWords = {
  pending: 'by-money',
  archived: 'by-money',
  requires_action: 'on-hold',
  completed: 'completed',
  canceled: 'cancelled',
} as const satisfies Readonly<Record<string, ChannelStatus | 'by-money' | 'cancelled'>>
export const draftWord = 'draft'
export const cancelledWord = 'canceled'

/** 付款状态, the second word. `by-goods`: the money is here, so how far the goods are decides. Source: own-site.md 5.2 [sdk M, rule]. */
export const paymentWords = {
  not_paid: 'unpaid',
  awaiting: 'unpaid',
  partially_authorized: 'unpaid',
  canceled: 'unpaid',
  authorized: 'on-hold',
  partially_captured: 'on-hold',
  requires_action: 'on-hold',
  captured: 'by-goods',
  partially_refunded: 'by-goods',
  refunded: 'closed-refunded',
} as const satisfies Readonly<Record<string, ChannelStatus | 'by-goods'>>

/**
 * 发货状态, the third word. `fulfilled` is packed and not handed over. The sheet does not say what all parcels `canceled` means once money is
 * here: the goods are to be sent anew [assumed]. Source: own-site.md 5.2, 8 [sdk M, rule].
 */
export const goodsWords = {
  not_fulfilled: 'paid-wait-ship',
  partially_fulfilled: 'paid-wait-ship',
  fulfilled: 'paid-wait-ship',
  canceled: 'paid-wait-ship',
  partially_shipped: 'partially-shipped',
  shipped: 'shipped',
  partially_delivered: 'shipped',
  delivered: 'completed',
} as const satisfies Readonly<Record<string, ChannelStatus>>

/** The raw status of an order is all three words, `pending/captured/not_fulfilled`. Every one that there can be. */
export const orderStatuses = Object.keys(orderWords).flatMap((order) =>
  Object.keys(paymentWords).flatMap((payment) =>
    Object.keys(goodsWords).map((goods) => `${order}/${payment}/${goods}`),
  ),
)

const orders: ReadonlyMap<string, (typeof orderWords)[keyof typeof orderWords]> = new Map(Object.entries(orderWords))
const payments: ReadonlyMap<string, (typeof paymentWords)[keyof typeof paymentWords]> = new Map(
  Object.entries(paymentWords),
)
const goodsOf: ReadonlyMap<string, ChannelStatus> = new Map(Object.entries(goodsWords))

export interface RawStatus {
  readonly status: string
  readonly payment_status: string
  readonly fulfillment_status: string
}

export function channelStatusOf({ status, payment_status, fulfillment_status }: RawStatus): string {
  return `${status}/${payment_status}/${fulfillment_status}`
}

export interface StatusReading {
  readonly status: ChannelStatus
  /** Whether all of the money is here, or was. */
  readonly isPaid: boolean
  readonly unknownWords: readonly string[]
}

interface Bearings {
  readonly isRefundedInFull: boolean
  /** Pieces are known to be here that have not left. */
  readonly isSomethingLeft: boolean
}

/** Our word for an order's three, with what else bears on it. A word we do not know stops the order. Source: own-site.md 5.2 [rule]. */
export function statusOf(raw: RawStatus, bearings: Bearings): StatusReading {
  const unknown = [
    ...(orders.has(raw.status) ? [] : [raw.status]),
    ...(payments.has(raw.payment_status) ? [] : [raw.payment_status]),
    ...(goodsOf.has(raw.fulfillment_status) ? [] : [raw.fulfillment_status]),
  ]
  return {
    status: unknown.length > 0 ? 'on-hold' : decide(raw, bearings),
    isPaid: isPaidBy(raw.payment_status),
    unknownWords: [...new Set(unknown)],
  }
}

function isPaidBy(word: string): boolean {
  const meaning = payments.get(word)
  return meaning === 'by-goods' || meaning === 'closed-refunded'
}

function decide(raw: RawStatus, bearings: Bearings): ChannelStatus {
  const byOrder = orders.get(raw.status)!
  const byMoney = payments.get(raw.payment_status)!
  if (byOrder === 'cancelled') return cancelled(raw, bearings)
  if (byMoney === 'closed-refunded') return byMoney
  if (byOrder !== 'by-money') return byOrder
  if (byMoney !== 'by-goods') return byMoney

  // What was delivered in part may have left in part only; then the rest is still to be sent.
  if (raw.fulfillment_status === 'partially_delivered' && bearings.isSomethingLeft) return 'partially-shipped'
  return goodsOf.get(raw.fulfillment_status)!
}

/** Cancelled after money came is over only when all of it went back. */
function cancelled({ payment_status }: RawStatus, { isRefundedInFull }: Bearings): ChannelStatus {
  if (payment_status === 'partially_captured') return 'on-hold'
  if (!isPaidBy(payment_status)) return 'closed-unpaid'
  return isRefundedInFull ? 'closed-refunded' : 'on-hold'
}

/** A payment paid back has no word of its own: once it is listed the money is gone. Source: own-site.md 5.3 [sdk M]. */
export const refundedWord = 'refunded'

/**
 * Words of a return and that of a payment paid back. Goods that came back are done; their money is told by itself.
 * Source: own-site.md 5.3 [assumed].
 */
export const refundWords = {
  open: 'requested',
  requested: 'requested',
  partially_received: 'wait-receive-return',
  received: 'success',
  canceled: 'closed',
  [refundedWord]: 'success',
} as const satisfies Readonly<Record<string, RefundState>>

const refunds: ReadonlyMap<string, RefundState> = new Map(Object.entries(refundWords))

/** An unknown word counts as under way. */
export function refundStateOf(word: string): { readonly state: RefundState; readonly isKnown: boolean } {
  const state = refunds.get(word)
  return { state: state ?? 'requested', isKnown: state !== undefined }
}
