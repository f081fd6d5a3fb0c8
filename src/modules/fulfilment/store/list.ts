import { z } from 'zod'
import type { listParcels } from '../../../contract/fulfilment.ts'
import { parcelStates } from '../../../core/fulfilment/parcel-moves.ts'
import type { Db } from '../../../platform/db/open.ts'
import { join, type Sql, sql } from '../../../platform/db/sql.ts'

export type View = z.output<typeof listParcels.input>['view']

export interface ParcelFilter {
  readonly view: View
  readonly warehouseId: number | null
  readonly carrier: string | null
  readonly shopId: number | null
  /** What a search gave; null without a search. */
  readonly found: { readonly parcelIds: readonly number[]; readonly orderIds: readonly number[] } | null
}

/** Where a page begins: the sort value and key of the row before. */
export interface Cursor {
  readonly at: string
  readonly id: number
}

const open = sql`p.state in ('to-print', 'printed', 'checked', 'stopped')`
const unsent = sql`r.state in ('waiting', 'for-file', 'needs-person')`

function inView(view: View): Sql {
  if (view === 'all') return sql`true`
  if (view === 'open') return open
  if (view === 'unsent') return sql`exists (select from channels.report r where r.parcel_id = p.id and ${unsent})`
  // The open states are asked with the index of open parcels.
  if (view === 'shipped' || view === 'cancelled') return sql`p.state = ${view}`
  return sql`${open} and p.state = ${view}`
}

function matching(filter: ParcelFilter): Sql {
  const { view, warehouseId, carrier, shopId, found } = filter
  const parts: Sql[] = [inView(view)]
  if (warehouseId !== null) parts.push(sql`p.warehouse_id = ${warehouseId}`)
  if (carrier !== null) parts.push(sql`p.carrier = ${carrier}`)
  if (shopId !== null)
    parts.push(sql`exists (select from fulfilment.parcel_order o where o.parcel_id = p.id and o.shop_id = ${shopId})`)
  if (found !== null)
    // One set of keys: with "or" the whole table would be read.
    parts.push(sql`p.id in (
      select unnest(${found.parcelIds}::bigint[])
      union select o.parcel_id from fulfilment.parcel_order o where o.order_id = any(${found.orderIds}::bigint[]))`)
  return join(parts, ' and ')
}

interface Order {
  /** What is sorted by before the key, as text in a cursor. */
  readonly at: Sql
  readonly by: Sql
  readonly after: (cursor: Cursor) => Sql
}

const deadline = sql`coalesce(p.ship_by, 'infinity'::timestamptz)`
const byDeadline: Order = {
  at: deadline,
  by: sql`${deadline}, p.id`,
  after: ({ at, id }) => sql`(${deadline}, p.id) > (${at}::timestamptz, ${id})`,
}
const byLeaving: Order = {
  at: sql`p.shipped_at`,
  by: sql`p.shipped_at desc, p.id desc`,
  after: ({ at, id }) => sql`(p.shipped_at, p.id) < (${at}::timestamptz, ${id})`,
}
const newestFirst: Order = { at: sql`''`, by: sql`p.id desc`, after: ({ id }) => sql`p.id < ${id}` }

/** Open parcels by deadline, those that left by when they left, others newest first. */
function orderOf(view: View): Order {
  if (view === 'shipped') return byLeaving
  return view === 'all' || view === 'cancelled' || view === 'unsent' ? newestFirst : byDeadline
}

const Key = z.object({ id: z.int(), at: z.string() })

/** The keys of one page, and one more to know whether there is a next. */
export const listKeys = (
  db: Db,
  filter: ParcelFilter,
  page: { readonly after: Cursor | null; readonly limit: number },
) => {
  const order = orderOf(filter.view)
  return db.all(
    Key,
    sql`
    select p.id, ${order.at}::text as at
      from fulfilment.parcel p
     where ${matching(filter)} and ${page.after === null ? sql`true` : order.after(page.after)}
     order by ${order.by}
     limit ${page.limit + 1}`,
  )
}

const Count = z.object({ name: z.enum([...parcelStates, 'to-allocate', 'unsent']), count: z.int() })

/** Exact counts of all views, read from tallies and from what is unsent. */
export const countViews = (db: Db) =>
  db.all(
    Count,
    sql`
    select state as name, sum(change)::bigint as count from fulfilment.tally group by state
    union all select 'to-allocate', coalesce(sum(change), 0)::bigint from orders.tally where state = 'approved'
    union all select 'unsent', count(distinct r.parcel_id) from channels.report r where ${unsent}
     order by 1`,
  )

const Found = z.object({ id: z.int(), state: z.enum(parcelStates), cancelledBecause: z.string().nullable() })

/** Parcels that a scanned code names: waybill, parcel, order or channel order number. Those still here first, the most urgent of them first. */
export const listByCode = (
  db: Db,
  code: {
    readonly plain: string
    readonly waybillNo: string
    readonly parcelId: number | null
    readonly orderId: number | null
  },
) =>
  db.all(
    Found,
    sql`
    select p.id, p.state, p.cancelled_because
      from fulfilment.parcel p
     where p.id in (
       select w.id from fulfilment.parcel w where w.waybill_no = ${code.waybillNo}
       union select ${code.parcelId}::bigint
       union select o.parcel_id from fulfilment.parcel_order o where o.order_id = ${code.orderId} or o.channel_order_no = ${code.plain})
     order by case when ${open} then 0 when p.state = 'shipped' then 1 else 2 end, ${deadline}, p.id desc
     limit 20`,
  )

const Id = z.object({ id: z.int() })

/** Parcels on their way to the packing table that still want a piece of this SKU code or barcode, the most urgent first. */
export const listWanting = async (db: Db, code: string, limit: number): Promise<number[]> =>
  (
    await db.all(
      Id,
      sql`
      select p.id
        from fulfilment.parcel p
       where p.state in ('to-print', 'printed')
         and exists (select from fulfilment.parcel_line l
                      where l.parcel_id = p.id and l.checked < l.quantity
                        and l.sku_id in (select s.id from catalogue.sku s where lower(s.code) = lower(${code}) or lower(s.barcode) = lower(${code})))
       order by ${deadline}, p.id
       limit ${limit}`,
    )
  ).map((row) => row.id)
