import type { ChannelLine, ChannelOrder } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import { sumFen } from '../../../core/money/fen.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { type LineMoney, moneyOf } from './money.ts'
import { type Parcel, parcelsOf, sentPieces, shipmentOf } from './parcels.ts'
import {
  type AfterSale,
  Detail,
  isoOrNull,
  piecesOf,
  type SkuOrder,
  specificationOf,
  textOf,
  textOrNull,
} from './payload.ts'
import { receiverOf } from './receiver.ts'
import { type LineRefund, lineRefundOf, refundedFenOf } from './refunds.ts'
import { caseStateOf, isGivenBack, isOpen, orderRefundStateOf, statusOf, strangeWords } from './status.ts'

/**
 * An order in our words, with what its after-sales told. Pure. Throws RangeError where an amount, a time or a quantity is none.
 * Source: douyin.md 4, 6.
 */
export function toOrder(detail: Detail, told: readonly AfterSale[] = []): ChannelOrder {
  const cases = told.filter(({ order_info }) => order_info.shop_order_id === detail.order_id)
  const status = statusOf(detail)
  const { lines: lineMoney, isMismatch, ...money } = moneyOf(detail, status)
  const parcels = parcelsOf(detail)
  const context = { status: status.status, cases, isGivenBack: isGivenBack(detail), lines: lineMoney }
  const { lines, ...refund } = settledOf(
    lineMoney.map((line) => lineOf(line, { parcels, status: status.status, refund: lineRefundOf(line, context) })),
    { ...context, paidTotalFen: money.paidTotalFen },
  )
  return {
    channel: 'douyin',
    channelOrderNo: detail.order_id,
    channelStatus: textOf(detail.order_status),
    status: status.status,
    ...timesOf(detail),
    currency: 'CNY',
    ...money,
    extraFen: 0,
    ...refund,
    isCod: false,
    cancelRequested: false,
    mayShipNow: lines.some((line) => line.mayShipNow),
    buyer: { channelBuyerNo: textOrNull(detail.doudian_open_id), nick: '' },
    buyerNote: textOrNull(detail.buyer_words),
    sellerRemark: textOrNull(detail.seller_words),
    flag: flagOf(detail),
    receiver: receiverOf(detail),
    lines,
    shipments: parcels.map(shipmentOf),
    remainingToShip: statusFacts[status.status].shippable ? lines.flatMap(remainderOf) : [],
    promotions: [],
    invoice: null,
    warnings: [
      ...status.warnings,
      ...(isMismatch ? ['amount-mismatch'] : []),
      ...strangeWords(detail, cases).map((word) => `unknown-refund-status:${word}`),
      ...unknownFields(Detail, detail, 'order').map((field) => `unknown-field:${field}`),
    ],
  }
}

function timesOf(detail: Detail) {
  const createdAt = isoOrNull(detail.create_time)
  if (createdAt === null) throw new RangeError('create_time is absent')
  return {
    createdAt,
    paidAt: isoOrNull(detail.pay_time),
    modifiedAt: isoOrNull(detail.update_time) ?? createdAt,
    shipBy: isoOrNull(detail.exp_ship_time),
  }
}

interface Settling {
  readonly status: ChannelOrder['status']
  readonly cases: readonly AfterSale[]
  readonly isGivenBack: boolean
  readonly paidTotalFen: number
}

/**
 * What after-sales make of the order, and whether its lines may leave: an open one keeps all of it here. The sum of the after-sales is
 * what came back; without them that of the lines, or everything where the order says so.
 */
function settledOf(bare: readonly ChannelLine[], { status, cases, isGivenBack: isAllBack, paidTotalFen }: Settling) {
  const states = [...bare.map((line) => line.refundState), ...cases.map(caseStateOf)]
  const mayShip = statusFacts[status].shippable && !states.some(isOpen)
  const byLines = isAllBack ? paidTotalFen : sumFen(bare.map((line) => line.refundedFen))
  const refundedFen = cases.length > 0 ? sumFen(cases.map(refundedFenOf)) : byLines
  return {
    lines: bare.map((line) => ({ ...line, mayShipNow: mayShip && leftOf(line) > 0 })),
    refundedFen,
    orderRefundState: orderRefundStateOf(states, { refundedFen, paidTotalFen }),
  }
}

interface LineContext {
  readonly parcels: readonly Parcel[]
  readonly status: ChannelOrder['status']
  readonly refund: LineRefund
}

function lineOf(money: LineMoney, { parcels, status, refund }: LineContext): ChannelLine {
  const { row, quantity, listFen, paidFen, unitPaidFen } = money
  const channelLineNo = textOf(row.order_id)
  const own = parcels
    .map((parcel) => ({ ...parcel, lines: parcel.lines.filter((line) => line.channelLineNo === channelLineNo) }))
    .filter(({ lines }) => lines.length > 0)
  return {
    channelLineNo,
    channelItemNo: textOf(row.product_id_str) || textOf(row.product_id),
    channelSkuNo: textOf(row.sku_id),
    merchantCode: textOrNull(row.code),
    title: textOf(row.product_name),
    specification: specificationOf(row.spec ?? []),
    imageUrl: null,
    quantity,
    isGift: textOf(row.given_product_type) === 'FREE',
    listFen,
    paidFen,
    unitPaidFen,
    lineStatus: textOf(row.order_status),
    ...refund,
    shippedQuantity: shippedOf(money, { parcels, status, refund }),
    shipments: own.map(shipmentOf),
    mayShipNow: false,
    components: componentsOf(row),
  }
}

/** By the parcels; where none of them says what is in it, a shipped order has sent all that was not paid back. */
function shippedOf({ row, quantity }: LineMoney, { parcels, status, refund }: LineContext): number {
  const namesGoods = parcels.some(({ lines }) => lines.length > 0)
  if (namesGoods) return Math.min(quantity, sentPieces(parcels, textOf(row.order_id)))
  return status === 'shipped' || status === 'completed' ? quantity - refund.refundedQuantity : 0
}

/** Pieces in all of each part [assumed]. Source: douyin.md 4 [doc]. */
function componentsOf({ bundle_sku_info }: SkuOrder): ChannelLine['components'] {
  return (bundle_sku_info ?? []).map(({ sku_id, code, item_num }) => ({
    channelSkuNo: textOf(sku_id),
    merchantCode: textOrNull(code),
    quantity: piecesOf(item_num),
  }))
}

/** Pieces of a line neither sent nor paid back. */
function leftOf(line: ChannelLine): number {
  return line.quantity - line.shippedQuantity - line.refundedQuantity
}

function remainderOf(line: ChannelLine) {
  const quantity = leftOf(line)
  return quantity > 0 ? [{ channelSkuNo: line.channelSkuNo, quantity }] : []
}

/** Grey is 0 and stands at every order that nobody marked, so it is no flag [assumed]. Source: douyin.md 4 [doc]. */
function flagOf({ seller_remark_stars }: Detail): string | null {
  const flag = textOf(seller_remark_stars)
  return flag === '' || flag === '0' ? null : flag
}
