import type { Instant } from '../../../core/time/instant.ts'
import type { ChannelOperations, Sheet, SheetReading } from '../../../kit/channel.ts'
import { readOrders } from '../../../kit/sheet-rows.ts'
import { carrierZh } from './carriers.ts'
import type { WechatShopCredentials } from './manifest.ts'
import { AftersalePayload, OrderPayload } from './payload.ts'
import { bareHeader, isMarked, shipmentHeaders, stockHeaders } from './sheet-columns.ts'
import { orderIn } from './sheet-order.ts'
import { placesOf, rowsOf } from './sheet-rows.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<WechatShopCredentials>

/**
 * Reads the order export of the 小店 back office; null when the headers are not its. Rows become an order as the platform
 * tells it and then go the way of every order, so a shop that moves from files to the API keeps its order and line
 * numbers. An order with an unreadable cell is left out and the cell is named. Pure. Columns and words:
 * sheet-columns.ts [assumed].
 */
export const readSheet: Operations['export.read'] = (sheet: Sheet, now: Instant): SheetReading | null => {
  const places = placesOf(sheet.headers)
  if (!places.has('orderNo') || !places.has('status') || !isMarked(sheet.headers.map(bareHeader))) return null

  return readOrders(rowsOf(sheet, places), 'orderNo', (order) => {
    const { order: fields, aftersales } = orderIn(order, now)
    return () =>
      toOrder(
        OrderPayload.parse(fields),
        aftersales.map((aftersale) => AftersalePayload.parse(aftersale)),
      )
  })
}

/** The file for 批量发货: one row a parcel. It cannot say what is in a parcel. Columns [assumed]. */
export const writeShipments: Operations['export.shipments'] = (parcels) => ({
  fileName: '微信小店批量发货.csv',
  encoding: 'utf-8',
  headers: shipmentHeaders,
  rows: parcels.map(({ channelOrderNo, carrier, carrierName, waybillNo }) => [
    channelOrderNo,
    carrierZh(carrier, carrierName),
    waybillNo,
  ]),
})

/** The file for 批量修改库存: one row a SKU, absolute numbers. Columns [assumed]. */
export const writeStock: Operations['export.stock'] = (items) => ({
  fileName: '微信小店批量改库存.csv',
  encoding: 'utf-8',
  headers: stockHeaders,
  rows: items.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => [
    channelItemNo,
    channelSkuNo,
    merchantCode ?? '',
    String(Math.max(0, quantity)),
  ]),
})
