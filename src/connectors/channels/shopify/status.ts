import type { ChannelStatus, RefundState } from '../../../core/channel/words.ts'

type Financial = ChannelStatus | 'by-fulfilment'

/** 付款状态. `by-fulfilment`: the money is here, so how far the goods are decides. Source: own-site.md 3 [rule]. */
export const financialWords = {
  PENDING: 'unpaid',
  AUTHORIZED: 'unpaid',
  EXPIRED: 'unpaid',
  PARTIALLY_PAID: 'on-hold',
  PAID: 'by-fulfilment',
  PARTIALLY_REFUNDED: 'by-fulfilment',
  REFUNDED: 'closed-refunded',
  VOIDED: 'closed-unpaid',
} as const satisfies Readonly<Record<string, Financial>>

/** 发货状态. Source: own-site.md 3 [rule]. */
export const fulfilmentWords = {
  UNFULFILLED: 'paid-wait-ship',
  ON_HOLD: 'paid-wait-ship',
  SCHEDULED: 'paid-wait-ship',
  OPEN: 'paid-wait-ship',
  PARTIALLY_FULFILLED: 'partially-shipped',
  IN_PROGRESS: 'partially-shipped',
  FULFILLED: 'shipped',
} as const satisfies Readonly<Record<string, ChannelStatus>>

/** The raw status of an order is both words, `PAID/UNFULFILLED`. Every one that the sheet allows. */
export const orderStatuses = Object.keys(financialWords).flatMap((financial) =>
  Object.keys(fulfilmentWords).map((fulfilment) => `${financial}/${fulfilment}`),
)

const financials: ReadonlyMap<string, Financial> = new Map(Object.entries(financialWords))
const fulfilments: ReadonlyMap<string, ChannelStatus> = new Map(Object.entries(fulfilmentWords))
const paidWords: ReadonlySet<string> = new Set(['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'])

export interface StatusFacts {
  readonly financial: string
  readonly fulfilment: string
  readonly isCancelled: boolean
  readonly isRefundedInFull: boolean
  /** Archived by the merchant, or every parcel delivered. */
  readonly isFinished: boolean
  /** Nothing that is left to send may be sent yet. */
  readonly isAllOnHold: boolean
}

export interface StatusReading {
  readonly status: ChannelStatus
  /** Whether all of the money is here, or was. */
  readonly isPaid: boolean
  readonly unknownWords: readonly string[]
}

/** Our word for an order's two, with what else bears on it. A word we do not know stops the order. Source: own-site.md 3 [rule]. */
export function statusOf(facts: StatusFacts): StatusReading {
  const { financial, fulfilment } = facts
  const unknownWords = [
    ...(financials.has(financial) ? [] : [financial]),
    ...(fulfilments.has(fulfilment) ? [] : [fulfilment]),
  ]
  return { status: decide(facts), isPaid: paidWords.has(financial), unknownWords }
}

function decide({ financial, fulfilment, ...facts }: StatusFacts): ChannelStatus {
  const byMoney = financials.get(financial) ?? 'on-hold'
  if (facts.isCancelled && byMoney !== 'closed-refunded') {
    if (byMoney === 'unpaid' || byMoney === 'closed-unpaid') return 'closed-unpaid'
    return facts.isRefundedInFull && byMoney === 'by-fulfilment' ? 'closed-refunded' : 'on-hold'
  }
  if (byMoney !== 'by-fulfilment') return byMoney

  const byGoods = fulfilments.get(fulfilment) ?? 'on-hold'
  if (byGoods === 'shipped' && facts.isFinished) return 'completed'
  return byGoods === 'paid-wait-ship' && facts.isAllOnHold ? 'on-hold' : byGoods
}

/**
 * 退款状态: Shopify has no word for a refund as a whole, so it is that of its payments. A refund without payments is done.
 * The words [assumed]: those of a transaction.
 */
export const refundWords = {
  SUCCESS: 'success',
  PENDING: 'requested',
  AWAITING_RESPONSE: 'requested',
  UNKNOWN: 'requested',
  FAILURE: 'closed',
  ERROR: 'closed',
} as const satisfies Readonly<Record<string, RefundState>>

const refundStates: ReadonlyMap<string, RefundState> = new Map(Object.entries(refundWords))

/** A payment still under way wins over one that went through, that over one that failed. An unknown word counts as under way. */
export function refundStatusOf(words: readonly string[]): {
  readonly word: string
  readonly state: RefundState
  readonly isKnown: boolean
} {
  const told = (words.length > 0 ? words : ['SUCCESS']).map((word) => ({
    word,
    state: refundStates.get(word) ?? ('requested' as const),
    isKnown: refundStates.has(word),
  }))
  const byStrength = (['requested', 'success', 'closed'] as const).flatMap((state) =>
    told.filter((each) => each.state === state),
  )
  return told.find(({ isKnown }) => !isKnown) ?? byStrength[0]!
}
