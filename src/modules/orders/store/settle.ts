import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

/** What a fresh review or a person's deed changes on an order. */
export interface SettledRow {
  readonly id: number
  readonly state: string
  readonly findings: readonly string[]
  readonly because: object
  readonly overruled: readonly string[]
  readonly isPartial: boolean
  readonly warehouseId: number | null
  readonly approvedAt: number | null
}

/** Writes reviews; a hold by a person ends when the order leaves the state. */
export const saveSettled = (db: Db, rows: readonly SettledRow[]) =>
  db.run(sql`
    update orders.sale o
       set state = s.state, findings = s.findings::text[], warehouse_id = s.warehouse_id, approved_at = s.approved_at, version = o.version + 1,
           extra = o.extra || jsonb_build_object('because', s.because, 'overruled', to_jsonb(s.overruled::text[]), 'isPartial', s.is_partial),
           hold_reason = case when s.state = 'held' then o.hold_reason end, hold_until = case when s.state = 'held' then o.hold_until end
      from ${rowsAs('s', rows, { id: 'bigint', state: 'text', findings: 'text[]', because: 'jsonb', overruled: 'text[]', isPartial: 'boolean', warehouseId: 'bigint', approvedAt: 'timestamptz' })}
     where o.id = s.id`)

export const saveHold = (
  db: Db,
  ids: readonly number[],
  hold: { readonly reason: string; readonly until: number | null },
) =>
  db.run(sql`
    update orders.sale
       set state = 'held', hold_reason = ${hold.reason}, hold_until = ${hold.until === null ? null : new Date(hold.until).toISOString()}::timestamptz,
           approved_at = null, version = version + 1
     where id = any(${ids}::bigint[])`)

/** Lifts the hold of a person so that the rules decide again. */
export const clearHold = (db: Db, ids: readonly number[]) =>
  db.run(sql`update orders.sale set hold_reason = null, hold_until = null where id = any(${ids}::bigint[])`)

export const saveState = (db: Db, ids: readonly number[], state: string) =>
  db.run(sql`
    update orders.sale
       set state = ${state}, version = version + 1, approved_at = case when ${state} in ('to-review', 'held') then null else approved_at end
     where id = any(${ids}::bigint[])`)

/** One intake at a time, whatever the number of processes: a second lane would only wait for the same shelves. Ends with the transaction. */
export const holdIntakeLane = (db: Db) => db.run(sql`select pg_advisory_xact_lock(hashtext('orders.take-in'))`)

/** What was to leave in part has left, or was called back. */
export const clearPartial = (db: Db, ids: readonly number[]) =>
  db.run(sql`update orders.sale set extra = extra || '{"isPartial": false}' where id = any(${ids}::bigint[])`)

const Id = z.object({ id: z.int() })

export const listHoldsDue = async (db: Db, now: number, limit: number): Promise<number[]> =>
  (
    await db.all(
      Id,
      sql`select id from orders.sale where state = 'held' and hold_until <= ${new Date(now).toISOString()}::timestamptz order by id limit ${limit}`,
    )
  ).map((row) => row.id)

/** Open orders with a line of one of these listings that has no SKU yet. */
export const listWaitingForMatch = async (db: Db, listingIds: readonly number[]): Promise<number[]> =>
  (
    await db.all(
      Id,
      sql`
      select distinct l.order_id as id
        from orders.line l join orders.sale o on o.id = l.order_id
       where l.listing_id = any(${listingIds}::bigint[]) and o.state in ('unpaid', 'to-review', 'held', 'approved', 'allocated')
       order by id`,
    )
  ).map((row) => row.id)

/** Gives lines of open orders the SKU their listing is matched to now. */
export const matchOpenLines = (db: Db, orderIds: readonly number[]) =>
  db.run(sql`
    update orders.line l set sku_id = m.sku_id
      from catalogue.listing m
     where l.listing_id = m.id and l.order_id = any(${orderIds}::bigint[]) and l.sku_id is distinct from m.sku_id and l.shipped_quantity = 0`)

/** Orders held for want of stock that want one of these SKUs, who paid first first. */
export const listShortOf = async (db: Db, skuIds: readonly number[], limit: number): Promise<number[]> =>
  (
    await db.all(
      Id,
      sql`
      select o.id
        from orders.sale o
       where o.state in ('held', 'to-review', 'unpaid') and o.findings @> array['stock-short']
         and exists (select from orders.line l where l.order_id = o.id and l.sku_id = any(${skuIds}::bigint[]))
       order by coalesce(o.paid_at, o.created_at), o.id
       limit ${limit}`,
    )
  ).map((row) => row.id)

export const listApproved = async (db: Db, limit: number): Promise<number[]> =>
  (
    await db.all(
      Id,
      sql`select o.id from orders.sale o where o.state = 'approved' order by coalesce(o.ship_by, 'infinity'::timestamptz), o.id limit ${limit}`,
    )
  ).map((row) => row.id)

/** Counts what happened today by shop; one row a batch. */
export const countDay = (
  db: Db,
  rows: readonly { readonly day: string; readonly shopId: number; readonly kind: string; readonly change: number }[],
) =>
  db.run(sql`
    insert into orders.day_tally (day, shop_id, kind, change)
    select day, shop_id, kind, change from ${rowsAs('t', rows, { day: 'date', shopId: 'bigint', kind: 'text', change: 'int' })}`)

/** Folds the tallies together; readers see the same sums before and after. */
export const foldTallies = async (db: Db): Promise<void> => {
  await db.run(sql`
    with gone as (delete from orders.tally returning shop_id, state, change)
    insert into orders.tally select shop_id, state, sum(change) from gone group by shop_id, state having sum(change) <> 0`)
  await db.run(sql`
    with gone as (delete from orders.day_tally returning day, shop_id, kind, change)
    insert into orders.day_tally select day, shop_id, kind, sum(change) from gone group by day, shop_id, kind having sum(change) <> 0`)
}
