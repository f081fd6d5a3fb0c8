import { z } from 'zod'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const Left = z.strictObject({ carrier: z.string(), count: z.int() })

/** Free numbers of each pool; a pool that is empty has no row. */
export const countFree = (db: Db) =>
  db.all(
    Left,
    sql`select carrier, count(*) as count from logistics.waybill where taken_by is null group by carrier order by carrier`,
  )

/** Adds free numbers to a pool; known ones are passed over. Gives how many are new. */
export const insertFree = (
  db: Db,
  given: { readonly carrier: string; readonly waybillNos: readonly string[] },
  by: { readonly at: number; readonly actor: string },
) =>
  db.run(sql`
    insert into logistics.waybill (carrier, waybill_no, source, added_at, added_by)
    select ${given.carrier}::text, waybill_no, 'pool', ${isoText(by.at)}::timestamptz, ${by.actor}::text
      from unnest(${given.waybillNos}::text[]) with ordinality as n(waybill_no, place)
     order by place
        on conflict on constraint waybill_is_one do nothing`)

const FreeNumber = z.strictObject({ id: z.int(), carrier: z.string(), waybillNo: z.string() })

/**
 * Locks free numbers, the oldest of each pool first, at most `count` of each carrier. Numbers that somebody else is drawing at this
 * moment are passed over, so two draws never wait for each other and never give the same number.
 */
export const lockFree = (db: Db, wants: readonly { readonly carrier: string; readonly count: number }[]) =>
  db.all(
    FreeNumber,
    sql`
    select n.id, n.carrier, n.waybill_no
      from ${rowsAs('w', wants, { carrier: 'text', count: 'int' })}
     cross join lateral (
       select f.id, f.carrier, f.waybill_no
         from logistics.waybill f
        where f.carrier = w.carrier and f.taken_by is null
        order by f.id limit w.count
          for update skip locked) n
     order by n.id`,
  )

export const saveTaken = (db: Db, rows: readonly { readonly id: number; readonly holder: number }[], at: number) =>
  db.run(sql`
    update logistics.waybill n set taken_by = t.holder, taken_at = ${isoText(at)}::timestamptz
      from ${rowsAs('t', rows, { id: 'bigint', holder: 'bigint' })}
     where n.id = t.id`)

const Owner = z.strictObject({ takenBy: z.int().nullable() })

/** Takes a number that a person typed, out of the pool if it lies there; one that is taken keeps its holder. Gives the holder. */
export const takeTyped = async (
  db: Db,
  given: { readonly carrier: string; readonly waybillNo: string; readonly holder: number },
  by: { readonly at: number; readonly actor: string },
): Promise<number | null> =>
  (
    await db.one(
      Owner,
      sql`
      insert into logistics.waybill as n (carrier, waybill_no, source, added_at, added_by, taken_by, taken_at)
      values (${given.carrier}, ${given.waybillNo}, 'typed', ${isoText(by.at)}, ${by.actor}, ${given.holder}, ${isoText(by.at)})
          on conflict on constraint waybill_is_one do update
         set taken_by = coalesce(n.taken_by, excluded.taken_by), taken_at = coalesce(n.taken_at, excluded.taken_at)
      returning taken_by`,
    )
  ).takenBy
