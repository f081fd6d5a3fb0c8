import { sumFen } from '../../../core/money/fen.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import {
  type CellReader,
  momentCell,
  piecesCell,
  type RowsOfOrder,
  type SheetRow,
  sharedCell,
  takeCell,
  textCell,
  textIn,
  yuanCell,
} from '../../../kit/sheet-rows.ts'
import { type ColumnKey, needCell, statusCell } from './sheet-columns.ts'
import { orderWords } from './status.ts'

export type Row = SheetRow<ColumnKey>
type OrderRows = RowsOfOrder<ColumnKey>

const orderNoCell = textCell(
  /^(?!\d+(?:\.\d+)?E\+)\S+$/i,
  '编号被表格软件改成了科学计数法，末几位已经丢失：请直接导入下载的原文件',
)
const currencyCell = textCell(/^[A-Z]{3}$/, '币种请写三个大写字母，如 CNY')
const namedCell = textCell(/\S/, '请填商品名称')

interface SheetOrder {
  /** As the interface tells an order; where a cell could not be read it has a gap and the whole is not used. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly notices: readonly string[]
}

/** The rows of one order as the interface would tell it. Cells that cannot be read are noted in `errors`. Pure. */
export function orderFieldsOf(order: OrderRows, now: Instant): SheetOrder {
  const [first] = order.rows
  const shared = <T>(key: ColumnKey, reader: CellReader<T>) => takeCell(sharedCell(order, key), reader, order.errors)
  const need = <T>(key: ColumnKey, reader: CellReader<T>) => needCell(first!, { key, reader }, order.errors)
  const text = (key: ColumnKey) => textIn(sharedCell(order, key))
  const id = need('orderNo', orderNoCell) ?? ''
  const state = need('status', statusCell) ?? ''
  const placedAt = need('createdAt', momentCell) ?? now
  const lines = order.rows.map((row, place) => lineOf(order, { row, fallbackNo: `${id}-${place + 1}` }))
  const [freight, extra] = [shared('freight', yuanCell) ?? 0, shared('extra', yuanCell) ?? 0]
  const sum = sumFen([...lines.map((line) => line.proratedLinePriceWithTax), freight, extra])
  const total = shared('total', yuanCell) ?? sum
  const payment = { paidAt: shared('paidAt', momentCell), refunded: shared('refunded', yuanCell) ?? 0 }
  const goods = parcelsOf(order, { state, lines })

  const fields = {
    id,
    code: text('code'),
    state,
    orderPlacedAt: isoText(placedAt),
    updatedAt: isoText(now),
    currencyCode: shared('currency', currencyCell) ?? 'CNY',
    totalWithTax: total,
    shippingWithTax: freight,
    surcharges: extra === 0 ? [] : [{ priceWithTax: extra }],
    shippingAddress: {
      fullName: text('name'),
      phoneNumber: text('phone'),
      province: text('province'),
      city: text('city'),
      streetLine1: text('address'),
    },
    lines,
    payments: paymentsOf(state, { ...payment, total, placedAt }),
    fulfillments: goods.parcels,
    history: { items: remarkOf(text('remark')) },
  }
  return { fields, notices: goods.isVague ? ['shipped-lines-unknown'] : [] }
}

interface LineAt {
  readonly row: Row
  readonly fallbackNo: string
}

/** Lines are numbered by their place where the file does not tell their ids. */
function lineOf({ errors }: OrderRows, { row, fallbackNo }: LineAt) {
  const text = (key: ColumnKey) => textIn(row.cells.get(key))
  const quantity = needCell(row, { key: 'quantity', reader: piecesCell }, errors) ?? 1
  const paid = needCell(row, { key: 'paid', reader: yuanCell }, errors) ?? 0
  const list = takeCell(row.cells.get('list'), yuanCell, errors) ?? paid
  const name = needCell(row, { key: 'title', reader: namedCell }, errors) ?? ''
  const itemNo = text('itemNo')
  return {
    id: text('lineNo') || fallbackNo,
    quantity,
    orderPlacedQuantity: quantity,
    unitPriceWithTax: Math.floor(list / quantity),
    linePriceWithTax: list,
    proratedLinePriceWithTax: paid,
    productVariant: {
      id: text('skuNo') || text('merchantCode') || '-',
      sku: text('merchantCode'),
      name,
      product: itemNo === '' ? null : { id: itemNo, name },
      options: text('specification') === '' ? [] : [{ name: text('specification') }],
    },
  }
}

interface Paying {
  readonly paidAt: Instant | null
  readonly refunded: number
  readonly total: number
  readonly placedAt: Instant
}

/** States in which the money is here, whatever the file says of when it came. */
const paidStates: ReadonlySet<string> = new Set(
  Object.entries(orderWords).flatMap(([state, ours]) =>
    ours === 'unpaid' || ours === 'on-hold' || ours === 'by-payment' ? [] : [state],
  ),
)

function paymentsOf(state: string, { paidAt, refunded, total, placedAt }: Paying) {
  if (paidAt === null && refunded === 0 && !paidStates.has(state)) return []
  const refund = { id: '-', state: 'Settled', total: refunded, lines: [] }
  const at = isoText(paidAt ?? placedAt)
  const word = state === 'PaymentAuthorized' ? 'Authorized' : 'Settled'
  return [{ id: '-', updatedAt: at, state: word, amount: total, refunds: refunded === 0 ? [] : [refund] }]
}

interface Leaving {
  readonly state: string
  readonly lines: readonly { readonly id: string; readonly quantity: number }[]
}

/** What has left, as far as the file tells: whole lines that have a number beside them. */
function parcelsOf({ rows }: OrderRows, { state, lines }: Leaving) {
  const numberOf = (row: Row) => textIn(row.cells.get('waybillNo'))
  const numbers = [...new Set(rows.map(numberOf))].filter((number) => number !== '')
  const parcels = numbers.map((number) => {
    const inside = lines.filter((_, place) => numberOf(rows[place]!) === number)
    const carrier = rows.find((row) => numberOf(row) === number)?.cells.get('carrier')
    return {
      id: number,
      state: 'Shipped',
      method: textIn(carrier),
      trackingCode: number,
      lines: inside.map(({ id, quantity }) => ({ orderLineId: id, quantity })),
    }
  })
  return { parcels, isVague: state === 'PartiallyShipped' && parcels.length === 0 }
}

function remarkOf(remark: string) {
  return remark === '' ? [] : [{ id: '-', type: 'ORDER_NOTE', isPublic: false, data: { note: remark } }]
}
