import { expect, test } from 'vitest'
import samples from './samples/signing.json' with { type: 'json' }
import update from './samples/webhook-orders-updated.json' with { type: 'json' }
import { callbackMessage, callbackSignature, pushSignature } from './sign.ts'

test.each(samples.webhook)('a push of $raw_body is signed as the sheet says', ({ secret, raw_body, hmac }) => {
  expect(pushSignature(secret, raw_body)).toBe(hmac)
})

test('a whole order is signed as the sheet says', () => {
  expect(pushSignature(update.secret, update.raw_body)).toBe(update.headers['x-shopify-hmac-sha256'])
})

test.each(samples.oauth_callback)('a callback is signed as the sheet says', ({ secret, params, message, hmac_hex }) => {
  expect(callbackMessage({ hmac: 'left out', ...params })).toBe(message)
  expect(callbackSignature(secret, params)).toBe(hmac_hex)
})
