import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { type Sql, sql } from '../../../platform/db/sql.ts'

/** The views of the stock page. `low`: no more than the safety stock is free; `untold`: a shop waits for a newer number. */
export const stockViews = ['all', 'short', 'low', 'out', 'untold'] as const
export type StockView = (typeof stockViews)[number]

const StockLine = z.object({
  skuId: z.int(),
  code: z.string(),
  name: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  costFen: z.int().nullable(),
  onHand: z.int(),
  reserved: z.int(),
  incoming: z.int(),
  safety: z.int(),
  short: z.int(),
})
export type StockLine = z.infer<typeof StockLine>

/** Every active SKU with its sums; `short` are pieces that open orders want and nobody holds for them. */
const stock = sql`
    select s.id as sku_id, s.code, s.product_name as name, s.specification, s.image_url, s.cost_fen,
           coalesce(t.on_hand, 0)::int as on_hand, coalesce(t.reserved, 0)::int as reserved, coalesce(t.incoming, 0)::int as incoming,
           coalesce(f.pieces, 0) as safety, coalesce(w.short, 0)::int as short
      from catalogue.sku s
      left join (select st.sku_id, sum(st.on_hand) as on_hand, sum(st.reserved) as reserved, sum(st.incoming) as incoming
                   from inventory.stock st join inventory.warehouse h on h.id = st.warehouse_id and h.is_active group by st.sku_id) t on t.sku_id = s.id
      left join inventory.safety f on f.sku_id = s.id
      left join (select l.sku_id, sum(l.quantity - l.refunded_quantity - greatest(l.shipped_quantity, l.channel_shipped_quantity)) as short
                   from orders.sale o join orders.line l on l.order_id = o.id
                  where o.state = 'held' and o.findings @> array['stock-short'] and l.sku_id is not null
                    and not exists (select from inventory.reservation r where r.line_id = l.id and r.order_id = o.id)
                  group by l.sku_id) w on w.sku_id = s.id
     where s.is_active`

const conditions: Record<StockView, Sql> = {
  all: sql`true`,
  short: sql`short > 0`,
  low: sql`on_hand - reserved > 0 and on_hand - reserved <= safety`,
  out: sql`on_hand - reserved <= 0`,
  untold: sql`exists (select from catalogue.listing l join channels.stock_wish q on q.listing_id = l.id where l.sku_id = k.sku_id and q.state in ('waiting', 'needs-person'))`,
}

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')
const meaning = (search: string) =>
  search === '' ? sql`true` : sql`(code ilike ${`%${escaped(search)}%`} or name ilike ${`%${escaped(search)}%`})`

/** One page, by code. */
export const listStockLines = (
  db: Db,
  asked: { readonly view: StockView; readonly search: string; readonly after: string | null; readonly limit: number },
) =>
  db.all(
    StockLine,
    sql`
    select * from (${stock}) k
     where ${conditions[asked.view]} and ${meaning(asked.search)} and ${asked.after === null ? sql`true` : sql`code > ${asked.after}`}
     order by code limit ${asked.limit}`,
  )

const Counts = z.object({ all: z.int(), short: z.int(), low: z.int(), out: z.int(), untold: z.int() })
export const countStock = (db: Db) =>
  db.one(
    Counts,
    sql`
    select count(*) as all, count(*) filter (where ${conditions.short}) as short, count(*) filter (where ${conditions.low}) as low,
           count(*) filter (where ${conditions.out}) as out, count(*) filter (where ${conditions.untold}) as untold
      from (${stock}) k`,
  )

const PlaceLine = z.object({
  skuId: z.int(),
  warehouseId: z.int(),
  onHand: z.int(),
  reserved: z.int(),
  incoming: z.int(),
})
export const listPlaceLines = (db: Db, skuIds: readonly number[]) =>
  db.all(
    PlaceLine,
    sql`
    select sku_id, warehouse_id, on_hand, reserved, incoming from inventory.stock where sku_id = any(${skuIds}::bigint[]) order by sku_id, warehouse_id`,
  )

const ToldLine = z.object({
  skuId: z.int(),
  shopId: z.int(),
  listingId: z.int(),
  quantity: z.int().nullable(),
  at: z.int().nullable(),
  waiting: z.int().nullable(),
  problem: z.string().nullable(),
})
/** What shops were told of these SKUs, and what still waits to be told. */
export const listToldLines = (db: Db, skuIds: readonly number[]) =>
  db.all(
    ToldLine,
    sql`
    select l.sku_id, l.shop_id, l.id as listing_id, q.told_quantity as quantity, q.told_at as at,
           case when q.state = 'waiting' then q.quantity end as waiting, case when q.state = 'needs-person' then coalesce(q.code, '') end as problem
      from catalogue.listing l left join channels.stock_wish q on q.listing_id = l.id
     where l.sku_id = any(${skuIds}::bigint[]) and l.vanished_at is null
     order by l.sku_id, l.shop_id, l.id`,
  )
