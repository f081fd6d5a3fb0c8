/** What a search filter found strange; such a term is left out, as the platform does. */
export interface SearchWarning {
  readonly field: string
  readonly message: string
  readonly code: 'invalid_field' | 'invalid_value'
}

/** A filter, read. */
export interface Search<Row> {
  readonly matches: (row: Row) => boolean
  /** Instants between which a field must lie for a row to match, both ends included; for a quick way past the rest. */
  readonly span: (field: string) => { readonly from: number; readonly to: number }
  readonly warnings: readonly SearchWarning[]
}

/** What a field is compared with: an instant, or words of which one must be the term's, without regard to case. */
export type SearchField<Row> =
  | { readonly kind: 'time'; readonly of: (row: Row) => number }
  | { readonly kind: 'number'; readonly of: (row: Row) => number }
  | { readonly kind: 'words'; readonly of: (row: Row) => readonly string[] }
/** The fields that a list can be searched by. */
export type SearchFields<Row> = Readonly<Record<string, SearchField<Row>>>

interface Term {
  readonly field: string
  readonly comparator: string
  readonly value: string
}
type Clause =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Clause[] }
  | { readonly kind: 'not'; readonly of: Clause }
  | { readonly kind: 'term'; readonly term: Term }

/**
 * Reads a filter such as `updated_at:>='2026-10-20T01:00:00Z' AND -financial_status:paid`: terms joined by AND, OR or a gap, with NOT
 * or `-`, and parentheses. A bare word is left out with a warning; searching texts is not simulated.
 */
export function readSearch<Row>(query: string, fields: SearchFields<Row>): Search<Row> {
  const warnings: SearchWarning[] = []
  const clause = readAny({ words: query.match(wordPattern) ?? [], next: 0 })
  const used =
    clause &&
    sift(clause, ({ field, value }) => {
      const warning = warningOf(fields[field], field, value)
      if (warning) warnings.push(warning)
      return warning === null
    })
  return {
    matches: (row) => used === null || holds(used, fields, row),
    span: (field) => (used === null ? always : spanOf(used, field)),
    warnings,
  }
}

const wordPattern = /\(|\)|-?\w+:(?:<=|>=|<|>)?(?:'[^']*'|"[^"]*"|[^\s()]+)|[^\s()]+/g

interface Reading {
  readonly words: readonly string[]
  next: number
}

function readAny(reading: Reading): Clause | null {
  const parts = [readAll(reading)]
  while (reading.words[reading.next] === 'OR') {
    reading.next += 1
    parts.push(readAll(reading))
  }
  return joined('any', parts)
}

function readAll(reading: Reading): Clause | null {
  const parts: (Clause | null)[] = []
  for (let word = reading.words[reading.next]; word !== undefined && word !== ')' && word !== 'OR'; ) {
    if (word === 'AND') reading.next += 1
    else parts.push(readOne(reading))
    word = reading.words[reading.next]
  }
  return joined('all', parts)
}

function readOne(reading: Reading): Clause | null {
  const word = reading.words[reading.next]!
  reading.next += 1
  if (word === 'NOT') return negated(reading.next < reading.words.length ? readOne(reading) : null)
  if (word === '(') {
    const inner = readAny(reading)
    if (reading.words[reading.next] === ')') reading.next += 1
    return inner
  }
  if (word.startsWith('-')) return negated(termOf(word.slice(1)))
  return termOf(word)
}

function termOf(word: string): Clause {
  const [, field = '', comparator = '', quoted = ''] = /^(\w+):(<=|>=|<|>)?(.*)$/.exec(word) ?? []
  const value = quoted.replace(/^(['"])(.*)\1$/, '$2')
  return { kind: 'term', term: { field: field === '' ? word : field, comparator, value } }
}

function negated(of: Clause | null): Clause | null {
  return of && { kind: 'not', of }
}

function joined(kind: 'all' | 'any', parts: readonly (Clause | null)[]): Clause | null {
  const of = parts.filter((part) => part !== null)
  return of.length > 1 ? { kind, of } : (of[0] ?? null)
}

/** The clause without the terms that are not kept. */
function sift(clause: Clause, keeps: (term: Term) => boolean): Clause | null {
  if (clause.kind === 'term') return keeps(clause.term) ? clause : null
  if (clause.kind === 'not') return negated(sift(clause.of, keeps))
  return joined(
    clause.kind,
    clause.of.map((part) => sift(part, keeps)),
  )
}

function warningOf(known: { readonly kind: string } | undefined, field: string, value: string): SearchWarning | null {
  if (known === undefined) return { field, message: 'Invalid search field for this query.', code: 'invalid_field' }
  const isWrong =
    known.kind === 'time' ? Number.isNaN(instantOf(value)) : known.kind === 'number' && !/^\d+$/.test(value)
  return isWrong ? { field, message: `Input '${value}' is not an accepted value.`, code: 'invalid_value' } : null
}

/** A time without a zone is UTC [assumed]. */
function instantOf(value: string): number {
  return Date.parse(/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value) ? `${value}Z` : value)
}

function holds<Row>(clause: Clause, fields: SearchFields<Row>, row: Row): boolean {
  if (clause.kind === 'not') return !holds(clause.of, fields, row)
  if (clause.kind !== 'term') {
    const isMet = (part: Clause) => holds(part, fields, row)
    return clause.kind === 'all' ? clause.of.every(isMet) : clause.of.some(isMet)
  }
  const { field: name, comparator, value } = clause.term
  const field = fields[name]!
  if (field.kind === 'words') {
    const wanted = value.toLowerCase().split(',')
    return field.of(row).some((word) => wanted.includes(word.toLowerCase()))
  }
  const [own, other] = [field.of(row), field.kind === 'time' ? instantOf(value) : Number(value)]
  if (comparator === '>') return own > other
  if (comparator === '>=') return own >= other
  if (comparator === '<') return own < other
  return comparator === '<=' ? own <= other : own === other
}

const always = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

function spanOf(clause: Clause, field: string): { readonly from: number; readonly to: number } {
  if (clause.kind !== 'term') {
    if (clause.kind !== 'all') return always
    const spans = clause.of.map((part) => spanOf(part, field))
    return { from: Math.max(...spans.map(({ from }) => from)), to: Math.min(...spans.map(({ to }) => to)) }
  }
  if (clause.term.field !== field) return always
  const at = instantOf(clause.term.value)
  if (clause.term.comparator.startsWith('>')) return { ...always, from: at }
  if (clause.term.comparator.startsWith('<')) return { ...always, to: at }
  return { from: at, to: at }
}
