import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const renewing = 7_236_455_101

/** One renewal of a shop at a time, in whatever process; the lock goes with the transaction. */
export const lockRenewal = (db: Db, shopId: number) =>
  db.run(sql`select pg_advisory_xact_lock(${renewing}::int8 # ${shopId}::int8)`)
