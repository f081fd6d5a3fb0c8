import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../../core/failures.ts'
import { type MasterKey, openVault, type Vault } from './vault.ts'

const keyBytes = 32

/** Where the ring is kept. */
export interface KeyPlace {
  readonly file: string
  /** `1:base64,2:base64`; takes the file's place when given. */
  readonly fromEnvironment?: string | undefined
}

/**
 * The vault of this installation. With keys from a file it goes on when another process rotates them: it reads the file again on
 * meeting a key it does not know. Throws KEY_MISSING.
 */
export async function openKeptVault(place: KeyPlace): Promise<Vault> {
  const ring = await loadKeys(place)
  return place.fromEnvironment ? openVault(ring) : openVault(ring, () => rereadKeys(place.file))
}

/**
 * The ring of master keys: from `TONGDAN_MASTER_KEY` (`1:base64,2:base64`) or from a file of mode 600, made on first use.
 * Whoever loses it loses every secret and every receiver; the backup guide says where to keep a copy.
 * Throws KEY_MISSING when the file may be read by others or a key has not 32 bytes.
 */
export async function loadKeys(options: KeyPlace): Promise<MasterKey[]> {
  if (options.fromEnvironment) return parseRing(options.fromEnvironment.split(','), 'TONGDAN_MASTER_KEY')

  const text = await readFile(options.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new Failure('KEY_MISSING', { reason: `读不了 ${options.file}` }, error)
  })
  if (text === null) return createRing(options.file)

  const { mode } = await stat(options.file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Failure('KEY_MISSING', { reason: `${options.file} 能被其他用户读取，请执行 chmod 600` })
  }
  return parseRing(text.split('\n').filter(Boolean), options.file)
}

/** The ring as the file holds it now, for a vault that meets a key it does not know. Throws KEY_MISSING. */
export function rereadKeys(file: string): MasterKey[] {
  return parseRing(readFileSync(file, 'utf8').split('\n').filter(Boolean), file)
}

/** Adds a new key, which seals from the next start on. Gives its number. */
export async function addKey(file: string): Promise<number> {
  const ring = await loadKeys({ file })
  const id = Math.max(...ring.map((key) => key.id)) + 1
  if (id > 255) throw new Failure('KEY_MISSING', { reason: '密钥编号用完' })
  await writeRing(file, [...ring, { id, bytes: randomBytes(keyBytes) }])
  return id
}

async function createRing(file: string): Promise<MasterKey[]> {
  const ring = [{ id: 1, bytes: randomBytes(keyBytes) }]
  await mkdir(path.dirname(file), { recursive: true })
  await writeRing(file, ring)
  return ring
}

async function writeRing(file: string, ring: readonly MasterKey[]): Promise<void> {
  const aside = `${file}.new`
  await writeFile(aside, `${ring.map((key) => `${key.id}:${key.bytes.toString('base64')}`).join('\n')}\n`, {
    mode: 0o600,
  })
  await chmod(aside, 0o600)
  await rename(aside, file)
}

function parseRing(lines: readonly string[], source: string): MasterKey[] {
  return lines.map((line) => {
    const match = /^(\d{1,3}):([A-Za-z0-9+/=_-]+)$/.exec(line.trim())
    const bytes = Buffer.from(match?.[2] ?? '', 'base64')
    const id = Number(match?.[1])
    if (!match || bytes.length !== keyBytes || id > 255)
      throw new Failure('KEY_MISSING', { reason: `${source} 里有一行不是密钥` })
    return { id, bytes }
  })
}
