import { expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { inspectWebhookSignature as inspectSignature } from '../../../kit/webhook-vector.ts'
import { basicAuth } from './sign.ts'

/** Source: own-site.md 6.1 [doc]. */
const vectors = [
  {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: '{"test": 2432232314}',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  {
    secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl',
    id: 'msg_loFOjxBNrRLzqYUf',
    timestamp: '1731705121',
    body: '{"event_type":"ping","data":{"success":true}}',
    signature: 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
  },
]

test.each(vectors)('an event $id is signed as the standard says', ({ signature, ...input }) => {
  expect(inspectSignature({ kind: 'standard-webhooks', ...input })).toEqual({ signature })
})

/** Source: own-site.md 5, the sheet's own request. */
test('a call names its key by HTTP Basic, without a password', () => {
  expect(basicAuth('sk_invented')).toBe('Basic c2tfaW52ZW50ZWQ6')
})

const good = {
  kind: 'standard-webhooks',
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'a',
  timestamp: 1,
  body: '',
}

test.each([
  { input: null, field: 'kind' },
  { input: { ...good, kind: 'webhook' }, field: 'kind' },
  { input: { ...good, timestamp: 'now' }, field: 'timestamp' },
  { input: { ...good, body: 7 }, field: 'body' },
  { input: { ...good, secret: '密' }, field: 'secret' },
  { input: { ...good, id: 'a.b' }, field: 'id' },
])('the inspector names the field that is wrong: $field', ({ input, field }) => {
  expect(() => inspectSignature(input)).toThrow(Failure)
  try {
    inspectSignature(input)
  } catch (error) {
    expect(error).toMatchObject({ code: 'INPUT_INVALID', details: { field } })
  }
})
