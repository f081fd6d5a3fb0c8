import { z } from 'zod'
import { Failure } from '../core/failures.ts'
import { signWebhook } from './standard-webhooks.ts'

/** What `inspect signature` is given of an event signed by Standard Webhooks. */
export const WebhookVector = z.strictObject({
  kind: z.literal('standard-webhooks'),
  secret: z.string(),
  id: z.string(),
  /** Unix seconds, as number or text. */
  timestamp: z.union([z.int().nonnegative().transform(String), z.string().regex(/^\d+$/)]),
  body: z.string(),
})

/** The vector in the shape of `schema`. Throws INPUT_INVALID naming the field. */
export function readVector<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'kind', problem: issue?.message ?? '' })
}

/** What signing gives. Throws INPUT_INVALID for a secret or number that nothing can be signed with. */
export function signedBy(sign: () => string): { readonly signature: string } {
  try {
    return { signature: sign() }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const isSecret = error.message.startsWith('the secret')
    const problem = isSecret ? '密钥不是 Base64' : 'id 和 timestamp 里不能有点号'
    throw new Failure('INPUT_INVALID', { field: isSecret ? 'secret' : 'id', problem }, error)
  }
}

/** What `inspect signature` shows of a channel whose events alone are signed. Throws INPUT_INVALID naming the field. */
export function inspectWebhookSignature(input: unknown): { readonly signature: string } {
  const vector = readVector(WebhookVector, input)
  return signedBy(() => signWebhook(vector.secret, vector))
}
