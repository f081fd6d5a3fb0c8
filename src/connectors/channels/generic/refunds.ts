import type { OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { splitFen, sumFen } from '../../../core/money/fen.ts'
import type { LinePayload, OrderPayload, RefundPayload } from './payload.ts'

/**
 * 退款状态. The sheet names no words for a refund's status; these are the contract's own (first five) with spellings that sites are
 * likely to use for them [assumed]. `approved` counts as done: nobody waits for the merchant any more.
 */
export const refundWords = {
  requested: 'requested',
  approved: 'success',
  refunded: 'success',
  rejected: 'rejected',
  cancelled: 'closed',
  pending: 'requested',
  succeeded: 'success',
  success: 'success',
  completed: 'success',
  done: 'success',
  declined: 'rejected',
  refused: 'rejected',
  canceled: 'closed',
  closed: 'closed',
} as const satisfies Record<string, RefundState>

/** An unknown word counts as open, so that goods wait until somebody has looked. */
export function refundStateOf(status: string): { readonly state: RefundState; readonly isKnown: boolean } {
  const word = status.toLowerCase()
  return Object.hasOwn(refundWords, word)
    ? { state: refundWords[word as keyof typeof refundWords], isKnown: true }
    : { state: 'requested', isKnown: false }
}

export interface LineRefund {
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
  /** True when an open refund does not say which goods it is about: then none may leave. */
  readonly isOpenSomewhere: boolean
  readonly warnings: readonly string[]
}

/** Refunds never lower what was paid; they add up, and are full when they reach the total. Source: own-site.md O5 [rule]. */
export function readRefunds(order: OrderPayload): OrderRefund {
  const refunds = order.refunds.map((refund) => {
    const targets = targetsOf(refund, order)
    return { ...refund, ...refundStateOf(refund.status), targets, shares: sharesOf(refund.amount, targets ?? []) }
  })
  const total = order.amounts.total
  const succeeded = refunds.filter(({ state }) => state === 'success')
  const isOpen = refunds.some(({ state }) => state === 'requested')
  // A site may only say `refunded` and list nothing; the status means the whole total.
  const isSilentlyFull = order.status === 'refunded' && refunds.length === 0
  const refundedFen = isSilentlyFull ? total : sumFen(succeeded.map(({ amount }) => amount))
  const isFull = isSilentlyFull || (refundedFen > 0 && refundedFen >= total)
  const isVague = refunds.some(({ targets, state }) => targets === null && counts(state))

  return {
    refundedFen,
    orderRefundState: overall({ isOpen, isFull, refundedFen }),
    lines: order.lines.map((line) => (isFull ? whole(line) : lineRefund(line, refunds))),
    isOpenSomewhere: refunds.some(({ state, targets }) => state === 'requested' && targets === null),
    warnings: [
      ...refunds.filter(({ isKnown }) => !isKnown).map(({ status }) => `unknown-refund-status:${status}`),
      ...(isVague && !isFull ? ['refund-not-by-line'] : []),
    ],
  }
}

interface Target {
  readonly line: LinePayload
  /** Null for money only: no piece comes back. */
  readonly quantity: number | null
}

/** What a refund is about; null when the site does not say and several lines could be meant. */
function targetsOf(refund: RefundPayload, order: OrderPayload): readonly Target[] | null {
  if (refund.amount >= order.amounts.total) return order.lines.map((line) => ({ line, quantity: line.qty }))
  if (refund.lines.length > 0) {
    const asked = Map.groupBy(refund.lines, ({ id }) => id)
    const targets = order.lines.flatMap((line) => {
      const quantity = (asked.get(line.id) ?? []).reduce((sum, { qty }) => sum + qty, 0)
      return quantity === 0 ? [] : [{ line, quantity: Math.min(quantity, line.qty) }]
    })
    return targets.length === asked.size ? targets : null
  }
  const [only, ...others] = order.lines
  if (only === undefined || others.length > 0) return null
  return [{ line: only, quantity: refund.amount >= only.paid ? only.qty : null }]
}

/** The goods' part of a refund shared over its lines by their worth; what goes beyond the goods is freight and belongs to none. */
function sharesOf(amount: number, targets: readonly Target[]): ReadonlyMap<string, number> {
  const worths = targets.map(({ line, quantity }) => Math.floor((line.paid * (quantity ?? line.qty)) / line.qty))
  const weights = worths.map((worth) => Math.max(0, worth))
  const shares = splitFen(Math.min(amount, sumFen(weights)), weights)
  return new Map(targets.map(({ line }, index) => [line.id, shares[index] ?? 0]))
}

interface ReadRefund extends RefundPayload {
  readonly state: RefundState
  readonly targets: readonly Target[] | null
  readonly shares: ReadonlyMap<string, number>
}

function lineRefund(line: LinePayload, refunds: readonly ReadRefund[]): LineRefund {
  const own = refunds.filter(({ targets }) => targets?.some((target) => target.line.id === line.id))
  const piecesOf = (state: RefundState) => {
    const targets = own.filter((refund) => refund.state === state).flatMap((refund) => refund.targets ?? [])
    const counted = targets.filter((target) => target.line.id === line.id).map(({ quantity }) => quantity ?? 0)
    return Math.min(
      line.qty,
      counted.reduce((sum, pieces) => sum + pieces, 0),
    )
  }
  const succeeded = own.filter(({ state }) => state === 'success')
  return {
    refundState: strongest.find((state) => own.some((refund) => refund.state === state)) ?? 'none',
    refundingQuantity: piecesOf('requested'),
    refundedQuantity: piecesOf('success'),
    refundedFen: sumFen(succeeded.map(({ shares }) => shares.get(line.id) ?? 0)),
  }
}

const strongest: readonly RefundState[] = ['requested', 'success', 'rejected', 'closed']

function whole(line: LinePayload): LineRefund {
  return { refundState: 'success', refundingQuantity: 0, refundedQuantity: line.qty, refundedFen: line.paid }
}

function counts(state: RefundState): boolean {
  return state === 'requested' || state === 'success'
}

function overall({
  isOpen,
  isFull,
  refundedFen,
}: {
  isOpen: boolean
  isFull: boolean
  refundedFen: number
}): OrderRefundState {
  if (isOpen) return 'in-progress'
  if (isFull) return 'full'
  return refundedFen > 0 ? 'partial' : 'none'
}
