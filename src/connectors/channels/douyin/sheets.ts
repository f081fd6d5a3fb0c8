import type { Instant } from '../../../core/time/instant.ts'
import type { CellError, ChannelOperations, Sheet, SheetReading } from '../../../kit/channel.ts'
import { textIn } from '../../../kit/sheet-rows.ts'
import { carriers } from './carriers.ts'
import type { DouyinCredentials } from './manifest.ts'
import { Detail } from './payload.ts'
import { needed, shipmentHeaders, stockHeaders } from './sheet-columns.ts'
import { detailOf } from './sheet-order.ts'
import { placesOf, type Row, rowsOf } from './sheet-rows.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<DouyinCredentials>

/**
 * Reads the order export of 抖店 (订单导出); null when the headers are not its. Rows become an order as the platform tells it and then go the
 * way of every order, so a shop that moves from files to the API keeps its numbers. An order with an unreadable cell is left out and the
 * cell is named. Pure. Columns and words: sheet-columns.ts [assumed].
 */
export const readSheet: Operations['export.read'] = (sheet: Sheet, now: Instant): SheetReading | null => {
  const places = placesOf(sheet.headers)
  if (!needed.every((key) => places.has(key))) return null

  const groups = Map.groupBy(rowsOf(sheet, places), (row) => textIn(row.cells.get('orderNo')))
  const readings = [...groups.values()].map((rows) => readOrder(rows, now))
  return {
    orders: readings.flatMap(({ order }) => (order === null ? [] : [order])),
    errors: readings.flatMap(({ errors }) => errors).toSorted((a, b) => a.row - b.row),
  }
}

function readOrder(rows: readonly Row[], now: Instant) {
  const errors: CellError[] = []
  const detail = detailOf({ rows, errors }, now)
  if (errors.length > 0) return { order: null, errors }

  const raw = JSON.stringify(
    rows.map(({ cells }) => Object.fromEntries([...cells.values()].map(({ column, text }) => [column, text]))),
  )
  return { order: { order: toOrder(Detail.parse(detail)), raw, rows: rows.map(({ number }) => number) }, errors }
}

/** The file for 批量发货: one row a parcel, or a row for each line of a parcel that does not hold the whole order. Columns [assumed]. */
export const writeShipments: Operations['export.shipments'] = (parcels) => ({
  fileName: '抖店批量发货.csv',
  encoding: 'utf-8',
  headers: shipmentHeaders,
  rows: parcels.flatMap(({ channelOrderNo, carrier, carrierName, waybillNo, lines, isWholeOrder }) => {
    const parcel = [carriers.nameFor(carrier) ?? carrierName, waybillNo]
    if (isWholeOrder) return [[channelOrderNo, '', ...parcel, '']]
    return lines.map((line) => [channelOrderNo, line.channelLineNo, ...parcel, String(line.quantity)])
  }),
})

/** The file for 批量改库存: one row a SKU, what is left for sale. Columns [assumed]. */
export const writeStock: Operations['export.stock'] = (items) => ({
  fileName: '抖店批量改库存.csv',
  encoding: 'utf-8',
  headers: stockHeaders,
  rows: items.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => [
    channelItemNo,
    channelSkuNo,
    merchantCode ?? '',
    String(Math.max(0, quantity)),
  ]),
})
