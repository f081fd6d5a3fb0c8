import { expect, test } from 'vitest'
import type { IncomingPush } from '../../../kit/channel.ts'
import vectors from './samples/signing.json' with { type: 'json' }
import sample from './samples/webhook-orders-updated.json' with { type: 'json' }
import { inspectSignature, signWebhook } from './sign.ts'
import { readWebhook } from './webhook.ts'

test.each(vectors)('$raw_body is signed as in the sheet', ({ secret, raw_body, hmac }) => {
  expect(signWebhook(secret, raw_body)).toBe(hmac)
  expect(inspectSignature({ kind: 'webhook', secret, body: raw_body })).toEqual({ signature: hmac })
})

test.each([
  [{ kind: 'top', secret: 'a', body: '' }, 'kind'],
  [{ kind: 'webhook', body: '' }, 'secret'],
  [{ kind: 'webhook', secret: 'a', body: {} }, 'body'],
])('a signature of %o is refused', (input, field) => {
  expect(() => inspectSignature(input)).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', details: expect.objectContaining({ field }) }),
  )
})

const keys = { webhookSecret: sample.secret }
const genuine: IncomingPush = {
  method: 'POST',
  path: '/hooks/1',
  query: '',
  headers: sample.headers,
  body: sample.raw_body,
}
const eventNo = sample.headers['x-shopify-webhook-id']

/** Another push, signed as Shopify would. */
const signed = (topic: string, body: string): IncomingPush => ({
  ...genuine,
  body,
  headers: { ...sample.headers, 'x-shopify-topic': topic, 'x-shopify-hmac-sha256': signWebhook(sample.secret, body) },
})

test('a genuine push names its order', () => {
  expect(readWebhook(keys, genuine)).toEqual({
    accepted: true,
    reason: null,
    events: [{ eventNo, type: 'orders/updated', channelOrderNo: 'gid://shopify/Order/5550001', channelCaseNo: null }],
  })
})

test.each([
  ['refunds/create', '{"id":601,"order_id":5550002}', 'gid://shopify/Order/5550002', 'gid://shopify/Refund/601'],
  ['fulfillments/create', '{"id":7102,"order_id":5550002}', 'gid://shopify/Order/5550002', null],
  ['orders/paid', '{"id":9007199254740993}', 'gid://shopify/Order/9007199254740993', null],
  ['inventory_levels/update', '{"inventory_item_id":61}', null, null],
  ['app/uninstalled', '{}', null, null],
])('%s names what it is about', (topic, body, channelOrderNo, channelCaseNo) => {
  expect(readWebhook(keys, signed(topic, body)).events).toEqual([
    { eventNo, type: topic, channelOrderNo, channelCaseNo },
  ])
})

test.each<[what: string, push: IncomingPush, secret: string, reason: string]>([
  ['another body', { ...genuine, body: `${genuine.body} ` }, sample.secret, 'signature'],
  ['another secret', genuine, 'shpss_other', 'signature'],
  ['no secret typed in', genuine, '', 'unusable-key'],
  ['no headers', { ...genuine, headers: {} }, sample.secret, 'missing-header'],
  ['no order in it', signed('orders/updated', '{"name":"#2001"}'), sample.secret, 'malformed-body'],
  ['a refund of no order', signed('refunds/create', '{"id":1}'), sample.secret, 'malformed-body'],
  ['no JSON', signed('orders/updated', '<html>'), sample.secret, 'malformed-body'],
])('%s is refused', (_, push, webhookSecret, reason) => {
  expect(readWebhook({ webhookSecret }, push)).toEqual({ accepted: false, reason, events: [] })
})

test('headers may be written in any case', () => {
  const headers = Object.fromEntries(Object.entries(sample.headers).map(([name, value]) => [name.toUpperCase(), value]))
  expect(readWebhook(keys, { ...genuine, headers }).accepted).toBe(true)
})
