import type { OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { splitFen, sumFen } from '../../../core/money/fen.ts'
import { boughtOf, type OrderMoney } from './money.ts'
import type { OrderPayload, RefundPayload } from './payload.ts'
import { refundStateOf } from './status.ts'

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

export const refundsOf = ({ payments }: Pick<OrderPayload, 'payments'>) => payments.flatMap(({ refunds }) => refunds)

/** Refunds never lower what was paid; the settled ones count. Source: own-site.md 4, 1 O5 [rule]. Throws RangeError. */
export function readRefunds(payload: OrderPayload, money: OrderMoney): OrderRefund {
  const told = refundsOf(payload)
  const refunds = told.map((refund) => readRefund(refund, payload, money))
  const refundedFen = sumFen(told.filter(({ state }) => state === 'Settled').map(({ total }) => total))
  const isFull = refundedFen > 0 && refundedFen >= money.total
  const isOpen = refunds.some(({ state }) => state === 'requested')
  const vague = refunds.filter(({ shares, state }) => shares.length === 0 && state !== 'closed')
  return {
    refundedFen,
    orderRefundState: overall({ isOpen, isFull, isSome: refundedFen > 0 }),
    lines: payload.lines.map((line, place) => {
      const quantity = boughtOf(line)
      const isGone = isFull && !isOpen
      return isGone ? whole(quantity, money.lines[place]!.paid) : lineRefund(refunds, { id: line.id, quantity })
    }),
    isOpenSomewhere: vague.some(({ state }) => state === 'requested'),
    warnings: [
      ...refunds.filter(({ isKnown }) => !isKnown).map(({ word }) => `unknown-refund-status:${word}`),
      ...(vague.length > 0 && !isFull ? ['refund-not-by-line'] : []),
    ],
  }
}

/** A refund that names no goods is about the only line of an order that has but one; else it belongs to none. */
function readRefund(refund: RefundPayload, { lines }: OrderPayload, money: OrderMoney): ReadRefund {
  const ofGoods = Math.max(0, refund.total - refund.shipping)
  const named = lines.flatMap((line, place) => {
    const pieces = refund.lines.filter(({ orderLineId }) => orderLineId === line.id)
    const quantity = sumFen(pieces.map((row) => row.quantity))
    return quantity > 0
      ? [{ lineNo: line.id, quantity, ...worthOf(money.lines[place]!.paid, quantity, boughtOf(line)) }]
      : []
  })
  const parts = splitFen(
    ofGoods,
    named.map(({ worth }) => worth),
  )
  const shares = named.map(({ lineNo, quantity, paid }, place) => ({
    lineNo,
    quantity,
    amount: Math.min(paid, parts[place]!),
  }))
  const [only, ...others] = lines
  const isMeant = only !== undefined && others.length === 0 && named.length === 0
  const meant = isMeant ? [{ lineNo: only.id, quantity: 0, amount: Math.min(ofGoods, money.lines[0]!.paid) }] : []
  return { word: refund.state, ...refundStateOf(refund.state), shares: isMeant ? meant : shares }
}

/** The weight of a line's pieces in a refund that names several lines. */
function worthOf(paid: number, pieces: number, all: number) {
  return { paid, worth: Math.max(0, Math.round((paid * Math.min(pieces, all)) / all)) }
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
