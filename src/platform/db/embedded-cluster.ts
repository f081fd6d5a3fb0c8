import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, lstat, mkdir, mkdtemp, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import { type Account, canReach, giveTo } from './embedded-account.ts'
import { readRefusal } from './embedded-failure.ts'
import { isCode } from './embedded-process.ts'
import type { Runtime } from './embedded-runtime.ts'

/** One set of database files and how it is to be served. */
export interface Cluster {
  readonly dataDir: string
  /** The files themselves; what PostgreSQL calls the data directory. */
  readonly dir: string
  /** `dir` as the server is told it: by its path, or by way of the working directory when its account cannot walk there. */
  readonly dirAsSeen: string
  readonly log: string
  readonly account: Account | null
  readonly runtime: Runtime
  readonly durable: boolean
  readonly sharedBuffersMb: number
}

const Passwords = z.strictObject({ admin: z.string().regex(/^[\w-]+$/), program: z.string().regex(/^[\w-]+$/) })

/** The server's own administrator and the program's ordinary role; kept in a file that only its owner can read. */
export type Passwords = Readonly<z.infer<typeof Passwords>>

export const adminRole = 'postgres'

/** Reads the passwords; makes new ones on the first start, or when the file was lost or spoilt. */
export async function loadPasswords(dataDir: string): Promise<Passwords> {
  const file = path.join(dataDir, 'postgres-passwords.json')
  const known = await readFile(file, 'utf8').then(readPasswords, nullIfAbsent)
  if (known !== null) return known

  const passwords = { admin: newPassword(), program: newPassword() }
  const rough = `${file}.${randomUUID()}`
  const handle = await open(rough, 'wx', 0o600)
  await handle.writeFile(`${JSON.stringify(passwords)}\n`)
  await handle.sync()
  await handle.close()
  await rename(rough, file)
  return passwords
}

/** True when files are there. Throws when they are not whole, or of another major version. */
export async function hasCluster(dir: string, runtime: Runtime): Promise<boolean> {
  const names = await readdir(dir).catch(nullIfAbsent)
  if (names === null) return false
  if (names.length === 0) {
    await rmdir(dir)
    return false
  }
  const version = (await readFile(path.join(dir, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (!/^\d+$/.test(version) || !names.includes('global') || !names.includes('base'))
    throw new Failure('DATABASE_DAMAGED', { path: dir, reason: 'PG_VERSION, global/ or base/ is missing' })
  if (Number(version) !== runtime.major)
    throw new Failure('DATABASE_FILES_OTHER_VERSION', { path: dir, found: version, own: runtime.major })
  return true
}

/** Puts right what a copy or a restore may have changed: whose files they are, and that nobody else may look in. */
export async function adoptCluster({ dir, account }: Cluster): Promise<void> {
  await chmod(dir, 0o700)
  if (account === null) return
  const marks = await Promise.all(['.', 'PG_VERSION', 'global', 'base'].map((name) => lstat(path.join(dir, name))))
  if (marks.some(({ uid }) => uid !== account.uid)) await giveTo(account, dir)
}

/** Makes new database files beside their place and moves them there when they are whole. */
export async function makeCluster(cluster: Cluster, passwords: Passwords): Promise<void> {
  const rough = `${cluster.dir}.new`
  await rm(rough, { recursive: true, force: true })
  await mkdir(rough, { mode: 0o700 })
  await giveTo(cluster.account, rough)
  const notes = await mkdtemp(path.join(tmpdir(), 'tongdan-'))
  try {
    const passwordFile = path.join(notes, 'password')
    await writeFile(passwordFile, `${passwords.admin}\n`, { mode: 0o600 })
    await giveTo(cluster.account, notes)
    const { exitCode, output } = await runProgram(cluster.account, cluster.runtime.initdb, {
      cwd: rough,
      args: [
        `--pgdata=${(await canReach(cluster.account, rough)) ? rough : hereOnLinux}`,
        `--username=${adminRole}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(cluster.durable ? [] : ['--no-sync']),
      ],
    })
    if (exitCode !== 0) throw readRefusal(output, cluster.dir, cluster.log)
    await rename(rough, cluster.dir)
  } finally {
    await rm(notes, { recursive: true, force: true })
    await rm(rough, { recursive: true, force: true })
  }
}

/** Tells a stopped server a new administrator password, in its single-user mode. */
export async function resetAdminPassword(cluster: Cluster, passwords: Passwords): Promise<void> {
  const { exitCode, output } = await runProgram(cluster.account, cluster.runtime.postgres, {
    cwd: cluster.dir,
    args: ['--single', '-D', cluster.dirAsSeen, 'postgres'],
    input: `alter role ${adminRole} password '${passwords.admin}'\n`,
  })
  if (exitCode !== 0 || /ERROR/.test(output)) throw readRefusal(output, cluster.dir, cluster.log)
}

async function runProgram(
  account: Account | null,
  program: string,
  { cwd, args, input = '' }: { cwd: string; args: readonly string[]; input?: string },
): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(program, args, { ...account, cwd, env: serverEnvironment(), stdio: 'pipe', windowsHide: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      output += part.toString('utf8')
    })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return new Promise((resolve) => {
    child.on('error', (error) =>
      resolve({ exitCode: null, output: `error while starting ${program}: cannot execute: ${error.message}` }),
    )
    child.on('close', (exitCode) => resolve({ exitCode, output }))
  })
}

/** The working directory by another name. It lets the server's account use files below a folder it could not walk through. */
export const hereOnLinux = '/proc/self/cwd'

/** The server sees nothing of our environment, in which keys may stand. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  return { PATH, SystemRoot, TEMP, TMP, TZ: 'UTC', LC_ALL: 'C' }
}

function readPasswords(text: string): Passwords | null {
  try {
    return Passwords.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function nullIfAbsent(error: unknown): null {
  if (isCode(error, 'ENOENT')) return null
  throw error
}

const newPassword = () => randomBytes(24).toString('base64url')
