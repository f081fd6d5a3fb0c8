import { createDecipheriv, createHmac } from 'node:crypto'

/** A ciphertext taken apart: the number of its key, and what the key opens. */
interface Cipher {
  readonly keyNo: string
  readonly start: Buffer
  readonly data: Buffer
}

const plainType = 0
const aesCbc = 4
const blockBytes = 16
const headBytes = 2 + 2 * blockBytes

/**
 * Takes a personal field apart: base64 of a type, an algorithm, the key's number, the start vector, and the data. Null where the text is no
 * ciphertext. Source: jd.md 7 [sdk G].
 */
export function readCipher(text: string): Cipher | null {
  if (!/^[A-Za-z0-9+/]{64,}={0,2}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  const isWhole = bytes.length > headBytes && (bytes.length - headBytes) % blockBytes === 0
  if (!isWhole || bytes[0] !== plainType || bytes[1] !== aesCbc) return null
  return {
    keyNo: bytes.subarray(2, 2 + blockBytes).toString('base64'),
    start: bytes.subarray(2 + blockBytes, headBytes),
    data: bytes.subarray(headBytes),
  }
}

/**
 * The plain text behind a field; text that is no ciphertext stays. `keys` are by number, both in base64. Throws RangeError where the key is
 * missing or does not fit. Source: jd.md 7 [sdk G].
 */
export function decrypt(text: string, keys: ReadonlyMap<string, string>): string {
  const cipher = readCipher(text)
  if (cipher === null) return text
  const key = keys.get(cipher.keyNo)
  if (key === undefined) throw new RangeError('no key for this text')
  try {
    const open = createDecipheriv('aes-128-cbc', Buffer.from(key, 'base64'), cipher.start)
    return Buffer.concat([open.update(cipher.data), open.final()]).toString('utf8')
  } catch (error) {
    throw new RangeError('the key does not fit this text', { cause: error })
  }
}

/** The proof that we hold a voucher: a keyed hash over the request for the master keys, key and hash in base64. Source: jd.md 7 [sdk G]. */
export function voucherSignature(key: string, { ts, tid }: { readonly ts: number; readonly tid: string }): string {
  return createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`{"sdk_ver":2,"ts":${ts},"tid":"${tid}"}`, 'utf8')
    .digest('base64')
}
