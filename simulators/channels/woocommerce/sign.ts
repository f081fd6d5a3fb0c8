import { createHmac } from 'node:crypto'

/** What an OAuth 1.0a signature stands for: a call without its `oauth_signature`. */
export interface SignedCall {
  readonly method: string
  /** Without the query. */
  readonly url: string
  readonly params: readonly (readonly [name: string, value: string])[]
}

/** METHOD & enc(url) & enc(sorted enc(k)=enc(v) joined by &). Source: own-site.md 2.1 [doc W]. */
export function baseString({ method, url, params }: SignedCall): string {
  const pairs = params.map(([name, value]) => [encode(name), encode(value)] as const)
  const sorted = pairs.toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  const joined = sorted.map((pair) => pair.join('=')).join('&')
  return [method.toUpperCase(), url, joined].map((part, place) => (place === 0 ? part : encode(part))).join('&')
}

/** One-legged: the signing key is enc(secret) and an ampersand, since there is no token. Base64. */
export function oauthSignature(call: SignedCall, key: { readonly secret: string; readonly method: string }): string {
  const hash = key.method === 'HMAC-SHA1' ? 'sha1' : 'sha256'
  return createHmac(hash, `${encode(key.secret)}&`)
    .update(baseString(call))
    .digest('base64')
}

/** base64( HMAC-SHA256( raw body, secret ) ). Source: own-site.md 2.4 [doc W]. */
export function webhookSignature(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('base64')
}

/** RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
