import { yuan } from './money.ts'
import { barcodeOf, imageOf } from './order-fields.ts'
import { type AfterSale, type CaseLine, type Express, isOpen, variantsOf } from './state.ts'

/** Where returned goods go; the shop has this one address. Invented. */
export const returnAddress = {
  sellerAddressRecordId: 105_380,
  province: '浙江省',
  city: '嘉兴市',
  county: '南湖区',
  town: '',
  street: '虚构工业园 9 栋',
  phone: '17000000099',
  name: '售后仓',
  fullAddress: '浙江省嘉兴市南湖区虚构工业园 9 栋',
} as const

/** A row of `afterSale.listAfterSaleInfos`. Money in yuan, times in ms. Source: xiaohongshu.md 10 [doc]. */
export function caseRow(one: AfterSale) {
  return {
    returnsId: one.returnsId,
    returnType: one.type,
    reasonId: one.reasonId,
    reasonNameZh: one.reasonName,
    status: one.status,
    userId: one.order.userId,
    orderId: one.order.orderId,
    applyTime: one.createdAt,
    updatedAt: one.updatedAt,
    expireTime: one.expireAt,
    desc: one.description,
    returnsTag: one.type === 5 ? 1 : 0,
    expectedRefundAmountYuan: yuan(goodsFen(one) + one.freightFen),
  }
}

/** `data` of `afterSale.getAfterSaleInfo`. Source: xiaohongshu.md 10 [doc]. */
export function caseDetail(one: AfterSale) {
  return {
    afterSaleInfo: {
      ...caseRow(one),
      returnAddress: addressOf(one),
      proofPhotos: [],
      supportCarriageInsurance: false,
      openAddressId: one.order.openAddressId,
      skus: one.lines.map(skuFields),
      exchangeSKUs: one.type === 2 ? one.lines.map(skuFields) : [],
      closeReasonZh: one.closeReason,
      appliedShipFeeAmountYuan: yuan(one.freightFen),
      appliedSkusAmountYuan: yuan(goodsFen(one)),
      refundAmountYuan: yuan(one.refundedFen),
      refundStatus: refundStatusOf(one),
      cargoStatus: one.type === 4 ? 2 : 0,
      refundTime: one.refundedAt,
    },
    logisticsInfo: {
      afterSale: expressOf(one.returned),
      exchange: expressOf(one.exchanged),
      order: parcelOf(one),
    },
    negotiateRecords: [],
  }
}

function goodsFen({ lines }: AfterSale): number {
  return lines.reduce((all, { amountFen }) => all + amountFen, 0)
}

function skuFields({ line, count, amountFen }: CaseLine) {
  const { sku } = line
  return {
    skuId: sku.skuId,
    skuName: line.skuName,
    image: imageOf(sku),
    price: yuan(line.priceFen),
    boughtCount: line.quantity,
    appliedCount: count,
    appliedTotalAmountYuan: yuan(amountFen),
    scskucode: barcodeOf(sku),
    barcode: barcodeOf(sku),
    variants: variantsOf(sku.specification),
    skuERPCode: line.merchantCode,
  }
}

/** Known as soon as the goods are to come back. */
function addressOf({ type, status }: AfterSale) {
  const isAgreed = (type === 1 || type === 2) && ![1, 5, 6, 9].includes(status)
  const { sellerAddressRecordId: _, ...address } = returnAddress
  return isAgreed ? address : {}
}

/** Source: xiaohongshu.md 7 [doc]; which goes with which status is [assumed]. */
function refundStatusOf(one: AfterSale): number {
  if (one.status === 4) return one.type === 2 ? 301 : 2
  if (one.status === 9 || one.status === 9001) return 302
  if (one.status === 5) return 401
  if (one.status === 6) return 402
  return isOpen(one) && one.status === 1 ? 201 : 301
}

function expressOf(express: Express | null) {
  if (express === null) return {}
  return {
    expressNo: express.waybillNo,
    expressCompanyCode: express.carrierCode,
    expressCompanyName: express.carrierName,
    fillExpressNoTime: express.at,
    expressSignTime: 0,
  }
}

/** The parcel in which the first of the goods left. */
function parcelOf({ order, lines }: AfterSale) {
  const parcel = order.parcels.find((one) => one.lines.some((line) => line === lines[0]?.line))
  if (parcel === undefined) return {}
  return {
    expressNo: parcel.waybillNo,
    expressCompanyCode: parcel.carrierCode,
    expressCompanyName: parcel.carrierName,
  }
}
