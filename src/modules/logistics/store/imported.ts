import { z } from 'zod'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

/** A number and whose it is. */
export interface CarrierNumber {
  readonly carrier: string
  readonly waybillNo: string
}

const columns = { carrier: 'text', waybillNo: 'text' } as const
const Known = z.strictObject({ carrier: z.string(), waybillNo: z.string() })

/** Those of these numbers that are there already, free or taken. */
export const listKnown = (db: Db, numbers: readonly CarrierNumber[]) =>
  db.all(
    Known,
    sql`
    select carrier, waybill_no
      from logistics.waybill
     where (carrier, waybill_no) in (select carrier, waybill_no from ${rowsAs('n', numbers, columns)})
     order by id`,
  )

/** Puts numbers of an import into the pools in the order given; known ones are passed over. Gives how many are new. */
export const insertImported = (
  db: Db,
  numbers: readonly CarrierNumber[],
  by: { readonly importId: number; readonly at: number; readonly actor: string },
) =>
  db.run(sql`
    insert into logistics.waybill (carrier, waybill_no, source, added_at, added_by, import_id)
    select carrier, waybill_no, 'pool', ${isoText(by.at)}::timestamptz, ${by.actor}::text, ${by.importId}::bigint
      from ${rowsAs(
        'n',
        numbers.map((number, place) => ({ ...number, place })),
        { ...columns, place: 'int' },
      )}
     order by place
        on conflict on constraint waybill_is_one do nothing`)

const Count = z.strictObject({ count: z.int() })

export const countFreeOf = async (db: Db, importId: number): Promise<number> =>
  (
    await db.one(
      Count,
      sql`select count(*) as count from logistics.waybill where import_id = ${importId} and taken_by is null`,
    )
  ).count

export const listTakenOf = (db: Db, importId: number) =>
  db.all(
    Known,
    sql`select carrier, waybill_no from logistics.waybill where import_id = ${importId} and taken_by is not null order by id`,
  )

/** Takes the numbers of an import out of the pools that nobody took. One that is being drawn at this moment is waited for. */
export const deleteFreeOf = (db: Db, importId: number) =>
  db.run(sql`delete from logistics.waybill where import_id = ${importId} and taken_by is null`)
