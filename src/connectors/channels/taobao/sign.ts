import { hashHex, hmacHex, sameText } from '../../../kit/signing.ts'

/** Source: taobao.md 3.1 [doc]. `hmac` is HMAC-MD5. */
export const signMethods = ['md5', 'hmac', 'hmac-sha256'] as const
export type SignMethod = (typeof signMethods)[number]

export type Params = Readonly<Record<string, string>>

/**
 * The signature of a call: names in ordinal order, each followed by its value, no separators; upper-case hex. `sign` itself and empty
 * values are left out, so they must not be sent either. Source: taobao.md 3.2 [doc], the dropping [rule].
 */
export function signCall(params: Params, secret: string, method: SignMethod): string {
  return seal(sortedText(withoutEmpty(params)), secret, method)
}

/** What the platform signs when it calls us: its parameters as above, then the raw body. Source: taobao.md 3.4 [doc]. */
export function signPush(
  params: Params,
  body: string,
  { secret, method }: { secret: string; method: SignMethod },
): string {
  return seal(sortedText(params) + body, secret, method)
}

/** The signature in the first frame of a message connection; the default group is named `default`. Source: taobao.md 16.3 [sdk]. */
export function signMessageConnect(params: Params, secret: string): string {
  const { app_key = '', group_name = 'default', timestamp = '' } = params
  return seal(sortedText({ app_key, group_name, timestamp }), secret, 'md5')
}

/** Parameters without empty values, which must be neither signed nor sent. */
export function withoutEmpty(params: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(params)) if (value) kept[name] = value
  return kept
}

export function sameSignature(one: string, other: string): boolean {
  return sameText(one.toUpperCase(), other.toUpperCase())
}

/** Names are ASCII, so comparing code units is comparing bytes. */
function sortedText(params: Params): string {
  return Object.keys(params)
    .filter((name) => name !== 'sign')
    .sort()
    .map((name) => name + (params[name] ?? ''))
    .join('')
}

function seal(text: string, secret: string, method: SignMethod): string {
  const hex = {
    md5: () => hashHex('md5', secret + text + secret),
    hmac: () => hmacHex('md5', secret, text),
    'hmac-sha256': () => hmacHex('sha256', secret, text),
  }[method]()
  return hex.toUpperCase()
}
