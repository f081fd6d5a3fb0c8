import { expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { buildRequest, requestId } from './call.ts'
import { Credentials } from './manifest.ts'
import { listCall } from './orders.ts'
import signedCalls from './samples/signed-calls.json' with { type: 'json' }
import vectors from './samples/standard-webhooks.json' with { type: 'json' }
import { shipmentCall } from './shipments.ts'
import { inspectSignature, signCall } from './sign.ts'

test.each(vectors.signatures)(
  'the inspector reproduces the vector: $note',
  ({ secret, id, timestamp, body, signature }) => {
    const input = { secret, id, timestamp, body }
    expect(inspectSignature({ kind: 'standard-webhooks', ...input })).toEqual({ signature })
    expect(inspectSignature({ kind: 'standard-webhooks', ...input, timestamp: String(input.timestamp) })).toEqual({
      signature,
    })
  },
)

test.each(signedCalls.calls)('the worked signature of $method $target is reproduced', (call) => {
  const signed = {
    id: call.headers['webhook-id'],
    timestamp: call.headers['webhook-timestamp'],
    method: call.method,
    target: call.target,
    body: call.body,
  }
  expect(signCall(call.secret, signed)).toBe(call.headers['webhook-signature'])
  expect(inspectSignature({ kind: 'call', secret: call.secret, ...signed })).toEqual({
    signature: call.headers['webhook-signature'],
  })
})

const [list, ship] = signedCalls.calls as [(typeof signedCalls.calls)[0], (typeof signedCalls.calls)[0]]
const account = {
  credentials: Credentials.parse({ address: 'https://tea.example', secret: list.secret }),
  address: 'https://tea.example',
}

test('the list call is sent as in the worked example, to the character', () => {
  const request = buildRequest(account, listCall('orders.pull', Date.parse('2026-10-20T01:00:00Z'), null), {
    id: 'req_01JAVW3QGZ',
    at: 1_792_547_000_000,
  })
  expect(request).toMatchObject({ method: 'GET', url: `https://tea.example${list.target}`, body: null, isWrite: false })
  expect(request.headers).toMatchObject(list.headers)
})

test('the shipping call is sent as in the worked example, to the character', () => {
  const call = shipmentCall({
    channelOrderNo: 'T-7301',
    carrier: 'zto',
    carrierName: '',
    waybillNo: '73512345678944',
    shippedAt: Date.parse('2026-10-21T02:00:00Z'),
    lines: [
      { channelLineNo: '1501', channelSkuNo: 'LJ-TJ-250', quantity: 2, isWholeLine: true },
      { channelLineNo: '1502', channelSkuNo: 'GW-BC-01', quantity: 1, isWholeLine: true },
    ],
    isWholeOrder: true,
  })
  const request = buildRequest(account, call, { id: 'req_01JAVW3QH2', at: 1_792_548_000_999 })
  expect(request).toMatchObject({
    method: 'POST',
    url: `https://tea.example${ship.target}`,
    body: ship.body,
    isWrite: true,
  })
  expect(request.headers).toMatchObject(ship.headers)
})

test('a site below a path signs the whole path, and an odd order number is one part of it', () => {
  const call = {
    operation: 'orders.get',
    method: 'GET',
    path: `/oms/v1/orders/${encodeURIComponent('甲/7')}`,
    body: null,
    namesOrder: true,
  } as const
  const inFolder = { ...account, address: 'https://tea.example/shop' }
  const request = buildRequest(inFolder, call, { id: 'req_1', at: 0 })
  expect(request.url).toBe('https://tea.example/shop/oms/v1/orders/%E7%94%B2%2F7')
  expect(request.headers['webhook-signature']).toBe(
    signCall(list.secret, {
      id: 'req_1',
      timestamp: '0',
      method: 'GET',
      target: '/shop/oms/v1/orders/%E7%94%B2%2F7',
      body: '',
    }),
  )
})

test('every call has an id of its own, without a full stop', () => {
  const call = listCall('orders.pull', 0, null)
  const ids = [
    requestId(call, 1_792_547_000_000, 1),
    requestId(call, 1_792_547_000_000, 2),
    requestId(call, 1_792_547_000_001, 1),
    requestId(listCall('orders.pull', 1000, null), 1_792_547_000_000, 1),
  ]
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^req_[0-9a-z_]+$/)
})

test.each([
  { input: { kind: 'top' }, field: 'kind' },
  { input: null, field: 'kind' },
  { input: { kind: 'standard-webhooks', secret: 'AAAA', id: 'a', timestamp: 1, body: {} }, field: 'body' },
  { input: { kind: 'standard-webhooks', secret: 'AAAA', id: 'a', timestamp: 'now', body: '' }, field: 'timestamp' },
  { input: { kind: 'standard-webhooks', secret: '密', id: 'a', timestamp: 1, body: '' }, field: 'secret' },
  { input: { kind: 'standard-webhooks', secret: 'AAAA', id: 'a.b', timestamp: 1, body: '' }, field: 'id' },
])('a wrong input names its field: $field', ({ input, field }) => {
  let failure: unknown
  try {
    inspectSignature(input)
  } catch (error) {
    failure = error
  }
  expect(failure).toBeInstanceOf(Failure)
  expect(failure).toMatchObject({ code: 'INPUT_INVALID', details: { field } })
})

test.each([
  { address: 'https://shop.example/', kept: 'https://shop.example' },
  { address: ' https://shop.example/tea/ ', kept: 'https://shop.example/tea' },
  { address: 'http://localhost:8080', kept: 'http://localhost:8080' },
  { address: 'http://127.0.0.1:9', kept: 'http://127.0.0.1:9' },
  { address: 'http://[::1]:9', kept: 'http://[::1]:9' },
  { address: 'http://shop.example', kept: null },
  { address: 'http://127.0.0.1.shop.example', kept: null },
  { address: 'ftp://shop.example', kept: null },
  { address: 'shop.example', kept: null },
  { address: 'https://shop.example/?a=1', kept: null },
  { address: 'https://me:secret@shop.example', kept: null },
])('the address $address is kept as $kept', ({ address, kept }) => {
  const read = Credentials.safeParse({ address, secret: list.secret })
  expect(read.success ? read.data.address : null).toBe(kept)
})

test.each([
  { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', ok: true },
  { secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl', ok: false },
  { secret: '123456', ok: false },
  { secret: `whsec_${Buffer.alloc(65).toString('base64')}`, ok: false },
])('a secret of 24 to 64 bytes is wanted: $secret is $ok', ({ secret, ok }) => {
  expect(Credentials.safeParse({ address: 'https://shop.example', secret }).success).toBe(ok)
})

test('a public key may be left out, and must be one when given', () => {
  const read = (publicKey?: string) =>
    Credentials.safeParse({ address: 'https://a.example', secret: list.secret, publicKey })
  expect(read().data?.publicKey).toBe('')
  expect(read(`whpk_${Buffer.alloc(32).toString('base64')}`).success).toBe(true)
  expect(read('whpk_AAAA').success).toBe(false)
})
