import type { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { parseJson } from '../../../kit/json.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { hashHex } from '../../../kit/signing.ts'
import { notJson, readFailure } from './failure.ts'
import { type Credentials, manifest } from './manifest.ts'
import { signCall } from './sign.ts'

/** One call of the contract. `path` starts with `/oms/v1` and carries the query. */
export interface Call {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body: unknown
  /** True when the path names one order: only then is 404 about an order and not about the address. */
  readonly namesOrder: boolean
}

/** Signs a call. The id must be new for every call: the site refuses one it has seen. Pure. */
export function buildRequest(
  account: Pick<Account<Credentials>, 'credentials' | 'address'>,
  call: Call,
  { id, at }: { readonly id: string; readonly at: number },
): OutgoingRequest {
  const url = new URL(account.address + call.path)
  const timestamp = String(Math.floor(at / 1000))
  const body = call.body === null ? '' : JSON.stringify(call.body)
  const target = url.pathname + url.search
  return {
    operation: call.operation,
    method: call.method,
    url: url.href,
    headers: {
      accept: 'application/json',
      ...(call.body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signCall(account.credentials.secret, { id, timestamp, method: call.method, target, body }),
      'oms-signed-target': '1',
    },
    body: call.body === null ? null : body,
    isWrite: isWrite(call),
  }
}

/**
 * The JSON that was answered, undefined for an empty body. Throws the failure the answer means; a page in the place of JSON is
 * CHANNEL_NONSENSE for a read, CHANNEL_UNCLEAR for a write, since it may have been done. Pure.
 */
export function readAnswer(call: Call, answer: Answer): unknown {
  const reading = readFailure(answer)
  if (reading === null) return answer.body.trim() === '' ? undefined : parseJson(answer.body)
  if (reading.code === notJson && !isWrite(call)) throw nonsense(reading.reason)

  const isWrongAddress = reading.class === 'not-found' && !call.namesOrder
  if (!isWrongAddress) throw failureOf(manifest.id, reading, isWrite(call))
  const [path] = call.path.split('?')
  throw failureOf(manifest.id, { ...reading, class: 'config', reason: `网站没有 ${path} 接口` }, isWrite(call))
}

/** Build, send, read. Throws what `account.send` and `readAnswer` throw. */
export async function ask(account: Account<Credentials>, call: Call): Promise<unknown> {
  asked += 1
  const at = account.now()
  const request = buildRequest(account, call, { id: requestId(call, at, asked), at })
  return readAnswer(call, await account.send(request))
}

let asked = 0

/**
 * New for every call, without chance: time, a running number of this process and a hash of the call. Two processes share one only if both make
 * the very same call in the same millisecond under the same number; then the site refuses the second, which is read again or checked.
 */
export function requestId(call: Call, at: number, count: number): string {
  const content = JSON.stringify([call.method, call.path, call.body])
  return `req_${at.toString(36)}_${count.toString(36)}_${hashHex('sha256', content).slice(0, 16)}`
}

/** `value` in the shape of `schema`, else CHANNEL_NONSENSE saying which field of `what` is wrong. The value itself is not told. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = [what, ...(issue?.path ?? [])].join('.')
  throw nonsense(`${field} 不合约定：${issue?.message ?? ''}`, read.error)
}

export function nonsense(reason: string, cause?: unknown): Failure {
  return new Failure('CHANNEL_NONSENSE', { channel: manifest.id, reason }, cause)
}

function isWrite(call: Call): boolean {
  return call.method !== 'GET'
}
