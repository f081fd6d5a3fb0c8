import type { Asked } from '../../aid/http.ts'
import type { Key, Keys } from './keys.ts'
import { type RestFault, restFault } from './rest.ts'
import { oauthSignature } from './sign.ts'

/** The three ways in, all open on loopback. */
export interface Gate {
  /** The key that the call was made with, or null for a visitor. Throws a RestFault for credentials that are wrong. */
  readonly keyOf: (asked: Asked) => Key | null
  readonly forget: () => void
}

interface Lock {
  readonly keys: Keys
  /** The site's clock, ms. */
  readonly now: () => number
  /** Nonces that were let in, with their time. */
  readonly nonces: Map<string, number>
}

/** Seconds a timestamp may be off. Source: own-site.md 2.1 [doc W]. */
const toleranceSeconds = 15 * 60
const noncesMax = 100_000

/**
 * Query parameters come first, then HTTP Basic, then OAuth 1.0a. An unknown key is nobody, as in the core, so the call is refused as a
 * visitor's; a wrong secret is said so. Source: own-site.md 2.1; order and words are [assumed].
 */
export function openGate(keys: Keys, now: () => number): Gate {
  const lock: Lock = { keys, now, nonces: new Map() }
  return { keyOf: (asked) => keyOf(lock, asked), forget: () => lock.nonces.clear() }
}

function keyOf(lock: Lock, asked: Asked): Key | null {
  const inQuery = pairOf(asked.query.get('consumer_key'), asked.query.get('consumer_secret'))
  const pair = inQuery ?? basicPair(asked.headers.authorization)
  if (!pair) return oauthKey(lock, asked)
  const key = lock.keys.find(pair.key)
  if (!key) return null
  if (key.consumerSecret !== pair.secret) throw denied('Consumer secret is invalid.')
  return key
}

const pairOf = (key: string | null, secret: string | null) => (key && secret ? { key, secret } : null)

function basicPair(header: string | string[] | undefined) {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(String(header ?? ''))?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : pairOf(text.slice(0, colon), text.slice(colon + 1))
}

const oauthNames = ['oauth_consumer_key', 'oauth_timestamp', 'oauth_nonce', 'oauth_signature', 'oauth_signature_method']
const oauthMethods = ['HMAC-SHA1', 'HMAC-SHA256']

function oauthKey(lock: Lock, asked: Asked): Key | null {
  const params = [...asked.query, ...headerParams(asked.headers.authorization)]
  const given = new Map(params)
  const missing = oauthNames.filter((name) => !given.get(name))
  if (missing.length === oauthNames.length) return null
  if (missing.length > 0) throw denied(`Missing OAuth parameter ${missing.join(', ')}`, 'missing_parameter')

  const value = (name: string) => given.get(`oauth_${name}`)!
  const key = lock.keys.find(value('consumer_key'))
  if (!key) throw denied('Consumer key is invalid.')
  const method = value('signature_method')
  if (!oauthMethods.includes(method)) throw denied('Invalid signature - signature method is invalid.')

  const url = `http://${String(asked.headers.host)}${asked.path}`
  const signed = params.filter(([name]) => name !== 'oauth_signature')
  const expected = oauthSignature({ method: asked.method, url, params: signed }, { secret: key.consumerSecret, method })
  if (value('signature') !== expected) throw denied('Invalid signature - provided signature does not match.')
  useUp(lock, value('timestamp'), `${key.consumerKey}/${value('nonce')}`)
  return key
}

/** `OAuth oauth_nonce="…", …`; a realm is not signed. */
function headerParams(header: string | string[] | undefined): [string, string][] {
  const text = String(header ?? '')
  if (!text.startsWith('OAuth ')) return []
  return [...text.matchAll(/(oauth_[a-z_]+)="([^"]*)"/g)].map(([, name, value]) => [name!, decodeURIComponent(value!)])
}

function useUp({ now, nonces }: Lock, timestamp: string, nonce: string): void {
  const seconds = Math.floor(now() / 1000)
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(seconds - Number(timestamp)) > toleranceSeconds)
    throw denied('Invalid timestamp.')
  if (nonces.has(nonce)) throw denied('Invalid nonce - nonce has already been used.')
  nonces.set(nonce, seconds)
  if (nonces.size > noncesMax) nonces.delete(nonces.keys().next().value!)
}

function denied(message: string, word = 'error'): RestFault {
  return restFault(401, `woocommerce_rest_authentication_${word}`, message)
}

/** What a call wants to do, as far as refusals tell. */
export type Access = 'list' | 'view' | 'create' | 'edit' | 'delete' | 'batch'

/** Words for a visitor; the first is from own-site.md's examples, the others are [assumed] after it. */
const closed: Readonly<Record<Access, readonly [word: string, message: string]>> = {
  list: ['view', 'Sorry, you cannot list resources.'],
  view: ['view', 'Sorry, you cannot view this resource.'],
  create: ['create', 'Sorry, you are not allowed to create resources.'],
  edit: ['edit', 'Sorry, you are not allowed to edit this resource.'],
  delete: ['delete', 'Sorry, you are not allowed to delete this resource.'],
  batch: ['batch', 'Sorry, you are not allowed to batch manipulate this resource.'],
}

/** Throws unless a key of the right kind was shown. */
export function mayPass(key: Key | null, access: Access): void {
  if (!key) {
    const [word, message] = closed[access]
    throw restFault(401, `woocommerce_rest_cannot_${word}`, message)
  }
  const wants = access === 'list' || access === 'view' ? 'read' : 'write'
  if (key.permissions !== 'read_write' && key.permissions !== wants) {
    throw denied(`The API key provided does not have ${wants} permissions.`)
  }
}
