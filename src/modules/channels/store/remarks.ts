import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'
import type { Trouble } from './reports.ts'

export interface NewRemark {
  readonly shopId: number
  readonly orderId: number | null
  readonly channelOrderNo: string
  readonly remarkSealed: Uint8Array
  readonly flag: string | null
}

/** The newest remark of an order takes the place of the one before. */
export const upsertRemarks = (db: Db, rows: readonly NewRemark[], now: Instant) =>
  db.run(sql`
  insert into channels.remark as r (shop_id, order_id, channel_order_no, remark_sealed, flag, state, next_try_at, since_at)
  select shop_id, order_id, channel_order_no, remark_sealed, flag, 'waiting', ${isoText(now)}, ${isoText(now)}
    from ${rowsAs('t', rows, { shopId: 'bigint', orderId: 'bigint', channelOrderNo: 'text', remarkSealed: 'bytea', flag: 'text' })}
   order by shop_id, channel_order_no
      on conflict (shop_id, channel_order_no) do update
     set order_id = coalesce(excluded.order_id, r.order_id), remark_sealed = excluded.remark_sealed, flag = excluded.flag, version = r.version + 1, state = 'waiting', tried = 0, code = null, details = null,
         next_try_at = excluded.next_try_at, since_at = excluded.since_at, done_because = null`)

const DueRemark = z.strictObject({
  id: z.int(),
  channelOrderNo: z.string(),
  remarkSealed: z.instanceof(Uint8Array),
  flag: z.string().nullable(),
  version: z.int(),
  tried: z.int(),
})

export const listDueRemarks = (db: Db, shopId: number, due: { readonly limit: number; readonly now: Instant }) =>
  db.all(
    DueRemark,
    sql`
  select id, channel_order_no, remark_sealed, flag, version, tried
    from channels.remark
   where shop_id = ${shopId} and state = 'waiting' and next_try_at <= ${isoText(due.now)}::timestamptz
   order by next_try_at, id
   limit ${due.limit}`,
  )

/** A remark that came meanwhile still waits. */
export const saveRemarked = (db: Db, row: { readonly id: number; readonly version: number }, now: Instant) =>
  db.run(sql`
  update channels.remark
     set state = 'done', done_at = ${isoText(now)}, code = null, details = null
   where id = ${row.id} and version = ${row.version}`)

export const saveRemarkTrouble = (db: Db, { id, state, nextTryAt, code, details }: Trouble) =>
  db.run(sql`
  update channels.remark
     set state = ${state}, next_try_at = ${isoText(nextTryAt)}, code = ${code}, details = ${JSON.stringify(details)}::jsonb, tried = tried + 1
   where id = ${id} and state = 'waiting'`)
