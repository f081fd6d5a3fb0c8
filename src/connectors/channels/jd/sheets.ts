import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { ChannelOperations, Sheet, SheetReading } from '../../../kit/channel.ts'
import { readOrders } from '../../../kit/sheet-rows.ts'
import { platformCarrier } from './carriers.ts'
import type { JdCredentials } from './manifest.ts'
import { waybillFields } from './parcels.ts'
import { OrderInfo, textOf } from './payload.ts'
import { marks, shipmentHeaders, stockHeaders } from './sheet-columns.ts'
import { orderFields } from './sheet-order.ts'
import { placesOf, type Row, rowsOf } from './sheet-rows.ts'
import { splitParent } from './status.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<JdCredentials>

/**
 * Reads the order export of the merchant's back office; null when the headers are not its. Rows become an order as the platform tells it and
 * then go the way of every order, so a shop that moves from files to the API keeps its numbers. An order with an unreadable cell is
 * left out and the cell is named; a parent that was split is left out. Pure. Columns and words: sheet-columns.ts [assumed].
 */
export const readSheet: Operations['export.read'] = (sheet: Sheet, now: Instant): SheetReading | null => {
  const places = placesOf(sheet.headers)
  const isOurs = (['orderNo', 'status', 'skuNo'] as const).every((key) => places.has(key))
  if (!isOurs || !marks.some((mark) => places.has(mark))) return null

  return readOrders(rowsOf(sheet, places), 'orderNo', (order) => {
    const fields = orderFields(order, now)
    return () => {
      const info = OrderInfo.parse(fields)
      return textOf(info.orderState) === splitParent ? null : asInFile(toOrder(info), order.rows)
    }
  })
}

/** A file names no promotions, and without list prices nothing is said of a discount. */
function asInFile(order: ChannelOrder, rows: readonly Row[]): ChannelOrder {
  const named = { ...order, promotions: [] }
  if (rows.every(({ cells }) => cells.has('price'))) return named
  return { ...named, discountFen: 0, lines: order.lines.map((line) => ({ ...line, listFen: line.paidFen })) }
}

/** The file for 批量出库: one row an order, its parcels as the platform writes several, since a row ships the whole order. Columns [assumed]. */
export const writeShipments: Operations['export.shipments'] = (parcels) => ({
  fileName: '京东批量出库.csv',
  encoding: 'gbk',
  headers: shipmentHeaders,
  rows: [...Map.groupBy(parcels, ({ channelOrderNo }) => channelOrderNo)].map(([channelOrderNo, own]) => {
    const carriers = new Map(
      own.map(({ carrier, carrierName }) => platformCarrier(carrier, carrierName)).map(({ id, zh }) => [id, zh]),
    )
    const { logisticsId, waybill } = waybillFields(
      own.map(({ carrier, carrierName, waybillNo }) => ({
        carrierId: platformCarrier(carrier, carrierName).id,
        waybillNo,
      })),
    )
    return [channelOrderNo, logisticsId, [...carriers.values()].join('|'), waybill]
  }),
})

/** The file for 批量修改库存, absolute numbers. Columns [assumed]. */
export const writeStock: Operations['export.stock'] = (items) => ({
  fileName: '京东批量修改库存.csv',
  encoding: 'gbk',
  headers: stockHeaders,
  rows: items.map(({ channelSkuNo, merchantCode, quantity }) => [channelSkuNo, merchantCode ?? '', String(quantity)]),
})
