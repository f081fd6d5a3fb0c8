import type { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { manifest } from './manifest.ts'

/** An answer that says neither yes nor no: nonsense, and within an operation that writes it may have happened. */
export function strange({ isWrite }: { readonly isWrite: boolean }, reason: string, cause?: unknown): Failure {
  return new Failure(isWrite ? 'CHANNEL_UNCLEAR' : 'CHANNEL_NONSENSE', { channel: manifest.id, reason }, cause)
}

export function refused(reason: string): Failure {
  return new Failure('CHANNEL_REFUSED', { channel: manifest.id, reason })
}

export function notFound(reason: string): Failure {
  return new Failure('CHANNEL_NOT_FOUND', { channel: manifest.id, reason })
}

export function alreadyDone(reason: string): Failure {
  return new Failure('CHANNEL_ALREADY_DONE', { channel: manifest.id, reason })
}

/** `value` in the shape of `schema`, else the failure of `strange`, which names the field. The value itself is not told. */
export function parsed<T>(
  schema: z.ZodType<T>,
  value: unknown,
  { what, isWrite }: { readonly what: string; readonly isWrite: boolean },
): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = [what, ...(issue?.path ?? [])].join('.')
  throw strange({ isWrite }, `${field} 不合约定：${issue?.message ?? ''}`, read.error)
}
