import type { OrderRefundState } from '../../../core/channel/words.ts'
import { splitFen, sumFen } from '../../../core/money/fen.ts'
import {
  type LineRefund,
  lineRefund,
  orderRefundStateOf,
  type RefundShare,
  type SharedRefund,
  wholeLineRefund,
} from '../../../kit/line-refund.ts'
import { minorUnits, type OrderMoney } from './money.ts'
import type { OrderPayload, RefundPayload } from './payload.ts'
import { refundStatusOf } from './status.ts'

export interface OrderRefund {
  readonly refundedFen: number
  readonly orderRefundState: OrderRefundState
  /** One entry per line of the order, in its order. */
  readonly lines: readonly LineRefund[]
  /** True when a refund under way does not say which goods it is about: then none may leave. */
  readonly isOpenSomewhere: boolean
  readonly warnings: readonly string[]
}

interface ReadRefund extends SharedRefund {
  readonly word: string
  readonly isKnown: boolean
}

/** Refunds never lower what was paid; the order's own sum of them counts. Source: own-site.md 1 O5 [rule]. Throws RangeError. */
export function readRefunds(payload: OrderPayload, money: OrderMoney): OrderRefund {
  const refunds = payload.refunds.map((refund) => readRefund(refund, payload))
  const isFull = payload.displayFinancialStatus === 'REFUNDED' || (money.refunded > 0 && money.refunded >= money.total)
  const isOpen = refunds.some(({ state }) => state === 'requested')
  const isVague = refunds.some(
    ({ shares, state }) => shares.length === 0 && (state === 'requested' || state === 'success'),
  )
  return {
    refundedFen: money.refunded,
    orderRefundState: orderRefundStateOf({ isOpen, isFull, isSome: money.refunded > 0 }),
    lines: payload.lineItems.rows.map(({ id, quantity }, index) =>
      isFull && !isOpen
        ? wholeLineRefund(quantity, money.lines[index]?.paid ?? 0)
        : lineRefund(refunds, { id, quantity }),
    ),
    isOpenSomewhere: refunds.some(({ state, shares }) => state === 'requested' && shares.length === 0),
    warnings: [
      ...refunds.filter(({ isKnown }) => !isKnown).map(({ word }) => `unknown-refund-status:${word}`),
      ...(isVague && !isFull ? ['refund-not-by-line'] : []),
    ],
  }
}

/**
 * A refund that names no goods is about the only line of an order that has but one; else it belongs to none. One may pay back less than its
 * goods had cost, as after an earlier one: then each line gets its part of it.
 */
function readRefund(refund: RefundPayload, { lineItems, currencyCode, taxesIncluded }: OrderPayload): ReadRefund {
  const read = (text: string) => minorUnits(text, currencyCode)
  const named = refund.refundLineItems.rows.map(({ lineItem, quantity, subtotalSet, totalTaxSet }) => ({
    lineNo: lineItem.id,
    quantity,
    amount: read(subtotalSet) + (taxesIncluded ? 0 : read(totalTaxSet)),
  }))
  const total = refund.totalRefundedSet === null ? null : read(refund.totalRefundedSet)
  const [only, ...others] = lineItems.rows
  const meant = only === undefined || others.length > 0 ? [] : [{ lineNo: only.id, quantity: 0, amount: total ?? 0 }]
  return { ...refundWordOf(refund), shares: named.length > 0 ? noMoreThan(total, named) : meant }
}

function noMoreThan(total: number | null, shares: readonly RefundShare[]): readonly RefundShare[] {
  const worths = shares.map(({ amount }) => amount)
  if (total === null || sumFen(worths) <= total) return shares
  const parts = splitFen(total, worths)
  return shares.map((share, place) => ({ ...share, amount: parts[place]! }))
}

export function refundWordOf({ transactions }: Pick<RefundPayload, 'transactions'>) {
  return refundStatusOf(transactions.rows.map(({ status }) => status))
}
