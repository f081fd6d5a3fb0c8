import type { ChannelLine, ChannelOrder } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import { sumFen, unitFen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import { manifest } from './manifest.ts'
import { moneyOf, type OrderMoney } from './money.ts'
import { type Parcels, parcelsOf } from './parcels.ts'
import type { HeadPayload, LinePayload, OrderPayload } from './payload.ts'
import { receiverOf } from './receiver.ts'
import { type OrderRefund, readRefunds } from './refunds.ts'
import { type StatusReading, statusOf } from './status.ts'

/** Everything an order comes to. */
interface Facts {
  readonly payload: OrderPayload
  readonly money: OrderMoney
  readonly refund: OrderRefund
  readonly parcels: Parcels
  readonly reading: StatusReading
}

/**
 * An order in our words; `notices` are further warnings. While nothing is paid every paid amount is 0; the platform's own numbers are kept even
 * if they do not add up. Pure. Source: own-site.md 1, 3 [rule]. Throws RangeError on an amount that is none.
 */
export function toOrder(payload: OrderPayload, notices: readonly string[] = []): ChannelOrder {
  const facts = factsOf(payload)
  const { reading, refund, parcels } = facts
  const isShippable = statusFacts[reading.status].shippable
  const lines = payload.lineItems.rows.map((line, index) => toLine(line, index, facts))
  const money = amountsOf(facts)
  const isOpen = refund.orderRefundState !== 'in-progress' && refund.orderRefundState !== 'full'
  return {
    channel: manifest.id,
    channelOrderNo: payload.id,
    channelStatus: channelStatusOf(payload),
    status: reading.status,
    createdAt: isoText(payload.processedAt ?? payload.createdAt),
    paidAt: reading.isPaid ? isoText(paidAtOf(payload)) : null,
    modifiedAt: isoText(payload.updatedAt),
    shipBy: null,
    currency: payload.currencyCode,
    ...money,
    refundedFen: refund.refundedFen,
    merchantReceivableFen: null,
    orderRefundState: refund.orderRefundState,
    isCod: false,
    cancelRequested: payload.cancelledAt !== null && reading.status === 'on-hold',
    mayShipNow: isShippable && isOpen && parcels.lines.some(({ ready }) => ready > 0),
    buyer: { channelBuyerNo: null, nick: '' },
    buyerNote: payload.note === '' ? null : payload.note,
    sellerRemark: null,
    flag: null,
    receiver: receiverOf(payload.shippingAddress),
    lines,
    shipments: parcels.shipments,
    remainingToShip: isShippable ? remainingOf(payload, parcels) : [],
    promotions: [],
    invoice: null,
    warnings: [
      ...(isMismatch(lines, money) ? ['amount-mismatch'] : []),
      ...reading.unknownWords.map((word) => `unknown-status:${word}`),
      ...refund.warnings,
      ...notices,
    ],
  }
}

export function channelStatusOf({ displayFinancialStatus, displayFulfillmentStatus }: HeadPayload): string {
  return `${displayFinancialStatus}/${displayFulfillmentStatus}`
}

function factsOf(payload: OrderPayload): Facts {
  const money = moneyOf(payload)
  const refund = readRefunds(payload, money)
  const parcels = parcelsOf(payload, refund)
  const reading = statusOf({
    financial: payload.displayFinancialStatus,
    fulfilment: payload.displayFulfillmentStatus,
    isCancelled: payload.cancelledAt !== null,
    isRefundedInFull: refund.orderRefundState === 'full',
    isFinished: payload.closedAt !== null || parcels.isDelivered,
    isAllOnHold: parcels.isAllOnHold,
  })
  return { payload, money, refund, parcels, reading }
}

/** The first money that came in, else when the order was placed: the order itself does not say. [assumed] */
function paidAtOf({ transactions, processedAt, createdAt }: OrderPayload): number {
  const moments = transactions
    .filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS')
    .flatMap((transaction) => transaction.processedAt ?? [])
  return moments.length > 0 ? Math.min(...moments) : (processedAt ?? createdAt)
}

function amountsOf({ money, reading: { isPaid } }: Facts) {
  return {
    paidTotalFen: isPaid ? money.total : 0,
    payableTotalFen: money.total,
    freightFen: isPaid ? money.freight : 0,
    extraFen: 0,
    discountFen: money.discount,
  }
}

function isMismatch(lines: readonly ChannelLine[], money: ReturnType<typeof amountsOf>): boolean {
  return sumFen([...lines.map(({ paidFen }) => paidFen), money.freightFen]) !== money.paidTotalFen
}

function toLine(line: LinePayload, index: number, { payload, money, refund, parcels, reading }: Facts): ChannelLine {
  const { list, paid } = money.lines[index]!
  const paidFen = reading.isPaid ? paid : 0
  const sent = parcels.lines[index]!
  const refunded = refund.lines[index]!
  const isFree = !refund.isOpenSomewhere && refunded.refundState !== 'requested'
  return {
    channelLineNo: line.id,
    channelItemNo: line.product,
    channelSkuNo: line.variant,
    merchantCode: line.sku === '' ? null : line.sku,
    title: line.title || line.name,
    specification: line.variantTitle === noChoice ? '' : line.variantTitle,
    imageUrl: line.image,
    quantity: line.quantity,
    isGift: false,
    listFen: list,
    paidFen,
    unitPaidFen: unitFen(paidFen, line.quantity),
    lineStatus: channelStatusOf(payload),
    ...refunded,
    shippedQuantity: sent.shippedQuantity,
    shipments: sent.shipments,
    mayShipNow: statusFacts[reading.status].shippable && isFree && sent.ready > 0,
    components: [],
  }
}

/** What Shopify writes where a product has no variants to choose from. [assumed] */
export const noChoice = 'Default Title'

function remainingOf(payload: OrderPayload, parcels: Parcels): ChannelOrder['remainingToShip'] {
  return payload.lineItems.rows.flatMap((line, index) => {
    const quantity = parcels.lines[index]?.remaining ?? 0
    return quantity > 0 ? [{ channelSkuNo: line.variant, quantity }] : []
  })
}
