import { Agent } from 'node:http'
import { type Asked, html, type Reply, redirect } from '../../aid/http.ts'
import { post } from './deliveries.ts'
import type { Keys, Permissions } from './keys.ts'

const scopes: readonly string[] = ['read', 'write', 'read_write']
const names = ['app_name', 'scope', 'user_id', 'return_url', 'callback_url']

/**
 * GET /wc-auth/v1/authorize: the shop owner agrees at once, the site posts a new key to `callback_url` and sends the browser on;
 * `sim_refuse=1` refuses. https is asked of a callback, but on loopback. Source: own-site.md 2.1 [doc W].
 */
export async function giveKeys(keys: Keys, { query }: Asked): Promise<Reply> {
  const [missing] = names.filter((name) => !query.get(name))
  if (missing !== undefined) return html(`Missing parameter ${missing}`, 401)
  const [scope, userId, returnUrl, callbackUrl] = ['scope', 'user_id', 'return_url', 'callback_url'].map(
    (name) => query.get(name)!,
  )
  if (!scopes.includes(scope!)) return html(`Invalid scope ${scope}`, 401)
  if (!URL.canParse(returnUrl!) || !isSafe(callbackUrl!)) return html('The callback_url needs to be over SSL', 401)

  const back = new URL(returnUrl!)
  back.searchParams.set('user_id', userId!)
  const isAgreed = query.get('sim_refuse') !== '1'
  back.searchParams.set('success', isAgreed ? '1' : '0')
  if (!isAgreed) return redirect(back.href)

  const key = keys.add({ permissions: scope as Permissions })
  const body = {
    key_id: key.id,
    user_id: userId,
    consumer_key: key.consumerKey,
    consumer_secret: key.consumerSecret,
    key_permissions: key.permissions,
  }
  const headers = { 'content-type': 'application/json' }
  const isTaken = await post({ url: callbackUrl!, agent: new Agent(), headers, body: JSON.stringify(body) })
  return isTaken
    ? redirect(back.href)
    : html('An error occurred in the request and at the time were unable to send the consumer data', 401)
}

function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1')
}
