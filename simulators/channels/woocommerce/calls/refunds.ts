import { restock } from '../acts.ts'
import type { Order, Refund } from '../model.ts'
import { addRefund } from '../moves.ts'
import { refundJson } from '../order-json.ts'
import { integerOf } from '../params.ts'
import { type Answer, invalidParam, missingParam, restFault } from '../rest.ts'
import { alter } from '../shop.ts'
import { refundable } from '../sums.ts'
import { readMoney } from '../text.ts'
import { type Call, cut, orderOf, pageAnswer, pagingOf } from './call.ts'

/** GET /orders/{id}/refunds, the newest first. */
export function listRefunds(call: Call): Answer {
  const order = orderOf(call)
  const paging = pagingOf(call)
  const rows = cut(order.refunds.toReversed(), paging).map((refund) => refundJson(order, refund))
  return pageAnswer(call, paging, { rows, total: order.refunds.length })
}

/** GET /orders/{id}/refunds/{refund}. */
export function getRefund(call: Call): Answer {
  const order = orderOf(call)
  const refund = order.refunds.find(({ id }) => id === Number(call.path[1]))
  if (!refund) throw restFault(404, 'woocommerce_rest_invalid_order_refund_id', 'Invalid order refund ID.')
  return { body: refundJson(order, refund) }
}

/**
 * POST /orders/{id}/refunds. `api_refund`, on by default, asks the gateway, which a bank transfer has not; `api_restock`, on by default,
 * puts the named pieces back. Source: own-site.md 2.3; codes of refusals are [assumed].
 */
export function createRefund(call: Call): Answer {
  const { shop, params } = call
  const order = orderOf(call)
  const asksGateway = params.flag('api_refund', true)
  const refund: Refund = {
    id: shop.nextNumber('order'),
    at: shop.now(),
    amount: amountOf(call),
    reason: params.text('reason'),
    isPaidBack: asksGateway,
    lines: linesOf(order, params.given('line_items')).map((part) => ({ id: shop.nextNumber('line'), ...part })),
  }
  if (refund.amount > refundable(order, null)) throw impossible('Invalid refund amount.')
  if (asksGateway && order.payment === 'bacs') {
    throw impossible('The payment gateway for this order does not support automatic refunds.')
  }
  const restocks = params.flag('api_restock', true)
  const after = alter(shop, order.id, (before, at) => {
    const refunded = addRefund(before, refund, at)
    return refunded && restocks ? restock(shop, refunded, refund) : refunded
  })
  return { status: 201, body: refundJson(after ?? order, refund) }
}

function impossible(message: string) {
  return restFault(500, 'woocommerce_rest_cannot_create_order_refund', message)
}

function amountOf({ params }: Call): number {
  const given = params.given('amount')
  if (given === undefined) throw missingParam('amount')
  const amount = readMoney(given)
  if (amount === null || amount === 0) {
    throw restFault(400, 'woocommerce_rest_invalid_order_refund', 'Refund amount must be greater than zero.')
  }
  return amount
}

type Part = Omit<Refund['lines'][number], 'id'>

function linesOf(order: Order, given: unknown): readonly Part[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) throw invalidParam('line_items', 'line_items is not of type array.')
  return given.map((element: unknown) => {
    const { id, quantity = 0, refund_total = 0, refund_tax = 0 } = Object(element) as Readonly<Record<string, unknown>>
    const lineId = integerOf('line_items', id)
    const line = order.lines.find((each) => each.id === lineId)
    if (!line)
      throw restFault(400, 'woocommerce_rest_invalid_item_id', 'Order item ID provided is not associated with order.')
    const [total, tax] = [readMoney(refund_total), taxOf(refund_tax)]
    if (total === null || tax === null)
      throw invalidParam('line_items', 'line_items[0][refund_total] is not of type number.')
    const pieces = integerOf('line_items', quantity)
    if (pieces < 0 || pieces > line.quantity) throw invalidParam('line_items', 'line_items[0][quantity] is too great.')
    return { lineId, quantity: pieces, total, tax }
  })
}

/** One number, or a list of `{ id, refund_total }`, one a tax rate. */
function taxOf(given: unknown): number | null {
  if (!Array.isArray(given)) return readMoney(given)
  const parts = given.map((part: unknown) => readMoney((Object(part) as { refund_total?: unknown }).refund_total ?? 0))
  return parts.reduce<number | null>((all, part) => (all === null || part === null ? null : all + part), 0)
}
