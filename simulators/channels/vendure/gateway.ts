import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql'
import { type Asked, json, jsonText, type Reply } from '../../aid/http.ts'
import { breakAfter, breakBefore, refusedKey, type Struck } from './breakage.ts'
import { type Code, coded } from './errors.ts'
import { channelToken, type Keys } from './keys.ts'
import { questionsOf } from './questions.ts'
import { schema } from './schema.ts'
import type { World } from './world.ts'
import { mutationsOf } from './writes/mutations.ts'

/**
 * Answers a call of the Admin API: what stands in its way first, then the document, the key, the channel, and the deed. Source: own-site.md
 * 4; that a document is looked at before the key is [assumed].
 */
export function answerCall(world: World, keys: Keys, asked: Asked): Reply {
  if (asked.path !== '/admin-api') return json({ error: 'Not Found' }, 404)
  const request = requestOf(asked)
  const document = request && documentOf(request.query)
  const call = struckBy(document, request?.operationName ?? null)
  world.calls[call.operation] = (world.calls[call.operation] ?? 0) + 1

  const broken = breakBefore(world, call)
  if (broken) return broken
  if (request === null) return refused(world, [coded('BAD_REQUEST', 'POST body missing, or no JSON with a query')], 400)
  if (document instanceof GraphQLError) return refused(world, [document], 400)
  const errors = validate(schema, document!)
  if (errors.length > 0)
    return refused(
      world,
      errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')),
      400,
    )

  const isExpired = world.faults.strikes('expire', call.operation)
  const key = asked.headers['vendure-api-key']
  if (isExpired || typeof key !== 'string' || !keys.holds(key)) {
    count(world, 'FORBIDDEN')
    return refusedKey(world, isExpired)
  }
  const token = asked.headers['vendure-token'] ?? ''
  if (token !== '' && token !== channelToken)
    return refused(world, [coded('CHANNEL_NOT_FOUND', `No Channel with the token "${String(token)}" exists`)], 200)
  const done = performed(world, { request, document: document!, call })
  return breakAfter(world, call, done.text) ?? jsonText(done.text, done.status)
}

interface Request {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName: string | null
}

/** Null where the call is no POST of a JSON object with a query. */
function requestOf({ method, headers, body }: Asked): Request | null {
  const isJson = String(headers['content-type'] ?? '').startsWith('application/json')
  if (method !== 'POST' || !isJson) return null
  try {
    const given = JSON.parse(body.toString('utf8')) as Partial<Request> | null
    if (typeof given?.query !== 'string') return null
    return { query: given.query, variables: given.variables ?? {}, operationName: given.operationName ?? null }
  } catch {
    return null
  }
}

function documentOf(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (fault) {
    if (fault instanceof GraphQLError) return withCode(fault, 'GRAPHQL_PARSE_FAILED')
    throw fault
  }
}

function withCode({ message, nodes, path, extensions }: GraphQLError, code: Code): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, extensions: { ...extensions, code } })
}

/** What the call is counted as: the first field of its operation, or 'unreadable'. */
function struckBy(document: DocumentNode | GraphQLError | null, operationName: string | null): Struck {
  const operation =
    document === null || document instanceof GraphQLError ? null : getOperationAST(document, operationName)
  const first = operation?.selectionSet.selections.find((selection) => selection.kind === Kind.FIELD)
  if (first?.kind !== Kind.FIELD) return { operation: 'unreadable', isWrite: false }
  return { operation: first.name.value, isWrite: operation?.operation === OperationTypeNode.MUTATION }
}

function count(world: World, code: string): void {
  world.refused[code] = (world.refused[code] ?? 0) + 1
}

function refused(world: World, errors: readonly GraphQLError[], status: number): Reply {
  return json({ errors: told(world, errors), data: null }, status)
}

/** Errors as the answer tells them, counted by their code. One without a code of ours is a bug of the simulator and thrown. */
function told(world: World, errors: readonly GraphQLError[]): readonly object[] {
  return errors.map((error) => {
    const { code } = error.extensions
    if (typeof code !== 'string') throw error.originalError ?? error
    count(world, code)
    if (error.extensions.limit !== undefined) world.violations += 1
    return error.toJSON()
  })
}

interface Performing {
  readonly request: Request
  readonly document: DocumentNode
  readonly call: Struck
}

/** Does what was asked; what only happens afterwards happens when the answer is written. */
function performed(
  world: World,
  { request, document, call }: Performing,
): { readonly text: string; readonly status: number } {
  const afterwards: (() => void)[] = []
  const isLie = call.isWrite && world.faults.strikes('lie', call.operation)
  const result = execute({
    schema,
    document,
    rootValue: call.isWrite
      ? mutationsOf({ world, isLie })
      : questionsOf({ world, onDone: (happens) => void afterwards.push(happens) }),
    variableValues: request.variables,
    operationName: request.operationName,
  }) as ExecutionResult
  const { data, errors = [] } = result
  // Without `data` nothing was executed: the variables or the operation's name are wrong.
  const isUnfit = data === undefined
  const shown = told(world, isUnfit ? errors.map((error) => withCode(error, 'BAD_USER_INPUT')) : errors)
  const text = JSON.stringify({ ...(shown.length === 0 ? {} : { errors: shown }), data: data ?? null })
  for (const happens of afterwards) happens()
  return { text, status: isUnfit ? 400 : 200 }
}
