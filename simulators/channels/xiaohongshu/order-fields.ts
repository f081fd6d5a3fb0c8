import { placeFields } from './buyers.ts'
import { skuNameOf, specOf } from './goods.ts'
import { allocate } from './money.ts'
import { type AfterSale, casesOf, isOpen, type Line, type Order, type Part, type Sku, totalFen } from './state.ts'
import { seller } from './tokens.ts'

const shipWithinMs = 48 * 3_600_000

/** A row of `order.getOrderList`. Source: xiaohongshu.md 5 [doc]. */
export function orderRow(order: Order) {
  const isDue = order.paidAt !== null && order.status <= 5
  return {
    orderId: order.orderId,
    orderType: order.orderType,
    orderStatus: order.status,
    orderAfterSalesStatus: afterSaleStatus(order.cases),
    cancelStatus: order.isCancelAsked ? 1 : 0,
    createdTime: order.createdAt,
    paidTime: order.paidAt ?? 0,
    updateTime: order.updatedAt,
    deliveryTime: order.deliveredAt ?? 0,
    cancelTime: order.cancelledAt ?? 0,
    finishTime: order.finishedAt ?? 0,
    promiseLastDeliveryTime: isDue ? order.presaleTo || (order.paidAt ?? 0) + shipWithinMs : 0,
    planInfoId: '66a1b2c3d4e5f60718290001',
    planInfoName: '包邮模板',
    ...regionFields(order),
    ...(order.note === '' ? {} : { customerRemark: order.note }),
    ...(order.remark === '' ? {} : { sellerRemark: order.remark }),
    sellerRemarkFlag: order.flag,
    logistics: 'red_auto',
    orderTagList: [...order.tags],
  }
}

function regionFields({ receiver }: Order) {
  const { receiverProvinceName, receiverCityName, receiverDistrictName } = placeFields(receiver)
  return {
    receiverCountryId: '',
    receiverCountryName: '中国',
    receiverProvinceId: '',
    receiverProvinceName,
    receiverCityId: '',
    receiverCityName,
    receiverDistrictId: '',
    receiverDistrictName,
  }
}

/** `data` of `order.getOrderDetail`. What is empty is left out, what did not happen is 0. Source: xiaohongshu.md 6 [recorded]. */
export function orderDetail(order: Order) {
  const sum = (of: (line: Line) => number) => order.lines.reduce((all, line) => all + of(line), 0)
  const redDiscount = sum(({ redDiscountFen }) => redDiscountFen)
  const isPaid = order.paidAt !== null || order.isDepositPaid
  const [first] = order.parcels
  const isSent = first !== undefined && order.status >= 6
  return {
    ...orderRow(order),
    presaleDeliveryStartTime: order.presaleFrom,
    presaleDeliveryEndTime: order.presaleTo,
    skuList: order.lines.map((line) => skuFields(order, line)),
    totalNetWeightAmount: 0,
    totalPayAmount: totalFen(order),
    totalShippingFree: order.freightFen,
    unpack: order.isUnpacked,
    ...(isSent ? { expressTrackingNo: first.waybillNo, expressCompanyCode: first.carrierCode } : {}),
    boundExtendInfo: {
      zoneCodes: [],
      productValue: 0,
      payAmount: 0,
      shippingFee: 0,
      discountAmount: 0,
      taxAmount: 0,
    },
    transferExtendInfo: { orderDeclaredAmount: 0 },
    ...(order.needsCodes ? { subsidySkuIdentifyCodeRequiredInfo: codesRequired } : {}),
    openAddressId: order.openAddressId,
    simpleDeliveryOrderList: deliveryOrders(order),
    totalDepositAmount: sum(({ depositFen }) => depositFen),
    totalMerchantDiscount: sum(({ merchantDiscountFen }) => merchantDiscountFen),
    totalRedDiscount: redDiscount,
    // The total already holds the deposit, so it is not added again [assumed reading].
    merchantActualReceiveAmount: totalFen(order) + redDiscount,
    totalChangePriceAmount: 0,
    paymentType: isPaid ? order.paymentType : -1,
    shopId: seller.id,
    shopName: seller.name,
    userId: order.userId,
    logisticsMode: 1,
    outPromotionAmount: 0,
    outTradeNo: isPaid ? order.outTradeNo : '',
  }
}

const codesRequired = { snRequired: true, barCodeRequired: false, imei1Required: false, imei2Required: false }

function skuFields(order: Order, line: Line) {
  const { sku, parts, merchantCode } = line
  return {
    skuId: sku.skuId,
    skuName: line.skuName,
    ...(merchantCode === '' ? {} : { erpcode: merchantCode }),
    skuSpec: specOf(sku.specification),
    skuImage: imageOf(sku),
    skuQuantity: line.quantity,
    skuDetailList: parts.length === 0 ? [detailOf(line, plainPiece(line))] : bundlePieces(line),
    totalPaidAmount: line.paidFen,
    totalMerchantDiscount: line.merchantDiscountFen,
    totalRedDiscount: line.redDiscountFen,
    totalTaxAmount: 0,
    totalNetWeight: 0,
    skuTag: line.isGift ? 1 : 0,
    isChannel: false,
    deliveryMode: 0,
    kolId: line.kol?.id ?? '',
    ...(line.kol === null ? {} : { kolName: line.kol.name }),
    skuAfterSaleStatus: afterSaleStatus(casesOf(order, line)),
    itemId: sku.item.itemId,
    itemName: line.title,
  }
}

/** A component of a line with its share of the line's money. */
interface Piece {
  readonly sku: Sku
  readonly quantity: number
  readonly priceFen: number
  readonly paidFen: number
  readonly merchantDiscountFen: number
  readonly redDiscountFen: number
  readonly depositFen: number
}

function plainPiece(line: Line): Piece {
  const { sku, quantity, priceFen, paidFen, merchantDiscountFen, redDiscountFen, depositFen } = line
  return { sku, quantity, priceFen: priceFen * quantity, paidFen, merchantDiscountFen, redDiscountFen, depositFen }
}

/** The money of a bundle is shared out by what its parts cost alone [assumed]. */
function bundlePieces(line: Line) {
  const { parts, quantity } = line
  const weights = parts.map((part: Part) => part.sku.priceFen * part.quantity)
  const shares = (total: number) => allocate(total, weights)
  const price = shares(line.priceFen * quantity)
  const [paid, own, red, deposit] = [
    shares(line.paidFen),
    shares(line.merchantDiscountFen),
    shares(line.redDiscountFen),
    shares(line.depositFen),
  ] as const
  return parts.map((part, place) =>
    detailOf(line, {
      sku: part.sku,
      quantity: part.quantity * quantity,
      priceFen: price[place]!,
      paidFen: paid[place]!,
      merchantDiscountFen: own[place]!,
      redDiscountFen: red[place]!,
      depositFen: deposit[place]!,
    }),
  )
}

/** Amounts per piece are cut off, so they do not add up [assumed]. Source: xiaohongshu.md 6 and its warning. */
function detailOf(line: Line, piece: Piece) {
  const perPiece = (fen: number) => Math.floor(fen / piece.quantity)
  const { sku } = piece
  return {
    skuName: skuNameOf(sku),
    merchantDiscountPerSku: perPiece(piece.merchantDiscountFen),
    quantity: piece.quantity,
    taxPerSku: 0,
    scSkuCode: barcodeOf(sku),
    paidAmountPerSku: perPiece(piece.paidFen),
    redDiscountPerSku: perPiece(piece.redDiscountFen),
    depositAmountPerSku: perPiece(piece.depositFen),
    pricePerSku: perPiece(piece.priceFen),
    rawPricePerSku: line.parts.length === 0 ? sku.originalPriceFen : perPiece(piece.priceFen),
    barcode: barcodeOf(sku),
    skuId: sku.skuId,
    erpCode: sku.merchantCode,
  }
}

/** Parcels, then what is still to leave, then what will not. Both lists hold SKU ids. Source: xiaohongshu.md 6 [recorded]. */
function deliveryOrders(order: Order) {
  const { parcels, status } = order
  const parts = parcels.map(({ lines, waybillNo, carrierCode }) => ({
    lines,
    status: status === 5 ? 6 : status,
    express: { expressTrackingNo: waybillNo, expressCompanyCode: carrierCode },
  }))
  const unsent = order.lines.filter(({ shippedQuantity }) => shippedQuantity === 0)
  const isSplit = parcels.length > 0
  const waiting = unsent.filter(({ isClosed }) => !isClosed || !isSplit)
  const closed = unsent.filter(({ isClosed }) => isClosed && isSplit)
  const all = [
    ...parts,
    { lines: waiting, status: isSplit ? 4 : status, express: {} },
    { lines: closed, status: 8, express: {} },
  ].filter(({ lines }) => lines.length > 0)
  return all.map((part, place) => {
    const skuIds = part.lines.map(({ sku }) => sku.skuId)
    return {
      deliveryOrderIndex: place + 1,
      itemIdList: skuIds,
      skuIdList: skuIds,
      status: part.status,
      ...part.express,
    }
  })
}

/** One number stands for all after-sales: that of an open one, else of the latest. Source: xiaohongshu.md 7 [doc]. */
function afterSaleStatus(cases: readonly AfterSale[]): number {
  const telling = cases.findLast(isOpen) ?? cases.at(-1)
  if (telling === undefined) return 1
  const words = { 4: 3, 5: 7, 6: 5, 9: 4, 9001: 4, 14: 6 } as const
  const { status } = telling
  return status in words ? words[status as keyof typeof words] : 2
}

export function barcodeOf({ skuId }: Sku): string {
  return `XHS-${skuId.slice(-10).toUpperCase()}`
}

export function imageOf({ skuId }: Sku): string {
  return `//qimg.xiaohongshu.com/arkgoods/INVENTED?itemId=${skuId}&imageView2/1/w/320/h/320/q/90.jpg`
}
