import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { signWebhook } from '../../../kit/standard-webhooks.ts'

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

const timestamp = z.union([z.int().nonnegative().transform(String), z.string().regex(/^\d+$/)])
const Input = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('standard-webhooks'),
    secret: z.string(),
    id: z.string(),
    timestamp,
    body: z.string(),
  }),
  z.strictObject({
    kind: z.literal('call'),
    secret: z.string(),
    id: z.string(),
    timestamp,
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
  const read = Input.safeParse(input)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'kind', problem: issue?.message ?? '' })
  }

  try {
    return {
      signature:
        read.data.kind === 'call' ? signCall(read.data.secret, read.data) : signWebhook(read.data.secret, read.data),
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const field = error.message.startsWith('the secret') ? 'secret' : 'id'
    const problem = field === 'secret' ? '密钥不是 Base64' : 'id 和 timestamp 里不能有点号'
    throw new Failure('INPUT_INVALID', { field, problem }, error)
  }
}
