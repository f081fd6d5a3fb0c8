import { describe, expect, test } from 'vitest'
import { signWebhook } from '../../../kit/standard-webhooks.ts'
import { inspectWebhookSignature as inspectSignature } from '../../../kit/webhook-vector.ts'
import vectors from './samples/standard-webhooks.json' with { type: 'json' }
import { readWebhook } from './webhook.ts'

test.each(vectors.signatures)('$id is signed as in the sheet', ({ signature, ...input }) => {
  expect(inspectSignature({ kind: 'standard-webhooks', ...input })).toEqual({ signature })
  expect(inspectSignature({ kind: 'standard-webhooks', ...input, timestamp: String(input.timestamp) })).toEqual({
    signature,
  })
})

const asked = { kind: 'standard-webhooks', secret: 'AAAA', id: 'a', timestamp: 1, body: '' }
test.each([
  [{ ...asked, kind: 'top' }, 'kind'],
  [null, 'kind'],
  [{ ...asked, body: {} }, 'body'],
  [{ ...asked, timestamp: 'now' }, 'timestamp'],
  [{ ...asked, secret: '密' }, 'secret'],
  [{ ...asked, id: 'a.b' }, 'id'],
])('a signature of %o is refused', (input, field) => {
  expect(() => inspectSignature(input)).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', details: expect.objectContaining({ field }) }),
  )
})

const place = { method: 'POST', path: '/hooks/1', query: '' }

test.each(vectors.verifications)('$why: genuine is $valid', ({ secret, headers, body, now, valid }) => {
  const given = Object.fromEntries(Object.entries(headers).filter(([, text]) => text !== undefined))
  const reading = readWebhook({ webhookSecret: secret }, { ...place, headers: given, body }, now * 1000)
  const events = valid ? [expect.objectContaining({ type: 'order.paid', channelOrderNo: 'T-7301' })] : []
  expect(reading).toEqual({ accepted: valid, reason: valid ? null : expect.stringMatching(/^[a-z-]+$/), events })
})

const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const atS = 1_792_458_998
const pushOf = (body: string) => {
  const signature = signWebhook(webhookSecret, { id: 'evt_1', timestamp: String(atS), body })
  return {
    ...place,
    body,
    headers: { 'Webhook-Id': 'evt_1', 'Webhook-Timestamp': String(atS), 'Webhook-Signature': signature },
  }
}
const read = (body: unknown, secret = webhookSecret) =>
  readWebhook({ webhookSecret: secret }, pushOf(typeof body === 'string' ? body : JSON.stringify(body)), atS * 1000)

describe('a genuine push names what it is about', () => {
  test.each([
    ['order.created', { id: '31' }, '31', null],
    ['order.updated', { id: '31', state: 'Shipped' }, '31', null],
    ['order.paid', { id: 31 }, '31', null],
    ['order.cancelled', { id: '31' }, '31', null],
    ['refund.created', { id: '31' }, '31', null],
    ['refund.created', { id: '5', orderId: '31' }, '31', '5'],
    ['stock.updated', { sku: 'GW-BC-01' }, null, null],
    ['ping', {}, null, null],
  ])('%s %o', (type, data, channelOrderNo, channelCaseNo) => {
    expect(read({ type, timestamp: '2026-10-20T01:16:38Z', data })).toEqual({
      accepted: true,
      reason: null,
      events: [{ eventNo: 'evt_1', type, channelOrderNo, channelCaseNo }],
    })
  })

  test('a number beyond 2^53 to its last digit', () => {
    const { events } = read('{"type":"order.updated","data":{"id":9007199254740993}}')
    expect(events[0]?.channelOrderNo).toBe('9007199254740993')
  })
})

test.each([
  ['no order in it', { type: 'order.updated', data: {} }, 'malformed-body'],
  ['no type', { data: { id: '31' } }, 'malformed-body'],
  ['a refund of nothing', { type: 'refund.created', data: null }, 'malformed-body'],
  ['no JSON', '<html>', 'malformed-body'],
])('a push with %s is refused', (_, body, reason) => {
  expect(read(body)).toEqual({ accepted: false, reason, events: [] })
})

test('without a secret typed in every push is refused', () => {
  expect(read({ type: 'order.paid', data: { id: '31' } }, '')).toEqual({
    accepted: false,
    reason: 'unusable-key',
    events: [],
  })
})
