import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Counts, Simulator } from '../../simulator.ts'
import { basicOf, type Called, type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'
import signing from './samples/signing.json' with { type: 'json' }
import orderSample from './samples/webhook-order-updated.json' with { type: 'json' }
import pingSample from './samples/webhook-ping.json' with { type: 'json' }
import { baseString, oauthSignature, webhookSignature } from './sign.ts'

const orders = '/wp-json/wc/v3/orders'
/** 20 October 2026. */
const now = 1_792_457_702_000

let simulator: Simulator
let oms: Caller
let key: string
let secret: string

beforeEach(async () => {
  simulator = await start({ seed: 7 })
  key = simulator.about.credentials['consumerKey']!
  secret = simulator.about.credentials['consumerSecret']!
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('clock', { now })
})
afterEach(() => simulator.close())

interface OauthWish {
  readonly nonce?: string
  readonly timestamp?: number
  readonly secret?: string
  readonly method?: string
  readonly signedMethod?: string
  readonly params?: Readonly<Record<string, string>>
  /** Leaves this one out of the call. */
  readonly without?: string
}

let nonces = 0

function oauthParams(wish: OauthWish): [string, string][] {
  nonces += 1
  const method = wish.method ?? 'HMAC-SHA256'
  const params = Object.entries({
    ...wish.params,
    oauth_consumer_key: key,
    oauth_nonce: wish.nonce ?? `nonce${nonces}`,
    oauth_signature_method: method,
    oauth_timestamp: String(wish.timestamp ?? now / 1000),
  })
  const call = { method: wish.signedMethod ?? 'GET', url: simulator.about.address + orders, params }
  const signature = oauthSignature(call, { secret: wish.secret ?? secret, method })
  return [...params, ['oauth_signature', signature] as [string, string]].filter(([name]) => name !== wish.without)
}
const signed = (wish: OauthWish = {}) =>
  oms.call('GET', `${orders}?${new URLSearchParams(oauthParams(wish))}`, { headers: {} })
const messageOf = (called: Called) => called.json<{ message: string }>().message

test.each(signing.webhook)(
  'a webhook of $raw_body is signed as in the sheet',
  ({ secret: own, raw_body, signature }) => {
    expect(webhookSignature(own, raw_body)).toBe(signature)
  },
)

test.each([orderSample, pingSample])('the whole sample deliveries are signed as in the sheet', (sample) => {
  expect(webhookSignature(sample.secret, sample.raw_body)).toBe(sample.headers['x-wc-webhook-signature'])
})

test.each(signing.basic)('Basic is key and secret in base64', (vector) => {
  expect(basicOf(vector.key, vector.secret)).toBe(vector.authorization)
})

test.each(signing.oauth1)('OAuth signs as in the sheet', (vector) => {
  const params = Object.entries({
    ...vector.params,
    oauth_consumer_key: vector.consumerKey,
    oauth_nonce: vector.nonce,
    oauth_signature_method: vector.alg,
    oauth_timestamp: String(vector.ts),
  })
  const call = { method: vector.method, url: vector.url, params }
  expect(baseString(call)).toBe(vector.base_string)
  expect(oauthSignature(call, { secret: vector.consumerSecret, method: vector.alg })).toBe(vector.signature)
})

test('every way in is open: Basic, the query, and OAuth with either hash in query or header', async () => {
  const header = oauthParams({}).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`)
  const answers = [
    await oms.call('GET', orders),
    await oms.call('GET', `${orders}?consumer_key=${key}&consumer_secret=${secret}`, { headers: {} }),
    await signed({ params: { status: 'processing', search: '林 & 周!' } }),
    await signed({ method: 'HMAC-SHA1' }),
    await oms.call('GET', orders, { headers: { authorization: `OAuth ${header.join(', ')}` } }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
})

test('a visitor and an unknown key are refused in the words of the sheet', async () => {
  const answers = [
    await oms.call('GET', orders, { headers: {} }),
    await oms.call('GET', orders, { headers: { authorization: basicOf('ck_nobody', secret) } }),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(401)
    expect(answer.json()).toEqual({
      code: 'woocommerce_rest_cannot_view',
      message: 'Sorry, you cannot list resources.',
      data: { status: 401 },
    })
  }
  expect((await oms.control<Counts>('counts')).refused).toEqual({ woocommerce_rest_cannot_view: 2 })
})

test.each([
  {
    when: 'a wrong secret',
    wish: { secret: 'cs_wrong' },
    says: 'Invalid signature - provided signature does not match.',
  },
  {
    when: 'another method signed',
    wish: { signedMethod: 'POST' },
    says: 'Invalid signature - provided signature does not match.',
  },
  { when: 'an unknown hash', wish: { method: 'PLAINTEXT' }, says: 'Invalid signature - signature method is invalid.' },
  { when: 'a time 16 minutes past', wish: { timestamp: now / 1000 - 960 }, says: 'Invalid timestamp.' },
  { when: 'a time 16 minutes ahead', wish: { timestamp: now / 1000 + 960 }, says: 'Invalid timestamp.' },
  { when: 'no nonce', wish: { without: 'oauth_nonce' }, says: 'Missing OAuth parameter oauth_nonce' },
])('OAuth with $when is refused', async ({ wish, says }) => {
  const answer = await signed(wish)
  expect([answer.status, messageOf(answer)]).toEqual([401, says])
})

test('a time 14 minutes past will do, a nonce only once', async () => {
  expect((await signed({ timestamp: now / 1000 - 840, nonce: 'once' })).status).toBe(200)
  const again = await signed({ nonce: 'once' })
  expect([again.status, messageOf(again)]).toEqual([401, 'Invalid nonce - nonce has already been used.'])
})

test('a wrong secret by Basic is named', async () => {
  const answer = await oms.call('GET', orders, { headers: { authorization: basicOf(key, 'cs_wrong') } })
  expect(answer.json()).toMatchObject({
    code: 'woocommerce_rest_authentication_error',
    message: 'Consumer secret is invalid.',
  })
})

test('a key to read writes nothing', async () => {
  const readOnly = await oms.control<{ consumerKey: string; consumerSecret: string }>('keys', { permissions: 'read' })
  const other = createCaller(simulator.about.address, { ...readOnly })
  expect((await other.call('GET', orders)).status).toBe(200)
  const write = await other.call('PUT', `${orders}/7301`, { body: { status: 'completed' } })
  expect([write.status, messageOf(write)]).toEqual([401, 'The API key provided does not have write permissions.'])
})

test('a key that was given for an hour ends after an hour', async () => {
  const { credentials } = await oms.control<{ credentials: Record<string, string> }>('authorise', {
    expiresInMs: 3_600_000,
  })
  const other = createCaller(simulator.about.address, credentials)
  expect((await other.call('GET', orders)).status).toBe(200)
  await oms.control('clock', { now: now + 3_600_001 })
  expect((await other.call('GET', orders)).status).toBe(401)
  expect((await oms.call('GET', orders)).status).toBe(200)
})

test('without pretty permalinks only rest_route leads in', async () => {
  expect((await oms.call('GET', '/?rest_route=/wc/v3/orders&per_page=1')).status).toBe(200)
  await oms.control('plugins', { permalinks: 'plain' })
  const answer = await oms.call('GET', orders)
  expect([answer.status, answer.json<{ code: string }>().code]).toEqual([404, 'rest_no_route'])
  expect((await oms.call('GET', '/?rest_route=/wc/v3/orders')).status).toBe(200)
})

test('keys can be asked for on a page: they are posted to the callback before the browser goes on', async () => {
  const query = { app_name: '统单', scope: 'read_write', user_id: '5', return_url: 'https://erp.example/back' }
  const ask = (more: object) => {
    const target = `${simulator.about.address}/wc-auth/v1/authorize?${new URLSearchParams({ ...query, ...more })}`
    return fetch(target, { redirect: 'manual' })
  }
  // Any address of the simulator that answers 2xx may stand for the callback.
  const callback_url = `${simulator.about.address}/_sim/keys`
  const agreed = await ask({ callback_url })
  expect(agreed.headers.get('location')).toBe('https://erp.example/back?user_id=5&success=1')
  expect((await ask({ callback_url, sim_refuse: '1' })).headers.get('location')).toContain('success=0')
  expect((await ask({ callback_url: 'http://erp.example/keys' })).status).toBe(401)
  expect((await ask({ callback_url, scope: 'all' })).status).toBe(401)
})
