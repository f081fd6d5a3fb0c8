import type { ChannelLine, ChannelOrder } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import type { Fen } from '../../../core/money/fen.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { type LineMoney, moneyOf } from './money.ts'
import { shipmentsOf } from './parcels.ts'
import { type AfterSale, isoOrNull, Order, textOf, textOrNull } from './payload.ts'
import { receiverOf } from './receiver.ts'
import { lineRefundOf, orderRefundStateOf, type RefundFacts, refundedFenOf } from './refunds.ts'
import { caseStateOf, hasLeftWhole, hasShipped, refundWordsOf, statusOf } from './status.ts'

/** What is known of an order beside its own fields. */
export interface Told {
  readonly cases?: readonly AfterSale[]
  /** What the lines of `item_list` cost before discounts, where price × pieces would not be exact. */
  readonly listFen?: readonly Fen[]
}

/** An order in our words. Pure. Throws RangeError where an amount, a time or a quantity is none. Source: pinduoduo.md 4 [rule]. */
export function toOrder(raw: Order, told: Told = {}): ChannelOrder {
  const status = statusOf(raw)
  const { lines: lineMoney, isMismatch, ...money } = moneyOf(raw, { isPaid: status.isPaid, listFen: told.listFen })
  const words = refundWordsOf(raw)
  const facts: RefundFacts = {
    words,
    cases: (told.cases ?? []).filter(({ order_sn }) => order_sn === raw.order_sn),
    isGivenBack: words.isGivenBack || (status.status === 'closed-refunded' && !words.isOpen),
    paidTotalFen: money.paidTotalFen,
  }
  const mayShip = statusFacts[status.status].shippable && !words.isOpen
  const lines = lineMoney.map((line) => lineOf(line, { raw, lineMoney, facts, mayShip }))
  return {
    channel: 'pinduoduo',
    channelOrderNo: raw.order_sn,
    channelStatus: textOf(raw.order_status),
    status: status.status,
    ...timesOf(raw),
    currency: 'CNY',
    ...money,
    refundedFen: refundedFenOf(facts),
    merchantReceivableFen: null,
    orderRefundState: orderRefundStateOf(facts),
    isCod: false,
    cancelRequested: false,
    mayShipNow: lines.some((line) => line.mayShipNow),
    buyer: { channelBuyerNo: null, nick: '' },
    buyerNote: textOrNull(raw.buyer_memo),
    sellerRemark: textOrNull(raw.remark),
    flag: flagOf(raw),
    receiver: receiverOf(raw),
    lines,
    shipments: shipmentsOf(raw, lineMoney),
    remainingToShip: statusFacts[status.status].shippable ? lines.flatMap(remainderOf) : [],
    promotions: [],
    invoice: null,
    warnings: [
      ...status.warnings,
      ...(isMismatch ? ['amount-mismatch'] : []),
      ...(isAmountUnknown(facts, raw) ? ['refund-amount-unknown'] : []),
      ...words.warnings,
      ...unknownFields(Order, raw, 'order').map((field) => `unknown-field:${field}`),
    ],
  }
}

function timesOf(raw: Order) {
  const createdAt = isoOrNull(raw.created_time)
  if (createdAt === null) throw new RangeError('created_time is absent')
  return {
    createdAt,
    paidAt: isoOrNull(raw.pay_time),
    modifiedAt: isoOrNull(raw.updated_at) ?? createdAt,
    shipBy: isoOrNull(raw.last_ship_time),
  }
}

/** What was not sent is paid back whole; of what was, only an after-sale tells how much, and all of it is counted until one does. */
function isAmountUnknown({ words, cases }: RefundFacts, raw: Order): boolean {
  const isTold = cases.some((each) => caseStateOf(each) === 'success')
  return words.isGivenBack && !isTold && hasShipped(raw)
}

interface LineContext {
  readonly raw: Order
  readonly lineMoney: readonly LineMoney[]
  readonly facts: RefundFacts
  readonly mayShip: boolean
}

function lineOf(money: LineMoney, { raw, lineMoney, facts, mayShip }: LineContext): ChannelLine {
  const { row, quantity, isGift, listFen, paidFen, unitPaidFen } = money
  const place = { isOnly: lineMoney.length === 1, isOwner: money === ownerOf(row, lineMoney) }
  const line = {
    channelLineNo: lineNoOf(money, lineMoney),
    channelItemNo: textOf(row.goods_id),
    channelSkuNo: textOf(row.sku_id),
    merchantCode: textOrNull(row.outer_id) ?? textOrNull(row.outer_goods_id),
    title: textOf(row.goods_name),
    specification: textOf(row.goods_spec),
    imageUrl: textOrNull(row.goods_img),
    quantity,
    isGift,
    listFen,
    paidFen,
    unitPaidFen,
    lineStatus: textOf(raw.order_status),
    ...lineRefundOf(money, { ...facts, ...place }),
    shippedQuantity: hasLeftWhole(raw) ? quantity : 0,
    shipments: [],
    components: [],
  }
  return { ...line, mayShipNow: mayShip && leftOf(line) > 0 }
}

/** Lines have no numbers; an order normally holds one SKU, whose number is that of its line. A repeated one is told apart by its place. */
function lineNoOf(money: LineMoney, lineMoney: readonly LineMoney[]): string {
  const no = textOf(money.row.sku_id) || textOf(money.row.goods_id)
  const alike = lineMoney.filter(({ row }) => (textOf(row.sku_id) || textOf(row.goods_id)) === no)
  return money === alike[0] ? no : `${no}-${alike.indexOf(money) + 1}`
}

/** The line that after-sales of a SKU are about: the first, and bought goods stand before gifts. */
function ownerOf(row: LineMoney['row'], lineMoney: readonly LineMoney[]): LineMoney | undefined {
  return lineMoney.find((each) => textOf(each.row.sku_id) === textOf(row.sku_id))
}

/** Pieces of a line neither sent nor paid back. */
function leftOf(line: Pick<ChannelLine, 'quantity' | 'shippedQuantity' | 'refundedQuantity'>): number {
  return line.quantity - line.shippedQuantity - line.refundedQuantity
}

function remainderOf(line: ChannelLine) {
  const quantity = leftOf(line)
  return quantity > 0 ? [{ channelSkuNo: line.channelSkuNo, quantity }] : []
}

function flagOf({ remark_tag }: Order): string | null {
  const flag = textOf(remark_tag)
  return flag === '' || flag === '0' ? null : flag
}
