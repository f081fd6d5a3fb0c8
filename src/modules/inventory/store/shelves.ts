import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const ShelfRow = z.object({
  skuId: z.int(),
  warehouseId: z.int(),
  onHand: z.int(),
  reserved: z.int(),
  incoming: z.int(),
})
export type ShelfRow = z.infer<typeof ShelfRow>

/** Locks the stock of these SKUs at active warehouses, in order of key so that two batches never wait in a circle. */
export const lockShelves = (db: Db, skuIds: readonly number[]) =>
  db.all(
    ShelfRow,
    sql`
    select s.sku_id, s.warehouse_id, s.on_hand, s.reserved, s.incoming
      from inventory.stock s
      join inventory.warehouse w on w.id = s.warehouse_id and w.is_active
     where s.sku_id = any(${skuIds}::bigint[])
     order by s.sku_id, s.warehouse_id
       for update of s`,
  )

export const readShelves = (db: Db, skuIds: readonly number[]) =>
  db.all(
    ShelfRow,
    sql`
    select s.sku_id, s.warehouse_id, s.on_hand, s.reserved, s.incoming
      from inventory.stock s
      join inventory.warehouse w on w.id = s.warehouse_id and w.is_active
     where s.sku_id = any(${skuIds}::bigint[])
     order by s.sku_id, s.warehouse_id`,
  )

const Place = z.object({ id: z.int(), code: z.string(), name: z.string(), province: z.string(), city: z.string() })
export const listPlaces = (db: Db) =>
  db.all(Place, sql`select id, code, name, province, city from inventory.warehouse where is_active order by id`)

/** What one line holds at one place. */
export interface Held {
  readonly orderId: number
  readonly lineId: number
  readonly skuId: number
  readonly warehouseId: number
  readonly quantity: number
}
const heldColumns = {
  orderId: 'bigint',
  lineId: 'bigint',
  skuId: 'bigint',
  warehouseId: 'bigint',
  quantity: 'int',
} as const
const HeldRow = z.object({ orderId: z.int(), lineId: z.int(), skuId: z.int(), warehouseId: z.int(), quantity: z.int() })

export const listHeld = (db: Db, orderIds: readonly number[]) =>
  db.all(
    HeldRow,
    sql`
    select order_id, line_id, sku_id, warehouse_id, quantity
      from inventory.reservation
     where order_id = any(${orderIds}::bigint[])
     order by order_id, line_id, sku_id`,
  )

/** Adds what is held to what a line holds already. */
export const insertHeld = (db: Db, rows: readonly Held[]) =>
  db.run(sql`
    insert into inventory.reservation as r (order_id, line_id, sku_id, warehouse_id, quantity)
    select order_id, line_id, sku_id, warehouse_id, quantity from ${rowsAs('h', rows, heldColumns)}
        on conflict (order_id, line_id, sku_id) do update set quantity = r.quantity + excluded.quantity, warehouse_id = excluded.warehouse_id`)

/** Takes what is let go from what lines hold; a line that holds nothing more has no row. */
export const reduceHeld = async (db: Db, rows: readonly Held[]): Promise<void> => {
  const letGo = rowsAs('h', rows, heldColumns)
  await db.run(sql`
    delete from inventory.reservation r using ${letGo}
     where (r.order_id, r.line_id, r.sku_id) = (h.order_id, h.line_id, h.sku_id) and r.quantity <= h.quantity`)
  await db.run(sql`
    update inventory.reservation r set quantity = r.quantity - h.quantity
      from ${letGo}
     where (r.order_id, r.line_id, r.sku_id) = (h.order_id, h.line_id, h.sku_id)`)
}

export type MovementKind =
  | 'receive'
  | 'adjust'
  | 'count'
  | 'reserve'
  | 'release'
  | 'move'
  | 'dispatch'
  | 'return'
  | 'expect'

/** One line of the ledger; deltas, signed. */
export interface Movement {
  readonly kind: MovementKind
  readonly skuId: number
  readonly warehouseId: number
  readonly onHand: number
  readonly reserved: number
  readonly incoming: number
  readonly orderId: number | null
  readonly actor: string
  readonly reason: string | null
}

/** Writes the ledger; the database applies it to the stock in the same statement and refuses what may not be. */
export const insertMovements = (db: Db, rows: readonly Movement[], at: number) =>
  db.run(sql`
    insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, reserved, incoming, order_id, actor, reason)
    select ${new Date(at).toISOString()}::timestamptz, kind, sku_id, warehouse_id, on_hand, reserved, incoming, order_id, actor, reason
      from ${rowsAs('m', rows, {
        kind: 'text',
        skuId: 'bigint',
        warehouseId: 'bigint',
        onHand: 'int',
        reserved: 'int',
        incoming: 'int',
        orderId: 'bigint',
        actor: 'text',
        reason: 'text',
      })}`)
