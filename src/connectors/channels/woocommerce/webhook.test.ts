import { expect, test } from 'vitest'
import event from './samples/order-event.json' with { type: 'json' }
import { signWebhook } from './sign.ts'
import { readWebhook } from './webhook.ts'

const keys = { webhookSecret: event.secret }
const push = { method: 'POST', path: '/hooks/1', query: '', headers: event.headers, body: event.body }
const signed = (body: string, headers: Readonly<Record<string, string>> = {}) => ({
  ...push,
  body,
  headers: { ...push.headers, ...headers, 'x-wc-webhook-signature': signWebhook(event.secret, body) },
})

test('an order that changed is named, under the number of the delivery', () => {
  const [eventNo, channelOrderNo] = ['b5a9e0c1f0d34e0a9d1c', '7301']
  const events = [{ eventNo, type: 'order.updated', channelOrderNo, channelCaseNo: null }]
  expect(readWebhook(keys, push)).toEqual({ accepted: true, reason: null, events })
})

test('names of headers may be written in any case', () => {
  const headers = Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toUpperCase(), value]))
  expect(readWebhook(keys, { ...push, headers })).toEqual(readWebhook(keys, push))
})

test('an order that is gone carries its number alone', () => {
  const gone = signed('{"id":7301}', { 'x-wc-webhook-topic': 'order.deleted' })
  expect(readWebhook(keys, gone).events).toMatchObject([{ type: 'order.deleted', channelOrderNo: '7301' }])
})

test('the ping after a webhook is made is accepted and names nothing', () => {
  const secret = 'wh_sample_secret_2026'
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-wc-webhook-id': '12',
    'x-wc-webhook-signature': 'sC38S5WJMw4PwB5a8ubEoeb/uSoN3S9N6ky05/9iHbA=',
  }
  const ping = { ...push, headers, body: 'webhook_id=12' }
  expect(readWebhook({ webhookSecret: secret }, ping)).toEqual({ accepted: true, reason: null, events: [] })
})

test('what is not about orders names nothing', () => {
  const product = signed('{"id":522}', { 'x-wc-webhook-topic': 'product.updated' })
  expect(readWebhook(keys, product)).toEqual({ accepted: true, reason: null, events: [] })
})

test.each([
  { when: 'the body was written anew', given: { ...push, body: JSON.stringify(JSON.parse(event.body), null, 1) } },
  { when: 'one space was added', given: { ...push, body: `${push.body} ` } },
  { when: 'the secret is another', given: push, secret: 'wh_sample_secret_2026x' },
])('a push is refused when $when', ({ given, secret = event.secret }) => {
  expect(readWebhook({ webhookSecret: secret }, given)).toEqual({ accepted: false, reason: 'signature', events: [] })
})

test.each([
  { reason: 'missing-header', secret: event.secret, given: { ...push, headers: {} } },
  { reason: 'unusable-key', secret: '', given: push },
  { reason: 'malformed-body', secret: event.secret, given: signed('{"id":') },
  { reason: 'malformed-body', secret: event.secret, given: signed('{"order":7301}') },
  { reason: 'malformed-body', secret: event.secret, given: signed('{"id":1}', { 'x-wc-webhook-delivery-id': '' }) },
])('a push is refused for $reason', ({ reason, secret, given }) => {
  expect(readWebhook({ webhookSecret: secret }, given)).toEqual({ accepted: false, reason, events: [] })
})
