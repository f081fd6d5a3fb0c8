import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { type Call, readAnswer } from './call.ts'
import { errorTypes, readFailure } from './failure.ts'

const said = (type: string, message = 'Sorry.') => JSON.stringify({ type, message })
const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers,
  body,
})

/** Every type of the sheet. Source: own-site.md 5.4. */
const sheetCases = [
  { status: 400, type: 'invalid_data', class: 'param' },
  { status: 400, type: 'not_allowed', class: 'business-rejected' },
  { status: 422, type: 'duplicate_error', class: 'business-rejected' },
  { status: 401, type: 'unauthorized', class: 'config' },
  { status: 403, type: 'forbidden', class: 'permission' },
  { status: 404, type: 'not_found', class: 'not-found' },
  { status: 409, type: 'conflict', class: 'transient' },
  { status: 500, type: 'unknown_error', class: 'transient' },
  { status: 500, type: 'unexpected_state', class: 'transient' },
  { status: 500, type: 'database_error', class: 'transient' },
] as const

describe('an error in Medusa’s own words', () => {
  test.each(sheetCases)('$status $type is $class', ({ status, type, class: meaning }) => {
    const reading = readFailure(answer(status, said(type)))
    expect(reading).toMatchObject({ class: meaning, code: `${status}/${type}` })
    expect(reading?.reason).toMatch(/\p{Script=Han}.*（Sorry\.）$/u)
  })

  test('has no type that the table leaves out', () => {
    expect(sheetCases.map(({ type }) => type).sort()).toEqual(Object.keys(errorTypes).sort())
  })

  test.each([
    { status: 400, type: 'plugin_says_no', class: 'param' },
    { status: 422, type: 'payment_error', class: 'business-rejected' },
    { status: 500, type: 'not_found', class: 'transient' },
    { status: 200, type: 'not_allowed', class: 'business-rejected' },
  ])('$status $type is $class, though no sheet lists it so', ({ status, type, class: meaning }) => {
    expect(readFailure(answer(status, said(type)))).toMatchObject({ class: meaning })
  })

  test('is told without tags and telephone numbers, and not at any length', () => {
    const words = `<b>No</b> order of 13800000101 ${'a'.repeat(5_000)}`
    const reason = readFailure(answer(400, said('invalid_data', words)))?.reason ?? ''
    expect(reason).toContain('No order of 1**********')
    expect(reason.length).toBeLessThan(300)
  })
})

describe('an answer without Medusa’s words', () => {
  test.each([
    { status: 429, body: '', class: 'rate-limit' },
    { status: 503, body: '<html>maintenance</html>', class: 'transient' },
    { status: 502, body: '<html>', class: 'transient' },
    { status: 408, body: '', class: 'transient' },
    { status: 401, body: '<html>', class: 'config' },
    { status: 401, body: '{}', class: 'config' },
    { status: 403, body: '<html>blocked</html>', class: 'permission' },
    { status: 404, body: '<html>', class: 'config' },
    { status: 404, body: '{}', class: 'not-found' },
    { status: 301, body: '', class: 'config' },
    { status: 413, body: '', class: 'param' },
    { status: 200, body: '<html>', class: 'transient' },
    { status: 200, body: '', class: 'transient' },
    { status: 200, body: '{"orders":[{"id"', class: 'transient' },
  ])('$status $body is $class', ({ status, body, class: meaning }) => {
    expect(readFailure(answer(status, body))).toMatchObject({ class: meaning })
  })

  test.each(['{"orders":[]}', '{"order":{"id":"order_1"}}', '{"type":"x"}'])('%s is a success', (body) => {
    expect(readFailure(answer(200, body))).toBeNull()
  })
})

test.each([
  { headers: {}, class: 'rate-limit', wait: 10_000 },
  { headers: { 'retry-after': '3' }, class: 'rate-limit', wait: 3_000 },
  { headers: { 'retry-after': '3600' }, class: 'quota-exhausted', wait: 3_600_000 },
])('429 with $headers is $class', ({ headers, class: meaning, wait }) => {
  expect(readFailure(answer(429, '<html>', headers))).toMatchObject({ class: meaning, retryAfterMs: wait })
})

const call = (isWrite: boolean): Call => ({ operation: 'orders.get', method: 'GET', path: '/orders/order_1', isWrite })

test.each([
  { status: 500, body: '', isWrite: false, code: 'CHANNEL_UNREACHABLE' },
  { status: 500, body: '', isWrite: true, code: 'CHANNEL_UNCLEAR' },
  { status: 409, body: said('conflict'), isWrite: true, code: 'CHANNEL_UNCLEAR' },
  { status: 200, body: '<html>', isWrite: false, code: 'CHANNEL_NONSENSE' },
  { status: 200, body: '<html>', isWrite: true, code: 'CHANNEL_UNCLEAR' },
  { status: 401, body: said('unauthorized'), isWrite: true, code: 'CHANNEL_MISCONFIGURED' },
  { status: 404, body: said('not_found'), isWrite: false, code: 'CHANNEL_NOT_FOUND' },
  { status: 400, body: said('not_allowed'), isWrite: true, code: 'CHANNEL_REFUSED' },
])('$status $body to a call that writes ($isWrite) is $code', ({ status, body, isWrite, code }) => {
  expect(() => readAnswer(call(isWrite), answer(status, body))).toThrow(Failure)
  try {
    readAnswer(call(isWrite), answer(status, body))
  } catch (error) {
    expect(error).toMatchObject({ code })
  }
})
