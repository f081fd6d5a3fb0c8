import { sumFen } from '../../../core/money/fen.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { momentCell, piecesCell, sharedCell, takeCell, textIn, yuanCell } from '../../../kit/sheet-rows.ts'
import { carriers } from './carriers.ts'
import { type ColumnKey, sheetRefunds, sheetStatuses } from './sheet-columns.ts'
import { longNumber, needCell, type OrderRows, type Row } from './sheet-rows.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * The rows of one order as the platform's own detail. Cells that cannot be read are noted in `errors`; then the detail has gaps and is
 * not used. Pure.
 */
export function detailOf(order: OrderRows, now: Instant): Fields {
  const { rows, errors } = order
  const text = (key: ColumnKey) => textIn(sharedCell(order, key))
  const [first] = rows
  const orderId = first === undefined ? null : needCell(first, { key: 'orderNo', reader: longNumber }, errors)
  const lines = rows.map((row) => lineOf(row, order))
  const freight = takeCell(sharedCell(order, 'freight'), yuanCell, errors) ?? 0
  const goods = sumFen(lines.map(({ totalPaidAmount }) => totalPaidAmount))
  const status = text('status')
  return {
    orderId: orderId ?? '',
    orderStatus: sheetStatuses[status] ?? status,
    ...timesOf(order, now),
    totalPayAmount: takeCell(sharedCell(order, 'total'), yuanCell, errors) ?? goods + freight,
    totalShippingFree: freight,
    receiverName: text('name'),
    receiverPhone: text('phone'),
    receiverProvinceName: text('province'),
    receiverCityName: text('city'),
    receiverDistrictName: text('district'),
    receiverTownName: text('town'),
    receiverAddress: text('address'),
    customerRemark: text('buyerNote'),
    sellerRemark: text('remark'),
    skuList: lines,
    simpleDeliveryOrderList: parcelsIn(rows, sheetStatuses[status] ?? ''),
  }
}

/** It counts as changed at the latest time the file gives, `now` where it gives none. */
function timesOf(order: OrderRows, now: Instant) {
  const [created, paid, shipBy, shipped, ended] = (
    ['createdAt', 'paidAt', 'shipBy', 'shippedAt', 'endedAt'] as const
  ).map((key) => takeCell(sharedCell(order, key), momentCell, order.errors))
  const known = [created, paid, shipped, ended].flatMap((at) => at ?? [])
  return {
    createdTime: created ?? paid ?? now,
    paidTime: paid ?? 0,
    promiseLastDeliveryTime: shipBy ?? 0,
    deliveryTime: shipped ?? 0,
    finishTime: ended ?? 0,
    updateTime: known.length === 0 ? now : Math.max(...known),
  }
}

function lineOf(row: Row, order: OrderRows) {
  const { errors } = order
  const text = (key: ColumnKey) => textIn(row.cells.get(key))
  const refund = text('afterSale')
  return {
    skuId: needCell(row, { key: 'skuNo', reader: longNumber }, errors) ?? '',
    itemId: text('itemNo'),
    itemName: text('title'),
    skuSpec: text('specification'),
    erpcode: text('merchantCode'),
    skuQuantity: needCell(row, { key: 'quantity', reader: piecesCell }, errors) ?? 1,
    totalPaidAmount: needCell(row, { key: 'paid', reader: yuanCell }, errors) ?? 0,
    totalMerchantDiscount: takeCell(row.cells.get('discount'), yuanCell, errors) ?? 0,
    skuTag: text('isGift') === '是' ? 1 : 0,
    skuAfterSaleStatus: sheetRefunds[refund] ?? refund,
  }
}

/** Rows with one waybill number are one parcel; those without are still here. */
function parcelsIn(rows: readonly Row[], status: string): Fields[] {
  const groups = Map.groupBy(rows, ({ cells }) => textIn(cells.get('waybillNo')))
  return [...groups].map(([waybillNo, inside], place) => {
    const carrier = textIn(inside[0]?.cells.get('carrier'))
    return {
      deliveryOrderIndex: place + 1,
      status: waybillNo === '' && status === '5' ? '4' : status,
      expressTrackingNo: waybillNo,
      expressCompanyCode: carriers.codeOf(carrier) ?? carrier,
      skuIdList: inside.map(({ cells }) => textIn(cells.get('skuNo'))),
    }
  })
}
