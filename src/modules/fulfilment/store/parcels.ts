import { z } from 'zod'
import { parcelStates } from '../../../core/fulfilment/parcel-moves.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, type Sql, sql } from '../../../platform/db/sql.ts'

const ParcelStored = z.object({
  id: z.int(),
  parcelNo: z.string(),
  state: z.enum(parcelStates),
  warehouseId: z.int(),
  carrier: z.string().nullable(),
  waybillNo: z.string().nullable(),
  province: z.string(),
  city: z.string(),
  district: z.string(),
  pieceCount: z.int(),
  shipBy: z.int().nullable(),
  prints: z.int(),
  printedAt: z.int().nullable(),
  printedBy: z.string().nullable(),
  checkedAt: z.int().nullable(),
  shippedAt: z.int().nullable(),
  stoppedBecause: z.string().nullable(),
  cancelledBecause: z.string().nullable(),
})
export type ParcelStored = z.infer<typeof ParcelStored>

const columns = sql`p.id, p.parcel_no, p.state, p.warehouse_id, p.carrier, p.waybill_no, p.province, p.city, p.district, p.piece_count, p.ship_by, p.prints,
           p.printed_at, p.printed_by, p.checked_at, p.shipped_at, p.stopped_because, p.cancelled_because`

/** In order of key, so that two people with the same pile never wait in a circle. */
export const lockParcels = (db: Db, ids: readonly number[]) =>
  db.all(
    ParcelStored,
    sql`select ${columns} from fulfilment.parcel p where p.id = any(${ids}::bigint[]) order by p.id for update`,
  )

export const findParcels = (db: Db, ids: readonly number[]) =>
  db.all(ParcelStored, sql`select ${columns} from fulfilment.parcel p where p.id = any(${ids}::bigint[]) order by p.id`)

const Id = z.object({ id: z.int() })
const idsOf = (rows: readonly { readonly id: number }[]) => rows.map((row) => row.id)

/** Open parcels, stopped ones too, that hold any of these orders. */
export const listOpenOf = async (db: Db, orderIds: readonly number[]): Promise<number[]> =>
  idsOf(
    await db.all(
      Id,
      sql`
      select distinct o.parcel_id as id from fulfilment.parcel_order o
       where o.is_open and o.order_id = any(${orderIds}::bigint[]) order by id`,
    ),
  )

/**
 * Parcels on their way that hold one of these orders and no longer fit it: the order is not packed any more, at another warehouse, or holds
 * other pieces. Told of many orders that are well, it costs one look; what becomes of the others is decided on the locked rows.
 */
export const listMisfits = async (db: Db, orderIds: readonly number[]): Promise<number[]> =>
  idsOf(
    await db.all(
      Id,
      sql`
      select distinct p.id
        from fulfilment.parcel_order o
        join fulfilment.parcel p on p.id = o.parcel_id and p.state in ('to-print', 'printed', 'checked')
        join orders.sale s on s.id = o.order_id
       where o.is_open and o.order_id = any(${orderIds}::bigint[])
         and (s.state <> 'allocated' or s.warehouse_id is distinct from p.warehouse_id
              or exists ((select line_id, sku_id, quantity from inventory.reservation where order_id = o.order_id
                          except select line_id, sku_id, quantity from fulfilment.parcel_line where parcel_id = p.id and order_id = o.order_id)
                         union all
                         (select line_id, sku_id, quantity from fulfilment.parcel_line where parcel_id = p.id and order_id = o.order_id
                          except select line_id, sku_id, quantity from inventory.reservation where order_id = o.order_id)))
       order by p.id`,
    ),
  )

/** Keys for parcels that will be made in this transaction, so that their numbers can be drawn before. */
export const takeKeys = async (db: Db, count: number): Promise<number[]> =>
  idsOf(
    await db.all(
      Id,
      sql`select nextval('fulfilment.parcel_id_seq') as id from generate_series(1, ${count}::int) order by id`,
    ),
  )

export interface NewParcel {
  readonly id: number
  readonly warehouseId: number
  readonly carrier: string | null
  readonly carrierWhy: string
  readonly waybillNo: string | null
  readonly province: string
  readonly city: string
  readonly district: string
  readonly pieceCount: number
  readonly shipBy: number | null
}
interface By {
  readonly actor: string
  readonly at: number
}

export const insertParcels = (db: Db, rows: readonly NewParcel[], { actor, at }: By) =>
  db.run(sql`
    insert into fulfilment.parcel (id, state, warehouse_id, carrier, carrier_why, waybill_no, province, city, district, piece_count, ship_by, created_at, created_by)
    overriding system value
    select id, 'to-print', warehouse_id, carrier, carrier_why, waybill_no, province, city, district, piece_count, ship_by, ${isoText(at)}::timestamptz, ${actor}::text
      from ${rowsAs('p', rows, { id: 'bigint', warehouseId: 'bigint', carrier: 'text', carrierWhy: 'text', waybillNo: 'text', province: 'text', city: 'text', district: 'text', pieceCount: 'int', shipBy: 'timestamptz' })}
     order by id`)

interface StateRow {
  readonly id: number
  readonly state: string
}
const stateRows = (alias: string, rows: readonly StateRow[]): Sql =>
  rowsAs(alias, rows, { id: 'bigint', state: 'text' })

export const savePrinted = (db: Db, rows: readonly StateRow[], { actor, at }: By) =>
  db.run(sql`
    update fulfilment.parcel p set state = s.state, prints = p.prints + 1, printed_at = ${isoText(at)}, printed_by = ${actor}
      from ${stateRows('s', rows)} where p.id = s.id`)

/** A parcel whose pieces are all checked, or (`by` null) no longer so. */
export const saveCheckState = (db: Db, row: StateRow, by: By | null) =>
  db.run(sql`
    update fulfilment.parcel
       set state = ${row.state}, checked_at = ${by === null ? null : isoText(by.at)}::timestamptz, checked_by = ${by?.actor ?? null}
     where id = ${row.id}`)

export const saveNumbers = (
  db: Db,
  rows: readonly (StateRow & { readonly carrier: string; readonly waybillNo: string })[],
) =>
  db.run(sql`
    update fulfilment.parcel p set state = n.state, carrier = n.carrier, waybill_no = n.waybill_no
      from ${rowsAs('n', rows, { id: 'bigint', state: 'text', carrier: 'text', waybillNo: 'text' })} where p.id = n.id`)

export const saveStopped = (db: Db, rows: readonly { readonly id: number; readonly because: string }[]) =>
  db.run(sql`
    update fulfilment.parcel p set state = 'stopped', stopped_because = s.because
      from ${rowsAs('s', rows, { id: 'bigint', because: 'text' })} where p.id = s.id`)

export const saveShipped = (db: Db, ids: readonly number[], { actor, at }: By) =>
  db.run(sql`
    update fulfilment.parcel set state = 'shipped', shipped_at = ${isoText(at)}, shipped_by = ${actor} where id = any(${ids}::bigint[])`)

export const saveCancelled = (db: Db, ids: readonly number[], because: string) =>
  db.run(
    sql`update fulfilment.parcel set state = 'cancelled', cancelled_because = ${because} where id = any(${ids}::bigint[])`,
  )

/** Folds the tally together; readers see the same sums before and after. */
export const foldTally = (db: Db) =>
  db.run(sql`
    with gone as (delete from fulfilment.tally returning state, change)
    insert into fulfilment.tally select state, sum(change) from gone group by state having sum(change) <> 0`)
