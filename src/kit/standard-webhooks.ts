import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto'

/**
 * Standard Webhooks: who sent a body, and when. Three headers, `webhook-id`, `webhook-timestamp` (unix seconds) and
 * `webhook-signature`, a list of `version,signature` parted by spaces. Source: own-site.md 6.1 [doc].
 */
export interface SignedContent {
  readonly id: string
  /** Unix seconds, as text of digits. */
  readonly timestamp: string
  readonly body: string
}

/** What a receiver may check with: the shared secret (`v1`) and, where there is one, the sender's public key (`v1a`). */
export interface WebhookKeys {
  readonly secret: string
  readonly publicKey?: string | null | undefined
}

export type WebhookRefusal =
  | 'missing-header'
  | 'malformed-header'
  | 'too-old'
  | 'too-new'
  | 'signature'
  /** The secret or public key on our side cannot be read. */
  | 'unusable-key'

/** How far the clocks of both sides may be apart. Source: own-site.md 6.1 [doc], tolerance of the reference libraries. */
export const webhookToleranceS = 300

/** `v1,<base64>`: HMAC-SHA256 over id, timestamp and body. Throws RangeError when the secret is no base64 or the id contains a full stop. */
export function signWebhook(secret: string, content: SignedContent): string {
  const key = readSecret(secret)
  if (key === null) throw new RangeError('the secret is not base64')
  if (!isWellFormed(content)) throw new RangeError('webhook-id and webhook-timestamp may not contain a full stop')
  return `v1,${mac(key, content).toString('base64')}`
}

/** Null when the push is genuine and fresh, else why not. Unknown versions are skipped; every signature of the list is tried. */
export function refusalOf(
  keys: WebhookKeys,
  push: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  nowMs: number,
): WebhookRefusal | null {
  const read = headersOf(push.headers)
  if (read === null) return 'missing-header'
  const content = { id: read.id, timestamp: read.timestamp, body: push.body }
  if (!isWellFormed(content)) return 'malformed-header'

  const ageS = Math.floor(nowMs / 1000) - Number(content.timestamp)
  if (ageS > webhookToleranceS) return 'too-old'
  if (ageS < -webhookToleranceS) return 'too-new'
  return signatureRefusal(keys, content, read.signatures)
}

/** The number of an event, which stays the same when it is sent again; empty where there is none. */
export function webhookIdOf(headers: Readonly<Record<string, string>>): string {
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'webhook-id')
  return entry?.[1].trim() ?? ''
}

/** The bytes of a secret: base64 with or without the prefix `whsec_`, with or without padding; null when it is none. */
export function readSecret(secret: string): Buffer | null {
  return readBase64(secret.trim().replace(/^whsec_/, ''))
}

/** The 32 bytes of an ed25519 public key, with or without the prefix `whpk_`; null when it is none. */
export function readPublicKey(publicKey: string): Buffer | null {
  const bytes = readBase64(publicKey.trim().replace(/^whpk_/, ''))
  return bytes?.length === 32 ? bytes : null
}

function signatureRefusal(keys: WebhookKeys, content: SignedContent, signatures: string): WebhookRefusal | null {
  const secret = readSecret(keys.secret)
  const publicKey = keys.publicKey ? readPublicKey(keys.publicKey) : null
  if (secret === null || (keys.publicKey && publicKey === null)) return 'unusable-key'

  const expected = mac(secret, content)
  const isGenuine = signatures.split(' ').some((entry) => {
    const [version, text = ''] = entry.split(',', 2)
    const signature = readBase64(text)
    if (signature === null) return false
    if (version === 'v1') return signature.length === expected.length && timingSafeEqual(signature, expected)
    return version === 'v1a' && publicKey !== null && isSignedBy(publicKey, content, signature)
  })
  return isGenuine ? null : 'signature'
}

function headersOf(headers: Readonly<Record<string, string>>) {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]))
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((part) => lower.get(`webhook-${part}`))
  return id && timestamp && signatures ? { id, timestamp, signatures } : null
}

function isWellFormed({ id, timestamp }: SignedContent): boolean {
  return id !== '' && !id.includes('.') && /^\d{1,12}$/.test(timestamp)
}

function signedText({ id, timestamp, body }: SignedContent): string {
  return `${id}.${timestamp}.${body}`
}

function mac(key: Buffer, content: SignedContent): Buffer {
  return createHmac('sha256', key).update(signedText(content), 'utf8').digest()
}

function isSignedBy(publicKey: Buffer, content: SignedContent, signature: Buffer): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk',
  })
  return signature.length === 64 && verify(null, Buffer.from(signedText(content), 'utf8'), key, signature)
}

function readBase64(text: string): Buffer | null {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) return null
  return Buffer.from(text, 'base64')
}
