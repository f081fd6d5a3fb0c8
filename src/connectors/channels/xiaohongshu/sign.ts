import { hashHex, sameText } from '../../../kit/signing.ts'

/** The only parts of a call that are signed; the business fields are not. Source: xiaohongshu.md 2 [doc]. */
export interface SignedParts {
  readonly method: string
  readonly appId: string
  /** Unix seconds in decimal. */
  readonly timestamp: string
  readonly version: string
}

/** The signature of a call: MD5 in lower-case hex, the secret at the end without a separator. Source: xiaohongshu.md 2 [doc]. */
export function signCall({ method, appId, timestamp, version }: SignedParts, appSecret: string): string {
  return hashHex('md5', `${method}?appId=${appId}&timestamp=${timestamp}&version=${version}${appSecret}`)
}

/** What of a push is signed: its path and these parameters. The body is not. */
export interface SignedPush {
  /** Without host and query, as the platform was told it. */
  readonly path: string
  /** Of the query, decoded, with `app-key` and `timestamp` of the headers among them. */
  readonly params: Readonly<Record<string, string>>
}

/** The signature of a push: parameters by the order of their bytes, Chinese as it is. Source: xiaohongshu.md 11 [doc], mixed case [assumed]. */
export function signPush({ path, params }: SignedPush, appSecret: string): string {
  const pairs = Object.entries(params)
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => `${name}=${value}`)
  return hashHex('md5', `${path}?${pairs.join('&')}${appSecret}`)
}

export function sameSignature(one: string, other: string): boolean {
  return sameText(one.toLowerCase(), other.toLowerCase())
}
