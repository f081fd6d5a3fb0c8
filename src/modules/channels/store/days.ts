import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export interface ComparedDay {
  readonly shopId: number
  readonly day: string
  readonly channelCount: number
  readonly ourCount: number
  readonly missing: number
  readonly comparedTo: Instant
  readonly comparedAt: Instant
}

export const saveDay = (db: Db, day: ComparedDay) =>
  db.run(sql`
  insert into channels.day (shop_id, day, channel_count, our_count, missing, compared_to_at, compared_at)
  values (${day.shopId}, ${day.day}, ${day.channelCount}, ${day.ourCount}, ${day.missing}, ${isoText(day.comparedTo)}, ${isoText(day.comparedAt)})
      on conflict (shop_id, day) do update
     set channel_count = excluded.channel_count, our_count = excluded.our_count, missing = excluded.missing,
         compared_to_at = excluded.compared_to_at, compared_at = excluded.compared_at`)

const DayRow = z.strictObject({
  shopId: z.int(),
  day: z.string(),
  channelCount: z.int(),
  ourCount: z.int(),
  missing: z.int(),
  comparedTo: z.number(),
  comparedAt: z.number(),
})

export const listDays = (db: Db, shopIds: readonly number[], days: { readonly from: string; readonly to: string }) =>
  db.all(
    DayRow,
    sql`
  select shop_id, day, channel_count, our_count, missing, compared_to_at as compared_to, compared_at
    from channels.day
   where shop_id = any(${shopIds}::bigint[]) and day between ${days.from}::date and ${days.to}::date
   order by shop_id, day`,
  )

const Counted = z.strictObject({ shopId: z.int(), day: z.string(), count: z.int() })

/** Orders held now, created within stretches of Beijing days. */
export const countDays = (
  db: Db,
  stretches: readonly {
    readonly shopId: number
    readonly day: string
    readonly fromAt: Instant
    readonly toAt: Instant
  }[],
) =>
  db.all(
    Counted,
    sql`
  select t.shop_id, t.day,
         (select count(*)::int from channels.seen s
           where s.shop_id = t.shop_id and s.created_at >= t.from_at and s.created_at < t.to_at and s.state <> 'withdrawn') as count
    from ${rowsAs('t', stretches, { shopId: 'bigint', day: 'date', fromAt: 'timestamptz', toAt: 'timestamptz' })}
   order by t.shop_id, t.day`,
  )

/** Of these orders, how many were created within a stretch of time. */
export const countCreatedAmong = (
  db: Db,
  shopId: number,
  among: { readonly orderNos: readonly string[]; readonly from: Instant; readonly to: Instant },
) =>
  db.one(
    z.strictObject({ count: z.int() }),
    sql`
  select count(*)::int as count
    from channels.seen
   where shop_id = ${shopId} and channel_order_no = any(${among.orderNos}::text[])
     and created_at >= ${isoText(among.from)}::timestamptz and created_at < ${isoText(among.to)}::timestamptz`,
  )

const MissedCount = z.strictObject({ shopId: z.int(), day: z.string(), open: z.int(), healed: z.int() })

export const countMissed = (db: Db, shopIds: readonly number[], days: { readonly from: string; readonly to: string }) =>
  db.all(
    MissedCount,
    sql`
  select shop_id, day,
         coalesce(sum(count) filter (where healed_at is null), 0)::int as open,
         coalesce(sum(count) filter (where healed_at is not null), 0)::int as healed
    from channels.missed
   where shop_id = any(${shopIds}::bigint[]) and day between ${days.from}::date and ${days.to}::date
   group by shop_id, day
   order by shop_id, day`,
  )
