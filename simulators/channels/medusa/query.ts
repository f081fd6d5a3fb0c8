import { fault } from './answers.ts'

/** The query of a list, read as strictly as the platform does: a name that it does not know is refused. */
export interface Query {
  readonly text: (name: string) => string | null
  /** `sku=A`, `sku[]=A&sku[]=B`, `sku[0]=A`; null where it is not given. */
  readonly list: (name: string) => readonly string[] | null
  readonly time: (name: string) => Span
  readonly paging: (usualLimit: number) => Paging
}

/** A span of time, both ends included. */
export interface Span {
  readonly from: number
  readonly to: number
}
export const always: Span = { from: 0, to: Number.MAX_SAFE_INTEGER }

export interface Paging {
  readonly limit: number
  readonly offset: number
}

/** Rows on a page at most. Source: the limit agreed beside own-site.md 5 [rule]. */
const limitMax = 100
const common = ['limit', 'offset', 'order', 'fields', 'with_deleted']
const key = /^(\w+)(?:\[(\$?\w*)\])?(?:\[\w*\])?$/

interface Given {
  readonly name: string
  /** '$gt', '', '0' or null for a bare name. */
  readonly inner: string | null
  readonly value: string
}

/** Throws a fault with `invalid_data` for a name beside `known` and the common ones. */
export function readQuery(search: URLSearchParams, known: readonly string[]): Query {
  const given = [...search].map(([name, value]): Given => {
    const match = key.exec(name)
    if (!match || ![...common, ...known].includes(match[1]!)) {
      throw fault('invalid_data', `Invalid request: Unrecognized fields: '${name}'`)
    }
    return { name: match[1]!, inner: match[2] ?? null, value }
  })
  const of = (name: string) => given.filter((each) => each.name === name)
  return {
    text: (name) => of(name).find(({ inner }) => inner === null)?.value ?? null,
    list: (name) => {
      const all = of(name).filter(({ inner }) => inner === null || !inner.startsWith('$') || inner === '$in')
      return all.length === 0 ? null : all.map(({ value }) => value)
    },
    time: (name) => of(name).reduce((span, each) => narrowed(span, each), always),
    paging: (usualLimit) => ({
      limit: wholeOf(of('limit')[0], { usual: usualLimit, most: limitMax }),
      offset: wholeOf(of('offset')[0], { usual: 0 }),
    }),
  }
}

/** The operator map of a time: ends as they are written. Source: own-site.md 5, List [sdk M]. */
function narrowed({ from, to }: Span, { name, inner, value }: Given): Span {
  const at = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at))
    throw fault('invalid_data', `Invalid request: Expected a date for field '${name}', but got '${value}'`)
  switch (inner) {
    case '$gt':
      return { from: Math.max(from, at + 1), to }
    case '$gte':
      return { from: Math.max(from, at), to }
    case '$lt':
      return { from, to: Math.min(to, at - 1) }
    case '$lte':
      return { from, to: Math.min(to, at) }
    case '$eq':
    case null:
      return { from: Math.max(from, at), to: Math.min(to, at) }
    default:
      throw fault('invalid_data', `Invalid request: Unrecognized fields: '${name}, ${inner}'`)
  }
}

function wholeOf(
  given: Given | undefined,
  { usual, most }: { readonly usual: number; readonly most?: number },
): number {
  if (given === undefined) return usual
  const number = /^\d{1,9}$/.test(given.value) ? Number(given.value) : Number.NaN
  if (Number.isNaN(number)) {
    throw fault(
      'invalid_data',
      `Invalid request: Expected type: 'number' for field '${given.name}', got: '${given.value}'`,
    )
  }
  if (most !== undefined && (number > most || number < 1)) {
    throw fault(
      'invalid_data',
      `Invalid request: Value for field '${given.name}' goes from 1 to ${most}`,
      number > most,
    )
  }
  return number
}

export function isWithin(at: number, { from, to }: Span): boolean {
  return at >= from && at <= to
}

/** Cuts a page out of rows that were all found. */
export function cut<T>(rows: readonly T[], { offset, limit }: Paging): readonly T[] {
  return rows.slice(offset, offset + limit)
}
