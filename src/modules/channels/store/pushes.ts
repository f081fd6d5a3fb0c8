import { z } from 'zod'
import { beijingDay, type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export interface NewPush {
  readonly shopId: number
  readonly eventNo: string
  readonly type: string
  readonly channelOrderNo: string | null
  readonly channelCaseNo: string | null
}

const ShopId = z.strictObject({ shopId: z.int() })

/** Stores hints once each; those that name nothing have nothing to be done. Gives the shops for which something new waits. */
export const insertPushes = (db: Db, rows: readonly NewPush[], now: Instant) =>
  db.all(
    ShopId,
    sql`
  with stored as (
    insert into channels.push (shop_id, event_no, type, channel_order_no, channel_case_no, state, received_at)
    select shop_id, event_no, type, channel_order_no, channel_case_no,
           case when channel_order_no is null then 'nothing' else 'waiting' end, ${isoText(now)}
      from ${rowsAs('t', rows, { shopId: 'bigint', eventNo: 'text', type: 'text', channelOrderNo: 'text', channelCaseNo: 'text' })}
     order by shop_id, event_no
        on conflict (shop_id, event_no) do nothing
    returning shop_id, state
  )
  select distinct shop_id from stored where state = 'waiting' order by shop_id`,
  )

export const countRefused = (
  db: Db,
  rows: readonly { readonly channel: string; readonly reason: string; readonly count: number }[],
  now: Instant,
) =>
  db.run(sql`
  insert into channels.push_refused as r (channel, reason, day, count, last_at)
  select channel, reason, ${beijingDay(now)}::date, count, ${isoText(now)}
    from ${rowsAs('t', rows, { channel: 'text', reason: 'text', count: 'int' })}
   order by channel, reason
      on conflict (channel, reason, day) do update set count = r.count + excluded.count, last_at = excluded.last_at`)

const Hint = z.strictObject({
  id: z.int(),
  channelOrderNo: z.string(),
  channelCaseNo: z.string().nullable(),
  isFresh: z.boolean(),
})

/** `isFresh`: its order was asked for after it had come. */
export const listWaitingPushes = (db: Db, shopId: number, limit: number) =>
  db.all(
    Hint,
    sql`
  select push.id, push.channel_order_no, push.channel_case_no, coalesce(seen.seen_at > push.received_at, false) as is_fresh
    from channels.push
    left join channels.seen on seen.shop_id = push.shop_id and seen.channel_order_no = push.channel_order_no
   where push.shop_id = ${shopId} and push.state = 'waiting'
   order by push.id
   limit ${limit}`,
  )

export const savePushes = (
  db: Db,
  ids: readonly number[],
  outcome: { readonly state: 'worked' | 'nothing'; readonly now: Instant },
) =>
  db.run(sql`
  update channels.push
     set state = ${outcome.state}, worked_at = ${isoText(outcome.now)}
   where id = any(${ids}::bigint[]) and state = 'waiting'`)

const PushRow = z.strictObject({
  id: z.int(),
  shopId: z.int(),
  channel: z.string(),
  eventNo: z.string(),
  type: z.string(),
  channelOrderNo: z.string().nullable(),
  state: z.enum(['waiting', 'worked', 'nothing']),
  receivedAt: z.number(),
})

export const listPushes = (
  db: Db,
  page: { readonly shopId: number | null; readonly before: number | null; readonly limit: number },
) =>
  db.all(
    PushRow,
    sql`
  select push.id, push.shop_id, shop.channel, push.event_no, push.type, push.channel_order_no, push.state, push.received_at
    from channels.push join channels.shop on shop.id = push.shop_id
   where (${page.shopId}::bigint is null or push.shop_id = ${page.shopId}::bigint)
     and (${page.before}::bigint is null or push.id < ${page.before}::bigint)
   order by push.id desc
   limit ${page.limit}`,
  )

const RefusedRow = z.strictObject({ channel: z.string(), reason: z.string(), count: z.int(), lastAt: z.number() })

export const listRefused = (db: Db, since: Instant) =>
  db.all(
    RefusedRow,
    sql`
  select channel, reason, sum(count)::int as count, max(last_at) as last_at
    from channels.push_refused
   where last_at >= ${isoText(since)}::timestamptz
   group by channel, reason
   order by 4 desc, channel, reason
   limit 100`,
  )

/** How long a sender may repeat itself, with room: after that a repeat would be read again, which does no harm. */
const keptMs = 30 * 24 * 3_600_000

export const deleteOldPushes = (db: Db, now: Instant) =>
  db.run(sql`
  delete from channels.push where received_at < ${isoText(now - keptMs)}::timestamptz and state <> 'waiting'`)

export const deleteOldRefused = (db: Db, now: Instant) =>
  db.run(sql`
  delete from channels.push_refused where last_at < ${isoText(now - keptMs)}::timestamptz`)

const WaitingCount = z.strictObject({ shopId: z.int(), count: z.int() })

export const countWaitingPushes = (db: Db) =>
  db.all(
    WaitingCount,
    sql`
  select shop_id, count(*)::int as count from channels.push where state = 'waiting' group by shop_id order by shop_id`,
  )
