import type { Chance } from '../../aid/random.ts'

/** Decimal major units as a JSON number: 30210 fen is 302.1. The nearest double prints as that decimal. Source: own-site.md 5 [sdk M]. */
export const decimal = (fen: number): number => fen / 100

/** Reads a JSON number of major units; null for what is no amount, below nothing, or finer than a fen. */
export function readDecimal(value: unknown): number | null {
  const match = typeof value === 'number' ? /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(value)) : null
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

export function iso(at: number): string
export function iso(at: number | null): string | null
export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `order_01JAVW2E8M…`: a word and a ULID, by time and chance. Source: own-site.md 5, its example. */
export function newId(word: string, at: number, dice: Chance): string {
  const time = Array.from({ length: 10 }, (_, place) => letters[Math.floor(at / 32 ** (9 - place)) % 32]!)
  const rest = Array.from({ length: 16 }, () => letters[dice.whole(0, 31)]!)
  return `${word}_${[...time, ...rest].join('')}`
}

export interface Option {
  readonly name: string
  readonly value: string
}

/** '颜色:苔绿;尺寸:1.8m' as options. */
export function optionsOf(specification: string): readonly Option[] {
  if (specification === '') return []
  return specification.split(';').map((part) => {
    const at = part.indexOf(':')
    return at < 0 ? { name: '规格', value: part } : { name: part.slice(0, at), value: part.slice(at + 1) }
  })
}

/** '苔绿 / 1.8m', and null for a product without options, as in the sheet's example. */
export function variantTitle(specification: string): string | null {
  const values = optionsOf(specification).map(({ value }) => value)
  return values.length === 0 ? null : values.join(' / ')
}
