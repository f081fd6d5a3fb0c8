import { parseAddress } from '../../../core/address/parse.ts'
import { type Fen, fen, yuanText } from '../../../core/money/fen.ts'
import { beijingText, type Instant } from '../../../core/time/instant.ts'
import { piecesCell, sharedCell, takeCell, textIn, yuanCell } from '../../../kit/sheet-rows.ts'
import { carrierIdOf } from './carriers.ts'
import { bareWord, type ColumnKey, cashWord, partlySentWord, sheetStatuses } from './sheet-columns.ts'
import { longNumber, moment, needCell, type OrderRows, type Row } from './sheet-rows.ts'

const itemPromotion = '30-单品优惠'
const none = fen(0)

/**
 * The rows of one order as the platform's own order. Cells that cannot be read are noted in `errors`; then the order has gaps and is not used.
 * Pure.
 */
export function orderFields(order: OrderRows, now: Instant): Readonly<Record<string, unknown>> {
  const text = (key: ColumnKey) => textIn(sharedCell(order, key))
  const amount = (key: ColumnKey) => yuanText(takeCell(sharedCell(order, key), yuanCell, order.errors) ?? none)
  const lines = order.rows.map((row) => lineOf(order, row))
  const status = bareWord(text('status'))
  return {
    orderId: orderNoOf(order),
    orderState: sheetStatuses[status] ?? status,
    orderType: '22',
    payType: text('payType') === cashWord ? `1-${cashWord}` : text('payType'),
    ...timesOf(order, now),
    orderPayment: amount('due'),
    balanceUsed: amount('balance'),
    freightPrice: amount('freight'),
    totalSellerReceivable: amount('receivable'),
    orderRemark: text('buyerNote'),
    venderRemark: text('remark'),
    venderRemarkFlagAlias: text('flag'),
    pin: text('account'),
    storeOrder: text('store'),
    consigneeInfo: consigneeOf(order),
    invoiceEasyInfo: invoiceOf(order),
    itemInfoList: lines.map(({ item }) => item),
    couponDetailList: lines.map(({ coupon }) => coupon).filter((coupon) => coupon !== null),
    ...parcelFields(lines, status),
  }
}

function orderNoOf(order: OrderRows): string {
  const [first] = order.rows
  if (first === undefined) return ''
  return needCell(first, { key: 'orderNo', reader: longNumber }, order.errors) ?? ''
}

function timesOf(order: OrderRows, now: Instant) {
  const [created, paid, ended] = (['createdAt', 'paidAt', 'endedAt'] as const).map((key) =>
    takeCell(sharedCell(order, key), moment, order.errors),
  )
  const known = [created, paid, ended].flatMap((at) => at ?? [])
  return {
    orderStartTime: beijingText(created ?? paid ?? now),
    paymentConfirmTime: paid === null || paid === undefined ? '' : beijingText(paid),
    modified: beijingText(known.length === 0 ? now : Math.max(...known)),
  }
}

interface Line {
  readonly item: Readonly<Record<string, string>>
  readonly coupon: Readonly<Record<string, string>> | null
  readonly waybill: { readonly carrierId: string; readonly waybillNo: string } | null
}

function lineOf({ errors }: OrderRows, row: Row): Line {
  const skuId = needCell(row, { key: 'skuNo', reader: longNumber }, errors) ?? ''
  const quantity = needCell(row, { key: 'quantity', reader: piecesCell }, errors) ?? 1
  const paid = takeCell(row.cells.get('linePaid'), yuanCell, errors)
  const price = takeCell(row.cells.get('price'), yuanCell, errors) ?? fen(Math.ceil((paid ?? 0) / quantity))
  const waybillNo = textIn(row.cells.get('waybillNo'))
  return {
    item: {
      skuId,
      outerSkuId: textIn(row.cells.get('merchantCode')),
      skuName: textIn(row.cells.get('title')),
      jdPrice: yuanText(price),
      itemTotal: String(quantity),
    },
    coupon: paid === null ? null : ownDiscount(skuId, fen(price * quantity - paid)),
    waybill: waybillNo === '' ? null : { carrierId: carrierIdOf(textIn(row.cells.get('carrier'))), waybillNo },
  }
}

/** Where the file tells what was paid for a line, all it was lowered by is its own. */
function ownDiscount(skuId: string, off: Fen) {
  return off === 0 ? null : { couponType: itemPromotion, couponPrice: yuanText(off), skuId }
}

/** Waybills of the order; of one that is partly sent, by line. */
function parcelFields(lines: readonly Line[], status: string) {
  if (status === partlySentWord) {
    const sent = lines.flatMap(({ waybill, item }) => (waybill === null ? [] : [{ ...waybill, item }]))
    return {
      partialLogisticsInfoModel: sent.map(({ carrierId, waybillNo, item }) => ({
        logicId: carrierId,
        waybillId: waybillNo,
        skus: [{ skuId: item.skuId, num: item.itemTotal }],
      })),
    }
  }
  const waybills = new Map(lines.flatMap(({ waybill }) => (waybill === null ? [] : [[waybill.waybillNo, waybill]])))
  return {
    logisticsId: [...waybills.values()].map(({ carrierId }) => carrierId).join('|'),
    waybill: [...waybills.keys()].join('|'),
  }
}

/** An address with spaces between its levels is split there; other text is read as free text. */
function consigneeOf(order: OrderRows) {
  const address = textIn(sharedCell(order, 'address'))
  const person = { fullname: textIn(sharedCell(order, 'name')), mobile: textIn(sharedCell(order, 'phone')) }
  const [province, city, county, ...rest] = address.split(/\s+/)
  if (rest.length > 0) return { ...person, province, city, county, town: '', fullAddress: rest.join(' ') }
  const read = parseAddress(address)
  return {
    ...person,
    province: read.province,
    city: read.city,
    county: read.district,
    town: read.town,
    fullAddress: read.certainty === 'none' ? address : read.detail,
  }
}

const noInvoice = /^$|不开|不需要|无/

function invoiceOf(order: OrderRows) {
  const kind = textIn(sharedCell(order, 'invoiceKind'))
  if (noInvoice.test(kind)) return null
  return {
    invoiceType: kind,
    invoiceTitle: textIn(sharedCell(order, 'invoiceTitle')),
    invoiceCode: textIn(sharedCell(order, 'taxNo')),
  }
}
