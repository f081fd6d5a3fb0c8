import { z } from 'zod'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const SkuRow = z.strictObject({
  id: z.int(),
  code: z.string(),
  productName: z.string(),
  specification: z.string(),
  barcode: z.string().nullable(),
  imageUrl: z.string().nullable(),
  weightG: z.int().nullable(),
  costFen: z.int().nullable(),
  isActive: z.boolean(),
})
export type SkuRow = z.infer<typeof SkuRow>
export type NewSku = Omit<SkuRow, 'id' | 'isActive'>

const Added = z.strictObject({ id: z.int(), code: z.string() })

/** Adds SKUs; codes that exist are passed over and absent from the answer. */
export const insertSkus = (db: Db, rows: readonly NewSku[], at: number) =>
  db.all(
    Added,
    sql`
    insert into catalogue.sku (code, product_name, specification, barcode, image_url, weight_g, cost_fen, created_at)
    select code, product_name, specification, barcode, image_url, weight_g, cost_fen, ${isoText(at)}::timestamptz
      from ${rowsAs('s', rows, { code: 'text', productName: 'text', specification: 'text', barcode: 'text', imageUrl: 'text', weightG: 'int', costFen: 'bigint' })}
     order by code
        on conflict (code) do nothing
    returning id, code`,
  )

export const lockSku = (db: Db, id: number) =>
  db.maybe(
    SkuRow,
    sql`
    select id, code, product_name, specification, barcode, image_url, weight_g, cost_fen, is_active
      from catalogue.sku where id = ${id} for update`,
  )

export const saveSku = (db: Db, sku: SkuRow) =>
  db.run(sql`
    update catalogue.sku
       set code = ${sku.code}, product_name = ${sku.productName}, specification = ${sku.specification}, barcode = ${sku.barcode},
           image_url = ${sku.imageUrl}, weight_g = ${sku.weightG}, cost_fen = ${sku.costFen}, is_active = ${sku.isActive}
     where id = ${sku.id}`)

const Named = z.strictObject({ id: z.int(), code: z.string(), isActive: z.boolean() })

/** Locked against change, so that none is switched off while a listing is matched to it. */
export const listSkus = (db: Db, ids: readonly number[]) =>
  db.all(
    Named,
    sql`select id, code, is_active from catalogue.sku where id = any(${ids}::bigint[]) order by id for share`,
  )

export const listSkusByCode = (db: Db, codes: readonly string[]) =>
  db.all(
    Named,
    sql`select id, code, is_active from catalogue.sku where code = any(${codes}::text[]) order by id for share`,
  )

const Facts = z.strictObject({
  id: z.int(),
  code: z.string(),
  productName: z.string(),
  specification: z.string(),
  barcode: z.string().nullable(),
})

/** What proposals compare, of every SKU in use. */
export const listActiveFacts = (db: Db) =>
  db.all(
    Facts,
    sql`select id, code, product_name, specification, barcode from catalogue.sku where is_active order by id`,
  )
