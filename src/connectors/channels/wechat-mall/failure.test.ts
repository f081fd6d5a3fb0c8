import { expect, test } from 'vitest'
import { readFailure } from './failure.ts'
import { wechatMall } from './index.ts'

const answered = (
  errcode: number,
  given: { readonly status?: number; readonly headers?: Record<string, string> } = {},
) => readFailure({ status: 200, headers: {}, body: JSON.stringify({ errcode, errmsg: `no rid: 1-2-3` }), ...given })

// Source: wechat-shop.md 2, 12. Every code that these calls can be answered with, and no other.
const classes = {
  transient: [-1, 10060001, 10060012, 10060019],
  'auth-expired': [40001, 40014, 42001],
  permission: [
    40013, 40125, 40243, 41002, 41004, 45035, 48001, 48004, 50001, 50002, 61004, 89501, 89503, 89506, 89507, 10080000,
    10080001,
  ],
  param: [40066, 40097, 41001, 43001, 43002, 43003, 44002, 45002, 47001, 268485228],
  'quota-exhausted': [45009],
  'rate-limit': [45011],
  'business-rejected': [
    10060002, 10060003, 10060004, 10060005, 10060006, 10060007, 10060008, 10060009, 10060014, 10060023, 10060024,
    10060025, 10060026, 10060031, 268485194, 268485195, 268485196, 268485197, 268485216, 268485224, 268485226,
    268485227, 99999999,
  ],
}
const cases = Object.entries(classes).flatMap(([errorClass, codes]) => codes.map((code) => [code, errorClass] as const))

test.each(cases)('%i is %s', (code, errorClass) => {
  expect(answered(code)).toMatchObject({ class: errorClass, code: String(code), reason: expect.stringMatching(/./) })
})

test('success is none; the number of the request stays out of the words', () => {
  expect(answered(0)).toBeNull()
  expect(answered(99999999)?.reason).toBe('no')
})

test.each([
  [{ status: 502, headers: {}, body: '<html>' }, 'transient', null],
  [{ status: 200, headers: {}, body: '<html>' }, 'transient', null],
  [{ status: 429, headers: { 'retry-after': '7' }, body: '' }, 'rate-limit', 7_000],
  [{ status: 403, headers: {}, body: '{}' }, 'business-rejected', null],
])('%j is %s', (answer, errorClass, retryAfterMs) => {
  expect(readFailure(answer)).toMatchObject({ class: errorClass, retryAfterMs })
})

test('it has no orders to inspect, and signs nothing', () => {
  expect(() => wechatMall.inspect.orders('{}')).toThrow(expect.objectContaining({ code: 'CHANNEL_REFUSED' }))
  expect(() => wechatMall.inspect.signature({})).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
})
