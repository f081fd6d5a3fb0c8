import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export type SpanKind = 'sweep' | 'history' | 'reconcile' | 'aftersales'

/** A window that was read, with its proof. */
export interface ClosedSpan {
  readonly shopId: number
  readonly kind: SpanKind
  readonly by: 'modified' | 'created'
  readonly from: Instant
  readonly to: Instant
  readonly channelCount: number | null
  readonly seen: number
  readonly stored: number
  /** Of the order numbers listed, sorted. */
  readonly digest: string
  readonly agrees: boolean
  readonly tries: number
  /** When a gap is read again; null once it agrees. */
  readonly nextTryAt: Instant | null
  readonly now: Instant
}

const Id = z.strictObject({ id: z.int() })

export const insertSpan = (db: Db, span: ClosedSpan) =>
  db.one(
    Id,
    sql`
  insert into channels.span (shop_id, kind, by, from_at, to_at, channel_count, seen_count, stored_count, digest, state, tries, next_try_at, closed_at)
  values (${span.shopId}, ${span.kind}, ${span.by}, ${isoText(span.from)}, ${isoText(span.to)}, ${span.channelCount}, ${span.seen}, ${span.stored}, ${span.digest},
          ${span.agrees ? 'agreed' : 'disagreed'}, ${span.tries}, ${span.nextTryAt === null ? null : isoText(span.nextTryAt)}::timestamptz, ${isoText(span.now)})
  returning id`,
  )

export const saveSpan = (db: Db, id: number, span: ClosedSpan) =>
  db.run(sql`
  update channels.span
     set from_at = ${isoText(span.from)}, to_at = ${isoText(span.to)}, channel_count = ${span.channelCount}, seen_count = ${span.seen}, stored_count = ${span.stored}, digest = ${span.digest},
         state = ${span.agrees ? 'agreed' : 'disagreed'}, tries = ${span.tries},
         next_try_at = ${span.nextTryAt === null ? null : isoText(span.nextTryAt)}::timestamptz, closed_at = ${isoText(span.now)}
   where id = ${id}`)

const OpenSpan = z.strictObject({
  id: z.int(),
  by: z.enum(['modified', 'created']),
  from: z.number(),
  to: z.number(),
  tries: z.int(),
  nextTryAt: z.number().nullable(),
})
export type OpenSpan = z.infer<typeof OpenSpan>

/** Windows that do not agree yet or were not read yet, oldest first. */
export const listOpenSpans = (db: Db, shopId: number, kind: SpanKind) =>
  db.all(
    OpenSpan,
    sql`
  select id, by, from_at as "from", to_at as "to", tries, next_try_at
    from channels.span
   where shop_id = ${shopId} and kind = ${kind} and state <> 'agreed'
   order by from_at, id`,
  )

/** The newest slice of history that is still to be read and due. */
export const findNextSlice = (db: Db, shopId: number, now: Instant) =>
  db.maybe(
    OpenSpan,
    sql`
  select id, by, from_at as "from", to_at as "to", tries, next_try_at
    from channels.span
   where shop_id = ${shopId} and kind = 'history' and state <> 'agreed' and (next_try_at is null or next_try_at <= ${isoText(now)}::timestamptz)
   order by (state = 'open') desc, from_at desc
   limit 1`,
  )

/** One window a slice, to be read. */
export const layOutHistory = (
  db: Db,
  shopId: number,
  history: {
    readonly slices: readonly { readonly from: Instant; readonly to: Instant }[]
    readonly by: 'modified' | 'created'
  },
) => {
  const rows = history.slices.map(({ from, to }) => ({ fromAt: from, toAt: to }))
  return db.run(sql`
  insert into channels.span (shop_id, kind, by, from_at, to_at, state)
  select ${shopId}::bigint, 'history', ${history.by}, from_at, to_at, 'open'
    from ${rowsAs('t', rows, { fromAt: 'timestamptz', toAt: 'timestamptz' })}
      on conflict do nothing`)
}

/** What is left of a slice, to be read. */
export const insertSlice = (
  db: Db,
  shopId: number,
  slice: { readonly from: Instant; readonly to: Instant; readonly by: 'modified' | 'created' },
) =>
  db.one(
    Id,
    sql`
  insert into channels.span (shop_id, kind, by, from_at, to_at, state)
  values (${shopId}, 'history', ${slice.by}, ${isoText(slice.from)}, ${isoText(slice.to)}, 'open')
  returning id`,
  )

/** Every gap of the shop is read again at once: something that may fill it has come. */
export const wakeGaps = (db: Db, shopId: number, now: Instant) =>
  db.run(sql`
  update channels.span
     set next_try_at = ${isoText(now)}
   where shop_id = ${shopId} and kind in ('sweep', 'history', 'aftersales') and state = 'disagreed' and next_try_at > ${isoText(now)}::timestamptz`)

const Progress = z.strictObject({
  shopId: z.int(),
  total: z.int(),
  done: z.int(),
  orders: z.int(),
  fromAt: z.number().nullable(),
  toAt: z.number().nullable(),
})
export type ProgressRow = z.infer<typeof Progress>

/** How far the first pull of each shop is. */
export const listProgress = (db: Db) =>
  db.all(
    Progress,
    sql`
  select shop_id, count(distinct day)::int as total,
         (count(distinct day) - count(distinct day) filter (where state <> 'agreed'))::int as done,
         coalesce(sum(stored_count), 0)::int as orders, min(from_at) as from_at, max(to_at) as to_at
    from (select span.*, (from_at at time zone 'Asia/Shanghai')::date as day from channels.span where kind = 'history') slices
   group by shop_id
   order by shop_id`,
  )

const SpanRow = z.strictObject({
  id: z.int(),
  kind: z.enum(['sweep', 'history', 'reconcile', 'aftersales']),
  by: z.enum(['modified', 'created']),
  from: z.number(),
  to: z.number(),
  channelCount: z.int().nullable(),
  seenCount: z.int(),
  storedCount: z.int(),
  state: z.enum(['open', 'agreed', 'disagreed']),
  tries: z.int(),
  digest: z.string().nullable(),
  closedAt: z.number().nullable(),
})

export const listSpans = (db: Db, shopId: number, page: { readonly before: number | null; readonly limit: number }) =>
  db.all(
    SpanRow,
    sql`
  select id, kind, by, from_at as "from", to_at as "to", channel_count, seen_count, stored_count, state, tries, digest, closed_at
    from channels.span
   where shop_id = ${shopId} and (${page.before}::bigint is null or id < ${page.before}::bigint)
   order by id desc
   limit ${page.limit}`,
  )

const keptMs = 90 * 24 * 3_600_000
const emptyKeptMs = 2 * 24 * 3_600_000

/** Windows that agreed are kept for 90 days, empty ones for two; what does not agree stays. */
export const deleteOldSpans = (db: Db, now: Instant) =>
  db.run(sql`
  delete from channels.span
   where (state = 'agreed' or kind = 'reconcile') and kind <> 'history'
     and (closed_at < ${isoText(now - keptMs)}::timestamptz or (seen_count = 0 and closed_at < ${isoText(now - emptyKeptMs)}::timestamptz))`)
