import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { signWebhook } from '../../../kit/standard-webhooks.ts'

const Input = z.strictObject({
  kind: z.literal('standard-webhooks'),
  secret: z.string(),
  id: z.string(),
  timestamp: z.union([z.int().nonnegative().transform(String), z.string().regex(/^\d+$/)]),
  body: z.string(),
})

/**
 * What `inspect signature vendure` shows: calls carry a key and are not signed, so it is that of a push. Throws
 * INPUT_INVALID naming the field.
 */
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
    const field = error.message.startsWith('the secret') ? 'secret' : 'id'
    const problem = field === 'secret' ? '密钥不是 Base64' : 'id 里不能有点号'
    throw new Failure('INPUT_INVALID', { field, problem }, error)
  }
}
