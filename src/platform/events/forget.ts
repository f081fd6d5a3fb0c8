import { type Instant, isoText } from '../../core/time/instant.ts'
import type { Db } from '../db/open.ts'
import { sql } from '../db/sql.ts'

const keptMs = 14 * 24 * 3_600_000

/** What was told is kept for 14 days, to see what led to what. */
export const deleteOldEvents = (db: Db, now: Instant) =>
  db.run(sql`delete from platform.event where told_at < ${isoText(now - keptMs)}::timestamptz`)
