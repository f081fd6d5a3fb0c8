import { type Fen, splitFen, sumFen, yuanText } from '../../../core/money/fen.ts'
import { beijingText } from '../../../core/time/instant.ts'
import { type Cell, momentCell, piecesCell, sharedCell, takeCell, textIn, yuanCell } from '../../../kit/sheet-rows.ts'
import { receiverFields } from './sheet-address.ts'
import {
  bareWords,
  type ColumnKey,
  closedWord,
  depositPaidWord,
  sheetRefundStatuses,
  sheetStatuses,
} from './sheet-columns.ts'
import { longNumber, type OrderRows, type Row } from './sheet-rows.ts'
import { statusOf } from './status.ts'

export interface Layout {
  /** The file has a column for the order's total: then amounts are those of the order and not of the line. */
  readonly hasTotals: boolean
  /** The moment of reading, in Beijing text. */
  readonly now: string
}

type Fields = Record<string, string | number>

export interface SheetTrade {
  readonly trade: Readonly<Record<string, unknown>>
  readonly refunds: readonly Fields[]
  readonly hasListPrices: boolean
}

/**
 * The rows of one order as the platform's own trade. Cells that cannot be read are noted in `errors`; then the trade has gaps and is not
 * used. Pure.
 */
export function tradeOf(order: OrderRows, layout: Layout): SheetTrade {
  const { rows, errors } = order
  const cell = (key: ColumnKey) => sharedCell(order, key)
  const tid = orderNoOf(order)
  const times = timesOf(order, layout)
  const lines = linesOf(order, { tid, isPaidOnce: times.pay_time !== '' })
  const status = tradeStatusOf(lines.map((line) => line.status))
  const { isPaid } = statusOf({ status, pay_time: times.pay_time, orders: [], promotion_details: [] })
  const isDeposit = bareWords(textIn(cell('status'))) === depositPaidWord
  const money = moneyOf(order, { lines, layout, isPaid, isClosed: status === 'TRADE_CLOSED' })
  noteHiddenLines(order)

  return {
    trade: {
      tid,
      status,
      ...times,
      ...(isDeposit ? { type: 'step', step_trade_status: 'FRONT_PAID_FINAL_NOPAID' } : {}),
      ...(isDeposit ? { step_paid_fee: yuanText(takeCell(cell('paid'), yuanCell, errors) ?? sumFen([])) } : {}),
      payment: yuanText(money.payment),
      post_fee: yuanText(money.freight),
      buyer_nick: textIn(cell('buyerNick')),
      buyer_message: textIn(cell('buyerNote')),
      seller_memo: textIn(cell('remark')),
      receiver_name: textIn(cell('name')),
      receiver_mobile: textIn(cell('mobile')),
      receiver_phone: textIn(cell('phone')),
      ...receiverFields(textIn(cell('address'))),
      orders: lines.map((line, index) => orderFields(line, money.shares?.[index])),
    },
    refunds: lines.flatMap((line) => refundFields(line, { tid, isOwnAmount: rows.length === 1 || !layout.hasTotals })),
    hasListPrices: lines.every((line) => line.price !== null),
  }
}

function orderNoOf(order: OrderRows): string {
  const cell = sharedCell(order, 'orderNo')
  if (cell !== undefined) return takeCell(cell, longNumber, order.errors) ?? ''
  for (const { number } of order.rows) {
    order.errors.push({ row: number, column: '订单编号', value: '', zh: '请填订单编号' })
  }
  return ''
}

function timesOf(order: OrderRows, { now }: Layout) {
  const [created, paid, shipped, ended] = (['createdAt', 'paidAt', 'shippedAt', 'endedAt'] as const).map((key) =>
    takeCell(sharedCell(order, key), momentCell, order.errors),
  )
  const known = [created, paid, shipped, ended].flatMap((at) => at ?? [])
  const first = created ?? paid
  return {
    created: first === null || first === undefined ? now : beijingText(first),
    pay_time: paid === null || paid === undefined ? '' : beijingText(paid),
    modified: known.length === 0 ? now : beijingText(Math.max(...known)),
  }
}

interface Line {
  readonly row: Row
  readonly oid: string
  readonly status: string
  readonly refundStatus: string
  readonly quantity: number
  readonly price: Fen | null
  readonly paid: Fen | null
  readonly due: Fen | null
  readonly refundFee: Fen | null
  readonly waybillNo: string
}

function linesOf(order: OrderRows, { tid, isPaidOnce }: { tid: string; isPaidOnce: boolean }): Line[] {
  const { rows, errors } = order
  return rows.map((row, index) => {
    const cell = (key: ColumnKey) => row.cells.get(key)
    const word = statusWord(textIn(cell('status') ?? sharedCell(order, 'status')), isPaidOnce)
    const waybillNo = textIn(cell('waybillNo')).replace(/^No[:：]\s*/i, '')
    const status = word === 'SELLER_CONSIGNED_PART' ? partStatus(waybillNo) : word
    return {
      row,
      oid: takeCell(cell('lineNo'), longNumber, errors) ?? (rows.length === 1 ? tid : `${tid}-${index + 1}`),
      status,
      refundStatus: refundWord(textIn(cell('refundStatus')), status),
      quantity: quantityIn(order, row),
      price: takeCell(cell('price'), yuanCell, errors),
      paid: takeCell(cell('paid'), yuanCell, errors),
      due: takeCell(cell('goodsDue'), yuanCell, errors),
      refundFee: takeCell(cell('refundFee'), yuanCell, errors),
      waybillNo,
    }
  })
}

/** Only a trade is shipped in part; a line of it has a waybill number or has not. */
function partStatus(waybillNo: string): string {
  return waybillNo === '' ? 'WAIT_SELLER_SEND_GOODS' : 'WAIT_BUYER_CONFIRM_GOODS'
}

function statusWord(text: string, isPaidOnce: boolean): string {
  const bare = bareWords(text)
  if (bare === closedWord) return isPaidOnce ? 'TRADE_CLOSED' : 'TRADE_CLOSED_BY_TAOBAO'
  return sheetStatuses[bare] ?? text
}

function refundWord(text: string, status: string): string {
  if (text === '') return status === 'TRADE_CLOSED' ? 'SUCCESS' : ''
  return sheetRefundStatuses[bareWords(text)] ?? text
}

/** The trade's status from those of its lines, which differ when some are sent or closed before the others. */
export function tradeStatusOf(lines: readonly string[]): string {
  const [first = ''] = lines
  if (lines.every((status) => status === first)) return first
  const has = (status: string) => lines.includes(status)
  if (has('WAIT_SELLER_SEND_GOODS')) {
    return has('WAIT_BUYER_CONFIRM_GOODS') || has('TRADE_FINISHED') ? 'SELLER_CONSIGNED_PART' : 'WAIT_SELLER_SEND_GOODS'
  }
  return lines.find((status) => status !== 'TRADE_CLOSED' && status !== 'TRADE_FINISHED') ?? 'TRADE_FINISHED'
}

function quantityIn(order: OrderRows, row: Row): number {
  const isAlone = order.rows.length === 1
  const cell = row.cells.get('quantity') ?? (isAlone ? row.cells.get('allPieces') : undefined)
  if (cell === undefined && !isAlone) {
    order.errors.push({ row: row.number, column: '数量', value: '', zh: '一单有多行时，每一行都要有数量' })
  }
  return takeCell(cell, piecesCell, order.errors) ?? 1
}

/** One row for several kinds of goods hides what is to be sent. */
function noteHiddenLines(order: OrderRows): void {
  const kinds: Cell | undefined = sharedCell(order, 'kinds')
  const pieces = takeCell(kinds, piecesCell, order.errors)
  if (kinds === undefined || pieces === null || pieces <= 1 || order.rows.length > 1) return
  order.errors.push({
    row: kinds.row,
    column: kinds.column,
    value: kinds.text,
    zh: `这一单有 ${pieces} 种宝贝却只有一行，看不出各发几件；请在千牛导出带“子订单编号”的宝贝明细`,
  })
}

interface Amounts {
  readonly payment: Fen
  readonly freight: Fen
  /** What was paid for each line, where list prices cannot tell it. */
  readonly shares: readonly Fen[] | null
}

interface MoneyInput {
  readonly lines: readonly Line[]
  readonly layout: Layout
  readonly isPaid: boolean
  readonly isClosed: boolean
}

/**
 * What the trade cost. Amounts of lines are added up; those of orders are shared over lines by list price, or by pieces where there are no
 * prices. A trade closed after payment may show nothing paid any more: then what was given back is what had been paid.
 */
function moneyOf(order: OrderRows, { lines, layout, isPaid, isClosed }: MoneyInput): Amounts {
  const { errors } = order
  const freight = takeCell(sharedCell(order, 'freight'), yuanCell, errors) ?? sumFen([])
  if (!layout.hasTotals) {
    const shares = lines.map((line) => (isPaid ? line.paid : (line.due ?? line.paid)) ?? sumFen([]))
    return { payment: sumFen([...shares, freight]), freight, shares }
  }
  const total = takeCell(sharedCell(order, 'total'), yuanCell, errors) ?? sumFen([])
  const paid = takeCell(sharedCell(order, 'paid'), yuanCell, errors)
  const before =
    isClosed && paid === 0 ? (takeCell(sharedCell(order, 'refundFee'), yuanCell, errors) ?? total) : (paid ?? total)
  const payment = isPaid ? before : total
  const hasPrices = lines.every((line) => line.price !== null)
  const goods = payment - freight
  return {
    payment,
    freight,
    shares: hasPrices
      ? null
      : splitFen(
          goods,
          lines.map((line) => line.quantity),
        ),
  }
}

function orderFields(line: Line, share: Fen | undefined): Fields {
  const text = (key: ColumnKey) => textIn(line.row.cells.get(key))
  return {
    oid: line.oid,
    title: text('title'),
    outer_sku_id: text('merchantCode'),
    sku_properties_name: text('specification'),
    num: line.quantity,
    ...(line.price === null ? {} : { price: yuanText(line.price) }),
    ...(share === undefined ? {} : { divide_order_fee: yuanText(share) }),
    status: line.status,
    refund_status: line.refundStatus,
    logistics_company: text('carrier'),
    invoice_no: line.waybillNo,
  }
}

/** A refund paid out, where the amount is known to be this line's own. */
function refundFields(line: Line, { tid, isOwnAmount }: { tid: string; isOwnAmount: boolean }): Fields[] {
  if (line.refundStatus !== 'SUCCESS' || !isOwnAmount || line.refundFee === null || line.refundFee === 0) return []
  return [{ tid, oid: line.oid, status: 'SUCCESS', refund_fee: yuanText(line.refundFee) }]
}
