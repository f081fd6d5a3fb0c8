import { z } from 'zod'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const SkuKey = z.object({ id: z.int(), code: z.string() })

export const listSkusByCode = (db: Db, codes: readonly string[]) =>
  db.all(SkuKey, sql`select id, code from catalogue.sku where code = any(${codes}::text[]) order by id`)

const Safety = z.object({ skuId: z.int(), pieces: z.int() })

/** Safety stock where some is set. */
export const listSafety = (db: Db, skuIds: readonly number[]) =>
  db.all(
    Safety,
    sql`select sku_id, pieces from inventory.safety where sku_id = any(${skuIds}::bigint[]) order by sku_id`,
  )

/** Sets safety stock; null takes it away. */
export const saveSafeties = async (
  db: Db,
  rows: readonly { readonly skuId: number; readonly pieces: number | null }[],
): Promise<void> => {
  const given = rowsAs('s', rows, { skuId: 'bigint', pieces: 'int' })
  await db.run(sql`delete from inventory.safety f using ${given} where f.sku_id = s.sku_id and s.pieces is null`)
  await db.run(sql`
    insert into inventory.safety (sku_id, pieces)
    select sku_id, pieces from ${given} where pieces is not null order by sku_id
        on conflict (sku_id) do update set pieces = excluded.pieces`)
}

/** What a file changed at one place. `safetyAfter` is null where it left the safety stock alone. */
export interface ImportedShelf {
  readonly skuId: number
  readonly warehouseId: number
  readonly change: number
  readonly safetyBefore: number | null
  readonly safetyAfter: number | null
}

/** Keeps what a file changed, with the count just made there; the caller holds the locks of the shelves. */
export const insertImported = (db: Db, importId: number, rows: readonly ImportedShelf[]) =>
  db.run(sql`
    insert into inventory.imported (import_id, sku_id, warehouse_id, change, movement_id, safety_before, safety_after)
    select ${importId}::bigint, i.sku_id, i.warehouse_id, i.change,
           case when i.change <> 0 then (select max(m.id) from inventory.movement m where m.sku_id = i.sku_id and m.warehouse_id = i.warehouse_id) end,
           i.safety_before, i.safety_after
      from ${rowsAs('i', rows, { skuId: 'bigint', warehouseId: 'bigint', change: 'int', safetyBefore: 'int', safetyAfter: 'int' })}`)

const Imported = z.object({
  skuId: z.int(),
  code: z.string(),
  warehouseId: z.int(),
  warehouse: z.string(),
  change: z.int(),
  safetyBefore: z.int().nullable(),
  safetyAfter: z.int().nullable(),
  safetyNow: z.int().nullable(),
  onHand: z.int(),
  reserved: z.int(),
  countedAgainAt: z.int().nullable(),
})
export type Imported = z.infer<typeof Imported>

/** Locks the shelves that a file changed, in order of key. */
export const lockImported = (db: Db, importId: number) =>
  db.run(sql`
    select from inventory.imported i join inventory.stock s on s.sku_id = i.sku_id and s.warehouse_id = i.warehouse_id
     where i.import_id = ${importId}
     order by s.sku_id, s.warehouse_id
       for update of s`)

/** What a file changed and what became of it; counts by imports that were undone themselves are none. */
export const listImported = (db: Db, importId: number) =>
  db.all(
    Imported,
    sql`
    select i.sku_id, k.code, i.warehouse_id, w.name as warehouse, i.change, i.safety_before, i.safety_after, f.pieces as safety_now,
           coalesce(s.on_hand, 0) as on_hand, coalesce(s.reserved, 0) as reserved,
           (select max(m.at) from inventory.movement m
             where m.sku_id = i.sku_id and m.warehouse_id = i.warehouse_id and m.id > i.movement_id and m.kind = 'count'
               and not exists (select from inventory.imported u where u.movement_id = m.id and u.undone_at is not null)) as counted_again_at
      from inventory.imported i
      join catalogue.sku k on k.id = i.sku_id
      join inventory.warehouse w on w.id = i.warehouse_id
      left join inventory.stock s on s.sku_id = i.sku_id and s.warehouse_id = i.warehouse_id
      left join inventory.safety f on f.sku_id = i.sku_id
     where i.import_id = ${importId} and i.undone_at is null
     order by i.sku_id, i.warehouse_id`,
  )

export const saveUndone = (
  db: Db,
  importId: number,
  undone: { readonly shelves: readonly Pick<Imported, 'skuId' | 'warehouseId'>[]; readonly at: number },
) =>
  db.run(sql`
    update inventory.imported i set undone_at = ${isoText(undone.at)}::timestamptz
      from ${rowsAs('u', undone.shelves, { skuId: 'bigint', warehouseId: 'bigint' })}
     where i.import_id = ${importId} and i.sku_id = u.sku_id and i.warehouse_id = u.warehouse_id`)
