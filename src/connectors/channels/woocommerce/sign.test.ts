import { expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { basicAuth, inspectSignature, signWebhook } from './sign.ts'

/** Source: own-site.md 2.4 [computed]. */
const vectors = [
  { secret: 's3cr3t', body: '{"id":1}', signature: 'z1PTSunFKhGV0B2iDV3egGE8TThlQMRrvLklMBTdxQU=' },
  {
    secret: '茶铺密钥',
    body: '{"id":7301,"customer_note":"请用环保包装"}',
    signature: 'xZAdC98djDfsOiQaOBmCMuyhlMckv81m4GImOUPqKA0=',
  },
  { secret: 's3cr3t', body: 'webhook_id=12', signature: 'yAyNIAnzpAWejjjs0GT9oRs6kS9atfMfFTlY1NYDwcQ=' },
]

test.each(vectors)('an event $body is signed over its raw bytes', ({ secret, body, signature }) => {
  expect(signWebhook(secret, body)).toBe(signature)
  expect(inspectSignature({ kind: 'webhook', secret, body })).toEqual({ signature })
})

test('a call names key and secret by HTTP Basic', () => {
  expect(basicAuth('ck_demo_key', 'cs_demo_secret')).toBe('Basic Y2tfZGVtb19rZXk6Y3NfZGVtb19zZWNyZXQ=')
})

test.each([
  { input: null, field: 'kind' },
  { input: { kind: 'top', secret: 's', body: '' }, field: 'kind' },
  { input: { kind: 'webhook', body: '{}' }, field: 'secret' },
  { input: { kind: 'webhook', secret: 's', body: 7 }, field: 'body' },
])('the inspector names the field that is wrong: $field', ({ input, field }) => {
  let failure: unknown
  try {
    inspectSignature(input)
  } catch (error) {
    failure = error
  }
  expect(failure).toBeInstanceOf(Failure)
  expect(failure).toMatchObject({ code: 'INPUT_INVALID', details: { field } })
})
