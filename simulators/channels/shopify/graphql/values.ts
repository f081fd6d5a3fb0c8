import { type Operation, type TypeRef, typeText, type Value } from './document.ts'
import { coded, type GraphError, graphFault } from './errors.ts'
import { type InputDef, type Schema, typeOf } from './schema.ts'

/** An object of plain data, as it came in or goes out. */
export type Plain = Readonly<Record<string, unknown>>

/** What is wrong with a value, and where in it. */
export interface Problem {
  readonly path: readonly (string | number)[]
  readonly explanation: string
}

/** Takes the request's variables over, with the document's fallbacks. Throws a GraphFault with INVALID_VARIABLE. */
export function variablesOf(schema: Schema, { variables }: Operation, given: Plain): Plain {
  const values: Record<string, unknown> = {}
  const errors: GraphError[] = []
  for (const { name, type, fallback, at } of variables) {
    const isGiven = Object.hasOwn(given, name) && given[name] !== undefined
    if (!isGiven && fallback !== null) values[name] = literal(fallback, {})
    else if (isGiven) values[name] = given[name]
    const problems = isGiven || type.isRequired ? problemsOf(schema, type, values[name]) : []
    if (problems.length === 0) continue
    const where = problems.map(({ path, explanation }) => `${path.join('.')} (${explanation})`).join(', ')
    const message = `Variable $${name} of type ${typeText(type)} was provided invalid value${where === '' ? '' : ` for ${where}`}`
    errors.push(
      coded('INVALID_VARIABLE', message, { locations: [at], extensions: { value: given[name] ?? null, problems } }),
    )
  }
  if (errors.length > 0) throw graphFault(...errors)
  return values
}

/** The arguments of a field or directive as its resolver gets them, with the schema's fallbacks. */
export function argumentsOf(
  defined: ReadonlyMap<string, InputDef>,
  given: ReadonlyMap<string, Value>,
  variables: Plain,
): Plain {
  const args: Record<string, unknown> = {}
  for (const { name, fallback } of defined.values()) {
    const value = given.get(name)
    const isLeftOut = value === undefined || (value.kind === 'variable' && !Object.hasOwn(variables, value.name))
    if (!isLeftOut) args[name] = literal(value, variables)
    else if (fallback !== null) args[name] = literal(fallback, {})
  }
  return args
}

/** A value of the document as plain data. */
export function literal(value: Value, variables: Plain): unknown {
  switch (value.kind) {
    case 'variable':
      return variables[value.name]
    case 'plain':
      return value.value
    case 'enum':
      return value.name
    case 'list':
      return value.items.map((item) => literal(item, variables))
    case 'object':
      return Object.fromEntries([...value.fields].map(([name, field]) => [name, literal(field, variables)]))
  }
}

/** Holds plain data against an input type; nothing where it fits. */
export function problemsOf(schema: Schema, type: TypeRef, value: unknown): readonly Problem[] {
  if (value === null || value === undefined)
    return type.isRequired ? [{ path: [], explanation: 'Expected value to not be null' }] : []
  if (type.kind === 'list') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value]
    return items.flatMap((item, place) => within(place, problemsOf(schema, type.of, item)))
  }
  const definition = typeOf(schema, type)
  if (definition.kind === 'input') return objectProblems(schema, definition, value)
  if (definition.kind === 'enum') {
    const isKnown = typeof value === 'string' && definition.values.has(value)
    return isKnown ? [] : wrong(`Expected ${JSON.stringify(value)} to be one of: ${[...definition.values].join(', ')}`)
  }
  return scalarFits(definition.name, value)
    ? []
    : wrong(`Could not coerce value ${JSON.stringify(value)} to ${definition.name}`)
}

function objectProblems(
  schema: Schema,
  { name: typeName, fields }: { readonly name: string; readonly fields: ReadonlyMap<string, InputDef> },
  value: unknown,
): readonly Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrong(`Expected ${JSON.stringify(value)} to be a key-value object`)
  const given = value as Plain
  const strange = Object.keys(given).filter((name) => !fields.has(name))
  const known = [...fields.values()].filter(({ name, fallback }) => fallback === null || given[name] !== undefined)
  return [
    ...strange.map((name) => ({ path: [name], explanation: `Field is not defined on ${typeName}` })),
    ...known.flatMap(({ name, type }) => within(name, problemsOf(schema, type, given[name]))),
  ]
}

const within = (step: string | number, problems: readonly Problem[]) =>
  problems.map(({ path, explanation }) => ({ path: [step, ...path], explanation }))
const wrong = (explanation: string): readonly Problem[] => [{ path: [], explanation }]

function scalarFits(name: string, value: unknown): boolean {
  if (name === 'Int') return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31
  if (name === 'Float') return typeof value === 'number'
  if (name === 'Boolean') return typeof value === 'boolean'
  if (name === 'ID' || name === 'Money' || name === 'Decimal')
    return typeof value === 'string' || typeof value === 'number'
  return typeof value === 'string'
}
