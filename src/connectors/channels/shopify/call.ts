import type { z } from 'zod'
import { failureOf } from '../../../kit/failure-class.ts'
import { parseJson } from '../../../kit/json.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { notJson, readCallFailure, type UserError, userErrorsIn, userFailure } from './failure.ts'
import { apiVersion, manifest, type ShopifyAccount } from './manifest.ts'
import { parsed, strange } from './nonsense.ts'

/** One query or mutation. */
interface Call {
  /** Our operation it serves, such as `orders.pull`. */
  readonly operation: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  /**
   * True for every call of an operation that writes, also where it only looks: an earlier try of the operation may have been done, so
   * trouble on the way means that somebody looks first.
   */
  readonly isWrite: boolean
}

/** Pure. Source: own-site.md 3 [doc S]. */
function buildRequest({ credentials, address }: Pick<ShopifyAccount, 'credentials' | 'address'>, call: Call) {
  return {
    operation: call.operation,
    method: 'POST',
    url: `${address}/admin/api/${apiVersion}/graphql.json`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-shopify-access-token': credentials.accessToken,
    },
    body: JSON.stringify({ query: call.query, variables: call.variables }),
    isWrite: call.isWrite,
  } satisfies OutgoingRequest
}

/** What stands below `data`, with the refusals of its mutations. Throws the failure that the answer as a whole means. Pure. */
function readAnswer(call: Call, answer: Answer): { readonly data: unknown; readonly errors: readonly UserError[] } {
  const failure = readCallFailure(answer)
  if (failure?.code === notJson) throw strange(call, failure.reason)
  if (failure !== null) throw failureOf(manifest.id, failure, call.isWrite)

  const body = parseJson(answer.body) as { readonly data: unknown }
  return { data: body.data, errors: userErrorsIn(body) }
}

/** Build, send, read, with every refusal a failure. Throws what `account.send` throws, CHANNEL_NONSENSE or CHANNEL_UNCLEAR. */
export async function ask<T>(account: ShopifyAccount, call: Call, schema: z.ZodType<T>): Promise<T> {
  const { data, errors } = readAnswer(call, await account.send(buildRequest(account, call)))
  const [error] = errors
  if (error !== undefined) throw failureOf(manifest.id, userFailure(error), call.isWrite)
  return parsed(schema, data, { what: 'data', isWrite: call.isWrite })
}

/** As `ask`, where the refusals concern single rows and are for the caller to tell. */
export async function askRows<T>(
  account: ShopifyAccount,
  call: Call,
  schema: z.ZodType<T>,
): Promise<readonly UserError[]> {
  const { data, errors } = readAnswer(call, await account.send(buildRequest(account, call)))
  parsed(schema, data, { what: 'data', isWrite: call.isWrite })
  return errors
}
