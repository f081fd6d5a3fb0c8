import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const renewing = 7_236_455_101

/** One renewal of a shop at a time, in whatever process; the lock goes with the transaction. */
export const lockRenewal = (db: Db, shopId: number) =>
  db.run(sql`select pg_advisory_xact_lock(${renewing}::int8 # ${shopId}::int8)`)

export const insertState = (
  db: Db,
  given: { readonly state: string; readonly shopId: number; readonly expiresAt: Instant },
) =>
  db.run(sql`
  insert into channels.authorisation (state, shop_id, expires_at)
  values (${given.state}::bigint, ${given.shopId}, ${isoText(given.expiresAt)})`)

/** The shop a state was made for; null when it was used, has run out, or was never made. It is used by this. */
export const takeState = (db: Db, state: string, now: Instant) =>
  db.maybe(
    z.strictObject({ shopId: z.int() }),
    sql`
  update channels.authorisation
     set used_at = ${isoText(now)}
   where state = ${state}::bigint and used_at is null and expires_at > ${isoText(now)}::timestamptz
  returning shop_id`,
  )

export const deleteOldStates = (db: Db, now: Instant) =>
  db.run(sql`
  delete from channels.authorisation where expires_at < ${isoText(now - 24 * 3_600_000)}::timestamptz`)
