import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { hmacHex } from '../../../kit/signing.ts'

/** The header of a call over HTTPS: HTTP Basic, the key as user and the secret as password. Source: own-site.md 2.1 [doc]. */
export function basicAuth(consumerKey: string, consumerSecret: string): string {
  return `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`, 'utf8').toString('base64')}`
}

/** The signature of an event: Base64 of the HMAC-SHA256 over the raw body. Source: own-site.md 2.4 [doc]. */
export function signWebhook(secret: string, body: string): string {
  return Buffer.from(hmacHex('sha256', secret, body), 'hex').toString('base64')
}

const Input = z.strictObject({ kind: z.literal('webhook'), secret: z.string(), body: z.string() })

/** What `inspect signature woocommerce` shows: kind `webhook` with secret and raw body. Throws INPUT_INVALID naming the field. */
export function inspectSignature(input: unknown): { readonly signature: string } {
  const read = Input.safeParse(input)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'kind', problem: issue?.message ?? '' })
  }
  return { signature: signWebhook(read.data.secret, read.data.body) }
}
