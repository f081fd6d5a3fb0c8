import { z } from 'zod'
import { type Instant, isoText } from '../../core/time/instant.ts'
import type { Db } from '../db/open.ts'
import { sql } from '../db/sql.ts'

const Call = z.strictObject({
  id: z.int(),
  shopId: z.int(),
  operation: z.string(),
  method: z.string(),
  target: z.string(),
  status: z.int().nullable(),
  ms: z.int(),
  waitedMs: z.int(),
  failure: z.string().nullable(),
  channel: z.string(),
  at: z.number(),
})

export interface CallFilter {
  readonly shopId?: number | undefined
  readonly operation?: string | undefined
  readonly outcome?: 'good' | 'failed' | undefined
  readonly code?: string | undefined
  /** Only older ones than this. */
  readonly before?: number | undefined
}

/** Recorded calls (调用记录), newest first. */
export const listCalls = (db: Db, filter: CallFilter, limit: number) =>
  db.all(
    Call,
    sql`
  select id, shop_id, operation, method, target, status, ms, waited_ms, failure, channel, at
    from platform.call
   where (${filter.shopId ?? null}::bigint is null or shop_id = ${filter.shopId ?? null})
     and (${filter.operation ?? null}::text is null or operation = ${filter.operation ?? null})
     and (${filter.outcome ?? null}::text is null or (failure is null) = (${filter.outcome ?? null} = 'good'))
     and (${filter.code ?? null}::text is null or failure = ${filter.code ?? null})
     and (${filter.before ?? null}::bigint is null or id < ${filter.before ?? null})
   order by id desc
   limit ${limit}`,
  )

const keptMs = 14 * 24 * 3_600_000

/** Calls are kept for 14 days. */
export const deleteOldCalls = (db: Db, now: Instant) =>
  db.run(sql`delete from platform.call where at < ${isoText(now - keptMs)}::timestamptz`)

/** When a shop's last call of an operation went well; null when none did. */
export const lastGoodCall = (db: Db, shopId: number, operation: string) =>
  db.maybe(
    z.strictObject({ at: z.number() }),
    sql`
  select at from platform.call where shop_id = ${shopId} and operation = ${operation} and failure is null order by id desc limit 1`,
  )

const measuredMs = 15 * 60_000

/** How far apart calls of an operation that went well were in the last quarter of an hour, at the 99th of a hundred (ms), per shop. */
export const readGaps = (db: Db, operation: string, now: Instant) =>
  db.all(
    z.strictObject({ shopId: z.int(), gapMs: z.number() }),
    sql`
  select shop_id, percentile_disc(0.99) within group (order by gap)::float8 as gap_ms
    from (select shop_id, extract(epoch from at - lag(at) over (partition by shop_id order by at)) * 1000 as gap
            from platform.call
           where at > ${isoText(now - measuredMs)}::timestamptz and operation = ${operation} and failure is null) calls
   where gap is not null
   group by shop_id
   order by shop_id`,
  )
