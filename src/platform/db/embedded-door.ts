import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../../core/failures.ts'
import { isCode, isRunning, startMark } from './embedded-process.ts'

const patienceMs = 120_000

/** Runs `work` while no other process starts or stops the server of this data directory. */
export async function throughDoor<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const door = path.join(dataDir, 'postgres.lock')
  await enter(door)
  try {
    return await work()
  } finally {
    await rm(door, { force: true })
  }
}

/** Notes that this process uses the server. Gives the mark to take away again. Only inside `throughDoor`. */
export async function addHolder(dataDir: string): Promise<string> {
  const folder = holdersOf(dataDir)
  await mkdir(folder, { recursive: true })
  const mark = path.join(folder, randomUUID())
  await writeFile(mark, signature())
  return mark
}

/** Takes a mark away and says whether some other living process still uses the server. Only inside `throughDoor`. */
export async function removeHolder(dataDir: string, mark: string): Promise<{ othersRemain: boolean }> {
  await rm(mark, { force: true })
  const folder = holdersOf(dataDir)
  const names = await readdir(folder).catch(() => [])
  let living = 0
  for (const name of names) {
    const file = path.join(folder, name)
    if (isSignatureAlive(await readFile(file, 'utf8').catch(() => ''))) living += 1
    else await rm(file, { force: true })
  }
  return { othersRemain: living > 0 }
}

async function enter(door: string): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  while (!(await tryEnter(door))) {
    const owner = await readFile(door, 'utf8').catch(() => null)
    if (owner !== null && (await isAbandoned(door, owner))) await forceOpen(door, owner)
    if (performance.now() > giveUpAt)
      throw new Failure('DATABASE_START_FAILED', { reason: `${door} is held by another process`, log: door })
    await sleep(25)
  }
}

/** An empty lock is one being written just now, unless it has been empty for long. */
async function isAbandoned(door: string, owner: string): Promise<boolean> {
  if (owner !== '') return !isSignatureAlive(owner)
  const { mtimeMs } = await stat(door).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
  return Date.now() - mtimeMs > 5_000
}

async function tryEnter(door: string): Promise<boolean> {
  try {
    const file = await open(door, 'wx', 0o600)
    await file.writeFile(signature())
    await file.close()
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Removes the lock of a process that died. Renamed first, so that of two who try, one wins and the other's fresh lock stays. */
async function forceOpen(door: string, owner: string): Promise<void> {
  const aside = `${door}.${randomUUID()}`
  try {
    await rename(door, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const moved = await readFile(aside, 'utf8').catch(() => owner)
  if (moved !== owner) await rename(aside, door)
  else await rm(aside, { force: true })
}

const holdersOf = (dataDir: string) => path.join(dataDir, 'postgres-holders')

const signature = () => `${process.pid} ${startMark(process.pid) ?? '-'}`

function isSignatureAlive(text: string): boolean {
  const [pid = '', mark = '-'] = text.split(' ')
  if (!/^\d+$/.test(pid) || !isRunning(Number(pid))) return false
  const now = startMark(Number(pid))
  return mark === '-' || now === null || now === mark
}
