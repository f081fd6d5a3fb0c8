import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

/** A listing as an order line names it. */
export interface LineListing {
  readonly shopId: number
  readonly channelItemNo: string
  readonly channelSkuNo: string
  readonly merchantCode: string | null
  readonly title: string
  readonly specification: string
  readonly imageUrl: string | null
}

const keyColumns = { shopId: 'bigint', channelItemNo: 'text', channelSkuNo: 'text' } as const

const Matched = z.object({
  listingId: z.int(),
  shopId: z.int(),
  channelItemNo: z.string(),
  channelSkuNo: z.string(),
  skuId: z.int().nullable(),
  skuCode: z.string().nullable(),
})
export type MatchedLine = z.infer<typeof Matched>

/** The listings of these keys with the SKU each is matched to; unknown ones are absent. */
export const findByKeys = (db: Db, keys: readonly Pick<LineListing, keyof typeof keyColumns>[]) =>
  db.all(
    Matched,
    sql`
    select l.id as listing_id, l.shop_id, l.channel_item_no, l.channel_sku_no, l.sku_id, s.code as sku_code
      from ${rowsAs('k', keys, keyColumns)}
      join catalogue.listing l using (shop_id, channel_item_no, channel_sku_no)
      left join catalogue.sku s on s.id = l.sku_id
     order by l.id`,
  )

/** Adds listings that orders name and nobody pulled yet, matched at once where the merchant code is a SKU's. Known ones stay as they are. */
export const insertFromLines = (db: Db, rows: readonly LineListing[], at: number) => {
  const seenAt = new Date(at).toISOString()
  return db.run(sql`
    with added as (
      insert into catalogue.listing (shop_id, channel_item_no, channel_sku_no, merchant_code, title, specification, image_url, seen_at, sku_id, matched_how, matched_by, matched_at)
      select n.shop_id, n.channel_item_no, n.channel_sku_no, n.merchant_code, n.title, n.specification, n.image_url, ${seenAt}::timestamptz,
             s.id, case when s.id is not null then 'code' end, case when s.id is not null then '系统' end, case when s.id is not null then ${seenAt}::timestamptz end
        from ${rowsAs('n', rows, { ...keyColumns, merchantCode: 'text', title: 'text', specification: 'text', imageUrl: 'text' })}
        left join catalogue.sku s on s.code = n.merchant_code and s.is_active
       order by n.shop_id, n.channel_item_no, n.channel_sku_no
          on conflict (shop_id, channel_item_no, channel_sku_no) do nothing
      returning id, sku_id)
    insert into catalogue.match_history (listing_id, sku_id, how, actor, at)
    select id, sku_id, 'code', '系统', ${seenAt}::timestamptz from added where sku_id is not null order by id`)
}
