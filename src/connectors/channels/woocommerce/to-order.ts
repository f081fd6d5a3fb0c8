import type { ChannelLine, ChannelOrder } from '../../../core/channel/shapes.ts'
import { type ChannelStatus, statusFacts } from '../../../core/channel/words.ts'
import { fen, unitFen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import { manifest } from './manifest.ts'
import { remarkIn } from './meta.ts'
import { moneyOf, type OrderMoney } from './money.ts'
import { type Parcels, parcelsOf } from './parcels.ts'
import type { LinePayload, MetaPayload, OrderPayload, RefundPayload } from './payload.ts'
import { receiverOf } from './receiver.ts'
import { type OrderRefund, readRefunds } from './refunds.ts'
import { statusOf } from './status.ts'

/**
 * An order in our words. `records` are its refunds' own records as far as they are known, `notices` further warnings. Pure.
 * Source: own-site.md 1 and 2.2 [rule].
 */
export function toOrder(
  given: OrderPayload,
  records: readonly RefundPayload[],
  notices: readonly string[] = [],
): ChannelOrder {
  // An order edited by hand keeps lines of which nothing is wanted any more.
  const payload = { ...given, line_items: given.line_items.filter((line) => line.quantity > 0) }
  const { status: told, isKnown } = statusOf(payload.status, payload.date_paid_gmt !== null)
  const refund = readRefunds(payload, records)
  const parcels = parcelsOf(payload, refund)
  const status = withParcels(told, parcels)
  const { lines: paid, isMismatch, ...money } = moneyOf(payload, status)
  const facts = { payload, refund, parcels, paid, mayShip: mayShip(status, { refund, parcels }) }

  return {
    channel: manifest.id,
    channelOrderNo: payload.id,
    channelStatus: payload.status,
    status,
    createdAt: isoText(payload.date_created_gmt ?? payload.date_modified_gmt),
    paidAt: payload.date_paid_gmt === null ? null : isoText(payload.date_paid_gmt),
    modifiedAt: isoText(payload.date_modified_gmt),
    shipBy: null,
    currency: payload.currency,
    ...money,
    refundedFen: refund.refundedFen,
    merchantReceivableFen: null,
    orderRefundState: refund.orderRefundState,
    isCod: payload.payment_method === 'cod',
    cancelRequested: false,
    mayShipNow: facts.mayShip,
    buyer: { channelBuyerNo: payload.customer_id === '' ? null : payload.customer_id, nick: '' },
    buyerNote: payload.customer_note === '' ? null : payload.customer_note,
    sellerRemark: remarkIn(payload.meta_data) || null,
    flag: null,
    receiver: receiverOf(payload),
    lines: payload.line_items.map((line, index) => toLine(line, index, facts)),
    shipments: parcels.shipments,
    remainingToShip: statusFacts[status].shippable ? remainingOf(payload, parcels) : [],
    promotions: payload.coupon_lines.map(({ code, discount }) => ({
      name: code,
      discountFen: fen(discount),
      channelLineNo: null,
      gift: null,
    })),
    invoice: null,
    warnings: [
      ...(isMismatch ? ['amount-mismatch'] : []),
      ...(isKnown ? [] : [`unknown-status:${payload.status}`]),
      ...refund.warnings,
      ...(parcels.left === 'unknown' ? ['shipped-lines-unknown'] : []),
      ...notices,
    ],
  }
}

/** The core has no word between paid and completed: an order that waits while a parcel is told has left in part, or altogether. */
function withParcels(status: ChannelStatus, { left }: Parcels): ChannelStatus {
  if (!statusFacts[status].shippable || left === 'nothing') return status
  return left === 'all' ? 'shipped' : 'partially-shipped'
}

/** A parcel of unknown content may hold everything, so nothing more leaves before somebody has looked. */
function mayShip(status: ChannelStatus, { refund, parcels }: { refund: OrderRefund; parcels: Parcels }): boolean {
  return statusFacts[status].shippable && refund.orderRefundState !== 'full' && parcels.left !== 'unknown'
}

interface LineFacts {
  readonly payload: OrderPayload
  readonly refund: OrderRefund
  readonly parcels: Parcels
  readonly paid: OrderMoney['lines']
  readonly mayShip: boolean
}

function toLine(line: LinePayload, index: number, { payload, refund, parcels, paid, mayShip }: LineFacts): ChannelLine {
  const paidFen = paid[index] ?? fen(0)
  const sent = parcels.lines[index]!
  return {
    channelLineNo: line.id,
    channelItemNo: line.product_id,
    channelSkuNo: line.variation_id,
    merchantCode: line.sku === '' ? null : line.sku,
    title: line.parent_name || line.name,
    specification: specificationOf(line.meta_data),
    imageUrl: line.image,
    quantity: line.quantity,
    isGift: false,
    listFen: fen(line.subtotal),
    paidFen,
    unitPaidFen: unitFen(paidFen, line.quantity),
    lineStatus: payload.status,
    ...refund.lines[index]!,
    shippedQuantity: sent.shippedQuantity,
    shipments: sent.shipments,
    mayShipNow: mayShip && sent.remaining > 0,
    components: [],
  }
}

/** What the buyer chose, `重量:250g;颜色:白`. Keys with an underscore are the program's own. */
function specificationOf(meta: readonly MetaPayload[]): string {
  return meta
    .filter(({ key, display_value: shown }) => !key.startsWith('_') && typeof shown === 'string')
    .map(({ key, display_key: name, display_value: shown }) => `${typeof name === 'string' ? name : key}:${shown}`)
    .join(';')
}

function remainingOf(payload: OrderPayload, parcels: Parcels): ChannelOrder['remainingToShip'] {
  return payload.line_items.flatMap((line, index) => {
    const quantity = parcels.lines[index]?.remaining ?? 0
    return quantity > 0 ? [{ channelSkuNo: line.variation_id, quantity }] : []
  })
}
