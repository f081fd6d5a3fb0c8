import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { answer, refusal } from './tongdan.ts'

/** Failures, signatures and pushes of the samples of own-site.md 3, and what its rules decide beyond them. */
type Fields = Readonly<Record<string, unknown>>
const samples = path.join(import.meta.dirname, 'samples/shopify')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, `${name}.json`), 'utf8'))

const asAnswer = (body: unknown, status = 200, headers = {}) => ({ status, headers, body })
const failureOf = (input: unknown) => answer(['inspect', 'failure', 'shopify', '-'], input)
const [shipped, closed] = read('fulfillment-create').responses
const [set, stale] = read('inventory-set').responses
const throttled = read('throttled').response.body

/** The sample's answer with another number of points in the bucket. */
const withPoints = (currentlyAvailable: number, restoreRate: number) => {
  const { cost } = throttled.extensions
  const throttleStatus = { ...cost.throttleStatus, currentlyAvailable, restoreRate }
  return { ...throttled, extensions: { cost: { ...cost, throttleStatus } } }
}

describe.concurrent('inspect failure', () => {
  test.each([
    ['throttled', throttled, 'rate-limit', 'THROTTLED', 'later', 2_000],
    ['a closed fulfilment order', closed.body, 'business-rejected', 'fulfillment', 'never', null],
    ['stock that moved', stale.body, 'business-rejected', 'CHANGE_FROM_QUANTITY_STALE', 'later', null],
  ])('%s, of the samples', async (_, body, errorClass, code, retry, retryAfterMs) => {
    expect(await failureOf(asAnswer(body))).toEqual({ class: errorClass, code, retry, retryAfterMs })
  })

  test.each([
    ['a parcel', shipped.body],
    ['stock', set.body],
    ['a page of orders', read('orders-query').response.body],
    ['no order', { data: { order: null } }],
  ])('%s is none', async (_, body) => {
    expect(await failureOf(asAnswer(body))).toEqual({ class: null, code: null, retry: null, retryAfterMs: null })
  })

  // own-site.md 3: ⌈(requested − available) / restore rate⌉ seconds; 212 points are requested.
  test.each([
    [211, 100, 'rate-limit', 1_000],
    [12, 100, 'rate-limit', 2_000],
    [11, 100, 'rate-limit', 3_000],
    [0, 3, 'quota-exhausted', 71_000],
  ])('%i points left at %i a second is %s for %i ms', async (points, pace, errorClass, retryAfterMs) => {
    expect(await failureOf(asAnswer(withPoints(points, pace)))).toMatchObject({ class: errorClass, retryAfterMs })
  })

  const coded = (code: string) => ({ errors: [{ message: 'No.', extensions: { code } }] })
  test.each([
    [asAnswer(coded('ACCESS_DENIED')), 'permission', 'never'],
    [asAnswer(coded('INTERNAL_SERVER_ERROR')), 'transient', 'later'],
    [asAnswer(coded('MAX_COST_EXCEEDED')), 'param', 'never'],
    [asAnswer(coded('undefinedField')), 'param', 'never'],
    [asAnswer({ errors: '[API] Invalid API key or access token' }, 401), 'config', 'never'],
    [asAnswer({ errors: 'Not Found' }, 404), 'config', 'never'],
    [asAnswer('', 429, { 'Retry-After': '2' }), 'rate-limit', 'later'],
    [asAnswer('<html>', 502), 'transient', 'later'],
    [asAnswer('<html>', 200), 'transient', 'later'],
    [asAnswer('', 200), 'transient', 'later'],
    [asAnswer('', 301), 'config', 'never'],
  ])('%j is %s', async (input, errorClass, retry) => {
    expect(await failureOf(input)).toMatchObject({ class: errorClass, retry })
  })
})

const event = read('webhook-orders-updated')
const signatureOf = (input: unknown) => answer(['inspect', 'signature', 'shopify', '-'], input)

describe.concurrent('inspect signature', () => {
  const vectors: readonly Readonly<Record<string, string>>[] = [
    ...read('signing').webhook,
    { ...event, hmac: event.headers['x-shopify-hmac-sha256'] },
  ]
  test.each(vectors)('of $raw_body', async ({ secret, raw_body: body, hmac }) => {
    expect(await signatureOf({ kind: 'webhook', secret, body })).toEqual({ signature: hmac })
  })

  test.each([
    [{ kind: 'standard-webhooks', secret: 'a', body: '' }, 'kind'],
    [{ kind: 'webhook', body: '' }, 'secret'],
    [{ kind: 'webhook', secret: 'a', body: {} }, 'body'],
  ])('of %j is refused', async (input, field) => {
    const said = await refusal(['inspect', 'signature', 'shopify', '-'], input)
    expect(said).toMatchObject({ code: 'INPUT_INVALID', zh: expect.stringContaining(field) })
  })
})

const webhookOf = (input: unknown) => answer(['inspect', 'webhook', 'shopify', '-'], input)
const push = (change: Fields = {}) => ({
  credentials: { webhookSecret: event.secret },
  method: 'POST',
  path: '/hooks/shopify/1',
  query: '',
  headers: event.headers,
  body: event.raw_body,
  now: '2026-10-20T01:20:02Z',
  ...change,
})

describe.concurrent('inspect webhook', () => {
  const updated = [{ type: 'orders/updated', channelOrderNo: 'gid://shopify/Order/5550001' }]
  const shouted = Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toUpperCase(), value]))
  test.each([
    ['a change', {}],
    ['headers in other letters', { headers: shouted }],
    ['long after, since no time is signed', { now: '2027-10-20T01:20:02Z' }],
  ])('%s is accepted', async (_, change) => {
    expect(await webhookOf(push(change))).toEqual({ accepted: true, reason: null, events: updated })
  })

  test.each([
    ['a body written anew', { body: JSON.stringify(JSON.parse(event.raw_body), null, 1) }, 'signature'],
    ['a body cut short', { body: event.raw_body.slice(0, -1) }, 'signature'],
    ['another secret', { credentials: { webhookSecret: 'shpss_other' } }, 'signature'],
    ['no secret at all', { credentials: { webhookSecret: '' } }, 'unusable-key'],
    ['no signature', { headers: { ...event.headers, 'x-shopify-hmac-sha256': undefined } }, 'missing-header'],
  ])('%s is refused', async (_, change, reason) => {
    expect(await webhookOf(push(change))).toEqual({ accepted: false, reason, events: [] })
  })
})
