import { EventEmitter } from 'node:events'
import { Logger, run as runGraphile, runMigrations, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import { sql } from '../db/sql.ts'
import type { Ctx, Module, Schedule } from '../module.ts'
import { afterFailing } from './after-failing.ts'
import { type Envelope, enqueue, enqueueTry } from './enqueue.ts'

const Payload = z.object({ input: z.unknown(), tried: z.int().nonnegative() })

export interface Worker {
  /** Lets running jobs end, at most for some seconds, and gives the rest back. */
  readonly stop: () => Promise<void>
}

/** Lays out the job library's own tables (schema graphile_worker). Harmless when they are there. */
export async function prepareJobs(pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool, logger: quiet })
}

/**
 * Works jobs of all modules until stopped. A job of a process that was killed is taken up again within `reapEveryMs` and a bit: each
 * process holds a lock in the database under its name, which goes with it, and the others look.
 */
export async function startWorker(
  ctx: Ctx,
  modules: readonly Module[],
  options: { readonly pool: pg.Pool; readonly atOnce: number },
): Promise<Worker> {
  const events = new EventEmitter() as WorkerEvents
  const named = new Promise<string>((resolve) => events.once('pool:create', ({ workerPool }) => resolve(workerPool.id)))
  const runner = await runGraphile({
    pgPool: options.pool,
    taskList: tasks(ctx, modules),
    concurrency: options.atOnce,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: quiet,
    events,
  })
  const presence = await holdPresence(options.pool, await named)
  const timers = [
    setInterval(() => void looped(ctx, 'reap', () => reap(ctx)), reapEveryMs),
    setInterval(() => void looped(ctx, 'schedule', () => enqueueDue(ctx, modules)), 500),
  ]
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      await runner.stop().catch(() => undefined)
      presence.release(true)
    },
  }
}

const reapEveryMs = 5_000
const quiet = new Logger(() => () => undefined)

function tasks(ctx: Ctx, modules: readonly Module[]): TaskList {
  const jobs = modules.flatMap((module) => module.jobs)
  return Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown, helpers) => {
        const envelope = Payload.parse(payload)
        const started = performance.now()
        try {
          await job.run(ctx, envelope.input)
          observe?.(job.name, 'done', performance.now() - started)
        } catch (error) {
          observe?.(job.name, 'failed', performance.now() - started)
          await settle(
            ctx,
            {
              name: job.name,
              envelope,
              queue: helpers.job.job_queue_id === null ? undefined : await queueName(ctx, helpers.job.id),
              priority: helpers.job.priority,
            },
            error,
          )
        }
      },
    ]),
  )
}

/** Metrics hang themselves in here; the worker does not know them. */
let observe: ((job: string, outcome: 'done' | 'failed', ms: number) => void) | undefined
export function observeJobs(listener: typeof observe): void {
  observe = listener
}

const QueueRow = z.strictObject({ queueName: z.string().nullable() })
async function queueName(ctx: Ctx, jobId: string): Promise<string | undefined> {
  const row = await ctx.db.maybe(QueueRow, sql`select queue_name from graphile_worker.jobs where id = ${jobId}`)
  return row?.queueName ?? undefined
}

interface Failed {
  readonly name: string
  readonly envelope: Envelope
  readonly queue: string | undefined
  readonly priority: number
}

async function settle(ctx: Ctx, job: Failed, error: unknown): Promise<void> {
  const next = afterFailing(error, job.envelope.tried, Math.random())
  const code = error instanceof Failure ? error.code : 'INTERNAL'
  const details = error instanceof Failure ? error.details : {}
  ctx.log.warn(
    {
      job: job.name,
      code,
      details,
      tried: job.envelope.tried,
      next: next.kind,
      err: error instanceof Failure ? undefined : error,
    },
    'job failed',
  )
  const tried = job.envelope.tried + 1
  if (next.kind === 'again') {
    await enqueueTry(
      ctx,
      job.name,
      { input: job.envelope.input, tried },
      { at: ctx.now() + next.afterMs, queue: job.queue, priority: job.priority },
    )
    return
  }
  await ctx.db.run(sql`
    insert into platform.dead_letter (job, input, queue, priority, tried, code, details, because, laid_down_at)
    values (${job.name}, ${JSON.stringify(job.envelope.input)}::jsonb, ${job.queue ?? null}, ${job.priority}, ${tried}, ${code},
            ${JSON.stringify(details)}::jsonb, ${next.because}, ${new Date(ctx.now()).toISOString()})`)
}

/** A session lock under the worker's name: as long as it is held, the worker lives. */
async function holdPresence(pool: pg.Pool, workerId: string): Promise<pg.PoolClient> {
  const client = await pool.connect()
  client.on('error', () => undefined)
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [workerId])
  await client.query('insert into platform.worker (worker_id, started_at) values ($1, now()) on conflict do nothing', [
    workerId,
  ])
  return client
}

const Ids = z.strictObject({ workerId: z.string() })

/** Gives back the jobs of workers that are gone. */
async function reap(ctx: Ctx): Promise<void> {
  await ctx.tx(async (inner) => {
    const gone = await inner.db.all(
      Ids,
      sql`
      select worker_id from platform.worker where pg_try_advisory_xact_lock(hashtextextended(worker_id, 0)) order by worker_id for update skip locked`,
    )
    if (gone.length === 0) return
    const ids = gone.map((worker) => worker.workerId)
    await inner.db.run(sql`select graphile_worker.force_unlock_workers(${ids}::text[])`)
    await inner.db.run(sql`delete from platform.worker where worker_id = any(${ids}::text[])`)
  })
}

const Due = z.strictObject({ job: z.string() })

/** Enqueues what is due; of several processes the first to move the time on wins. */
async function enqueueDue(ctx: Ctx, modules: readonly Module[]): Promise<void> {
  const schedules: readonly Schedule[] = modules.flatMap((module) => module.schedules)
  if (schedules.length === 0) return
  const now = new Date(ctx.now()).toISOString()
  await ctx.tx(async (inner) => {
    const due = await inner.db.all(
      Due,
      sql`
      insert into platform.schedule as s (job, next_at)
      select job, ${now}::timestamptz + every_ms * interval '1 millisecond'
        from unnest(${schedules.map((s) => s.job)}::text[], ${schedules.map((s) => s.everyMs)}::bigint[]) as t(job, every_ms)
       where not exists (select from platform.schedule known where known.job = t.job and known.next_at > ${now}::timestamptz)
          on conflict (job) do update set next_at = excluded.next_at where s.next_at <= ${now}::timestamptz
      returning job`,
    )
    for (const { job } of due) await enqueue(inner, job, {}, { key: job })
  })
}

/** A loop that outlives trouble of the database: it says so and comes again. */
async function looped(ctx: Ctx, name: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) =>
    ctx.log.warn({ loop: name, code: error instanceof Failure ? error.code : 'INTERNAL', err: error }, 'loop failed'),
  )
}
