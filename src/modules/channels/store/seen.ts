import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export const seenSources = ['sweep', 'history', 'reconcile', 'push', 'aftersales', 'report', 'import'] as const
export type SeenSource = (typeof seenSources)[number]

export interface NewSeen {
  readonly channelOrderNo: string
  readonly channelStatus: string
  readonly createdAt: Instant
  readonly modifiedAt: Instant
  /** Keyed fingerprint of what the order says, as decimal text. */
  readonly content: string
  readonly orderSealed: Uint8Array
  readonly rawSealed: Uint8Array
}

const Stored = z.strictObject({ channelOrderNo: z.string(), isNew: z.boolean() })

/**
 * Stores orders as seen, one row an order: an older one never overwrites a newer one, and the same content again is an echo that
 * makes no new version (own-site.md traps 2 and 7 [rule]). What an undone import claimed counts for nothing,
 * and what the channel says outranks a file whatever time that claims. What is new waits to be taken in. Gives a row for every order that is not older.
 */
export const upsertSeen = (
  db: Db,
  rows: readonly NewSeen[],
  about: {
    readonly shopId: number
    readonly source: SeenSource
    readonly importId: number | null
    readonly at: Instant
  },
) =>
  db.all(
    Stored,
    sql`
  with given as (
    select * from ${rowsAs('t', rows, { channelOrderNo: 'text', channelStatus: 'text', createdAt: 'timestamptz', modifiedAt: 'timestamptz', content: 'bigint', orderSealed: 'bytea', rawSealed: 'bytea' })}
  ), stored as (
    insert into channels.seen as s (shop_id, channel_order_no, channel_status, created_at, modified_at, content, order_sealed, state, source, import_id, version_at, seen_at)
    select ${about.shopId}::bigint, channel_order_no, channel_status, created_at, modified_at, content, order_sealed, 'waiting', ${about.source}, ${about.importId}::bigint, ${isoText(about.at)}, ${isoText(about.at)}
      from given
     order by channel_order_no
        on conflict (shop_id, channel_order_no) do update
       set channel_status = excluded.channel_status,
           modified_at = excluded.modified_at,
           seen_at = excluded.seen_at,
           version = s.version + (s.content <> excluded.content or s.state = 'withdrawn')::int,
           version_at = case when s.content <> excluded.content or s.state = 'withdrawn' then excluded.version_at else s.version_at end,
           state = case when s.content <> excluded.content or s.state = 'withdrawn' then 'waiting' else s.state end,
           order_sealed = case when s.content <> excluded.content or s.state = 'withdrawn' then excluded.order_sealed else s.order_sealed end,
           import_id = case when s.state = 'withdrawn' then excluded.import_id else s.import_id end,
           source = case when s.content <> excluded.content or s.state = 'withdrawn' or s.source = 'import' then excluded.source else s.source end,
           content = excluded.content
     where excluded.modified_at >= s.modified_at or s.state = 'withdrawn' or (s.source = 'import' and excluded.source <> 'import')
    returning channel_order_no, version, version_at = ${isoText(about.at)}::timestamptz as is_new
  ), kept as (
    insert into channels.payload (shop_id, channel_order_no, version, raw_sealed, seen_at)
    select ${about.shopId}::bigint, stored.channel_order_no, stored.version, given.raw_sealed, ${isoText(about.at)}
      from stored join given using (channel_order_no)
     where stored.is_new
        on conflict do nothing
  )
  select channel_order_no, is_new from stored`,
  )

const Known = z.strictObject({
  channelOrderNo: z.string(),
  channelStatus: z.string(),
  modifiedAt: z.number(),
  seenAt: z.number(),
  source: z.enum(seenSources),
})
export type Known = z.infer<typeof Known>

/** What is known of these orders, for a comparison with a list. */
export const listKnown = (db: Db, shopId: number, orderNos: readonly string[]) =>
  db.all(
    Known,
    sql`
  select channel_order_no, channel_status, modified_at, seen_at, source
    from channels.seen
   where shop_id = ${shopId} and channel_order_no = any(${orderNos}::text[]) and state <> 'withdrawn'
   order by channel_order_no`,
  )

const Extra = z.strictObject({
  channelOrderNo: z.string(),
  modifiedAt: z.number(),
  createdAt: z.number(),
  source: z.enum(seenSources),
})

/** Orders known to have changed within the window that the list did not show, at most 200. */
export const listUnlisted = (
  db: Db,
  shopId: number,
  window: {
    readonly by: 'modified' | 'created'
    readonly from: Instant
    readonly to: Instant
    readonly listed: readonly string[]
  },
) =>
  db.all(
    Extra,
    sql`
  select channel_order_no, modified_at, created_at, source
    from channels.seen
   where shop_id = ${shopId} and state <> 'withdrawn' and source <> 'import'
     and ${window.by === 'modified' ? sql`modified_at` : sql`created_at`} >= ${isoText(window.from)}::timestamptz
     and ${window.by === 'modified' ? sql`modified_at` : sql`created_at`} < ${isoText(window.to)}::timestamptz
     and channel_order_no <> all(${window.listed}::text[])
   order by channel_order_no
   limit 200`,
  )

const Waiting = z.strictObject({
  id: z.int(),
  shopId: z.int(),
  channel: z.string(),
  channelOrderNo: z.string(),
  version: z.int(),
  modifiedAt: z.number(),
  source: z.enum(seenSources),
  importId: z.int().nullable(),
  orderSealed: z.instanceof(Uint8Array),
})

/** Locks orders that wait to be taken in, oldest first, passing over what somebody else holds. */
export const lockWaiting = (db: Db, limit: number) =>
  db.all(
    Waiting,
    sql`
  select s.id, s.shop_id, shop.channel, s.channel_order_no, s.version, s.modified_at, s.source, s.import_id, s.order_sealed
    from channels.seen s
    join channels.shop shop on shop.id = s.shop_id
   where s.state = 'waiting'
   order by s.id
   limit ${limit}
     for update of s skip locked`,
  )

export const saveTaken = (db: Db, ids: readonly number[], outcome: string) =>
  db.run(sql`
  update channels.seen
     set state = 'taken', outcome = ${outcome}, order_sealed = null
   where id = any(${ids}::bigint[]) and state = 'waiting'`)

const Count = z.strictObject({ count: z.int() })

export const countWaiting = (db: Db) =>
  db.one(Count, sql`select count(*)::int as count from channels.seen where state = 'waiting'`)

const PayloadRow = z.strictObject({ version: z.int(), rawSealed: z.instanceof(Uint8Array), seenAt: z.number() })

export const listPayloads = (db: Db, shopId: number, channelOrderNo: string) =>
  db.all(
    PayloadRow,
    sql`
  select version, raw_sealed, seen_at
    from channels.payload
   where shop_id = ${shopId} and channel_order_no = ${channelOrderNo}
   order by version desc
   limit 50`,
  )

/** Orders created in a stretch of time that we hold. */
export const countCreated = (db: Db, shopId: number, span: { readonly from: Instant; readonly to: Instant }) =>
  db.one(
    Count,
    sql`
  select count(*)::int as count
    from channels.seen
   where shop_id = ${shopId} and state <> 'withdrawn'
     and created_at >= ${isoText(span.from)}::timestamptz and created_at < ${isoText(span.to)}::timestamptz`,
  )
