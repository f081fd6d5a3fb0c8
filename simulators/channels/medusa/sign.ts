import { createHmac } from 'node:crypto'

/** What a signature of Standard Webhooks stands for. */
export interface Signed {
  /** Without a full stop, as is the timestamp. */
  readonly id: string
  /** Unix seconds. */
  readonly timestamp: string
  /** The raw body. */
  readonly body: string
}

/** `v1,<base64>` of HMAC-SHA256 over `{id}.{timestamp}.{body}`; a secret may be written without its prefix. Source: own-site.md 6.1 [doc SW]. */
export function sign(secret: string, { id, timestamp, body }: Signed): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
