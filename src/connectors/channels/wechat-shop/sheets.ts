import type { Instant } from '../../../core/time/instant.ts'
import type { CellError, ChannelOperations, Sheet, SheetReading } from '../../../kit/channel.ts'
import { textIn } from '../../../kit/sheet-rows.ts'
import { carrierZh } from './carriers.ts'
import type { WechatShopCredentials } from './manifest.ts'
import { AftersalePayload, OrderPayload } from './payload.ts'
import { bareHeader, isMarked, shipmentHeaders, stockHeaders } from './sheet-columns.ts'
import { orderIn } from './sheet-order.ts'
import { placesOf, type Row, rowsOf } from './sheet-rows.ts'
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

  const groups = Map.groupBy(rowsOf(sheet, places), (row) => textIn(row.cells.get('orderNo')))
  const readings = [...groups.values()].map((rows) => readOrderRows(rows, now))
  return {
    orders: readings.flatMap(({ order }) => (order === null ? [] : [order])),
    errors: readings.flatMap(({ errors }) => errors).toSorted((a, b) => a.row - b.row),
  }
}

function readOrderRows(rows: readonly Row[], now: Instant) {
  const errors: CellError[] = []
  const { order, aftersales } = orderIn({ rows, errors }, now)
  if (errors.length > 0) return { order: null, errors }

  const read = toOrder(
    OrderPayload.parse(order),
    aftersales.map((aftersale) => AftersalePayload.parse(aftersale)),
  )
  const raw = JSON.stringify(
    rows.map(({ cells }) => Object.fromEntries([...cells.values()].map(({ column, text }) => [column, text]))),
  )
  return { order: { order: read, raw, rows: rows.map(({ number }) => number) }, errors }
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
