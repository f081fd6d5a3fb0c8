import { z } from 'zod'
import { type FieldMark, fieldMarks, type Permission } from '../../core/access/permissions.ts'

/** Marks that this person may not see. */
type Hidden = ReadonlySet<FieldMark>
type Cutter = (value: unknown, hidden: Hidden) => unknown

/**
 * Cuts what the holder of `permissions` may not see out of a value of `schema`: personal fields become null, cost fields are absent.
 * Fields that the schema does not name are dropped too, so nothing leaves by accident. For exports and prints as for every answer.
 * The schema is walked once; using it again is cheap.
 */
export function cut<T extends z.ZodType>(
  schema: T,
  permissions: ReadonlySet<Permission>,
): (value: z.input<T>) => z.input<T> {
  const cutter = cutterOf(schema)
  const hidden = hiddenFrom(permissions)
  return (value) => whole(cutter, marksOf(schema), { value, hidden }) as z.input<T>
}

function hiddenFrom(permissions: ReadonlySet<Permission>): Hidden {
  const marks = Object.entries(fieldMarks) as [FieldMark, Permission][]
  return new Set(marks.filter(([, right]) => !permissions.has(right)).map(([mark]) => mark))
}

interface Seen {
  readonly value: unknown
  readonly hidden: Hidden
}

const absent = Symbol('absent')

function whole(cutter: Cutter, marks: readonly FieldMark[], { value, hidden }: Seen): unknown {
  const outcome = apply(cutter, marks, { value, hidden })
  return outcome === absent ? undefined : outcome
}

function apply(cutter: Cutter, marks: readonly FieldMark[], { value, hidden }: Seen): unknown {
  const lacking = marks.filter((mark) => hidden.has(mark))
  if (lacking.includes('cost')) return absent
  if (lacking.includes('personal')) return null
  return value === null || value === undefined ? value : cutter(value, hidden)
}

const known = new WeakMap<z.core.$ZodType, Cutter>()

function cutterOf(schema: z.core.$ZodType): Cutter {
  const ready = known.get(schema)
  if (ready) return ready
  // A schema that holds itself finds this while its own cutter is still being made.
  let made: Cutter | undefined
  known.set(schema, (value, hidden) => made?.(value, hidden))
  made = makeCutter(schema)
  known.set(schema, made)
  return made
}

const asIs: Cutter = (value) => value

function makeCutter(schema: z.core.$ZodType): Cutter {
  const inner = innerOf(schema)
  if (inner !== null) return cutterOf(inner)
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return ofObject(def)
    case 'array':
      return ofArray(def.element)
    case 'record':
      return ofRecord(def.valueType)
    case 'tuple':
      return ofTuple(def.items)
    case 'union':
      return ofUnion(def.options, (def as Partial<z.core.$ZodDiscriminatedUnionDef>).discriminator)
    case 'pipe':
    case 'transform':
    case 'prefault':
    case 'catch':
    case 'intersection':
    case 'map':
    case 'set':
    case 'promise':
      throw new TypeError(`an output is plain data: ${def.type} is not`)
    default:
      return asIs
  }
}

/** Marks of a field, through everything wrapped around it. An option's mark holds for the whole union. */
function marksOf(schema: z.core.$ZodType): FieldMark[] {
  const mark = z.globalRegistry.get(schema)?.mark as FieldMark | undefined
  const own = mark === undefined ? [] : [mark]
  const inner = innerOf(schema)
  if (inner !== null) return [...own, ...marksOf(inner)]
  const { def } = (schema as z.core.$ZodTypes)._zod
  return def.type === 'union' ? [...own, ...def.options.flatMap(marksOf)] : own
}

/** What a wrapper is wrapped around; null for everything else. */
function innerOf(schema: z.core.$ZodType): z.core.$ZodType | null {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'readonly':
    case 'default':
      return def.innerType
    case 'lazy':
      return def.getter()
    default:
      return null
  }
}

function ofObject(def: z.core.$ZodObjectDef): Cutter {
  const fields = Object.entries(def.shape).map(([key, field]) => ({
    key,
    cutter: cutterOf(field),
    marks: marksOf(field),
  }))
  const keepsOthers = def.catchall !== undefined && def.catchall._zod.def.type !== 'never'
  return (value, hidden) => {
    if (!isRecord(value)) return value
    const kept: Record<string, unknown> = keepsOthers ? { ...value } : {}
    for (const { key, cutter, marks } of fields) {
      const cell = value[key]
      if (cell === undefined) continue
      const outcome = apply(cutter, marks, { value: cell, hidden })
      if (outcome === absent) delete kept[key]
      else kept[key] = outcome
    }
    return kept
  }
}

function ofArray(element: z.core.$ZodType): Cutter {
  const cutter = cutterOf(element)
  const marks = marksOf(element)
  return (value, hidden) =>
    Array.isArray(value)
      ? value.map((item: unknown) => apply(cutter, marks, { value: item, hidden })).filter((item) => item !== absent)
      : value
}

function ofRecord(valueType: z.core.$ZodType): Cutter {
  const cutter = cutterOf(valueType)
  const marks = marksOf(valueType)
  return (value, hidden) => {
    if (!isRecord(value)) return value
    const entries = Object.entries(value).map(
      ([key, cell]) => [key, apply(cutter, marks, { value: cell, hidden })] as const,
    )
    return Object.fromEntries(entries.filter(([, cell]) => cell !== absent))
  }
}

function ofTuple(items: readonly z.core.$ZodType[]): Cutter {
  const parts = items.map((item) => ({ cutter: cutterOf(item), marks: marksOf(item) }))
  return (value, hidden) =>
    Array.isArray(value)
      ? parts.map(({ cutter, marks }, place) => whole(cutter, marks, { value: value[place] as unknown, hidden }))
      : value
}

/** Of a union of objects the one that its discriminator names; without one, there may be a single object and a single list among the options. */
function ofUnion(options: readonly z.core.$ZodType[], discriminator: string | undefined): Cutter {
  if (discriminator !== undefined) return ofNamed(options, discriminator)
  const structured = options.map(unwrapped).filter((option) => isStructured(option))
  const lists = structured.filter((option) => option._zod.def.type === 'array' || option._zod.def.type === 'tuple')
  const objects = structured.filter((option) => !lists.includes(option))
  if (lists.length > 1 || objects.length > 1)
    throw new TypeError('an output union of several objects names its discriminator')
  const [ofList, ofRecordLike] = [lists[0], objects[0]].map((option) => (option ? cutterOf(option) : asIs))
  return (value, hidden) => (Array.isArray(value) ? ofList! : ofRecordLike!)(value, hidden)
}

function ofNamed(options: readonly z.core.$ZodType[], discriminator: string): Cutter {
  const byName = new Map<unknown, Cutter>()
  for (const option of options) {
    for (const name of option._zod.propValues?.[discriminator] ?? []) byName.set(name, cutterOf(option))
  }
  return (value, hidden) => {
    const cutter = isRecord(value) ? byName.get(value[discriminator]) : undefined
    if (!cutter) throw new TypeError(`an answer is none of those its schema names by ${discriminator}`)
    return cutter(value, hidden)
  }
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = innerOf(schema)
  return inner === null ? schema : unwrapped(inner)
}

const structures = new Set(['object', 'array', 'record', 'tuple', 'union'])
const isStructured = (schema: z.core.$ZodType) => structures.has(schema._zod.def.type)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
