import { fen, sumFen, yuanText } from '../../../core/money/fen.ts'
import { beijingDay, type Instant, isoText } from '../../../core/time/instant.ts'
import type { CellError, ChannelOperations, Sheet, SheetReading } from '../../../kit/channel.ts'
import { piecesCell, readOrders, sharedCell, takeCell, textIn, yuanCell } from '../../../kit/sheet-rows.ts'
import type { Credentials } from './manifest.ts'
import { remarkKey, trackingKey } from './meta.ts'
import { OrderPayload } from './payload.ts'
import { type ColumnKey, neededColumns, sheetStatuses, shipmentHeaders, stockHeaders } from './sheet-columns.ts'
import {
  currencyCode,
  idText,
  moment,
  needCell,
  type OrderRows,
  placesOf,
  type Row,
  rowsOf,
  waybillText,
} from './sheet-rows.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<Credentials>
type Fields = Readonly<Record<string, unknown>>

/**
 * Reads an order export; null when a needed column is missing, for then it is another file. Rows become an order as the API tells it and then
 * go the way of every order, so a shop that moves from files to the API keeps its numbers. An order with a wrong cell is left out and the
 * cell is named. It counts as changed at the latest time the file gives, `now` where it gives none. Pure. Columns and words [assumed].
 */
export const readSheet: Operations['export.read'] = (sheet: Sheet, now: Instant): SheetReading | null => {
  const places = placesOf(sheet.headers)
  if (!neededColumns.every((column) => places.has(column))) return null

  return readOrders(rowsOf(sheet, places), 'orderNo', (order) => {
    const fields = orderFields(order, now)
    return () => toOrder(OrderPayload.parse(fields), [])
  })
}

/** The rows of one order as the API's own JSON. Where `errors` grew it has gaps and is not used. */
function orderFields(order: OrderRows, now: Instant): Fields {
  const { rows, errors } = order
  const text = (key: ColumnKey) => textIn(sharedCell(order, key))
  const amount = (key: ColumnKey) => takeCell(sharedCell(order, key), yuanCell, errors) ?? fen(0)
  const orderNo =
    rows[0] === undefined ? '' : (needCell(rows[0], { key: 'orderNo', reader: idText, zh: idText.zh }, errors) ?? '')
  const lines = rows.map((row, index) => lineFields(row, { errors, stand: `${orderNo}-${index + 1}` }))
  const [freight, extra, refunded] = [amount('freight'), amount('extra'), amount('refunded')]
  const sum = sumFen([...lines.map(({ paid }) => paid), freight, extra])
  return {
    id: orderNo,
    status: statusIn(text('status')),
    currency: takeCell(sharedCell(order, 'currency'), currencyCode, errors) ?? 'CNY',
    ...timesOf(order, now),
    total: yuanText(takeCell(sharedCell(order, 'total'), yuanCell, errors) ?? sum),
    discount_total: yuanText(amount('discount')),
    shipping_total: yuanText(freight),
    customer_note: text('buyerNote'),
    shipping: {
      first_name: text('name'),
      phone: text('phone'),
      state: text('state'),
      city: text('city'),
      address_1: text('address'),
    },
    line_items: lines.map((line) => line.fields),
    fee_lines: extra === 0 ? [] : [{ total: yuanText(extra) }],
    refunds: refunded === 0 ? [] : [{ id: `${orderNo}-refund`, total: yuanText(fen(0 - refunded)) }],
    meta_data: [
      { key: remarkKey, value: text('remark') },
      { key: trackingKey, value: parcelsIn(order) },
    ],
  }
}

/** A status that nobody knows goes on as it is, and stops the order. Plugins write the API's words with `wc-` before them. */
function statusIn(text: string): string {
  return sheetStatuses[text] ?? text.replace(/^wc-/, '')
}

function timesOf(order: OrderRows, now: Instant): Fields {
  const [created, paid, ended] = (['createdAt', 'paidAt', 'endedAt'] as const).map((key) =>
    takeCell(sharedCell(order, key), moment, order.errors),
  )
  const known = [created, paid, ended].flatMap((at) => at ?? [])
  return {
    date_created_gmt: isoText(created ?? now),
    date_paid_gmt: paid ? isoText(paid) : null,
    date_completed_gmt: ended ? isoText(ended) : null,
    date_modified_gmt: isoText(known.length === 0 ? now : Math.max(...known)),
  }
}

function lineFields(row: Row, { errors, stand }: { errors: CellError[]; stand: string }) {
  const cell = (key: ColumnKey) => row.cells.get(key)
  const paid = needCell(row, { key: 'paid', reader: yuanCell, zh: yuanCell.zh }, errors) ?? fen(0)
  const list = takeCell(cell('list'), yuanCell, errors) ?? paid
  const specification = textIn(cell('specification'))
  const fields: Fields = {
    id: takeCell(cell('lineNo'), idText, errors) ?? stand,
    name: textIn(cell('title')),
    product_id: takeCell(cell('itemNo'), idText, errors) ?? '',
    variation_id: takeCell(cell('variationNo'), idText, errors) ?? '',
    quantity: needCell(row, { key: 'quantity', reader: piecesCell, zh: piecesCell.zh }, errors) ?? 1,
    subtotal: yuanText(list),
    total: yuanText(paid),
    sku: textIn(cell('merchantCode')),
    meta_data: specificationMeta(specification),
  }
  return { paid, fields }
}

/** `颜色:白;尺寸:大` as the chosen attributes of a line; other text as one of them. */
function specificationMeta(specification: string): Fields[] {
  return specification.split(';').flatMap((part) => {
    const [name = '', ...shown] = part.split(':')
    if (part === '') return []
    const [key, value] = shown.length === 0 ? ['规格', part] : [name, shown.join(':')]
    return [{ key, display_key: key, display_value: value }]
  })
}

/** One parcel per waybill number; a file does not say what is in it. */
function parcelsIn({ rows, errors }: OrderRows): Fields[] {
  const numbers = new Map(
    rows.flatMap(({ cells }) => {
      const waybillNo = takeCell(cells.get('waybillNo'), waybillText, errors)
      return waybillNo === null ? [] : [[waybillNo, textIn(cells.get('carrier'))] as const]
    }),
  )
  return [...numbers].map(([tracking_number, custom_tracking_provider]) => ({
    tracking_number,
    custom_tracking_provider,
  }))
}

/** The file that Advanced Shipment Tracking takes: one row a parcel; 1 closes the order, 2 leaves it partly shipped. Columns [assumed]. */
export const writeShipments: Operations['export.shipments'] = (parcels) => ({
  fileName: 'WooCommerce批量发货.csv',
  encoding: 'utf-8',
  headers: shipmentHeaders,
  rows: parcels.map(({ channelOrderNo, carrier, carrierName, waybillNo, shippedAt, isWholeOrder }) => [
    channelOrderNo,
    carrierName || carrier,
    waybillNo,
    beijingDay(shippedAt),
    isWholeOrder ? '1' : '2',
  ]),
})

/** The file that the core's product import takes to update what is there: one row a variation or product. Columns [assumed]. */
export const writeStock: Operations['export.stock'] = (items) => ({
  fileName: 'WooCommerce批量改库存.csv',
  encoding: 'utf-8',
  headers: stockHeaders,
  rows: items.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => [
    channelSkuNo || channelItemNo,
    merchantCode ?? '',
    String(Math.max(0, quantity)),
  ]),
})
