import { userInput } from './errors.ts'

/** What a filter or a sort may look at: a moment is epoch ms, a list of words matches when one of them does. */
export interface Field<Row> {
  readonly kind: 'ID' | 'String' | 'Boolean' | 'Number' | 'Date'
  readonly of: (row: Row) => Value | readonly string[]
}
type Value = string | number | boolean | null
/** The fields of one kind of list. */
export type Fields<Row> = Readonly<Record<string, Field<Row>>>

type Operators = Readonly<Record<string, unknown>>
/** `filter` of list options: operators by field, and `_and`, `_or` with filters. */
export type Filter = Readonly<Record<string, unknown>>

/** Options of any list. Source: own-site.md 4 [sdk V]. */
export interface ListOptions {
  readonly skip?: number | null
  readonly take?: number | null
  readonly sort?: Readonly<Record<string, 'ASC' | 'DESC'>> | null
  readonly filter?: Filter | null
  readonly filterOperator?: 'AND' | 'OR' | null
}

/** Input types of a list's options, as the server generates them from the fields of an entity. */
export function listOptions(name: string, fields: Fields<never>): string {
  const entries = Object.entries(fields)
  const filters = entries.map(([field, { kind }]) => `${field}: ${kind}Operators`)
  const sorts = entries.filter(([, { kind }]) => kind !== 'Boolean').map(([field]) => `${field}: SortOrder`)
  return `
input ${name}FilterParameter { ${filters.join(' ')} _and: [${name}FilterParameter!] _or: [${name}FilterParameter!] }
input ${name}SortParameter { ${sorts.join(' ')} }
input ${name}ListOptions { skip: Int take: Int sort: ${name}SortParameter filter: ${name}FilterParameter filterOperator: LogicalOperator }`
}

/** Rows a call may take. Source: own-site.md 4 [assumed]. */
const takeAtMost = 100

/** Which rows of a list are wanted. Throws USER_INPUT_ERROR above the limit. */
export function windowOf({ skip, take }: ListOptions): readonly [from: number, to: number] {
  if ((take ?? 0) > takeAtMost)
    throw userInput(`Cannot take more than ${takeAtMost} results from a list query`, { limit: takeAtMost })
  const from = Math.max(0, skip ?? 0)
  return [from, from + Math.max(0, take ?? takeAtMost)]
}

/** Rows that pass the filter, sorted as wished; ties, and lists without a wish, are in the order of ids [assumed]. */
export function selected<Row>(rows: Iterable<Row>, options: ListOptions, fields: Fields<Row>): readonly Row[] {
  const found: Row[] = []
  for (const row of rows) if (passes(row, options, fields)) found.push(row)
  const sorts = [...Object.entries(options.sort ?? {}), ['id', 'ASC'] as const]
  const keys = sorts.map(([name, order]) => ({ of: fields[name]!.of, sign: order === 'DESC' ? -1 : 1 }))
  return found.sort((a, b) => {
    for (const { of, sign } of keys) {
      const difference = compared(of(a), of(b))
      if (difference !== 0) return difference * sign
    }
    return 0
  })
}

function compared(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  // Ids are digits in texts and stand in the order of their numbers.
  if (left.length !== right.length && /^\d+$/.test(left + right)) return left.length - right.length
  if (left === right) return 0
  return left < right ? -1 : 1
}

function passes<Row>(row: Row, { filter, filterOperator }: ListOptions, fields: Fields<Row>): boolean {
  if (filter === undefined || filter === null) return true
  const tests = Object.entries(filter).filter(([, wanted]) => wanted !== null)
  const passesOne = ([name, wanted]: readonly [string, unknown]): boolean => {
    const nested = (each: Filter) => passes(row, { filter: each }, fields)
    if (name === '_and') return (wanted as readonly Filter[]).every(nested)
    if (name === '_or') return (wanted as readonly Filter[]).some(nested)
    const value = fields[name]!.of(row)
    const values = Array.isArray(value) ? (value as readonly string[]) : [value as Value]
    return Object.entries(wanted as Operators).every(
      ([operator, limit]) => limit === null || values.some((each) => holds(each, operator, limit)),
    )
  }
  return filterOperator === 'OR' ? tests.some(passesOne) : tests.every(passesOne)
}

type Test = (value: string & number, limit: string & number) => boolean
const lower = (text: unknown) => String(text).toLowerCase()

/** Bounds of moments leave themselves out but for `between`. Source: own-site.md 4 [sdk V]; upper and lower case are alike in parts of texts [assumed]. */
const tests: Readonly<Record<string, Test>> = {
  eq: (value, limit) => value === limit,
  notEq: (value, limit) => value !== limit,
  contains: (value, limit) => lower(value).includes(lower(limit)),
  notContains: (value, limit) => !lower(value).includes(lower(limit)),
  regex: (value, limit) => new RegExp(limit, 'i').test(value),
  before: (value, limit) => value < limit,
  after: (value, limit) => value > limit,
  lt: (value, limit) => value < limit,
  lte: (value, limit) => value <= limit,
  gt: (value, limit) => value > limit,
  gte: (value, limit) => value >= limit,
}

function holds(value: Value, operator: string, limit: unknown): boolean {
  if (operator === 'isNull') return (value === null) === limit
  if (value === null) return false
  if (operator === 'in') return (limit as readonly unknown[]).includes(value)
  if (operator === 'notIn') return !(limit as readonly unknown[]).includes(value)
  if (operator === 'between') {
    const { start, end } = limit as { readonly start: number; readonly end: number }
    return Number(value) >= start && Number(value) <= end
  }
  return tests[operator]!(value as string & number, limit as string & number)
}

/** Moments that a filter leaves open for one field, both ends included; everything where it says nothing that all rows must keep. */
export function spanOf({ filter, filterOperator }: ListOptions, field: string): readonly [from: number, to: number] {
  if (!filter || filterOperator === 'OR') return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const { eq, after, before, between } = (filter[field] ?? {}) as {
    readonly [name in 'eq' | 'after' | 'before']?: number | null
  } & { readonly between?: { readonly start: number; readonly end: number } | null }
  const inner = ((filter._and ?? []) as readonly Filter[]).map((each) => spanOf({ filter: each }, field))
  const from = [eq, between?.start, typeof after === 'number' ? after + 1 : null, ...inner.map(([start]) => start)]
  const to = [eq, between?.end, typeof before === 'number' ? before - 1 : null, ...inner.map(([, end]) => end)]
  return [
    Math.max(Number.NEGATIVE_INFINITY, ...from.filter((at) => typeof at === 'number')),
    Math.min(Number.POSITIVE_INFINITY, ...to.filter((at) => typeof at === 'number')),
  ]
}
