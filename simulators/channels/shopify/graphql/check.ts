import {
  type Directive,
  type Document,
  type FieldNode,
  type Operation,
  type Selection,
  type TypeRef,
  typeText,
  type Value,
} from './document.ts'
import { coded, type GraphError, type Place } from './errors.ts'
import { type FieldDef, fits, type InputDef, isComposite, type ObjectDef, type Schema, typeOf } from './schema.ts'
import { literal, problemsOf } from './values.ts'

interface Walk {
  readonly schema: Schema
  readonly document: Document
  readonly operation: Operation
  readonly errors: GraphError[]
  readonly used: Set<string>
  /** Fragments being looked into, so that one which holds itself is found. */
  readonly inside: readonly string[]
  readonly path: readonly string[]
}

/** Everything in an operation that the schema does not allow, in the order of the text. Empty: it may be answered. */
export function check(schema: Schema, document: Document, operation: Operation): readonly GraphError[] {
  const errors: GraphError[] = []
  const title = `${operation.kind}${operation.name === '' ? '' : ` ${operation.name}`}`
  const walk: Walk = { schema, document, operation, errors, used: new Set(), inside: [], path: [title] }
  const root = schema.types.get(operation.kind === 'query' ? 'QueryRoot' : 'Mutation')
  if (operation.kind === 'subscription' || root === undefined || !isComposite(root))
    return [{ message: 'Schema is not configured for subscriptions', locations: [operation.at] }]

  checkSelections(walk, root, operation.selections)
  const owner = operation.name === '' ? `anonymous ${operation.kind}` : operation.name
  for (const { name, at } of operation.variables) {
    if (!walk.used.has(name))
      say(walk, 'variableNotUsed', { message: `Variable $${name} is declared by ${owner} but not used`, at })
  }
  return errors
}

interface Complaint {
  readonly message: string
  readonly at: Place
  readonly more?: Readonly<Record<string, unknown>>
}

function say({ errors, path }: Walk, code: string, { message, at, more = {} }: Complaint): void {
  errors.push(coded(code, message, { locations: [at], path, extensions: more }))
}

function checkSelections(walk: Walk, type: ObjectDef, selections: readonly Selection[]): void {
  for (const selection of selections) {
    checkDirectives(walk, selection.directives)
    if (selection.kind === 'field') checkField(walk, type, selection)
    else if (selection.kind === 'spread') checkSpread(walk, type, selection)
    else checkOn(walk, type, { on: selection.on ?? type.name, selections: selection.selections, at: selection.at })
  }
}

function checkSpread(
  walk: Walk,
  type: ObjectDef,
  { fragment: name, at }: Extract<Selection, { kind: 'spread' }>,
): void {
  const fragment = walk.document.fragments.get(name)
  if (fragment === undefined)
    say(walk, 'useAndDefineFragment', { message: `Fragment ${name} was used, but not defined`, at })
  else if (walk.inside.includes(name))
    say(walk, 'infiniteLoop', { message: `Fragment ${name} contains an infinite loop`, at })
  else checkOn({ ...walk, inside: [...walk.inside, name] }, type, { ...fragment, at })
}

interface Conditioned {
  readonly on: string
  readonly selections: readonly Selection[]
  readonly at: Place
}

function checkOn(walk: Walk, type: ObjectDef, { on, selections, at }: Conditioned): void {
  const wanted = walk.schema.types.get(on)
  if (wanted === undefined || !isComposite(wanted))
    say(walk, 'undefinedType', { message: `No such type ${on}, so it can't be a fragment condition`, at })
  else if (!fits(walk.schema, on, type.name) && !fits(walk.schema, type.name, on))
    say(walk, 'cannotSpreadFragment', { message: `Fragment on ${on} can't be spread inside ${type.name}`, at })
  else checkSelections(walk, wanted, selections)
}

function checkField(outer: Walk, type: ObjectDef, node: FieldNode): void {
  const walk = { ...outer, path: [...outer.path, node.key] }
  const { name, at } = node
  if (name === '__typename') return
  const defined = type.fields.get(name)
  if (defined === undefined) {
    const more = { typeName: type.name, fieldName: name }
    say(walk, 'undefinedField', { message: `Field '${name}' doesn't exist on type '${type.name}'`, at, more })
    return
  }
  checkArguments(walk, defined.args, { what: `Field '${name}'`, given: node.args, at })
  checkBraces(walk, defined, node)
}

function checkBraces(walk: Walk, { name, type }: FieldDef, { selections, at }: FieldNode): void {
  const inner = typeOf(walk.schema, type)
  if (isComposite(inner)) {
    if (selections !== null) {
      checkSelections(walk, inner, selections)
      return
    }
    const hint = `Did you mean '${name} { ... }'?`
    const message = `Field must have selections (field '${name}' returns ${inner.name} but has no selections. ${hint})`
    say(walk, 'selectionMismatch', { message, at })
  } else if (selections !== null) {
    const message = `Selections can't be made on scalars (field '${name}' returns ${inner.name} but has selections)`
    say(walk, 'selectionMismatch', { message, at })
  }
}

function checkDirectives(walk: Walk, directives: readonly Directive[]): void {
  for (const { name, args, at } of directives) {
    const defined = walk.schema.directives.get(name)
    if (defined === undefined) say(walk, 'undefinedDirective', { message: `Directive @${name} is not defined`, at })
    else checkArguments(walk, defined, { what: `Directive '${name}'`, given: args, at })
  }
}

interface Given {
  readonly what: string
  readonly given: ReadonlyMap<string, Value>
  readonly at: Place
}

function checkArguments(walk: Walk, defined: ReadonlyMap<string, InputDef>, { what, given, at }: Given): void {
  for (const [name, value] of given) {
    const input = defined.get(name)
    if (input === undefined)
      say(walk, 'argumentNotAccepted', { message: `${what} doesn't accept argument '${name}'`, at })
    else checkValue(walk, { what, input, at }, value)
  }
  const absent = [...defined.values()]
    .filter(({ name, type, fallback }) => type.isRequired && fallback === null && !given.has(name))
    .map(({ name }) => name)
  if (absent.length > 0)
    say(walk, 'missingRequiredArguments', {
      message: `${what} is missing required arguments: ${absent.join(', ')}`,
      at,
    })
}

interface Taker {
  readonly what: string
  readonly input: InputDef
  readonly at: Place
}

/** A variable must be of the right type; a value without variables must fit; what mixes both is looked at when they are known. */
function checkValue(walk: Walk, { what, input, at }: Taker, value: Value): void {
  const variables = variablesIn(value)
  for (const name of variables) {
    walk.used.add(name)
    const declared = walk.operation.variables.find((variable) => variable.name === name)
    if (declared === undefined) {
      const owner = walk.operation.name === '' ? `anonymous ${walk.operation.kind}` : walk.operation.name
      say(walk, 'variableNotDefined', { message: `Variable $${name} is used by ${owner} but not declared`, at })
    } else if (value.kind === 'variable' && !passes(declared.type, input.type, declared.fallback !== null)) {
      const types = `${typeText(declared.type)} / ${typeText(input.type)}`
      const message = `Type mismatch on variable $${name} and argument ${input.name} (${types})`
      say(walk, 'variableMismatch', { message, at })
    }
  }
  if (variables.length > 0 || problemsOf(walk.schema, input.type, literal(value, {})).length === 0) return
  const said = JSON.stringify(literal(value, {}))
  const message = `Argument '${input.name}' on ${what} has an invalid value (${said}). Expected type '${typeText(input.type)}'.`
  say(walk, 'argumentLiteralsIncompatible', { message, at })
}

function variablesIn(value: Value): readonly string[] {
  if (value.kind === 'variable') return [value.name]
  if (value.kind === 'list') return value.items.flatMap(variablesIn)
  return value.kind === 'object' ? [...value.fields.values()].flatMap(variablesIn) : []
}

function passes(declared: TypeRef, wanted: TypeRef, hasFallback: boolean): boolean {
  if (wanted.isRequired && !declared.isRequired && !hasFallback) return false
  if (wanted.kind === 'list') return declared.kind === 'list' ? passes(declared.of, wanted.of, false) : false
  return declared.kind === 'named' && declared.name === wanted.name
}
