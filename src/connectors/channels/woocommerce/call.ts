import type { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { parseJson } from '../../../kit/json.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { notJson, readFailure } from './failure.ts'
import { manifest, type WooAccount } from './manifest.ts'
import { basicAuth } from './sign.ts'

/** One call. `path` is what follows `/wp-json`, such as `/wc/v3/orders`. */
export interface Call {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /**
   * True for every call of an operation that writes, also where it only looks: an earlier try of the operation may have been done, so
   * trouble on the way means that somebody looks first.
   */
  readonly isWrite: boolean
}

export interface Said {
  readonly value: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** Pure. Source: own-site.md 2.1 [doc]. */
function buildRequest({ credentials, address }: Pick<WooAccount, 'credentials' | 'address'>, call: Call) {
  const query = call.query === undefined ? '' : `?${new URLSearchParams(call.query)}`
  const body = call.body === undefined ? null : JSON.stringify(call.body)
  return {
    operation: call.operation,
    method: call.method,
    url: `${address}/wp-json${call.path}${query}`,
    headers: {
      accept: 'application/json',
      authorization: basicAuth(credentials.consumerKey, credentials.consumerSecret),
      ...(body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    },
    body,
    isWrite: call.isWrite,
  } satisfies OutgoingRequest
}

/**
 * The JSON that was answered. Throws the failure the answer means. WordPress answers 401, and not 403, only where it does not know who
 * asks; so whatever the code says then, the key is wrong or its header got lost [sdk]. Pure.
 */
export function readAnswer(call: Call, answer: Answer): Said {
  const reading = readFailure(answer)
  if (reading === null) return { value: parseJson(answer.body), headers: answer.headers }
  if (reading.code === notJson) throw strange(call, reading.reason)

  const isUnknownCaller = reading.code.startsWith('401')
  throw failureOf(manifest.id, isUnknownCaller ? { ...reading, class: 'config' } : reading, call.isWrite)
}

/** Build, send, read. Throws what `account.send` and `readAnswer` throw. */
export async function ask(account: WooAccount, call: Call): Promise<Said> {
  return readAnswer(call, await account.send(buildRequest(account, call)))
}

/** The answer to a call in the shape of `schema`, else the failure of `strange`, which names the field. The value itself is not told. */
export function parsed<T>(
  schema: z.ZodType<T>,
  value: unknown,
  { what, isWrite }: { what: string; isWrite: boolean },
): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = [what, ...(issue?.path ?? [])].join('.')
  throw strange({ isWrite }, `${field} 不合约定：${issue?.message ?? ''}`, read.error)
}

/** An answer that says neither yes nor no: nonsense, and after a write it may have happened. */
export function strange({ isWrite }: Pick<Call, 'isWrite'>, reason: string, cause?: unknown): Failure {
  return new Failure(isWrite ? 'CHANNEL_UNCLEAR' : 'CHANNEL_NONSENSE', { channel: manifest.id, reason }, cause)
}

export function refused(reason: string): Failure {
  return new Failure('CHANNEL_REFUSED', { channel: manifest.id, reason })
}
