import { graphFault, type Place } from './errors.ts'
import { type Tokens, tokensOf, unexpected } from './tokens.ts'

/** A type where it is used: `[ID!]!`. */
export type TypeRef = { readonly isRequired: boolean } & (
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'list'; readonly of: TypeRef }
)

/** A value as it stands in the text. */
export type Value =
  | { readonly kind: 'variable'; readonly name: string; readonly at: Place }
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Value> }

/** `@include(if: $with)`. */
export interface Directive {
  readonly name: string
  readonly args: ReadonlyMap<string, Value>
  readonly at: Place
}

/** A field that is asked for. */
export interface FieldNode {
  readonly kind: 'field'
  /** The alias, or else the name: under this the answer stands. */
  readonly key: string
  readonly name: string
  readonly args: ReadonlyMap<string, Value>
  readonly directives: readonly Directive[]
  /** Null where no braces follow. */
  readonly selections: readonly Selection[] | null
  readonly at: Place
}
/** `...Named`. */
export interface Spread {
  readonly kind: 'spread'
  readonly fragment: string
  readonly directives: readonly Directive[]
  readonly at: Place
}
/** `... on Order { }`. */
export interface Inline {
  readonly kind: 'inline'
  /** Null where any type will do. */
  readonly on: string | null
  readonly directives: readonly Directive[]
  readonly selections: readonly Selection[]
  readonly at: Place
}
/** What may stand between braces. */
export type Selection = FieldNode | Spread | Inline

/** `$first: Int = 20`. */
export interface VariableDefinition {
  readonly name: string
  readonly type: TypeRef
  readonly fallback: Value | null
  readonly at: Place
}
/** A query or a mutation. */
export interface Operation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** Empty when it has none. */
  readonly name: string
  readonly variables: readonly VariableDefinition[]
  readonly selections: readonly Selection[]
  readonly at: Place
}
/** Fields under a name, for objects of one type. */
export interface Fragment {
  readonly name: string
  readonly on: string
  readonly selections: readonly Selection[]
  readonly at: Place
}
/** Everything in one request. */
export interface Document {
  readonly operations: readonly Operation[]
  readonly fragments: ReadonlyMap<string, Fragment>
}

/** Reads a request's document: operations and fragments. Throws a GraphFault where the text is none. */
export function readDocument(source: string): Document {
  const tokens = tokensOf(source)
  const operations: Operation[] = []
  const fragments = new Map<string, Fragment>()
  while (tokens.peek().kind !== 'end') {
    if (tokens.peek().value === 'fragment') {
      const fragment = readFragment(tokens)
      fragments.set(fragment.name, fragment)
    } else operations.push(readOperation(tokens))
  }
  return { operations, fragments }
}

/** The operation of this name; without a name the only one. Throws a GraphFault when that names none. */
export function operationOf({ operations }: Document, name: string | null): Operation {
  const fitting = name === null ? operations : operations.filter((operation) => operation.name === name)
  const [only] = fitting
  if (only === undefined || fitting.length > 1) {
    const message = operations.length === 0 ? 'No query was provided' : 'An operation name is required'
    throw graphFault({ message })
  }
  return only
}

function readOperation(tokens: Tokens): Operation {
  const { at, value } = tokens.peek()
  if (value === '{') return { kind: 'query', name: '', variables: [], selections: readSelections(tokens), at }
  if (value !== 'query' && value !== 'mutation' && value !== 'subscription')
    throw unexpected(tokens.peek(), 'expecting an operation')
  tokens.take()
  const name = tokens.peek().kind === 'word' ? tokens.take().value : ''
  const variables: VariableDefinition[] = []
  if (tokens.skip('(')) while (!tokens.skip(')')) variables.push(readVariable(tokens))
  readDirectives(tokens)
  return { kind: value, name, variables, selections: readSelections(tokens), at }
}

function readVariable(tokens: Tokens): VariableDefinition {
  const { at } = tokens.expect('$')
  const name = tokens.word().value
  tokens.expect(':')
  const type = readType(tokens)
  return { name, type, fallback: tokens.skip('=') ? readValue(tokens) : null, at }
}

function readFragment(tokens: Tokens): Fragment {
  const { at } = tokens.expect('fragment')
  const name = tokens.word().value
  tokens.expect('on')
  const on = tokens.word().value
  readDirectives(tokens)
  return { name, on, selections: readSelections(tokens), at }
}

function readSelections(tokens: Tokens): readonly Selection[] {
  const selections: Selection[] = []
  tokens.expect('{')
  while (!tokens.skip('}')) selections.push(readSelection(tokens))
  return selections
}

function readSelection(tokens: Tokens): Selection {
  const { at } = tokens.peek()
  if (!tokens.skip('...')) return readField(tokens)
  const next = tokens.peek()
  if (next.kind === 'word' && next.value !== 'on')
    return { kind: 'spread', fragment: tokens.take().value, directives: readDirectives(tokens), at }
  const on = tokens.skip('on') ? tokens.word().value : null
  return { kind: 'inline', on, directives: readDirectives(tokens), selections: readSelections(tokens), at }
}

function readField(tokens: Tokens): FieldNode {
  const first = tokens.word()
  const name = tokens.skip(':') ? tokens.word().value : first.value
  const args = readArguments(tokens)
  const directives = readDirectives(tokens)
  const selections = tokens.peek().value === '{' ? readSelections(tokens) : null
  return { kind: 'field', key: first.value, name, args, directives, selections, at: first.at }
}

function readArguments(tokens: Tokens): ReadonlyMap<string, Value> {
  const args = new Map<string, Value>()
  if (!tokens.skip('(')) return args
  while (!tokens.skip(')')) {
    const name = tokens.word().value
    tokens.expect(':')
    args.set(name, readValue(tokens))
  }
  return args
}

function readDirectives(tokens: Tokens): readonly Directive[] {
  const directives: Directive[] = []
  for (let at = tokens.peek().at; tokens.skip('@'); at = tokens.peek().at)
    directives.push({ name: tokens.word().value, args: readArguments(tokens), at })
  return directives
}

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }

/** Reads one value. Throws a GraphFault where none begins. */
export function readValue(tokens: Tokens): Value {
  const { kind, value, at } = tokens.take()
  if (kind === 'text') return { kind: 'plain', value }
  if (kind === 'number') return { kind: 'plain', value: Number(value) }
  if (kind === 'word') {
    const known = words[value]
    return known === undefined ? { kind: 'enum', name: value } : { kind: 'plain', value: known }
  }
  if (value === '$') return { kind: 'variable', name: tokens.word().value, at }
  if (value === '[') {
    const items: Value[] = []
    while (!tokens.skip(']')) items.push(readValue(tokens))
    return { kind: 'list', items }
  }
  if (value !== '{') throw unexpected({ kind, value, at }, 'expecting a value')
  const fields = new Map<string, Value>()
  while (!tokens.skip('}')) {
    const name = tokens.word().value
    tokens.expect(':')
    fields.set(name, readValue(tokens))
  }
  return { kind: 'object', fields }
}

/** Reads one reference to a type. */
export function readType(tokens: Tokens): TypeRef {
  if (!tokens.skip('[')) return { kind: 'named', name: tokens.word().value, isRequired: tokens.skip('!') }
  const of = readType(tokens)
  tokens.expect(']')
  return { kind: 'list', of, isRequired: tokens.skip('!') }
}

/** As it is written: '[ID!]!'. */
export function typeText(type: TypeRef): string {
  return `${type.kind === 'list' ? `[${typeText(type.of)}]` : type.name}${type.isRequired ? '!' : ''}`
}

/** The name inside all lists. */
export function namedOf(type: TypeRef): string {
  return type.kind === 'list' ? namedOf(type.of) : type.name
}
