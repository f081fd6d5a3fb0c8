import type { ChannelLine, ChannelOrder, Promotion } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import { sumFen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import { unknownFieldWarnings } from './known-fields.ts'
import { fenOf, isGift, type LineMoney, moneyOf, quantityOf } from './money.ts'
import { holdWarnings, parcelsOf, shippedQuantityOf } from './parcels.ts'
import {
  instantIn,
  isoOrNull,
  isTrue,
  type OrderRow,
  type RefundRow,
  type Trade,
  textOf,
  textOrNull,
} from './payload.ts'
import { receiverOf } from './receiver.ts'
import { isSuccess, lineRefundOf } from './refunds.ts'
import { isCod, isKnownRefundStatus, isKnownStatus, orderRefundStateOf, statusOf } from './status.ts'

/** Refund words of a line that may be sent. Source: taobao.md 7.3 [rule]. */
const freeOfRefund = new Set(['', 'NO_REFUND', 'CLOSED'])
const closedStatuses = new Set(['TRADE_CLOSED', 'TRADE_CLOSED_BY_TAOBAO'])

/**
 * A trade in our words. `refunds` are its refund records as far as they are known: they make `refundedFen` exact, which without them is
 * read from the trade alone. Pure. Throws RangeError where an amount, a time or a quantity is none.
 * Source: taobao.md 7 to 9 [rule].
 */
export function toOrder(trade: Trade, refunds: readonly RefundRow[] = []): ChannelOrder {
  const channelOrderNo = tradeNo(trade)
  const status = statusOf(trade)
  const { lines: lineMoney, isMismatch, ...money } = moneyOf(trade, status)
  const holds = holdWarnings(trade)
  const isShippable = statusFacts[status.status].shippable
  const records = refunds.filter((record) => textOf(record.tid) === channelOrderNo)
  const context = { trade, records, mayShip: isShippable && holds.length === 0 }
  const lines = lineMoney.map((line) => lineOf(line, context))
  const createdAt = isoOrNull(trade.created)
  if (createdAt === null) throw new RangeError('created is absent')

  return {
    channel: 'taobao',
    channelOrderNo,
    channelStatus: textOf(trade.status),
    status: status.status,
    createdAt,
    paidAt: isoOrNull(trade.pay_time),
    modifiedAt: isoOrNull(trade.modified) ?? createdAt,
    shipBy: shipByOf(trade),
    currency: 'CNY',
    ...money,
    extraFen: 0,
    refundedFen: sumFen([...lines.map((line) => line.refundedFen), ...strayRefunds(records, lines)]),
    merchantReceivableFen: null,
    orderRefundState: orderRefundStateOf(lines),
    isCod: isCod(textOf(trade.type)),
    cancelRequested: false,
    mayShipNow: lines.some((line) => line.mayShipNow),
    buyer: { channelBuyerNo: textOrNull(trade.buyer_open_uid), nick: textOf(trade.buyer_nick) },
    buyerNote: textOrNull(trade.buyer_message),
    sellerRemark: textOrNull(trade.seller_memo),
    flag: textOrNull(trade.seller_flag),
    receiver: receiverOf(trade),
    lines,
    shipments: parcelsOf(lineMoney.map(({ order }) => shipped(order, trade))),
    remainingToShip: isShippable ? lines.flatMap(remainderOf) : [],
    promotions: promotionsOf(trade, channelOrderNo),
    invoice: invoiceOf(trade),
    warnings: [
      ...(status.warning === null ? [] : [status.warning]),
      ...(isMismatch ? ['amount-mismatch'] : []),
      ...holds,
      ...lineWarnings(trade),
      ...(status.isPaid && textOf(trade.payment) === '' ? ['missing-field:trade.payment'] : []),
      ...unknownFieldWarnings(trade),
    ],
  }
}

export function tradeNo(trade: Pick<Trade, 'tid' | 'tid_str'>): string {
  return textOf(trade.tid_str) || textOf(trade.tid)
}

interface LineContext {
  readonly trade: Trade
  readonly records: readonly RefundRow[]
  /** The trade as a whole lets goods leave. */
  readonly mayShip: boolean
}

function lineOf(money: LineMoney, { trade, records, mayShip }: LineContext): ChannelLine {
  const { order, listFen, paidFen, unitPaidFen } = money
  const channelLineNo = lineNo(order)
  const lineStatus = lineStatusOf(order, trade)
  const ownRecords = records.filter((record) => textOf(record.oid) === channelLineNo)
  return {
    channelLineNo,
    channelItemNo: textOf(order.num_iid),
    channelSkuNo: textOf(order.sku_id),
    merchantCode: textOrNull(order.outer_sku_id) ?? textOrNull(order.outer_iid),
    title: textOf(order.title),
    specification: textOf(order.sku_properties_name),
    imageUrl: textOrNull(order.pic_path),
    quantity: quantityOf(order),
    isGift: isGift(order),
    listFen,
    paidFen,
    unitPaidFen,
    lineStatus,
    ...lineRefundOf({ trade, money, records: ownRecords }),
    shippedQuantity: shippedQuantityOf(order, lineStatus),
    shipments: parcelsOf([shipped(order, trade)]),
    mayShipNow: mayShip && lineStatus === 'WAIT_SELLER_SEND_GOODS' && freeOfRefund.has(textOf(order.refund_status)),
    components: order.combine_item_info.map((part) => ({
      channelSkuNo: textOf(part.sku_id),
      merchantCode: textOrNull(part.outer_sku_id) ?? textOrNull(part.outer_iid),
      quantity: quantityOf({ num: part.quantity }),
    })),
  }
}

function lineNo(order: OrderRow): string {
  return textOf(order.oid_str) || textOf(order.oid)
}

function lineStatusOf(order: OrderRow, trade: Trade): string {
  return textOf(order.status) || textOf(trade.status)
}

function shipped(order: OrderRow, trade: Trade) {
  return { order, shippedQuantity: shippedQuantityOf(order, lineStatusOf(order, trade)) }
}

/** What still has to leave of a line: pieces neither sent nor paid back, unless the line is closed. */
function remainderOf(line: ChannelLine) {
  const quantity = closedStatuses.has(line.lineStatus)
    ? 0
    : line.quantity - line.shippedQuantity - line.refundedQuantity
  return quantity > 0 ? [{ channelSkuNo: line.channelSkuNo, quantity }] : []
}

/** Refunds paid out for no line that the trade shows. */
function strayRefunds(records: readonly RefundRow[], lines: readonly ChannelLine[]): number[] {
  const known = new Set(lines.map((line) => line.channelLineNo))
  return records
    .filter((record) => isSuccess(record) && !known.has(textOf(record.oid)))
    .map((record) => fenOf(record.refund_fee))
}

/**
 * The promised moment of shipping: the latest allowed one where the platform sets it, else the promise of a presale, else what the seller
 * expects for the trade or, last, for the line that comes first. Source: taobao.md 7.1, 7.2; the order of the last two [assumed].
 */
function shipByOf(trade: Trade): string | null {
  const promised = [trade.delivery_time, trade.send_time, trade.est_con_time].map(instantIn).find((at) => at !== null)
  if (promised !== undefined && promised !== null) return isoText(promised)
  const expected = trade.orders.flatMap((order) => instantIn(order.estimate_con_time) ?? [])
  return expected.length === 0 ? null : isoText(Math.min(...expected))
}

/** The id of a promotion is that of the trade or of a line. Gifts promised here have no line. Source: taobao.md 8.5 [doc M]. */
function promotionsOf(trade: Trade, channelOrderNo: string): Promotion[] {
  return trade.promotion_details.map((row) => {
    const id = textOf(row.id)
    const giftNo = textOf(row.gift_item_id)
    const gift = {
      channelItemNo: giftNo,
      name: textOf(row.gift_item_name),
      quantity: quantityOf({ num: row.gift_item_num }),
    }
    return {
      name: textOf(row.promotion_name),
      discountFen: fenOf(row.discount_fee),
      channelLineNo: id === '' || id === channelOrderNo ? null : id,
      gift: giftNo === '' ? null : gift,
    }
  })
}

function invoiceOf(trade: Trade): ChannelOrder['invoice'] {
  const title = textOf(trade.invoice_name)
  return title === '' ? null : { kind: textOf(trade.invoice_kind) || textOf(trade.invoice_type), title, taxNo: null }
}

function lineWarnings(trade: Trade): string[] {
  const found = new Set<string>()
  for (const order of trade.orders) {
    const [status, refund] = [textOf(order.status), textOf(order.refund_status)]
    if (status !== '' && status !== textOf(trade.status) && !isKnownStatus(status))
      found.add(`unknown-status:${status}`)
    if (!isKnownRefundStatus(refund)) found.add(`unknown-refund-status:${refund}`)
    if (textOf(order.num) === '') found.add('missing-field:order.num')
    if (isTrue(order.is_oversold)) found.add(`oversold:${lineNo(order)}`)
  }
  return [...found]
}
