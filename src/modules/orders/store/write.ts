import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

/** A row of orders.sale as it is written. Instants in epoch ms, money in fen. */
export interface SaleRow {
  readonly shopId: number
  readonly channel: string
  readonly channelOrderNo: string
  readonly channelStatus: string
  readonly status: string
  readonly state: string
  readonly refundState: string
  readonly findings: readonly string[]
  readonly createdAt: number
  readonly paidAt: number | null
  readonly modifiedAt: number
  readonly shipBy: number | null
  readonly currency: string
  readonly paidFen: number
  readonly payableFen: number | null
  readonly freightFen: number
  readonly extraFen: number
  readonly discountFen: number
  readonly refundedFen: number
  readonly isCod: boolean
  readonly mayShipNow: boolean
  readonly cancelRequested: boolean
  readonly hasNote: boolean
  readonly hasRemark: boolean
  readonly flag: string | null
  readonly buyerId: number | null
  readonly province: string
  readonly city: string
  readonly district: string
  readonly town: string
  readonly warehouseId: number | null
  readonly lineCount: number
  readonly pieceCount: number
  readonly goods: string
  readonly extra: object
  readonly approvedAt: number | null
  readonly shippedAt: number | null
  readonly seenId: number
}

/** What a change may rewrite, in the order of the columns. */
const changing = {
  channelStatus: 'text',
  status: 'text',
  state: 'text',
  refundState: 'text',
  findings: 'text[]',
  paidAt: 'timestamptz',
  modifiedAt: 'timestamptz',
  shipBy: 'timestamptz',
  paidFen: 'bigint',
  payableFen: 'bigint',
  freightFen: 'bigint',
  extraFen: 'bigint',
  discountFen: 'bigint',
  refundedFen: 'bigint',
  mayShipNow: 'boolean',
  cancelRequested: 'boolean',
  hasNote: 'boolean',
  hasRemark: 'boolean',
  flag: 'text',
  province: 'text',
  city: 'text',
  district: 'text',
  town: 'text',
  warehouseId: 'bigint',
  lineCount: 'smallint',
  pieceCount: 'int',
  goods: 'text',
  extra: 'jsonb',
  approvedAt: 'timestamptz',
  shippedAt: 'timestamptz',
  seenId: 'bigint',
} as const
const fixed = {
  shopId: 'bigint',
  channel: 'text',
  channelOrderNo: 'text',
  createdAt: 'timestamptz',
  currency: 'text',
  isCod: 'boolean',
  buyerId: 'bigint',
} as const

const Inserted = z.object({ id: z.int(), shopId: z.int(), channelOrderNo: z.string() })

/** Adds orders; one that another intake added meanwhile is left out of the answer and comes again. */
export const insertSales = (db: Db, rows: readonly SaleRow[]) =>
  db.all(
    Inserted,
    sql`
    insert into orders.sale (shop_id, channel, channel_order_no, created_at, currency, is_cod, buyer_id,
           channel_status, status, state, refund_state, findings, paid_at, modified_at, ship_by, paid_fen, payable_fen, freight_fen, extra_fen,
           discount_fen, refunded_fen, may_ship_now, cancel_requested, has_note, has_remark, flag, province, city, district, town,
           warehouse_id, line_count, piece_count, goods, extra, approved_at, shipped_at, seen_id)
    select shop_id, channel, channel_order_no, created_at, currency, is_cod, buyer_id,
           channel_status, status, state, refund_state, findings::text[], paid_at, modified_at, ship_by, paid_fen, payable_fen, freight_fen, extra_fen,
           discount_fen, refunded_fen, may_ship_now, cancel_requested, has_note, has_remark, flag, province, city, district, town,
           warehouse_id, line_count, piece_count, goods, extra, approved_at, shipped_at, seen_id
      from ${rowsAs('s', rows, { ...fixed, ...changing })}
        on conflict (shop_id, channel_order_no) do nothing
    returning id, shop_id, channel_order_no`,
  )

/** Rewrites orders whose rows the caller has locked; of one that comes back after its import was undone, also who bought it and when. */
export const updateSales = (db: Db, rows: readonly (SaleRow & { readonly id: number })[]) =>
  db.run(sql`
    update orders.sale o
       set channel_status = s.channel_status, status = s.status, state = s.state, refund_state = s.refund_state, findings = s.findings::text[],
           paid_at = s.paid_at, modified_at = s.modified_at, ship_by = s.ship_by, paid_fen = s.paid_fen, payable_fen = s.payable_fen,
           freight_fen = s.freight_fen, extra_fen = s.extra_fen, discount_fen = s.discount_fen, refunded_fen = s.refunded_fen,
           may_ship_now = s.may_ship_now, cancel_requested = s.cancel_requested, has_note = s.has_note, has_remark = s.has_remark, flag = s.flag,
           province = s.province, city = s.city, district = s.district, town = s.town, warehouse_id = s.warehouse_id,
           line_count = s.line_count, piece_count = s.piece_count, goods = s.goods, extra = s.extra,
           approved_at = s.approved_at, shipped_at = s.shipped_at, seen_id = s.seen_id, version = o.version + 1,
           created_at = case when o.withdrawn_at is null then o.created_at else s.created_at end,
           currency = case when o.withdrawn_at is null then o.currency else s.currency end,
           is_cod = case when o.withdrawn_at is null then o.is_cod else s.is_cod end,
           buyer_id = case when o.withdrawn_at is null then o.buyer_id else s.buyer_id end,
           withdrawn_at = null,
           hold_reason = case when s.state = 'held' then o.hold_reason end, hold_until = case when s.state = 'held' then o.hold_until end
      from ${rowsAs('s', rows, { id: 'bigint', ...fixed, ...changing })}
     where o.id = s.id`)

export interface LineRow {
  readonly orderId: number
  readonly channelLineNo: string
  readonly channelItemNo: string
  readonly channelSkuNo: string
  readonly merchantCode: string | null
  readonly title: string
  readonly specification: string
  readonly imageUrl: string | null
  readonly quantity: number
  readonly isGift: boolean
  readonly listFen: number
  readonly paidFen: number
  readonly lineStatus: string
  readonly refundState: string
  readonly refundingQuantity: number
  readonly refundedQuantity: number
  readonly refundedFen: number
  readonly channelShippedQuantity: number
  readonly mayShipNow: boolean
  readonly listingId: number | null
  readonly skuId: number | null
}
const lineColumns = {
  orderId: 'bigint',
  channelLineNo: 'text',
  channelItemNo: 'text',
  channelSkuNo: 'text',
  merchantCode: 'text',
  title: 'text',
  specification: 'text',
  imageUrl: 'text',
  quantity: 'int',
  isGift: 'boolean',
  listFen: 'bigint',
  paidFen: 'bigint',
  lineStatus: 'text',
  refundState: 'text',
  refundingQuantity: 'int',
  refundedQuantity: 'int',
  refundedFen: 'bigint',
  channelShippedQuantity: 'int',
  mayShipNow: 'boolean',
  listingId: 'bigint',
  skuId: 'bigint',
} as const

const LineKey = z.object({ id: z.int(), orderId: z.int(), channelLineNo: z.string() })

/** Adds or rewrites lines by the channel's line number; our own facts (shipped by us) stay. Gives the key of each. */
export const saveLines = (db: Db, rows: readonly LineRow[]) =>
  db.all(
    LineKey,
    sql`
    insert into orders.line as l (order_id, channel_line_no, channel_item_no, channel_sku_no, merchant_code, title, specification, image_url, quantity, is_gift,
           list_fen, paid_fen, line_status, refund_state, refunding_quantity, refunded_quantity, refunded_fen, channel_shipped_quantity, may_ship_now, listing_id, sku_id)
    select order_id, channel_line_no, channel_item_no, channel_sku_no, merchant_code, title, specification, image_url, quantity, is_gift,
           list_fen, paid_fen, line_status, refund_state, refunding_quantity, refunded_quantity, refunded_fen, channel_shipped_quantity, may_ship_now, listing_id, sku_id
      from ${rowsAs('n', rows, lineColumns)}
        on conflict (order_id, channel_line_no) do update
       set channel_item_no = excluded.channel_item_no, channel_sku_no = excluded.channel_sku_no, merchant_code = excluded.merchant_code,
           title = excluded.title, specification = excluded.specification, image_url = excluded.image_url, quantity = excluded.quantity,
           is_gift = excluded.is_gift, list_fen = excluded.list_fen, paid_fen = excluded.paid_fen, line_status = excluded.line_status,
           refund_state = excluded.refund_state, refunding_quantity = excluded.refunding_quantity, refunded_quantity = excluded.refunded_quantity,
           refunded_fen = excluded.refunded_fen, channel_shipped_quantity = excluded.channel_shipped_quantity, may_ship_now = excluded.may_ship_now,
           listing_id = excluded.listing_id, sku_id = excluded.sku_id
    returning id, order_id, channel_line_no`,
  )

export interface PersonRow {
  readonly orderId: number
  readonly sealed: Buffer
  readonly privacy: string
  readonly phone: string | null
  readonly phoneTail: string | null
  readonly address: string | null
  readonly nameGrams: readonly string[]
}

export const savePeople = (db: Db, rows: readonly PersonRow[]) =>
  db.run(sql`
    insert into orders.receiver (order_id, sealed, privacy, phone, phone_tail, address, name_grams)
    select order_id, sealed, privacy, phone, phone_tail, address, name_grams::bigint[]
      from ${rowsAs('p', rows, { orderId: 'bigint', sealed: 'bytea', privacy: 'text', phone: 'bigint', phoneTail: 'bigint', address: 'bigint', nameGrams: 'bigint[]' })}
        on conflict (order_id) do update
       set sealed = excluded.sealed, privacy = excluded.privacy, phone = excluded.phone, phone_tail = excluded.phone_tail,
           address = excluded.address, name_grams = excluded.name_grams`)

export interface HistoryRow {
  readonly orderId: number
  readonly deed: string
  readonly fromState: string | null
  readonly toState: string | null
  readonly actor: string
  readonly reason: string | null
  readonly changes: readonly object[] | null
}

export const insertHistory = (db: Db, rows: readonly HistoryRow[], at: number) =>
  db.run(sql`
    insert into orders.history (order_id, at, deed, from_state, to_state, actor, reason, changes)
    select order_id, ${new Date(at).toISOString()}::timestamptz, deed, from_state, to_state, actor, reason, changes
      from ${rowsAs('h', rows, { orderId: 'bigint', deed: 'text', fromState: 'text', toState: 'text', actor: 'text', reason: 'text', changes: 'jsonb' })}`)
