import type { OrderRefundState } from '../../../core/channel/words.ts'
import { splitFen, sumFen } from '../../../core/money/fen.ts'
import {
  type LineRefund,
  lineRefund,
  orderRefundStateOf,
  type SharedRefund,
  wholeLineRefund,
} from '../../../kit/line-refund.ts'
import { boughtOf, type OrderMoney } from './money.ts'
import type { OrderPayload, RefundPayload } from './payload.ts'
import { refundStateOf } from './status.ts'

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
    orderRefundState: orderRefundStateOf({ isOpen, isFull, isSome: refundedFen > 0 }),
    lines: payload.lines.map((line, place) => {
      const quantity = boughtOf(line)
      const isGone = isFull && !isOpen
      return isGone
        ? wholeLineRefund(quantity, money.lines[place]!.paid)
        : lineRefund(refunds, { id: line.id, quantity })
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
