import { beijingText, type Instant } from '../../../core/time/instant.ts'
import type { ChannelOperations, Sheet, SheetReading } from '../../../kit/channel.ts'
import { readOrders } from '../../../kit/sheet-rows.ts'
import { platformCarrier } from './carriers.ts'
import type { TaobaoCredentials } from './manifest.ts'
import { RefundRow, Trade } from './payload.ts'
import { marks, shipmentHeaders, stockHeaders } from './sheet-columns.ts'
import { placesOf, rowsOf } from './sheet-rows.ts'
import { tradeOf } from './sheet-trade.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<TaobaoCredentials>

/**
 * Reads the order export of 千牛 (订单导出); null when the headers are not its. Rows become a trade as the platform tells it and then go the way
 * of every trade, so a shop that moves from files to the API keeps its order numbers. An order with an unreadable cell is left out
 * and the cell is named. It counts as changed at the latest time the file gives, `now` where it gives none. Pure.
 * Columns and words: sheet-columns.ts [assumed].
 */
export const readSheet: Operations['export.read'] = (sheet: Sheet, now: Instant): SheetReading | null => {
  const places = placesOf(sheet.headers)
  if (!places.has('orderNo') || !places.has('status') || !marks.some((mark) => places.has(mark))) return null

  const layout = { hasTotals: places.has('total'), now: beijingText(now) }
  return readOrders(rowsOf(sheet, places), 'orderNo', (order) => {
    const { trade, refunds, hasListPrices } = tradeOf(order, layout)
    return () => {
      const read = toOrder(
        Trade.parse(trade),
        refunds.map((refund) => RefundRow.parse(refund)),
      )
      return hasListPrices ? read : asIfAtListPrice(read)
    }
  })
}

/** Without list prices what was paid is all that is known: nothing is said of a discount. */
function asIfAtListPrice(order: ReturnType<typeof toOrder>): ReturnType<typeof toOrder> {
  return { ...order, discountFen: 0, lines: order.lines.map((line) => ({ ...line, listFen: line.paidFen })) }
}

/** The file for 批量发货: one row a parcel, in GBK as 千牛 takes it. Columns [assumed]. */
export const writeShipments: Operations['export.shipments'] = (parcels) => ({
  fileName: '淘宝批量发货.csv',
  encoding: 'gbk',
  headers: shipmentHeaders,
  rows: parcels.map(({ channelOrderNo, carrier, carrierName, waybillNo }) => {
    const { code, zh } = platformCarrier(carrier, carrierName)
    return [channelOrderNo, code === 'OTHER' ? carrierName : zh, waybillNo]
  }),
})

/** The file for 批量改库存: one row a SKU, in GBK as 千牛 takes it. Columns [assumed]. */
export const writeStock: Operations['export.stock'] = (items) => ({
  fileName: '淘宝批量改库存.csv',
  encoding: 'gbk',
  headers: stockHeaders,
  rows: items.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => [
    channelItemNo,
    channelSkuNo,
    merchantCode ?? '',
    String(quantity),
  ]),
})
