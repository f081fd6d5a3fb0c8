import type { ChannelLine, ChannelOrder } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import { sumFen } from '../../../core/money/fen.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { type LineMoney, moneyOf } from './money.ts'
import { type Parcel, parcelsOf, shipmentsOf } from './parcels.ts'
import {
  type AfterSale,
  Detail,
  imageUrlOf,
  instantOrNull,
  isoOrNull,
  type SkuRow,
  textOf,
  textOrNull,
} from './payload.ts'
import { isOutdated, receiverOf, type ToldReceiver } from './receiver.ts'
import { lineRefundOf, refundedFenOf } from './refunds.ts'
import {
  caseStateOf,
  isExchangeOrder,
  isKnownCaseStatus,
  isKnownLineRefund,
  isOpen,
  lineRefundStateOf,
  orderRefundStateOf,
  statusOf,
} from './status.ts'

/** What further calls told of an order. */
export interface Told {
  readonly cases?: readonly AfterSale[]
  readonly receiver?: ToldReceiver
  /** The moment of asking; a presale that has not begun by then must not leave. The order's own last change where nothing is given. */
  readonly at?: Instant
}

/**
 * An order in our words. Pure. Throws RangeError where an amount, a time or a quantity is none. A list row gives an order without
 * lines and amounts. Source: xiaohongshu.md 6, 7, 13 [rule].
 */
export function toOrder(detail: Detail, told: Told = {}): ChannelOrder {
  const cases = (told.cases ?? []).filter(({ orderId }) => orderId === detail.orderId)
  const status = statusOf(detail)
  const { lines: lineMoney, isMismatch, ...money } = moneyOf(detail, status)
  const parcels = parcelsOf(detail)
  const times = timesOf(detail)
  const notBefore = notBeforeOf(detail, told.at ?? Date.parse(times.modifiedAt))
  const hasMoved = isOutdated(told.receiver?.row ?? null)
  const isStopped = isCancelRequested(detail) || notBefore !== null || hasMoved
  const { lines, ...refund } = settledOf(
    lineMoney.map((line) => lineOf(line, { detail, parcels, cases })),
    { detail, cases, status: status.status, isStopped, paidTotalFen: money.paidTotalFen },
  )
  return {
    channel: 'xiaohongshu',
    channelOrderNo: detail.orderId,
    channelStatus: textOf(detail.orderStatus),
    status: status.status,
    ...times,
    currency: 'CNY',
    ...money,
    extraFen: 0,
    ...refund,
    isCod: false,
    cancelRequested: isCancelRequested(detail),
    mayShipNow: lines.some((line) => line.mayShipNow),
    buyer: { channelBuyerNo: textOrNull(detail.userId), nick: '' },
    buyerNote: textOrNull(detail.customerRemark),
    sellerRemark: textOrNull(detail.sellerRemark),
    flag: flagOf(detail),
    receiver: receiverOf(detail, told.receiver ?? { row: null }),
    lines,
    shipments: shipmentsOf(parcels, lineMoney),
    remainingToShip: statusFacts[status.status].shippable ? lines.flatMap(remainderOf) : [],
    promotions: [],
    invoice: null,
    warnings: [
      ...status.warnings,
      ...(isMismatch ? ['amount-mismatch'] : []),
      ...(notBefore === null ? [] : [`not-before:${notBefore}`]),
      ...(isExchangeOrder(detail) ? [`exchange-order:${textOf(detail.originalOrderId)}`] : []),
      ...(hasMoved ? ['receiver-outdated'] : []),
      ...refundWarnings(detail, cases),
      ...unknownFields(Detail, detail, 'order').map((field) => `unknown-field:${field}`),
    ],
  }
}

function timesOf(detail: Detail) {
  const createdAt = isoOrNull(detail.createdTime)
  if (createdAt === null) throw new RangeError('createdTime is absent')
  return {
    createdAt,
    paidAt: isoOrNull(detail.paidTime),
    modifiedAt: isoOrNull(detail.updateTime) ?? createdAt,
    shipBy: isoOrNull(detail.promiseLastDeliveryTime),
  }
}

interface Stage {
  readonly detail: Detail
  readonly cases: readonly AfterSale[]
  readonly status: ChannelOrder['status']
  /** The buyer wants to cancel, the presale has not begun, or the address is changing. */
  readonly isStopped: boolean
  readonly paidTotalFen: number
}

/**
 * What after-sales make of the order, and whether its lines may leave: an open one keeps all of it here, since shipping the order refuses
 * a refund before shipping. Source: xiaohongshu.md 9 [doc], 13 [rule].
 */
function settledOf(bare: readonly ChannelLine[], { detail, cases, status, isStopped, paidTotalFen }: Stage) {
  const states = [...bare.map((line) => line.refundState), ...cases.map(caseStateOf), ...stateOfOrder(detail, cases)]
  const mayShip = statusFacts[status].shippable && !isStopped && !states.some(isOpen)
  const refundedFen = sumFen(cases.length > 0 ? cases.map(refundedFenOf) : bare.map((line) => line.refundedFen))
  return {
    lines: bare.map((line) => ({ ...line, mayShipNow: mayShip && leftOf(line) > 0 })),
    refundedFen,
    orderRefundState: orderRefundStateOf(states, { refundedFen, paidTotalFen }),
  }
}

/** 1: the buyer asked and is not answered yet. Source: xiaohongshu.md 6 [doc]. */
function isCancelRequested({ cancelStatus }: Detail): boolean {
  return textOf(cancelStatus) === '1'
}

interface LineContext {
  readonly detail: Detail
  readonly parcels: readonly Parcel[]
  readonly cases: readonly AfterSale[]
}

function lineOf(money: LineMoney, { detail, parcels, cases }: LineContext): ChannelLine {
  const { row, quantity, listFen, paidFen, unitPaidFen } = money
  const channelSkuNo = textOf(row.skuId)
  const own = parcels.filter(({ skuNos }) => skuNos.has(channelSkuNo))
  return {
    channelLineNo: lineNoOf(row, detail),
    channelItemNo: textOf(row.itemId),
    channelSkuNo,
    merchantCode: merchantCodeOf(row),
    title: textOf(row.itemName) || textOf(row.skuName),
    specification: textOf(row.skuSpec),
    imageUrl: imageUrlOf(row.skuImage),
    quantity,
    isGift: isGift(row),
    listFen,
    paidFen,
    unitPaidFen,
    lineStatus: own.map(({ status }) => status).find((status) => status !== '') ?? textOf(detail.orderStatus),
    ...lineRefundOf(money, answersFor(row, detail) ? cases : []),
    shippedQuantity: own.some(({ hasLeft }) => hasLeft) ? quantity : 0,
    shipments: shipmentsOf(own, [money]),
    mayShipNow: false,
    components: componentsOf(row),
  }
}

/**
 * The platform has no numbers for lines and adds up the pieces of a SKU, so the SKU's number is that of its line. Where a gift repeats
 * what was bought, the bought one keeps it and is the one that after-sales are about.
 */
function lineNoOf(row: SkuRow, { skuList }: Detail): string {
  const alike = (skuList ?? []).filter((each) => textOf(each.skuId) === textOf(row.skuId))
  return row === ownerOf(alike) ? textOf(row.skuId) : `${textOf(row.skuId)}-${alike.indexOf(row) + 1}`
}

function answersFor(row: SkuRow, { skuList }: Detail): boolean {
  return row === ownerOf((skuList ?? []).filter((each) => textOf(each.skuId) === textOf(row.skuId)))
}

function ownerOf(alike: readonly SkuRow[]): SkuRow | undefined {
  return alike.find((row) => !isGift(row)) ?? alike[0]
}

function isGift(row: SkuRow): boolean {
  return textOf(row.skuTag) === '1'
}

/** `erpcode` is absent where it is empty and at bundles; the only part of a plain line repeats it. Source: xiaohongshu.md 13 [rule]. */
function merchantCodeOf(row: SkuRow): string | null {
  const own = textOrNull(row.erpcode)
  return own ?? (isBundle(row) ? null : textOrNull(row.skuDetailList?.[0]?.erpCode))
}

/** Parts that are not the line itself. Source: xiaohongshu.md 13 [rule]. */
function isBundle({ skuDetailList, skuId }: SkuRow): boolean {
  const parts = skuDetailList ?? []
  return parts.length > 1 || parts.some((part) => textOf(part.skuId) !== textOf(skuId))
}

function componentsOf(row: SkuRow): ChannelLine['components'] {
  if (!isBundle(row)) return []
  return (row.skuDetailList ?? []).flatMap(({ skuId, erpCode, quantity }) => {
    const pieces = Number(textOf(quantity))
    return pieces > 0 ? [{ channelSkuNo: textOf(skuId), merchantCode: textOrNull(erpCode), quantity: pieces }] : []
  })
}

/** Pieces of a line neither sent nor paid back. */
function leftOf(line: ChannelLine): number {
  return line.quantity - line.shippedQuantity - line.refundedQuantity
}

function remainderOf(line: ChannelLine) {
  const quantity = leftOf(line)
  return quantity > 0 ? [{ channelSkuNo: line.channelSkuNo, quantity }] : []
}

/** The order's own word tells one state only; after-sales tell more. Source: xiaohongshu.md 7 [doc]. */
function stateOfOrder(detail: Detail, cases: readonly AfterSale[]) {
  const word = textOf(detail.orderAfterSalesStatus)
  return cases.length > 0 && isKnownLineRefund(word) ? [] : [lineRefundStateOf(word)]
}

/** When a presale may leave, as ISO text; null where it may. Source: xiaohongshu.md 6, 13 [doc, rule]. */
function notBeforeOf({ presaleDeliveryStartTime }: Detail, at: Instant): string | null {
  const start = instantOrNull(presaleDeliveryStartTime)
  return start !== null && start > at ? isoText(start) : null
}

/** 0 is no flag. Source: xiaohongshu.md 6 [doc]. */
function flagOf({ sellerRemarkFlag }: Detail): string | null {
  const flag = textOf(sellerRemarkFlag)
  return flag === '' || flag === '0' ? null : flag
}

function refundWarnings(detail: Detail, cases: readonly AfterSale[]): string[] {
  const lineWords = [detail.orderAfterSalesStatus, ...(detail.skuList ?? []).map((row) => row.skuAfterSaleStatus)]
  const unknown = [
    ...lineWords.map(textOf).filter((word) => !isKnownLineRefund(word)),
    ...cases.map(({ status }) => textOf(status)).filter((word) => !isKnownCaseStatus(word)),
  ]
  return [...new Set(unknown)].map((word) => `unknown-refund-status:${word || 'absent'}`)
}
