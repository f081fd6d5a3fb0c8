import type { ChannelLine, ChannelOrder, Promotion } from '../../../core/channel/shapes.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { readCipher } from './cipher.ts'
import { fenOf, isGift, type LineMoney, moneyOf, quantityOf } from './money.ts'
import { type Parcels, parcelsOf } from './parcels.ts'
import { isoOrNull, numberOrNull, OrderInfo, type Records, textOf, textOrNull } from './payload.ts'
import { receiverOf } from './receiver.ts'
import { type LineRefund, refundOf } from './refunds.ts'
import { withoutStamp } from './remark-text.ts'
import { type OrderStatus, statusOf } from './status.ts'

export const nothingBack: Records = { applications: [], services: [], results: [] }

/** Kept and sent by the platform's own warehouses. Source: jd.md 6.4 [rule]. */
const platformStores: ReadonlySet<string> = new Set(['京仓订单', '云仓订单'])
const serviceOrder = '75'
const cashOnDelivery = '1'

/**
 * An order in our words. `records` are its refund applications and service orders as far as they are known. Pure. Throws RangeError where an
 * amount, a time or a quantity is none. Source: jd.md 6 to 7, 10 [rule].
 */
export function toOrder(info: OrderInfo, records: Records = nothingBack): ChannelOrder {
  const status = statusOf(info)
  const { lines: lineMoney, isMismatch, ...money } = moneyOf(info, status)
  const refund = refundOf(lineMoney, recordsOf(info, records), money.paidTotalFen)
  const parcels = parcelsOf(info, lineMoney)
  const holds = holdsOf(info)
  const mayShip = statusFacts[status.status].shippable && holds.length === 0 && !refund.isAskedBack
  const lines = lineMoney.map((line, index) =>
    lineOf(line, { info, mayShip, parts: parcels.lines[index]!, refund: refund.lines[index]! }),
  )
  const createdAt = isoOrNull(info.orderStartTime)
  if (createdAt === null) throw new RangeError('orderStartTime is absent')

  return {
    channel: 'jd',
    channelOrderNo: textOf(info.orderId),
    channelStatus: textOf(info.orderState),
    status: status.status,
    createdAt,
    paidAt: isoOrNull(info.paymentConfirmTime),
    modifiedAt: isoOrNull(info.modified) ?? createdAt,
    shipBy: null,
    currency: 'CNY',
    ...money,
    refundedFen: refund.refundedFen,
    orderRefundState: refund.orderRefundState,
    isCod: isCod(info),
    cancelRequested: refund.isAskedBack || textOf(info.orderState) === 'LOCKED',
    mayShipNow: lines.some((line) => line.mayShipNow),
    buyer: { channelBuyerNo: textOrNull(info.open_id_buyer) ?? textOrNull(info.xid_buyer), nick: nickOf(info) },
    buyerNote: textOrNull(info.orderRemark),
    sellerRemark: withoutStamp(textOf(info.venderRemark)) || null,
    flag: textOrNull(info.venderRemarkFlagAlias) ?? textOrNull(info.venderRemarkLevelFlag),
    receiver: receiverOf(info.consigneeInfo),
    lines,
    shipments: [...parcels.shipments],
    remainingToShip: statusFacts[status.status].shippable && holds.length === 0 ? lines.flatMap(remainderOf) : [],
    promotions: promotionsOf(info, lineMoney),
    invoice: invoiceOf(info),
    warnings: [
      ...statusWarnings(info, status),
      ...(isMismatch ? ['amount-mismatch'] : []),
      ...holds,
      ...refund.warnings,
      ...fieldWarnings(info),
    ],
  }
}

/** What is known of other orders is not this one's. */
function recordsOf(info: OrderInfo, { applications, services, results }: Records): Records {
  const isOwn = (row: { readonly orderId?: string | number | null | undefined }) =>
    textOf(row.orderId) === textOf(info.orderId)
  return {
    applications: applications.filter(isOwn),
    services: services === null ? null : services.filter(isOwn),
    results: results.filter((row) => isOwn(row.sameOrderServiceBill ?? {})),
  }
}

/** What is not ours to send: goods in the platform's warehouses, and services. Source: jd.md 1, 6.3, 6.4 [rule]. */
function holdsOf(info: OrderInfo): string[] {
  const isService = textOf(info.orderType) === serviceOrder || textOf(info.orderState) === 'WAIT_SEND_CODE'
  return [
    ...(platformStores.has(textOf(info.storeOrder)) ? ['fulfilled-by-platform'] : []),
    ...(isService ? ['not-physical'] : []),
  ]
}

interface LineContext {
  readonly info: OrderInfo
  readonly mayShip: boolean
  readonly parts: Parcels['lines'][number]
  readonly refund: LineRefund
}

function lineOf({ item, ...money }: LineMoney, { info, mayShip, parts, refund }: LineContext): ChannelLine {
  const quantity = quantityOf(item)
  return {
    channelItemNo: textOf(item.wareId),
    channelSkuNo: textOf(item.skuId),
    merchantCode: textOrNull(item.outerSkuId),
    title: textOf(item.skuName),
    specification: '',
    imageUrl: null,
    quantity,
    isGift: isGift(item),
    ...money,
    lineStatus: textOf(info.orderState),
    ...refund,
    ...parts,
    mayShipNow: mayShip && quantity > parts.shippedQuantity + refund.refundedQuantity,
    components: [],
  }
}

function remainderOf({ channelSkuNo, quantity, shippedQuantity, refundedQuantity }: ChannelLine) {
  const left = quantity - shippedQuantity - refundedQuantity
  return left > 0 ? [{ channelSkuNo, quantity: left }] : []
}

/** `1-货到付款`. Source: jd.md 6.4 [doc G]. */
function isCod(info: OrderInfo): boolean {
  return textOf(info.payType).split('-')[0] === cashOnDelivery
}

/** The account's name is a pseudonym, or ciphertext, which says nothing to anybody. Source: jd.md 7. */
function nickOf(info: OrderInfo): string {
  const pin = textOf(info.pin)
  return readCipher(pin) === null ? pin : ''
}

/** Source: jd.md 6.4 [doc G]: only those of a single item name their SKU. */
function promotionsOf(info: OrderInfo, lines: readonly LineMoney[]): Promotion[] {
  const lineNos = new Map(lines.toReversed().map((line) => [textOf(line.item.skuId), line.channelLineNo]))
  return (info.couponDetailList ?? []).map((coupon) => ({
    name: textOf(coupon.couponType).replace(/^\d+-/, ''),
    discountFen: fenOf(coupon.couponPrice),
    channelLineNo: lineNos.get(textOf(coupon.skuId)) ?? null,
    gift: null,
  }))
}

/** 0 is none. That `invoiceCode` is the buyer's tax number is [assumed]. Source: jd.md 6.4 [doc G]. */
function invoiceOf({ invoiceEasyInfo }: OrderInfo): ChannelOrder['invoice'] {
  const kind = numberOrNull(invoiceEasyInfo?.invoiceType)
  if (kind === null) return null
  return { kind, title: textOf(invoiceEasyInfo?.invoiceTitle), taxNo: textOrNull(invoiceEasyInfo?.invoiceCode) }
}

function statusWarnings(info: OrderInfo, { status, isPaid, warning }: OrderStatus): string[] {
  const lacksPayment = statusFacts[status].paid && status !== 'on-hold' && !isPaid && !isCod(info)
  return [...(warning === null ? [] : [warning]), ...(lacksPayment ? ['missing-field:order.paymentConfirmTime'] : [])]
}

/** A child names its parent, to which nothing is sent. Fields nobody has told us about are named. Source: jd.md 6.3, 6.4. */
function fieldWarnings(info: OrderInfo): string[] {
  const parent = numberOrNull(info.parentOrderId) ?? numberOrNull(info.directParentOrderId)
  return [
    ...(parent === null ? [] : [`split-from:${parent}`]),
    ...unknownFields(OrderInfo, info, 'order').map((path) => `unknown-field:${path}`),
  ]
}
