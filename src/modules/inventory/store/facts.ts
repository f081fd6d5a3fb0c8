import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const WarehouseRow = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  province: z.string(),
  city: z.string(),
  district: z.string(),
  isActive: z.boolean(),
})
export type WarehouseRow = z.infer<typeof WarehouseRow>

export const listWarehouses = (db: Db) =>
  db.all(
    WarehouseRow,
    sql`select id, code, name, province, city, district, is_active from inventory.warehouse order by id`,
  )

const Id = z.object({ id: z.int() })
export const insertWarehouse = (db: Db, w: Omit<WarehouseRow, 'id' | 'isActive'>) =>
  db.maybe(
    Id,
    sql`
    insert into inventory.warehouse (code, name, province, city, district) values (${w.code}, ${w.name}, ${w.province}, ${w.city}, ${w.district})
        on conflict (code) do nothing returning id`,
  )

export const saveWarehouse = (db: Db, w: WarehouseRow) =>
  db.run(sql`
    update inventory.warehouse set code = ${w.code}, name = ${w.name}, province = ${w.province}, city = ${w.city}, district = ${w.district}, is_active = ${w.isActive}
     where id = ${w.id}`)

export const saveSafety = (db: Db, skuId: number, pieces: number) =>
  db.run(
    sql`insert into inventory.safety (sku_id, pieces) values (${skuId}, ${pieces}) on conflict (sku_id) do update set pieces = excluded.pieces`,
  )

const Code = z.object({ id: z.int(), code: z.string() })
export const listCodes = (db: Db, skuIds: readonly number[]) =>
  db.all(Code, sql`select id, code from catalogue.sku where id = any(${skuIds}::bigint[]) order by id`)

const MovementRow = z.object({
  id: z.int(),
  at: z.int(),
  kind: z.enum(['receive', 'adjust', 'count', 'reserve', 'release', 'move', 'dispatch', 'return', 'expect']),
  warehouseId: z.int(),
  onHand: z.int(),
  reserved: z.int(),
  incoming: z.int(),
  orderId: z.int().nullable(),
  actor: z.string(),
  reason: z.string().nullable(),
})
export const listMovements = (
  db: Db,
  asked: {
    readonly skuId: number
    readonly warehouseId: number | null
    readonly beforeId: number | null
    readonly limit: number
  },
) =>
  db.all(
    MovementRow,
    sql`
    select id, at, kind, warehouse_id, on_hand, reserved, incoming, order_id, actor, reason
      from inventory.movement
     where sku_id = ${asked.skuId} and ${asked.warehouseId === null ? sql`true` : sql`warehouse_id = ${asked.warehouseId}`}
       and ${asked.beforeId === null ? sql`true` : sql`id < ${asked.beforeId}`}
     order by id desc limit ${asked.limit}`,
  )

const HoldRow = z.object({
  orderId: z.int(),
  lineId: z.int(),
  skuId: z.int(),
  warehouseId: z.int(),
  quantity: z.int(),
})

/** What order lines hold at these places. */
export const listHoldsOn = (db: Db, shelves: readonly { readonly skuId: number; readonly warehouseId: number }[]) =>
  db.all(
    HoldRow,
    sql`
    select r.order_id, r.line_id, r.sku_id, r.warehouse_id, r.quantity
      from inventory.reservation r
     where (r.sku_id, r.warehouse_id) in (select sku_id, warehouse_id from ${rowsAs('s', shelves, { skuId: 'bigint', warehouseId: 'bigint' })})
     order by r.order_id, r.line_id`,
  )

const Drift = z.object({ skuId: z.int(), warehouseId: z.int(), what: z.string(), ledger: z.int(), stock: z.int() })

/** Where the sum of movements, the stock and the holds do not say the same. Empty when the books are right. */
export const listDrifts = (db: Db) =>
  db.all(
    Drift,
    sql`
    with ledger as (
      select sku_id, warehouse_id, sum(on_hand)::bigint as on_hand, sum(reserved)::bigint as reserved, sum(incoming)::bigint as incoming
        from inventory.movement group by sku_id, warehouse_id),
    holds as (select sku_id, warehouse_id, sum(quantity)::bigint as reserved from inventory.reservation group by sku_id, warehouse_id),
    compared as (
      select sku_id, warehouse_id, coalesce(l.on_hand, 0) as l_on_hand, coalesce(l.reserved, 0) as l_reserved, coalesce(l.incoming, 0) as l_incoming,
             coalesce(s.on_hand, 0) as s_on_hand, coalesce(s.reserved, 0) as s_reserved, coalesce(s.incoming, 0) as s_incoming, coalesce(h.reserved, 0) as h_reserved
        from ledger l full join inventory.stock s using (sku_id, warehouse_id) full join holds h using (sku_id, warehouse_id))
    select sku_id, warehouse_id, 'on-hand' as what, l_on_hand as ledger, s_on_hand::bigint as stock from compared where l_on_hand <> s_on_hand
    union all select sku_id, warehouse_id, 'reserved', l_reserved, s_reserved from compared where l_reserved <> s_reserved
    union all select sku_id, warehouse_id, 'incoming', l_incoming, s_incoming from compared where l_incoming <> s_incoming
    union all select sku_id, warehouse_id, 'holds', h_reserved, s_reserved from compared where h_reserved <> s_reserved
    order by 1, 2, 3`,
  )

const CountRow = z.object({ count: z.int() })
export const countStockRows = async (db: Db): Promise<number> =>
  (await db.one(CountRow, sql`select count(*) as count from inventory.stock`)).count
