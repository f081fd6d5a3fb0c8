import { createHmac, timingSafeEqual } from 'node:crypto'

/** What is signed: the three headers' values and, as text, the third part of the signed content. */
export interface SignedMessage {
  readonly id: string
  /** Unix seconds, as sent. */
  readonly timestamp: string
  /** The raw body of a push; of a call to the shop, METHOD SP target LF body. */
  readonly content: string | Buffer
}

/** A message as it came in: any header may be missing. */
export interface ReceivedMessage {
  readonly id: string | undefined
  readonly timestamp: string | undefined
  /** The whole webhook-signature header: entries parted by spaces. */
  readonly signatures: string | undefined
  readonly content: string | Buffer
}

export type Verdict = 'accepted' | 'signature' | 'timestamp'

/** Seconds a timestamp may be off. Source: own-site.md 6.1 [doc SW]. */
const toleranceSeconds = 300

/**
 * One entry of the webhook-signature header: HMAC-SHA256 over `{id}.{timestamp}.{content}`, written `v1,<base64>`.
 * Source: own-site.md 6.1 [doc SW].
 */
export function sign(secret: string, { id, timestamp, content }: SignedMessage): string {
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(content)
  return `v1,${mac.digest('base64')}`
}

/** The third part of the signed content of a call to the shop; `target` is path plus query exactly as sent. Source: own-site.md 6.2. */
export function callContent(method: string, target: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${method} ${target}\n`), body])
}

/**
 * Whether one of the signatures in the header was made with one of the live secrets, at a time near `nowMs`. All entries are
 * looked at and unknown versions are skipped. Source: own-site.md 6.1 [doc SW].
 */
export function verify(secrets: readonly string[], message: ReceivedMessage, nowMs: number): Verdict {
  const { id, timestamp, content, signatures } = message
  if (!id || !timestamp || !signatures || id.includes('.')) return 'signature'
  if (!/^\d{1,12}$/.test(timestamp)) return 'timestamp'
  if (Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) > toleranceSeconds) return 'timestamp'

  const offered = signatures.split(' ').filter((entry) => entry.startsWith('v1,'))
  const expected = secrets.map((secret) => sign(secret, { id, timestamp, content }))
  return offered.some((entry) => expected.some((ours) => sameText(entry, ours))) ? 'accepted' : 'signature'
}

/** The bytes of a secret written with or without `whsec_`, with or without padding. */
function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
