import { parseJson } from './json.ts'

/** A JSON object nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>

/** The value where it is a JSON object; null where it is a list, a text or nothing. */
export function asFields(value: unknown): Fields | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : null
}

/** A body as a JSON object, long numbers as their text; null where it is none or no JSON at all. */
export function parseFields(body: string): Fields | null {
  try {
    return asFields(parseJson(body))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** A text or number as text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
