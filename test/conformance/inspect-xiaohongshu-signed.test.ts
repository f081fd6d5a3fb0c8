import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { xiaohongshu } from '../../src/connectors/channels/xiaohongshu/index.ts'
import { answer, refusal } from './tongdan.ts'

/** Signatures of calls and of pushes, by the vectors and samples of xiaohongshu.md. */
type Fields = Readonly<Record<string, unknown>>
interface Push {
  readonly path: string
  readonly query?: Fields | string
  readonly headers: Readonly<Record<string, string>>
  readonly rawBody: string
}

const samples = path.join(import.meta.dirname, 'samples/xiaohongshu')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, name), 'utf8'))
const { appId, appSecret, sellerId } = read('config.json')
const { connectivityTest, withQueryParams, ...pushed } = read('push.json')
const messages: readonly Push[] = pushed.messages

const signatureOf = (input: unknown) => answer(['inspect', 'signature', 'xiaohongshu', '-'], input)
const published = {
  path: withQueryParams.path,
  query: withQueryParams.query,
  headers: withQueryParams.headers,
  appSecret: withQueryParams.appSecret,
}

describe.concurrent('inspect signature', () => {
  test.each([
    ['oauth.getAccessToken', 'test-app', '1700000000', '1.0', 'secret-key', '15dd91e56a77df52c8a652a43a7c131e'],
    ['order.getOrderList', appId, '1767197000', '2.0', appSecret, 'f71dad326bb1d00b740a42119af8de19'],
    ['inventory.syncSkuStock', appId, '1767197040', '2.0', appSecret, '3312be0a4348d7b33284004c2adc8be1'],
  ])('of a call: %s', async (method, app, timestamp, version, secret, signature) => {
    const input = { method, appId: app, timestamp, version, appSecret: secret }
    expect(await signatureOf({ kind: 'api-sign', input })).toEqual({ signature })
    expect(await signatureOf({ kind: 'api-sign', input: { ...input, timestamp: Number(timestamp) } })).toEqual({
      signature,
    })
  })

  test('of every call among the samples', () => {
    const calls = readdirSync(samples).flatMap((file) => callsIn(read(file)))
    expect(calls.length).toBeGreaterThan(20)
    for (const { sign, ...call } of calls) {
      const said = xiaohongshu.inspect.signature({ kind: 'api-sign', input: { ...call, appSecret } })
      expect(said).toEqual({ signature: sign })
    }
  })

  test('of the published push, its query by names or as text', async () => {
    const signature = 'a7b7430de338783293443133ab9b9357'
    expect(await signatureOf({ kind: 'push-sign', input: published })).toEqual({ signature })
    expect(await signatureOf({ kind: 'push-sign', input: { ...published, query: 'canshu=test' } })).toEqual({
      signature,
    })
  })

  test.each(messages.map((push) => [push.headers.sign, push] as const))('of a push: %s', async (sign, push) => {
    const input = { path: push.path, query: {}, headers: push.headers, appSecret }
    expect(await signatureOf({ kind: 'push-sign', input })).toEqual({ signature: sign })
    expect(await signatureOf({ kind: 'push-verify', input })).toEqual({ accepted: true })
  })

  const [{ path: where, headers }] = messages as readonly [Push]
  test.each([
    ['another path', { path: '/hooks/xiaohongshu', headers }],
    ['a query that was not there', { path: where, query: { a: '1' }, headers }],
    ['another time', { path: where, headers: { ...headers, timestamp: '1767193442' } }],
    ['another app', { path: where, headers: { ...headers, 'app-key': 'other' } }],
    ['another signature', { path: where, headers: { ...headers, sign: '0'.repeat(32) } }],
    ['no signature', { path: where, headers: { ...headers, sign: '' } }],
  ])('of a push is not accepted with %s', async (_, input) => {
    expect(await signatureOf({ kind: 'push-verify', input: { ...input, appSecret } })).toEqual({ accepted: false })
  })

  test.each([
    [{ kind: 'jos', input: {} }, 'kind'],
    [{ kind: 'api-sign', input: { method: 'a', appId: 'b', timestamp: '1', version: '2.0' } }, 'input.appSecret'],
    [{ kind: 'push-verify', input: { ...published, path: undefined } }, 'input.path'],
  ])('of %j is refused', async (input, field) => {
    const said = await refusal(['inspect', 'signature', 'xiaohongshu', '-'], input)
    expect(said).toMatchObject({ code: 'INPUT_INVALID', zh: expect.stringContaining(field) })
  })
})

interface SignedCall {
  readonly method: string
  readonly appId: string
  readonly timestamp: string
  readonly version: string
  readonly sign: string
}

/** The questions in a sample, at whatever depth. */
function callsIn(value: unknown): SignedCall[] {
  if (typeof value !== 'object' || value === null) return []
  const { body } = value as Fields
  const own = typeof body === 'object' && body !== null && 'sign' in body ? [body as SignedCall] : []
  return [...own, ...Object.values(value).flatMap(callsIn)]
}

const webhookOf = (input: unknown) => answer(['inspect', 'webhook', 'xiaohongshu', '-'], input)
const asInput = (push: Push, change: Fields = {}) => ({
  credentials: { appId, appSecret, sellerId },
  method: 'POST',
  path: push.path,
  query: push.query ?? '',
  headers: push.headers,
  body: push.rawBody,
  now: Number(push.headers.timestamp ?? 1_767_193_441),
  ...change,
})

describe.concurrent('inspect webhook', () => {
  const [one, two] = ['P770011223344556601', 'P770011223344556602']
  const told = [
    [{ type: 'msg_fulfillment_status_change', channelOrderNo: one }],
    [
      { type: 'msg_fulfillment_receiver_change', channelOrderNo: one },
      { type: 'msg_fulfillment_seller_remark_change', channelOrderNo: two },
    ],
    [{ type: 'msg_after_sale_create', channelOrderNo: two }],
    [{ type: 'msg_after_sale_refund_finished', channelOrderNo: 'P770011223344556604' }],
    [{ type: 'msg_sku_buyable', channelOrderNo: null }],
  ]
  test.each(
    told.map((events, place) => [events.map(({ type }) => type).join(', '), events, messages[place]!] as const),
  )('%s', async (_, events, push) => {
    expect(await webhookOf(asInput(push))).toEqual({ accepted: true, reason: null, events })
  })

  const [push] = messages as readonly [Push]
  const at = Number(push.headers.timestamp)
  const foreign = push.rawBody.replace(sellerId, '66a1b2c3d4e5f6071829ffff')
  test.each([
    ['a body that nobody signed', { body: push.rawBody.replaceAll(one, two) }, null, [two]],
    ['a shop that is not ours', { body: foreign }, null, []],
    [
      'headers in other letters',
      { headers: { 'App-Key': appId, Timestamp: String(at), Sign: push.headers.sign } },
      null,
      [one],
    ],
    ['ten minutes later', { now: at + 600 }, null, [one]],
    ['more than that', { now: at + 601 }, 'too-old', []],
    ['before its time', { now: at - 601 }, 'too-new', []],
    ['another path', { path: '/hooks/xiaohongshu' }, 'signature', []],
    ['a query that was not there', { query: 'a=1' }, 'signature', []],
    ['another secret', { credentials: { appId, appSecret: 'x', sellerId } }, 'signature', []],
    ['another app', { credentials: { appId: 'other', appSecret, sellerId } }, 'app-key', []],
    ['no signature', { headers: {} }, 'missing-sign', []],
    ['a body that is none', { body: '<html>' }, 'malformed-body', []],
  ])('a push: %s', async (_, change, reason, orderNos) => {
    expect(await webhookOf(asInput(push, change))).toEqual({
      accepted: reason === null,
      reason,
      events: orderNos.map((channelOrderNo) => ({ type: 'msg_fulfillment_status_change', channelOrderNo })),
    })
  })

  test('the console’s check is accepted as about nothing', async () => {
    const said = await webhookOf(asInput({ headers: {}, ...connectivityTest }))
    expect(said).toEqual({ accepted: true, reason: null, events: [] })
  })
})
