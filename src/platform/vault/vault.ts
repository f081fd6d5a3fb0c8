import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { Failure } from '../../core/failures.ts'

/**
 * Secrets and personal data at rest: AES-256-GCM under keys derived from a ring of master keys. The newest key seals, older ones
 * still open, so a rotation needs no downtime. Fingerprints make sealed values findable: keyed, so that a stolen copy cannot be
 * searched by guessing phone numbers. They stay the same through rotations (their key is derived from the oldest).
 */
export interface Vault {
  readonly seal: (text: string) => Buffer
  /** Throws KEY_MISSING when the key is not in the ring or the bytes were altered. */
  readonly open: (sealed: Uint8Array) => string
  /** 64 keyed bits as decimal text, for a bigint column. `purpose` keeps phone and name fingerprints apart. */
  readonly fingerprint: (purpose: string, text: string) => string
  /** Which key sealed these bytes, and which one seals now; a rotation rewrites what differs. */
  readonly keyOf: (sealed: Uint8Array) => number
  readonly newestKey: number
}

/** A master key with its number; numbers rise. */
export interface MasterKey {
  readonly id: number
  readonly bytes: Buffer
}

const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + 1 + nonceBytes
const format = 1

/**
 * Opens with this ring. `reread` is asked for a newer ring when bytes turn up that a key sealed which is not in it: another process
 * has begun a rotation, and this one must go on without a restart.
 */
export function openVault(ring: readonly MasterKey[], reread: () => readonly MasterKey[] = () => []): Vault {
  let keys = deriveAll(ring)

  function keysFor(id: number): Keys {
    if (!keys.sealing.has(id)) {
      const newer = reread()
      if (newer.some((key) => key.id === id)) keys = deriveAll(newer)
    }
    return keys
  }

  return {
    seal: (text) => seal(text, keys.newest, keys.sealing.get(keys.newest)!),
    open: (sealed) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      return unseal(bytes, keysFor(bytes[1] ?? -1).sealing)
    },
    fingerprint: (purpose, text) =>
      createHmac('sha256', keys.finding)
        .update(purpose)
        .update('\0')
        .update(text)
        .digest()
        .readBigInt64BE(0)
        .toString(),
    keyOf: (sealed) => sealed[1] ?? -1,
    get newestKey() {
      return keys.newest
    },
  }
}

interface Keys {
  readonly sealing: ReadonlyMap<number, KeyObject>
  readonly finding: KeyObject
  readonly newest: number
}

function deriveAll(ring: readonly MasterKey[]): Keys {
  const keys = [...ring].sort((a, b) => a.id - b.id)
  const [oldest, newest] = [keys[0], keys.at(-1)]
  if (!oldest || !newest) throw new Failure('KEY_MISSING', { reason: '没有主密钥' })
  return {
    sealing: new Map(keys.map((key) => [key.id, derive(key.bytes, 'seal')])),
    finding: derive(oldest.bytes, 'fingerprint'),
    newest: newest.id,
  }
}

/** As a key object: handing node:crypto bare bytes makes it wrap them anew each time, five times the cost of a fingerprint. */
function derive(master: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `tongdan ${purpose}`, 32)))
}

function seal(text: string, id: number, key: KeyObject): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = cipher.update(text, 'utf8')
  return Buffer.concat([Buffer.from([format, id]), nonce, body, cipher.final(), cipher.getAuthTag()])
}

function unseal(sealed: Buffer, keys: ReadonlyMap<number, KeyObject>): string {
  const key = sealed[0] === format ? keys.get(sealed[1] ?? -1) : undefined
  if (!key || sealed.length < headBytes + tagBytes)
    throw new Failure('KEY_MISSING', { reason: `没有 ${sealed[1] ?? '?'} 号密钥` })
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(2, headBytes))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  try {
    return (
      decipher.update(sealed.subarray(headBytes, sealed.length - tagBytes), undefined, 'utf8') + decipher.final('utf8')
    )
  } catch (error) {
    throw new Failure('KEY_MISSING', { reason: '数据与密钥不符' }, error)
  }
}
