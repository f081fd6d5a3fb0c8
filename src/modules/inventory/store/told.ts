import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

/** One reckoning of numbers for channels at a time, in order; ends with the transaction. */
export const holdTellingLane = (db: Db) => db.run(sql`select pg_advisory_xact_lock(hashtext('inventory.push-stock'))`)

const ToTell = z.object({
  shopId: z.int(),
  listingId: z.int(),
  channelItemNo: z.string(),
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  available: z.int(),
  safety: z.int(),
})

/** Listings of these SKUs with what is available of each over all active places, and the safety stock. */
export const listToTell = (db: Db, skuIds: readonly number[]) =>
  db.all(
    ToTell,
    sql`
    select l.shop_id, l.id as listing_id, l.channel_item_no, l.channel_sku_no, l.merchant_code,
           coalesce(s.available, 0)::int as available, coalesce(f.pieces, 0) as safety
      from catalogue.listing l
      left join (select st.sku_id, sum(st.on_hand - st.reserved) as available
                   from inventory.stock st join inventory.warehouse w on w.id = st.warehouse_id and w.is_active
                  where st.sku_id = any(${skuIds}::bigint[]) group by st.sku_id) s on s.sku_id = l.sku_id
      left join inventory.safety f on f.sku_id = l.sku_id
     where l.sku_id = any(${skuIds}::bigint[]) and l.vanished_at is null
     order by l.shop_id, l.id`,
  )

const Version = z.object({ version: z.int() })
export const nextVersion = async (db: Db): Promise<number> =>
  (await db.one(Version, sql`select nextval('inventory.told_version') as version`)).version

const SkuRow = z.object({ skuId: z.int() })
export const listMatchedSkus = async (db: Db, listingIds: readonly number[]): Promise<number[]> =>
  (
    await db.all(
      SkuRow,
      sql`select distinct sku_id from catalogue.listing where id = any(${listingIds}::bigint[]) and sku_id is not null order by sku_id`,
    )
  ).map((row) => row.skuId)
