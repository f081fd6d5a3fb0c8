import { standardRegion } from '../../../core/address/region.ts'
import type { ChannelLine, ChannelOrder, Receiver } from '../../../core/channel/shapes.ts'
import { type ChannelStatus, type Privacy, statusFacts } from '../../../core/channel/words.ts'
import { sumFen, unitFen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import { joinName, withoutCountryCode } from '../../../kit/receiver-text.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { parsed } from './call.ts'
import { manifest } from './manifest.ts'
import { parcelsOf, type ShippedLine } from './parcels.ts'
import { OrderPayload } from './payload.ts'
import { type OrderRefund, readRefunds } from './refunds.ts'

/** 订单状态. `cancelled` is decided by `paid_at`. Source: own-site.md 6.2 and the WooCommerce row of the same meaning [rule]. */
export const orderWords = {
  unpaid: 'unpaid',
  paid: 'paid-wait-ship',
  partially_shipped: 'partially-shipped',
  shipped: 'shipped',
  completed: 'completed',
  cancelled: 'closed-unpaid',
  refunded: 'closed-refunded',
} as const satisfies Record<string, ChannelStatus>

/** Our word for a raw status. One we do not know stops the order and is named in a warning. */
export function statusOf(raw: string, isPaid: boolean): { readonly status: ChannelStatus; readonly isKnown: boolean } {
  if (!Object.hasOwn(orderWords, raw)) return { status: 'on-hold', isKnown: false }
  const status = orderWords[raw as keyof typeof orderWords]
  return { status: raw === 'cancelled' && isPaid ? 'closed-refunded' : status, isKnown: true }
}

/** An order of the site in our words, with the text it was made from. Throws CHANNEL_NONSENSE naming the field that is wrong. */
export function seenOrder(value: unknown): { readonly order: ChannelOrder; readonly raw: string } {
  const payload = parsed(OrderPayload, value, 'order')
  const unknown = unknownFields(OrderPayload, value, 'order').map((field) => `unknown-field:${field}`)
  return { order: toOrder(payload, unknown), raw: JSON.stringify(value) }
}

/** Amounts by O2 and O3: while nothing is paid every paid amount is 0; the site's own numbers are kept even if they do not add up. */
export function toOrder(payload: OrderPayload, notices: readonly string[]): ChannelOrder {
  const { status, isKnown } = statusOf(payload.status, payload.paid_at !== null)
  const isPaid = status === 'on-hold' ? payload.paid_at !== null : statusFacts[status].paid
  const refund = readRefunds(payload)
  const parcels = parcelsOf(payload, refund)
  const paid = paidAmounts(payload, isPaid)
  const statusWarnings = isKnown ? [] : [`unknown-status:${payload.status}`]
  const isShippable = statusFacts[status].shippable

  return {
    channel: manifest.id,
    channelOrderNo: payload.id,
    channelStatus: payload.status,
    status,
    createdAt: isoText(payload.placed_at),
    paidAt: payload.paid_at === null ? null : isoText(payload.paid_at),
    modifiedAt: isoText(payload.modified_at),
    shipBy: null,
    currency: payload.currency,
    paidTotalFen: paid.paidTotalFen,
    payableTotalFen: payload.amounts.total,
    freightFen: paid.freightFen,
    extraFen: paid.extraFen,
    discountFen: payload.amounts.discount,
    refundedFen: refund.refundedFen,
    merchantReceivableFen: null,
    orderRefundState: refund.orderRefundState,
    isCod: false,
    cancelRequested: false,
    mayShipNow: isShippable && refund.orderRefundState !== 'in-progress' && refund.orderRefundState !== 'full',
    buyer: { channelBuyerNo: null, nick: '' },
    buyerNote: payload.note === '' ? null : payload.note,
    sellerRemark: null,
    flag: null,
    receiver: toReceiver(payload.receiver),
    lines: toLines(payload, { refund, shipped: parcels.lines, paid: paid.lines, isShippable }),
    shipments: parcels.shipments,
    remainingToShip: isShippable ? parcels.remaining : [],
    promotions: [],
    invoice: null,
    warnings: [
      ...new Set([...amountWarnings(paid), ...statusWarnings, ...refund.warnings, ...parcels.warnings, ...notices]),
    ],
  }
}

function paidAmounts(payload: OrderPayload, isPaid: boolean) {
  const { shipping, extra, total } = payload.amounts
  if (!isPaid) return { paidTotalFen: 0, freightFen: 0, extraFen: 0, lines: payload.lines.map(() => 0) }
  return { paidTotalFen: total, freightFen: shipping, extraFen: extra, lines: payload.lines.map(({ paid }) => paid) }
}

function amountWarnings({ lines, freightFen, extraFen, paidTotalFen }: ReturnType<typeof paidAmounts>): string[] {
  return sumFen([...lines, freightFen, extraFen]) === paidTotalFen ? [] : ['amount-mismatch']
}

interface LineFacts {
  readonly refund: OrderRefund
  readonly shipped: readonly ShippedLine[]
  readonly paid: readonly number[]
  readonly isShippable: boolean
}

/** The contract knows goods by the merchant's SKU alone, so item and SKU number are that code. */
function toLines(payload: OrderPayload, { refund, shipped, paid, isShippable }: LineFacts): ChannelLine[] {
  return payload.lines.map((line, index) => {
    const paidFen = paid[index] ?? 0
    const refunded = refund.lines[index]!
    const sent = shipped[index]!
    const isFree = !refund.isOpenSomewhere && refunded.refundState !== 'requested'
    return {
      channelLineNo: line.id,
      channelItemNo: line.sku,
      channelSkuNo: line.sku,
      merchantCode: line.sku === '' ? null : line.sku,
      title: line.name,
      specification: line.spec,
      imageUrl: null,
      quantity: line.qty,
      isGift: false,
      listFen: line.list,
      paidFen,
      unitPaidFen: unitFen(paidFen, line.qty),
      lineStatus: payload.status,
      ...refunded,
      shippedQuantity: sent.shippedQuantity,
      shipments: sent.shipments,
      mayShipNow: isShippable && isFree && sent.remaining > 0,
      components: [],
    }
  })
}

function toReceiver(payload: OrderPayload['receiver']): Receiver {
  const raw = {
    province: payload?.province ?? '',
    city: payload?.city ?? '',
    district: payload?.district ?? '',
    town: '',
    address: payload?.address ?? '',
  }
  const name = joinName([payload?.name ?? ''])
  const phone = withoutCountryCode(payload?.phone ?? '')
  return {
    name,
    phone,
    raw,
    standard: standardRegion(raw),
    privacy: privacyOf([name, phone, raw.address]),
    addressKey: null,
  }
}

/** The contract sends plain text; a site that hides the middle of a number sends stars. */
function privacyOf(personal: readonly string[]): Privacy {
  if (personal.every((text) => text === '')) return 'absent'
  return personal.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
