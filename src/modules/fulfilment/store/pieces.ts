import { z } from 'zod'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const OrderRow = z.object({
  parcelId: z.int(),
  orderId: z.int(),
  orderNo: z.string(),
  shopId: z.int(),
  channelOrderNo: z.string(),
})
export type OrderRow = z.infer<typeof OrderRow>

export const listOrders = (db: Db, parcelIds: readonly number[]) =>
  db.all(
    OrderRow,
    sql`
    select parcel_id, order_id, order_no, shop_id, channel_order_no from fulfilment.parcel_order
     where parcel_id = any(${parcelIds}::bigint[]) order by parcel_id, order_id`,
  )

export const insertOrders = (db: Db, rows: readonly OrderRow[]) =>
  db.run(sql`
    insert into fulfilment.parcel_order (parcel_id, order_id, order_no, shop_id, channel_order_no)
    select parcel_id, order_id, order_no, shop_id, channel_order_no
      from ${rowsAs('o', rows, { parcelId: 'bigint', orderId: 'bigint', orderNo: 'text', shopId: 'bigint', channelOrderNo: 'text' })}
     order by parcel_id, order_id`)

/** The parcels hold their orders no longer: they left or were taken apart. */
export const closeOrders = (db: Db, parcelIds: readonly number[]) =>
  db.run(
    sql`update fulfilment.parcel_order set is_open = false where parcel_id = any(${parcelIds}::bigint[]) and is_open`,
  )

const LineRow = z.object({
  id: z.int(),
  parcelId: z.int(),
  orderId: z.int(),
  lineId: z.int(),
  skuId: z.int(),
  code: z.string(),
  name: z.string(),
  specification: z.string(),
  barcode: z.string().nullable(),
  imageUrl: z.string().nullable(),
  quantity: z.int(),
  checked: z.int(),
})
export type LineRow = z.infer<typeof LineRow>

export const listLines = (db: Db, parcelIds: readonly number[]) =>
  db.all(
    LineRow,
    sql`
    select l.id, l.parcel_id, l.order_id, l.line_id, l.sku_id, s.code, s.product_name as name, s.specification, s.barcode, s.image_url, l.quantity, l.checked
      from fulfilment.parcel_line l join catalogue.sku s on s.id = l.sku_id
     where l.parcel_id = any(${parcelIds}::bigint[])
     order by l.parcel_id, l.id`,
  )

export const insertLines = (
  db: Db,
  rows: readonly Pick<LineRow, 'parcelId' | 'orderId' | 'lineId' | 'skuId' | 'quantity'>[],
) =>
  db.run(sql`
    insert into fulfilment.parcel_line (parcel_id, order_id, line_id, sku_id, quantity)
    select parcel_id, order_id, line_id, sku_id, quantity
      from ${rowsAs('l', rows, { parcelId: 'bigint', orderId: 'bigint', lineId: 'bigint', skuId: 'bigint', quantity: 'int' })}
     order by parcel_id, line_id`)

export const saveChecked = (db: Db, rows: readonly { readonly id: number; readonly checked: number }[]) =>
  db.run(sql`
    update fulfilment.parcel_line l set checked = c.checked
      from ${rowsAs('c', rows, { id: 'bigint', checked: 'int' })} where l.id = c.id`)

export const clearChecked = (db: Db, parcelId: number) =>
  db.run(sql`update fulfilment.parcel_line set checked = 0 where parcel_id = ${parcelId} and checked > 0`)

const Scan = z.object({ parcelId: z.int(), code: z.string(), quantity: z.int() })

export const findScan = (db: Db, key: string) =>
  db.maybe(Scan, sql`select parcel_id, code, quantity from fulfilment.scan where key = ${key}`)

/** Gives 0 when another scan has this key. */
export const insertScan = (
  db: Db,
  scan: z.infer<typeof Scan> & { readonly key: string; readonly actor: string; readonly at: number },
) =>
  db.run(sql`
    insert into fulfilment.scan (key, parcel_id, code, quantity, at, actor)
    values (${scan.key}, ${scan.parcelId}, ${scan.code}, ${scan.quantity}, ${isoText(scan.at)}, ${scan.actor})
        on conflict (key) do nothing`)

const Shown = z.object({
  orderId: z.int(),
  parcelId: z.int(),
  parcelNo: z.string(),
  state: z.string(),
  carrier: z.string().nullable(),
  waybillNo: z.string().nullable(),
  shippedAt: z.int().nullable(),
  report: z.string().nullable(),
})

/** How orders show these parcels, with what became of telling the channel. */
export const listShown = (db: Db, parcelIds: readonly number[]) =>
  db.all(
    Shown,
    sql`
    select o.order_id, p.id as parcel_id, p.parcel_no, p.state, p.carrier, p.waybill_no, p.shipped_at,
           case r.state when 'done' then 'reported' when 'dismissed' then 'reported' when 'needs-person' then 'failed' when 'in-file' then 'for-file' else r.state end as report
      from fulfilment.parcel p
      join fulfilment.parcel_order o on o.parcel_id = p.id
      left join lateral (
        select told.state from channels.report told where told.parcel_id = p.id and told.order_id = o.order_id
         order by array_position(array['needs-person', 'waiting', 'for-file', 'in-file', 'dismissed', 'done'], told.state) limit 1
      ) r on true
     where p.id = any(${parcelIds}::bigint[])
     order by o.order_id, p.id`,
  )

const ParcelId = z.object({ parcelId: z.int() })

/** Parcels that left with pieces of these orders. */
export const listShippedOf = async (db: Db, orderIds: readonly number[]): Promise<number[]> =>
  (
    await db.all(
      ParcelId,
      sql`
      select distinct o.parcel_id
        from fulfilment.parcel_order o join fulfilment.parcel p on p.id = o.parcel_id and p.state = 'shipped'
       where o.order_id = any(${orderIds}::bigint[]) order by o.parcel_id`,
    )
  ).map((row) => row.parcelId)
