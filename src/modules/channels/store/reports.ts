import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export const ReportBody = z.strictObject({
  channelOrderNo: z.string(),
  carrier: z.string(),
  carrierName: z.string(),
  waybillNo: z.string(),
  shippedAt: z.number(),
  lines: z.array(
    z.strictObject({
      channelLineNo: z.string(),
      channelSkuNo: z.string(),
      quantity: z.int(),
      isWholeLine: z.boolean(),
      completesLine: z.exactOptional(z.boolean()),
    }),
  ),
  isWholeOrder: z.boolean(),
  completesOrder: z.exactOptional(z.boolean()),
})
export type ReportBody = z.infer<typeof ReportBody>

export interface NewReport {
  readonly shopId: number
  readonly orderId: number
  readonly parcelId: number
  readonly channelOrderNo: string
  readonly report: ReportBody
  readonly state: 'waiting' | 'for-file'
}

/** One row a parcel, order and shop that is told. The same again changes nothing; another number for a parcel that was not told yet takes its place. */
export const upsertReports = (db: Db, rows: readonly NewReport[], now: Instant) =>
  db.run(sql`
  insert into channels.report as r (shop_id, order_id, parcel_id, channel_order_no, report, state, next_try_at, since_at)
  select shop_id, order_id, parcel_id, channel_order_no, report, state, ${isoText(now)}, ${isoText(now)}
    from ${rowsAs('t', rows, { shopId: 'bigint', orderId: 'bigint', parcelId: 'bigint', channelOrderNo: 'text', report: 'jsonb', state: 'text' })}
   order by parcel_id, order_id, shop_id
      on conflict (parcel_id, order_id, shop_id) do update
     set report = excluded.report, state = excluded.state, next_try_at = excluded.next_try_at, is_unclear = false, tried = 0, code = null, details = null
   where r.report is distinct from excluded.report and r.state not in ('done', 'in-file')`)

const DueReport = z.strictObject({
  id: z.int(),
  orderId: z.int(),
  channelOrderNo: z.string(),
  report: ReportBody,
  isUnclear: z.boolean(),
  tried: z.int(),
})
export type DueReport = z.infer<typeof DueReport>

/**
 * Takes reports that are due, for `leaseMs`: whoever finds one taken and not settled must look at the channel first, since it may have
 * been told. Gives what was known before.
 */
export const claimReports = (
  db: Db,
  shopId: number,
  claim: { readonly limit: number; readonly leaseMs: number; readonly now: Instant },
) =>
  db.all(
    DueReport,
    sql`
  with due as (
    select id, is_unclear
      from channels.report
     where shop_id = ${shopId} and state = 'waiting' and next_try_at <= ${isoText(claim.now)}::timestamptz
     order by next_try_at, id
     limit ${claim.limit}
       for update skip locked
  ), taken as (
    update channels.report r
       set is_unclear = true, next_try_at = ${isoText(claim.now + claim.leaseMs)}::timestamptz
      from due
     where r.id = due.id
    returning r.id, r.order_id, r.channel_order_no, r.report, due.is_unclear, r.tried
  )
  select id, order_id, channel_order_no, report, is_unclear, tried from taken order by id`,
  )

export const saveReported = (db: Db, ids: readonly number[], now: Instant) =>
  db.run(sql`
  update channels.report
     set state = 'done', done_at = ${isoText(now)}, is_unclear = false, code = null, details = null, tried = tried + 1
   where id = any(${ids}::bigint[]) and state = 'waiting'`)

export interface Trouble {
  readonly id: number
  readonly state: 'waiting' | 'needs-person'
  readonly isUnclear: boolean
  readonly nextTryAt: Instant
  readonly code: string
  readonly details: object
}

export const saveReportTroubles = (db: Db, rows: readonly Trouble[]) =>
  db.run(sql`
  update channels.report r
     set state = t.state, is_unclear = t.is_unclear, next_try_at = t.next_try_at, code = t.code, details = t.details, tried = r.tried + 1
    from ${rowsAs('t', rows, { id: 'bigint', state: 'text', isUnclear: 'boolean', nextTryAt: 'timestamptz', code: 'text', details: 'jsonb' })}
   where r.id = t.id and r.state = 'waiting'`)

/** Claimed and never begun: due again at once, and not in doubt. */
export const releaseReports = (db: Db, ids: readonly number[], now: Instant) =>
  db.run(sql`
  update channels.report
     set is_unclear = false, next_try_at = ${isoText(now)}
   where id = any(${ids}::bigint[]) and state = 'waiting'`)

const Confirmed = z.strictObject({ orderId: z.int() })

/** The channel itself shows these parcels: they are told beyond doubt, also those that still waited. Gives orders whose parcel had waited. */
export const confirmReports = (
  db: Db,
  shopId: number,
  shown: {
    readonly parcels: readonly { readonly channelOrderNo: string; readonly waybillNo: string }[]
    readonly now: Instant
  },
) =>
  db.all(
    Confirmed,
    sql`
  with shown as (
    select r.id, r.state
      from channels.report r join ${rowsAs('t', shown.parcels, { channelOrderNo: 'text', waybillNo: 'text' })}
        on r.channel_order_no = t.channel_order_no and upper(replace(r.report ->> 'waybillNo', ' ', '')) = t.waybill_no
     where r.shop_id = ${shopId} and r.confirmed_at is null
     order by r.id
       for update of r
  ), confirmed as (
    update channels.report r
       set confirmed_at = ${isoText(shown.now)}, state = 'done', done_at = coalesce(r.done_at, ${isoText(shown.now)}), is_unclear = false, code = null, details = null
      from shown
     where r.id = shown.id
    returning r.order_id, shown.state
  )
  select distinct order_id from confirmed where state <> 'done' order by order_id`,
  )

const unconfirmedAfterMs = 3 * 60_000
const askedForMs = 24 * 3_600_000

/** Told, and yet the channel does not show it: these are looked at, and told again if they are not there. */
export const reopenUnconfirmed = (db: Db, now: Instant) =>
  db.all(
    z.strictObject({ shopId: z.int() }),
    sql`
  with reopened as (
    update channels.report
       set state = 'waiting', is_unclear = true, next_try_at = ${isoText(now)}
     where confirmed_at is null and state = 'done' and done_because is null
       and done_at < ${isoText(now - unconfirmedAfterMs)}::timestamptz and done_at > ${isoText(now - askedForMs)}::timestamptz
    returning shop_id
  )
  select distinct shop_id from reopened order by shop_id`,
  )

const ForFile = z.strictObject({ id: z.int(), orderId: z.int(), report: ReportBody })

/** Parcels that wait for a shipment file, or those of an earlier one. */
export const lockForFile = (db: Db, shopId: number, fileId: number | null) =>
  db.all(
    ForFile,
    sql`
  select id, order_id, report
    from channels.report
   where shop_id = ${shopId} and (case when ${fileId}::bigint is null then state = 'for-file' else file_id = ${fileId}::bigint end)
   order by id
     for update`,
  )

export const saveInFile = (db: Db, ids: readonly number[], file: { readonly id: number; readonly now: Instant }) =>
  db.run(sql`
  update channels.report
     set state = 'in-file', file_id = ${file.id}, done_at = ${isoText(file.now)}
   where id = any(${ids}::bigint[])`)

export const insertFile = (
  db: Db,
  file: {
    readonly shopId: number
    readonly fileName: string
    readonly parcels: number
    readonly madeBy: string
    readonly now: Instant
  },
) =>
  db.one(
    z.strictObject({ id: z.int() }),
    sql`
  insert into channels.shipment_file (shop_id, file_name, parcels, made_at, made_by)
  values (${file.shopId}, ${file.fileName}, ${file.parcels}, ${isoText(file.now)}, ${file.madeBy})
  returning id`,
  )

const FileRow = z.strictObject({
  id: z.int(),
  fileName: z.string(),
  parcels: z.int(),
  madeAt: z.number(),
  madeBy: z.string(),
})

export const listFiles = (db: Db, shopId: number) =>
  db.all(
    FileRow,
    sql`
  select id, file_name, parcels, made_at, made_by
    from channels.shipment_file
   where shop_id = ${shopId}
   order by id desc
   limit 100`,
  )

export const countForFile = (db: Db, shopId: number) =>
  db.one(
    z.strictObject({ count: z.int() }),
    sql`
  select count(*)::int as count from channels.report where shop_id = ${shopId} and state = 'for-file'`,
  )

const OrderReport = z.strictObject({
  shopId: z.int(),
  orderId: z.int(),
  parcelId: z.int(),
  waybillNo: z.string(),
  state: z.enum(['waiting', 'for-file', 'in-file', 'done', 'needs-person', 'dismissed']),
  tried: z.int(),
  nextTryAt: z.number(),
  code: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  doneAt: z.number().nullable(),
  confirmedAt: z.number().nullable(),
})

export const listReports = (db: Db, orderIds: readonly number[]) =>
  db.all(
    OrderReport,
    sql`
  select shop_id, order_id, parcel_id, report ->> 'waybillNo' as waybill_no, state, tried, next_try_at, code, details, done_at, confirmed_at
    from channels.report
   where order_id = any(${orderIds}::bigint[])
   order by order_id, parcel_id, shop_id`,
  )

/** The shop changed its way: what was not told yet goes out by calls, or waits for a file. */
export const turnReports = (
  db: Db,
  shopId: number,
  turn: { readonly to: 'waiting' | 'for-file'; readonly now: Instant },
) =>
  db.run(sql`
  update channels.report
     set state = ${turn.to}, tried = 0, code = null, details = null, next_try_at = ${isoText(turn.now)}
   where shop_id = ${shopId} and state = any(case when ${turn.to} = 'waiting' then array['for-file'] else array['waiting', 'needs-person'] end)`)
