import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import { sql } from '../db/sql.ts'
import type { Ctx, Module } from '../module.ts'
import { afterFailing } from './after-failing.ts'
import { type Envelope, enqueueTry } from './enqueue.ts'

const Payload = z.object({ input: z.unknown(), tried: z.int().nonnegative() })

/** Metrics hang themselves in here; jobs do not know them. */
let observe: ((job: string, outcome: 'done' | 'failed', ms: number) => void) | undefined
export function observeJobs(listener: typeof observe): void {
  observe = listener
}

/** The jobs of all modules in the library's form: each runs its use case, and what fails obeys the failure's own word. */
export function tasks(ctx: Ctx, modules: readonly Module[]): TaskList {
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
          const queue = helpers.job.job_queue_id === null ? undefined : await queueName(ctx, helpers.job.id)
          const { key, priority } = helpers.job
          await settle(ctx, { name: job.name, envelope, key: key ?? undefined, queue, priority }, error)
        }
      },
    ]),
  )
}

const QueueRow = z.strictObject({ queueName: z.string().nullable() })
async function queueName(ctx: Ctx, jobId: string): Promise<string | undefined> {
  const row = await ctx.db.maybe(QueueRow, sql`select queue_name from graphile_worker.jobs where id = ${jobId}`)
  return row?.queueName ?? undefined
}

interface Failed {
  readonly name: string
  readonly envelope: Envelope
  /** Kept for the next try, so that one that fails again and again is still one job. */
  readonly key: string | undefined
  readonly queue: string | undefined
  readonly priority: number
}

async function settle(ctx: Ctx, job: Failed, error: unknown): Promise<void> {
  const next = afterFailing(error, job.envelope.tried, Math.random())
  const code = error instanceof Failure ? error.code : 'INTERNAL'
  const details = error instanceof Failure ? error.details : {}
  const unexpected = error instanceof Failure ? undefined : error
  const told = { job: job.name, code, details, tried: job.envelope.tried, next: next.kind, err: unexpected }
  if (code === 'PROGRAM_STOPPING') ctx.log.debug(told, 'job put back')
  else ctx.log.warn(told, 'job failed')
  const tried = job.envelope.tried + 1
  if (next.kind === 'again') {
    await enqueueTry(
      ctx,
      job.name,
      { input: job.envelope.input, tried },
      { at: ctx.now() + next.afterMs, key: job.key, queue: job.queue, priority: job.priority },
    )
    return
  }
  await ctx.db.run(sql`
    insert into platform.dead_letter (job, input, queue, priority, tried, code, details, because, laid_down_at)
    values (${job.name}, ${JSON.stringify(job.envelope.input)}::jsonb, ${job.queue ?? null}, ${job.priority}, ${tried}, ${code},
            ${JSON.stringify(details)}::jsonb, ${next.because}, ${new Date(ctx.now()).toISOString()})`)
}
