import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'
import type { Trouble } from './reports.ts'

/** What a listing of a shop should show. `version` rises with every new value of the listing. */
export interface StockWish {
  readonly shopId: number
  readonly listingId: number
  readonly channelItemNo: string
  readonly channelSkuNo: string
  readonly merchantCode: string | null
  readonly quantity: number
  readonly version: number
}

/** A wish goes out by a call or by a file. */
export interface NewWish extends StockWish {
  readonly state: 'waiting' | 'for-file'
}

const ShopId = z.strictObject({ shopId: z.int() })

/** The newest version wins, whatever order they come in. Gives the shops for which something waits to be sent now. */
export const upsertWishes = (db: Db, rows: readonly NewWish[], now: Instant) =>
  db.all(
    ShopId,
    sql`
  with stored as (
    insert into channels.stock_wish as w (shop_id, listing_id, channel_item_no, channel_sku_no, merchant_code, quantity, version, state, next_try_at, since_at)
    select shop_id, listing_id, channel_item_no, channel_sku_no, merchant_code, quantity, version, state, ${isoText(now)}, ${isoText(now)}
      from ${rowsAs('t', rows, { shopId: 'bigint', listingId: 'bigint', channelItemNo: 'text', channelSkuNo: 'text', merchantCode: 'text', quantity: 'int', version: 'bigint', state: 'text' })}
     order by shop_id, listing_id
        on conflict (shop_id, listing_id) do update
       set channel_item_no = excluded.channel_item_no, channel_sku_no = excluded.channel_sku_no, merchant_code = excluded.merchant_code,
           quantity = excluded.quantity, version = excluded.version, state = excluded.state, tried = 0, code = null, details = null, done_because = null,
           next_try_at = excluded.next_try_at, since_at = case when w.state = excluded.state then w.since_at else excluded.since_at end
     where excluded.version > w.version
    returning w.shop_id, w.state
  )
  select distinct shop_id from stored where state = 'waiting' order by shop_id`,
  )

const Wish = z.strictObject({
  id: z.int(),
  channelItemNo: z.string(),
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  quantity: z.int(),
  version: z.number(),
  /** With few left, or fallen by a fifth, a late number may sell a piece twice; the rest may wait. */
  isUrgent: z.boolean(),
  tried: z.int(),
})
export type Wish = z.infer<typeof Wish>

/** A rush may take so many within seconds. */
const lowStock = 200
const afterFall = 0.8

const isUrgent = sql`(quantity <= ${lowStock} or told_quantity is null or quantity <= told_quantity * ${afterFall}::float8)`

export interface DueCall {
  readonly limit: number
  readonly oneItem: boolean
  readonly now: Instant
  /** Only urgent ones, which have waited since then or longer; null for all. */
  readonly urgentSince: Instant | null
}

/** The next call's worth, lowest stock first; of one item where the channel wants that. Values are the newest at this very moment. */
export const listDueWishes = (db: Db, shopId: number, call: DueCall) => {
  const due = sql`shop_id = ${shopId} and state = 'waiting' and next_try_at <= ${isoText(call.now)}::timestamptz
     and ${call.urgentSince === null ? sql`true` : sql`since_at <= ${isoText(call.urgentSince)}::timestamptz and ${isUrgent}`}`
  return db.all(
    Wish,
    sql`
  select id, channel_item_no, channel_sku_no, merchant_code, quantity, version, ${isUrgent} as is_urgent, tried
    from channels.stock_wish
   where ${due}
     and (not ${call.oneItem} or channel_item_no = (
           select channel_item_no from channels.stock_wish
            where ${due}
            order by quantity, id
            limit 1))
   order by quantity, id
   limit ${call.limit}`,
  )
}

/** Told. A value that came meanwhile, or was told by somebody quicker, still waits: then the channel may show an older one. */
export const saveTold = (db: Db, rows: readonly Pick<Wish, 'id' | 'quantity' | 'version'>[], now: Instant) =>
  db.run(sql`
  update channels.stock_wish w
     set state = case when w.version = t.version and coalesce(w.told_version, 0) <= t.version then 'told' else 'waiting' end,
         told_quantity = t.quantity, told_version = greatest(w.told_version, t.version), told_at = ${isoText(now)},
         tried = 0, code = null, details = null
    from ${rowsAs('t', rows, { id: 'bigint', quantity: 'int', version: 'bigint' })}
   where w.id = t.id`)

/** Not taken. A value that came meanwhile waits as it is. */
export const saveWishTroubles = (db: Db, rows: readonly (Trouble & Pick<Wish, 'version'>)[]) =>
  db.run(sql`
  update channels.stock_wish w
     set state = t.state, next_try_at = t.next_try_at, code = t.code, details = t.details, tried = w.tried + 1
    from ${rowsAs('t', rows, { id: 'bigint', version: 'bigint', state: 'text', nextTryAt: 'timestamptz', code: 'text', details: 'jsonb' })}
   where w.id = t.id and w.version = t.version and w.state = 'waiting'`)

const Oldest = z.strictObject({ since: z.number().nullable() })

export const oldestWish = (db: Db, shopId: number) =>
  db.one(
    Oldest,
    sql`
  select min(since_at) as since from channels.stock_wish where shop_id = ${shopId} and state = 'waiting'`,
  )

const refreshedAfterMs = 12 * 3_600_000

/** A channel may have lost or never taken a value: each is told again twice a day. */
export const reopenOldWishes = (db: Db, now: Instant) =>
  db.run(sql`
  update channels.stock_wish
     set state = 'waiting', next_try_at = ${isoText(now)}, since_at = ${isoText(now)}
   where id in (
     select id from channels.stock_wish
      where state = 'told' and told_at < ${isoText(now - refreshedAfterMs)}::timestamptz
      order by told_at, id
      limit 500)`)

const Told = z.strictObject({
  listingId: z.int(),
  quantity: z.int(),
  toldQuantity: z.int().nullable(),
  toldAt: z.number().nullable(),
  state: z.enum(['waiting', 'told', 'needs-person', 'dismissed', 'for-file', 'in-file']),
  code: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
})

export const listTold = (db: Db, listingIds: readonly number[]) =>
  db.all(
    Told,
    sql`
  select listing_id, quantity, told_quantity, told_at, state, code, details
    from channels.stock_wish
   where listing_id = any(${listingIds}::bigint[])
   order by listing_id`,
  )

const ForFile = Wish.omit({ tried: true, isUrgent: true })

/** What every listing of a shop should show, for a file: all of them, so that each file stands for itself. */
export const lockForStockFile = (db: Db, shopId: number) =>
  db.all(
    ForFile,
    sql`
  select id, channel_item_no, channel_sku_no, merchant_code, quantity, version
    from channels.stock_wish
   where shop_id = ${shopId} and state in ('for-file', 'in-file')
   order by channel_item_no, channel_sku_no, id
     for update`,
  )

export const saveInStockFile = (db: Db, ids: readonly number[], now: Instant) =>
  db.run(sql`
  update channels.stock_wish
     set state = 'in-file', told_quantity = quantity, told_version = version, told_at = ${isoText(now)}
   where id = any(${ids}::bigint[])`)

const FileState = z.strictObject({ listings: z.int(), changed: z.int(), madeAt: z.number().nullable() })

/** How many listings a stock file would hold, how many of them changed since the last one, and when that was made. */
export const stockFileState = (db: Db, shopId: number) =>
  db.one(
    FileState,
    sql`
  select count(*)::int as listings, (count(*) filter (where state = 'for-file'))::int as changed,
         max(told_at) filter (where state = 'in-file') as made_at
    from channels.stock_wish
   where shop_id = ${shopId} and state in ('for-file', 'in-file')`,
  )

/** The shop changed its way: everything is told anew by calls, or waits for a file. */
export const turnWishes = (
  db: Db,
  shopId: number,
  turn: { readonly to: 'waiting' | 'for-file'; readonly now: Instant },
) =>
  db.run(sql`
  update channels.stock_wish
     set state = ${turn.to}, tried = 0, code = null, details = null, next_try_at = ${isoText(turn.now)}, since_at = ${isoText(turn.now)}
   where shop_id = ${shopId} and state <> 'dismissed'`)
