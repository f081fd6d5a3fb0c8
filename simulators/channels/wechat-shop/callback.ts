import { createCipheriv, createHash } from 'node:crypto'

/** Lower-case hex SHA-1 of the strings, sorted by byte order and put together. Source: wechat-shop.md 11 [doc]. */
export function signatureOf(...parts: readonly string[]): string {
  const sorted = parts.map((part) => Buffer.from(part)).sort((a, b) => Buffer.compare(a, b))
  return createHash('sha1').update(Buffer.concat(sorted)).digest('hex')
}

export interface Sealing {
  /** 43 letters and digits. */
  readonly encodingAesKey: string
  readonly appId: string
  /** Sixteen characters by chance. */
  readonly random: string
}

const block = 32

/**
 * The `Encrypt` of a push: AES-256-CBC over sixteen random bytes, the length of the message (32 bits, big-endian), the
 * message and the appid, filled up to whole blocks of 32. Source: wechat-shop.md 11 [doc].
 */
export function seal(message: string, { encodingAesKey, appId, random }: Sealing): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([Buffer.from(random), length, body, Buffer.from(appId)])
  const pad = block - (plain.length % block)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  )
}
