import { z } from 'zod'
import { listingStates } from '../../../contract/catalogue.ts'
import type { Db } from '../../../platform/db/open.ts'
import { join, type Sql, sql } from '../../../platform/db/sql.ts'

/** Which listings: null is any. `open` are those that want a decision. */
export interface ListingFilter {
  readonly state: 'open' | 'all' | (typeof listingStates)[number]
  readonly shopId: number | null
  readonly skuId: number | null
  readonly search: string
}

/** Where a page begins: how many orders wait for the last listing of the page before, and its key. */
export interface ListingCursor {
  readonly waiting: number
  readonly id: number
}

const openOrder = sql`o.state in ('unpaid', 'to-review', 'held', 'approved', 'allocated')`

/** Open orders that wait for a listing to be matched, by listing. Few at any time: read through an index of lines without a SKU. */
const waitingOrders = sql`
    select k.listing_id, count(distinct k.order_id) as orders
      from orders.line k join orders.sale o on o.id = k.order_id
     where k.sku_id is null and k.listing_id is not null and ${openOrder}
     group by k.listing_id`

/** A listing that vanished still wants a decision while orders wait for it. */
const listed = (filter: ListingFilter) => sql`
    select l.id, l.shop_id, l.channel_item_no, l.channel_sku_no, l.merchant_code, l.title, l.specification, l.image_url, l.price_fen, l.shown_quantity,
           l.is_on_sale, l.sku_id, l.matched_how, l.matched_by, l.matched_at, l.proposed_sku_id, l.proposed_confidence, l.proposed_why,
           coalesce(w.orders, 0) as waiting,
           case when l.is_ignored then 'ignored'
                when l.vanished_at is not null and (l.sku_id is not null or w.orders is null) then 'vanished'
                when l.sku_id is not null then 'matched'
                when l.proposed_sku_id is not null then 'proposed'
                else 'unmatched' end as state
      from catalogue.listing l left join waiting w on w.listing_id = l.id
     where ${matching(filter)}`

function matching({ shopId, skuId, search }: ListingFilter): Sql {
  const like = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`
  const parts: Sql[] = [sql`true`]
  if (shopId !== null) parts.push(sql`l.shop_id = ${shopId}`)
  if (skuId !== null) parts.push(sql`l.sku_id = ${skuId}`)
  if (search.trim() !== '')
    parts.push(sql`(l.title ilike ${like} or l.specification ilike ${like} or l.merchant_code ilike ${like} or l.channel_item_no = ${search.trim()}
      or l.channel_sku_no = ${search.trim()} or exists (select from catalogue.sku s where s.id = l.sku_id and (s.code ilike ${like} or s.product_name ilike ${like})))`)
  return join(parts, ' and ')
}

function inState(state: ListingFilter['state']): Sql {
  if (state === 'all') return sql`true`
  return state === 'open' ? sql`l.state in ('unmatched', 'proposed')` : sql`l.state = ${state}`
}

const Row = z.object({
  id: z.int(),
  shopId: z.int(),
  channelItemNo: z.string(),
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  title: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  priceFen: z.int(),
  shownQuantity: z.int().nullable(),
  isOnSale: z.boolean(),
  state: z.enum(listingStates),
  skuId: z.int().nullable(),
  skuCode: z.string().nullable(),
  skuName: z.string().nullable(),
  matchedHow: z.string().nullable(),
  matchedBy: z.string().nullable(),
  matchedAt: z.int().nullable(),
  proposedSkuId: z.int().nullable(),
  proposedCode: z.string().nullable(),
  proposedName: z.string().nullable(),
  proposedConfidence: z.int().nullable(),
  proposedWhy: z.string().nullable(),
  waiting: z.int(),
})
export type ListingLine = z.infer<typeof Row>

/** One page, those for which most orders wait first, and one more to know whether there is a next. */
export const listListings = (
  db: Db,
  filter: ListingFilter,
  page: { readonly after: ListingCursor | null; readonly limit: number },
) =>
  db.all(
    Row,
    sql`
    with waiting as (${waitingOrders}), listed as (${listed(filter)})
    select l.*, s.code as sku_code, s.product_name as sku_name, p.code as proposed_code, p.product_name as proposed_name
      from listed l
      left join catalogue.sku s on s.id = l.sku_id
      left join catalogue.sku p on p.id = l.proposed_sku_id
     where ${inState(filter.state)} and ${page.after === null ? sql`true` : sql`(-l.waiting, l.id) > (${-page.after.waiting}, ${page.after.id})`}
     order by -l.waiting, l.id
     limit ${page.limit + 1}`,
  )

const StateCount = z.object({ state: z.enum(listingStates), count: z.int() })

/** How many of each state the filter finds, whatever state it asks for. */
export const countListings = (db: Db, filter: ListingFilter) =>
  db.all(
    StateCount,
    sql`
    with waiting as (${waitingOrders}), listed as (${listed(filter)})
    select state, count(*) as count from listed group by state order by state`,
  )

const Count = z.object({ count: z.int() })

/** Open orders that wait for any of these listings. */
export const countWaiting = async (db: Db, listingIds: readonly number[]): Promise<number> =>
  (
    await db.one(
      Count,
      sql`
      select count(distinct k.order_id) as count
        from orders.line k join orders.sale o on o.id = k.order_id
       where k.sku_id is null and k.listing_id = any(${listingIds}::bigint[]) and ${openOrder}`,
    )
  ).count

const No = z.object({ orderNo: z.string() })

/** Open orders whose goods a match decided, newest first, at most `limit`. */
export const listTouched = async (
  db: Db,
  match: { readonly listingId: number; readonly skuId: number },
  limit: number,
): Promise<string[]> =>
  (
    await db.all(
      No,
      sql`
      select o.order_no
        from orders.sale o
       where ${openOrder}
         and exists (select from orders.line k where k.order_id = o.id and k.listing_id = ${match.listingId} and k.sku_id = ${match.skuId} and k.shipped_quantity = 0)
       order by o.id desc limit ${limit}`,
    )
  ).map((row) => row.orderNo)
