import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { Failure } from '../../core/failures.ts'
import { sql } from '../db/sql.ts'
import type { Job, Module, Schedule } from '../module.ts'
import { enqueue } from './enqueue.ts'
import { reap } from './presence.ts'
import { enqueueDue } from './schedule.ts'
import { startWorker } from './work.ts'

// The four tests by which the job library was chosen (docs/adr/0009), held for as long as it is used, and what we add to it: our own
// words for what follows a failure.

const opened: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

async function aBed(): Promise<TestBed> {
  const bed = await testBed()
  opened.push(bed.close)
  return bed
}

const moduleOf = (jobs: readonly Job[], schedules: readonly Schedule[] = []): Module => ({
  name: 'cups',
  routes: [],
  jobs,
  listeners: {},
  schedules,
})

async function work({ ctx, database }: TestBed, run: Job['run'], atOnce = 4): Promise<void> {
  const worker = await startWorker(ctx, [moduleOf([{ name: 'cups.wash', run }])], { pool: database.pool, atOnce })
  opened.push(worker.stop)
}

const Count = z.strictObject({ count: z.int() })
const waiting = async ({ database }: TestBed) =>
  (await database.db.one(Count, sql`select count(*)::int as count from graphile_worker.jobs`)).count

/** The number a job was given. */
const numberIn = (input: unknown) => z.strictObject({ no: z.int() }).parse(input).no

/** Lets the event loop turn, so that jobs running side by side can be seen side by side. */
const briefly = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('a job enqueued in a transaction', () => {
  test('is there when the transaction is, and not before', async () => {
    const bed = await aBed()
    await bed.ctx.tx(async (inner) => {
      await enqueue(inner, 'cups.wash', { no: 1 })
      expect(await waiting(bed)).toBe(0)
    })
    expect(await waiting(bed)).toBe(1)
  })

  test('is gone with a transaction that is rolled back', async () => {
    const bed = await aBed()
    const half = bed.ctx.tx(async (inner) => {
      await enqueue(inner, 'cups.wash', { no: 1 })
      throw new Failure('CHANGED_MEANWHILE')
    })
    await expect(half).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' })
    expect(await waiting(bed)).toBe(0)
  })

  test('is the waiting one when that has the same key', async () => {
    const bed = await aBed()
    for (const no of [1, 2]) await enqueue(bed.ctx, 'cups.wash', { no }, { key: 'cup' })
    await enqueue(bed.ctx, 'cups.wash', { no: 3 }, { key: 'saucer' })
    expect(await waiting(bed)).toBe(2)
  })
})

describe('workers share what waits', () => {
  test('300 jobs run once each, several at a time, whichever of two workers takes them', async () => {
    const bed = await aBed()
    await bed.ctx.tx(async (inner) => {
      for (let no = 1; no <= 300; no += 1) await enqueue(inner, 'cups.wash', { no })
    })
    const done: number[] = []
    let running = 0
    let most = 0
    const run = async (_ctx: unknown, input: unknown) => {
      running += 1
      most = Math.max(most, running)
      await briefly()
      done.push(numberIn(input))
      running -= 1
    }
    await Promise.all([work(bed, run), work(bed, run)])
    await expect.poll(() => waiting(bed), { timeout: 30_000 }).toBe(0)
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(8)
  })
})

describe('the order of work', () => {
  test('is by priority, the smaller first, and by age within it', async () => {
    const bed = await aBed()
    const priorities = [20, 0, -10, -20, 0]
    for (const [no, priority] of priorities.entries()) await enqueue(bed.ctx, 'cups.wash', { no }, { priority })
    const done: number[] = []
    await work(bed, async (_ctx, input) => void done.push(numberIn(input)), 1)
    await expect.poll(() => done).toEqual([3, 2, 1, 4, 0])
  })

  test('is one after the other within a queue, while queues run side by side', async () => {
    const bed = await aBed()
    const queues = ['shop:1', 'shop:2'] as const
    for (let no = 1; no <= 5; no += 1) {
      for (const [at, queue] of queues.entries()) await enqueue(bed.ctx, 'cups.wash', { no: at * 100 + no }, { queue })
    }
    const done: number[][] = [[], []]
    const running = [0, 0]
    const bothBegan = Promise.withResolvers<void>()
    await work(bed, async (_ctx, input) => {
      const no = numberIn(input)
      const queue = Math.trunc(no / 100)
      running[queue] = (running[queue] ?? 0) + 1
      expect(running[queue]).toBe(1)
      if (running.every((count) => count > 0)) bothBegan.resolve()
      await bothBegan.promise
      await briefly()
      done[queue]?.push(no)
      running[queue] -= 1
    })
    await expect
      .poll(() => done, { timeout: 10_000 })
      .toEqual([
        [1, 2, 3, 4, 5],
        [101, 102, 103, 104, 105],
      ])
  })
})

describe('a worker process that is killed', () => {
  const killedAgainMs = 30_000

  /** A worker in a process of its own that begins a job and never ends it; settles when the job has begun. */
  async function holdJob(bed: TestBed, first: { readonly no: number }): Promise<ChildProcess> {
    const program = path.join(import.meta.dirname, '../../../test/aid/hold-job.ts')
    const stdio: StdioOptions = ['ignore', 'pipe', 'inherit']
    const holder = spawn(process.execPath, [program, bed.own.url, 'cups.wash'], { stdio })
    opened.push(async () => holder.kill('SIGKILL'))
    const [began] = await once(holder.stdout!, 'data')
    expect(String(began)).toBe(`${JSON.stringify(first)}\n`)
    return holder
  }

  test('loses its job to another within 30 seconds, and not a moment before it is dead', async () => {
    const bed = await aBed()
    for (const no of [1, 2]) await enqueue(bed.ctx, 'cups.wash', { no }, { queue: 'shop:1', priority: -20 })
    const holder = await holdJob(bed, { no: 1 })

    const done: number[] = []
    await work(bed, async (_ctx, input) => void done.push(numberIn(input)))
    await reap(bed.ctx)
    const held = sql`select count(*)::int as count from graphile_worker.jobs where locked_by is not null`
    expect(await bed.database.db.one(Count, held)).toEqual({ count: 1 })
    expect(done).toEqual([])

    const killedAt = performance.now()
    holder.kill('SIGKILL')
    await expect.poll(() => done, { timeout: killedAgainMs }).toEqual([1, 2])
    expect(performance.now() - killedAt).toBeLessThan(killedAgainMs)
    expect(await bed.database.db.one(Count, sql`select count(*)::int as count from platform.worker`)).toEqual({
      count: 1,
    })
  })

  test('leaves a job that was enqueued anew meanwhile to its successor, and nothing lying about', async () => {
    const bed = await aBed()
    await enqueue(bed.ctx, 'cups.wash', { no: 1 }, { key: 'cup' })
    const holder = await holdJob(bed, { no: 1 })
    await enqueue(bed.ctx, 'cups.wash', { no: 2 }, { key: 'cup' })
    holder.kill('SIGKILL')

    const done: number[] = []
    await work(bed, async (_ctx, input) => void done.push(numberIn(input)))
    await expect.poll(() => waiting(bed), { timeout: killedAgainMs }).toBe(0)
    expect(done).toEqual([2])
  })
})

describe('a job that fails', () => {
  const LaidDown = z.strictObject({ code: z.string(), because: z.string(), tried: z.int(), queue: z.string() })
  const laidDown = ({ database }: TestBed) =>
    database.db.all(LaidDown, sql`select code, because, tried, queue from platform.dead_letter order by id`)

  test('for good is laid down at once, with its queue', async () => {
    const bed = await aBed()
    await enqueue(bed.ctx, 'cups.wash', { no: 1 }, { queue: 'shop:1' })
    await work(bed, () => Promise.reject(new Failure('CHANNEL_UNKNOWN', { channel: 'fake' })))
    await expect
      .poll(() => laidDown(bed))
      .toEqual([{ code: 'CHANNEL_UNKNOWN', because: 'never', tried: 1, queue: 'shop:1' }])
    expect(await waiting(bed)).toBe(0)
  })

  test('for a while comes again in its queue and with its input until it succeeds', async () => {
    const bed = await aBed()
    await enqueue(bed.ctx, 'cups.wash', { no: 7 }, { queue: 'shop:1' })
    const tries: number[] = []
    await work(bed, async (_ctx, input) => {
      tries.push(numberIn(input))
      if (tries.length < 3) throw new Failure('DATABASE_UNREACHABLE', { reason: 'ECONNRESET' })
    })
    await expect.poll(() => tries, { timeout: 20_000 }).toEqual([7, 7, 7])
    await expect.poll(() => waiting(bed)).toBe(0)
    expect(await laidDown(bed)).toEqual([])
  })
})

test('what is due is enqueued once, however many processes look', async () => {
  const bed = await aBed()
  const modules = [moduleOf([], [{ job: 'cups.wash', everyMs: 60_000 }])]
  await Promise.all([1, 2, 3].map(() => enqueueDue(bed.ctx, modules)))
  expect(await waiting(bed)).toBe(1)
  await bed.database.db.run(sql`delete from graphile_worker._private_jobs`)
  await enqueueDue(bed.ctx, modules)
  expect(await waiting(bed)).toBe(0)
  bed.pass(60_000)
  await enqueueDue(bed.ctx, modules)
  expect(await waiting(bed)).toBe(1)
})
