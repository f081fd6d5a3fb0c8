import type { EventName, Events } from '../../core/events.ts'
import { sql } from '../db/sql.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Ctx } from '../module.ts'

/** The notification channel on which open pages hear that something changed. A hint only: whoever misses it reads again later. */
export const liveChannel = 'tongdan_live'

/**
 * Says that something happened, in the caller's transaction: one row in platform.event, one job for each listener, one hint to open
 * pages. What is rolled back was never said.
 */
export async function tell<Name extends EventName>(ctx: Ctx, name: Name, data: Events[Name]): Promise<void> {
  const text = JSON.stringify(data)
  await ctx.db.run(
    sql`insert into platform.event (name, data, told_at) values (${name}, ${text}::jsonb, ${new Date(ctx.now()).toISOString()})`,
  )
  for (const job of ctx.listenersOf(name)) await enqueue(ctx, job, data, { key: listenerKey(job, text) })
  await ctx.db.run(sql`select pg_notify(${liveChannel}, ${hint(name, data)})`)
}

/** The same event told twice before it was heard is heard once. */
const listenerKey = (job: string, text: string) => (text.length < 200 ? `${job}:${text}` : undefined)

const idsAtMost = 40

function hint(name: EventName, data: object): string {
  const short = Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Array.isArray(value) ? value.slice(0, idsAtMost) : value]),
  )
  return JSON.stringify({ name, ...short })
}
