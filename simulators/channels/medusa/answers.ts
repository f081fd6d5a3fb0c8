/** A refusal of the admin API: `{ type, message, code? }`. Types and statuses are [assumed] beside the sheet. */
export interface Fault extends Error {
  readonly status: number
  readonly type: FaultType
  /** A published limit was broken. */
  readonly breaksLimit: boolean
}

export type FaultType =
  | 'invalid_data'
  | 'not_allowed'
  | 'unauthorized'
  | 'not_found'
  | 'conflict'
  | 'duplicate_error'
  | 'unknown_error'
  | 'unexpected_state'
  | 'database_error'

const statuses: Readonly<Record<FaultType, number>> = {
  invalid_data: 400,
  not_allowed: 400,
  unauthorized: 401,
  not_found: 404,
  conflict: 409,
  duplicate_error: 422,
  unknown_error: 500,
  unexpected_state: 500,
  database_error: 500,
}

/** Throw it from behind a call. */
export function fault(type: FaultType, message: string, breaksLimit = false): Fault {
  return Object.assign(new Error(message), { type, status: statuses[type], breaksLimit })
}

export function isFault(error: unknown): error is Fault {
  return error instanceof Error && 'type' in error && 'breaksLimit' in error
}

/** Only failures of the server itself carry a code [assumed]. */
export function faultJson({ type, message, status }: Fault): Readonly<Record<string, string>> {
  return status >= 500 ? { code: type, type, message } : { type, message }
}

export const unauthorized = () => fault('unauthorized', 'Unauthorized')

export const notFound = (what: string, id: string) => fault('not_found', `${what} with id: ${id} was not found`)
