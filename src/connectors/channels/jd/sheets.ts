import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { CellError, ChannelOperations, SeenOrder, Sheet, SheetReading } from '../../../kit/channel.ts'
import { textIn } from '../../../kit/sheet-rows.ts'
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

  const groups = Map.groupBy(rowsOf(sheet, places), (row) => textIn(row.cells.get('orderNo')))
  const readings = [...groups.values()].map((rows) => readOrder(rows, now))
  return {
    orders: readings.flatMap(({ order }) => (order === null ? [] : [order])),
    errors: readings.flatMap(({ errors }) => errors).toSorted((a, b) => a.row - b.row),
  }
}

interface OrderReading {
  readonly order: (SeenOrder & { readonly rows: readonly number[] }) | null
  readonly errors: readonly CellError[]
}

function readOrder(rows: readonly Row[], now: Instant): OrderReading {
  const errors: CellError[] = []
  const fields = orderFields({ rows, errors }, now)
  if (errors.length > 0) return { order: null, errors }
  const info = OrderInfo.parse(fields)
  if (textOf(info.orderState) === splitParent) return { order: null, errors }

  const raw = JSON.stringify(
    rows.map(({ cells }) => Object.fromEntries([...cells.values()].map(({ column, text }) => [column, text]))),
  )
  return { order: { order: asInFile(toOrder(info), rows), raw, rows: rows.map(({ number }) => number) }, errors }
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
