import { statfs } from 'node:fs/promises'
import type { readSystem as readSystemRoute } from '../../contract/ops.ts'
import type { OutputOf } from '../../contract/route.ts'
import { isoText } from '../../core/time/instant.ts'
import type { Ctx, Module } from '../../platform/module.ts'
import { version } from '../../platform/version.ts'
import type { ProcessWatch } from './process-watch.ts'
import { countJobs, listSchedules, readDatabase } from './store.ts'

/** How the product does (系统状态). `modules` are those that are mounted. */
export async function readSystem(
  ctx: Ctx,
  modules: readonly Module[],
  watch: ProcessWatch,
): Promise<OutputOf<typeof readSystemRoute>> {
  const now = ctx.now()
  const { workers, ...database } = await readDatabase(ctx.db)
  const jobs = await countJobs(ctx.db, now)
  const nextAt = new Map((await listSchedules(ctx.db)).map((schedule) => [schedule.job, schedule.nextAt]))
  const disk = await statfs(ctx.settings.dataDir)
  return {
    version,
    nodeVersion: process.versions.node,
    isSandbox: ctx.settings.isSandbox,
    startedAt: isoText(watch.startedAt),
    uptimeSeconds: Math.floor(process.uptime()),
    memoryBytes: process.memoryUsage.rss(),
    eventLoopDelayMs: watch.eventLoopDelayMs(),
    database,
    disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    workers,
    jobs: jobs.map(({ oldestWaitingAt, ...job }) => ({
      ...job,
      oldestWaitingSeconds: oldestWaitingAt === null ? null : Math.max(0, (now - oldestWaitingAt) / 1_000),
    })),
    schedules: modules
      .flatMap((module) => module.schedules)
      .map(({ job, everyMs }) => {
        const at = nextAt.get(job)
        return { job, everySeconds: everyMs / 1_000, nextAt: at === undefined ? null : isoText(at) }
      }),
    modules: modules.map((module) => module.name),
  }
}
