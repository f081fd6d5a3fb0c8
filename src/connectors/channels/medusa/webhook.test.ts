import { expect, test } from 'vitest'
import { signWebhook } from '../../../kit/standard-webhooks.ts'
import { readWebhook } from './webhook.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const keys = { webhookSecret: secret }
const now = Date.parse('2026-10-20T03:00:00Z')

function push(value: unknown, at = now) {
  const body = typeof value === 'string' ? value : JSON.stringify(value)
  const [id, timestamp] = ['msg_1', String(Math.floor(at / 1000))]
  const signature = signWebhook(secret, { id, timestamp, body })
  const headers = { 'Webhook-Id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
  return { method: 'POST', path: '/hooks/1', query: '', headers, body }
}

const event = (type: string, data: unknown) => ({ type, timestamp: '2026-10-20T03:00:00Z', data })
const orderNo = 'order_01JAVW2E8M'

test.each([
  'order.placed',
  'order.updated',
  'order.canceled',
  'order.completed',
  'payment.captured',
  'payment.refunded',
])('%s names the order to read again, whatever else it carries', (type) => {
  const reading = readWebhook(keys, push(event(type, { id: orderNo, total: 302 })), now)
  const events = [{ eventNo: 'msg_1', type, channelOrderNo: orderNo, channelCaseNo: null }]
  expect(reading).toEqual({ accepted: true, reason: null, events })
})

test('a change of stock names no order', () => {
  const reading = readWebhook(keys, push(event('inventory.updated', { sku: 'GW-BC-01' })), now)
  expect(reading).toMatchObject({ accepted: true, events: [{ type: 'inventory.updated', channelOrderNo: null }] })
})

const good = push(event('order.placed', { id: orderNo }))

test.each([
  { when: 'the body is another', given: { ...good, body: `${good.body} ` }, reason: 'signature' },
  { when: 'headers are missing', given: { ...good, headers: {} }, reason: 'missing-header' },
  { when: 'it is old', given: push(event('order.placed', { id: orderNo }), now - 600_000), reason: 'too-old' },
  { when: 'it is ahead', given: push(event('order.placed', { id: orderNo }), now + 600_000), reason: 'too-new' },
  { when: 'it names no order', given: push(event('order.placed', {})), reason: 'malformed-body' },
  { when: 'it is no JSON', given: push('order_1'), reason: 'malformed-body' },
  { when: 'it has no type', given: push({ data: { id: orderNo } }), reason: 'malformed-body' },
])('a push is refused when $when', ({ given, reason }) => {
  expect(readWebhook(keys, given, now)).toEqual({ accepted: false, reason, events: [] })
})

test('a shop that typed in no secret takes none', () => {
  expect(readWebhook({ webhookSecret: '' }, good, now)).toMatchObject({ accepted: false, reason: 'unusable-key' })
})
