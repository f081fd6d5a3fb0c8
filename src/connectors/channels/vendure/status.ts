import type { ChannelStatus, RefundState } from '../../../core/channel/words.ts'

type Meaning = ChannelStatus | 'by-payment'

/** 订单状态. `by-payment`: whether a payment was ever settled decides. Source: own-site.md 4 [rule]. */
export const orderWords = {
  Created: 'unpaid',
  Draft: 'unpaid',
  AddingItems: 'unpaid',
  ArrangingPayment: 'unpaid',
  PaymentAuthorized: 'on-hold',
  PaymentSettled: 'paid-wait-ship',
  PartiallyShipped: 'partially-shipped',
  Shipped: 'shipped',
  PartiallyDelivered: 'shipped',
  Delivered: 'completed',
  Modifying: 'on-hold',
  ArrangingAdditionalPayment: 'on-hold',
  Cancelled: 'by-payment',
} as const satisfies Readonly<Record<string, Meaning>>

const words: ReadonlyMap<string, Meaning> = new Map(Object.entries(orderWords))

export interface StatusFacts {
  readonly state: string
  /** What settled payments come to, in minor units, and what the order comes to now. */
  readonly settled: number
  readonly total: number
  /** Parcels have left, and goods that are still wanted have not. */
  readonly isPartLeft: boolean
}

export interface StatusReading {
  readonly status: ChannelStatus
  /** Whether all of the money is here, or was. */
  readonly isPaid: boolean
  readonly isKnown: boolean
}

/**
 * Our word for a state, with what else bears on it. A word we do not know stops the order. An order of which one
 * parcel is delivered and goods are still here is shipped in part, whatever its state. Source: own-site.md 4 [rule].
 */
export function statusOf(facts: StatusFacts): StatusReading {
  const meaning = words.get(facts.state)
  const isSettled = facts.settled > 0
  if (meaning === undefined) return { status: 'on-hold', isPaid: isSettled, isKnown: false }
  if (meaning === 'by-payment') {
    return { status: isSettled ? 'closed-refunded' : 'closed-unpaid', isPaid: isSettled, isKnown: true }
  }
  if (meaning === 'on-hold') {
    const isWhole = facts.state !== 'PaymentAuthorized' && isSettled && facts.settled >= facts.total
    return { status: meaning, isPaid: isWhole, isKnown: true }
  }
  const status = facts.state === 'PartiallyDelivered' && facts.isPartLeft ? 'partially-shipped' : meaning
  return { status, isPaid: status !== 'unpaid', isKnown: true }
}

/** 退款状态. Source: own-site.md 4 [sdk V], meaning [rule]. */
export const refundWords = {
  Pending: 'requested',
  Settled: 'success',
  Failed: 'closed',
} as const satisfies Readonly<Record<string, RefundState>>

const refundStates: ReadonlyMap<string, RefundState> = new Map(Object.entries(refundWords))

/** An unknown word counts as under way, so that the goods stay. */
export function refundStateOf(word: string): { readonly state: RefundState; readonly isKnown: boolean } {
  const state = refundStates.get(word)
  return { state: state ?? 'requested', isKnown: state !== undefined }
}
