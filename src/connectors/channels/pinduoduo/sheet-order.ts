import { type Fen, fen, sumFen, yuanText } from '../../../core/money/fen.ts'
import { beijingText, type Instant } from '../../../core/time/instant.ts'
import { momentCell, piecesCell, sharedCell, takeCell, textIn, yuanCell } from '../../../kit/sheet-rows.ts'
import { carrierIdOf } from './carriers.ts'
import { type ColumnKey, sheetRefunds, sheetStatuses } from './sheet-columns.ts'
import { longNumber, needCell, type OrderRows, type Row } from './sheet-rows.ts'

/** An order as the platform would tell it, and what its lines cost before discounts. */
export interface SheetOrder {
  readonly fields: Readonly<Record<string, unknown>>
  readonly listFen: readonly Fen[]
}

/**
 * The rows of one order as the platform's own order. Cells that cannot be read are noted in `errors`; then the order has gaps and is not
 * used. Pure.
 */
export function sheetOrderOf(order: OrderRows, now: Instant): SheetOrder {
  const { rows, errors } = order
  const text = (key: ColumnKey) => textIn(sharedCell(order, key))
  const [first] = rows
  const orderNo = first === undefined ? null : needCell(first, { key: 'orderNo', reader: longNumber }, errors)
  const { listFen, ...money } = moneyIn(order)
  return {
    listFen,
    fields: {
      order_sn: orderNo ?? '',
      ...statusIn(text('status'), text('afterSale')),
      ...timesOf(order, now),
      ...money,
      receiver_name: text('name'),
      receiver_phone: text('phone'),
      province: text('province'),
      city: text('city'),
      town: text('district'),
      receiver_address: text('address'),
      buyer_memo: text('buyerNote'),
      remark: text('remark'),
      tracking_number: text('waybillNo'),
      logistics_id: carrierIdOf(text('carrier')),
      item_list: rows.map((row) => itemOf(row, order)),
    },
  }
}

/** An unknown word stands as it is, so that it is named and stops the order. */
function statusIn(status: string, afterSale: string) {
  const known = sheetStatuses[status.replace(',', '，')]
  return {
    confirm_status: known?.confirm ?? '',
    group_status: known?.group ?? '',
    order_status: known?.stage ?? status,
    refund_status: known?.refund ?? (afterSale === '' ? '1' : (sheetRefunds[afterSale] ?? afterSale)),
  }
}

/** It counts as changed at the latest time the file gives, `now` where it gives none. */
function timesOf(order: OrderRows, now: Instant) {
  const [created, paid, shipBy, shipped, ended] = (
    ['createdAt', 'paidAt', 'shipBy', 'shippedAt', 'endedAt'] as const
  ).map((key) => takeCell(sharedCell(order, key), momentCell, order.errors) ?? null)
  const known = [created, paid, shipped, ended].flatMap((at) => at ?? [])
  const wall = (at: Instant | null | undefined) => (at === null || at === undefined ? '' : beijingText(at))
  return {
    created_time: wall(created ?? paid ?? now),
    pay_time: wall(paid),
    last_ship_time: wall(shipBy),
    shipping_time: wall(shipped),
    receive_time: wall(ended),
    updated_at: wall(known.length === 0 ? now : Math.max(...known)),
  }
}

/** What the buyer paid and the freight belong to the whole order; goods and discounts are told row by row. */
function moneyIn(order: OrderRows) {
  const { rows, errors } = order
  const amounts = (key: ColumnKey) => rows.map(({ cells }) => takeCell(cells.get(key), yuanCell, errors) ?? fen(0))
  const listFen = amounts('goods')
  const total = takeCell(sharedCell(order, 'total'), yuanCell, errors) ?? fen(0)
  const freight = takeCell(sharedCell(order, 'freight'), yuanCell, errors) ?? fen(0)
  const hasGoods = sharedCell(order, 'goods') !== undefined
  return {
    listFen,
    goods_amount: hasGoods ? yuanText(sumFen(listFen)) : '',
    discount_amount: yuanText(sumFen([...amounts('shopDiscount'), ...amounts('platformDiscount')])),
    postage: yuanText(freight),
    pay_amount: yuanText(total),
  }
}

function itemOf(row: Row, { errors }: OrderRows) {
  const text = (key: ColumnKey) => textIn(row.cells.get(key))
  return {
    goods_id: text('itemNo'),
    sku_id: needCell(row, { key: 'skuNo', reader: longNumber }, errors) ?? '',
    outer_id: text('skuCode'),
    outer_goods_id: text('itemCode'),
    goods_name: text('title'),
    goods_spec: text('specification'),
    goods_count: needCell(row, { key: 'quantity', reader: piecesCell }, errors) ?? 1,
  }
}
