import { createHash, timingSafeEqual } from 'node:crypto'

/** The four values of a call that its signature covers. */
export interface SignedCall {
  readonly method: string
  readonly appId: string
  /** Seconds since 1970, in decimal. */
  readonly timestamp: string
  readonly version: string
}

/** The signature of a call. Business fields and the token have no part in it. Source: xiaohongshu.md 2 [doc]. */
export function signCall(secret: string, { method, appId, timestamp, version }: SignedCall): string {
  return md5(`${method}?appId=${appId}&timestamp=${timestamp}&version=${version}${secret}`)
}

export interface SignedPush {
  /** Without host and query. */
  readonly path: string
  /** Query parameters of the receiver's address; Chinese as raw text. */
  readonly query: Iterable<readonly [string, string]>
  readonly appKey: string
  readonly timestamp: string
}

/** The signature of a push; its body has no part in it. Names in byte order [assumed for mixed case]. Source: xiaohongshu.md 11 [doc]. */
export function signPush(secret: string, { path, query, appKey, timestamp }: SignedPush): string {
  const pairs: (readonly [string, string])[] = [...query, ['app-key', appKey], ['timestamp', timestamp]]
  const sorted = pairs.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return md5(`${path}?${sorted.map(([name, value]) => `${name}=${value}`).join('&')}${secret}`)
}

export function isSignedBy(secret: string, call: SignedCall, sign: string): boolean {
  const [a, b] = [Buffer.from(sign), Buffer.from(signCall(secret, call))]
  return a.length === b.length && timingSafeEqual(a, b)
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex')
}
