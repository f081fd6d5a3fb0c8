import { z } from 'zod'
import { type Instant, isoText } from '../../core/time/instant.ts'
import type { Db } from '../../platform/db/open.ts'
import { sql } from '../../platform/db/sql.ts'

const DatabaseFigures = z.strictObject({
  version: z.string(),
  bytes: z.int(),
  connections: z.int(),
  migrations: z.int(),
  lastMigration: z.string().nullable(),
  workers: z.int(),
})

export const readDatabase = (db: Db) =>
  db.one(
    DatabaseFigures,
    sql`
    select current_setting('server_version') as version,
           pg_database_size(current_database()) as bytes,
           (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
           (select count(*)::int from platform.migration) as migrations,
           (select max(name) from platform.migration) as last_migration,
           (select count(*)::int from platform.worker) as workers`,
  )

const JobFigures = z.strictObject({
  job: z.string(),
  waiting: z.int(),
  running: z.int(),
  failed: z.int(),
  oldestWaitingAt: z.int().nullable(),
})

/** Jobs by name: how many wait, run, and were laid down; since when the oldest that may run has waited. */
export const countJobs = (db: Db, now: Instant) =>
  db.all(
    JobFigures,
    sql`
    with queued as (
      select task_identifier as job,
             count(*) filter (where locked_at is null)::int as waiting,
             count(*) filter (where locked_at is not null)::int as running,
             min(run_at) filter (where locked_at is null and run_at <= ${isoText(now)}) as oldest_waiting_at
        from graphile_worker.jobs
       group by task_identifier),
    laid_down as (
      select job, count(*)::int as failed from platform.dead_letter where settled_at is null group by job)
    select job, coalesce(waiting, 0) as waiting, coalesce(running, 0) as running, coalesce(failed, 0) as failed, oldest_waiting_at
      from queued full join laid_down using (job)
     order by job`,
  )

const ScheduleFigures = z.strictObject({ job: z.string(), nextAt: z.int() })

export const listSchedules = (db: Db) =>
  db.all(ScheduleFigures, sql`select job, next_at from platform.schedule order by job`)
