import type { z } from 'zod'
import { failureOf } from '../../../kit/failure-class.ts'
import { parseJson } from '../../../kit/json.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { notJson, readFailure } from './failure.ts'
import { type MedusaAccount, manifest } from './manifest.ts'
import { strange } from './nonsense.ts'
import { basicAuth } from './sign.ts'

/** One call. `path` is what follows `/admin`, such as `/orders`; a list in the query is written `name[]=…` for each of its values. */
export interface Call {
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: unknown
  /**
   * True for every call of an operation that writes, also where it only looks: an earlier try of the operation may have been done, so
   * trouble on the way means that somebody looks first.
   */
  readonly isWrite: boolean
}

/** Pure. Source: own-site.md 5.1 [sdk M]. */
function buildRequest({ credentials, address }: Pick<MedusaAccount, 'credentials' | 'address'>, call: Call) {
  const body = call.body === undefined ? null : JSON.stringify(call.body)
  return {
    operation: call.operation,
    method: call.method,
    url: `${address}/admin${call.path}${queryText(call.query)}`,
    headers: {
      accept: 'application/json',
      authorization: basicAuth(credentials.secretKey),
      ...(body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    },
    body,
    isWrite: call.isWrite,
  } satisfies OutgoingRequest
}

function queryText(query: Call['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : value.map((each) => [`${name}[]`, each]),
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

/** The JSON that was answered. Throws the failure the answer means. Pure. */
export function readAnswer(call: Call, answer: Answer): unknown {
  const reading = readFailure(answer)
  if (reading === null) return parseJson(answer.body)
  if (reading.code === notJson) throw strange(reading.reason, call.isWrite)
  throw failureOf(manifest.id, reading, call.isWrite)
}

/** Build, send, read. Throws what `account.send` and `readAnswer` throw. */
export async function ask(account: MedusaAccount, call: Call): Promise<unknown> {
  return readAnswer(call, await account.send(buildRequest(account, call)))
}

/** The answer to a call in the shape of `schema`, else the failure of `strange`, which names the field. The value itself is not told. */
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
