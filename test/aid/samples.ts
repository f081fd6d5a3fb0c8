import { z } from 'zod'
import type { FieldMark } from '../../src/core/access/permissions.ts'

type Schema = z.core.$ZodType

/** What stands in marked fields of a sample, told apart from everything else. */
export const marker = {
  cost: { text: 'COST-MARK-7f3', number: 987_654_321 },
  personal: { text: 'PERSON-MARK-9a1', number: 555_444_333 },
} as const satisfies Record<FieldMark, { text: string; number: number }>

const defOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def
const markOf = (schema: Schema) => z.globalRegistry.get(schema)?.mark as FieldMark | undefined

/** A value with every field that `schema` has, one member in each list. It need not pass the schema's own checks. */
export function sampleOf(schema: Schema, under?: FieldMark, depth = 0): unknown {
  const mark = markOf(schema) ?? under
  const def = defOf(schema)
  const inside = (inner: Schema) => sampleOf(inner, mark, depth + 1)
  if (depth > 30) return null
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([key, field]) => [key, inside(field)]))
    case 'array':
      return [inside(def.element)]
    case 'tuple':
      return def.items.map(inside)
    case 'record':
      return { [firstKey(def.keyType)]: inside(def.valueType) }
    case 'union':
      return inside(def.options[0]!)
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'readonly':
    case 'default':
      return inside(def.innerType)
    case 'lazy':
      return inside(def.getter())
    default:
      return leaf(schema, mark)
  }
}

function leaf(schema: Schema, mark: FieldMark | undefined): unknown {
  const def = defOf(schema)
  if (def.type === 'number') return mark ? marker[mark].number : 1
  if (def.type === 'boolean') return true
  if (def.type === 'literal') return def.values[0]
  if (def.type === 'enum') return Object.values(def.entries)[0]
  if (def.type === 'null') return null
  return mark ? marker[mark].text : 'plain'
}

function firstKey(keyType: Schema): string {
  const def = defOf(keyType)
  return def.type === 'enum' ? String(Object.values(def.entries)[0]) : 'key'
}

/** Calls `visit` with every field of `schema` at any depth, and the marks on it or around it. */
function walk(
  schema: Schema,
  visit: (name: string, marks: ReadonlySet<FieldMark>) => void,
  around: ReadonlySet<FieldMark>,
  seen: Set<Schema>,
): void {
  if (seen.has(schema)) return
  seen.add(schema)
  const mark = markOf(schema)
  const marks = mark ? new Set([...around, mark]) : around
  const def = defOf(schema)
  const inside = (inner: Schema) => walk(inner, visit, marks, seen)
  if (def.type === 'object') {
    for (const [name, field] of Object.entries(def.shape)) {
      visit(name, new Set([...marks, ...marksThrough(field)]))
      inside(field)
    }
  } else if (def.type === 'array') inside(def.element)
  else if (def.type === 'tuple') def.items.forEach(inside)
  else if (def.type === 'record') inside(def.valueType)
  else if (def.type === 'union') def.options.forEach(inside)
  else if (def.type === 'lazy') inside(def.getter())
  else if ('innerType' in def) inside(def.innerType)
  seen.delete(schema)
}

/** Marks on a field itself, through what is wrapped around it. */
function marksThrough(schema: Schema): FieldMark[] {
  const mark = markOf(schema)
  const def = defOf(schema)
  return [...(mark ? [mark] : []), ...('innerType' in def ? marksThrough(def.innerType) : [])]
}

/** Which marks a schema has anywhere. */
export function marksIn(schema: Schema): ReadonlySet<FieldMark> {
  const found = new Set<FieldMark>(marksThrough(schema))
  walk(
    schema,
    (_, marks) => {
      for (const mark of marks) found.add(mark)
    },
    new Set(),
    new Set(),
  )
  return found
}

/** Names of fields that bear this mark neither themselves nor by what is around them. */
export function unmarkedFields(schema: Schema, mark: FieldMark): string[] {
  const names: string[] = []
  walk(
    schema,
    (name, marks) => {
      if (!marks.has(mark)) names.push(name)
    },
    new Set(marksThrough(schema)),
    new Set(),
  )
  return names
}
