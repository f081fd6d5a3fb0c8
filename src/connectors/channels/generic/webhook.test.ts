import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { signWebhook } from '../../../kit/standard-webhooks.ts'
import orderEvent from './samples/order-event.json' with { type: 'json' }
import vectors from './samples/standard-webhooks.json' with { type: 'json' }
import { readWebhook } from './webhook.ts'

const reasons: Readonly<Record<string, string>> = {
  'unknown version skipped, no v1 match': 'signature',
  'timestamp 301 s old': 'too-old',
  'timestamp 301 s in the future': 'too-new',
  'id changed': 'signature',
  'missing header': 'missing-header',
}

const address = { method: 'POST', path: '/hooks/generic/1', query: '' }

test.each(vectors.verifications)('$why: accepted is $valid', ({ why, secret, headers, body, now, valid }) => {
  const given = Object.fromEntries(Object.entries(headers).filter(([, text]) => text !== undefined))
  const reading = readWebhook({ secret }, { ...address, headers: given, body }, now * 1000)
  expect(reading).toEqual(
    valid
      ? {
          accepted: true,
          reason: null,
          events: [
            { eventNo: 'evt_20261020_000001', type: 'order.paid', channelOrderNo: 'T-7301', channelCaseNo: null },
          ],
        }
      : { accepted: false, reason: reasons[why], events: [] },
  )
})

const secret = 'whsec_b3duLXNpdGUgc2FtcGxlIGtleSAzMiBieXRlcyAwMSE='
const nowMs = 1_792_458_998_000

function signed(body: string) {
  const content = { id: 'evt_9', timestamp: String(nowMs / 1000), body }
  const headers = {
    'Webhook-Id': content.id,
    'Webhook-Timestamp': content.timestamp,
    'Webhook-Signature': signWebhook(secret, content),
  }
  return { ...address, headers, body }
}

const read = (value: unknown) => readWebhook({ secret }, signed(JSON.stringify(value)), nowMs)

test.each(['order.created', 'order.paid', 'order.updated', 'order.cancelled'])('%s names its order', (type) => {
  expect(read({ ...orderEvent, type }).events).toEqual([
    { eventNo: 'evt_9', type, channelOrderNo: 'T-7301', channelCaseNo: null },
  ])
})

test('a refund event names every refund of its order, each under a number of its own', () => {
  const data = { ...orderEvent.data, refunds: [{ id: 'R-1' }, { id: 'R-2' }] }
  expect(read({ type: 'refund.updated', data }).events).toEqual([
    { eventNo: 'evt_9', type: 'refund.updated', channelOrderNo: 'T-7301', channelCaseNo: 'R-1' },
    { eventNo: 'evt_9/R-2', type: 'refund.updated', channelOrderNo: 'T-7301', channelCaseNo: 'R-2' },
  ])
})

test('a refund event without refunds still names the order', () => {
  expect(read({ type: 'refund.created', data: { id: 7301 } }).events).toEqual([
    { eventNo: 'evt_9', type: 'refund.created', channelOrderNo: '7301', channelCaseNo: null },
  ])
})

test('an event of another kind is accepted and names nothing', () => {
  expect(read({ type: 'product.updated', data: { sku: 'A' } })).toMatchObject({
    accepted: true,
    events: [{ type: 'product.updated', channelOrderNo: null }],
  })
})

test.each(['', 'not json', '{}', '{"type":"order.paid","data":{}}', '{"type":"order.paid"}'])(
  'a genuine push that breaks the contract is refused: %s',
  (body) => {
    expect(readWebhook({ secret }, signed(body), nowMs)).toEqual({
      accepted: false,
      reason: 'malformed-body',
      events: [],
    })
  },
)

test('a site that signs with a private key is known by its public one', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const body = JSON.stringify(orderEvent)
  const signature = sign(null, Buffer.from(`evt_9.${nowMs / 1000}.${body}`), privateKey).toString('base64')
  const push = {
    ...address,
    headers: {
      'webhook-id': 'evt_9',
      'webhook-timestamp': String(nowMs / 1000),
      'webhook-signature': `v1a,${signature}`,
    },
    body,
  }
  const key = `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')}`
  expect(readWebhook({ secret, publicKey: key }, push, nowMs).accepted).toBe(true)
  expect(readWebhook({ secret, publicKey: '' }, push, nowMs).reason).toBe('signature')
})
