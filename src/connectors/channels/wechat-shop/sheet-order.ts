import { type Fen, fen, splitFen, sumFen } from '../../../core/money/fen.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { Fields } from '../../../kit/fields.ts'
import { momentCell, piecesCell, sharedCell, takeCell, textIn, yuanCell } from '../../../kit/sheet-rows.ts'
import { closedNumbers, closedWords, noRefundWords, sheetRefundStatuses, sheetStatuses } from './sheet-columns.ts'
import { longNumber, type OrderRows, type Row } from './sheet-rows.ts'
import { numberedLine } from './to-order.ts'

export interface SheetOrder {
  readonly order: Fields
  readonly aftersales: readonly Fields[]
}

/**
 * The rows of one order as the platform's own order and after-sales. Cells that cannot be read are noted in `errors`;
 * then there are gaps and the whole is not used. Pure.
 */
export function orderIn(order: OrderRows, now: Instant): SheetOrder {
  const orderNo = orderNoOf(order)
  const times = timesOf(order, now)
  const money = moneyOf(order)
  const text = (key: Parameters<typeof sharedCell>[1]) => textIn(sharedCell(order, key))
  const lines = order.rows.map((row, place) => ({ row, lineNo: lineNoOf(order, row, { orderNo, place }) }))
  return {
    order: {
      order_id: orderNo,
      status: statusNumber(text('status'), times.pay_time > 0),
      create_time: times.create_time,
      update_time: times.update_time,
      order_detail: {
        product_infos: lines.map(({ row, lineNo }, place) => ({
          ...productFields(order, row),
          product_unique_id: lineNo,
          real_price: money.lines[place],
        })),
        pay_info: { pay_time: times.pay_time },
        price_info: { order_price: money.total, freight: money.freight },
        delivery_info: {
          address_info: {
            user_name: text('name'),
            province_name: text('province'),
            city_name: text('city'),
            county_name: text('district'),
            detail_info: text('address'),
            tel_number: text('phone'),
          },
          delivery_product_info: parcelFields(order, lines),
        },
        ext_info: { customer_notes: text('buyerNote'), merchant_notes: text('remark') },
      },
    },
    aftersales: lines.flatMap(({ row, lineNo }, place) =>
      aftersaleFields(order, row, { orderNo, lineNo, paid: money.lines[place]! }),
    ),
  }
}

function orderNoOf(order: OrderRows): string {
  const cell = sharedCell(order, 'orderNo')
  if (cell !== undefined) return takeCell(cell, longNumber, order.errors) ?? ''
  for (const { number } of order.rows) {
    order.errors.push({ row: number, column: '订单号', value: '', zh: '请填订单号' })
  }
  return ''
}

/** The export's own number of the line, else the one that the platform gives by place. */
function lineNoOf({ rows }: OrderRows, row: Row, { orderNo, place }: { orderNo: string; place: number }): string {
  const own = textIn(row.cells.get('lineNo'))
  const isUnique = rows.filter(({ cells }) => textIn(cells.get('lineNo')) === own).length === 1
  return own !== '' && isUnique ? own : numberedLine(orderNo, place)
}

/** It counts as changed at the latest time the file gives, `now` where it gives none. */
function timesOf(order: OrderRows, now: Instant) {
  const [created, paid, shipped, ended] = (['createdAt', 'paidAt', 'shippedAt', 'endedAt'] as const).map((key) =>
    takeCell(sharedCell(order, key), momentCell, order.errors),
  )
  const known = [created, paid, shipped, ended].flatMap((at) => at ?? [])
  const seconds = (at: Instant) => Math.floor(at / 1000)
  return {
    create_time: seconds(created ?? paid ?? now),
    pay_time: seconds(paid ?? 0),
    update_time: seconds(known.length === 0 ? now : Math.max(...known)),
  }
}

function statusNumber(text: string, isPaid: boolean): string {
  if (closedWords.has(text)) return isPaid ? closedNumbers.paid : closedNumbers.unpaid
  return sheetStatuses[text] ?? text
}

function quantityIn({ rows, errors }: OrderRows, row: Row): number {
  const cell = row.cells.get('quantity')
  if (cell === undefined && rows.length > 1) {
    errors.push({ row: row.number, column: '商品数量', value: '', zh: '一单有多行时，每一行都要有商品数量' })
  }
  return takeCell(cell, piecesCell, errors) ?? 1
}

function productFields(order: OrderRows, row: Row): Fields {
  const text = (key: Parameters<typeof row.cells.get>[0]) => textIn(row.cells.get(key))
  const price = takeCell(row.cells.get('price'), yuanCell, order.errors)
  return {
    product_id: text('itemNo'),
    sku_id: text('skuNo'),
    sku_code: text('merchantCode'),
    sku_cnt: quantityIn(order, row),
    title: text('title'),
    sku_attrs: attributesIn(text('specification')),
    ...(price === null ? {} : { sale_price: price }),
    is_free_gift: /^[【[]赠品/.test(text('title')),
  }
}

/** `颜色:白;尺寸:大` in parts; other text is one value. */
function attributesIn(text: string): Fields[] {
  const parts = text.split(/[;；]/).filter((part) => part.trim() !== '')
  return parts.map((part) => {
    const [key = '', ...rest] = part.split(/[:：]/)
    return rest.length === 0 ? { attr_key: '规格', attr_value: key } : { attr_key: key, attr_value: rest.join(':') }
  })
}

interface Amounts {
  readonly total: Fen
  readonly freight: Fen
  /** One amount for each row. */
  readonly lines: readonly Fen[]
}

/**
 * What the lines cost, where the file says so; else the order's amount shared out by list price, or by pieces where
 * there are no prices.
 */
function moneyOf(order: OrderRows): Amounts {
  const { rows, errors } = order
  const freight = takeCell(sharedCell(order, 'freight'), yuanCell, errors) ?? sumFen([])
  const total = takeCell(sharedCell(order, 'total'), yuanCell, errors)
  const paid = rows.map((row) => takeCell(row.cells.get('paid'), yuanCell, errors))
  if (paid.every((amount) => amount !== null)) {
    return { total: total ?? sumFen([...paid, freight]), freight, lines: paid }
  }
  const quantities = rows.map((row) => quantityIn(order, row))
  const prices = rows.map((row) => takeCell(row.cells.get('price'), yuanCell, errors))
  const listed = prices.map((price, place) => Math.max(0, price ?? 0) * quantities[place]!)
  const goods = total === null ? sumFen(listed) : fen(total - freight)
  const weights = listed.some((amount) => amount > 0) ? listed : quantities
  return { total: total ?? sumFen([goods, freight]), freight, lines: splitFen(goods, weights) }
}

/** One parcel for each waybill number. */
function parcelFields(
  { errors }: OrderRows,
  lines: readonly { readonly row: Row; readonly lineNo: string }[],
): Fields[] {
  const sent = lines.filter(({ row }) => row.cells.has('waybillNo'))
  const byNumber = Map.groupBy(sent, ({ row }) => textIn(row.cells.get('waybillNo')))
  return [...byNumber].map(([waybillNo, inside]) => ({
    waybill_id: waybillNo,
    delivery_name: textIn(inside[0]?.row.cells.get('carrier')),
    product_infos: inside.map(({ row: { cells }, lineNo }) => ({
      product_id: textIn(cells.get('itemNo')),
      sku_id: textIn(cells.get('skuNo')),
      product_unique_id: lineNo,
      product_cnt: takeCell(cells.get('quantity'), piecesCell, errors) ?? 1,
    })),
  }))
}

interface LineFacts {
  readonly orderNo: string
  readonly lineNo: string
  readonly paid: Fen
}

/** The after-sale that a row tells of; without an amount of its own it is about the whole line. */
function aftersaleFields({ errors }: OrderRows, { cells }: Row, { orderNo, lineNo, paid }: LineFacts): Fields[] {
  const text = textIn(cells.get('refundStatus'))
  if (noRefundWords.has(text)) return []
  return [
    {
      after_sale_order_id: lineNo,
      order_id: orderNo,
      status: sheetRefundStatuses[text] ?? text,
      product_info: { product_unique_id: lineNo, count: takeCell(cells.get('quantity'), piecesCell, errors) ?? 1 },
      refund_info: { amount: takeCell(cells.get('refundFee'), yuanCell, errors) ?? paid },
    },
  ]
}
