import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FailureCode } from '../../core/failures.ts'
import { type EmbeddedServer, startEmbedded } from './embedded.ts'
import { isRunning } from './embedded-process.ts'

const isRoot = process.getuid?.() === 0
let home: string
let pristine: string
let count = 0
const open: EmbeddedServer[] = []
const children: ChildProcess[] = []

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'tongdan-embedded-'))
  await chmod(home, 0o711)
  pristine = path.join(home, 'pristine')
  const server = await startEmbedded({ dataDir: pristine, durable: false })
  await server.stop()
})

afterEach(async () => {
  for (const server of open.splice(0)) await server.stop()
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

afterAll(() => rm(home, { recursive: true, force: true }))

/** A data directory made before; as a copy it belongs to whoever runs the test, like one restored from a backup. */
async function aDataDir(name?: string): Promise<string> {
  count += 1
  const dataDir = path.join(home, name ?? `data-${count}`)
  await cp(pristine, dataDir, { recursive: true, verbatimSymlinks: true })
  return dataDir
}

async function start(dataDir: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, durable: false })
  open.push(server)
  return server
}

async function query(server: EmbeddedServer, text: string): Promise<unknown[]> {
  const client = new pg.Client(server.connection)
  await client.connect()
  try {
    const { rows } = await client.query<{ value: unknown }>(text)
    return rows.map(({ value }) => value)
  } finally {
    await client.end()
  }
}

async function codeOf(work: Promise<EmbeddedServer>): Promise<FailureCode | 'started'> {
  const outcome: unknown = await work.catch((error: unknown) => error)
  if (outcome instanceof Error && 'code' in outcome) return outcome.code as FailureCode
  if (outcome instanceof Error) throw outcome
  await (outcome as EmbeddedServer).stop()
  return 'started'
}

/** A process of the server's account that has nothing to do with it. */
async function aBystander(dataDir: string): Promise<number> {
  const { uid, gid } = await stat(path.join(dataDir, 'postgres'))
  const child = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot ? { uid, gid } : {}) })
  children.push(child)
  return child.pid ?? 0
}

describe('starting', () => {
  test('a new directory becomes a durable database with a password, on a socket only, under an ordinary account', async () => {
    const dataDir = path.join(home, 'new')
    const server = await startEmbedded({ dataDir })
    open.push(server)
    const show = async (name: string) => (await query(server, `select current_setting('${name}') as value`))[0]

    expect(await show('fsync')).toBe('on')
    expect(await show('synchronous_commit')).toBe('on')
    expect(await show('full_page_writes')).toBe('on')
    expect(await show('listen_addresses')).toBe('')
    expect(await show('server_encoding')).toBe('UTF8')
    expect(
      await query(
        server,
        `select datlocprovider::text || ' ' || datlocale as value from pg_database where datname = 'tongdan'`,
      ),
    ).toEqual(['b C.UTF-8'])
    expect(await query(server, 'select rolsuper as value from pg_roles where rolname = current_user')).toEqual([false])
    expect((await stat(path.join(dataDir, 'postgres-passwords.json'))).mode & 0o777).toBe(0o600)
    if (process.platform === 'linux') expect((await stat(`/proc/${server.pid}`)).uid).not.toBe(0)
    await expect(new pg.Client({ ...server.connection, password: 'guess' }).connect()).rejects.toThrow('password')
  })

  test('stopping leaves no process and nothing that listens', async () => {
    const server = await start(await aDataDir())
    await server.stop()
    expect(isRunning(server.pid)).toBe(false)
    expect(
      (await readdir(server.connection.host)).filter((name) => name.startsWith('.s.') || name === 'postmaster.pid'),
    ).toEqual([])
  })

  test('a second start joins the server; it stops with its last user', async () => {
    const dataDir = await aDataDir()
    const [first, second] = await Promise.all([start(dataDir), start(dataDir)])
    expect(second.pid).toBe(first.pid)
    await first.stop()
    expect(await query(second, 'select 1 as value')).toEqual([1])
    await second.stop()
    expect(isRunning(second.pid)).toBe(false)
  })

  test('it works below a folder that the server’s account cannot enter', async () => {
    const closed = path.join(home, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const server = await start(path.join(await aDataDir('closed/data')))
    expect(await query(server, 'select 1 as value')).toEqual([1])
  })

  test('a path too long for a socket gets a private folder elsewhere, gone after the stop', async () => {
    const server = await start(await aDataDir(`long-${'x'.repeat(100)}`))
    const { host } = server.connection
    expect(host.startsWith(tmpdir())).toBe(true)
    expect((await stat(host)).mode & 0o777).toBe(0o700)
    expect(await query(server, 'select 1 as value')).toEqual([1])
    await server.stop()
    await expect(stat(host)).rejects.toThrow('ENOENT')
  })
})

describe('after a crash', () => {
  test('of the server: whoever uses it is told, and the next start has every committed row', async () => {
    const dataDir = await aDataDir()
    const server = await start(dataDir)
    await query(server, 'create table kept as select generate_series(1, 1000) as value')
    const told = new Promise<void>((resolve) => server.onExit(resolve))
    process.kill(server.pid, 'SIGKILL')
    await told

    const again = await start(dataDir)
    expect(again.pid).not.toBe(server.pid)
    expect(await query(again, 'select count(*)::int as value from kept')).toEqual([1000])
  })

  test('of our process: the server is up still and is joined, then stopped with nothing left', async () => {
    const dataDir = await aDataDir()
    const child = spawn(process.execPath, [
      fileURLToPath(new URL('../../../test/aid/hold-database.ts', import.meta.url)),
      dataDir,
    ])
    const pid = await new Promise<number>((resolve) =>
      child.stdout.once('data', (text: Buffer) => resolve(Number(text))),
    )
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))

    const server = await start(dataDir)
    expect(server.pid).toBe(pid)
    const told = new Promise<void>((resolve) => server.onExit(resolve))
    await sleep(350)
    await server.stop()
    expect(isRunning(pid)).toBe(false)
    expect(await Promise.race([told.then(() => 'told'), sleep(400, 'silent')])).toBe('silent')
  })

  test.each([
    {
      when: 'names another living process',
      pidFile: (pid: number, dir: string) => `${pid}\n${dir}\n1795520340\n5432\n.\n\n  1  1\nready   \n`,
    },
    { when: 'was cut short', pidFile: () => '' },
  ])('a pid file that $when fools nobody', async ({ pidFile }) => {
    const dataDir = await aDataDir()
    const bystander = await aBystander(dataDir)
    await writeFile(
      path.join(dataDir, 'postgres', 'postmaster.pid'),
      pidFile(bystander, path.join(dataDir, 'postgres')),
    )
    await writeFile(
      path.join(dataDir, 'postgres', '.s.PGSQL.5432.lock'),
      pidFile(bystander, path.join(dataDir, 'postgres')),
    )
    const server = await start(dataDir)
    expect(server.pid).not.toBe(bystander)
    await server.stop()
    expect(isRunning(bystander)).toBe(true)
  })

  test('a start that was killed half-way does not bar the next one', async () => {
    const dataDir = await aDataDir()
    await writeFile(path.join(dataDir, 'postgres.lock'), '999999999 123')
    await mkdir(path.join(dataDir, 'postgres.new'))
    await truncate(path.join(dataDir, 'postgres-runtime-18.4.0-beta.17', 'bin', 'postgres'), 1000)
    expect(await query(await start(dataDir), 'select 1 as value')).toEqual([1])
  })

  test('a lost password file is made anew', async () => {
    const dataDir = await aDataDir()
    await rm(path.join(dataDir, 'postgres-passwords.json'))
    expect(await query(await start(dataDir), 'select 1 as value')).toEqual([1])
  })
})

describe('what cannot be started says why', () => {
  const damage: { what: string; code: FailureCode; harm: (files: string, dataDir: string) => Promise<unknown> }[] = [
    {
      what: 'files of a newer PostgreSQL',
      code: 'DATABASE_FILES_OTHER_VERSION',
      harm: (files) => writeFile(path.join(files, 'PG_VERSION'), '21\n'),
    },
    { what: 'files without their head', code: 'DATABASE_DAMAGED', harm: (files) => rm(path.join(files, 'PG_VERSION')) },
    {
      what: 'a control file of zeros',
      code: 'DATABASE_DAMAGED',
      harm: (files) => writeFile(path.join(files, 'global', 'pg_control'), Buffer.alloc(8192)),
    },
    {
      what: 'a lost journal',
      code: 'DATABASE_DAMAGED',
      harm: (files) => rm(path.join(files, 'pg_wal'), { recursive: true }),
    },
    {
      what: 'a setting nobody can grant',
      code: 'DATABASE_START_FAILED',
      harm: (files) => writeFile(path.join(files, 'tongdan.local.conf'), 'shared_buffers = many\n'),
    },
  ]
  test.each(damage)('$what: $code', async ({ code, harm }) => {
    const dataDir = await aDataDir()
    await harm(path.join(dataDir, 'postgres'), dataDir)
    expect(await codeOf(startEmbedded({ dataDir }))).toBe(code)
  })

  test('a place where nothing may be written: FILE_FORBIDDEN', async () => {
    expect(await codeOf(startEmbedded({ dataDir: '/sys/tongdan-data' }))).toBe('FILE_FORBIDDEN')
  })

  test('a data directory that is a file: DATABASE_START_FAILED', async () => {
    const file = path.join(home, 'a-file')
    await writeFile(file, '')
    expect(await codeOf(startEmbedded({ dataDir: file }))).toBe('DATABASE_START_FAILED')
  })

  test.runIf(isRoot)('a socket folder that belongs to a stranger: DATABASE_ADDRESS_TAKEN', async () => {
    const dataDir = await aDataDir(`stranger-${'x'.repeat(100)}`)
    const server = await start(dataDir)
    await server.stop()
    await mkdir(server.connection.host)
    await chown(server.connection.host, 12_345, 12_345)
    expect(await codeOf(startEmbedded({ dataDir }))).toBe('DATABASE_ADDRESS_TAKEN')
    await rm(server.connection.host, { recursive: true })
  })

  test('a full disk: DISK_FULL, and no half-made database stays', async (context) => {
    const dataDir = path.join(home, 'small')
    await mkdir(dataDir)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=70m', 'tmpfs', dataDir])
    if (mounted.status !== 0) context.skip('no small disk can be mounted here')
    try {
      expect(await codeOf(startEmbedded({ dataDir }))).toBe('DISK_FULL')
      expect((await readdir(dataDir)).filter((name) => name.endsWith('.new') || name === 'postgres')).toEqual([])
    } finally {
      spawnSync('umount', [dataDir])
    }
  })
})

test('the log names no values of a refused row', async () => {
  const dataDir = await aDataDir()
  const server = await start(dataDir)
  await query(server, 'create table person (phone text unique)')
  const client = new pg.Client(server.connection)
  await client.connect()
  await client.query('insert into person values ($1)', ['13800001234'])
  await expect(client.query('insert into person values ($1)', ['13800001234'])).rejects.toThrow('duplicate')
  await client.end()
  const log = await readFile(path.join(dataDir, 'postgres.log'), 'utf8')
  expect(log).toContain('duplicate key')
  expect(log).not.toContain('13800001234')
})
