import { sumsOf } from './money.ts'
import { putBack } from './placing.ts'
import type { Case, Line, Order } from './state.ts'
import { secondNow, touch, type World } from './world.ts'

/** Statuses that a case can take, and the word of the sheet's vocabulary. Source: pinduoduo.md 4 [doc, sdk]; 23 and 26 [assumed]. */
export const caseWords: Readonly<Record<number, string>> = {
  2: 'requested',
  3: 'requested',
  4: 'requested',
  5: 'requested',
  6: 'rejected',
  7: 'wait-return',
  8: 'requested',
  9: 'rejected',
  10: 'success',
  11: 'closed',
  12: 'closed',
  13: 'closed',
  14: 'requested',
  15: 'requested',
  16: 'closed',
  17: 'closed',
  18: 'requested',
  21: 'requested',
  22: 'requested',
  23: 'requested',
  24: 'closed',
  25: 'closed',
  26: 'requested',
  27: 'requested',
  31: 'wait-return',
  32: 'requested',
  33: 'requested',
}

const endWords: ReadonlySet<string> = new Set(['success', 'rejected', 'closed'])

export function wordOf({ status }: Case): string {
  return caseWords[status] ?? 'none'
}

export function isOpen(one: Case): boolean {
  return !endWords.has(wordOf(one))
}

/** What the buyer has paid; nothing yet where there is no time of payment. */
export function paidOf(order: Order): number {
  return order.paidAt === null ? 0 : sumsOf(order).pay
}

/** What went back to the buyer, whatever the order's group or its cases sent back. */
export function refundedOf(order: Order): number {
  if (order.groupStatus === 2) return paidOf(order)
  return order.cases.reduce((all, one) => all + (one.status === 10 ? one.amountFen : 0), 0)
}

/** Over before it left: cancelled, its group failed, or money went back. Source: pinduoduo.md 4. */
export function isClosed(order: Order): boolean {
  return order.confirmStatus === 2 || order.groupStatus === 2 || (order.shippedAt === null && refundedOf(order) > 0)
}

export interface CaseWish {
  /** Undefined: the whole order. */
  readonly line: Line | undefined
  readonly amountFen: number | undefined
}

/** The buyer asks for money; one case at a time. Null where that cannot be. */
export function openCase(world: World, order: Order, { line, amountFen }: CaseWish): Case | null {
  const most = mostRefundable(order, line)
  const amount = Math.min(amountFen ?? most, most)
  if (order.paidAt === null || isClosed(order) || amount <= 0 || order.cases.some(isOpen)) return null
  const isReturn = order.shippedAt !== null && amount === most
  const now = secondNow(world)
  const opened: Case = {
    id: 10_001_000_200_000 + world.cases.size + 1,
    order,
    createdAt: now,
    type: isReturn ? 3 : 2,
    line: line ?? order.lines[0]!,
    reason: order.shippedAt === null ? '不想要了' : '商品与描述不符',
    amountFen: amount,
    shares: sharesOf(line === undefined ? order.lines : [line], amount),
    status: isReturn ? 3 : 2,
    modifiedAt: now,
  }
  order.cases.push(opened)
  world.cases.set(opened.id, opened)
  world.casesByModified.add(opened)
  touch(world, order)
  return opened
}

/**
 * An open case moves on. At 10 its money is back; if nothing has left, that is the end of the order, and one that could not be shipped
 * yet is cancelled with it [assumed], since the sheet's table would call it held for ever.
 */
export function moveCase(world: World, one: Case, status: number): void {
  const { order } = one
  const wasClosed = isClosed(order)
  world.casesByModified.remove(one)
  one.status = status
  one.modifiedAt = secondNow(world)
  world.casesByModified.add(one)
  if (status === 10) for (const { line, fen } of one.shares) line.refundedFen += fen
  if (!wasClosed && isClosed(order)) {
    if (order.groupStatus === 0 || order.hasRisk || order.isHeld) order.confirmStatus = 2
    putBack(order)
  }
  touch(world, order)
}

/** The seller, or the platform for them, gives the money back: at once unless that is slow. */
export function payOut(world: World, one: Case): void {
  moveCase(world, one, world.settings.refundsAreSlow ? 4 : 10)
}

/** The most a refund may be: of the whole order, or of one line, with which the postage goes once nothing else is left. */
function mostRefundable(order: Order, line: Line | undefined): number {
  const whole = paidOf(order) - refundedOf(order)
  const isLast = order.lines.every((other) => other === line || remainingOf(other) === 0)
  return line === undefined || isLast ? whole : remainingOf(line)
}

function remainingOf({ paidFen, refundedFen }: Line): number {
  return Math.max(0, paidFen - refundedFen)
}

/** Spends an amount from the first line on; what no line can take is postage. */
function sharesOf(lines: readonly Line[], amountFen: number): Case['shares'] {
  let left = amountFen
  return lines.flatMap((line) => {
    const fen = Math.min(left, remainingOf(line))
    left -= fen
    return fen > 0 ? [{ line, fen }] : []
  })
}
