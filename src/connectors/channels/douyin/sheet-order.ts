import { sumFen } from '../../../core/money/fen.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { momentCell, piecesCell, sharedCell, takeCell, textIn, yuanCell } from '../../../kit/sheet-rows.ts'
import { carriers } from './carriers.ts'
import { type ColumnKey, sheetRefunds, sheetStatuses } from './sheet-columns.ts'
import { longNumber, needCell, type OrderRows, type Row } from './sheet-rows.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * The rows of one order as the platform's own detail. Cells that cannot be read are noted in `errors`; then the detail has gaps and is
 * not used. Pure.
 */
export function detailOf(order: OrderRows, now: Instant): Fields {
  const { rows, errors } = order
  const text = (key: ColumnKey) => textIn(sharedCell(order, key))
  const [first] = rows
  const orderId = first === undefined ? null : needCell(first, { key: 'orderNo', reader: longNumber }, errors)
  const lines = rows.map((row) => lineOf(row, order))
  const freight = takeCell(sharedCell(order, 'freight'), yuanCell, errors) ?? 0
  const status = orderStatusOf(lines.map(({ order_status }) => order_status))
  return {
    order_id: orderId ?? '',
    order_status: status,
    ...timesOf(order, now),
    pay_amount: sumFen(lines.map(({ pay_amount }) => pay_amount)) + freight,
    post_amount: freight,
    promotion_amount: sumFen(rows.map((row) => takeCell(row.cells.get('discount'), yuanCell, errors) ?? 0)),
    mask_post_receiver: text('name'),
    mask_post_tel: text('phone'),
    post_addr: {
      province: { name: text('province') },
      city: { name: text('city') },
      town: { name: text('district') },
      street: { name: text('town') },
      detail: text('address'),
    },
    buyer_words: text('buyerNote'),
    seller_words: text('remark'),
    sku_order_list: lines,
    logistics_info: parcelsIn(rows),
  }
}

/**
 * Each row tells the status of its line. What was closed says nothing of the rest, and an order some lines of which have left is sent in
 * part.
 */
function orderStatusOf(lineStatuses: readonly string[]): string {
  const [first = '', ...others] = lineStatuses.filter((status) => status !== sheetStatuses.已关闭)
  if (first === '') return lineStatuses[0] ?? ''
  const isMixed = [first, ...others].includes('2') && others.some((status) => status !== first)
  return isMixed ? '101' : first
}

/** It counts as changed at the latest time the file gives, `now` where it gives none. Times are seconds. */
function timesOf(order: OrderRows, now: Instant) {
  const [created, paid, shipBy, shipped, ended] = (
    ['createdAt', 'paidAt', 'shipBy', 'shippedAt', 'endedAt'] as const
  ).map((key) => takeCell(sharedCell(order, key), momentCell, order.errors))
  const known = [created, paid, shipped, ended].flatMap((at) => at ?? [])
  const seconds = (at: Instant) => Math.floor(at / 1000)
  return {
    create_time: seconds(created ?? paid ?? now),
    pay_time: seconds(paid ?? 0),
    exp_ship_time: seconds(shipBy ?? 0),
    update_time: seconds(known.length === 0 ? now : Math.max(...known)),
  }
}

function lineOf(row: Row, { errors }: OrderRows) {
  const text = (key: ColumnKey) => textIn(row.cells.get(key))
  const [status, refund] = [text('status'), text('afterSale')]
  const paid = needCell(row, { key: 'paid', reader: yuanCell }, errors) ?? 0
  return {
    order_id: needCell(row, { key: 'lineNo', reader: longNumber }, errors) ?? '',
    order_status: sheetStatuses[status] ?? status,
    product_id_str: text('itemNo'),
    sku_id: text('skuNo'),
    product_name: text('title'),
    spec: text('specification') === '' ? [] : [{ value: text('specification') }],
    code: text('merchantCode'),
    item_num: needCell(row, { key: 'quantity', reader: piecesCell }, errors) ?? 1,
    sum_amount: paid + (takeCell(row.cells.get('discount'), yuanCell, errors) ?? 0),
    pay_amount: paid,
    given_product_type: text('isGift') === '是' ? 'FREE' : 'MASTER',
    after_sale_info: { after_sale_status: sheetRefunds[refund] ?? refund },
  }
}

/** Rows with one waybill number are one parcel; those without are still here. */
function parcelsIn(rows: readonly Row[]): Fields[] {
  const sent = rows.filter(({ cells }) => cells.has('waybillNo'))
  const groups = Map.groupBy(sent, ({ cells }) => textIn(cells.get('waybillNo')))
  return [...groups].map(([waybillNo, inside]) => {
    const carrier = textIn(inside[0]?.cells.get('carrier'))
    return {
      tracking_no: waybillNo,
      company: carriers.codeOf(carrier) ?? carrier,
      company_name: carrier,
      product_info: inside.map(({ cells }) => ({
        sku_order_id: textIn(cells.get('lineNo')),
        sku_id: textIn(cells.get('skuNo')),
        product_count: takeCell(cells.get('quantity'), piecesCell, []) ?? 1,
      })),
    }
  })
}
