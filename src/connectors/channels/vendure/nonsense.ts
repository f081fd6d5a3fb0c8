import type { z } from 'zod'
import { ownFailures } from '../../../kit/nonsense.ts'

export const { strange, refused, notFound, alreadyDone, readAs } = ownFailures('vendure')

/**
 * `value` in the shape of `schema`, else the failure of `strange`, which names the field. The value itself is not
 * told.
 */
export function parsed<T>(
  schema: z.ZodType<T>,
  value: unknown,
  { what, isWrite }: { readonly what: string; readonly isWrite: boolean },
): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = [what, ...(issue?.path ?? [])].join('.')
  throw strange(`${field} 不合约定：${issue?.message ?? ''}`, isWrite, read.error)
}
