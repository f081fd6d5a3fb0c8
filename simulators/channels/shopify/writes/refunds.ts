import type { View } from '../graphql/answer.ts'
import type { Plain } from '../graphql/values.ts'
import type { Order, Refund, RefundPiece } from '../model.ts'
import { freightLeft, payBack, priceOf, sharesOf } from '../refunding.ts'
import { currentQuantity, refundable, sum, toSend } from '../sums.ts'
import { fenOf, numberOf } from '../text.ts'
import { orderView, ownedView } from '../views/order.ts'
import { refundView } from '../views/refunds.ts'
import { changedOrder, secondNow } from '../world.ts'
import { isUserError, refused, type UserError, type Writing } from './write.ts'

/**
 * `refundCreate`: what the transactions name is paid back; pieces that are named come off the order. The shape is [assumed], and so are
 * the words that refuse. Source: own-site.md 3.
 */
export function createRefund(writing: Writing, { input }: Plain): View {
  const { world, isLie } = writing
  const { orderId } = input as Plain
  const order = world.orders.get(numberOf('Order', orderId) ?? -1)
  if (order === undefined) return refused(['refund', 'order'], no(['orderId'], 'Order does not exist'))
  const refund = refundOf(writing, order, input as Plain)
  if (isUserError(refund)) return refused(['refund', 'order'], refund)
  if (!isLie) {
    payBack(world, order, refund)
    changedOrder(world, order, ['refunds/create'])
  }
  return {
    refund: ownedView(world, order, refundView(world, order, refund)),
    order: orderView(world, order),
    userErrors: [],
  }
}

const no = (field: readonly string[], message: string): UserError => ({ field, message })

function refundOf({ world }: Writing, order: Order, input: Plain): Refund | UserError {
  const pieces = piecesOf(order, (input.refundLineItems ?? []) as readonly Plain[])
  if ('message' in pieces) return pieces
  const transactions = (input.transactions ?? []) as readonly Plain[]
  const sums = transactions.map(({ amount }) => fenOf(amount))
  const isForeign = transactions.some(({ orderId }) => numberOf('Order', orderId) !== order.no)
  if (isForeign || sums.includes(null)) return no(['transactions'], 'Transactions are invalid')
  const amountFen = sum(sums.map((fen) => fen ?? 0))
  if (amountFen > refundable(order, null)) return no(['transactions'], 'Refund amount is greater than what was paid')
  if (amountFen === 0 && pieces.length === 0) return no([], 'A refund must have an amount or line items')

  const { fullRefund, amount } = (input.shipping ?? {}) as Plain
  const freight = fullRefund === true ? freightLeft(order) : (fenOf(amount ?? '0') ?? 0)
  if (freight > freightLeft(order)) return no(['shipping'], 'Shipping refund is greater than the shipping cost')
  const only = order.lines.length === 1 ? order.lines[0]! : null
  const goodwill = only === null ? [] : [{ lineNo: only.no, fen: Math.min(amountFen, refundable(order, only)) }]
  return {
    no: world.nextNo('refund'),
    at: secondNow(world),
    note: typeof input.note === 'string' ? input.note : '',
    amountFen,
    freightFen: Math.min(freight, amountFen),
    pieces,
    shares: pieces.length === 0 ? goodwill : sharesOf(order, pieces, Math.max(0, amountFen - freight)),
  }
}

function piecesOf(order: Order, wanted: readonly Plain[]): readonly RefundPiece[] | UserError {
  const pieces: RefundPiece[] = []
  for (const [place, { lineItemId, quantity: number, restockType }] of wanted.entries()) {
    const at = (field: string) => ['refundLineItems', String(place), field]
    const line = order.lines.find((each) => each.no === numberOf('LineItem', lineItemId))
    if (line === undefined) return no(at('lineItemId'), 'Line item does not belong to the order')
    const before = sum(pieces.filter((piece) => piece.lineNo === line.no).map((piece) => piece.quantity))
    const quantity = Number(number)
    if (quantity < 1 || before + quantity > currentQuantity(order, line))
      return no(at('quantity'), 'Quantity cannot refund more items than were purchased')
    const restock = (restockType ?? 'NO_RESTOCK') as RefundPiece['restock']
    if (restock === 'CANCEL' && quantity > toSend(order, line.no))
      return no(at('restockType'), 'Fulfilled items cannot be cancelled')
    const gone = line.quantity - currentQuantity(order, line) + before
    pieces.push({ ...priceOf(line, gone, quantity), lineNo: line.no, quantity, restock })
  }
  return pieces
}
