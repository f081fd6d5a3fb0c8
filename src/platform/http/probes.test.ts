import { Gauge } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBed } from '../../../test/aid/ctx.ts'
import { type HttpBed, httpBed } from '../../../test/aid/http.ts'
import { Failure } from '../../core/failures.ts'
import { openDatabase } from '../db/open.ts'
import { sql } from '../db/sql.ts'
import { openHealth } from '../health.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { startWorker } from '../jobs/work.ts'
import { openMetrics } from '../metrics.ts'
import type { Module } from '../module.ts'

let bed: HttpBed
beforeAll(async () => {
  bed = await httpBed({ seed: true })
})
afterAll(() => bed.close())

describe('health', () => {
  test('is good once the database answers in the form this program knows', async () => {
    expect(await bed.call('GET', '//healthz')).toMatchObject({
      status: 200,
      json: { isHealthy: true, database: 'up', isMigrated: true, workers: 0, isOpen: true },
    })
    expect((await bed.call('GET', '//readyz')).status).toBe(200)
  })

  test('is bad while a migration is missing, and while nothing answers', async () => {
    const own = await testBed()
    await own.database.db.run(
      sql`delete from platform.migration where name = (select max(name) from platform.migration)`,
    )
    expect(await openHealth(own.database).check()).toMatchObject({
      isHealthy: false,
      database: 'up',
      isMigrated: false,
    })
    await own.database.db.run(sql`drop table platform.migration`)
    expect(await openHealth(own.database).check()).toMatchObject({ isHealthy: false, isMigrated: false })
    await own.close()

    const nowhere = openDatabase({ url: 'postgresql://a:b@127.0.0.1:1/c' })
    expect(await openHealth(nowhere).check()).toMatchObject({ isHealthy: false, database: 'down' })
    const down = await httpBed({ bed, health: openHealth(nowhere) })
    expect((await down.call('GET', '//healthz')).status).toBe(503)
    await down.http.close()
    await nowhere.close()
  })

  test('while stopping still says healthy, but not ready', async () => {
    const health = openHealth(bed.database)
    const stopping = await httpBed({ bed, health })
    health.close()
    expect((await stopping.call('GET', '//healthz')).status).toBe(200)
    expect((await stopping.call('GET', '//readyz')).status).toBe(503)
    await stopping.http.close()
  })
})

describe('metrics', () => {
  test('tell of the process, calls by route and status, jobs by outcome, and connections', async () => {
    const metrics = openMetrics(bed.database.pool)
    new Gauge({ name: 'tongdan_example', help: 'added by a module', registers: [metrics.registry] }).set(5)
    const watched = await httpBed({ bed, metrics })
    await watched.signIn('owner')
    await watched.call('GET', '/people/13800000101/x?phone=13800000101')

    const jobs: Module = {
      name: 'jobs',
      routes: [],
      jobs: [
        { name: 'cups.wash', run: async () => undefined },
        { name: 'cups.break', run: () => Promise.reject(new Failure('STOCK_SHORT', { sku: '13800000101' })) },
      ],
      listeners: {},
      schedules: [],
    }
    const worker = await startWorker(bed.ctx, [jobs], { pool: bed.database.pool, atOnce: 2 })
    await enqueue(bed.ctx, 'cups.wash', { phone: '13800000101' })
    await enqueue(bed.ctx, 'cups.break', {})
    const text = async () => (await watched.call('GET', '//metrics')).text
    await expect.poll(text, { timeout: 10_000 }).toContain('tongdan_job_failures_total{job="cups.break"} 1')
    await worker.stop()

    const all = await text()
    for (const part of [
      'tongdan_http_request_seconds_count{method="POST",route="/api/v1/session",status="200"} 1',
      'tongdan_http_request_seconds_count{method="GET",route="none",status="404"} 1',
      'tongdan_job_seconds_count{job="cups.wash",outcome="done"} 1',
      'tongdan_job_seconds_count{job="cups.break",outcome="failed"} 1',
      'tongdan_database_connections{state="total"}',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
      'tongdan_example 5',
    ])
      expect(all).toContain(part)
    expect(all).not.toMatch(/13800000101|owner|店主/)
    await watched.http.close()
  })

  test('are for this machine, and elsewhere for whoever may see the system', async () => {
    const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
      bed.http.inject({ url: '/metrics', remoteAddress, headers }).then(({ statusCode }) => statusCode)
    const [auditor, service] = await Promise.all([bed.as('auditor'), bed.as('service')])
    expect(await from('127.0.0.1')).toBe(200)
    expect(await from('::ffff:127.0.0.1')).toBe(200)
    expect(await from('203.0.113.9')).toBe(401)
    expect(await from('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBe(401)
    expect(await from('203.0.113.9', { cookie: service.cookie })).toBe(403)
    expect(await from('203.0.113.9', { cookie: auditor.cookie })).toBe(200)
  })
})
