import type { RegionNames } from '../../../core/channel/shapes.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

export const saveRemark = (db: Db, id: number, remark: { readonly hasRemark: boolean; readonly flag: string | null }) =>
  db.run(
    sql`update orders.sale set has_remark = ${remark.hasRemark}, flag = ${remark.flag}, version = version + 1 where id = ${id}`,
  )

export const saveWarehouse = (db: Db, id: number, warehouseId: number) =>
  db.run(sql`update orders.sale set warehouse_id = ${warehouseId}, version = version + 1 where id = ${id}`)

export const saveRegion = (db: Db, id: number, region: RegionNames) =>
  db.run(sql`
    update orders.sale set province = ${region.province}, city = ${region.city}, district = ${region.district}, town = ${region.town}, version = version + 1
     where id = ${id}`)
