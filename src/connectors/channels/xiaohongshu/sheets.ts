import type { Instant } from '../../../core/time/instant.ts'
import type { ChannelOperations, Sheet, SheetReading } from '../../../kit/channel.ts'
import { readOrders } from '../../../kit/sheet-rows.ts'
import { carriers } from './carriers.ts'
import type { XiaohongshuCredentials } from './manifest.ts'
import { Detail } from './payload.ts'
import { needed, shipmentHeaders, stockHeaders } from './sheet-columns.ts'
import { detailOf } from './sheet-order.ts'
import { placesOf, rowsOf } from './sheet-rows.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<XiaohongshuCredentials>

/**
 * Reads the order export of 千帆 (订单导出); null when the headers are not its. Rows become an order as the platform tells it and then go the
 * way of every order, so a shop that moves from files to the API keeps its numbers. An order with an unreadable cell is left out and the
 * cell is named. Pure. Columns and words: sheet-columns.ts [assumed].
 */
export const readSheet: Operations['export.read'] = (sheet: Sheet, now: Instant): SheetReading | null => {
  const places = placesOf(sheet.headers)
  if (!needed.every((key) => places.has(key))) return null

  return readOrders(rowsOf(sheet, places), 'orderNo', (order) => {
    const detail = detailOf(order, now)
    return () => toOrder(Detail.parse(detail), { at: now })
  })
}

/** The file for 批量发货: one row a parcel, or a row for each SKU of a parcel that does not hold the whole order. Columns [assumed]. */
export const writeShipments: Operations['export.shipments'] = (parcels) => ({
  fileName: '小红书批量发货.csv',
  encoding: 'utf-8',
  headers: shipmentHeaders,
  rows: parcels.flatMap(({ channelOrderNo, carrier, carrierName, waybillNo, lines, isWholeOrder }) => {
    const start = [channelOrderNo, carriers.nameFor(carrier) ?? carrierName, waybillNo]
    const skuNos = isWholeOrder ? [''] : [...new Set(lines.map((line) => line.channelSkuNo))]
    return skuNos.map((skuNo) => [...start, skuNo])
  }),
})

/** The file for 批量改库存: one row a SKU, what is left for sale. Columns [assumed]. */
export const writeStock: Operations['export.stock'] = (items) => ({
  fileName: '小红书批量改库存.csv',
  encoding: 'utf-8',
  headers: stockHeaders,
  rows: items.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => [
    channelItemNo,
    channelSkuNo,
    merchantCode ?? '',
    String(Math.max(0, quantity)),
  ]),
})
