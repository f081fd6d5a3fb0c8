import { createCipheriv, createDecipheriv } from 'node:crypto'
import { hashHex } from '../../../kit/signing.ts'

/**
 * The signature of a callback: the texts sorted by their bytes and put together, SHA-1 in lower-case hex. The token is
 * always one of them, beside time and nonce; the ciphertext where there is one. Source: wechat-shop.md 11 [doc].
 */
export function signCallback(texts: readonly string[]): string {
  // All of them are ASCII, so comparing code units is comparing bytes.
  return hashHex('sha1', [...texts].sort().join(''))
}

const algorithm = 'aes-256-cbc'
const keyBytes = 32
const ivBytes = 16
const cipherBlock = 16
/** PKCS#7, but to blocks of 32 bytes; so the library's own padding stays off. */
const padBlock = 32
const saltBytes = 16
const lengthBytes = 4

/**
 * The message behind `Encrypt`, exactly as it was written; null when it was not written for this app with this key:
 * padding, length or app do not fit. Source: wechat-shop.md 11 [doc].
 */
export function decryptPush(encrypt: string, { encodingAesKey, appId }: CipherKey): string | null {
  const key = keyOf(encodingAesKey)
  const sealed = Buffer.from(encrypt, 'base64')
  if (key === null || sealed.length === 0 || sealed.length % cipherBlock !== 0) return null

  const decipher = createDecipheriv(algorithm, key, key.subarray(0, ivBytes)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(sealed), decipher.final()])
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > padBlock || pad > padded.length) return null

  const plain = padded.subarray(0, padded.length - pad)
  const begin = saltBytes + lengthBytes
  if (plain.length < begin) return null
  const end = begin + plain.readUInt32BE(saltBytes)
  if (end > plain.length || plain.toString('utf8', end) !== appId) return null
  return plain.toString('utf8', begin, end)
}

export interface CipherKey {
  readonly encodingAesKey: string
  readonly appId: string
}

/**
 * What the platform makes of a message: for vectors, since a shop answers in clear text. `random` is 16 bytes. Throws
 * RangeError on others.
 */
export function encryptPush(message: string, random: string, { encodingAesKey, appId }: CipherKey): string {
  const key = keyOf(encodingAesKey)
  if (key === null) throw new RangeError('encodingAESKey')
  if (Buffer.byteLength(random) !== saltBytes) throw new RangeError('random')

  const text = Buffer.from(message, 'utf8')
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([Buffer.from(random), length, text, Buffer.from(appId)])
  const pad = padBlock - (plain.length % padBlock)
  const cipher = createCipheriv(algorithm, key, key.subarray(0, ivBytes)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64')
}

function keyOf(encodingAesKey: string): Buffer | null {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  return key.length === keyBytes ? key : null
}
