import { createHmac } from 'node:crypto'

/** `X-Shopify-Hmac-Sha256`: base64 HMAC-SHA256 of the raw body. Source: own-site.md 3 [doc]. */
export function pushSignature(secret: string, rawBody: string): string {
  return createHmac('sha256', secret).update(rawBody).digest('base64')
}

/** What is signed of an OAuth callback: its parameters without `hmac`, sorted, `k=v` joined by `&`. Source: own-site.md 3 [doc]. */
export function callbackMessage(params: Readonly<Record<string, string>>): string {
  return Object.keys(params)
    .filter((name) => name !== 'hmac')
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&')
}

/** The parameter `hmac` of an OAuth callback, hex. */
export function callbackSignature(secret: string, params: Readonly<Record<string, string>>): string {
  return createHmac('sha256', secret).update(callbackMessage(params)).digest('hex')
}
