import { expect, test } from 'vitest'
import { inspectWebhookSignature } from './webhook-vector.ts'

/** Source: own-site.md 6.1 [doc]. */
const vector = {
  kind: 'standard-webhooks',
  secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl',
  id: 'msg_loFOjxBNrRLzqYUf',
  timestamp: 1731705121,
  body: '{"event_type":"ping","data":{"success":true}}',
}

test('a vector is signed as published, its time as number or text', () => {
  const signature = 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0='
  expect(inspectWebhookSignature(vector)).toEqual({ signature })
  expect(inspectWebhookSignature({ ...vector, timestamp: '1731705121' })).toEqual({ signature })
})

test.each([
  [{ ...vector, kind: 'another' }, 'kind'],
  [{ ...vector, timestamp: 'soon' }, 'timestamp'],
  [{ ...vector, secret: 'not base64!' }, 'secret'],
  [{ ...vector, id: 'a.b' }, 'id'],
  [null, 'kind'],
])('%j names %s', (given, field) => {
  expect(() => inspectWebhookSignature(given)).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', details: expect.objectContaining({ field }) }),
  )
})
