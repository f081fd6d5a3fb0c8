import { z } from 'zod'

/**
 * Names every field of `value` that `schema` does not know, each once, as a path below `path`: `order.lines.colour`. Rows of an array
 * share one name. What the schema leaves open (records, unions, unknown) is not looked into. So a platform's addition is a notice.
 */
export function unknownFields(schema: z.core.$ZodType, value: unknown, path: string): string[] {
  const found = new Set<string>()
  collect(schema, { value, path }, found)
  return [...found]
}

function collect(schema: z.core.$ZodType, { value, path }: { value: unknown; path: string }, found: Set<string>): void {
  const inner = bare(schema)
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    for (const row of value) collect(inner.element, { value: row, path }, found)
    return
  }
  if (!(inner instanceof z.ZodObject) || value === null || typeof value !== 'object' || Array.isArray(value)) return

  for (const [name, field] of Object.entries(value)) {
    const known = Object.hasOwn(inner.shape, name) ? inner.shape[name] : undefined
    if (known === undefined) found.add(`${path}.${name}`)
    else collect(known, { value: field, path: `${path}.${name}` }, found)
  }
}

/** The schema below optional, nullable, default, read-only and transforming wrappers. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return bare(schema.in)
  const isWrapper =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly
  return isWrapper ? bare(schema.unwrap()) : schema
}
