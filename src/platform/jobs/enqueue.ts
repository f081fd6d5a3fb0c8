import { sql } from '../db/sql.ts'
import type { Ctx } from '../module.ts'

export interface JobOptions {
  /** A waiting job of the same key is this one; its time stays. */
  readonly key?: string | undefined
  /** Not before this instant (epoch ms). */
  readonly at?: number | undefined
  /** Smaller runs first; 0 is usual. Shipment reports -20, stock -10, sweeps 0, history 20. */
  readonly priority?: number | undefined
  /** Jobs of one queue run one after the other, such as `shop:7`. */
  readonly queue?: string | undefined
}

/** What a job carries beside its input: how often it has been tried. */
export interface Envelope {
  readonly input: unknown
  readonly tried: number
}

/** Puts a job into the caller's transaction: what is not committed is not enqueued. `input` holds keys, never personal data. */
export async function enqueue(
  ctx: Pick<Ctx, 'db'>,
  job: string,
  input: unknown,
  options: JobOptions = {},
): Promise<void> {
  await enqueueTry(ctx, job, { input, tried: 0 }, options)
}

/** The same with a number of tries behind it. */
export async function enqueueTry(
  ctx: Pick<Ctx, 'db'>,
  job: string,
  envelope: Envelope,
  options: JobOptions,
): Promise<void> {
  await ctx.db.run(sql`
    select graphile_worker.add_job(${job},
             payload := ${JSON.stringify(envelope)}::json,
             queue_name := ${options.queue ?? null},
             run_at := ${options.at === undefined ? null : new Date(options.at).toISOString()}::timestamptz,
             max_attempts := 25,
             job_key := ${options.key ?? null},
             priority := ${options.priority ?? 0},
             job_key_mode := ${options.key === undefined ? null : 'preserve_run_at'})`)
}
