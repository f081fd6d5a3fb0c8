import type { ChannelStatus, RefundState } from '../../../core/channel/words.ts'

interface StatusMeaning {
  /** While the order has no time of payment, and once it has one. */
  readonly unpaid: ChannelStatus
  readonly paid: ChannelStatus
}

const always = (status: ChannelStatus): StatusMeaning => ({ unpaid: status, paid: status })

/**
 * Every order status of the core, and `partial-shipped`, which a plugin adds. Source: own-site.md 2.2 and 2.3 [doc, rule]. A `checkout-draft`
 * is told as unpaid: lists count it, so it cannot be left out of them.
 */
export const orderWords = {
  pending: always('unpaid'),
  'on-hold': { unpaid: 'unpaid', paid: 'on-hold' },
  failed: always('unpaid'),
  processing: always('paid-wait-ship'),
  'partial-shipped': always('partially-shipped'),
  completed: always('completed'),
  cancelled: { unpaid: 'closed-unpaid', paid: 'closed-refunded' },
  refunded: always('closed-refunded'),
  trash: { unpaid: 'closed-unpaid', paid: 'closed-refunded' },
  'checkout-draft': always('unpaid'),
} as const satisfies Readonly<Record<string, StatusMeaning>>

/** The platform has no word for it: a refund that is listed has been paid out. Source: own-site.md 2.3 [doc]. */
export const refundWords = { refunded: 'success' } as const satisfies Readonly<Record<string, RefundState>>
export const refundWord = 'refunded'

/** Statuses in which a parcel may be told. A completed order takes further numbers: somebody closed it before us. */
export const takesParcels: ReadonlySet<string> = new Set(['processing', 'partial-shipped', 'completed'])
export const completedWord = 'completed'
export const partShippedWord = 'partial-shipped'

const words: ReadonlyMap<string, StatusMeaning> = new Map(Object.entries(orderWords))

/** Our word for a raw status. A shop's own status stops the order and is named in a warning. */
export function statusOf(
  raw: string,
  isPaidOnce: boolean,
): { readonly status: ChannelStatus; readonly isKnown: boolean } {
  const meaning = words.get(raw)
  if (meaning === undefined) return { status: 'on-hold', isKnown: false }
  return { status: isPaidOnce ? meaning.paid : meaning.unpaid, isKnown: true }
}
