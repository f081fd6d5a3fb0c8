import { z } from 'zod'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, type Sql, sql } from '../../../platform/db/sql.ts'

/** What a products file may say of a SKU. */
export const SkuFacts = z.strictObject({
  productName: z.string(),
  specification: z.string(),
  barcode: z.string().nullable(),
  weightG: z.int().nullable(),
  costFen: z.int().nullable(),
  imageUrl: z.string().nullable(),
})
export type SkuFacts = z.infer<typeof SkuFacts>

export function factsOf({ productName, specification, barcode, weightG, costFen, imageUrl }: SkuFacts): SkuFacts {
  return { productName, specification, barcode, weightG, costFen, imageUrl }
}

const SomeFacts = SkuFacts.partial()
export type SomeFacts = z.infer<typeof SomeFacts>

const KnownSku = SkuFacts.extend({ id: z.int(), code: z.string(), isActive: z.boolean() })
export type KnownSku = z.infer<typeof KnownSku>

const known = (where: Sql, lock: Sql) => sql`
    select id, code, product_name, specification, barcode, weight_g, cost_fen, image_url, is_active
      from catalogue.sku
     where ${where}
     order by id ${lock}`

export const findByCodes = (db: Db, codes: readonly string[]) =>
  db.all(KnownSku, known(sql`code = any(${codes}::text[])`, sql``))

/** Locked in order of key, so that two batches never wait in a circle. */
export const lockByCodes = (db: Db, codes: readonly string[]) =>
  db.all(KnownSku, known(sql`code = any(${codes}::text[])`, sql`for update`))

export const findSkus = (db: Db, ids: readonly number[]) =>
  db.all(KnownSku, known(sql`id = any(${ids}::bigint[])`, sql``))

/** Also waits for whoever is about to refer to one of them. */
export const lockSkus = (db: Db, ids: readonly number[]) =>
  db.all(KnownSku, known(sql`id = any(${ids}::bigint[])`, sql`for update`))

export const saveFacts = (db: Db, rows: readonly (SkuFacts & { readonly id: number })[]) =>
  db.run(sql`
    update catalogue.sku k
       set product_name = s.product_name, specification = s.specification, barcode = s.barcode, weight_g = s.weight_g, cost_fen = s.cost_fen,
           image_url = s.image_url
      from ${rowsAs('s', rows, { id: 'bigint', productName: 'text', specification: 'text', barcode: 'text', weightG: 'int', costFen: 'bigint', imageUrl: 'text' })}
     where k.id = s.id`)

/** What a file did to a SKU: `before` is null where it added it, else only what it changed. */
const Imported = z.strictObject({
  skuId: z.int(),
  before: SomeFacts.nullable(),
  after: SomeFacts,
})
export type Imported = z.infer<typeof Imported>

export const insertImported = (db: Db, importId: number, rows: readonly Imported[]) =>
  db.run(sql`
    insert into catalogue.imported (import_id, sku_id, before, after)
    select ${importId}::bigint, sku_id, before, after
      from ${rowsAs('i', rows, { skuId: 'bigint', before: 'jsonb', after: 'jsonb' })}`)

export const listImported = (db: Db, importId: number) =>
  db.all(
    Imported,
    sql`select sku_id, before, after from catalogue.imported where import_id = ${importId} order by sku_id`,
  )

const Key = z.strictObject({ id: z.int() })
const keys = (rows: readonly z.infer<typeof Key>[]) => new Set(rows.map((row) => row.id))

/** Those of these SKUs that anything outside the catalogue refers to. */
export const listUsedElsewhere = async (db: Db, ids: readonly number[]): Promise<ReadonlySet<number>> =>
  keys(
    await db.all(Key, sql`select distinct id from catalogue.used_elsewhere(${ids}::bigint[]) as used(id) order by id`),
  )

/** Those to which a person matched a listing. */
export const listMatchedByPerson = async (db: Db, ids: readonly number[]): Promise<ReadonlySet<number>> =>
  keys(
    await db.all(
      Key,
      sql`select distinct sku_id as id from catalogue.listing where sku_id = any(${ids}::bigint[]) and matched_how <> 'code' order by id`,
    ),
  )

/** Deletes SKUs that nothing but the catalogue itself refers to; listings that matched themselves to them wait again. Gives those listings. */
export const deleteSkus = async (
  db: Db,
  ids: readonly number[],
  by: { readonly actor: string; readonly at: number },
): Promise<number[]> => {
  const unmatched = await db.all(
    Key,
    sql`
    with freed as (
      update catalogue.listing
         set sku_id = null, matched_how = null, matched_by = null, matched_at = null
       where sku_id = any(${ids}::bigint[]) and matched_how = 'code'
      returning id),
    unproposed as (
      update catalogue.listing
         set proposed_sku_id = null, proposed_confidence = null, proposed_why = null
       where proposed_sku_id = any(${ids}::bigint[])),
    noted as (
      insert into catalogue.match_history (listing_id, sku_id, how, actor, at)
      select id, null, 'unmatched', ${by.actor}::text, ${isoText(by.at)}::timestamptz from freed order by id)
    select id from freed order by id`,
  )
  await db.run(sql`delete from catalogue.sku where id = any(${ids}::bigint[])`)
  return unmatched.map((row) => row.id)
}
