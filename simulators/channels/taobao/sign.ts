import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type SignMethod = 'md5' | 'hmac' | 'hmac-sha256'

export function isSignMethod(text: string): text is SignMethod {
  return text === 'md5' || text === 'hmac' || text === 'hmac-sha256'
}

/**
 * The signature of a call to TOP over its decoded parameters, without `sign` and files; empty values are left out.
 * Source: taobao.md 3.2 [doc].
 */
export function signCall(secret: string, method: SignMethod, params: Iterable<readonly [string, string]>): string {
  return digest(secret, method, joined([...params].filter(([, value]) => value !== '')))
}

/**
 * Whether `sign` is right. A caller may have signed its empty values (the PHP SDK does) or left them out (the Java SDK does); the
 * platform takes both.
 */
export function isSignedBy(secret: string, method: SignMethod, params: ReadonlyMap<string, string>): boolean {
  const given = params.get('sign') ?? ''
  const signed = [...params].filter(([name]) => name !== 'sign')
  if (same(given, signCall(secret, method, signed))) return true
  const withEmpty = signed.some(([, value]) => value === '')
  return withEmpty && same(given, digest(secret, method, joined(signed)))
}

/** The signature of a call the platform makes (SPI, Qimen): `body` is the raw text of a JSON or XML body. Source: taobao.md 3.4 [doc]. */
export function signPush(secret: string, params: Iterable<readonly [string, string]>, body: string): string {
  return createHash('md5')
    .update(secret + joined([...params]) + body + secret, 'utf8')
    .digest('hex')
    .toUpperCase()
}

function digest(secret: string, method: SignMethod, text: string): string {
  const hash =
    method === 'md5'
      ? createHash('md5').update(secret + text + secret, 'utf8')
      : createHmac(method === 'hmac' ? 'md5' : 'sha256', secret).update(text, 'utf8')
  return hash.digest('hex').toUpperCase()
}

/** Names in the order of their code units, which for TOP's names is the order of their bytes; no locale has a say. */
function joined(params: readonly (readonly [string, string])[]): string {
  return [...params]
    .sort(([a], [b]) => Number(a > b) - Number(a < b))
    .map(([name, value]) => name + value)
    .join('')
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
