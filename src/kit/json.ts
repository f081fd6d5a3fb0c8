/**
 * Reads JSON without losing digits: a whole number beyond 2^53 comes back as its text, every other value as usual. Platforms send
 * 19-digit order numbers as JSON numbers; plain JSON.parse would change their last digits. Throws SyntaxError on bad JSON.
 */
export function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? withSource(text, keepDigits) : JSON.parse(text)
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown
// The third argument (source text access, ES2026) is in the runtime and not yet in the type library.
const withSource = JSON.parse as (text: string, reviver: Reviver) => unknown

const keepDigits: Reviver = (_key, value, context) =>
  typeof value === 'number' &&
  context.source !== undefined &&
  !Number.isSafeInteger(value) &&
  /^-?\d+$/.test(context.source)
    ? context.source
    : value
