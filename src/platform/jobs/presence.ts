import type pg from 'pg'
import { z } from 'zod'
import { sql } from '../db/sql.ts'
import type { Ctx } from '../module.ts'

/** A worker's sign of life: a lock in the database under its name, which goes with the process, however it ends. */
export interface Presence {
  readonly release: () => void
}

/** Holds the sign; `lost` is called when the connection that carries it breaks. */
export async function holdPresence(pool: pg.Pool, workerId: string, lost: () => void): Promise<Presence> {
  const client = await pool.connect()
  client.once('error', lost)
  client.once('end', lost)
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [workerId])
  await client.query('insert into platform.worker (worker_id, started_at) values ($1, now()) on conflict do nothing', [
    workerId,
  ])
  return { release: () => client.release(true) }
}

const Ids = z.strictObject({ workerId: z.string() })

/**
 * Gives back the jobs of workers that are gone: those whose lock is free, and those that died between taking a first job and giving
 * their name. Several processes may look at once.
 */
export async function reap(ctx: Ctx): Promise<void> {
  await ctx.tx(async (inner) => {
    const gone = await inner.db.all(
      Ids,
      sql`
      select worker_id from platform.worker where pg_try_advisory_xact_lock(hashtextextended(worker_id, 0)) order by worker_id for update skip locked`,
    )
    const nameless = await inner.db.all(
      Ids,
      sql`
      select distinct locked_by as worker_id from graphile_worker.jobs
       where locked_at < now() - interval '15 seconds' and locked_by not in (select worker_id from platform.worker)`,
    )
    // A job enqueued again while it ran has a successor; the library marks the running one as spent, and a kill leaves it lying.
    await inner.db.run(sql`
      select graphile_worker.complete_jobs(array(
        select id from graphile_worker.jobs where key is null and attempts >= max_attempts and locked_at is null limit 1000))`)
    const ids = [...gone, ...nameless].map((worker) => worker.workerId)
    if (ids.length === 0) return
    await inner.db.run(sql`select graphile_worker.force_unlock_workers(${ids}::text[])`)
    await inner.db.run(sql`delete from platform.worker where worker_id = any(${ids}::text[])`)
  })
}
