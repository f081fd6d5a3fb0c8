import { splitFen, sumFen } from '../../../core/money/fen.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { CellError, Sheet, SheetReading } from '../../../kit/channel.ts'
import { decimalText, minorUnits } from './money.ts'
import type { FulfilmentOrderPayload, FulfilmentPayload, LinePayload, OrderPayload } from './payload.ts'
import {
  type Column,
  currencyCell,
  financialCell,
  fulfilmentCell,
  idCell,
  momentCell,
  piecesCell,
  type Reader,
  textCell,
} from './sheet-columns.ts'
import { type CellReader, cellReader, type Row, rowsOf, textOf } from './sheet-rows.ts'
import { toOrder } from './to-order.ts'

/**
 * Reads Shopify's order export (导入订单); null when it is another file. An order with a wrong cell is left out and each wrong cell is named. The
 * file tells no time of change, so an order counts as changed `now`. Pure.
 */
export function readSheet(sheet: Sheet, now: Instant): SheetReading | null {
  const rows = rowsOf(sheet)
  if (rows === null) return null
  const readings = [...Map.groupBy(rows, (row) => textOf(row, 'Name')).values()].map((group) => readOrder(group, now))
  return {
    orders: readings.flatMap(({ order }) => (order === null ? [] : [order])),
    errors: readings.flatMap(({ errors }) => errors).sort((a, b) => a.row - b.row),
  }
}

function readOrder(rows: readonly Row[], now: Instant) {
  const errors: CellError[] = []
  const { payload, isVague } = payloadOf(rows, { cells: cellReader(errors), now })
  if (errors.length > 0) return { order: null, errors }

  const raw = JSON.stringify(rows.map(({ cells }) => Object.fromEntries(cells)))
  const order = toOrder(payload, isVague ? ['shipped-lines-unknown'] : [])
  return { order: { order, raw, rows: rows.map(({ number }) => number) }, errors }
}

interface Reading {
  readonly cells: CellReader
  readonly now: Instant
}

/** The order as the interface would tell it. Where a cell could not be read it has a stand-in and the whole is not used. */
function payloadOf(rows: readonly Row[], { cells, now }: Reading) {
  const text = (column: Column) => cells.shared(rows, column, { reader: textCell, absent: '' })
  const moment = (column: Column) => cells.shared<Instant | null>(rows, column, { reader: momentCell, absent: null })
  const currency = cells.shared(rows, 'Currency', { reader: currencyCell, absent: 'CNY' })
  const money = moneyCells(rows, { cells, currency })
  const createdAt = cells.shared(rows, 'Created at', { reader: momentCell, absent: now, isNeeded: true })
  const paidAt = moment('Paid at')
  const fulfilment = cells.shared(rows, 'Fulfillment Status', { reader: fulfilmentCell, absent: 'UNFULFILLED' })
  const id = cells.shared(rows, 'Id', { reader: idCell('Order'), absent: '', isNeeded: true })
  const lines = linesOf(rows, { cells, money, orderId: id })
  const goods = goodsOf(rows, { lines, fulfilment })
  const payload: OrderPayload = {
    id,
    test: false,
    createdAt,
    processedAt: null,
    updatedAt: now,
    cancelledAt: moment('Cancelled at'),
    closedAt: moment('Closed at'),
    note: text('Notes'),
    currencyCode: currency,
    taxesIncluded: true,
    displayFinancialStatus: cells.shared(rows, 'Financial Status', {
      reader: financialCell,
      absent: '',
      isNeeded: true,
    }),
    displayFulfillmentStatus: fulfilment,
    totalDiscountsSet: money.text(money.shared('Discount Amount')),
    totalShippingPriceSet: money.text(money.shared('Shipping')),
    totalPriceSet: money.text(money.total),
    totalRefundedSet: money.text(money.shared('Refunded Amount')),
    shippingAddress: addressOf(text),
    shippingLines: none,
    transactions: paidAt === null ? [] : [{ kind: 'SALE', status: 'SUCCESS', processedAt: paidAt }],
    lineItems: whole(lines),
    fulfillmentOrders: whole([goods.left]),
    fulfillments: goods.parcels,
    refunds: [],
  }
  return { payload, isVague: goods.isVague }
}

function addressOf(text: (column: Column) => string): OrderPayload['shippingAddress'] {
  return {
    name: text('Shipping Name'),
    firstName: '',
    lastName: '',
    phone: text('Shipping Phone'),
    province: text('Shipping Province Name') || text('Shipping Province'),
    city: text('Shipping City'),
    address1: text('Shipping Address1'),
    address2: text('Shipping Address2'),
  }
}

const whole = <T>(rows: T[]) => ({ rows, hasMore: false })
const none = whole<never>([])

interface MoneyCells {
  readonly total: number
  readonly shared: (column: Column) => number
  readonly own: (row: Row, column: Column, isNeeded?: boolean) => number
  readonly text: (amount: number) => string
}

function moneyCells(
  rows: readonly Row[],
  { cells, currency }: { readonly cells: CellReader; readonly currency: string },
): MoneyCells {
  const reader: Reader<number> = {
    read: (text) => minorUnits(text, currency),
    zh: '看不懂的金额，请写数字，小数点后不超过币种的位数，如 236.00',
  }
  return {
    total: cells.shared(rows, 'Total', { reader, absent: 0, isNeeded: true }),
    shared: (column) => cells.shared(rows, column, { reader, absent: 0 }),
    own: (row, column, isNeeded = false) => cells.own(row, column, { reader, absent: 0, isNeeded }),
    text: (amount) => decimalText(amount, currency),
  }
}

interface LineFacts {
  readonly cells: CellReader
  readonly money: MoneyCells
  readonly orderId: string
}

/** Lines are numbered by their place where the file does not tell their ids. */
function linesOf(rows: readonly Row[], { cells, money, orderId }: LineFacts): LinePayload[] {
  const read = rows.map((row) => {
    const quantity = cells.own(row, 'Lineitem quantity', { reader: piecesCell, absent: 1, isNeeded: true })
    const list = money.own(row, 'Lineitem price', true) * quantity
    return { row, quantity, list, worth: Math.max(0, list - money.own(row, 'Lineitem discount')) }
  })
  const paid = paidOf(
    money,
    read.map(({ worth }) => worth),
  )
  return read.map(({ row, quantity, list }, index) => ({
    id:
      cells.own(row, 'Lineitem id', { reader: idCell('LineItem'), absent: '' }) ||
      `${orderId.split('/').at(-1)}-${index + 1}`,
    sku: textOf(row, 'Lineitem sku'),
    name: cells.own(row, 'Lineitem name', { reader: textCell, absent: '', isNeeded: true }),
    title: '',
    variantTitle: '',
    quantity,
    currentQuantity: null,
    variant: '',
    product: '',
    image: null,
    originalTotalSet: money.text(list),
    discountedTotalSet: money.text(paid[index] ?? 0),
    taxLines: [],
  }))
}

/**
 * What the goods cost: the subtotal, with the taxes where the total holds them on top. A discount on the whole order is not told by line, so it
 * is shared out by worth.
 */
function paidOf(money: MoneyCells, worths: readonly number[]): readonly number[] {
  const [subtotal, taxes, freight] = [money.shared('Subtotal'), money.shared('Taxes'), money.shared('Shipping')]
  const goods = money.total - freight === subtotal + taxes ? subtotal + taxes : subtotal
  return sumFen(worths) === goods ? worths : splitFen(goods, worths)
}

interface Goods {
  readonly parcels: FulfilmentPayload[]
  readonly left: FulfilmentOrderPayload
  /** An order that left in part, of which the file does not say what. */
  readonly isVague: boolean
}

/** What has left and what has not, as far as the file tells: whole lines. */
function goodsOf(
  rows: readonly Row[],
  { lines, fulfilment }: { readonly lines: readonly LinePayload[]; readonly fulfilment: string },
): Goods {
  const isSent = (row: Row) =>
    fulfilment === 'FULFILLED' || textOf(row, 'Lineitem fulfillment status').toLowerCase() === 'fulfilled'
  const isSomeSent = rows.some(isSent)
  const numbers = [...new Set(rows.map((row) => textOf(row, 'Tracking number')))].filter((number) => number !== '')
  const parcel = (trackingInfo: FulfilmentPayload['trackingInfo']): FulfilmentPayload => ({
    id: '',
    status: 'SUCCESS',
    deliveredAt: null,
    trackingInfo,
    fulfillmentLineItems: null,
  })
  const companyOf = (number: string) => {
    const row = rows.find((each) => textOf(each, 'Tracking number') === number)
    return row === undefined ? '' : textOf(row, 'Tracking company')
  }
  const numbered = numbers.map((number) => parcel([{ number, company: companyOf(number) }]))
  const remaining = lines.map((line, index) => ({
    id: line.id,
    remainingQuantity: isSent(rows[index]!) ? 0 : line.quantity,
    lineItem: { id: line.id },
  }))
  return {
    parcels: numbered.length === 0 && isSomeSent ? [parcel([])] : numbered,
    left: { id: '', status: 'OPEN', assignedLocation: '', lineItems: whole(remaining) },
    isVague: fulfilment === 'PARTIALLY_FULFILLED' && !isSomeSent,
  }
}
