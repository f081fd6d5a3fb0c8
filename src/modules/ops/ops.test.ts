import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBed } from '../../../test/aid/ctx.ts'
import { type Client, type HttpBed, httpBed } from '../../../test/aid/http.ts'
import { sql } from '../../platform/db/sql.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Module } from '../../platform/module.ts'
import { reseal } from '../../platform/vault/sealed-columns.ts'
import { openVault } from '../../platform/vault/vault.ts'
import { security } from '../security/index.ts'
import { opsOver } from './index.ts'

const sweeps: Module = {
  name: 'sweeps',
  routes: [],
  jobs: [],
  listeners: {},
  schedules: [{ job: 'sweeps.run', everyMs: 90_000 }],
}

let bed: HttpBed
let owner: Client
beforeAll(async () => {
  bed = await httpBed({ seed: true, modules: [security, sweeps, opsOver([security, sweeps])] })
  owner = await bed.as('owner')
})
afterAll(() => bed.close())

const layDown = (job: string, code: string, details = '{}') =>
  bed.database.db.run(sql`
    insert into platform.dead_letter (job, input, queue, priority, tried, code, details, because, laid_down_at)
    values (${job}, '{"shopId":7}', 'shop:7', -20, 30, ${code}, ${details}::jsonb, 'gave-up', ${new Date(bed.ctx.now()).toISOString()})`)

const waiting = async () =>
  (
    await bed.database.pool.query(
      'select j.task_identifier as job, j.queue_name as queue, j.priority, p.payload from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id order by j.id',
    )
  ).rows

test('the system page tells of the database, the process, jobs, schedules and modules', async () => {
  await enqueue(bed.ctx, 'sweeps.run', {}, { at: bed.ctx.now() - 60_000 })
  await enqueue(bed.ctx, 'sweeps.run', {}, { at: bed.ctx.now() + 60_000 })
  await bed.database.db.run(
    sql`insert into platform.schedule (job, next_at) values ('sweeps.run', '2026-11-11T04:01:00Z')`,
  )
  const { status, json } = await owner.call('GET', '/system')
  expect(status).toBe(200)
  expect(json).toMatchObject({
    version: '0.1.0',
    isSandbox: true,
    jobs: [{ job: 'sweeps.run', waiting: 2, running: 0, failed: 0, oldestWaitingSeconds: 60 }],
    modules: ['security', 'sweeps', 'ops'],
  })
  expect((json as { schedules: unknown[] }).schedules).toContainEqual({
    job: 'sweeps.run',
    everySeconds: 90,
    nextAt: '2026-11-11T04:01:00.000Z',
  })
  const { database, disk, memoryBytes } = json as {
    database: { bytes: number; lastMigration: string; connections: number }
    disk: { freeBytes: number; totalBytes: number }
    memoryBytes: number
  }
  expect(database.bytes).toBeGreaterThan(1_000_000)
  expect(database.lastMigration).toMatch(/^\d{12}_\w+\.sql$/)
  expect(database.connections).toBeGreaterThan(0)
  expect(disk.freeBytes).toBeLessThanOrEqual(disk.totalBytes)
  expect(memoryBytes).toBeGreaterThan(10_000_000)
  await bed.database.pool.query(
    'select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs)::bigint[])',
  )
})

test('failed jobs are told in words, counted by kind, and paged', async () => {
  for (let n = 0; n < 3; n += 1) await layDown('orders.pull', 'CHANNEL_UNREACHABLE', '{"channel":"淘宝"}')
  await layDown('stock.push', 'SOMETHING_OF_TOMORROW')
  const first = (await owner.call('GET', '/system/failures?limit=2')).json as {
    rows: { id: number; zh: string; job: string }[]
    next: number
  }
  expect(first).toMatchObject({
    open: 4,
    groups: [
      { job: 'orders.pull', code: 'CHANNEL_UNREACHABLE', count: 3 },
      { job: 'stock.push', code: 'SOMETHING_OF_TOMORROW', count: 1 },
    ],
  })
  expect(first.rows.map((row) => row.zh)).toEqual(['SOMETHING_OF_TOMORROW', '淘宝 暂时连不上，稍后自动重试'])
  const rest = (await owner.call('GET', `/system/failures?limit=2&after=${first.next}`)).json
  expect(rest).toMatchObject({ rows: [{ job: 'orders.pull' }, { job: 'orders.pull' }], next: null })
})

test('one is retried with its queue and priority, as if never tried, and only once', async () => {
  const { rows } = (await owner.call('GET', '/system/failures?job=stock.push')).json as { rows: { id: number }[] }
  const ids = rows.map((row) => row.id)
  expect((await owner.call('POST', '/system/failures/retry', { ids })).json).toEqual({ settled: 1 })
  expect((await owner.call('POST', '/system/failures/retry', { ids })).json).toEqual({ settled: 0 })
  expect(await waiting()).toEqual([
    { job: 'stock.push', queue: 'shop:7', priority: -20, payload: { input: { shopId: 7 }, tried: 0 } },
  ])
  const settled = await owner.call('GET', '/system/failures?state=settled')
  expect(settled.json).toMatchObject({ rows: [{ job: 'stock.push', settledHow: 'retried' }] })
})

test('all of a kind are retried together, or dismissed for a reason that the audit trail keeps', async () => {
  expect((await owner.call('POST', '/system/failures/retry', { job: 'orders.pull' })).json).toEqual({ settled: 3 })
  expect(await waiting()).toHaveLength(4)
  await layDown('orders.pull', 'CHANNEL_REFUSED', '{"channel":"淘宝","reason":"isv.x"}')
  expect((await owner.call('POST', '/system/failures/dismiss', {})).json).toMatchObject({
    code: 'INPUT_INVALID',
    field: 'reason',
  })
  expect((await owner.call('POST', '/system/failures/dismiss', { reason: '店铺已关闭' })).json).toEqual({ settled: 1 })
  const { lines } = (await owner.call('GET', '/audit?deed=ops.failures-dismissed')).json as { lines: unknown[] }
  expect(lines).toMatchObject([
    { actorName: '店主', zh: '不再处理失败任务', details: { reason: '店铺已关闭', settled: 1 } },
  ])
})

test('an id that never was is refused', async () => {
  const { json } = await owner.call('POST', '/system/failures/retry', { ids: [999_999] })
  expect(json).toMatchObject({ code: 'FAILED_JOB_NOT_FOUND' })
})

test('the keys page shows how far a rotation is, and resealing finishes it', async () => {
  const keys = [1, 2].map((id) => ({ id, bytes: Buffer.alloc(32, id) }))
  const old = openVault(keys.slice(0, 1))
  const own = await testBed()
  const ctx = { ...own.ctx, vault: openVault(keys) }
  const insert = (who: string, vault: typeof old) =>
    own.database.db.run(sql`
      insert into platform.kept_answer (who, key_hash, request_hash, began_at, answer_sealed)
      select ${who}, int4send(n), '\\x00', now(), ${vault.seal('{"phone":"138"}')} from generate_series(1, 400) n`)
  await insert('before', old)
  await insert('after', ctx.vault)
  const ops = opsOver([])
  const read = () =>
    ops.routes.find(({ route }) => route.path === '/system/keys')!.answer(ctx, {} as never, {} as never)
  const column = { schema: 'platform', table: 'kept_answer', column: 'answer_sealed' }
  const keyOf = async () =>
    ((await read()) as { columns: { column: string }[]; isDone: boolean }).columns.find(
      (one) => one.column === 'platform.kept_answer.answer_sealed',
    )

  expect(await keyOf()).toMatchObject({
    total: 800,
    stale: 400,
    keys: [
      { key: 1, rows: 400 },
      { key: 2, rows: 400 },
    ],
  })
  const parts: number[] = []
  const sealing = (vault: typeof old): typeof own.ctx => ({
    ...own.ctx,
    vault,
    tx: (work) => own.database.tx((db) => work({ ...own.ctx, vault, db })),
  })
  expect(await reseal(sealing(ctx.vault), column, (part) => parts.push(part))).toBe(400)
  expect(parts.at(-1)).toBe(1)
  expect(await keyOf()).toMatchObject({ total: 800, stale: 0, keys: [{ key: 2, rows: 800 }] })
  const kept = await own.database.pool.query('select answer_sealed as sealed from platform.kept_answer')
  expect(new Set(kept.rows.map((row) => ctx.vault.open(row.sealed)))).toEqual(new Set(['{"phone":"138"}']))
  await expect(
    reseal(sealing(openVault([{ id: 3, bytes: Buffer.alloc(32, 3) }])), column, () => undefined),
  ).rejects.toMatchObject({
    code: 'KEY_MISSING',
    details: { reason: expect.stringContaining('platform.kept_answer.answer_sealed') },
  })
  await own.close()
})

test('the hourly tidying forgets old answers and settled failures, and nothing else', async () => {
  const { pool } = bed.database
  const past = (days: number) => new Date(bed.ctx.now() - days * 24 * 3_600_000).toISOString()
  for (const days of [0.9, 1.1])
    await pool.query(
      "insert into platform.kept_answer (who, key_hash, request_hash, began_at) values ($1, 'k', 'r', $2)",
      [days, past(days)],
    )
  await pool.query("update platform.dead_letter set settled_at = $1 where settled_how = 'dismissed'", [past(91)])
  await opsOver([]).jobs[0]?.run(bed.ctx, {})
  const { rows } = await pool.query(
    'select (select count(*) from platform.kept_answer) as answers, (select count(*) from platform.dead_letter) as letters',
  )
  expect(rows[0]).toEqual({ answers: 1, letters: 4 })
})
