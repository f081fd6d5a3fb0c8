import type { Instant } from '../../../core/time/instant.ts'
import type { CellError, Sheet, SheetReading } from '../../../kit/channel.ts'
import { textIn } from '../../../kit/sheet-rows.ts'
import { OrderPayload } from './payload.ts'
import { neededColumns, placesOf, rowsOf } from './sheet-columns.ts'
import { orderFieldsOf, type Row } from './sheet-order.ts'
import { toOrder } from './to-order.ts'

/**
 * Reads an order export (导入订单); null when it is another file. Rows become an order as the interface tells it and then
 * go the way of every order, so a shop that moves from files to the API keeps its order numbers. An order with a
 * wrong cell is left out and each wrong cell is named. The file tells no time of change, so an order counts as
 * changed `now`. Pure. Columns and words: sheet-columns.ts [assumed].
 */
export function readSheet(sheet: Sheet, now: Instant): SheetReading | null {
  const places = placesOf(sheet.headers)
  if (!neededColumns.every((key) => places.has(key))) return null
  const groups = Map.groupBy(rowsOf(sheet, places), ({ cells }) => textIn(cells.get('orderNo')))
  const readings = [...groups.values()].map((rows) => readOrder(rows, now))
  return {
    orders: readings.flatMap(({ order }) => (order === null ? [] : [order])),
    errors: readings.flatMap(({ errors }) => errors).toSorted((a, b) => a.row - b.row),
  }
}

function readOrder(rows: readonly Row[], now: Instant) {
  const errors: CellError[] = []
  const { fields, notices } = orderFieldsOf({ rows, errors }, now)
  if (errors.length > 0) return { order: null, errors }
  const order = toOrder(OrderPayload.parse(fields), notices)
  const texts = rows.map(({ cells }) =>
    Object.fromEntries([...cells.values()].map(({ column, text }) => [column, text])),
  )
  return { order: { order, raw: JSON.stringify(texts), rows: rows.map(({ number }) => number) }, errors }
}
