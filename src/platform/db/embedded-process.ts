import { readFileSync } from 'node:fs'
import { readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What PostgreSQL writes into `postmaster.pid`: who it is and how far it has come. */
export interface PidFile {
  readonly pid: number
  readonly port: number
  readonly isReady: boolean
}

/** Reads `postmaster.pid`; null when there is none, or none that was written to the end. */
export async function readPidFile(clusterDir: string): Promise<PidFile | null> {
  const text = await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isSafeInteger(pid) || pid === 0) return null
  return { pid, port: Number(lines[3] ?? 0), isReady: lines[7] === 'ready' }
}

/** True while the process runs. One that has ended and only waits to be collected (a zombie) does not run. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return isCode(error, 'EPERM')
  }
  return processStat(pid)?.state !== 'Z'
}

/**
 * Tells one process from a later one with the same number: the time it started, in the kernel's ticks.
 * Null where the system does not say (anything but Linux).
 */
export function startMark(pid: number): string | null {
  return processStat(pid)?.startedAt ?? null
}

/**
 * Is `pid` the server that has `clusterDir` open? Null when the system cannot say; only Linux can.
 * A pid file alone proves nothing: after a crash its number may belong to anybody.
 */
export async function servesCluster(pid: number, clusterDir: string): Promise<boolean | null> {
  if (process.platform !== 'linux') return null
  try {
    const [program, place] = await Promise.all([readlink(`/proc/${pid}/exe`), readlink(`/proc/${pid}/cwd`)])
    return path.basename(program).startsWith('postgres') && path.resolve(place) === path.resolve(clusterDir)
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return false
    return isCode(error, 'EACCES') ? false : null
  }
}

/** Waits until the process is gone; false when it is still there after `withinMs`. */
export async function untilGone(pid: number, withinMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs
  while (isRunning(pid)) {
    if (performance.now() > giveUpAt) return false
    await sleep(10)
  }
  return true
}

/** Sends a signal; a process that is gone already is no fault. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!isCode(error, 'ESRCH')) throw error
  }
}

/** Is this an error of the system with that code (`ENOENT`, `EACCES`)? */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function processStat(pid: number): { state: string; startedAt: string } | null {
  if (process.platform !== 'linux') return null
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold blanks; fields are counted behind it. Source: proc(5) [doc].
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' }
  } catch {
    return null
  }
}
