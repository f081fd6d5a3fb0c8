import { createCipheriv, createHash, createHmac } from 'node:crypto'

/** The platform's encryption of personal data. Source of all of it: jd.md 7 [sdk]. */
export interface TdeKey {
  /** 16 bytes that name the key in every ciphertext. */
  readonly id: Buffer
  /** 16 bytes: AES-128. */
  readonly secret: Buffer
}

export const service = 'svc-mubai'
export const voucherId = 'tde-voucher-0915'

/** Both are invented; the same at every start, so that what was stored yesterday still opens. */
export const key: TdeKey = { id: bytes('key id', 16), secret: bytes('key', 16) }
const voucherKey = bytes('voucher', 32)

function bytes(name: string, length: number): Buffer {
  return createHash('sha256').update(`simulated jd ${name}`).digest().subarray(0, length)
}

/** type 0, algorithm 4 (AES-CBC), key id, IV, data with PKCS#7 padding; the whole in base64. */
export function encryptWith({ id, secret }: TdeKey, iv: Buffer, plain: string): string {
  const cipher = createCipheriv('aes-128-cbc', secret, iv)
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([0, 4]), id, iv, data]).toString('base64')
}

/** The IV hangs on the text and where it stands, so that an order read twice is the same twice. Empty text stays empty. */
export function encrypt(plain: string, place: string): string {
  if (plain === '') return ''
  const iv = createHash('sha256').update(`${place}\n${plain}`).digest().subarray(0, 16)
  return encryptWith(key, iv, plain)
}

/** What a caller must prove that it holds the voucher's key: HMAC over this very text. */
export function masterKeySignature(ts: string, tid: string): string {
  return createHmac('sha256', voucherKey).update(`{"sdk_ver":2,"ts":${ts},"tid":"${tid}"}`).digest('base64')
}

export function keyDigest({ secret }: TdeKey): string {
  return createHash('sha256').update(secret).digest('base64')
}

/** How the platform signs the voucher itself is not known: the form is right, the proof is [assumed]. */
export function voucherText(effective: number, expired: number): string {
  const data = {
    act: 'invoke',
    effective,
    expired,
    id: voucherId,
    key: voucherKey.toString('base64'),
    service,
    stype: 1,
  }
  const sig = createHmac('sha256', key.secret).update(JSON.stringify(data)).digest('base64')
  return Buffer.from(JSON.stringify({ sig, data })).toString('base64url')
}
