import { fen, sumFen, yuanText } from '../../../core/money/fen.ts'
import { beijingDay, type Instant, isoText } from '../../../core/time/instant.ts'
import type { CellError, ChannelOperations, Sheet, SheetReading } from '../../../kit/channel.ts'
import { piecesCell, readOrders, sharedCell, takeCell, textIn, yuanCell } from '../../../kit/sheet-rows.ts'
import type { Credentials } from './manifest.ts'
import { buyerNoteKey, carrierNameKey, remarkKey } from './metadata.ts'
import { OrderPayload } from './payload.ts'
import { type ColumnKey, neededColumns, sheetWords, shipmentHeaders, stockHeaders } from './sheet-columns.ts'
import {
  currencyCode,
  moment,
  needCell,
  type OrderRows,
  orderId,
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
    rows[0] === undefined ? '' : (needCell(rows[0], { key: 'orderNo', reader: orderId, zh: orderId.zh }, errors) ?? '')
  const lines = rows.map((row, index) => lineFields(row, { errors, stand: `${orderNo}-${index + 1}` }))
  const [freight, refunded] = [amount('freight'), amount('refunded')]
  const sum = sumFen([...lines.map(({ paid }) => paid), freight])
  const { paidAt, ...times } = timesOf(order, now)
  return {
    id: orderNo,
    status: wordIn(sheetWords.status, text('status')),
    payment_status: wordIn(sheetWords.payment, text('payment')),
    fulfillment_status: wordIn(sheetWords.goods, text('goods')),
    currency_code: takeCell(sharedCell(order, 'currency'), currencyCode, errors) ?? 'CNY',
    ...times,
    total: yuanText(takeCell(sharedCell(order, 'total'), yuanCell, errors) ?? sum),
    discount_total: yuanText(amount('discount')),
    shipping_total: yuanText(freight),
    summary: { refunded_total: yuanText(refunded) },
    metadata: { [buyerNoteKey]: text('buyerNote'), [remarkKey]: text('remark') },
    shipping_address: {
      first_name: text('name'),
      phone: text('phone'),
      province: text('province'),
      city: text('city'),
      address_1: text('address'),
    },
    items: lines.map((line) => line.fields),
    fulfillments: parcelsIn(order, times.updated_at),
    payment_collections: paidAt === null ? [] : [{ payments: [{ captured_at: paidAt }] }],
  }
}

/** A word that nobody knows goes on as it is, and stops the order; the API's own words may stand there too. */
function wordIn(words: Readonly<Record<string, string>>, text: string): string {
  return words[text] ?? text
}

function timesOf(order: OrderRows, now: Instant) {
  const [created, paid, modified] = (['createdAt', 'paidAt', 'modifiedAt'] as const).map((key) =>
    takeCell(sharedCell(order, key), moment, order.errors),
  )
  const known = [created, paid, modified].flatMap((at) => at ?? [])
  return {
    created_at: isoText(created ?? now),
    updated_at: isoText(known.length === 0 ? now : Math.max(...known)),
    paidAt: paid ? isoText(paid) : null,
  }
}

function lineFields(row: Row, { errors, stand }: { errors: CellError[]; stand: string }) {
  const text = (key: ColumnKey) => textIn(row.cells.get(key))
  const paid = needCell(row, { key: 'paid', reader: yuanCell, zh: yuanCell.zh }, errors) ?? fen(0)
  const list = takeCell(row.cells.get('list'), yuanCell, errors) ?? paid
  const fields: Fields = {
    id: text('lineNo') || stand,
    product_title: text('title'),
    product_id: text('itemNo'),
    variant_id: text('variantNo'),
    variant_sku: text('merchantCode'),
    variant_title: text('specification'),
    quantity: needCell(row, { key: 'quantity', reader: piecesCell, zh: piecesCell.zh }, errors) ?? 1,
    original_total: yuanText(list),
    total: yuanText(paid),
  }
  return { paid, fields }
}

/** One parcel per waybill number; a file does not say what is in it, nor when it left. */
function parcelsIn({ rows, errors }: OrderRows, shipped_at: string): Fields[] {
  const numbers = new Map(
    rows.flatMap(({ cells }) => {
      const waybillNo = takeCell(cells.get('waybillNo'), waybillText, errors)
      return waybillNo === null ? [] : [[waybillNo, textIn(cells.get('carrier'))] as const]
    }),
  )
  return [...numbers].map(([tracking_number, carrierName]) => ({
    id: tracking_number,
    shipped_at,
    labels: [{ tracking_number }],
    metadata: { [carrierNameKey]: carrierName },
  }))
}

/** One row a parcel, with the order's own number. Columns [assumed]. */
export const writeShipments: Operations['export.shipments'] = (parcels) => ({
  fileName: 'Medusa批量发货.csv',
  encoding: 'utf-8',
  headers: shipmentHeaders,
  rows: parcels.map(({ channelOrderNo, carrier, carrierName, waybillNo, shippedAt, isWholeOrder }) => [
    channelOrderNo,
    carrierName || carrier,
    waybillNo,
    beijingDay(shippedAt),
    isWholeOrder ? '是' : '否',
  ]),
})

/** One row a variant, what is left for sale. Columns [assumed]. */
export const writeStock: Operations['export.stock'] = (items) => ({
  fileName: 'Medusa批量改库存.csv',
  encoding: 'utf-8',
  headers: stockHeaders,
  rows: items.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => [
    channelItemNo,
    channelSkuNo,
    merchantCode ?? '',
    String(Math.max(0, quantity)),
  ]),
})
