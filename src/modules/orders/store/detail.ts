import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const HistoryStored = z.object({
  id: z.int(),
  at: z.int(),
  deed: z.string(),
  actor: z.string(),
  reason: z.string().nullable(),
  changes: z
    .array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
    .nullable(),
})
export type HistoryStored = z.infer<typeof HistoryStored>

export const listHistory = (db: Db, orderId: number) =>
  db.all(
    HistoryStored,
    sql`select id, at, deed, actor, reason, changes from orders.history where order_id = ${orderId} order by id desc limit 500`,
  )

const Shipment = z.object({
  id: z.int(),
  parcelNo: z.string(),
  state: z.string(),
  carrier: z.string().nullable(),
  waybillNo: z.string().nullable(),
  shippedAt: z.int().nullable(),
  report: z.string().nullable(),
})

export const listShipments = (db: Db, orderId: number) =>
  db.all(
    Shipment,
    sql`
    select parcel_id as id, parcel_no, state, carrier, waybill_no, shipped_at, report
      from orders.shipment where order_id = ${orderId} order by parcel_id`,
  )

const Count = z.object({ count: z.int() })
export const countOfBuyer = async (db: Db, buyerId: number): Promise<number> =>
  (
    await db.one(
      Count,
      sql`select count(*) as count from (select from orders.sale where buyer_id = ${buyerId} and withdrawn_at is null limit 1000) part`,
    )
  ).count

/** A parcel as orders show it. */
export interface ShipmentRow {
  readonly orderId: number
  readonly parcelId: number
  readonly parcelNo: string
  readonly state: string
  readonly carrier: string | null
  readonly waybillNo: string | null
  readonly shippedAt: number | null
  readonly report: string | null
}

export const saveShipments = (db: Db, rows: readonly ShipmentRow[]) =>
  db.run(sql`
    insert into orders.shipment (order_id, parcel_id, parcel_no, state, carrier, waybill_no, shipped_at, report)
    select order_id, parcel_id, parcel_no, state, carrier, waybill_no, shipped_at, report
      from ${rowsAs('s', rows, { orderId: 'bigint', parcelId: 'bigint', parcelNo: 'text', state: 'text', carrier: 'text', waybillNo: 'text', shippedAt: 'timestamptz', report: 'text' })}
        on conflict (order_id, parcel_id) do update
       set state = excluded.state, carrier = excluded.carrier, waybill_no = excluded.waybill_no, shipped_at = excluded.shipped_at, report = excluded.report`)

/** Adds pieces shipped by us to their lines. */
export const addShipped = (db: Db, rows: readonly { readonly lineId: number; readonly quantity: number }[]) =>
  db.run(sql`
    update orders.line l set shipped_quantity = l.shipped_quantity + s.quantity
      from ${rowsAs('s', rows, { lineId: 'bigint', quantity: 'int' })}
     where l.id = s.line_id`)

export const saveShippedState = (db: Db, ids: readonly number[], at: number) =>
  db.run(
    sql`update orders.sale set state = 'shipped', shipped_at = ${new Date(at).toISOString()}::timestamptz, version = version + 1 where id = any(${ids}::bigint[])`,
  )
