import type { ChannelLine, ChannelOrder } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import { sumFen, unitFen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import { goodsOf } from './goods.ts'
import { manifest } from './manifest.ts'
import { boughtOf, moneyOf, type OrderMoney } from './money.ts'
import { type Parcels, parcelsOf } from './parcels.ts'
import type { LinePayload, OrderPayload } from './payload.ts'
import { receiverOf } from './receiver.ts'
import { type OrderRefund, readRefunds } from './refunds.ts'
import { remarkIn } from './remark-text.ts'
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
 * An order in our words; `notices` are further warnings. While nothing is paid every paid amount is 0; the platform's
 * own numbers are kept even if they do not add up. Pure. Source: own-site.md 1, 4 [rule]. Throws RangeError on
 * amounts too large to reckon with.
 */
export function toOrder(payload: OrderPayload, notices: readonly string[] = []): ChannelOrder {
  const facts = factsOf(payload)
  const { reading, refund, parcels } = facts
  const isShippable = statusFacts[reading.status].shippable
  const lines = payload.lines.map((line, place) => toLine(line, place, facts))
  const money = amountsOf(facts)
  const isOpen = refund.orderRefundState !== 'in-progress' && refund.orderRefundState !== 'full'
  return {
    channel: manifest.id,
    channelOrderNo: payload.id,
    channelStatus: payload.state,
    status: reading.status,
    createdAt: isoText(placedAtOf(payload)),
    paidAt: reading.isPaid ? isoText(paidAtOf(payload)) : null,
    modifiedAt: isoText(payload.updatedAt),
    shipBy: null,
    currency: payload.currencyCode,
    ...money,
    refundedFen: refund.refundedFen,
    merchantReceivableFen: null,
    orderRefundState: refund.orderRefundState,
    isCod: false,
    cancelRequested: false,
    mayShipNow: isShippable && isOpen && parcels.lines.some(({ remaining }) => remaining > 0),
    buyer: { channelBuyerNo: payload.customer, nick: '' },
    buyerNote: null,
    sellerRemark: remarkIn(payload.history),
    flag: null,
    receiver: receiverOf(payload.shippingAddress),
    lines,
    shipments: parcels.shipments,
    remainingToShip: isShippable ? remainingOf(payload, parcels) : [],
    promotions: [],
    invoice: null,
    warnings: [
      ...(isMismatch(lines, money) ? ['amount-mismatch'] : []),
      ...(reading.isKnown ? [] : [`unknown-status:${payload.state}`]),
      ...refund.warnings,
      ...notices,
    ],
  }
}

function factsOf(payload: OrderPayload): Facts {
  const money = moneyOf(payload)
  const refund = readRefunds(payload, money)
  const parcels = parcelsOf(payload, refund)
  const { settled, due } = money
  const reading = statusOf({ state: payload.state, settled, total: due, isPartLeft: parcels.isPartLeft })
  return { payload, money, refund, parcels, reading }
}

function placedAtOf({ orderPlacedAt, createdAt, updatedAt }: OrderPayload): number {
  return orderPlacedAt ?? createdAt ?? updatedAt
}

/**
 * When the first payment was settled, which is the last that happens to one, else when the order was placed: the order itself does not say.
 * [assumed]
 */
function paidAtOf(payload: OrderPayload): number {
  const moments = payload.payments
    .filter(({ state }) => state === 'Settled')
    .flatMap(({ updatedAt }) => updatedAt ?? [])
  return moments.length > 0 ? Math.min(...moments) : placedAtOf(payload)
}

function amountsOf({ money, reading: { isPaid } }: Facts) {
  return {
    paidTotalFen: isPaid ? money.total : 0,
    payableTotalFen: money.total,
    freightFen: isPaid ? money.freight : 0,
    extraFen: isPaid ? money.extra : 0,
    discountFen: money.discount,
  }
}

function isMismatch(lines: readonly ChannelLine[], money: ReturnType<typeof amountsOf>): boolean {
  const parts = [...lines.map(({ paidFen }) => paidFen), money.freightFen, money.extraFen]
  return sumFen(parts) !== money.paidTotalFen
}

function toLine(line: LinePayload, place: number, { payload, money, refund, parcels, reading }: Facts): ChannelLine {
  const { list, paid } = money.lines[place]!
  const paidFen = reading.isPaid ? paid : 0
  const { shippedQuantity, shipments, remaining } = parcels.lines[place]!
  const refunded = refund.lines[place]!
  const isFree = !refund.isOpenSomewhere && refunded.refundState !== 'requested'
  return {
    channelLineNo: line.id,
    ...goodsOf(line.productVariant),
    quantity: boughtOf(line),
    isGift: false,
    listFen: list,
    paidFen,
    unitPaidFen: unitFen(paidFen, boughtOf(line)),
    lineStatus: payload.state,
    ...refunded,
    shippedQuantity,
    shipments,
    mayShipNow: statusFacts[reading.status].shippable && isFree && remaining > 0,
    components: [],
  }
}

function remainingOf({ lines }: OrderPayload, parcels: Parcels): ChannelOrder['remainingToShip'] {
  return lines.flatMap(({ productVariant }, place) => {
    const quantity = parcels.lines[place]!.remaining
    return quantity > 0 ? [{ channelSkuNo: productVariant.id, quantity }] : []
  })
}
