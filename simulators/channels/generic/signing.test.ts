import { expect, test } from 'vitest'
import examples from './samples/contract-examples.json' with { type: 'json' }
import vectors from './samples/standard-webhooks.json' with { type: 'json' }
import { callContent, sign, verify } from './signing.ts'

const ownSecret = 'whsec_b3duLXNpdGUgc2FtcGxlIGtleSAzMiBieXRlcyAwMSE='

test.each([...vectors.public, ...vectors.computed])('reproduces the vector of $id with $secret', (vector) => {
  const { secret, id, timestamp, body, signature } = vector
  expect(sign(secret, { id, timestamp: String(timestamp), content: body })).toBe(signature)
})

test('a secret holds without its prefix and without padding', () => {
  const message = { id: 'evt_1', timestamp: '1700000000', content: '{}' }
  expect(sign('b3duLXNpdGUgc2FtcGxlIGtleSAzMiBieXRlcyAwMSE', message)).toBe(sign(ownSecret, message))
})

test.each(vectors.verify_cases)('$why: $valid', ({ secret, body, headers, now, valid }) => {
  const message = {
    id: headers['webhook-id'],
    timestamp: headers['webhook-timestamp'],
    signatures: headers['webhook-signature'],
    content: body,
  }
  expect(verify([secret], message, now * 1000) === 'accepted').toBe(valid)
})

test('the calls of the contract examples are signed over method, target and body', () => {
  const { list_request: list, ship_request: shipping } = examples
  const calls = [
    { ...list, body: '' },
    { ...shipping, body: shipping.body },
  ]
  for (const { method, target, headers, body } of calls) {
    const message = {
      id: headers['webhook-id'],
      timestamp: headers['webhook-timestamp'],
      content: callContent(method, target, Buffer.from(body)),
    }
    expect(sign(ownSecret, message)).toBe(headers['webhook-signature'])
  }
})

test.each([
  { when: 'another path', change: { content: callContent('GET', '/oms/v1/stock', Buffer.from('')) } },
  { when: 'another time', change: { timestamp: '1700000001' } },
  { when: 'an id with a dot, which would move the parts', change: { id: 'a.1700000000', timestamp: '1700000000' } },
  { when: 'no signature', change: { signatures: undefined } },
])('$when is refused as a signature', ({ change }) => {
  const message = { id: 'req_1', timestamp: '1700000000', content: callContent('GET', '/oms/v1/ping', Buffer.from('')) }
  const received = { ...message, signatures: sign(ownSecret, message), ...change }
  expect(verify([ownSecret], received, 1_700_000_000_000)).toBe('signature')
})

test.each([
  { off: -300, verdict: 'accepted' },
  { off: 300, verdict: 'accepted' },
  { off: -301, verdict: 'timestamp' },
  { off: 301, verdict: 'timestamp' },
])('a clock $off s off is $verdict', ({ off, verdict }) => {
  const message = { id: 'req_1', timestamp: String(1_700_000_000 + off), content: 'x' }
  expect(verify([ownSecret], { ...message, signatures: sign(ownSecret, message) }, 1_700_000_000_500)).toBe(verdict)
})

test('during a rotation either secret is enough', () => {
  const message = { id: 'req_1', timestamp: '1700000000', content: 'x' }
  const signatures = `v1,bm90IG91cnM= ${sign(ownSecret, message)}`
  expect(verify(['whsec_bmV3', ownSecret], { ...message, signatures }, 1_700_000_000_000)).toBe('accepted')
})
