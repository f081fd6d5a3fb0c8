import { z } from 'zod'
import type { OrderFilter, OrderView } from '../../../contract/orders.ts'
import { channelStatuses, orderRefundStates } from '../../../core/channel/words.ts'
import { type OrderState, orderStates } from '../../../core/order/moves.ts'
import { startOfBeijingDay } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { empty, join, type Sql, sql } from '../../../platform/db/sql.ts'

/** A row of the list as stored, with the sealed person for the mask. */
const ListRow = z.object({
  id: z.int(),
  orderNo: z.string(),
  channelOrderNo: z.string(),
  shopId: z.int(),
  state: z.enum(orderStates),
  status: z.enum(channelStatuses),
  refundState: z.enum(orderRefundStates),
  findings: z.array(z.string()),
  holdReason: z.string().nullable(),
  holdUntil: z.int().nullable(),
  province: z.string(),
  city: z.string(),
  district: z.string(),
  warehouse: z.string().nullable(),
  carrier: z.string().nullable(),
  waybillNo: z.string().nullable(),
  paidFen: z.int(),
  currency: z.string(),
  hasNote: z.boolean(),
  hasRemark: z.boolean(),
  flag: z.string().nullable(),
  createdAt: z.int(),
  paidAt: z.int().nullable(),
  shipBy: z.int().nullable(),
  isUnsent: z.boolean(),
  lineCount: z.int(),
  pieceCount: z.int(),
  title: z.string().nullable(),
  imageUrl: z.string().nullable(),
  code: z.string().nullable(),
  quantity: z.int().nullable(),
  sealed: z.instanceof(Uint8Array),
})
export type ListRow = z.infer<typeof ListRow>

/** Where a page begins: the sort value and key of the row before. */
export interface Cursor {
  readonly at: string
  readonly id: number
}
export type Sort = 'deadline' | 'newest' | 'oldest'

const open = sql`o.state in ('to-review', 'held', 'approved', 'allocated')`

/** What each view holds (系统视图). */
function inView(view: OrderView, now: number): Sql {
  const states: Partial<Record<OrderView, OrderState>> = {
    'to-review': 'to-review',
    approved: 'approved',
    allocated: 'allocated',
    unpaid: 'unpaid',
    closed: 'closed',
  }
  const state = states[view]
  if (state) return sql`o.state = ${state}`
  if (view === 'exceptions') return sql`o.state = 'held' and o.hold_reason is null`
  if (view === 'held') return sql`o.state = 'held' and o.hold_reason is not null`
  if (view === 'shipped') return sql`o.state in ('shipped', 'completed')`
  if (view === 'late-today')
    return sql`${open} and coalesce(o.ship_by, 'infinity'::timestamptz) < ${new Date(endOfDay(now)).toISOString()}::timestamptz`
  return sql`true`
}

const dayMs = 86_400_000
const beijingMs = 8 * 3_600_000
const endOfDay = (now: number) => Math.floor((now + beijingMs) / dayMs) * dayMs + dayMs - beijingMs

/** The filter as a condition on orders.sale `o`. `found` are the keys a search gave, null without a search. */
export function matching(filter: OrderFilter, found: readonly number[] | null, now: number): Sql {
  const parts: Sql[] = [inView(filter.view, now), sql`o.withdrawn_at is null`]
  if (filter.shopIds.length > 0) parts.push(sql`o.shop_id = any(${filter.shopIds}::bigint[])`)
  if (filter.findings.length > 0) parts.push(sql`o.findings <> '{}' and o.findings && ${filter.findings}::text[]`)
  if (filter.warehouseId !== undefined) parts.push(sql`o.warehouse_id = ${filter.warehouseId}`)
  if (filter.province !== undefined) parts.push(sql`o.province = ${filter.province}`)
  if (filter.from !== undefined)
    parts.push(sql`o.created_at >= ${new Date(startOfBeijingDay(filter.from)).toISOString()}::timestamptz`)
  if (filter.to !== undefined)
    parts.push(sql`o.created_at < ${new Date(startOfBeijingDay(filter.to) + dayMs).toISOString()}::timestamptz`)
  if (filter.hasNote !== undefined) parts.push(sql`o.has_note = ${filter.hasNote}`)
  if (found !== null) parts.push(sql`o.id = any(${found}::bigint[])`)
  return join(parts, ' and ')
}

const deadline = sql`coalesce(o.ship_by, 'infinity'::timestamptz)`

interface Order {
  readonly after: (cursor: Cursor) => Sql
  readonly before: (cursor: Cursor) => Sql
  readonly by: Sql
  readonly reversed: Sql
}

/** Keyset paging: the page after a cursor costs the same at any depth. */
const orders: Record<Sort, Order> = {
  deadline: {
    after: (c) => sql`and (${deadline}, o.id) > (${c.at}::timestamptz, ${c.id})`,
    before: (c) => sql`and (${deadline}, o.id) < (${c.at}::timestamptz, ${c.id})`,
    by: sql`${deadline}, o.id`,
    reversed: sql`${deadline} desc, o.id desc`,
  },
  newest: {
    after: (c) => sql`and (o.created_at, o.id) < (${c.at}::timestamptz, ${c.id})`,
    before: (c) => sql`and (o.created_at, o.id) > (${c.at}::timestamptz, ${c.id})`,
    by: sql`o.created_at desc, o.id desc`,
    reversed: sql`o.created_at, o.id`,
  },
  oldest: {
    after: (c) => sql`and (o.created_at, o.id) > (${c.at}::timestamptz, ${c.id})`,
    before: (c) => sql`and (o.created_at, o.id) < (${c.at}::timestamptz, ${c.id})`,
    by: sql`o.created_at, o.id`,
    reversed: sql`o.created_at desc, o.id desc`,
  },
}

export interface PageAsked {
  readonly where: Sql
  readonly sort: Sort
  readonly limit: number
  readonly after: Cursor | null
  readonly before: Cursor | null
}

const PageKey = z.object({ id: z.int(), at: z.string() })

/** The keys of one page, and one more to know whether there is a next; a page before a cursor comes back in the usual order. */
export async function listKeys(db: Db, asked: PageAsked): Promise<Cursor[]> {
  const order = orders[asked.sort]
  const isBack = asked.before !== null
  const edge = edgeOf(order, asked)
  const value = asked.sort === 'deadline' ? deadline : sql`o.created_at`
  const rows = await db.all(
    PageKey,
    sql`
    select o.id, ${value}::text as at
      from orders.sale o
     where ${asked.where} ${edge}
     order by ${isBack ? order.reversed : order.by}
     limit ${asked.limit + 1}`,
  )
  return isBack ? rows.reverse() : rows
}

function edgeOf(order: Order, { after, before }: PageAsked): Sql {
  if (after !== null) return order.after(after)
  return before === null ? empty : order.before(before)
}

/** What the list shows of these orders; unordered, the caller knows the order. */
export const listRows = (db: Db, ids: readonly number[]) =>
  db.all(
    ListRow,
    sql`
    select o.id, o.order_no, o.channel_order_no, o.shop_id, o.state, o.status, o.refund_state, o.findings, o.hold_reason, o.hold_until, o.province, o.city, o.district,
           w.name as warehouse, h.carrier, h.waybill_no, o.paid_fen, o.currency, o.has_note, o.has_remark, o.flag, o.created_at, o.paid_at, o.ship_by,
           coalesce(h.report not in ('reported'), false) as is_unsent, o.line_count, o.piece_count, l.title, l.image_url, l.code, l.quantity, p.sealed
      from orders.sale o
      join orders.receiver p on p.order_id = o.id
      left join inventory.warehouse w on w.id = o.warehouse_id
      left join lateral (select carrier, waybill_no, report from orders.shipment h where h.order_id = o.id and h.state <> 'cancelled' order by h.parcel_id desc limit 1) h on true
      left join lateral (select l.title, l.image_url, coalesce(s.code, l.merchant_code) as code, l.quantity
                           from orders.line l left join catalogue.sku s on s.id = l.sku_id where l.order_id = o.id order by l.id limit 1) l on true
     where o.id = any(${ids}::bigint[])`,
  )

const Total = z.object({ total: z.int(), paidFen: z.int() })

/** Count and sum of what a filter finds, up to a bound; one more than the bound says "more". */
export const sumUpTo = (db: Db, where: Sql, bound: number) =>
  db.one(
    Total,
    sql`
    select count(*) as total, coalesce(sum(paid_fen), 0)::bigint as paid_fen
      from (select o.paid_fen from orders.sale o where ${where} limit ${bound + 1}) part`,
  )

const StateCount = z.object({ state: z.enum(orderStates), count: z.int() })
export const countByState = (db: Db, shopIds: readonly number[]) =>
  db.all(
    StateCount,
    sql`
    select state, sum(change)::bigint as count from orders.tally
     where ${shopIds.length === 0 ? sql`true` : sql`shop_id = any(${shopIds}::bigint[])`}
     group by state order by state`,
  )

const OneCount = z.object({ count: z.int() })
export const countView = async (
  db: Db,
  view: OrderView,
  given: { readonly shopIds: readonly number[]; readonly now: number },
): Promise<number> =>
  (
    await db.one(
      OneCount,
      sql`
      select count(*) as count from orders.sale o
       where ${inView(view, given.now)} and ${given.shopIds.length === 0 ? sql`true` : sql`o.shop_id = any(${given.shopIds}::bigint[])`}`,
    )
  ).count

const FindingCount = z.object({ finding: z.string(), count: z.int() })
export const countFindings = (db: Db, shopIds: readonly number[]) =>
  db.all(
    FindingCount,
    sql`
    select finding, count(*) as count
      from orders.sale o cross join unnest(o.findings) as finding
     where o.state = 'held' and ${shopIds.length === 0 ? sql`true` : sql`o.shop_id = any(${shopIds}::bigint[])`}
     group by finding order by finding`,
  )

const DayCount = z.object({ kind: z.string(), count: z.int() })
export const countDayKinds = (db: Db, day: string, shopIds: readonly number[]) =>
  db.all(
    DayCount,
    sql`
    select kind, sum(change)::bigint as count from orders.day_tally
     where day = ${day}::date and ${shopIds.length === 0 ? sql`true` : sql`shop_id = any(${shopIds}::bigint[])`}
     group by kind order by kind`,
  )
