import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const Urgent = z.object({
  lateToday: z.int(),
  firstDeadline: z.int().nullable(),
  short: z.int(),
  unmatched: z.int(),
  refunding: z.int(),
  stopped: z.int(),
  asks: z.int(),
  unsent: z.int(),
  unsentSince: z.int().nullable(),
  failures: z.int(),
})

/** Parcels that a channel was to be told of and was not. A shop that is not live yet holds them on purpose. */
const untold = sql`channels.report r join channels.shop s on s.id = r.shop_id and not s.is_read_only
             where r.state in ('waiting', 'for-file', 'needs-person')`

/** What goes wrong next, counted over open things only. `endOfDay` is Beijing midnight. */
export const countUrgent = (db: Db, endOfDay: number) => {
  const midnight = new Date(endOfDay).toISOString()
  return db.one(
    Urgent,
    sql`
    select (select count(*) from orders.sale where state in ('to-review', 'held', 'approved', 'allocated') and coalesce(ship_by, 'infinity'::timestamptz) < ${midnight}::timestamptz) as late_today,
           (select min(ship_by) from orders.sale where state in ('to-review', 'held', 'approved', 'allocated') and coalesce(ship_by, 'infinity'::timestamptz) < ${midnight}::timestamptz) as first_deadline,
           (select count(*) from orders.sale where state = 'held' and findings @> array['stock-short']) as short,
           (select count(*) from orders.sale where state = 'held' and findings @> array['listing-unmatched']) as unmatched,
           (select count(*) from orders.sale where state = 'held' and findings @> array['refund-open']) as refunding,
           (select count(*) from orders.sale where state = 'held' and findings @> array['changed-after-approval']) as stopped,
           (select count(*) from orders.sale where state = 'held' and hold_reason is null
               and findings <> '{}' and not findings && array['stock-short', 'listing-unmatched', 'refund-open', 'changed-after-approval']) as asks,
           (select count(*) from ${untold} and r.since_at < now() - interval '1 minute') as unsent,
           (select min(r.since_at) from ${untold}) as unsent_since,
           (select count(*) from platform.dead_letter where settled_at is null) as failures`,
  )
}

const DayKind = z.object({ day: z.string(), kind: z.string(), count: z.int() })
export const listDayKinds = (db: Db, days: readonly string[]) =>
  db.all(
    DayKind,
    sql`
    select day, kind, sum(change)::bigint as count from orders.day_tally where day = any(${days}::date[]) group by day, kind order by day, kind`,
  )

const StateCount = z.object({ state: z.string(), count: z.int() })
export const listStateCounts = (db: Db) =>
  db.all(StateCount, sql`select state, sum(change)::bigint as count from orders.tally group by state order by state`)

const Steps = z.object({
  shops: z.boolean(),
  matched: z.boolean(),
  stock: z.boolean(),
  warehouse: z.boolean(),
  printed: z.boolean(),
  people: z.boolean(),
})
/** First steps, ticked by facts. */
export const readSteps = (db: Db) =>
  db.one(
    Steps,
    sql`
    select exists (select from channels.shop where deleted_at is null) as shops,
           exists (select from catalogue.listing where sku_id is not null) as matched,
           exists (select from inventory.stock where on_hand > 0) as stock,
           exists (select from inventory.warehouse where is_active) as warehouse,
           exists (select from orders.shipment) as printed,
           (select count(*) > 1 from security.person where is_active) as people`,
  )

const ShopLine = z.object({
  id: z.int(),
  channel: z.string(),
  name: z.string(),
  mode: z.string(),
  isPaused: z.boolean(),
  stoppedBecause: z.string().nullable(),
  expiresAt: z.int().nullable(),
  refreshableUntil: z.int().nullable(),
  lastSync: z.int().nullable(),
})
export const listShopLines = (db: Db) =>
  db.all(
    ShopLine,
    sql`
    select s.id, s.channel, s.name, s.mode, s.paused_at is not null as is_paused, s.stopped_because, s.expires_at, s.refreshable_until,
           (select max(d.last_success_at) from channels.duty d where d.shop_id = s.id and d.duty = 'orders') as last_sync
      from channels.shop s
     where s.deleted_at is null
     order by s.id`,
  )
