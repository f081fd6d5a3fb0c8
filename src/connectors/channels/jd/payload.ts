import { z } from 'zod'
import { type Instant, isoText, parseBeijing } from '../../../core/time/instant.ts'
import { parseJson } from '../../../kit/json.ts'

/** Text, or a number that fits; numbers beyond 2^53 come as text from the lossless parser. Absent and null are the same. */
const word = z.union([z.string(), z.number()]).nullish()
/** A field the sheet names and this connector has no use for. */
const ignored = z.unknown().optional()

const ItemRow = z.looseObject({
  skuId: word,
  outerSkuId: word,
  skuName: word,
  jdPrice: word,
  itemTotal: word,
  wareId: word,
  giftPoint: ignored,
  productNo: ignored,
  serviceName: ignored,
  newStoreId: ignored,
})
export type ItemRow = z.infer<typeof ItemRow>

const CouponRow = z.looseObject({ orderId: ignored, skuId: word, couponType: word, couponPrice: word })
export type CouponRow = z.infer<typeof CouponRow>

const Consignee = z.looseObject({
  fullname: word,
  mobile: word,
  telephone: word,
  fullAddress: word,
  encrypt_fullname: word,
  encrypt_mobile: word,
  encrypt_telephone: word,
  encrypt_fullAddress: word,
  desen_mobile: word,
  desen_telephone: word,
  oaid: word,
  province: word,
  city: word,
  county: word,
  town: word,
  provinceId: ignored,
  cityId: ignored,
  countyId: ignored,
  townId: ignored,
})
export type Consignee = z.infer<typeof Consignee>

const PartialSkus = z.array(z.looseObject({ skuId: word, num: word }))

/** What left with one partial shipment. The rows of `skus` are [assumed]; as text they are read as JSON. Source: jd.md 6.4 [doc G]. */
const PartialRow = z.looseObject({
  logicId: word,
  waybillId: word,
  skus: z
    .union([z.string(), PartialSkus])
    .nullish()
    .transform((skus) => (typeof skus === 'string' ? skusIn(skus) : (skus ?? []))),
  shipmentId: ignored,
  packageNum: ignored,
  shipmentTime: ignored,
  shipmentModifyTime: ignored,
})

function skusIn(text: string): z.infer<typeof PartialSkus> {
  if (text.trim() === '') return []
  try {
    return PartialSkus.parse(parseJson(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new RangeError('skus is no JSON', { cause: error })
    throw error
  }
}

const EasyInvoice = z.looseObject({
  invoiceType: word,
  invoiceTitle: word,
  invoiceCode: word,
  invoiceContentId: ignored,
  invoiceConsigneeEmail: ignored,
  invoiceConsigneePhone: ignored,
})

/** An order (订单). Every field is text. Source: jd.md 6.1, 6.4 [doc G, D2]. */
export const OrderInfo = z.looseObject({
  orderId: word,
  orderState: word,
  orderType: word,
  payType: word,
  orderStartTime: word,
  paymentConfirmTime: word,
  modified: word,
  freightPrice: word,
  serviceFee: word,
  taxFee: word,
  balanceUsed: word,
  orderPayment: word,
  shouldPay: word,
  actualPay: word,
  orderSellerPrice: word,
  totalSellerReceivable: word,
  orderRemark: word,
  venderRemark: word,
  venderRemarkFlagAlias: word,
  venderRemarkLevelFlag: word,
  pin: word,
  open_id_buyer: word,
  xid_buyer: word,
  waybill: word,
  logisticsId: word,
  parentOrderId: word,
  directParentOrderId: word,
  storeOrder: word,
  invoiceEasyInfo: EasyInvoice.nullish(),
  consigneeInfo: Consignee.nullish(),
  itemInfoList: z.array(ItemRow).nullish(),
  couponDetailList: z.array(CouponRow).nullish(),
  partialLogisticsInfoModel: z.array(PartialRow).nullish(),
  venderId: ignored,
  orderStateRemark: ignored,
  orderEndTime: ignored,
  orderTotalPrice: ignored,
  sellerDiscount: ignored,
  payDiscount: ignored,
  totalOriginalPrice: ignored,
  totalSellerDiscount: ignored,
  deliveryType: ignored,
  invoiceInfo: ignored,
  invoiceCode: ignored,
  vatInfo: ignored,
  realPin: ignored,
  returnOrder: ignored,
  orderSource: ignored,
  idSopShipmenttype: ignored,
  scDT: ignored,
  storeId: ignored,
  sendpayMap: ignored,
  pauseBizInfo: ignored,
  orderMarkDesc: ignored,
})
export type OrderInfo = z.infer<typeof OrderInfo>

/** An application for a refund before shipping (退款申请). Source: jd.md 10.1 [sdk Q]. */
export const ApplicationRow = z.looseObject({
  id: word,
  orderId: word,
  applyTime: word,
  applyRefundSum: word,
  status: word,
  checkTime: word,
  reason: word,
  systemId: word,
  modified: word,
})
export type ApplicationRow = z.infer<typeof ApplicationRow>

/** A service order after shipping (售后服务单). Source: jd.md 10.2 [sdk Q]. */
export const ServiceRow = z.looseObject({
  serviceId: word,
  orderId: word,
  applyTime: word,
  customerExpect: word,
  customerExpectName: word,
  serviceStatus: word,
  actualPayPrice: word,
  skuId: word,
  approveResult: word,
  processResult: word,
  serviceCount: word,
  updateDate: word,
})
export type ServiceRow = z.infer<typeof ServiceRow>

/** What was paid out for a service order. Source: jd.md 10.2 [doc G]. */
export const ResultRow = z.looseObject({
  afsRefundId: word,
  refoundAmount: word,
  status: word,
  sameOrderServiceBill: z.looseObject({ serviceId: word, orderId: word }).nullish(),
})
export type ResultRow = z.infer<typeof ResultRow>

/** Everything known of what goes back to the buyer of an order. `services` is null where the app may not look at them. */
export interface Records {
  readonly applications: readonly ApplicationRow[]
  readonly services: readonly ServiceRow[] | null
  readonly results: readonly ResultRow[]
}

type Word = string | number | null | undefined

/** Text of a field; empty where it is absent. */
export function textOf(value: Word): string {
  return value === null || value === undefined ? '' : String(value)
}

/** Text of a field, null where it is absent or empty. */
export function textOrNull(value: Word): string | null {
  return textOf(value) || null
}

/** An outside number, null where there is none, which the platform also writes as 0. */
export function numberOrNull(value: Word): string | null {
  const text = textOf(value)
  return text === '' || text === '0' ? null : text
}

/** Empty, or one of the two dates that mean "none". Source: jd.md 1 [doc G]. */
export function isNoTime(text: string): boolean {
  return text.trim() === '' || text.startsWith('0001') || text.startsWith('1970-01-01 00:00:00')
}

/** A time of the platform, Beijing text or epoch ms; null where it means none. Throws RangeError on other text. */
export function momentOrNull(value: Word): Instant | null {
  const text = textOf(value)
  if (isNoTime(text)) return null
  return /^\d{12,14}$/.test(text) ? Number(text) : parseBeijing(text)
}

/** The same as ISO text. */
export function isoOrNull(value: Word): string | null {
  const at = momentOrNull(value)
  return at === null ? null : isoText(at)
}
