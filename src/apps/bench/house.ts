import { randomBytes } from 'node:crypto'
import { channels } from '../../connectors/index.ts'
import { allPermissions } from '../../core/access/permissions.ts'
import { openCtx } from '../../platform/ctx.ts'
import { migrate } from '../../platform/db/migrate.ts'
import { type Connection, type Database, openDatabase } from '../../platform/db/open.ts'
import { prepareJobs } from '../../platform/jobs/work.ts'
import { silentLog } from '../../platform/log.ts'
import { type Ctx, systemActor } from '../../platform/module.ts'
import { openVault } from '../../platform/vault/vault.ts'
import { plugsOf } from '../plugs.ts'

/** A product on a database of its own, without server, worker or way out. */
export interface BenchHouse {
  readonly ctx: Ctx
  readonly database: Database
}

export async function openBenchHouse(server: Connection, name: string): Promise<BenchHouse> {
  const admin = openDatabase({ connection: server, poolSize: 1 })
  await admin.pool.query(`create database bench_${name}`)
  await admin.close()
  const database = openDatabase({ connection: { ...server, database: `bench_${name}` }, poolSize: 4 })
  await migrate(database)
  await prepareJobs(database.pool)
  const heard: Partial<Record<string, readonly string[]>> = {
    'channels.orders-seen': ['orders.take-in'],
    'inventory.changed': ['inventory.push-stock'],
  }
  const ctxFor = openCtx({
    database,
    now: () => Date.now(),
    plugs: plugsOf(channels),
    has: () => true,
    vault: openVault([{ id: 1, bytes: randomBytes(32) }]),
    send: () => Promise.reject(new Error('the bench sends nothing')),
    listenersOf: (event) => heard[event] ?? [],
    settings: { isSandbox: true, publicUrl: 'http://127.0.0.1', dataDir: '' },
    log: silentLog,
  })
  return { database, ctx: ctxFor(systemActor(new Set(allPermissions))) }
}

export const benchChannel = channels[0]!.manifest.id

export const median = (numbers: readonly number[]) => quantile(numbers, 0.5)

export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
}
