import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { join, type Sql, sql } from '../../../platform/db/sql.ts'

export interface SkuFilter {
  readonly search: string
  readonly active: 'yes' | 'no' | 'all'
}

function matching({ search, active }: SkuFilter): Sql {
  const words = search.trim().split(/\s+/).filter(Boolean)
  const like = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`
  return join(
    [
      active === 'all' ? sql`true` : sql`s.is_active = ${active === 'yes'}`,
      ...words.map(
        (word) =>
          sql`(s.code ilike ${like(word)} or s.product_name ilike ${like(word)} or s.specification ilike ${like(word)} or s.barcode = ${word})`,
      ),
    ],
    ' and ',
  )
}

const Row = z.object({
  id: z.int(),
  code: z.string(),
  productName: z.string(),
  specification: z.string(),
  barcode: z.string().nullable(),
  imageUrl: z.string().nullable(),
  weightG: z.int().nullable(),
  costFen: z.int().nullable(),
  isActive: z.boolean(),
  listings: z.int(),
  onHand: z.int(),
  reserved: z.int(),
})

/** One page by code, and one more to know whether there is a next. */
export const listSkus = (db: Db, filter: SkuFilter, page: { readonly after: string | null; readonly limit: number }) =>
  db.all(
    Row,
    sql`
    select s.id, s.code, s.product_name, s.specification, s.barcode, s.image_url, s.weight_g, s.cost_fen, s.is_active,
           (select count(*) from catalogue.listing l where l.sku_id = s.id) as listings, coalesce(k.on_hand, 0) as on_hand, coalesce(k.reserved, 0) as reserved
      from catalogue.sku s
      left join lateral (select sum(t.on_hand) as on_hand, sum(t.reserved) as reserved from inventory.stock t where t.sku_id = s.id) k on true
     where ${matching(filter)} and ${page.after === null ? sql`true` : sql`s.code > ${page.after}`}
     order by s.code
     limit ${page.limit + 1}`,
  )

const Count = z.object({ count: z.int() })
export const countSkus = async (db: Db, filter: SkuFilter): Promise<number> =>
  (await db.one(Count, sql`select count(*) as count from catalogue.sku s where ${matching(filter)}`)).count
