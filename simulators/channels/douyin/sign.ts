import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type SignMethod = 'hmac-sha256' | 'md5'

/** The four values of a call that its signature covers; the access token is not one of them. */
export interface SignedCall {
  readonly appKey: string
  readonly method: string
  /** Exactly the body. */
  readonly paramJson: string
  /** Seconds since 1970, in decimal. */
  readonly timestamp: string
}

/** Source: douyin.md 1 [doc]. */
export function signCall(secret: string, call: SignedCall, how: SignMethod = 'hmac-sha256'): string {
  const { appKey, method, paramJson, timestamp } = call
  const text = `${secret}app_key${appKey}method${method}param_json${paramJson}timestamp${timestamp}v2${secret}`
  if (how === 'md5') return md5(text)
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex')
}

/** The header `event-sign` of a push, over its raw body. Source: douyin.md 7 [doc]. */
export function signPush(secret: string, appKey: string, body: string): string {
  return md5(appKey + body + secret)
}

export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex')
}
