import { z } from 'zod'
import { signWebhook } from '../../../kit/standard-webhooks.ts'
import { readVector, signedBy, WebhookVector } from '../../../kit/webhook-vector.ts'

/** One call of ours as the site sees it. `target` is path and query exactly as sent. */
export interface SignedCall {
  readonly id: string
  /** Unix seconds. */
  readonly timestamp: string
  readonly method: string
  readonly target: string
  /** Empty text where the call has no body. */
  readonly body: string
}

/**
 * The signature of a call: Standard Webhooks over `METHOD SP target LF body`, so that it is worth nothing on another path.
 * Source: own-site.md 6.2 [rule].
 */
export function signCall(secret: string, { id, timestamp, method, target, body }: SignedCall): string {
  return signWebhook(secret, { id, timestamp, body: `${method} ${target}\n${body}` })
}

const Input = z.discriminatedUnion('kind', [
  WebhookVector,
  WebhookVector.extend({
    kind: z.literal('call'),
    method: z.string(),
    target: z.string().startsWith('/'),
    body: z.string().default(''),
  }),
])

/**
 * What `inspect signature generic` shows: kind `standard-webhooks` for an event, `call` for a request with method and target.
 * Throws INPUT_INVALID naming the field.
 */
export function inspectSignature(input: unknown): { readonly signature: string } {
  const read = readVector(Input, input)
  return signedBy(() => (read.kind === 'call' ? signCall(read.secret, read) : signWebhook(read.secret, read)))
}
