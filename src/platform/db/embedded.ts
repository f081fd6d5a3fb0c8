import { mkdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { canReach, chooseAccount } from './embedded-account.ts'
import {
  adminRole,
  adoptCluster,
  type Cluster,
  hasCluster,
  hereOnLinux,
  loadPasswords,
  makeCluster,
  type Passwords,
  resetAdminPassword,
} from './embedded-cluster.ts'
import { addHolder, removeHolder, throughDoor } from './embedded-door.ts'
import { readFileTrouble } from './embedded-failure.ts'
import { keepLogSmall } from './embedded-log.ts'
import { isRunning } from './embedded-process.ts'
import { dropOldRuntimes, stageRuntime } from './embedded-runtime.ts'
import { findRunning, halt, launch, type Running } from './embedded-server.ts'
import type { Connection } from './open.ts'

const programRole = 'tongdan'
const databaseName = 'tongdan'

export interface EmbeddedOptions {
  /** Where everything of the server lives; made when it is missing. */
  readonly dataDir: string
  /** False only for tests: fast, and lost with the machine's power. */
  readonly durable?: boolean
  /** Memory the server shares among its sessions; 128 by default. */
  readonly sharedBuffersMb?: number
  /** Told what takes long, in sentences for people. */
  readonly log?: (message: string) => void
}

export interface EmbeddedServer {
  /** `host` is the folder of its socket, or 127.0.0.1 on Windows. */
  readonly connection: Required<Connection>
  readonly pid: number
  /** Ends our use of the server. The last user in any process stops it: fast, with everything on disk and no process left. */
  readonly stop: () => Promise<void>
  /** Calls `listener` once if the server ends without having been stopped here. Start it again then: nothing is lost. */
  readonly onExit: (listener: () => void) => void
}

/**
 * Starts the product's own PostgreSQL (内置数据库) in `dataDir`, or joins the one that is running there already. It listens on a
 * socket in a private folder only, asks for a password, and never runs as root.
 * Throws DISK_FULL, FILE_FORBIDDEN, DATABASE_PLATFORM_ABSENT, DATABASE_FILES_OTHER_VERSION, DATABASE_DAMAGED,
 * DATABASE_ADDRESS_TAKEN, DATABASE_START_FAILED.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  try {
    await mkdir(options.dataDir, { recursive: true, mode: 0o711 })
    const dataDir = await realpath(options.dataDir)
    return await throughDoor(dataDir, () => startInside(dataDir, options))
  } catch (error) {
    throw readFileTrouble(error, path.resolve(options.dataDir))
  }
}

async function startInside(dataDir: string, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const say = options.log ?? (() => undefined)
  const cluster = await describeCluster(dataDir, options)
  const passwords = await loadPasswords(dataDir)
  if (await hasCluster(cluster.dir, cluster.runtime)) await adoptCluster(cluster)
  else {
    say('正在新建数据库 / making a new database')
    await makeCluster(cluster, passwords)
  }
  let running = await findRunning(cluster)
  if (running === null) {
    running = await launch(cluster, say)
    await dropOldRuntimes(dataDir, cluster.runtime)
  }
  try {
    await ensureDatabase(running, passwords)
  } catch (error) {
    if (!isWrongPassword(error)) throw error
    say('数据库口令文件丢失或不符，正在重设 / the database passwords do not fit; setting them anew')
    await halt(cluster, running)
    await resetAdminPassword(cluster, passwords)
    running = await launch(cluster, say)
    await ensureDatabase(running, passwords)
  }
  return serve(cluster, running, { passwords, mark: await addHolder(dataDir) })
}

async function describeCluster(dataDir: string, options: EmbeddedOptions): Promise<Cluster> {
  const dir = path.join(dataDir, 'postgres')
  const account = await chooseAccount(dir)
  const canWalk = process.platform !== 'linux' || (await canReach(account, dataDir))
  return {
    dataDir,
    dir,
    dirAsSeen: canWalk ? dir : hereOnLinux,
    log: path.join(dataDir, 'postgres.log'),
    account,
    runtime: await stageRuntime(dataDir, account),
    durable: options.durable ?? true,
    sharedBuffersMb: options.sharedBuffersMb ?? 128,
  }
}

function serve(
  cluster: Cluster,
  running: Running,
  { passwords, mark }: { passwords: Passwords; mark: string },
): EmbeddedServer {
  const endLog = keepLogSmall(cluster.log)
  const watch = watchFor(running)
  let stopping: Promise<void> | null = null

  async function stopNow(): Promise<void> {
    watch.end()
    endLog()
    await throughDoor(cluster.dataDir, async () => {
      const { othersRemain } = await removeHolder(cluster.dataDir, mark)
      if (!othersRemain) await halt(cluster, running)
    })
  }
  return {
    connection: connectionOf(running, passwords),
    pid: running.pid,
    stop: () => {
      stopping ??= stopNow()
      return stopping
    },
    onExit: watch.onExit,
  }
}

/** Notices the end of the server: at once when it is our child, within a third of a second otherwise. */
function watchFor(running: Running): { onExit: (listener: () => void) => void; end: () => void } {
  const listeners = new Set<() => void>()
  let isOver = false
  const end = () => {
    isOver = true
    clearInterval(timer)
  }
  const notice = () => {
    if (isOver) return
    end()
    for (const listener of listeners) listener()
  }
  const timer = setInterval(() => {
    if (!isRunning(running.pid)) notice()
  }, 300)
  timer.unref()
  running.child?.once('exit', notice)
  return { onExit: (listener) => void listeners.add(listener), end }
}

/** Makes sure that the program's role and database are there. On most starts this is one log-in and nothing else. */
async function ensureDatabase(running: Running, passwords: Passwords): Promise<void> {
  const connection = connectionOf(running, passwords)
  try {
    await withClient(connection, async () => undefined)
  } catch (error) {
    if (!isWrongPassword(error) && !isSqlState(error, '3D000')) throw error
    await withClient(
      { ...connection, user: adminRole, password: passwords.admin, database: 'postgres' },
      async (admin) => {
        await admin.query("set log_min_error_statement = 'panic'")
        const { rows } = await admin.query<{ role: boolean; database: boolean }>(
          `select exists(select from pg_roles where rolname = '${programRole}') as role,
                exists(select from pg_database where datname = '${databaseName}') as database`,
        )
        await admin.query(
          `${rows[0]?.role ? 'alter' : 'create'} role ${programRole} login createdb password '${passwords.program}'`,
        )
        await admin.query(`grant pg_monitor, pg_checkpoint to ${programRole}`)
        if (!rows[0]?.database) await admin.query(`create database ${databaseName} owner ${programRole}`)
      },
    )
  }
}

async function withClient(connection: Connection, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 30_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function connectionOf({ host, port }: Running, passwords: Passwords): Required<Connection> {
  return { host, port, user: programRole, password: passwords.program, database: databaseName }
}

const isSqlState = (error: unknown, state: string) => error instanceof pg.DatabaseError && error.code === state

const isWrongPassword = (error: unknown) => isSqlState(error, '28P01') || isSqlState(error, '28000')
