import { hashHex } from '../../../kit/signing.ts'

export type Params = Readonly<Record<string, string>>

/**
 * The signature of a call: names in byte order, each followed by its value, the secret on both sides; upper-case hex of MD5. `sign` itself and
 * empty values are left out, so they must not be sent either. Source: jd.md 3 [doc D1].
 */
export function signCall(params: Params, secret: string): string {
  // Names are ASCII, so comparing code units is comparing bytes.
  const text = Object.keys(params)
    .filter((name) => name !== 'sign' && params[name] !== '')
    .sort()
    .map((name) => name + (params[name] ?? ''))
    .join('')
  return hashHex('md5', secret + text + secret).toUpperCase()
}

/** Parameters without empty values, which must be neither signed nor sent. */
export function withoutEmpty(params: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(params)) if (value) kept[name] = value
  return kept
}
