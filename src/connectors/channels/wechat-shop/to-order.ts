import type { ChannelLine, ChannelOrder } from '../../../core/channel/shapes.ts'
import { type ChannelStatus, statusFacts } from '../../../core/channel/words.ts'
import { isoText } from '../../../core/time/instant.ts'
import { unknownFieldWarnings } from './known-fields.ts'
import { isPaid, type LineMoney, moneyOf, type OrderMoney, promotionsOf } from './money.ts'
import { holdWarnings, isDropShipped, namesGoods, type SentLine, sentLines, shipmentsOf } from './parcels.ts'
import {
  type AftersalePayload,
  isoOrNull,
  isTrue,
  type OrderPayload,
  type ProductRow,
  textOf,
  textOrNull,
  wholeOf,
} from './payload.ts'
import { receiverOf } from './receiver.ts'
import { type LineRefund, type OrderRefund, refundsOf } from './refunds.ts'
import { isOpenRefund, statusOf } from './status.ts'

/**
 * An order in our words. `aftersales` are its after-sale orders as far as they are known: they make refunds exact.
 * Pure. Throws RangeError where an amount, a time or a quantity is none. Source: wechat-shop.md 4 to 7, 14 [rule].
 */
export function toOrder(order: OrderPayload, aftersales: readonly AftersalePayload[] = []): ChannelOrder {
  const facts = factsOf(order, aftersales)
  const { channelOrderNo, status, money, refund } = facts
  const { lines: _, isMismatch: __, ...amounts } = money
  const lines = linesOf(order, facts)
  const detail = order.order_detail
  const createdAt = isoOrNull(order.create_time)
  if (createdAt === null) throw new RangeError('create_time is absent')

  return {
    channel: 'wechat-shop',
    channelOrderNo,
    channelStatus: textOf(order.status),
    status,
    createdAt,
    paidAt: isoOrNull(detail?.pay_info?.pay_time),
    modifiedAt: isoOrNull(order.update_time) ?? createdAt,
    shipBy: shipByOf(order),
    currency: 'CNY',
    ...amounts,
    extraFen: 0,
    refundedFen: refund.refundedFen,
    orderRefundState: refund.orderRefundState,
    isCod: false,
    cancelRequested: false,
    mayShipNow: refund.orderRefundState !== 'in-progress' && lines.some((line) => line.mayShipNow),
    buyer: { channelBuyerNo: textOrNull(order.openid), nick: '' },
    buyerNote: textOrNull(detail?.ext_info?.customer_notes),
    sellerRemark: textOrNull(detail?.ext_info?.merchant_notes),
    flag: null,
    receiver: receiverOf(order),
    lines,
    shipments: shipmentsOf(order),
    remainingToShip: statusFacts[status].shippable ? lines.flatMap(remainderOf) : [],
    promotions: lines.flatMap((line, place) => promotionsOf(money.lines[place]!.product, line.channelLineNo)),
    invoice: null,
    warnings: warningsOf(order, facts),
  }
}

interface Facts {
  readonly channelOrderNo: string
  readonly status: ChannelStatus
  readonly isKnown: boolean
  readonly money: OrderMoney
  readonly refund: OrderRefund
  readonly holds: readonly string[]
}

function factsOf(order: OrderPayload, aftersales: readonly AftersalePayload[]): Facts {
  const channelOrderNo = textOf(order.order_id)
  const known = statusOf(textOf(order.status), isPaid(order))
  const money = moneyOf(order)
  const records = aftersales.filter((record) => textOf(record.order_id) === channelOrderNo)
  const refund = refundsOf({ order, money, records, isClosedRefunded: known === 'closed-refunded' })
  return {
    channelOrderNo,
    status: known ?? 'on-hold',
    isKnown: known !== null,
    money,
    refund,
    holds: holdWarnings(order),
  }
}

function linesOf(order: OrderPayload, { status, money, refund, holds }: Facts): ChannelLine[] {
  const sent = sentLines(order)
  const orderMayShip = statusFacts[status].shippable && holds.length === 0
  const waiting = skusAskedBack(money, refund)
  return money.lines.map((line, place) => {
    const mayShip = orderMayShip && !waiting.has(textOf(line.product.sku_id))
    return lineOf(line, { order, place, sent: sent[place]!, refund: refund.lines[place]!, mayShip })
  })
}

/**
 * SKUs of which something is asked back: a parcel names SKUs and not lines, so a gift waits with the bought pieces of
 * its SKU. Source: wechat-shop.md 8 [doc].
 */
function skusAskedBack({ lines }: OrderMoney, refund: OrderRefund): ReadonlySet<string> {
  const asked = lines.filter((_, place) => isOpenRefund(refund.lines[place]!.refundState))
  return new Set(asked.map(({ product }) => textOf(product.sku_id)).filter((sku) => sku !== ''))
}

function warningsOf(order: OrderPayload, { isKnown, money, refund, holds }: Facts): string[] {
  return [
    ...(isKnown ? [] : [`unknown-status:${textOf(order.status) || 'absent'}`]),
    ...(money.isMismatch ? ['amount-mismatch'] : []),
    ...holds,
    ...refund.warnings,
    ...money.lines.flatMap(lineWarnings),
    ...unknownFieldWarnings(order),
  ]
}

interface LineContext {
  readonly order: OrderPayload
  readonly place: number
  readonly sent: SentLine
  readonly refund: LineRefund
  /** Neither the order nor what is asked back of this SKU keeps goods here. */
  readonly mayShip: boolean
}

function lineOf(money: LineMoney, { order, place, sent, refund, mayShip }: LineContext): ChannelLine {
  const { product, quantity, listFen, paidFen, unitPaidFen } = money
  const shippedQuantity = shippedOf(order, { sent, left: quantity - refund.refundedQuantity })
  const line = {
    channelLineNo: lineNoOf(order, product, place),
    channelItemNo: textOf(product.product_id),
    channelSkuNo: textOf(product.sku_id),
    merchantCode: textOrNull(product.sku_code),
    title: textOf(product.title),
    specification: product.sku_attrs.map((attr) => `${textOf(attr.attr_key)}:${textOf(attr.attr_value)}`).join(';'),
    imageUrl: textOrNull(product.thumb_img),
    quantity,
    isGift: isTrue(product.is_free_gift),
    listFen,
    paidFen,
    unitPaidFen: [...unitPaidFen],
    lineStatus: textOf(order.status),
    ...refund,
    shippedQuantity,
    shipments: [...sent.shipments],
    mayShipNow: false,
    components: [],
  }
  const isFree = !isOpenRefund(refund.refundState) && !isDropShipped(product)
  return { ...line, mayShipNow: mayShip && isFree && remainderOf(line).length > 0 }
}

/**
 * Goods and a gift of them share a SKU, so a line has a number of its own; where the platform leaves it out, its place.
 * Source: wechat-shop.md 4 [assumed].
 */
export function lineNoOf(order: OrderPayload, product: ProductRow, place: number): string {
  return textOf(product.product_unique_id) || numberedLine(textOf(order.order_id), place)
}

/** `<order>_001` for the first line, as the platform itself counts. */
export function numberedLine(channelOrderNo: string, place: number): string {
  return `${channelOrderNo}_${String(place + 1).padStart(3, '0')}`
}

interface Shipped {
  readonly sent: SentLine
  /** Pieces that were not paid back. */
  readonly left: number
}

/** By the parcels; where none of them says what is in it, a shipped order has sent all that was not paid back. */
function shippedOf(order: OrderPayload, { sent, left }: Shipped): number {
  const isOver = ['30', '100'].includes(textOf(order.status))
  return isOver && !namesGoods(order) ? left : sent.shippedQuantity
}

/** What still has to leave of a line. */
function remainderOf(line: Pick<ChannelLine, 'channelSkuNo' | 'quantity' | 'shippedQuantity' | 'refundedQuantity'>) {
  const quantity = line.quantity - line.shippedQuantity - line.refundedQuantity
  return quantity > 0 ? [{ channelSkuNo: line.channelSkuNo, quantity }] : []
}

/** The earliest of the lines' latest moments to ship. Source: wechat-shop.md 4 [doc]. */
function shipByOf(order: OrderPayload): string | null {
  const deadlines = (order.order_detail?.product_infos ?? [])
    .map((product) => wholeOf(product.delivery_deadline))
    .filter((seconds) => seconds > 0)
  return deadlines.length === 0 ? null : isoText(Math.min(...deadlines) * 1000)
}

function lineWarnings({ product }: LineMoney): string[] {
  return [
    ...(textOf(product.real_price) === '' ? ['missing-field:product_info.real_price'] : []),
    ...(isDropShipped(product) ? [`drop-shipped:${textOf(product.sku_id)}`] : []),
  ]
}
