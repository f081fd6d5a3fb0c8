import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSecret, refusalOf, signWebhook } from './standard-webhooks.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const content = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330', body: '{"test": 2432232314}' }
const nowMs = 1_614_265_330_000
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='

const push = (headers: Record<string, string> = {}, body = content.body) => ({
  headers: {
    'webhook-id': content.id,
    'webhook-timestamp': content.timestamp,
    'webhook-signature': signature,
    ...headers,
  },
  body,
})

test('the published vector is reproduced', () => expect(signWebhook(secret, content)).toBe(signature))

test.each([secret, 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', ` ${secret} `])(
  'a secret is read with and without prefix: %s',
  (text) => {
    expect(signWebhook(text, content)).toBe(signature)
  },
)

test('padding of a secret may be left out', () => {
  const padded = Buffer.alloc(32, 7).toString('base64')
  expect(readSecret(padded.replace(/=+$/, ''))).toEqual(readSecret(`whsec_${padded}`))
})

test.each(['', 'whsec_', '不是密钥', 'ab$c', 'abcde'])('"%s" is no secret', (text) => {
  expect(readSecret(text)).toBeNull()
  expect(() => signWebhook(text, content)).toThrow(RangeError)
  expect(refusalOf({ secret: text }, push(), nowMs)).toBe('unusable-key')
})

test('an id with a full stop could be read in two ways and is not signed', () => {
  expect(() => signWebhook(secret, { ...content, id: 'msg.1' })).toThrow(RangeError)
})

test.each([
  { why: 'genuine', headers: {}, at: 0, refusal: null },
  { why: 'exactly 300 s old', headers: {}, at: 300, refusal: null },
  { why: '301 s old', headers: {}, at: 301, refusal: 'too-old' },
  { why: '300 s in the future', headers: {}, at: -300, refusal: null },
  { why: '301 s in the future', headers: {}, at: -301, refusal: 'too-new' },
  { why: 'no id', headers: { 'webhook-id': '' }, at: 0, refusal: 'missing-header' },
  { why: 'no signature', headers: { 'webhook-signature': '' }, at: 0, refusal: 'missing-header' },
  { why: 'an id with a full stop', headers: { 'webhook-id': 'msg.1' }, at: 0, refusal: 'malformed-header' },
  { why: 'a date as timestamp', headers: { 'webhook-timestamp': '2021-02-25' }, at: 0, refusal: 'malformed-header' },
  { why: 'another id', headers: { 'webhook-id': 'msg_2' }, at: 0, refusal: 'signature' },
  { why: 'half a signature', headers: { 'webhook-signature': 'v1,g0hM9SsE' }, at: 0, refusal: 'signature' },
  { why: 'no comma', headers: { 'webhook-signature': signature.slice(3) }, at: 0, refusal: 'signature' },
  {
    why: 'an unknown version',
    headers: { 'webhook-signature': signature.replace('v1', 'v2') },
    at: 0,
    refusal: 'signature',
  },
  { why: 'ours among others', headers: { 'webhook-signature': `v9,zz v1,AAAA ${signature}` }, at: 0, refusal: null },
  {
    why: 'a v1a list without our public key',
    headers: { 'webhook-signature': signature.replace('v1', 'v1a') },
    at: 0,
    refusal: 'signature',
  },
])('a push is judged: $why', ({ headers, at, refusal }) => {
  expect(refusalOf({ secret }, push(headers), nowMs + at * 1000)).toBe(refusal)
})

test('header names may be written in any case', () => {
  const shouted = Object.fromEntries(Object.entries(push().headers).map(([name, value]) => [name.toUpperCase(), value]))
  expect(refusalOf({ secret }, { headers: shouted, body: content.body }, nowMs)).toBeNull()
})

test('an ed25519 signature counts when the sender gave a public key, and only its own', () => {
  const ours = generateKeyPairSync('ed25519')
  const foreign = generateKeyPairSync('ed25519')
  const publicKey = `whpk_${Buffer.from(ours.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')}`
  const text = Buffer.from(`${content.id}.${content.timestamp}.${content.body}`)
  const by = (key: typeof ours.privateKey) =>
    push({ 'webhook-signature': `v1a,${sign(null, text, key).toString('base64')}` })

  expect(refusalOf({ secret, publicKey }, by(ours.privateKey), nowMs)).toBeNull()
  expect(refusalOf({ secret, publicKey }, by(foreign.privateKey), nowMs)).toBe('signature')
  expect(refusalOf({ secret, publicKey: 'whpk_AAAA' }, by(ours.privateKey), nowMs)).toBe('unusable-key')
})

test('what is signed is accepted, and one changed character is not', () => {
  const key = fc.uint8Array({ minLength: 24, maxLength: 64 })
  fc.assert(
    fc.property(key, fc.string({ unit: 'binary' }), fc.nat(1_999_999_999), (bytes, body, seconds) => {
      const own = `whsec_${Buffer.from(bytes).toString('base64')}`
      const signed = { id: 'evt_1', timestamp: String(seconds), body }
      const headers = {
        'webhook-id': 'evt_1',
        'webhook-timestamp': String(seconds),
        'webhook-signature': signWebhook(own, signed),
      }
      expect(refusalOf({ secret: own }, { headers, body }, seconds * 1000)).toBeNull()
      expect(refusalOf({ secret: own }, { headers, body: `${body}!` }, seconds * 1000)).toBe('signature')
    }),
  )
})

test('the signature is plain HMAC-SHA256, so that any language can make it', () => {
  const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
  expect(signature).toBe(`v1,${mac.update(`${content.id}.${content.timestamp}.${content.body}`).digest('base64')}`)
})
