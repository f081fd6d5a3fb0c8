import { invalidParam } from './rest.ts'
import { readTime } from './text.ts'

/** The parameters of a call: the body's fields before those of the query. */
export interface Params {
  readonly given: (name: string) => unknown
  /** Empty where it is not given. */
  readonly text: (name: string) => string
  readonly flag: (name: string, usual: boolean) => boolean
  readonly whole: (name: string, range: Range) => number
  /** `a,b`, `name[]=a&name[]=b` or an array; null where it is not given. */
  readonly list: (name: string) => readonly string[] | null
  readonly ids: (name: string) => ReadonlySet<number> | null
  readonly time: (name: string, zone: { readonly isGmt: boolean }) => number | null
  readonly choice: <Word extends string>(name: string, words: readonly [Word, ...Word[]]) => Word
}

interface Range {
  readonly least: number
  readonly most?: number
  readonly usual: number
}

/** Reads parameters as the site does; each throws a RestFault with `rest_invalid_param` for a value of the wrong kind. */
export function paramsOf(query: URLSearchParams, body: Readonly<Record<string, unknown>>): Params {
  const given = (name: string): unknown => body[name] ?? query.get(name) ?? undefined
  const text = (name: string) => {
    const value = given(name)
    if (value === undefined) return ''
    if (typeof value !== 'string' && typeof value !== 'number')
      throw invalidParam(name, `${name} is not of type string.`)
    return String(value)
  }
  const list = (name: string) => listOf(query, name, given(name))
  return {
    given,
    text,
    list,
    flag: (name, usual) => flagOf(name, given(name)) ?? usual,
    whole: (name, range) => wholeOf(name, given(name), range),
    ids: (name) => {
      const texts = list(name)
      if (texts?.some((each) => !/^\d+$/.test(each))) throw invalidParam(name, `${name}[0] is not of type integer.`)
      return texts && new Set(texts.map(Number))
    },
    time: (name, zone) => {
      if (given(name) === undefined) return null
      const at = readTime(text(name), zone)
      if (at === null) throw invalidParam(name, 'Invalid date.')
      return at
    },
    choice: (name, words) => {
      const value = given(name) ?? words[0]
      const found = words.find((word) => word === value)
      if (found === undefined) throw invalidParam(name, `${name} is not one of ${words.join(', ')}.`)
      return found
    },
  }
}

function listOf(query: URLSearchParams, name: string, whole: unknown): readonly string[] | null {
  if (Array.isArray(whole)) return whole.map(String)
  const parts = [...query].filter(([key]) => key.startsWith(`${name}[`)).map(([, value]) => value)
  if (parts.length > 0) return parts
  if (typeof whole === 'number') return [String(whole)]
  return typeof whole === 'string' && whole !== '' ? whole.split(',') : null
}

const yes: readonly unknown[] = [true, 'true', '1', 1]
const no: readonly unknown[] = [false, 'false', '0', 0]

function flagOf(name: string, value: unknown): boolean | null {
  if (value === undefined) return null
  if (yes.includes(value)) return true
  if (no.includes(value)) return false
  throw invalidParam(name, `${name} is not of type boolean.`)
}

/** Numbers come as numbers or as their digits. */
export function integerOf(name: string, value: unknown): number {
  const isWhole =
    typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d{1,15}$/.test(value)
  if (!isWhole) throw invalidParam(name, `${name} is not of type integer.`)
  return Number(value)
}

function wholeOf(name: string, value: unknown, { least, most, usual }: Range): number {
  if (value === undefined) return usual
  const number = integerOf(name, value)
  if (number >= least && (most === undefined || number <= most)) return number
  const bounds =
    most === undefined ? `greater than or equal to ${least}` : `between ${least} (inclusive) and ${most} (inclusive)`
  throw invalidParam(name, `${name} must be ${bounds}`)
}
