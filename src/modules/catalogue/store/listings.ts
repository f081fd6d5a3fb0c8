import { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, type Sql, sql } from '../../../platform/db/sql.ts'

/** What a shop tells of a listing, as it is kept. */
export const ToldListing = z.strictObject({
  channelItemNo: z.string(),
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  barcode: z.string().nullable(),
  title: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  priceFen: z.int(),
  shownQuantity: z.int().nullable(),
  isOnSale: z.boolean(),
})
export type ToldListing = z.infer<typeof ToldListing>

export const toldListing = (listing: Listing): ToldListing => ({
  channelItemNo: listing.channelItemNo,
  channelSkuNo: listing.channelSkuNo,
  merchantCode: listing.merchantCode || null,
  barcode: listing.barcode || null,
  title: listing.title,
  specification: listing.specification,
  imageUrl: listing.imageUrl,
  priceFen: listing.priceFen,
  shownQuantity: listing.quantity,
  isOnSale: listing.isOnSale,
})

const keyColumns = { channelItemNo: 'text', channelSkuNo: 'text' } as const
const toldColumns = {
  ...keyColumns,
  merchantCode: 'text',
  barcode: 'text',
  title: 'text',
  specification: 'text',
  imageUrl: 'text',
  priceFen: 'bigint',
  shownQuantity: 'int',
  isOnSale: 'boolean',
} as const

const Known = ToldListing.extend({
  id: z.int(),
  isVanished: z.boolean(),
})
export type KnownListing = z.infer<typeof Known>

/** What we hold of these listings of a shop, locked in order of key. */
export const lockKnown = (db: Db, shopId: number, told: readonly ToldListing[]) =>
  db.all(
    Known,
    sql`
    select l.id, l.channel_item_no, l.channel_sku_no, l.merchant_code, l.barcode, l.title, l.specification, l.image_url, l.price_fen,
           l.shown_quantity, l.is_on_sale, l.vanished_at is not null as is_vanished
      from catalogue.listing l
     where l.shop_id = ${shopId}
       and (l.channel_item_no, l.channel_sku_no) in (select channel_item_no, channel_sku_no from ${rowsAs('k', told, keyColumns)})
     order by l.id
       for update`,
  )

const Id = z.strictObject({ id: z.int() })

/** Writes what a shop told; new ones are added, known ones changed. Gives the keys written. */
export const saveTold = async (db: Db, shopId: number, told: readonly ToldListing[], at: number): Promise<number[]> =>
  (
    await db.all(
      Id,
      sql`
      insert into catalogue.listing as l (shop_id, channel_item_no, channel_sku_no, merchant_code, barcode, title, specification, image_url,
             price_fen, shown_quantity, is_on_sale, seen_at)
      select ${shopId}::bigint, channel_item_no, channel_sku_no, merchant_code, barcode, title, specification, image_url, price_fen, shown_quantity,
             is_on_sale, ${isoText(at)}::timestamptz
        from ${rowsAs('t', told, toldColumns)}
       order by channel_item_no, channel_sku_no
          on conflict (shop_id, channel_item_no, channel_sku_no) do update
         set merchant_code = excluded.merchant_code, barcode = excluded.barcode, title = excluded.title, specification = excluded.specification,
             image_url = excluded.image_url, price_fen = excluded.price_fen, shown_quantity = excluded.shown_quantity,
             is_on_sale = excluded.is_on_sale, seen_at = excluded.seen_at, vanished_at = null,
             may_match_itself = l.may_match_itself or l.merchant_code is distinct from excluded.merchant_code
      returning id`,
    )
  ).map((row) => row.id)

/** Marks a shop's listings that a complete pull did not name. Gives how many. */
export const markVanished = (db: Db, shopId: number, told: readonly ToldListing[], at: number) =>
  db.run(sql`
    update catalogue.listing l set vanished_at = ${isoText(at)}
     where l.shop_id = ${shopId} and l.vanished_at is null
       and not exists (select from ${rowsAs('k', told, keyColumns)} where k.channel_item_no = l.channel_item_no and k.channel_sku_no = l.channel_sku_no)`)

const Matched = z.strictObject({ listingId: z.int(), skuId: z.int() })
export type Matched = z.infer<typeof Matched>

/**
 * Matches listings whose merchant code is an active SKU's code: unmatched ones, unless a person undid their match; and of `recoded`, whose
 * code is another now, those that were matched by the old code.
 */
export const matchByCode = (
  db: Db,
  which:
    | { readonly listingIds: readonly number[]; readonly recoded: readonly number[] }
    | { readonly skuIds: readonly number[] },
  at: number,
) => {
  const found: Sql =
    'skuIds' in which
      ? sql`s.id = any(${which.skuIds}::bigint[]) and l.sku_id is null and l.may_match_itself`
      : sql`l.id = any(${which.listingIds}::bigint[]) and (
              (l.sku_id is null and l.may_match_itself) or
              (l.id = any(${which.recoded}::bigint[]) and l.matched_how = 'code' and l.sku_id <> s.id))`
  return db.all(
    Matched,
    sql`
    with chosen as (
      select l.id, s.id as sku_id
        from catalogue.listing l join catalogue.sku s on s.code = l.merchant_code and s.is_active
       where ${found} and not l.is_ignored
       order by l.id
         for update of l),
    matched as (
      update catalogue.listing l
         set sku_id = c.sku_id, matched_how = 'code', matched_by = '系统', matched_at = ${isoText(at)}::timestamptz,
             proposed_sku_id = null, proposed_confidence = null, proposed_why = null
        from chosen c where l.id = c.id
      returning l.id, l.sku_id),
    noted as (
      insert into catalogue.match_history (listing_id, sku_id, how, actor, at)
      select id, sku_id, 'code', '系统', ${isoText(at)}::timestamptz from matched order by id)
    select id as listing_id, sku_id from matched order by id`,
  )
}
