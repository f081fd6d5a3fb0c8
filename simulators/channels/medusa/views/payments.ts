import type { Row } from '../fields.ts'
import type { Order, PaymentStage, Refund, Return } from '../model.ts'
import { refundedFen, totalFen } from '../sums.ts'
import { decimal, iso } from '../text.ts'

/** Words of a collection for stages of its payment; which goes with which is [assumed], the words are [sdk M]. */
const collectionWords: Readonly<Record<PaymentStage, string>> = {
  not_paid: 'not_paid',
  awaiting: 'awaiting',
  authorized: 'authorized',
  partially_authorized: 'partially_authorized',
  captured: 'completed',
  partially_captured: 'authorized',
  canceled: 'canceled',
  requires_action: 'awaiting',
}

/** What the order is paid with: one collection with one payment, which is there once something was authorised. [sdk M] */
export function collectionRow(order: Order): Row {
  const isStarted = ['authorized', 'partially_authorized', 'captured', 'partially_captured'].includes(order.payment)
  return {
    id: order.collectionId,
    currency_code: 'cny',
    amount: decimal(totalFen(order)),
    authorized_amount: isStarted ? decimal(totalFen(order)) : 0,
    captured_amount: decimal(order.capturedFen),
    refunded_amount: decimal(refundedFen(order)),
    completed_at: iso(order.capturedAt),
    created_at: iso(order.createdAt),
    updated_at: iso(order.updatedAt),
    metadata: null,
    status: collectionWords[order.payment],
    payments: () => (isStarted ? [paymentRow(order)] : []),
    payment_sessions: () => [],
    payment_providers: () => [{ id: 'pp_alipay_alipay', is_enabled: true }],
  }
}

export function paymentRow(order: Order): Row {
  const { paymentId, capturedFen, capturedAt, createdAt } = order
  return {
    id: paymentId,
    amount: decimal(totalFen(order)),
    authorized_amount: decimal(totalFen(order)),
    captured_amount: decimal(capturedFen),
    refunded_amount: decimal(refundedFen(order)),
    currency_code: 'cny',
    provider_id: 'pp_alipay_alipay',
    data: {},
    created_at: iso(createdAt),
    updated_at: iso(order.updatedAt),
    captured_at: iso(capturedAt),
    canceled_at: null,
    payment_collection_id: order.collectionId,
    captures: () =>
      capturedFen === 0
        ? []
        : [
            {
              id: paymentId.replace('pay_', 'capt_'),
              amount: decimal(capturedFen),
              created_at: iso(capturedAt ?? createdAt),
            },
          ],
    refunds: () => order.refunds.map(refundRow),
    payment_session: () => null,
  }
}

/** Money that has gone back; it names no goods. */
function refundRow({ id, amountFen, note, at }: Refund): Row {
  return {
    id,
    amount: decimal(amountFen),
    refund_reason_id: null,
    note,
    created_at: iso(at),
    created_by: null,
    refund_reason: () => null,
  }
}

export function transactionRows({ id: orderId, paymentId, capturedFen, capturedAt, createdAt, refunds }: Order) {
  const common = { order_id: orderId, currency_code: 'cny' }
  const captured = { ...common, id: `ordtrx_${paymentId}`, amount: decimal(capturedFen), reference: 'capture' }
  return [
    ...(capturedFen === 0 ? [] : [{ ...captured, created_at: iso(capturedAt ?? createdAt) }]),
    ...refunds.map(({ id, amountFen, at }) => ({
      ...common,
      id: `ordtrx_${id}`,
      amount: decimal(-amountFen),
      reference: 'refund',
      reference_id: id,
      created_at: iso(at),
    })),
  ]
}

/** Goods the buyer wants to send back. [sdk M] */
export function returnRow(order: Order, { id, status, pieces, ...about }: Return): Row {
  return {
    id,
    order_id: order.id,
    status,
    order_version: 1,
    display_id: about.displayId,
    refund_amount: decimal(about.amountFen),
    requested_at: iso(about.requestedAt),
    received_at: iso(about.receivedAt),
    canceled_at: iso(about.canceledAt),
    created_at: iso(about.requestedAt),
    items: () =>
      pieces.map(({ lineId, quantity, received }, place) => ({
        id: `${id}_${place}`,
        return_id: id,
        item_id: lineId,
        quantity,
        received_quantity: received,
        damaged_quantity: 0,
      })),
  }
}
