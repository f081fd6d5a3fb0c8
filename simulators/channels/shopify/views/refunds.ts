import type { View } from '../graphql/answer.ts'
import type { Plain } from '../graphql/values.ts'
import type { Order, Refund } from '../model.ts'
import { worthOf } from '../refunding.ts'
import { sum, totalsOf } from '../sums.ts'
import { gid, utcTime } from '../text.ts'
import type { World } from '../world.ts'
import { lineView } from './line.ts'
import { money } from './money.ts'
import { shortConnection } from './paging.ts'

/** Payments and refunds as they went through the till. */
export function transactionsOf(order: Order): readonly View[] {
  const sales =
    order.paidAt === null ? [] : [transaction(order.no, { kind: 'SALE', at: order.paidAt, fen: totalsOf(order).total })]
  return [...sales, ...order.refunds.map(refundTransaction)]
}

const refundTransaction = ({ no, at, amountFen }: Refund) => transaction(no, { kind: 'REFUND', at, fen: amountFen })

interface Deal {
  readonly kind: 'SALE' | 'REFUND'
  readonly at: number
  readonly fen: number
}

function transaction(no: number, { kind, at, fen }: Deal): View {
  return {
    id: gid('OrderTransaction', no),
    kind,
    status: 'SUCCESS',
    gateway: 'alipay',
    createdAt: utcTime(at),
    processedAt: utcTime(at),
    amountSet: money(fen),
  }
}

/** The fields of `Refund` but for its order. */
export function refundView(world: World, order: Order, refund: Refund): View {
  const { no, at, note, amountFen, pieces } = refund
  return {
    __typename: 'Refund',
    id: gid('Refund', no),
    legacyResourceId: String(no),
    createdAt: utcTime(at),
    updatedAt: utcTime(at),
    note: note === '' ? null : note,
    totalRefundedSet: money(amountFen),
    refundLineItems: shortConnection(pieces, {
      no: ({ lineNo }) => lineNo,
      view: (piece) => ({
        quantity: piece.quantity,
        restockType: piece.restock,
        restocked: piece.restock !== 'NO_RESTOCK',
        priceSet: money(Math.floor(piece.subtotalFen / piece.quantity)),
        subtotalSet: money(piece.subtotalFen),
        totalTaxSet: money(piece.taxFen),
        lineItem: () => lineView(world, order, order.lines.find((line) => line.no === piece.lineNo)!),
      }),
    }),
    orderAdjustments: shortConnection(adjustmentsOf(order, refund), {
      no: (adjustment) => adjustment.no,
      view: ({ reason, fen, no: own }) => ({ id: gid('OrderAdjustment', own), reason, ...adjusted(fen) }),
    }),
    transactions: (args: Plain) => shortConnection([refund], { no: (each) => each.no, view: refundTransaction })(args),
  }
}

/** What goods do not account for: freight, and a sum that differs from their price. More than they cost is below 0 [assumed]. */
function adjustmentsOf(order: Order, { no, amountFen, freightFen, pieces }: Refund) {
  const rest = amountFen - freightFen - sum(pieces.map((piece) => worthOf(order, piece)))
  const all = [
    { no: no * 10, reason: 'SHIPPING_REFUND', fen: freightFen },
    { no: no * 10 + 1, reason: 'REFUND_DISCREPANCY', fen: rest },
  ]
  return all.filter(({ fen }) => fen !== 0)
}

function adjusted(fen: number): View {
  const value = money(Math.abs(fen)).shopMoney as View
  const signed = fen > 0 ? { ...value, amount: `-${String(value.amount)}` } : value
  return { amountSet: { shopMoney: signed, presentmentMoney: signed }, taxAmountSet: money(0) }
}
