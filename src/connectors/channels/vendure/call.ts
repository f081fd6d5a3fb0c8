import type { z } from 'zod'
import { failureOf } from '../../../kit/failure-class.ts'
import { parseFields } from '../../../kit/fields.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { notJson, readFailure } from './failure.ts'
import { manifest, type VendureAccount } from './manifest.ts'
import { parsed, strange } from './nonsense.ts'

/** One query or mutation. */
interface Call {
  /** Our operation it serves, such as `orders.pull`. */
  readonly operation: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  /**
   * True for every call of an operation that writes, also where it only looks: an earlier try of the operation may
   * have been done, so trouble on the way means that somebody looks first.
   */
  readonly isWrite: boolean
}

/** Pure. Source: own-site.md 4 [sdk V]. */
function buildRequest({ credentials, address }: Pick<VendureAccount, 'credentials' | 'address'>, call: Call) {
  const { apiKey, channelToken } = credentials
  return {
    operation: call.operation,
    method: 'POST',
    url: `${address}/admin-api`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'vendure-api-key': apiKey,
      ...(channelToken === '' ? {} : { 'vendure-token': channelToken }),
    },
    body: JSON.stringify({ query: call.query, variables: call.variables }),
    isWrite: call.isWrite,
  } satisfies OutgoingRequest
}

/**
 * What stands below `data`. Throws the failure that the answer means, also where it says yes with an error inside.
 * Pure.
 */
function readAnswer(call: Call, answer: Answer): unknown {
  const failure = readFailure(answer)
  if (failure?.code === notJson) throw strange(failure.reason, call.isWrite)
  if (failure !== null) throw failureOf(manifest.id, failure, call.isWrite)
  return parseFields(answer.body)?.data
}

/**
 * Build, send, read, with every refusal a failure. Throws what `account.send` throws, CHANNEL_NONSENSE or
 * CHANNEL_UNCLEAR.
 */
export async function ask<T>(account: VendureAccount, call: Call, schema: z.ZodType<T>): Promise<T> {
  const data = readAnswer(call, await account.send(buildRequest(account, call)))
  return parsed(schema, data, { what: 'data', isWrite: call.isWrite })
}
