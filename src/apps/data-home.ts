import type { Config } from '../platform/config.ts'
import { type EmbeddedServer, startEmbedded } from '../platform/db/embedded.ts'
import { migrate } from '../platform/db/migrate.ts'
import { openDatabase } from '../platform/db/open.ts'
import { prepareJobs } from '../platform/jobs/work.ts'
import type { Log } from '../platform/log.ts'
import type { HouseParts } from './assemble.ts'
import { checkGiven, refuse } from './given-database.ts'

/** Where the data lives: an address given, or our own PostgreSQL below the data directory. */
export interface DataHome {
  readonly at: HouseParts['at']
  readonly stop: () => Promise<void>
}

/**
 * Opens the data's home and brings it to the program's form. Our own server is minded: when it dies it is started again. Throws the
 * typed failures of the launcher, DATABASE_URL_REFUSED, DATABASE_UNREACHABLE, DATABASE_NEWER, MIGRATION_CHANGED.
 */
export async function openDataHome(config: Config, log: Log, say: (text: string) => void): Promise<DataHome> {
  if (config.databaseUrl !== null) {
    await layOutGiven(config.databaseUrl, say)
    return { at: { url: config.databaseUrl }, stop: async () => undefined }
  }
  const minded = await mindEmbedded(config.dataDir, log, say)
  await layOut({ connection: minded.connection }, say)
  return { at: { connection: minded.connection }, stop: minded.stop }
}

async function layOutGiven(url: string, say: (text: string) => void): Promise<void> {
  const database = openDatabase({ url, poolSize: 1 })
  await checkGiven(database).finally(database.close)
  await layOut({ url }, say).catch(refuse)
}

async function layOut(at: HouseParts['at'], say: (text: string) => void): Promise<void> {
  const database = openDatabase({ ...at, poolSize: 2 })
  try {
    const applied = await migrate(database)
    if (applied.length > 0) say(`数据库已更新：${applied.length} 个迁移 (migrated)`)
    await prepareJobs(database.pool)
  } finally {
    await database.close()
  }
}

const restartAfterMs = 300

async function mindEmbedded(
  dataDir: string,
  log: Log,
  say: (text: string) => void,
): Promise<Pick<EmbeddedServer, 'connection' | 'stop'>> {
  let isStopping = false
  const start = () => startEmbedded({ dataDir, log: (sentence) => log.info({ postgres: sentence }, 'database') })
  let server = await start()
  const mind = () => {
    server.onExit(() => {
      if (isStopping) return
      say('数据库意外退出，正在重新启动 (the database died; starting it again)')
      setTimeout(() => void again(), restartAfterMs)
    })
  }
  const again = async (): Promise<void> => {
    if (isStopping) return
    try {
      server = await start()
      mind()
    } catch (error) {
      log.error({ err: error }, 'the database cannot be started')
      setTimeout(() => void again(), restartAfterMs * 10)
    }
  }
  mind()
  return {
    connection: server.connection,
    stop: async () => {
      isStopping = true
      await server.stop()
    },
  }
}
