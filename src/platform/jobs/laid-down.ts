import { z } from 'zod'
import { type Instant, isoText } from '../../core/time/instant.ts'
import type { Db } from '../db/open.ts'
import { type Sql, sql } from '../db/sql.ts'

const LaidDownJob = z.strictObject({
  id: z.int(),
  job: z.string(),
  input: z.unknown(),
  tried: z.int(),
  code: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  because: z.enum(['never', 'after-authorising', 'gave-up']),
  laidDownAt: z.int(),
  settledAt: z.int().nullable(),
  settledHow: z.enum(['retried', 'dismissed']).nullable(),
})
/** A job that failed for good and waits for a person (失败任务). */
export type LaidDownJob = z.output<typeof LaidDownJob>

export interface LaidDownFilter {
  readonly state: 'open' | 'settled'
  readonly job?: string | undefined
  readonly code?: string | undefined
  /** Only older ones than this. */
  readonly before?: number | undefined
}

/** Newest first. */
export const listLaidDown = (db: Db, filter: LaidDownFilter, limit: number) =>
  db.all(
    LaidDownJob,
    sql`
    select id, job, input, tried, code, details, because, laid_down_at, settled_at, settled_how
      from platform.dead_letter
     where (settled_at is null) = ${filter.state === 'open'}
       and (${filter.job ?? null}::text is null or job = ${filter.job ?? null})
       and (${filter.code ?? null}::text is null or code = ${filter.code ?? null})
       and (${filter.before ?? null}::bigint is null or id < ${filter.before ?? null})
     order by id desc
     limit ${limit}`,
  )

const Group = z.strictObject({ job: z.string(), code: z.string(), count: z.int() })

/** Open ones by job and code, most first. */
export const groupLaidDown = (db: Db) =>
  db.all(
    Group,
    sql`
    select job, code, count(*)::int as count
      from platform.dead_letter
     where settled_at is null
     group by job, code
     order by count desc, job, code`,
  )

/** Which open ones: these, all of a job and code, or all of a shop that wait for its authorisation. */
export interface LaidDownChoice {
  readonly authorisedShopId?: number | undefined
  readonly ids?: readonly number[] | undefined
  readonly job?: string | undefined
  readonly code?: string | undefined
}

const Settled = z.strictObject({ settled: z.int() })

/** Puts them back among the waiting jobs as if never tried, with their queue and priority. Gives how many. */
export async function retryLaidDown(db: Db, choice: LaidDownChoice, at: Instant): Promise<number> {
  const { settled } = await db.one(
    Settled,
    sql`
    with settled as (${settle(choice, 'retried', at)}),
         waiting as (
           select graphile_worker.add_job(job,
                    payload := json_build_object('input', input, 'tried', 0),
                    queue_name := queue,
                    max_attempts := 25,
                    priority := priority)
             from settled)
    select count(*)::int as settled from waiting`,
  )
  return settled
}

/** Lets them be. Gives how many. */
export async function dismissLaidDown(db: Db, choice: LaidDownChoice, at: Instant): Promise<number> {
  const { settled } = await db.one(
    Settled,
    sql`with settled as (${settle(choice, 'dismissed', at)}) select count(*)::int as settled from settled`,
  )
  return settled
}

function settle(choice: LaidDownChoice, how: 'retried' | 'dismissed', at: Instant): Sql {
  return sql`
    update platform.dead_letter
       set settled_at = ${isoText(at)}, settled_how = ${how}
     where settled_at is null
       and (${choice.ids ?? null}::bigint[] is null or id = any(${choice.ids ?? null}::bigint[]))
       and (${choice.job ?? null}::text is null or job = ${choice.job ?? null})
       and (${choice.code ?? null}::text is null or code = ${choice.code ?? null})
       and (${choice.authorisedShopId ?? null}::bigint is null
            or (because = 'after-authorising' and (input ->> 'shopId')::bigint = ${choice.authorisedShopId ?? null}))
    returning job, input, queue, priority`
}

/** True when at least one of the ids is or was a job laid down. */
export async function areKnown(db: Db, ids: readonly number[]): Promise<boolean> {
  const found = await db.all(
    z.strictObject({ id: z.int() }),
    sql`select id from platform.dead_letter where id = any(${ids}::bigint[]) limit 1`,
  )
  return found.length > 0
}

/** Forgets those settled before this instant. */
export const deleteSettled = (db: Db, before: Instant) =>
  db.run(sql`delete from platform.dead_letter where settled_at < ${isoText(before)}`)
