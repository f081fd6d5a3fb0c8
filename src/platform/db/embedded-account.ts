import { lchown, lstat, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/** The account the server runs under when root runs the product; PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * Who is to run the server. Null: whoever runs the product. As root: the owner of the files that are there, else the system's
 * `postgres`, else `nobody`.
 */
export async function chooseAccount(clusterDir: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await lstat(clusterDir).catch(() => null)
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }

  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':')
    if (fields?.[2] && fields[3]) return { uid: Number(fields[2]) >>> 0, gid: Number(fields[3]) >>> 0 }
  }
  return { uid: 65_534, gid: 65_534 }
}

/** May `account` walk down to `place`? Judged by the permission bits of every folder on the way. */
export async function canReach(account: Account | null, place: string): Promise<boolean> {
  if (account === null) return true
  for (let folder = path.resolve(place); ; folder = path.dirname(folder)) {
    if (!mayEnter(account, await stat(folder))) return false
    if (folder === path.dirname(folder)) return true
  }
}

function mayEnter(account: Account, { uid, gid, mode }: { uid: number; gid: number; mode: number }): boolean {
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

/** Gives a file or a whole folder to `account`; links are given, not followed. */
export async function giveTo(account: Account | null, place: string): Promise<void> {
  if (account === null) return
  await give(place, account)
  const kind = await lstat(place)
  if (!kind.isDirectory()) return
  for (const entry of await readdir(place, { withFileTypes: true })) {
    const child = path.join(place, entry.name)
    await (entry.isDirectory() ? giveTo(account, child) : give(child, account))
  }
}

async function give(place: string, account: Account): Promise<void> {
  const { uid, gid } = await lstat(place)
  if (uid === account.uid && gid === account.gid) return
  await lchown(place, account.uid, account.gid)
}
