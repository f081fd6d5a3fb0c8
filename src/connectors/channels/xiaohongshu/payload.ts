import { z } from 'zod'
import { type Fen, fen, parseYuan } from '../../../core/money/fen.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'

/** Text, or a number that fits; numbers beyond 2^53 come as text from the lossless parser. Absent and null are the same. */
const word = z.union([z.string(), z.number()]).nullish()
const truth = z.boolean().nullish()
const words = z.array(z.union([z.string(), z.number()]).transform(String)).nullish()
/** Named by the sheet or its samples, and of no use here. What is in neither is told once as `unknown-field:…`. */
const unused = z.unknown().optional()

/** What a line is made of: itself, or the parts of a bundle. Amounts per piece are rounded and never used. Source: xiaohongshu.md 6 [doc]. */
const PartRow = z.looseObject({
  skuId: word,
  erpCode: word,
  quantity: word,
  skuName: unused,
  barcode: unused,
  scSkuCode: unused,
  registerName: unused,
  pricePerSku: unused,
  rawPricePerSku: unused,
  paidAmountPerSku: unused,
  taxPerSku: unused,
  depositAmountPerSku: unused,
  merchantDiscountPerSku: unused,
  redDiscountPerSku: unused,
})

/** One SKU of an order; amounts are fen for the whole line. Source: xiaohongshu.md 6 [doc]. */
export const SkuRow = z.looseObject({
  skuId: word,
  itemId: word,
  skuName: word,
  itemName: word,
  skuSpec: word,
  skuImage: word,
  erpcode: word,
  skuQuantity: word,
  totalPaidAmount: word,
  totalMerchantDiscount: word,
  totalRedDiscount: word,
  skuTag: word,
  skuAfterSaleStatus: word,
  skuDetailList: z.array(PartRow).nullish(),
  totalTaxAmount: unused,
  totalNetWeight: unused,
  isChannel: unused,
  deliveryMode: unused,
  kolId: unused,
  kolName: unused,
  skuIdentifyCodeInfo: unused,
})
export type SkuRow = z.infer<typeof SkuRow>

/** A parcel as the order tells it. Both lists hold SKU numbers. Source: xiaohongshu.md 6 [doc, sdk]. */
const ParcelRow = z.looseObject({
  deliveryOrderIndex: word,
  status: word,
  expressTrackingNo: word,
  expressCompanyCode: word,
  skuIdList: words,
  itemIdList: words,
})
export type ParcelRow = z.infer<typeof ParcelRow>

/** An order, whole or as a list row, which has neither lines nor amounts. Source: xiaohongshu.md 5, 6 [doc]. */
export const Detail = z.looseObject({
  orderId: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
  orderType: word,
  orderStatus: word,
  orderAfterSalesStatus: word,
  cancelStatus: word,
  createdTime: word,
  paidTime: word,
  updateTime: word,
  deliveryTime: word,
  finishTime: word,
  promiseLastDeliveryTime: word,
  presaleDeliveryStartTime: word,
  receiverProvinceName: word,
  receiverCityName: word,
  receiverDistrictName: word,
  receiverTownName: word,
  receiverName: word,
  receiverPhone: word,
  receiverAddress: word,
  openAddressId: word,
  customerRemark: word,
  sellerRemark: word,
  sellerRemarkFlag: word,
  totalPayAmount: word,
  totalShippingFree: word,
  totalMerchantDiscount: word,
  totalRedDiscount: word,
  merchantActualReceiveAmount: word,
  skuList: z.array(SkuRow).nullish(),
  expressTrackingNo: word,
  expressCompanyCode: word,
  simpleDeliveryOrderList: z.array(ParcelRow).nullish(),
  originalOrderId: word,
  userId: word,
  cancelTime: unused,
  presaleDeliveryEndTime: unused,
  planInfoId: unused,
  planInfoName: unused,
  receiverCountryId: unused,
  receiverCountryName: unused,
  receiverProvinceId: unused,
  receiverCityId: unused,
  receiverDistrictId: unused,
  totalDepositAmount: unused,
  totalChangePriceAmount: unused,
  totalTaxAmount: unused,
  outPromotionAmount: unused,
  outTradeNo: unused,
  paymentType: unused,
  unpack: unused,
  orderTagList: unused,
  logistics: unused,
  logisticsMode: unused,
  whcode: unused,
  shopId: unused,
  shopName: unused,
  boundExtendInfo: unused,
  transferExtendInfo: unused,
  customsCode: unused,
  subsidySupplierId: unused,
  subsidySupplierName: unused,
  subsidyWpServiceCode: unused,
  subsidySkuIdentifyCodeRequiredInfo: unused,
  totalNetWeightAmount: unused,
})
export type Detail = z.infer<typeof Detail>

/** A row of `order.getOrderReceiverInfo`. With `matched` false nothing else is there. Source: xiaohongshu.md 8 [doc]. */
export const ReceiverRow = z.looseObject({
  orderId: word,
  matched: truth,
  receiverProvinceName: word,
  receiverCityName: word,
  receiverDistrictName: word,
  receiverTownName: word,
  receiverName: word,
  receiverPhone: word,
  receiverAddress: word,
})
export type ReceiverRow = z.infer<typeof ReceiverRow>

/** One SKU of an after-sale. Amounts are yuan. Source: xiaohongshu.md 10 [doc]. */
const CaseSku = z.looseObject({ skuId: word, appliedCount: word, appliedTotalAmountYuan: word })

/** An after-sale (售后单), whole or as a list row, which has no SKUs. Amounts are yuan, times ms. Source: xiaohongshu.md 10 [doc]. */
export const AfterSale = z.looseObject({
  returnsId: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
  orderId: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
  returnType: word,
  status: word,
  reasonNameZh: word,
  applyTime: word,
  updatedAt: word,
  expectedRefundAmountYuan: word,
  refundAmountYuan: word,
  appliedShipFeeAmountYuan: word,
  skus: z.array(CaseSku).nullish(),
})
export type AfterSale = z.infer<typeof AfterSale>

type Word = string | number | null | undefined

/** Text of a field; empty where it is absent. */
export function textOf(value: Word): string {
  return value === null || value === undefined ? '' : String(value)
}

/** Text of a field, null where it is absent or empty. */
export function textOrNull(value: Word): string | null {
  return textOf(value) || null
}

/** Whole fen as orders tell them; what is missing is 0. Throws RangeError on anything else. */
export function fenOf(value: Word): Fen {
  const text = textOf(value)
  if (text === '') return fen(0)
  if (!/^-?\d+$/.test(text)) throw new RangeError(`not whole fen: ${text}`)
  return fen(Number(text))
}

/**
 * Yuan as after-sales tell them: JSON numbers, which are doubles already. Two decimals are written out first, so that no product of a
 * double is ever money. What is missing is 0. Throws RangeError on text that is no amount. Source: xiaohongshu.md 10 [doc].
 */
export function yuanOf(value: Word): Fen {
  if (textOf(value) === '') return fen(0)
  return parseYuan(typeof value === 'number' ? value.toFixed(2) : textOf(value))
}

/** A number of pieces, at least 1. Throws RangeError on anything else. */
export function piecesOf(value: Word): number {
  const text = textOf(value)
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new RangeError(`not a number of pieces: ${text}`)
  return Number(text)
}

/** An instant in ms; 0 and absent say that it did not happen. Throws RangeError on anything else. */
export function instantOrNull(value: Word): Instant | null {
  const text = textOf(value)
  if (text === '' || text === '0') return null
  if (!/^\d{1,15}$/.test(text)) throw new RangeError(`not an instant: ${text}`)
  return Number(text)
}

export function isoOrNull(value: Word): string | null {
  const at = instantOrNull(value)
  return at === null ? null : isoText(at)
}

/** The platform leaves the scheme of its pictures out: `//qimg…`. Source: xiaohongshu.md 6 [sdk]. */
export function imageUrlOf(value: Word): string | null {
  const url = textOf(value)
  if (url === '') return null
  return url.startsWith('//') ? `https:${url}` : url
}
