import { sumFen } from '../../../core/money/fen.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { CellError, Sheet, SheetReading } from '../../../kit/channel.ts'
import type { LinePayload, OrderPayload, ShipmentPayload } from './payload.ts'
import {
  type Column,
  currencyCell,
  furtherColumns,
  momentCell,
  neededColumns,
  numberTextCell,
  piecesCell,
  type Reader,
  statusCell,
  yuanCell,
} from './sheet-columns.ts'
import { toOrder } from './to-order.ts'

interface Row {
  /** 1 is the first row below the headers. */
  readonly number: number
  readonly cells: ReadonlyMap<Column, string>
}

interface Cell {
  readonly row: number
  readonly column: Column
  readonly text: string
}

/**
 * Reads an order sheet of one's own website (导入订单); null when a needed column is missing, for then it is another file. An order with a
 * wrong cell is left out and each wrong cell is named. Without 修改时间 the order counts as changed `now`. Pure.
 */
export function readSheet(sheet: Sheet, now: Instant): SheetReading | null {
  const places = placesOf(sheet.headers)
  if (!neededColumns.every((column) => places.has(column))) return null

  const rows = sheet.rows
    .map((cells, index) => ({
      number: index + 1,
      cells: new Map([...places].map(([column, place]) => [column, (cells[place] ?? '').trim()])),
    }))
    .filter(({ cells }) => [...cells.values()].some((text) => text !== ''))
  const readings = [...Map.groupBy(rows, (row) => cell(row, '订单号').text).values()].map((group) =>
    readOrder(group, now),
  )
  return {
    orders: readings.flatMap(({ order }) => (order === null ? [] : [order])),
    errors: readings.flatMap(({ errors }) => errors).sort((a, b) => a.row - b.row),
  }
}

function placesOf(headers: readonly string[]): ReadonlyMap<Column, number> {
  const trimmed = headers.map((header) => header.trim())
  const places = [...neededColumns, ...furtherColumns].map((column) => [column, trimmed.indexOf(column)] as const)
  return new Map(places.filter(([, place]) => place >= 0))
}

function readOrder(rows: readonly Row[], now: Instant) {
  const errors: CellError[] = []
  const payload = payloadOf(rows, { errors, now })
  if (errors.length > 0) return { order: null, errors }

  const raw = JSON.stringify(rows.map(({ cells }) => Object.fromEntries(cells)))
  return { order: { order: toOrder(payload, []), raw, rows: rows.map(({ number }) => number) }, errors }
}

interface Reading {
  readonly errors: CellError[]
  readonly now: Instant
}

/** The order as the contract would tell it. Where `errors` grew, cells that could not be read have stand-ins and the whole is not used. */
function payloadOf(rows: readonly Row[], { errors, now }: Reading): OrderPayload {
  const shared = (column: Column) => sharedCell(rows, column, errors)
  const given = <T>(column: Column, reader: Reader<T>, absent: T): T => {
    const found = shared(column)
    return found.text === '' ? absent : take(found, { reader, absent, errors })
  }
  const lines = rows.map((row, index) => lineOf(row, index, errors))
  noteRepeatedLines(rows, errors)
  const amounts = {
    goods: sumFen(lines.map(({ list }) => list)),
    discount: given('优惠', yuanCell, 0),
    shipping: given('运费', yuanCell, 0),
    extra: given('其他费用', yuanCell, 0),
    tax: 0,
  }
  const sum = sumFen([...lines.map(({ paid }) => paid), amounts.shipping, amounts.extra])
  return {
    id: take(shared('订单号'), { reader: numberTextCell, absent: '', errors }),
    number: '',
    currency: given('币种', currencyCell, 'CNY'),
    status: take(shared('订单状态'), { reader: statusCell, absent: '', errors }),
    placed_at: take(shared('下单时间'), { reader: momentCell, absent: 0, errors }),
    paid_at: given<Instant | null>('付款时间', momentCell, null),
    modified_at: given('修改时间', momentCell, now),
    amounts: { ...amounts, total: given('订单金额', yuanCell, sum) },
    receiver: {
      name: shared('收件人').text,
      phone: given('手机', numberTextCell, ''),
      province: shared('省').text,
      city: shared('市').text,
      district: shared('区').text,
      address: shared('详细地址').text,
      zip: shared('邮编').text,
    },
    lines,
    refunds: [],
    shipments: parcelsIn(rows, errors),
    note: shared('买家留言').text,
  }
}

/** What belongs to the order as a whole stands in one row or in all; two different texts contradict each other. */
function sharedCell(rows: readonly Row[], column: Column, errors: CellError[]): Cell {
  const [first, ...others] = rows.map((row) => cell(row, column)).filter(({ text }) => text !== '')
  const other = others.find(({ text }) => text !== first?.text)
  if (first && other) {
    errors.push({
      row: other.row,
      column,
      value: other.text,
      zh: `同一订单号的“${column}”不一致（第 ${first.row} 行是“${first.text}”），请改成一样，或分成两个订单号`,
    })
  }
  return first ?? { row: rows[0]?.number ?? 0, column, text: '' }
}

function lineOf(row: Row, index: number, errors: CellError[]): LinePayload {
  const name = cell(row, '商品名称')
  if (name.text === '') {
    errors.push({ row: row.number, column: name.column, value: '', zh: '请填商品名称' })
  }
  const paid = take(cell(row, '实付'), { reader: yuanCell, absent: 0, errors })
  const list = cell(row, '原价')
  return {
    id: cell(row, '明细编号').text || `${cell(row, '订单号').text}-${index + 1}`,
    sku: cell(row, '商家编码').text,
    name: name.text,
    spec: cell(row, '规格').text,
    qty: take(cell(row, '数量'), { reader: piecesCell, absent: 1, errors }),
    list: list.text === '' ? paid : take(list, { reader: yuanCell, absent: 0, errors }),
    paid,
  }
}

function noteRepeatedLines(rows: readonly Row[], errors: CellError[]): void {
  const numbered = rows.map((row) => cell(row, '明细编号')).filter(({ text }) => text !== '')
  for (const [index, { row, column, text }] of numbered.entries()) {
    if (numbered.findIndex((other) => other.text === text) === index) continue
    errors.push({ row, column, value: text, zh: '同一订单里明细编号重复，请改成不同的编号或留空' })
  }
}

/** One parcel per waybill number; a row does not say how many of its pieces are in it. */
function parcelsIn(rows: readonly Row[], errors: CellError[]): ShipmentPayload[] {
  const numbered = rows.filter((row) => cell(row, '快递单号').text !== '')
  return [...Map.groupBy(numbered, (row) => cell(row, '快递单号').text).values()].map(([first]) => ({
    id: '',
    shipment_id: '',
    carrier: '',
    carrier_name: cell(first!, '快递公司').text,
    tracking_no: take(cell(first!, '快递单号'), { reader: numberTextCell, absent: '', errors }),
    shipped_at: null,
    lines: [],
  }))
}

interface Taking<T> {
  readonly reader: Reader<T>
  readonly absent: T
  readonly errors: CellError[]
}

function take<T>({ row, column, text }: Cell, { reader, absent, errors }: Taking<T>): T {
  try {
    return reader.read(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    errors.push({ row, column, value: text, zh: reader.zh })
    return absent
  }
}

function cell(row: Row, column: Column): Cell {
  return { row: row.number, column, text: row.cells.get(column) ?? '' }
}
