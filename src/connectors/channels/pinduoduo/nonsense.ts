import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'

/** An answer that says neither yes nor no. After a write it may have happened. */
export function strange(reason: string, isWrite = false, cause?: unknown): Failure {
  return new Failure(isWrite ? 'CHANNEL_UNCLEAR' : 'CHANNEL_NONSENSE', { channel: 'pinduoduo', reason }, cause)
}

/** A refusal of our own making, in words that say what to do. */
export function refused(reason: string): Failure {
  return new Failure('CHANNEL_REFUSED', { channel: 'pinduoduo', reason })
}

/** Turns "this is not what the platform describes" into CHANNEL_NONSENSE naming the fields; any other fault is ours and goes on. */
export function readAs<Value>(what: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof z.ZodError) {
      const paths = error.issues.map((issue) => issue.path.join('.') || 'root')
      throw strange(`${what}: ${[...new Set(paths)].slice(0, 5).join(', ')}`, false, error)
    }
    if (error instanceof RangeError) throw strange(`${what}: ${error.message}`, false, error)
    throw error
  }
}
