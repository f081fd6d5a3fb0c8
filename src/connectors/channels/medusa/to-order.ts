import type { ChannelLine, ChannelOrder } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import { fen, unitFen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import { textOf } from '../../../kit/fields.ts'
import { manifest } from './manifest.ts'
import { buyerNoteKey, remarkKey, textIn } from './metadata.ts'
import { moneyOf, type OrderMoney } from './money.ts'
import { type Parcels, parcelsOf } from './parcels.ts'
import type { LinePayload, OrderPayload, ReturnPayload } from './payload.ts'
import { receiverOf } from './receiver.ts'
import { isUnderWay, type OrderRefund, readRefunds } from './refunds.ts'
import { cancelledWord, channelStatusOf, type StatusReading, statusOf } from './status.ts'

/** Everything an order comes to. */
interface Facts {
  readonly payload: OrderPayload
  readonly refund: OrderRefund
  readonly parcels: Parcels
  readonly reading: StatusReading
  readonly money: OrderMoney
}

/**
 * An order in our words. `returns` are its returns' own records as far as they are known, `notices` further warnings. Pure.
 * Source: own-site.md 1, 5.2 [rule]. Throws RangeError on amounts that add up to more than whole fen can say.
 */
export function toOrder(
  given: OrderPayload,
  returns: readonly ReturnPayload[],
  notices: readonly string[] = [],
): ChannelOrder {
  // An order edited by hand keeps lines of which nothing is wanted any more.
  const payload = { ...given, items: given.items.filter((line) => line.quantity > 0) }
  const facts = factsOf(payload, returns)
  const { refund, parcels, reading, money } = facts
  const { lines: _, isMismatch, ...amounts } = money
  const isShippable = statusFacts[reading.status].shippable

  return {
    channel: manifest.id,
    channelOrderNo: payload.id,
    channelStatus: channelStatusOf(payload),
    status: reading.status,
    createdAt: isoText(payload.created_at),
    paidAt: reading.isPaid ? isoText(paidAtOf(payload)) : null,
    modifiedAt: isoText(payload.updated_at),
    shipBy: null,
    currency: payload.currency_code,
    ...amounts,
    refundedFen: refund.refundedFen,
    merchantReceivableFen: null,
    orderRefundState: refund.orderRefundState,
    isCod: false,
    // Cancelled at the shop, and the money is still here.
    cancelRequested: payload.status === cancelledWord && reading.status === 'on-hold',
    mayShipNow: mayShip(facts) && parcels.lines.some(({ remaining }) => remaining > 0),
    buyer: { channelBuyerNo: payload.customer_id || null, nick: '' },
    buyerNote: textIn(payload.metadata, buyerNoteKey),
    sellerRemark: textIn(payload.metadata, remarkKey),
    flag: null,
    receiver: receiverOf(payload.shipping_address),
    lines: payload.items.map((line, index) => toLine(line, index, facts)),
    shipments: parcels.shipments,
    remainingToShip: isShippable ? remainingOf(payload, parcels) : [],
    promotions: [],
    invoice: null,
    warnings: [...new Set([...(isMismatch ? ['amount-mismatch'] : []), ...warningsOf(facts), ...notices])],
  }
}

function warningsOf({ reading, refund, parcels }: Facts): string[] {
  return [
    ...reading.unknownWords.map((word) => `unknown-status:${word}`),
    ...refund.warnings,
    ...(parcels.isVague ? ['shipped-lines-unknown'] : []),
  ]
}

function factsOf(payload: OrderPayload, returns: readonly ReturnPayload[]): Facts {
  const refund = readRefunds(payload, returns)
  const parcels = parcelsOf(payload)
  const reading = statusOf(payload, {
    isRefundedInFull: refund.isFull,
    isSomethingLeft: !parcels.isVague && parcels.lines.some(({ remaining }) => remaining > 0),
  })
  return { payload, refund, parcels, reading, money: moneyOf(payload, reading.isPaid) }
}

/** The first money that came in, else when the order was placed: the order itself does not say. [assumed] */
function paidAtOf({ payment_collections, created_at }: OrderPayload): number {
  const captures = payment_collections
    .flatMap(({ payments }) => payments)
    .flatMap(({ captured_at }) => captured_at ?? [])
  return captures.length > 0 ? Math.min(...captures) : created_at
}

/** While anything is asked back, or nobody says what has left, nothing more leaves before somebody has looked. */
function mayShip({ reading, refund, parcels }: Facts): boolean {
  const isClear = refund.orderRefundState !== 'in-progress' && refund.orderRefundState !== 'full'
  return statusFacts[reading.status].shippable && isClear && !parcels.isVague
}

function toLine(line: LinePayload, index: number, facts: Facts): ChannelLine {
  const { payload, refund, parcels, reading, money } = facts
  const paidFen = money.lines[index] ?? fen(0)
  const sent = parcels.lines[index]!
  const refunded = refund.lines[index]!
  const isStopped = parcels.isVague || refund.isOpenSomewhere || refund.orderRefundState === 'full'
  const isFree = !isStopped && !isUnderWay(refunded.refundState)
  return {
    channelLineNo: line.id,
    channelItemNo: line.product_id,
    channelSkuNo: line.variant_id,
    merchantCode: line.variant_sku || null,
    title: line.product_title || line.title,
    specification: specificationOf(line),
    imageUrl: line.thumbnail || null,
    quantity: line.quantity,
    isGift: false,
    listFen: fen(line.original_total ?? line.total),
    paidFen,
    unitPaidFen: unitFen(paidFen, line.quantity),
    lineStatus: channelStatusOf(payload),
    ...refunded,
    shippedQuantity: sent.shippedQuantity,
    shipments: sent.shipments,
    mayShipNow: statusFacts[reading.status].shippable && isFree && sent.remaining > 0,
    components: [],
  }
}

/** What Medusa calls the only variant of a product without choices. [assumed] */
const noChoice = 'Default variant'

/** What the buyer chose, `重量:250g;颜色:白`, else the variant's name. */
function specificationOf({ variant_option_values, variant_title }: LinePayload): string {
  const chosen = Object.entries(variant_option_values).map(([name, value]) => [name, textOf(value)] as const)
  return chosen.length > 0 ? specificationText(chosen) : withoutDefault(variant_title)
}

/** Options as text. Medusa gives a product without choices one option with one value. [assumed] */
export function specificationText(options: readonly (readonly [name: string, value: string])[]): string {
  return options
    .filter(([name, value]) => name !== 'Default option' && value !== '')
    .map(([name, value]) => (name === '' ? value : `${name}:${value}`))
    .join(';')
}

function withoutDefault(title: string): string {
  return title === noChoice ? '' : title
}

function remainingOf(payload: OrderPayload, parcels: Parcels): ChannelOrder['remainingToShip'] {
  return payload.items.flatMap((line, index) => {
    const quantity = parcels.lines[index]?.remaining ?? 0
    return quantity > 0 ? [{ channelSkuNo: line.variant_id, quantity }] : []
  })
}
