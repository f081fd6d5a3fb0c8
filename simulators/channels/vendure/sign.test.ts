import { expect, test } from 'vitest'
import vectors from './samples/standard-webhooks.json' with { type: 'json' }
import { pushSignature } from './sign.ts'

test.each([...vectors.public, ...vectors.computed])('reproduces the vector of $id with $secret', (vector) => {
  const { secret, id, timestamp, body, signature } = vector
  expect(pushSignature(secret, { id, timestamp: String(timestamp), body })).toBe(signature)
})

test('a secret holds without its prefix and without padding', () => {
  const push = { id: 'evt_1', timestamp: '1700000000', body: '{}' }
  const secret = 'whsec_b3duLXNpdGUgc2FtcGxlIGtleSAzMiBieXRlcyAwMSE='
  expect(pushSignature(secret.replace('whsec_', '').replace('=', ''), push)).toBe(pushSignature(secret, push))
})
