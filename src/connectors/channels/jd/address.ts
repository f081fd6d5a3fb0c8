import { manifest } from './manifest.ts'

/** Where authorisation lives when the calls go to the real platform. Source: jd.md 2 [doc D1]. */
const authorisationHost = 'https://open-oauth.jd.com'

/** The one place to which all methods are posted. Source: jd.md 1 [doc D1]. */
export function gatewayAt(address: string): string {
  return `${address}/routerjson`
}

/** A page or call of authorisation; at any other address than the real one, such as a simulator's, everything hangs on that address. */
export function authorisationAt(address: string, path: 'to_login' | 'access_token' | 'refresh_token'): string {
  return `${address === manifest.address ? authorisationHost : address}/oauth2/${path}`
}
