import { type Asked, json, type Reply, redirect } from '../../aid/http.ts'
import { shopDomain } from './questions.ts'
import { callbackSignature } from './sign.ts'
import { app, type Tokens } from './tokens.ts'

/** What consent and token need; `secret` is the app's. */
export interface OAuthDesk {
  readonly tokens: Tokens
  readonly secret: string
  readonly now: () => number
}

/** Scopes that the app is given. Source: own-site.md 3 [doc S, exact set assumed]. */
const scope =
  'read_orders,read_all_orders,write_orders,read_products,read_inventory,write_inventory,' +
  'read_merchant_managed_fulfillment_orders,write_merchant_managed_fulfillment_orders'

/**
 * The merchant's consent, given at once, and the token for its code. Only the signature of the callback is in the sheet (own-site.md 3);
 * addresses and fields are [assumed]. Null: nothing of OAuth was asked.
 */
export function answerOAuth(desk: OAuthDesk, asked: Asked): Reply | null {
  if (asked.method === 'GET' && asked.path === '/admin/oauth/authorize') return consent(desk, asked.query)
  if (asked.method === 'POST' && asked.path === '/admin/oauth/access_token') return token(desk, asked)
  return null
}

function consent({ tokens, secret, now }: OAuthDesk, query: URLSearchParams): Reply {
  const back = query.get('redirect_uri') ?? ''
  if (query.get('client_id') !== app.key || !URL.canParse(back)) return json({ error: 'invalid_request' }, 400)
  const params = {
    code: tokens.newCode(),
    host: Buffer.from(`admin.shopify.com/store/${shopDomain.split('.')[0]!}`).toString('base64url'),
    shop: shopDomain,
    state: query.get('state') ?? '',
    timestamp: String(Math.floor(now() / 1000)),
  }
  const url = new URL(back)
  for (const [name, value] of Object.entries({ ...params, hmac: callbackSignature(secret, params) }))
    url.searchParams.set(name, value)
  return redirect(url.href)
}

function token({ tokens, secret }: OAuthDesk, { body }: Asked): Reply {
  const text = body.toString('utf8')
  const given = Object.fromEntries(text.startsWith('{') ? objectOf(text) : new URLSearchParams(text))
  if (given.client_id !== app.key || given.client_secret !== secret) return json({ error: 'invalid_client' }, 400)
  const granted = tokens.redeem(given.code ?? '')
  return granted === null ? json({ error: 'invalid_request' }, 400) : json({ access_token: granted, scope })
}

function objectOf(text: string): readonly (readonly [string, string])[] {
  try {
    const value: unknown = JSON.parse(text)
    return Object.entries(value as object).map(([name, each]) => [name, String(each)] as const)
  } catch {
    return []
  }
}
