import { channels } from '../../connectors/index.ts'
import { allPermissions } from '../../core/access/permissions.ts'
import { Failure } from '../../core/failures.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Config, readConfig } from '../../platform/config.ts'
import { openCtx } from '../../platform/ctx.ts'
import { startEmbedded } from '../../platform/db/embedded.ts'
import { type Database, openDatabase } from '../../platform/db/open.ts'
import { sql } from '../../platform/db/sql.ts'
import { openHealth } from '../../platform/health.ts'
import { openLog } from '../../platform/log.ts'
import { type Ctx, systemActor } from '../../platform/module.ts'
import { openKeptVault } from '../../platform/vault/keys.ts'
import { allModules, listenersOf } from '../modules.ts'
import { plugsOf } from '../plugs.ts'
import type { Shell } from './command.ts'

/** What a command that works on the database gets. */
export interface Opened {
  readonly ctx: Ctx
  readonly database: Database
  readonly config: Config
}

/**
 * Opens the database of this installation, at DATABASE_URL or the product's own, whether it is running or not, and closes it after
 * `work`. Throws SETTING_INVALID, DATABASE_UNREACHABLE and what the embedded server throws.
 */
export async function withDatabase<T>(
  shell: Shell,
  work: (database: Database, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(shell.environment)
  const server = config.databaseUrl === null ? await startEmbedded({ dataDir: config.dataDir, log: shell.tell }) : null
  const place = server ? { connection: server.connection } : { url: config.databaseUrl ?? '' }
  const database = openDatabase({ ...place, poolSize: 4, name: 'tongdan cli' })
  try {
    return await work(database, config)
  } finally {
    await database.close()
    await server?.stop()
  }
}

/** The same with a `Ctx` that acts as 命令行. Throws DATABASE_OLDER when there are migrations to apply. */
export async function withCtx<T>(shell: Shell, work: (opened: Opened) => Promise<T>): Promise<T> {
  return withDatabase(shell, async (database, config) => {
    // Says why when it does not answer.
    await database.db.run(sql`select 1`)
    if (!(await openHealth(database).check()).isMigrated) throw new Failure('DATABASE_OLDER')
    return work({ ctx: await ctxOf(database, config), database, config })
  })
}

async function ctxOf(database: Database, config: Config): Promise<Ctx> {
  const modules = allModules()
  const ctxFor = openCtx({
    database,
    now: systemClock,
    plugs: plugsOf(channels),
    has: (name) => modules.some((module) => module.name === name),
    vault: await openKeptVault({ file: config.masterKeyFile, fromEnvironment: config.masterKey ?? undefined }),
    send: () => Promise.reject(new Error('a command of the shell sends nothing out')),
    listenersOf: listenersOf(modules),
    settings: { isSandbox: false, publicUrl: config.publicUrl, dataDir: config.dataDir },
    log: openLog({ level: 'error' }),
  })
  return ctxFor({ ...systemActor(new Set(allPermissions)), name: '命令行' })
}
