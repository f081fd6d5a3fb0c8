import { moveStock, putBack } from './goods.ts'
import type { Line, Order, Refund, RefundPiece } from './model.ts'
import { currentQuantity, discountedFen, refundable, remainingIn, share, sum, toSend } from './sums.ts'
import { secondNow, type World } from './world.ts'

/** Money back for a line, or for the order. */
export interface Repayment {
  readonly line: Line | null
  readonly amountFen: number
  readonly note: string
}

/**
 * A refund from the merchant's page. One that pays everything back of a line or the order takes the pieces off the order; any other sum is
 * given without naming goods, which the platform tells as a discrepancy. Null where the sum is nothing or too much.
 */
export function draftRefund(world: World, order: Order, { line, amountFen, note }: Repayment): Refund | null {
  const left = refundable(order, line)
  if (amountFen < 1 || amountFen > left) return null
  const isAll = amountFen === left
  const named = line === null ? order.lines : [line]
  const taken = isAll ? named : []
  const only = line ?? (order.lines.length === 1 ? order.lines[0]! : null)
  return {
    no: world.nextNo('refund'),
    at: secondNow(world),
    note,
    amountFen,
    freightFen: isAll && line === null ? freightLeft(order) : 0,
    pieces: taken.flatMap((each) => piecesLeft(order, each)),
    shares: only === null ? [] : [{ lineNo: only.no, fen: Math.min(amountFen, refundable(order, only)) }],
  }
}

/** Freight that no refund has paid back. */
export function freightLeft({ freightFen, refunds }: Order): number {
  return freightFen - sum(refunds.map((refund) => refund.freightFen))
}

/** All pieces still on the order: those that have not left go back on the shelf. */
function piecesLeft(order: Order, line: Line): readonly RefundPiece[] {
  const unsent = toSend(order, line.no)
  const sent = currentQuantity(order, line) - unsent
  const gone = line.quantity - unsent - sent
  const first = { ...priceOf(line, gone, unsent), lineNo: line.no, quantity: unsent, restock: 'CANCEL' as const }
  const rest = {
    ...priceOf(line, gone + unsent, sent),
    lineNo: line.no,
    quantity: sent,
    restock: 'NO_RESTOCK' as const,
  }
  return [first, rest].filter(({ quantity }) => quantity > 0)
}

/** What `count` pieces of a line cost after the first `gone`, so that all pieces together cost the line. */
export function priceOf(line: Line, gone: number, count: number): Pick<RefundPiece, 'subtotalFen' | 'taxFen'> {
  const part = (fen: number) =>
    Math.floor((fen * (gone + count)) / line.quantity) - Math.floor((fen * gone) / line.quantity)
  return { subtotalFen: part(discountedFen(line)), taxFen: part(line.taxFen) }
}

/** What a piece of a refund is worth to the buyer. */
export function worthOf({ taxesIncluded }: Order, { subtotalFen, taxFen }: RefundPiece): number {
  return subtotalFen + (taxesIncluded ? 0 : taxFen)
}

/** Money by line, of a refund that names goods: all that they cost, or their share of a smaller sum. */
export function sharesOf(order: Order, pieces: readonly RefundPiece[], amountFen: number): Refund['shares'] {
  const worths = pieces.map((piece) => worthOf(order, piece))
  const parts = share(Math.min(amountFen, sum(worths)), worths)
  return pieces.map(({ lineNo }, place) => ({ lineNo, fen: parts[place]! }))
}

/** Keeps a refund, and takes its unsent pieces off what is to be sent. Telling it is left to the caller. */
export function payBack(world: World, order: Order, refund: Refund): void {
  order.refunds.push(refund)
  world.refunds.set(refund.no, { order, refund })
  for (const { lineNo, quantity, restock } of refund.pieces) {
    const { sku } = order.lines.find(({ no }) => no === lineNo)!
    if (restock === 'CANCEL') {
      takeOff(order, lineNo, quantity)
      putBack(world, sku, quantity)
      continue
    }
    const good = world.goodsBySku.get(sku)
    if (good && restock === 'RETURN') moveStock(good, { available: quantity, committed: 0 })
    const line = order.lines.find(({ no }) => no === lineNo)!
    takeOff(order, lineNo, Math.max(0, toSend(order, lineNo) - currentQuantity(order, line)))
  }
}

function takeOff({ fulfilmentOrders }: Order, lineNo: number, quantity: number): void {
  let left = quantity
  for (const fulfilmentOrder of fulfilmentOrders) {
    for (const line of fulfilmentOrder.lines) {
      if (line.lineNo !== lineNo) continue
      const off = Math.min(left, line.remaining)
      line.remaining -= off
      left -= off
    }
    if (remainingIn(fulfilmentOrder) === 0) fulfilmentOrder.status = 'CLOSED'
  }
}
