import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Failure } from '../../core/failures.ts'
import { type Cluster, serverEnvironment } from './embedded-cluster.ts'
import { readLogSince, readRefusal } from './embedded-failure.ts'
import { rotate } from './embedded-log.ts'
import { isRunning, readPidFile, servesCluster, signal, untilGone } from './embedded-process.ts'
import { makeSocketDir, socketDirOf, writeSettings } from './embedded-settings.ts'

const isWindows = process.platform === 'win32'
const startWithinMs = 600_000
const orphansLeaveWithinMs = 15_000
const run = promisify(execFile)

/** A server that is up. `child` is null when somebody else had started it. */
export interface Running {
  readonly pid: number
  readonly child: ChildProcess | null
  readonly host: string
  readonly port: number
}

/**
 * The server that has these files open already, once it takes connections; null when there is none. A pid file left behind by a
 * crash is made harmless, whoever has its number now.
 */
export async function findRunning(cluster: Cluster): Promise<Running | null> {
  const found = await readPidFile(cluster.dir)
  if (found === null) {
    await dropBrokenPidFile(cluster.dir)
    return null
  }
  if (!isRunning(found.pid)) return null
  if ((await servesCluster(found.pid, cluster.dir)) === false) {
    await disarmPidFile(cluster.dir)
    return null
  }
  while (isRunning(found.pid)) {
    const now = await readPidFile(cluster.dir)
    if (now?.pid === found.pid && now.isReady) return { pid: now.pid, child: null, ...addressOf(cluster, now.port) }
    await sleep(20)
  }
  return null
}

/** Starts the server and waits until it takes connections; after a crash it repairs itself first. */
export async function launch(cluster: Cluster, say: (message: string) => void): Promise<Running> {
  const giveUpAt = performance.now() + orphansLeaveWithinMs
  for (;;) {
    try {
      return await launchOnce(cluster, say)
    } catch (error) {
      // After a kill of the server alone its sessions need a moment to notice; until then their memory is in the way.
      const isHeldByOrphans =
        error instanceof Failure && /pre-existing shared memory/.test(String(error.details.reason))
      if (!isHeldByOrphans || performance.now() > giveUpAt) throw error
      await sleep(100)
    }
  }
}

/** Stops the server: sessions are ended, everything is on disk. Harder when that takes over a minute. */
export async function halt(cluster: Cluster, { pid }: Running): Promise<void> {
  if (!isRunning(pid) || (await servesCluster(pid, cluster.dir)) === false) return
  if (isWindows) {
    await run(cluster.runtime.pgCtl, ['stop', '-D', cluster.dir, '-m', 'fast', '-w', '-t', '60'], { windowsHide: true })
    return
  }
  for (const [name, withinMs] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signal(pid, name)
    if (await untilGone(pid, withinMs)) break
  }
  const socket = socketDirOf(cluster.dataDir, cluster.dir)
  if (socket.isApart) await rm(socket.dir, { recursive: true, force: true })
}

async function launchOnce(cluster: Cluster, say: (message: string) => void): Promise<Running> {
  await rotate(cluster.log)
  const port = isWindows ? await freePort() : 5432
  const socket = socketDirOf(cluster.dataDir, cluster.dir)
  if (socket.isApart && !isWindows) await makeSocketDir(socket.dir, cluster.account)
  // No server is up, so a socket that lies here is left from a crash; its lock may name anybody.
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(path.join(socket.dir, name), { force: true })
  await writeSettings(
    cluster,
    isWindows ? { kind: 'loopback', port } : { kind: 'socket', dirAsSeen: socket.isApart ? socket.dir : '.', port },
  )
  const log = await open(cluster.log, 'a', 0o600)
  const from = (await log.stat()).size
  try {
    const child = isWindows ? spawnByControl(cluster) : spawnServer(cluster, log.fd)
    const pid = await untilReady(cluster, child, { from, say })
    return { pid, child: isWindows ? null : child, ...addressOf(cluster, port) }
  } finally {
    await log.close()
  }
}

/** In a session of its own, so that Ctrl-C at the terminal reaches us and not the server: we stop it when all work is done. */
function spawnServer(cluster: Cluster, log: number): ChildProcess {
  const child = spawn(cluster.runtime.postgres, ['-D', cluster.dirAsSeen], {
    ...cluster.account,
    cwd: cluster.dir,
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  return child
}

/** On Windows the server may not hold administrator's rights; `pg_ctl` takes them off. [assumed: not run on Windows] */
function spawnByControl(cluster: Cluster): ChildProcess {
  return spawn(cluster.runtime.pgCtl, ['start', '-W', '-D', cluster.dir, '-l', cluster.log], {
    cwd: cluster.dir,
    env: serverEnvironment(),
    stdio: 'ignore',
    windowsHide: true,
  })
}

async function untilReady(
  cluster: Cluster,
  child: ChildProcess,
  { from, say }: { from: number; say: (message: string) => void },
): Promise<number> {
  let spawnError: Error | null = null
  child.on('error', (error) => {
    spawnError = error
  })
  const startedAt = performance.now()
  let hasSaid = false
  for (;;) {
    const found = await readPidFile(cluster.dir)
    if (found?.isReady && (isWindows || found.pid === child.pid)) return found.pid

    const hasEnded =
      spawnError !== null ||
      child.signalCode !== null ||
      (child.exitCode !== null && !(isWindows && child.exitCode === 0))
    if (hasEnded) {
      const words =
        spawnError === null
          ? await readLogSince(cluster.log, from)
          : `error while starting: cannot execute: ${String(spawnError)}`
      throw readRefusal(words, cluster.dir, cluster.log)
    }
    const tookMs = performance.now() - startedAt
    if (tookMs > startWithinMs)
      throw new Failure('DATABASE_START_FAILED', {
        reason: `not ready after ${startWithinMs / 1000} s`,
        log: cluster.log,
      })
    if (tookMs > 3_000 && !hasSaid) {
      hasSaid = true
      say('数据库正在从上次的中断中恢复，请稍候 / the database is recovering from an interruption')
    }
    await sleep(10)
  }
}

function addressOf(cluster: Cluster, port: number): { host: string; port: number } {
  return { host: isWindows ? '127.0.0.1' : socketDirOf(cluster.dataDir, cluster.dir).dir, port }
}

/**
 * Makes a pid file harmless whose number now belongs to some other program. The server ignores the number of the process that
 * starts it but still heeds the rest of the file, which names the shared memory of the crashed one.
 */
async function disarmPidFile(clusterDir: string): Promise<void> {
  const file = path.join(clusterDir, 'postmaster.pid')
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, [process.pid, ...rest].join('\n'))
}

/** A pid file cut short by a full disk or a power failure; it goes when no server has the files open. */
async function dropBrokenPidFile(clusterDir: string): Promise<void> {
  if (process.platform === 'linux') {
    for (const name of await readdir('/proc')) {
      if (/^\d+$/.test(name) && (await servesCluster(Number(name), clusterDir)) === true) return
    }
  }
  await rm(path.join(clusterDir, 'postmaster.pid'), { force: true })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
