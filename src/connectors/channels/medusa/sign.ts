import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { signWebhook } from '../../../kit/standard-webhooks.ts'

/** The header of a call: HTTP Basic, the secret key as user and no password. Source: own-site.md 5.1 [sdk M]. */
export function basicAuth(secretKey: string): string {
  return `Basic ${Buffer.from(`${secretKey}:`, 'utf8').toString('base64')}`
}

const Input = z.strictObject({
  kind: z.literal('standard-webhooks'),
  secret: z.string(),
  id: z.string(),
  timestamp: z.union([z.int().nonnegative().transform(String), z.string().regex(/^\d+$/)]),
  body: z.string(),
})

/** What `inspect signature medusa` shows: kind `standard-webhooks`, an event of the shop. Throws INPUT_INVALID naming the field. */
export function inspectSignature(input: unknown): { readonly signature: string } {
  const read = Input.safeParse(input)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'kind', problem: issue?.message ?? '' })
  }

  try {
    return { signature: signWebhook(read.data.secret, read.data) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const isSecret = error.message.startsWith('the secret')
    const problem = isSecret ? '密钥不是 Base64' : 'id 和 timestamp 里不能有点号'
    throw new Failure('INPUT_INVALID', { field: isSecret ? 'secret' : 'id', problem }, error)
  }
}
