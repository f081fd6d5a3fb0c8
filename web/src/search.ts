/**
 * The state of a list in the address: plain `?view=to-review&shops=1,2`, so that a link can be read, sent and typed. Values that say
 * nothing are left out.
 */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(search).flatMap(([name, value]) => {
    const written = textOf(value)
    return written === '' ? [] : [[name, written]]
  })
  const query = new URLSearchParams(entries).toString().replaceAll('%2C', ',')
  return query === '' ? '' : `?${query}`
}

type Raw = Readonly<Record<string, unknown>>

export const textIn = (raw: Raw, name: string): string | undefined => {
  const value = textOf(raw[name])
  return value === '' ? undefined : value
}

export function oneIn<V extends string>(raw: Raw, name: string, allowed: readonly V[]): V | undefined {
  return allowed.find((each) => each === textOf(raw[name]))
}

export function manyIn<V extends string>(raw: Raw, name: string, allowed: readonly V[]): V[] {
  return words(raw[name]).filter((each): each is V => (allowed as readonly string[]).includes(each))
}

export function idsIn(raw: Raw, name: string): number[] {
  return words(raw[name]).flatMap((each) => (/^\d{1,15}$/.test(each) ? [Number(each)] : []))
}

export function numberIn(raw: Raw, name: string): number | undefined {
  return idsIn(raw, name)[0]
}

const words = (value: unknown): string[] => textOf(value).split(',').filter(Boolean)

/** A value as it stands in an address; what cannot stand there is nothing. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
