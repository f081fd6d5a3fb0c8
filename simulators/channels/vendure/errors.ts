import { GraphQLError } from 'graphql'

/** Codes at the top of an answer. Source: own-site.md 4; that these are all there are is [assumed]. */
export type Code =
  | 'FORBIDDEN'
  | 'CHANNEL_NOT_FOUND'
  | 'USER_INPUT_ERROR'
  | 'ENTITY_NOT_FOUND'
  | 'ILLEGAL_OPERATION'
  | 'INTERNAL_SERVER_ERROR'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_USER_INPUT'
  | 'BAD_REQUEST'

/** A refusal at the top of an answer; throw it from a resolver. */
export function coded(code: Code, message: string, more: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more } })
}

/** Arguments that make no sense. */
export function userInput(message: string, more: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return coded('USER_INPUT_ERROR', message, more)
}

/** An id that names nothing. */
export function notFound(kind: string, id: unknown): GraphQLError {
  return coded('ENTITY_NOT_FOUND', `No ${kind} with the id "${String(id)}" could be found`)
}

/** An object of an answer; functions in it are asked with the field's arguments. */
export type View = Readonly<Record<string, unknown>>

/** A refusal inside an answer: the code is the type's name in capitals. Source: own-site.md 4 [sdk V]. */
export function errorResult(type: string, message: string, more: View = {}): View {
  const errorCode = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
  return { __typename: type, errorCode, message, ...more }
}
