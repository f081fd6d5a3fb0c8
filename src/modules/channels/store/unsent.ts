import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

export type UnsentKind = 'shipment' | 'remark' | 'stock'

const UnsentRow = z.strictObject({
  kind: z.enum(['shipment', 'remark', 'stock']),
  id: z.int(),
  shopId: z.int(),
  state: z.enum(['waiting', 'for-file', 'needs-person']),
  orderId: z.int().nullable(),
  channelOrderNo: z.string().nullable(),
  carrierName: z.string().nullable(),
  waybillNo: z.string().nullable(),
  merchantCode: z.string().nullable(),
  quantity: z.int().nullable(),
  since: z.number(),
  tried: z.int(),
  code: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  nextTryAt: z.number(),
})
export type UnsentRow = z.infer<typeof UnsentRow>

export interface UnsentFilter {
  readonly shopId: number | null
  readonly kind: UnsentKind | null
}

const all = sql`
    select 'shipment' as kind, id, shop_id, state, order_id, channel_order_no, report ->> 'carrierName' as carrier_name, report ->> 'waybillNo' as waybill_no,
           null as merchant_code, null::int as quantity, since_at as since, tried, code, details, next_try_at
      from channels.report where state in ('waiting', 'for-file', 'needs-person')
     union all
    select 'remark', id, shop_id, state, order_id, channel_order_no, null, null, null, null, since_at, tried, code, details, next_try_at
      from channels.remark where state in ('waiting', 'needs-person')
     union all
    select 'stock', id, shop_id, state, null, null, null, null, coalesce(merchant_code, channel_sku_no), quantity, since_at, tried, code, details, next_try_at
      from channels.stock_wish where state in ('waiting', 'needs-person')`

const rowsAtMost = 500

/** What channels have not taken yet (未送达): what needs a person first, then the oldest. */
export const listUnsent = (db: Db, { shopId, kind }: UnsentFilter) =>
  db.all(
    UnsentRow,
    sql`
  select * from (${all}) unsent
   where (${shopId}::bigint is null or shop_id = ${shopId}::bigint) and (${kind}::text is null or kind = ${kind}::text)
   order by state = 'needs-person' desc, since, kind, id
   limit ${rowsAtMost}`,
  )

const Count = z.strictObject({ shopId: z.int(), kind: z.enum(['shipment', 'remark', 'stock']), count: z.int() })

export const countUnsent = (db: Db) =>
  db.all(
    Count,
    sql`
  select shop_id, kind, count(*)::int as count from (${all}) unsent group by shop_id, kind order by shop_id, kind`,
  )

const Due = z.strictObject({ kind: z.enum(['shipment', 'remark', 'stock']), shopId: z.int() })

/** For which shops something is due now. */
export const listDueKinds = (db: Db, now: Instant) =>
  db.all(
    Due,
    sql`
  select 'shipment' as kind, shop_id from channels.report where state = 'waiting' and next_try_at <= ${isoText(now)}::timestamptz group by shop_id
   union all
  select 'remark', shop_id from channels.remark where state = 'waiting' and next_try_at <= ${isoText(now)}::timestamptz group by shop_id
   union all
  select 'stock', shop_id from channels.stock_wish where state = 'waiting' and next_try_at <= ${isoText(now)}::timestamptz group by shop_id
   order by 1, 2`,
  )

/** Due at once, as if never tried. What may have happened is still looked at first. */
export async function retryUnsent(
  db: Db,
  kind: UnsentKind,
  { ids, now }: { readonly ids: readonly number[]; readonly now: Instant },
): Promise<number> {
  return db.run(sql`
  update ${tables[kind]}
     set state = 'waiting', tried = 0, next_try_at = ${isoText(now)}
   where id = any(${ids}::bigint[]) and state in ('waiting', 'needs-person')`)
}

export async function dismissUnsent(
  db: Db,
  kind: UnsentKind,
  { ids, reason }: { readonly ids: readonly number[]; readonly reason: string },
): Promise<number> {
  return db.run(sql`
  update ${tables[kind]}
     set state = 'dismissed', done_because = ${reason}
   where id = any(${ids}::bigint[]) and state in ('waiting', 'for-file', 'needs-person')`)
}

const tables = {
  shipment: sql`channels.report`,
  remark: sql`channels.remark`,
  stock: sql`channels.stock_wish`,
} as const

/** A shop that is gone is told nothing more. */
export async function dismissOfShop(db: Db, shopId: number, reason: string): Promise<void> {
  for (const table of Object.values(tables)) {
    await db.run(sql`
    update ${table}
       set state = 'dismissed', done_because = ${reason}
     where shop_id = ${shopId} and state in ('waiting', 'for-file', 'needs-person')`)
  }
}
