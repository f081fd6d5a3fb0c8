import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { join, type Sql, sql } from '../../../platform/db/sql.ts'

/** What a word of a search may be; each way has an index and is asked for its newest few only. */
export type Way =
  | { readonly kind: 'order'; readonly id: number }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'phone'; readonly fingerprint: string }
  | { readonly kind: 'tail'; readonly fingerprint: string }
  | { readonly kind: 'name'; readonly grams: readonly string[] }
  | { readonly kind: 'goods'; readonly text: string }

const newest = 300

function keysOf(way: Way): Sql {
  switch (way.kind) {
    case 'order':
      return sql`select o.id from orders.sale o where o.id = ${way.id}`
    case 'number':
      return sql`select o.id from orders.sale o where o.channel_order_no = ${way.text}
        union all (select h.order_id from orders.shipment h where h.waybill_no = ${way.text} or (h.waybill_no = upper(${way.text})))`
    case 'phone':
      return sql`(select r.order_id from orders.receiver r where r.phone = ${way.fingerprint}::bigint order by r.order_id desc limit ${newest})`
    case 'tail':
      return sql`(select r.order_id from orders.receiver r where r.phone_tail = ${way.fingerprint}::bigint order by r.order_id desc limit ${newest})`
    case 'name':
      return sql`(select r.order_id from orders.receiver r where r.name_grams @> ${way.grams}::bigint[] order by r.order_id desc limit ${newest})`
    case 'goods':
      return sql`(select k.order_id from (
          select s.id from catalogue.sku s where s.code = ${way.text} or s.barcode = ${way.text}
          union (select s.id from catalogue.sku s where s.product_name ilike ${`%${escaped(way.text)}%`} or s.code ilike ${`${escaped(way.text)}%`} order by s.id limit 20)) found
          cross join lateral (select l.order_id from orders.line l where l.sku_id = found.id order by l.order_id desc limit ${newest}) k)`
  }
}

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')

const Found = z.object({ word: z.int(), id: z.int() })

/** The orders each word leads to, newest first, without those withdrawn with their import; `word` counts from 0. One statement. */
export const findWords = (db: Db, words: readonly (readonly Way[])[]) => {
  const asked = words.flatMap((ways, word) =>
    ways.map((way) => sql`select ${word}::int as word, k.id from (${keysOf(way)}) as k(id)`),
  )
  return db.all(
    Found,
    sql`
    select distinct word, id from (${join(asked, ' union all ')}) found
     where not exists (select from orders.sale w where w.id = found.id and w.withdrawn_at is not null)
     order by id desc limit 4000`,
  )
}

const SkuHit = z.object({ id: z.int(), code: z.string(), name: z.string() })
export const listSkusLike = (db: Db, text: string, limit: number) =>
  db.all(
    SkuHit,
    sql`
    select s.id, s.code, s.product_name as name from catalogue.sku s
     where s.code ilike ${`${escaped(text)}%`} or s.product_name ilike ${`%${escaped(text)}%`} or s.barcode = ${text}
     order by s.is_active desc, s.id limit ${limit}`,
  )

const ParcelHit = z.object({ id: z.int(), parcelNo: z.string(), waybillNo: z.string().nullable(), state: z.string() })
export const listParcelsByNo = (db: Db, text: string, limit: number) =>
  db.all(
    ParcelHit,
    sql`
    select distinct h.parcel_id as id, h.parcel_no, h.waybill_no, h.state from orders.shipment h
     where h.waybill_no = ${text} or h.waybill_no = upper(${text})
     order by h.parcel_id desc limit ${limit}`,
  )
