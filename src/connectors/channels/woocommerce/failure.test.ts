import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { type Call, readAnswer } from './call.ts'
import { readFailure } from './failure.ts'

const error = (code: string, status: number, message = 'Sorry.') => JSON.stringify({ code, message, data: { status } })
const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers,
  body,
})

/** The sheet's own cases. Source: own-site.md 2.1. */
const sheetCases = [
  { status: 401, code: 'woocommerce_rest_cannot_view', class: 'permission' },
  { status: 404, code: 'rest_no_route', class: 'config' },
  { status: 404, code: 'woocommerce_rest_shop_order_invalid_id', class: 'not-found' },
  { status: 404, code: 'woocommerce_rest_product_variation_invalid_id', class: 'not-found' },
  { status: 400, code: 'woocommerce_rest_product_invalid_id', class: 'not-found' },
  { status: 401, code: 'woocommerce_rest_authentication_error', class: 'config' },
  { status: 403, code: 'woocommerce_rest_cannot_edit', class: 'permission' },
  { status: 403, code: 'rest_forbidden', class: 'permission' },
  { status: 400, code: 'rest_invalid_param', class: 'param' },
  { status: 400, code: 'rest_missing_callback_param', class: 'param' },
  { status: 400, code: 'some_plugin_says_no', class: 'param' },
  { status: 500, code: 'woocommerce_rest_cannot_edit', class: 'transient' },
] as const

describe('an error in WordPress’s own words', () => {
  test.each(sheetCases)('$status $code is $class', ({ status, code, class: meaning }) => {
    const reading = readFailure(answer(status, error(code, status)))
    expect(reading).toMatchObject({ class: meaning, code: `${status}/${code}` })
    expect(reading?.reason).toMatch(/\p{Script=Han}.*（Sorry\.）$/u)
  })

  test('counts although a proxy answers 200 around it', () => {
    const body = error('woocommerce_rest_shop_order_invalid_id', 404)
    expect(readFailure(answer(200, body))).toMatchObject({ class: 'not-found' })
  })

  test('is told without tags and not at any length', () => {
    const said = readFailure(answer(400, error('x', 400, `<strong>No</strong> ${'a'.repeat(5_000)}`)))
    expect(said?.reason).toContain('（No a')
    expect(said?.reason.length).toBeLessThan(300)
  })
})

describe('an answer without WordPress’s words', () => {
  test.each([
    { status: 429, body: '', class: 'rate-limit' },
    { status: 503, body: '<html>maintenance</html>', class: 'transient' },
    { status: 500, body: '', class: 'transient' },
    { status: 502, body: '<html>', class: 'transient' },
    { status: 408, body: '', class: 'transient' },
    { status: 401, body: '<html>', class: 'config' },
    { status: 401, body: '{}', class: 'config' },
    { status: 403, body: '<html>blocked</html>', class: 'permission' },
    { status: 404, body: '<html>', class: 'config' },
    { status: 404, body: '{}', class: 'not-found' },
    { status: 410, body: '<html>', class: 'config' },
    { status: 301, body: '', class: 'config' },
    { status: 413, body: '', class: 'param' },
    { status: 422, body: '{}', class: 'business-rejected' },
    { status: 200, body: '<html>', class: 'transient' },
    { status: 200, body: '', class: 'transient' },
    { status: 200, body: '[{"id":1', class: 'transient' },
  ])('$status $body is $class', ({ status, body, class: meaning }) => {
    expect(readFailure(answer(status, body))).toMatchObject({ class: meaning })
  })

  test.each(['[]', '{"id":1}', '{"code":"x"}'])('%s is a success', (body) => {
    expect(readFailure(answer(200, body))).toBeNull()
  })
})

test.each([
  { headers: {}, class: 'rate-limit', wait: 10_000 },
  { headers: { 'retry-after': '3' }, class: 'rate-limit', wait: 3_000 },
  { headers: { 'retry-after': '3600' }, class: 'quota-exhausted', wait: 3_600_000 },
  {
    headers: { 'retry-after': 'Tue, 20 Oct 2026 02:00:30 GMT', date: 'Tue, 20 Oct 2026 02:00:00 GMT' },
    class: 'rate-limit',
    wait: 30_000,
  },
])('throttling with $headers waits $wait ms', ({ headers, class: meaning, wait }) => {
  expect(readFailure(answer(429, '', headers))).toMatchObject({ class: meaning, retryAfterMs: wait })
})

const call = (isWrite: boolean): Call => ({ operation: 'orders.get', method: 'GET', path: '/wc/v3/orders/1', isWrite })

function failureOf(isWrite: boolean, status: number, body: string): Failure {
  try {
    readAnswer(call(isWrite), answer(status, body))
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown
  }
  throw new Error('nothing was refused')
}

test.each([
  { status: 503, body: '<html>', read: 'CHANNEL_UNREACHABLE', write: 'CHANNEL_UNCLEAR' },
  { status: 200, body: '<html>', read: 'CHANNEL_NONSENSE', write: 'CHANNEL_UNCLEAR' },
  { status: 429, body: '', read: 'CHANNEL_RATE_LIMITED', write: 'CHANNEL_RATE_LIMITED' },
  {
    status: 401,
    body: error('woocommerce_rest_cannot_view', 401),
    read: 'CHANNEL_MISCONFIGURED',
    write: 'CHANNEL_MISCONFIGURED',
  },
  {
    status: 403,
    body: error('woocommerce_rest_cannot_view', 403),
    read: 'CHANNEL_PERMISSION',
    write: 'CHANNEL_PERMISSION',
  },
  { status: 404, body: error('rest_no_route', 404), read: 'CHANNEL_MISCONFIGURED', write: 'CHANNEL_MISCONFIGURED' },
])('$status $body is $read, within a write $write', ({ status, body, read, write }) => {
  expect(failureOf(false, status, body).code).toBe(read)
  expect(failureOf(true, status, body).code).toBe(write)
})
