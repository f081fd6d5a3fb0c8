import { z } from 'zod'
import { Listing } from '../../../core/channel/shapes.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export interface PulledListing {
  readonly channelItemNo: string
  readonly channelSkuNo: string
  readonly listing: Listing
}

const Count = z.strictObject({ count: z.int() })

/** Gives how many are new or say something new; how many pieces a channel shows and when it last changed say nothing new. */
export async function upsertListings(
  db: Db,
  rows: readonly PulledListing[],
  about: { readonly shopId: number; readonly pulledNo: number; readonly now: Instant },
): Promise<number> {
  const { count } = await db.one(
    Count,
    sql`
  with stored as (
    insert into channels.listing_seen as l (shop_id, channel_item_no, channel_sku_no, listing, pulled_no, state, seen_at)
    select ${about.shopId}::bigint, channel_item_no, channel_sku_no, listing, ${about.pulledNo}, 'waiting', ${isoText(about.now)}
      from ${rowsAs('t', rows, { channelItemNo: 'text', channelSkuNo: 'text', listing: 'jsonb' })}
     order by channel_item_no, channel_sku_no
        on conflict (shop_id, channel_item_no, channel_sku_no) do update
       set pulled_no = excluded.pulled_no, listing = excluded.listing, seen_at = excluded.seen_at,
           state = case when l.listing - array['quantity', 'modifiedAt'] = excluded.listing - array['quantity', 'modifiedAt'] then l.state else 'waiting' end
    returning state
  )
  select count(*)::int as count from stored where state = 'waiting'`,
  )
  return count
}

/** Listings that the last full pull did not show are off sale. Gives how many. */
export const markGone = (db: Db, shopId: number, about: { readonly pulledNo: number; readonly now: Instant }) =>
  db.run(sql`
  update channels.listing_seen
     set listing = listing || '{"isOnSale": false}'::jsonb, state = 'waiting', seen_at = ${isoText(about.now)}
   where shop_id = ${shopId} and pulled_no < ${about.pulledNo} and (listing ->> 'isOnSale')::boolean`)

const Taken = z.strictObject({ shopId: z.int(), listing: Listing })

export const takeListings = (db: Db, limit: number) =>
  db.all(
    Taken,
    sql`
  with waiting as (
    select id from channels.listing_seen
     where state = 'waiting'
     order by id
     limit ${limit}
       for update skip locked
  ), taken as (
    update channels.listing_seen l set state = 'taken' from waiting where l.id = waiting.id
    returning l.id, l.shop_id, l.listing
  )
  select shop_id, listing from taken order by id`,
  )
