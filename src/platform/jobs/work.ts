import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Logger, run as runGraphile, runMigrations, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { Failure } from '../../core/failures.ts'
import type { Ctx, Module } from '../module.ts'
import { holdPresence, reap } from './presence.ts'
import { tasks } from './run-job.ts'
import { enqueueDue } from './schedule.ts'

export { observeJobs } from './run-job.ts'

export interface Worker {
  /** Lets running jobs end, at most for some seconds, and gives the rest back. */
  readonly stop: () => Promise<void>
}

interface WorkerOptions {
  readonly pool: pg.Pool
  readonly atOnce: number
}

/** Lays out the job library's own tables (schema graphile_worker). Harmless when they are there. */
export async function prepareJobs(pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool, logger: quiet })
}

const reapEveryMs = 5_000
const scheduleEveryMs = 500
const restartAfterMs = 500
const quiet = new Logger(() => () => undefined)

/**
 * Works jobs of all modules until stopped. A job of a process that was killed is taken up again within seconds: each worker holds a
 * lock in the database, which goes with it, and the others look. When the database goes away the worker begins anew under another
 * name as soon as it is back, and what it held is given back the same way.
 */
export async function startWorker(ctx: Ctx, modules: readonly Module[], options: WorkerOptions): Promise<Worker> {
  let isStopping = false
  let life = await begin(ctx, modules, options)
  const lives = (async () => {
    while (!isStopping) {
      await life.ended
      if (isStopping) return
      ctx.log.warn({}, 'the worker lost the database and begins anew')
      await life.stop()
      life = await beginAgain(ctx, modules, options, () => isStopping)
    }
  })()
  const timers = [
    setInterval(() => void looped(ctx, 'reap', () => reap(ctx)), reapEveryMs),
    setInterval(() => void looped(ctx, 'schedule', () => enqueueDue(ctx, modules)), scheduleEveryMs),
  ]
  return {
    stop: async () => {
      isStopping = true
      for (const timer of timers) clearInterval(timer)
      await life.stop()
      await lives
    },
  }
}

/** One run of the library under one name. */
interface Life {
  /** Settles when the library gave up or the sign of life broke. */
  readonly ended: Promise<void>
  readonly stop: () => Promise<void>
}

async function begin(ctx: Ctx, modules: readonly Module[], { pool, atOnce }: WorkerOptions): Promise<Life> {
  const events = new EventEmitter() as WorkerEvents
  const named = new Promise<string>((resolve) => events.once('pool:create', ({ workerPool }) => resolve(workerPool.id)))
  const runner = await runGraphile({
    pgPool: pool,
    taskList: tasks(ctx, modules),
    concurrency: atOnce,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: quiet,
    events,
  })
  const end = Promise.withResolvers<void>()
  const presence = await holdPresence(pool, await named, end.resolve)
  runner.promise.then(end.resolve, end.resolve)
  return {
    ended: end.promise,
    stop: async () => {
      end.resolve()
      await runner.stop().catch(() => undefined)
      presence.release()
    },
  }
}

async function beginAgain(
  ctx: Ctx,
  modules: readonly Module[],
  options: WorkerOptions,
  isStopping: () => boolean,
): Promise<Life> {
  for (;;) {
    await pause(restartAfterMs)
    if (isStopping()) return { ended: Promise.resolve(), stop: async () => undefined }
    try {
      return await begin(ctx, modules, options)
    } catch (error) {
      ctx.log.warn({ err: error }, 'the worker cannot begin yet')
    }
  }
}

/** A loop that outlives trouble of the database: it says so and comes again. */
async function looped(ctx: Ctx, name: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) =>
    ctx.log.warn({ loop: name, code: error instanceof Failure ? error.code : 'INTERNAL', err: error }, 'loop failed'),
  )
}
