import type { AuditLine } from '../../../../src/contract/security.ts'
import { auditWords } from '../../words/audit.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'

/** A fact of a deed. Without `before` it is one that was not changed but told. */
export interface Fact {
  readonly name: string
  readonly before?: string
  readonly value: string
}

/** What a line tells besides who and what, in words, and all of it in one line. */
export function useContent(line: AuditLine): { readonly facts: readonly Fact[]; readonly summary: string } {
  const words = useWords(auditWords)
  const { yes, no } = useWords(partWords)
  const tell = (value: unknown) => textOf(value, { words, yes, no })
  const facts = factsOf(line.details).map(({ key, before, value }): Fact => {
    const name = nameOf(key, words)
    if (before === undefined) return { name, value: tell(value) }
    if (!Array.isArray(before) || !Array.isArray(value)) return { name, before: tell(before), value: tell(value) }
    return { name, value: differenceOf(before, value, { words, tell }) }
  })
  const told = facts.map(({ name, before, value }) =>
    words.filters.word(name, before === undefined ? value : words.arrow(before, value)),
  )
  return { facts, summary: told.join(words.joint) }
}

type AuditTexts = typeof auditWords.zh

interface Telling {
  readonly words: AuditTexts
  readonly yes: string
  readonly no: string
}

function textOf(value: unknown, telling: Telling): string {
  const { words, yes, no } = telling
  if (typeof value === 'string' && value !== '') return wordOf(value, words)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? yes : no
  if (Array.isArray(value) && value.length > 0) return value.map((each) => textOf(each, telling)).join(words.list)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '—'
  return Object.entries(value)
    .map(([key, inner]) => words.filters.word(nameOf(key, words), textOf(inner, telling)))
    .join(words.joint)
}

/** Rights and a few values that stand for themselves are told in words. */
function wordOf(value: string, words: AuditTexts): string {
  const known: Readonly<Record<string, string>> = { ...words.rights, ...words.values }
  return known[value] ?? value
}

const nameOf = (key: string, words: AuditTexts): string => (words.keys as Readonly<Record<string, string>>)[key] ?? key

interface Listing {
  readonly words: AuditTexts
  readonly tell: (value: unknown) => string
}

/** Of two lists only what came and what went. */
function differenceOf(before: readonly unknown[], after: readonly unknown[], { words, tell }: Listing): string {
  const came = after.filter((each) => !before.includes(each))
  const went = before.filter((each) => !after.includes(each))
  return [
    ...(came.length > 0 ? [words.came(tell(came))] : []),
    ...(went.length > 0 ? [words.went(tell(went))] : []),
  ].join(words.joint)
}

interface RawFact {
  readonly key: string
  /** Undefined where nothing is compared. */
  readonly before?: unknown
  readonly value: unknown
}

/** Of `before` and `after` only what differs; everything else as it stands. */
function factsOf({ before, after, ...others }: AuditLine['details']): readonly RawFact[] {
  const told = Object.entries(others).map(([key, value]) => ({ key, value }))
  if (before === undefined && after === undefined) return told
  const [was, is] = [asFields(before), asFields(after)]
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const changed = keys.filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
  const isChange = before !== undefined && after !== undefined
  return [
    ...changed.map((key) =>
      isChange ? { key, before: was[key] ?? null, value: is[key] } : { key, value: is[key] ?? was[key] },
    ),
    ...told,
  ]
}

/** What is not made of fields stands under the name `value`. */
function asFields(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {}
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { value }
}
