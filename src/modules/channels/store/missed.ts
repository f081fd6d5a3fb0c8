import { z } from 'zod'
import { beijingDay, type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export type NoticedBy = 'count' | 'push' | 'aftersales' | 'created-list' | 'reconcile'
export type HealedBy = 'fetched' | 'read-again' | 'gone'

export interface Missed {
  readonly channelOrderNo: string
  /** The Beijing day it counts for. */
  readonly day: string
  readonly noticedBy: NoticedBy
  readonly orderModifiedAt: Instant | null
  /** Null while it is missing. */
  readonly healedBy: HealedBy | null
}

/** Orders missing by name (漏单), one row an order; what was healed before and is missing again is open again. */
export const saveMissed = (
  db: Db,
  rows: readonly Missed[],
  about: { readonly shopId: number; readonly spanId: number | null; readonly now: Instant },
) =>
  db.run(sql`
  insert into channels.missed as m (shop_id, channel_order_no, span_id, day, count, noticed_by, noticed_at, order_modified_at, healed_at, healed_by)
  select ${about.shopId}::bigint, channel_order_no, ${about.spanId}::bigint, day, 1, noticed_by, ${isoText(about.now)}, order_modified_at,
         case when healed_by is null then null else ${isoText(about.now)}::timestamptz end, healed_by
    from ${rowsAs('t', rows, { channelOrderNo: 'text', day: 'date', noticedBy: 'text', orderModifiedAt: 'timestamptz', healedBy: 'text' })}
   order by channel_order_no
      on conflict (shop_id, channel_order_no) where channel_order_no is not null do update
     set order_modified_at = excluded.order_modified_at, healed_at = excluded.healed_at, healed_by = excluded.healed_by`)

/** A gap whose count alone tells that something is missing. */
export const saveMissedCount = (
  db: Db,
  gap: {
    readonly shopId: number
    readonly spanId: number
    readonly from: Instant
    readonly count: number
    readonly now: Instant
  },
) =>
  db.run(sql`
  insert into channels.missed as m (shop_id, span_id, day, count, noticed_by, noticed_at)
  values (${gap.shopId}, ${gap.spanId}, ${beijingDay(gap.from)}, ${gap.count}, 'count', ${isoText(gap.now)})
      on conflict (span_id) where channel_order_no is null do update set count = excluded.count, healed_at = null, healed_by = null`)

/** What was missing in a window has come. */
export const healSpan = (db: Db, spanId: number, now: Instant) =>
  db.run(sql`
  update channels.missed
     set healed_at = ${isoText(now)}, healed_by = 'read-again'
   where span_id = ${spanId} and healed_at is null`)

export const healOrders = (
  db: Db,
  shopId: number,
  healed: { readonly orderNos: readonly string[]; readonly by: HealedBy; readonly now: Instant },
) =>
  db.run(sql`
  update channels.missed
     set healed_at = ${isoText(healed.now)}, healed_by = ${healed.by}
   where shop_id = ${shopId} and channel_order_no = any(${healed.orderNos}::text[]) and healed_at is null`)

const Named = z.strictObject({ channelOrderNo: z.string(), orderModifiedAt: z.number().nullable() })

/** Orders known to be hidden from lists, with the change they were last confirmed for. */
export const listConfirmed = (db: Db, shopId: number, orderNos: readonly string[]) =>
  db.all(
    Named,
    sql`
  select channel_order_no, order_modified_at
    from channels.missed
   where shop_id = ${shopId} and channel_order_no = any(${orderNos}::text[]) and healed_at is not null
   order by channel_order_no`,
  )

const MissedRow = z.strictObject({
  channelOrderNo: z.string().nullable(),
  day: z.string(),
  count: z.int(),
  noticedBy: z.enum(['count', 'push', 'aftersales', 'created-list', 'reconcile']),
  noticedAt: z.number(),
  healedAt: z.number().nullable(),
  healedBy: z.enum(['fetched', 'read-again', 'gone']).nullable(),
})
export type MissedRow = z.infer<typeof MissedRow>

export const listMissed = (db: Db, shopId: number, days: { readonly from: string; readonly to: string }) =>
  db.all(
    MissedRow,
    sql`
  select channel_order_no, day, count, noticed_by, noticed_at, healed_at, healed_by
    from channels.missed
   where shop_id = ${shopId} and day between ${days.from}::date and ${days.to}::date
   order by day, id
   limit 1000`,
  )
