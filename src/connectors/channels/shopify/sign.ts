import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { hmacHex } from '../../../kit/signing.ts'

/** The signature of a push: base64 of HMAC-SHA256 over the raw body with the app's client secret. Source: own-site.md 3 [doc S]. */
export function signWebhook(secret: string, body: string): string {
  return Buffer.from(hmacHex('sha256', secret, body), 'hex').toString('base64')
}

const Input = z.strictObject({ kind: z.literal('webhook'), secret: z.string(), body: z.string() })

/** What `inspect signature shopify` shows. Throws INPUT_INVALID naming the field. */
export function inspectSignature(input: unknown): { readonly signature: string } {
  const read = Input.safeParse(input)
  if (read.success) return { signature: signWebhook(read.data.secret, read.data.body) }
  const [issue] = read.error.issues
  throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'kind', problem: issue?.message ?? '' })
}
