import { namedOf, readType, readValue, type TypeRef, type Value } from './document.ts'
import { type Tokens, tokensOf, unexpected } from './tokens.ts'

/** An argument, or a field of an input object. */
export interface InputDef {
  readonly name: string
  readonly type: TypeRef
  readonly fallback: Value | null
}
/** A field that can be asked for. */
export interface FieldDef {
  readonly name: string
  readonly type: TypeRef
  readonly args: ReadonlyMap<string, InputDef>
}
/** A type as the schema defines it. */
export type TypeDef = { readonly name: string } & (
  | {
      readonly kind: 'object' | 'interface'
      readonly fields: ReadonlyMap<string, FieldDef>
      readonly faces: ReadonlySet<string>
    }
  | { readonly kind: 'input'; readonly fields: ReadonlyMap<string, InputDef> }
  | { readonly kind: 'enum'; readonly values: ReadonlySet<string> }
  | { readonly kind: 'scalar' }
)
/** A type that has fields to ask for. */
export type ObjectDef = Extract<TypeDef, { readonly kind: 'object' | 'interface' }>

/** Types and directives by name. */
export interface Schema {
  readonly types: ReadonlyMap<string, TypeDef>
  /** Arguments of each directive. */
  readonly directives: ReadonlyMap<string, ReadonlyMap<string, InputDef>>
}

/** Reads a schema in the schema language: type, interface, input, enum, scalar, directive. The five scalars of GraphQL are known. */
export function readSchema(source: string): Schema {
  const tokens = tokensOf(source)
  const types = new Map<string, TypeDef>()
  const directives = new Map<string, ReadonlyMap<string, InputDef>>()
  for (const name of ['ID', 'String', 'Int', 'Float', 'Boolean']) types.set(name, { kind: 'scalar', name })
  while (tokens.peek().kind !== 'end') {
    if (tokens.skip('directive')) {
      tokens.expect('@')
      directives.set(tokens.word().value, readInputs(tokens, ['(', ')']))
      continue
    }
    const definition = readDefinition(tokens)
    types.set(definition.name, definition)
  }
  return { types, directives }
}

/** The type behind a reference. Throws RangeError for one the schema lacks, which is a mistake of the schema's writer. */
export function typeOf({ types }: Schema, reference: TypeRef | string): TypeDef {
  const name = typeof reference === 'string' ? reference : namedOf(reference)
  const found = types.get(name)
  if (found === undefined) throw new RangeError(`the schema has no type ${name}`)
  return found
}

/** Whether braces must follow a field of this type. */
export function isComposite(type: TypeDef): type is ObjectDef {
  return type.kind === 'object' || type.kind === 'interface'
}

/** Whether an object of type `name` passes for `wanted`: the same, or a face of it. */
export function fits(schema: Schema, name: string, wanted: string): boolean {
  if (name === wanted) return true
  const type = schema.types.get(name)
  return type !== undefined && isComposite(type) && type.faces.has(wanted)
}

function readDefinition(tokens: Tokens): TypeDef {
  const kind = tokens.word()
  const name = tokens.word().value
  switch (kind.value) {
    case 'scalar':
      return { kind: 'scalar', name }
    case 'enum': {
      const values = new Set<string>()
      tokens.expect('{')
      while (!tokens.skip('}')) values.add(tokens.word().value)
      return { kind: 'enum', name, values }
    }
    case 'input':
      return { kind: 'input', name, fields: readInputs(tokens, ['{', '}']) }
    case 'type':
    case 'interface': {
      const faces = new Set<string>()
      if (tokens.skip('implements')) while (tokens.peek().value !== '{') faces.add(tokens.word().value)
      return { kind: kind.value === 'type' ? 'object' : 'interface', name, faces, fields: readFields(tokens) }
    }
    default:
      throw unexpected(kind, 'expecting a definition')
  }
}

function readFields(tokens: Tokens): ReadonlyMap<string, FieldDef> {
  const fields = new Map<string, FieldDef>()
  tokens.expect('{')
  while (!tokens.skip('}')) {
    const name = tokens.word().value
    const args = tokens.peek().value === '(' ? readInputs(tokens, ['(', ')']) : new Map<string, InputDef>()
    tokens.expect(':')
    fields.set(name, { name, args, type: readType(tokens) })
  }
  return fields
}

function readInputs(tokens: Tokens, [open, close]: readonly [string, string]): ReadonlyMap<string, InputDef> {
  const inputs = new Map<string, InputDef>()
  if (!tokens.skip(open)) return inputs
  while (!tokens.skip(close)) {
    const name = tokens.word().value
    tokens.expect(':')
    inputs.set(name, { name, type: readType(tokens), fallback: tokens.skip('=') ? readValue(tokens) : null })
  }
  return inputs
}
