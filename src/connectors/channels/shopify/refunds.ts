import type { OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { splitFen, sumFen } from '../../../core/money/fen.ts'
import { minorUnits, type OrderMoney } from './money.ts'
import type { OrderPayload, RefundPayload } from './payload.ts'
import { refundStatusOf } from './status.ts'

interface LineRefund {
  readonly refundState: RefundState
  readonly refundingQuantity: number
  readonly refundedQuantity: number
  readonly refundedFen: number
}

export interface OrderRefund {
  readonly refundedFen: number
  readonly orderRefundState: OrderRefundState
  /** One entry per line of the order, in its order. */
  readonly lines: readonly LineRefund[]
  /** True when a refund under way does not say which goods it is about: then none may leave. */
  readonly isOpenSomewhere: boolean
  readonly warnings: readonly string[]
}

/** What a refund says of one line. */
interface Share {
  readonly lineNo: string
  /** 0 for money only: no piece is taken off the order. */
  readonly quantity: number
  readonly amount: number
}

interface ReadRefund {
  readonly word: string
  readonly state: RefundState
  readonly isKnown: boolean
  /** Empty where the refund is of money and says nothing of goods. */
  readonly shares: readonly Share[]
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
    orderRefundState: overall({ isOpen, isFull, isSome: money.refunded > 0 }),
    lines: payload.lineItems.rows.map(({ id, quantity }, index) =>
      isFull && !isOpen ? whole(quantity, money.lines[index]?.paid ?? 0) : lineRefund(refunds, { id, quantity }),
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

function noMoreThan(total: number | null, shares: readonly Share[]): readonly Share[] {
  const worths = shares.map(({ amount }) => amount)
  if (total === null || sumFen(worths) <= total) return shares
  const parts = splitFen(total, worths)
  return shares.map((share, place) => ({ ...share, amount: parts[place]! }))
}

export function refundWordOf({ transactions }: Pick<RefundPayload, 'transactions'>) {
  return refundStatusOf(transactions.rows.map(({ status }) => status))
}

function lineRefund(
  refunds: readonly ReadRefund[],
  { id, quantity }: { readonly id: string; readonly quantity: number },
): LineRefund {
  const own = refunds.map((refund) => ({ ...refund, shares: refund.shares.filter(({ lineNo }) => lineNo === id) }))
  const concerning = own.filter(({ shares }) => shares.length > 0)
  const sharesOf = (state: RefundState) =>
    concerning.filter((refund) => refund.state === state).flatMap(({ shares }) => shares)
  const piecesOf = (state: RefundState) => Math.min(quantity, sumFen(sharesOf(state).map((share) => share.quantity)))
  return {
    refundState: strongest.find((state) => concerning.some((refund) => refund.state === state)) ?? 'none',
    refundingQuantity: piecesOf('requested'),
    refundedQuantity: piecesOf('success'),
    refundedFen: sumFen(sharesOf('success').map(({ amount }) => amount)),
  }
}

const strongest: readonly RefundState[] = ['requested', 'success', 'closed']

function whole(quantity: number, paid: number): LineRefund {
  return { refundState: 'success', refundingQuantity: 0, refundedQuantity: quantity, refundedFen: paid }
}

interface Overall {
  readonly isOpen: boolean
  readonly isFull: boolean
  readonly isSome: boolean
}

function overall({ isOpen, isFull, isSome }: Overall): OrderRefundState {
  if (isOpen) return 'in-progress'
  if (isFull) return 'full'
  return isSome ? 'partial' : 'none'
}
