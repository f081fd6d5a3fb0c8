import type { Document, FieldNode, Operation, Selection, TypeRef } from './document.ts'
import { type GraphError, isGraphFault } from './errors.ts'
import { fits, isComposite, type ObjectDef, type Schema, typeOf } from './schema.ts'
import { argumentsOf, type Plain } from './values.ts'

/**
 * What the fields of an object are answered with, by name: the value, or a function of the field's arguments that gives it. An object
 * behind an interface says its type by `__typename`.
 */
export type View = Readonly<Record<string, unknown>>

/** What a function of a view is told beside the arguments: those of the field's directives, by the directive's name. */
export interface FieldInfo {
  readonly directives: Readonly<Record<string, Plain>>
}
/** Throws a GraphFault where the field cannot be answered. */
export type Resolver = (args: Plain, info: FieldInfo) => unknown

/** A checked operation and what answers it. */
export interface Question {
  readonly schema: Schema
  readonly document: Document
  readonly operation: Operation
  readonly variables: Plain
  readonly root: View
  /** Called for every object that is answered, with its type. */
  readonly onObject: (type: string) => void
}

/** Data with null for every field that failed, and one error for each of them. */
export interface Answer {
  readonly data: Plain | null
  readonly errors: readonly GraphError[]
}

interface Run extends Question {
  readonly errors: GraphError[]
}
type Path = readonly (string | number)[]

/** Answers a checked operation: exactly the fields selected, in their order. A field that fails is null and has an error of its own. */
export function answer(question: Question): Answer {
  const run: Run = { ...question, errors: [] }
  const type = typeOf(run.schema, run.operation.kind === 'query' ? 'QueryRoot' : 'Mutation') as ObjectDef
  const data = answerObject(run, { type, view: run.root, path: [] }, run.operation.selections)
  return { data, errors: run.errors }
}

interface Seat {
  readonly type: ObjectDef
  readonly view: View
  readonly path: Path
}

function answerObject(run: Run, seat: Seat, selections: readonly Selection[]): Plain {
  const result: Record<string, unknown> = {}
  for (const [key, nodes] of collect(run, seat.type.name, selections)) result[key] = answerField(run, seat, nodes)
  return result
}

/** The fields that are wanted of this type, by the key of the answer; the same key twice is one field with both selections. */
function collect(run: Run, typeName: string, selections: readonly Selection[]): ReadonlyMap<string, FieldNode> {
  const found = new Map<string, FieldNode>()
  for (const selection of selections) {
    if (!isWanted(run, selection)) continue
    const fields = selection.kind === 'field' ? [selection] : inner(run, typeName, selection)
    for (const field of fields) {
      const before = found.get(field.key)
      const both = [...(before?.selections ?? []), ...(field.selections ?? [])]
      found.set(field.key, field.selections === null ? field : { ...field, selections: both })
    }
  }
  return found
}

function inner(run: Run, typeName: string, selection: Exclude<Selection, FieldNode>): Iterable<FieldNode> {
  const { on, selections } = selection.kind === 'inline' ? selection : run.document.fragments.get(selection.fragment)!
  return on === null || fits(run.schema, typeName, on) ? collect(run, typeName, selections).values() : []
}

function isWanted(run: Run, { directives }: Selection): boolean {
  return directives.every(({ name, args }) => {
    if (name !== 'include' && name !== 'skip') return true
    const { if: holds } = argumentsOf(run.schema.directives.get(name)!, args, run.variables)
    return (name === 'include') === (holds === true)
  })
}

function answerField(run: Run, { type, view, path: before }: Seat, node: FieldNode): unknown {
  if (node.name === '__typename') return type.name
  const path = [...before, node.key]
  const defined = type.fields.get(node.name)!
  try {
    const kept = view[node.name]
    if (kept === undefined) throw new RangeError(`nothing answers ${type.name}.${node.name}`)
    const args = argumentsOf(defined.args, node.args, run.variables)
    const value = typeof kept === 'function' ? (kept as Resolver)(args, infoOf(run, node)) : kept
    return complete(run, { type: defined.type, node, path }, value)
  } catch (fault) {
    if (!isGraphFault(fault)) throw fault
    run.errors.push(...fault.errors.map((error) => ({ path, locations: [node.at], ...error })))
    return null
  }
}

function infoOf({ schema, variables }: Run, { directives }: FieldNode): FieldInfo {
  const given = directives.map(({ name, args }) => [name, argumentsOf(schema.directives.get(name)!, args, variables)])
  return { directives: Object.fromEntries(given) as Readonly<Record<string, Plain>> }
}

interface Wish {
  readonly type: TypeRef
  readonly node: FieldNode
  readonly path: Path
}

function complete(run: Run, { type, node, path }: Wish, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (type.kind === 'list')
    return (value as readonly unknown[]).map((item, place) =>
      complete(run, { type: type.of, node, path: [...path, place] }, item),
    )
  const named = typeOf(run.schema, type)
  if (!isComposite(named)) return value
  const view = value as View
  const own = named.kind === 'interface' ? (typeOf(run.schema, view.__typename as string) as ObjectDef) : named
  run.onObject(own.name)
  return answerObject(run, { type: own, view, path }, node.selections ?? [])
}
