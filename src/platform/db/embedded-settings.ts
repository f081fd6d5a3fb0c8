import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, lstat, mkdir, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Failure } from '../../core/failures.ts'
import { type Account, giveTo } from './embedded-account.ts'
import type { Cluster } from './embedded-cluster.ts'
import { isCode } from './embedded-process.ts'

/**
 * Where the program finds the server's socket. Inside the database files as a rule; an address may have 107 bytes only (103 on
 * macOS), so a long path gets a private folder in the temporary directory instead.
 */
export function socketDirOf(dataDir: string, clusterDir: string): { dir: string; isApart: boolean } {
  const limit = process.platform === 'darwin' ? 103 : 107
  if (Buffer.byteLength(path.join(clusterDir, '.s.PGSQL.5432')) <= limit) return { dir: clusterDir, isApart: false }
  const mark = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return { dir: path.join(tmpdir(), `tongdan-${mark}`), isApart: true }
}

/** Makes the private folder for the socket. Throws DATABASE_ADDRESS_TAKEN when somebody else owns one of that name. */
export async function makeSocketDir(dir: string, account: Account | null): Promise<void> {
  await mkdir(dir, { mode: 0o700 }).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
  const found = await lstat(dir)
  const owners = [process.getuid?.(), account?.uid]
  if (!found.isDirectory() || !owners.includes(found.uid)) throw new Failure('DATABASE_ADDRESS_TAKEN', { path: dir })
  await chmod(dir, 0o700)
  await giveTo(account, dir)
}

/**
 * The server's settings, written anew at each start. For a machine of two cores: small shared memory, no parallel plans, no JIT.
 * What an administrator wants otherwise goes into `tongdan.local.conf` in the same folder.
 */
export async function writeSettings(cluster: Cluster, listen: Listen): Promise<void> {
  const settings: Record<string, string | number> = {
    listen_addresses: listen.kind === 'loopback' ? '127.0.0.1' : '',
    unix_socket_directories: listen.kind === 'socket' ? listen.dirAsSeen : '',
    unix_socket_permissions: '0700',
    port: listen.port,
    max_connections: 60,
    shared_buffers: `${cluster.sharedBuffersMb}MB`,
    huge_pages: 'off',
    effective_cache_size: `${Math.max(512, cluster.sharedBuffersMb * 2)}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    wal_compression: 'on',
    max_wal_size: '1GB',
    checkpoint_timeout: '15min',
    random_page_cost: 1.1,
    jit: 'off',
    io_method: 'sync',
    max_worker_processes: 4,
    max_parallel_workers_per_gather: 0,
    max_parallel_maintenance_workers: 0,
    max_logical_replication_workers: 0,
    autovacuum_max_workers: 2,
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    // Details of an error quote the row it is about; the log is no place for that.
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: 0,
    fsync: cluster.durable ? 'on' : 'off',
    synchronous_commit: 'on',
    full_page_writes: cluster.durable ? 'on' : 'off',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`)
  await writeInto(cluster, 'postgresql.conf', [
    '# Written at each start. Your own settings go into tongdan.local.conf beside this file.',
    ...lines,
    ...(existsSync(path.join(cluster.dir, 'tongdan.local.conf')) ? ["include = 'tongdan.local.conf'"] : []),
  ])
  const door = listen.kind === 'socket' ? 'local all all' : 'host all all 127.0.0.1/32'
  await writeInto(cluster, 'pg_hba.conf', [`${door} scram-sha-256`])
}

export type Listen =
  | { readonly kind: 'socket'; readonly dirAsSeen: string; readonly port: number }
  | { readonly kind: 'loopback'; readonly port: number }

async function writeInto(cluster: Cluster, name: string, lines: readonly string[]): Promise<void> {
  const file = path.join(cluster.dir, name)
  const rough = `${file}.new`
  await writeFile(rough, `${lines.join('\n')}\n`, { mode: 0o600 })
  await giveTo(cluster.account, rough)
  await rename(rough, file)
}
