import { z } from 'zod'
import {
  type ChannelStatus,
  channelStatuses,
  type OrderRefundState,
  orderRefundStates,
  refundStates,
} from '../../../core/channel/words.ts'
import { type OrderState, orderStates } from '../../../core/order/moves.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, type Sql, sql } from '../../../platform/db/sql.ts'

/** What sits in `extra`: small facts that are shown, never searched. */
const Extra = z.object({
  because: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))).default({}),
  warnings: z.array(z.string()).default([]),
  overruled: z.array(z.string()).default([]),
  isPartial: z.boolean().default(false),
  promotions: z.array(z.unknown()).default([]),
  shipments: z.array(z.object({ carrierName: z.string().nullable(), waybillNo: z.string() })).default([]),
})

/** An order as it stands, with its sealed person; the caller holds its lock. */
export const Stored = z.object({
  id: z.int(),
  orderNo: z.string(),
  shopId: z.int(),
  channel: z.string(),
  channelOrderNo: z.string(),
  channelStatus: z.string(),
  status: z.enum(channelStatuses) as z.ZodType<ChannelStatus>,
  state: z.enum(orderStates) as z.ZodType<OrderState>,
  refundState: z.enum(orderRefundStates) as z.ZodType<OrderRefundState>,
  findings: z.array(z.string()),
  holdReason: z.string().nullable(),
  holdUntil: z.int().nullable(),
  createdAt: z.int(),
  paidAt: z.int().nullable(),
  modifiedAt: z.int(),
  shipBy: z.int().nullable(),
  currency: z.string(),
  paidFen: z.int(),
  payableFen: z.int().nullable(),
  freightFen: z.int(),
  extraFen: z.int(),
  discountFen: z.int(),
  refundedFen: z.int(),
  isCod: z.boolean(),
  mayShipNow: z.boolean(),
  cancelRequested: z.boolean(),
  hasNote: z.boolean(),
  hasRemark: z.boolean(),
  flag: z.string().nullable(),
  buyerId: z.int().nullable(),
  province: z.string(),
  city: z.string(),
  district: z.string(),
  town: z.string(),
  warehouseId: z.int().nullable(),
  lineCount: z.int(),
  pieceCount: z.int(),
  goods: z.string(),
  extra: Extra,
  approvedAt: z.int().nullable(),
  shippedAt: z.int().nullable(),
  seenId: z.int().nullable(),
  withdrawnAt: z.int().nullable(),
  version: z.int(),
  sealed: z.instanceof(Uint8Array),
})
export type Stored = z.infer<typeof Stored>

const storedColumns = sql`
  o.id, o.order_no, o.shop_id, o.channel, o.channel_order_no, o.channel_status, o.status, o.state, o.refund_state, o.findings, o.hold_reason, o.hold_until,
  o.created_at, o.paid_at, o.modified_at, o.ship_by, o.currency, o.paid_fen, o.payable_fen, o.freight_fen, o.extra_fen, o.discount_fen, o.refunded_fen, o.is_cod,
  o.may_ship_now, o.cancel_requested, o.has_note, o.has_remark, o.flag, o.buyer_id, o.province, o.city, o.district, o.town, o.warehouse_id, o.line_count,
  o.piece_count, o.goods, o.extra, o.approved_at, o.shipped_at, o.seen_id, o.withdrawn_at, o.version, p.sealed`

const stored = (where: Sql, lock: Sql) => sql`
    select ${storedColumns}
      from orders.sale o join orders.receiver p on p.order_id = o.id
     where ${where}
     order by o.id ${lock}`

/** Locks known orders by the channel's number, in order of key. */
export const lockByChannelNos = (
  db: Db,
  keys: readonly { readonly shopId: number; readonly channelOrderNo: string }[],
) =>
  db.all(
    Stored,
    stored(
      sql`(o.shop_id, o.channel_order_no) in (select shop_id, channel_order_no from ${rowsAs('k', keys, { shopId: 'bigint', channelOrderNo: 'text' })})`,
      sql`for update of o`,
    ),
  )

/** Locks orders by key. */
export const lockByIds = (db: Db, ids: readonly number[]) =>
  db.all(Stored, stored(sql`o.id = any(${ids}::bigint[])`, sql`for update of o`))

export const findByIds = (db: Db, ids: readonly number[]) =>
  db.all(Stored, stored(sql`o.id = any(${ids}::bigint[])`, sql``))

export const findByNo = (db: Db, orderNo: string) =>
  db.maybe(Stored, stored(sql`o.id = ${Number(orderNo.slice(1))}`, sql``))

const LineStored = z.object({
  id: z.int(),
  orderId: z.int(),
  channelLineNo: z.string(),
  channelItemNo: z.string(),
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  title: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  quantity: z.int(),
  isGift: z.boolean(),
  listFen: z.int(),
  paidFen: z.int(),
  lineStatus: z.string(),
  refundState: z.enum(refundStates),
  refundingQuantity: z.int(),
  refundedQuantity: z.int(),
  refundedFen: z.int(),
  channelShippedQuantity: z.int(),
  mayShipNow: z.boolean(),
  shippedQuantity: z.int(),
  listingId: z.int().nullable(),
  skuId: z.int().nullable(),
  skuCode: z.string().nullable(),
  skuName: z.string().nullable(),
})
export type LineStored = z.infer<typeof LineStored>

export const listLines = (db: Db, orderIds: readonly number[]) =>
  db.all(
    LineStored,
    sql`
    select l.id, l.order_id, l.channel_line_no, l.channel_item_no, l.channel_sku_no, l.merchant_code, l.title, l.specification, l.image_url, l.quantity, l.is_gift,
           l.list_fen, l.paid_fen, l.line_status, l.refund_state, l.refunding_quantity, l.refunded_quantity, l.refunded_fen, l.channel_shipped_quantity,
           l.may_ship_now, l.shipped_quantity, l.listing_id, l.sku_id, s.code as sku_code, s.product_name as sku_name
      from orders.line l left join catalogue.sku s on s.id = l.sku_id
     where l.order_id = any(${orderIds}::bigint[])
     order by l.order_id, l.id`,
  )

const Twin = z.object({
  buyerId: z.int(),
  goods: z.string(),
  orderNo: z.string(),
  channelOrderNo: z.string(),
  shopId: z.int(),
  createdAt: z.int(),
})
export type Twin = z.infer<typeof Twin>

/** Recent orders of these buyers that are not closed, for telling double orders. */
export const listRecentOf = (db: Db, buyerIds: readonly number[], since: number) =>
  db.all(
    Twin,
    sql`
    select buyer_id, goods, order_no, channel_order_no, shop_id, created_at
      from orders.sale
     where buyer_id = any(${buyerIds}::bigint[]) and created_at >= ${new Date(since).toISOString()}::timestamptz and state <> 'closed'
     order by id`,
  )

const Setting = z.object({ value: z.unknown() })
export const findSetting = async (db: Db, name: string): Promise<unknown> =>
  (await db.maybe(Setting, sql`select value from orders.setting where name = ${name}`))?.value ?? null
export const saveSetting = (db: Db, name: string, value: unknown) =>
  db.run(
    sql`insert into orders.setting (name, value) values (${name}, ${JSON.stringify(value)}::jsonb) on conflict (name) do update set value = excluded.value`,
  )
