import { type Asked, json, jsonText, type Reply } from '../../aid/http.ts'
import { breakAfter, breakBefore, type Struck } from './breakage.ts'
import type { BucketState } from './bucket.ts'
import { answer } from './graphql/answer.ts'
import { check } from './graphql/check.ts'
import { mutationCost, objectCost, requestedCost } from './graphql/cost.ts'
import { type Document, type Operation, operationOf, readDocument } from './graphql/document.ts'
import { coded, type GraphError, graphFault, isGraphFault } from './graphql/errors.ts'
import type { Schema } from './graphql/schema.ts'
import { type Plain, variablesOf } from './graphql/values.ts'
import { questionsOf } from './questions.ts'
import { answeringVersion, type Edition, editionOf, schemaOf } from './schema.ts'
import type { SearchWarning } from './search.ts'
import type { Tokens } from './tokens.ts'
import type { World } from './world.ts'
import { mutationsOf } from './writes/mutations.ts'

/** Points that one query may cost. Source: own-site.md 3 [assumed]. */
const costAtMost = 1000

const endpoint = /^\/admin\/api\/(\d{4}-(?:01|04|07|10))\/graphql\.json$/

/** Answers a call of the Admin API: what stands in its way first, then the document, then its cost, then the deed. */
export function answerCall(world: World, tokens: Tokens, asked: Asked): Reply {
  const version = endpoint.exec(asked.path)?.[1]
  if (version === undefined || asked.method !== 'POST') return json({ errors: 'Not Found' }, 404)
  const request = requestOf(asked)
  const call = struckBy(request)
  world.calls[call.operation] = (world.calls[call.operation] ?? 0) + 1

  const broken = breakBefore(world, call)
  if (broken) return broken
  const token = asked.headers['x-shopify-access-token']
  if (typeof token !== 'string' || !tokens.holds(token) || world.faults.strikes('expire', call.operation))
    return refuse(world, 'unauthorised', json({ errors: invalidToken }, 401))
  if (request === null) return refuse(world, 'bad-request', json({ errors: 'Bad Request' }, 400))

  const answering = answeringVersion(version, world.clock.now())
  const text = JSON.stringify(answered(world, { request, call, edition: editionOf(answering) }))
  const reply = breakAfter(world, call, text) ?? jsonText(text)
  if (reply.kind !== 'answer') return reply
  return { ...reply, headers: { ...reply.headers, 'x-shopify-api-version': answering } }
}

const invalidToken = '[API] Invalid API key or access token (unrecognized login or wrong password)'

interface Request {
  readonly query: string
  readonly variables: Plain
  readonly operationName: string | null
}

/** Null where the body is no JSON object with a query. */
function requestOf({ body }: Asked): Request | null {
  try {
    const given = JSON.parse(body.toString('utf8')) as Partial<Request> | null
    if (typeof given?.query !== 'string') return null
    return { query: given.query, variables: given.variables ?? {}, operationName: given.operationName ?? null }
  } catch {
    return null
  }
}

/** What the call is counted as: the first field of its operation, or 'unreadable'. */
function struckBy(request: Request | null): Struck {
  try {
    const operation = request && operationOf(readDocument(request.query), request.operationName)
    const first = operation?.selections.find(({ kind }) => kind === 'field')
    if (first?.kind === 'field') return { operation: first.name, isWrite: operation?.kind === 'mutation' }
  } catch (fault) {
    if (!isGraphFault(fault)) throw fault
  }
  return { operation: 'unreadable', isWrite: false }
}

function refuse(world: World, reason: string, reply: Reply): Reply {
  world.refused[reason] = (world.refused[reason] ?? 0) + 1
  return reply
}

interface Asking {
  readonly request: Request
  readonly call: Struck
  readonly edition: Edition
}

interface Ready {
  readonly schema: Schema
  readonly document: Document
  readonly operation: Operation
  readonly variables: Plain
}

/** The body of an answer with HTTP 200, errors and all. */
function answered(world: World, asking: Asking): Plain {
  try {
    const ready = readyOf(asking)
    const requested = requestedCost(ready)
    if (requested > costAtMost) throw graphFault(tooCostly(requested))
    const shortage = shortageOf(world, asking.call, requested)
    return shortage ?? perform(world, asking, { ready, requested })
  } catch (fault) {
    if (!isGraphFault(fault)) throw fault
    return { errors: noted(world, fault.errors) }
  }
}

function readyOf({ request, edition }: Asking): Ready {
  const schema = schemaOf(edition)
  const document = readDocument(request.query)
  const operation = operationOf(document, request.operationName)
  const errors = check(schema, document, operation)
  if (errors.length > 0) throw graphFault(...errors)
  return { schema, document, operation, variables: variablesOf(schema, operation, request.variables) }
}

function tooCostly(requested: number): GraphError {
  const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${costAtMost}).`
  return coded('MAX_COST_EXCEEDED', message, { extensions: { cost: requested, maxCost: costAtMost, documentation } })
}

/** Codes of errors that break a limit of the sheet. */
const limitsBroken: ReadonlySet<unknown> = new Set(['MAX_COST_EXCEEDED'])

/** Counts errors by their code. */
function noted(world: World, errors: readonly GraphError[]): readonly GraphError[] {
  for (const { extensions } of errors) {
    const code = typeof extensions?.code === 'string' ? extensions.code : 'syntax'
    world.refused[code] = (world.refused[code] ?? 0) + 1
    if (limitsBroken.has(code)) world.violations += 1
  }
  return errors
}

const documentation = 'https://shopify.dev/api/usage/rate-limits'

/** Null while the bucket holds enough; else the answer that says how much it holds. Source: own-site.md 3, `samples/throttled.json`. */
function shortageOf(world: World, { operation }: Struck, requested: number): Plain | null {
  const { faults, bucket } = world
  const state = bucket.state()
  if (faults.strikes('throttle', operation))
    return throttled(requested, { ...state, currentlyAvailable: Math.floor(requested - state.restoreRate * 1.5) })
  if (faults.strikes('quota', operation)) {
    const restoreRate = Math.max(0.01, Number((requested / quotaWaitSeconds).toFixed(2)))
    return throttled(requested, { ...state, currentlyAvailable: 0, restoreRate })
  }
  if (bucket.take(requested)) return null
  world.violations += 1
  return throttled(requested, bucket.state())
}

/** How long a caller waits when the whole quota is gone, about. */
const quotaWaitSeconds = 600

function throttled(requestedQueryCost: number, throttleStatus: BucketState): Plain {
  const errors = [coded('THROTTLED', 'Throttled', { extensions: { documentation } })]
  return { errors, extensions: { cost: { requestedQueryCost, actualQueryCost: null, throttleStatus } } }
}

interface Priced {
  readonly ready: Ready
  readonly requested: number
}

/** Answers what was asked; what it cost less than reckoned goes back into the bucket, and it never costs more. */
function perform(world: World, { call, edition }: Asking, { ready, requested }: Priced): Plain {
  const warnings: { readonly path: readonly string[]; readonly warnings: readonly SearchWarning[] }[] = []
  const isLie = call.isWrite && world.faults.strikes('lie', call.operation)
  let cost = 0
  const { data, errors } = answer({
    ...ready,
    root: call.isWrite
      ? mutationsOf({ world, edition, isLie })
      : questionsOf({ world, onWarnings: (field, found) => warnings.push({ path: [field], warnings: found }) }),
    onObject: (type) => {
      cost += objectCost(type)
    },
  })
  const actualQueryCost = call.isWrite ? mutationCost : Math.min(requested, cost)
  world.bucket.giveBack(requested - actualQueryCost)
  return {
    data,
    ...(errors.length === 0 ? {} : { errors: noted(world, errors) }),
    extensions: {
      cost: { requestedQueryCost: requested, actualQueryCost, throttleStatus: world.bucket.state() },
      ...(warnings.length === 0 ? {} : { search: warnings }),
    },
  }
}
