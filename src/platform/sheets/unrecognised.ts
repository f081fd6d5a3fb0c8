import { Failure } from '../../core/failures.ts'

/** A file we cannot read; `reason` says in Chinese what is wrong and what to do next. */
export function unrecognised(reason: string, cause?: unknown): Failure {
  return new Failure('IMPORT_UNRECOGNISED', { reason }, cause)
}
