import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type HashName = 'md5' | 'sha1' | 'sha256'

/** Lower-case hex of a hash over the UTF-8 bytes of `text`. */
export function hashHex(hash: HashName, text: string): string {
  return createHash(hash).update(text, 'utf8').digest('hex')
}

/** Lower-case hex of a keyed hash over the UTF-8 bytes of `text`. */
export function hmacHex(hash: HashName, secret: string, text: string): string {
  return createHmac(hash, secret).update(text, 'utf8').digest('hex')
}

/** Whether two texts are the same, in a time that does not tell where they differ. For comparing signatures. */
export function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}
