import { z } from 'zod'
import { sql } from '../db/sql.ts'
import type { Ctx, Module } from '../module.ts'
import { enqueue } from './enqueue.ts'

const Due = z.strictObject({ job: z.string() })

/** Enqueues what is due; of several processes the first to move the time on wins. */
export async function enqueueDue(ctx: Ctx, modules: readonly Module[]): Promise<void> {
  const schedules = modules.flatMap((module) => module.schedules)
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
