import { createHmac } from 'node:crypto'

/** What is signed of a push. */
export interface SignedPush {
  readonly id: string
  /** Unix seconds, as sent. */
  readonly timestamp: string
  readonly body: string
}

/** The signature header of a push: HMAC-SHA256 over `{id}.{timestamp}.{body}`, written `v1,<base64>`. Source: own-site.md 6.1 [doc SW]. */
export function pushSignature(secret: string, { id, timestamp, body }: SignedPush): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
