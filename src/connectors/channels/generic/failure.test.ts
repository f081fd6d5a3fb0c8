import { expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { type Call, readAnswer } from './call.ts'
import { readFailure } from './failure.ts'
import failures from './samples/failures.json' with { type: 'json' }

const answerOf = (sample: (typeof failures)[number]) => ({
  status: sample.answer.status,
  headers: Object.fromEntries(Object.entries(sample.answer.headers).filter(([, text]) => text !== undefined)),
  body: sample.answer.body,
})

test.each(failures)('when $when it is $class', (sample) => {
  expect(readFailure(answerOf(sample))).toMatchObject({
    class: sample.class,
    code: sample.code,
    retry: sample.retry,
    retryAfterMs: sample.retryAfterMs ?? null,
    reason: expect.stringMatching(/\p{Script=Han}/u),
  })
})

test.each([
  { status: 200, body: '{"orders":[]}' },
  { status: 201, body: '{"shipment_id":"S-1"}' },
  { status: 204, body: '' },
  { status: 200, body: '' },
])('$status with "$body" is no failure', ({ status, body }) => {
  expect(readFailure({ status, headers: {}, body })).toBeNull()
})

test('every status of four and five hundred means something', () => {
  for (let status = 300; status < 600; status += 1) {
    expect(readFailure({ status, headers: {}, body: '' })).not.toBeNull()
    expect(readFailure({ status, headers: {}, body: '<html>' })).not.toBeNull()
  }
})

test('the words of the site lose tags, telephone numbers and length', () => {
  const message = `<b>收件人 13800000101 的订单</b> ${'长'.repeat(500)}`
  const reading = readFailure({ status: 422, headers: {}, body: JSON.stringify({ error: 'unknown_line', message }) })
  expect(reading?.reason).toContain('收件人 1********** 的订单')
  expect(reading?.reason.length).toBeLessThan(230)
})

const get = {
  operation: 'orders.get',
  method: 'GET',
  path: '/oms/v1/orders/T-1',
  body: null,
  namesOrder: true,
} as const
const list = {
  operation: 'orders.pull',
  method: 'GET',
  path: '/oms/v1/orders?limit=100',
  body: null,
  namesOrder: false,
} as const
const write = {
  operation: 'shipments.report',
  method: 'POST',
  path: '/oms/v1/orders/T-1/shipments',
  body: {},
  namesOrder: true,
} as const

test.each<{ when: string; call: Call; status: number; body: string; code: string }>([
  { when: 'a read meets trouble', call: get, status: 503, body: '', code: 'CHANNEL_UNREACHABLE' },
  { when: 'a write meets trouble', call: write, status: 503, body: '', code: 'CHANNEL_UNCLEAR' },
  { when: 'a read is answered with a page', call: get, status: 200, body: '<html>', code: 'CHANNEL_NONSENSE' },
  { when: 'a write is answered with a page', call: write, status: 200, body: '<html>', code: 'CHANNEL_UNCLEAR' },
  { when: 'a write was seen before', call: write, status: 401, body: '{"error":"replayed"}', code: 'CHANNEL_UNCLEAR' },
  { when: 'a write was done before', call: write, status: 409, body: '{}', code: 'CHANNEL_ALREADY_DONE' },
  { when: 'an order is not there', call: get, status: 404, body: '{}', code: 'CHANNEL_NOT_FOUND' },
  {
    when: 'the list is not there',
    call: list,
    status: 404,
    body: '{"detail":"Not Found"}',
    code: 'CHANNEL_MISCONFIGURED',
  },
  { when: 'the signature is refused', call: list, status: 401, body: '{}', code: 'CHANNEL_MISCONFIGURED' },
  {
    when: 'the clock is refused',
    call: list,
    status: 401,
    body: '{"error":"stale_timestamp"}',
    code: 'CHANNEL_UNREACHABLE',
  },
  {
    when: 'the key was withdrawn',
    call: list,
    status: 401,
    body: '{"error":"revoked"}',
    code: 'CHANNEL_NOT_AUTHORISED',
  },
  { when: 'it is forbidden', call: list, status: 403, body: '{}', code: 'CHANNEL_PERMISSION' },
  { when: 'we are throttled', call: write, status: 429, body: '', code: 'CHANNEL_RATE_LIMITED' },
  { when: 'the content is refused', call: write, status: 422, body: '{}', code: 'CHANNEL_REFUSED' },
])('when $when the failure is $code', ({ call, status, body, code }) => {
  let failure: unknown
  try {
    readAnswer(call, { status, headers: {}, body })
  } catch (error) {
    failure = error
  }
  expect(failure).toBeInstanceOf(Failure)
  expect(failure).toMatchObject({ code, details: { channel: 'generic' } })
})

test('a write that is answered with nothing has been done', () => {
  expect(readAnswer(write, { status: 204, headers: {}, body: '' })).toBeUndefined()
})
