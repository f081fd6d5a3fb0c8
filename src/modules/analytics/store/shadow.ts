import { z } from 'zod'
import { orderStates } from '../../../core/order/moves.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const Shadowed = z.strictObject({
  orderId: z.int(),
  orderNo: z.string(),
  channelOrderNo: z.string(),
  shippedAt: z.number().nullable(),
  stateBefore: z.enum(orderStates).nullable(),
  approvedAt: z.number().nullable(),
  shipBy: z.number().nullable(),
  isClosed: z.boolean(),
  wanted: z.int(),
  sent: z.int(),
  holdReason: z.string().nullable(),
})
export type Shadowed = z.infer<typeof Shadowed>

/** Orders of a shop that were still open with us when its shadow stage began or came later; what the back office did to each. */
export const listShadowed = (db: Db, shopId: number, since: Instant) =>
  db.all(
    Shadowed,
    sql`
  select s.id as order_id, s.order_no, s.channel_order_no, left_by.at as shipped_at, left_by.from_state as state_before,
         s.approved_at, s.ship_by, s.state in ('closed', 'completed') and left_by.at is null as is_closed,
         l.wanted, l.sent, coalesce(held.reason, s.hold_reason) as hold_reason
    from orders.sale s
    cross join lateral (
      select coalesce(sum(quantity - refunded_quantity), 0)::int as wanted, coalesce(sum(channel_shipped_quantity), 0)::int as sent
        from orders.line where order_id = s.id) l
    left join lateral (
      select at, from_state from orders.history
       where order_id = s.id and deed = 'ship-elsewhere' order by id limit 1) left_by on true
    left join lateral (
      select reason from orders.history where order_id = s.id and to_state = 'held' order by id desc limit 1) held on true
   where s.shop_id = ${shopId} and s.withdrawn_at is null
     and (left_by.at >= ${isoText(since)}::timestamptz or (left_by.at is null and s.created_at >= ${isoText(since)}::timestamptz))
   order by coalesce(left_by.at, s.created_at) desc, s.id desc
   limit 20000`,
  )

const StockDifference = z.strictObject({
  listingId: z.int(),
  title: z.string(),
  specification: z.string(),
  ours: z.int(),
  theirs: z.int(),
  total: z.int(),
})

/** Listings whose number at the channel, as last pulled, is not the one we would tell. */
export const listStockDifferences = (db: Db, shopId: number) =>
  db.all(
    StockDifference,
    sql`
  select w.listing_id, seen.listing ->> 'title' as title, seen.listing ->> 'specification' as specification,
         w.quantity as ours, (seen.listing ->> 'quantity')::int as theirs, (count(*) over ())::int as total
    from channels.stock_wish w
    join channels.listing_seen seen on seen.shop_id = w.shop_id and seen.channel_item_no = w.channel_item_no and seen.channel_sku_no = w.channel_sku_no
   where w.shop_id = ${shopId} and (seen.listing ->> 'quantity')::int <> w.quantity
   order by abs((seen.listing ->> 'quantity')::int - w.quantity) desc, w.listing_id
   limit 200`,
  )
