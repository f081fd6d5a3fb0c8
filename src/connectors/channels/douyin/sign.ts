import { hashHex, hmacHex, sameText } from '../../../kit/signing.ts'

export type SignMethod = 'hmac-sha256' | 'md5'

/** What of a call is signed; the access token is not. Source: douyin.md 1 [doc]. */
export interface SignedParts {
  readonly appKey: string
  readonly method: string
  /** The same bytes as the body. */
  readonly paramJson: string
  /** Unix seconds in decimal. */
  readonly timestamp: string
  readonly version: string
}

/** The signature of a call in lower-case hex, the secret at both ends of the text. Source: douyin.md 1 [doc]. */
export function signCall(parts: SignedParts, appSecret: string, signMethod: SignMethod): string {
  const { appKey, method, paramJson, timestamp, version } = parts
  const named = `app_key${appKey}method${method}param_json${paramJson}timestamp${timestamp}v${version}`
  const text = `${appSecret}${named}${appSecret}`
  return signMethod === 'md5' ? hashHex('md5', text) : hmacHex('sha256', appSecret, text)
}

/** The signature of a push over its raw body: MD5 in lower-case hex. Source: douyin.md 7 [doc]. */
export function signPush(body: string, { appKey, appSecret }: { readonly appKey: string; readonly appSecret: string }) {
  return hashHex('md5', `${appKey}${body}${appSecret}`)
}

export function sameSignature(one: string, other: string): boolean {
  return sameText(one.toLowerCase(), other.toLowerCase())
}
