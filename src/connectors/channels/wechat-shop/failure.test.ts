import { describe, expect, test } from 'vitest'
import { errorClasses } from '../../../core/channel/words.ts'
import type { Answer } from '../../../kit/plug.ts'
import { errorCodes } from './error-codes.ts'
import { openAnswer, readFailure } from './failure.ts'
import errors from './samples/errors.json' with { type: 'json' }
import order from './samples/order-multi-line.json' with { type: 'json' }

const answer = (body: unknown, change: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...change,
})
const byCode = (errcode: number) => readFailure(answer({ errcode, errmsg: 'no rid: 1-2' }))

// Source: wechat-shop.md 2, 3, 8, 9, 10, 12. Every code of the sheet, and no other.
const sheet = {
  transient: [-1, 31042, 100003, 10020054, 10021044, 10060001, 10060012, 10060019],
  'auth-expired': [40001, 42001, 40014],
  permission: [
    40013, 40125, 41002, 41004, 40243, 61004, 45035, 89501, 89503, 89506, 89507, 48001, 48004, 50001, 50002, 10020050,
    10080000, 10080001,
  ],
  param: [
    41001, 43001, 43002, 43003, 40097, 44002, 45002, 47001, 40066, 606006, 109002, 10020051, 10020055, 10020091,
    268485228,
  ],
  'quota-exhausted': [45009],
  'rate-limit': [45011, 10020112, 10021059],
  'not-found': [100002, 10020052, 10021050],
  'already-done': [109001],
  'business-rejected': [
    101100, 108009, 109000, 109205, 606003, 606034, 10020217, 10020218, 10020219, 10020289, 10020000, 10020001,
    10020003, 10020004, 10021041, 10021043, 10021045, 10021046, 10021060, 10021062, 10021068, 10021083, 10021084,
    10021085, 10021086, 10021087, 10021088, 10021089,
  ],
} as const
const cases = Object.entries(sheet).flatMap(([errorClass, codes]) => codes.map((code) => [code, errorClass] as const))

test.each(cases)('code %d is %s', (code, errorClass) => {
  expect(byCode(code)).toMatchObject({ class: errorClass, code: String(code) })
})

test('every code has one class, and every one is tested above', () => {
  const codes = cases.map(([code]) => String(code))
  expect(new Set(codes).size).toBe(codes.length)
  expect(Object.keys(errorCodes).sort()).toEqual(codes.sort())
  for (const { class: errorClass } of Object.values(errorCodes)) expect(errorClasses).toContain(errorClass)
})

test.each([
  ['40001', 'after-authorising'],
  ['-1', 'later'],
  ['45011', 'later'],
  ['45009', 'later'],
  ['61004', 'never'],
  ['109001', 'after-checking'],
  ['108009', 'never'],
] as const)('the sample of %s is repeated %s', (code, retry) => {
  expect(readFailure(answer(errors[code]))?.retry).toBe(retry)
})

test('an unknown code is a refusal in the platform’s words, without the number of the request', () => {
  expect(readFailure(answer({ errcode: 999999, errmsg: 'not today rid: 6780a1b2' }))).toEqual({
    class: 'business-rejected',
    code: '999999',
    retry: 'never',
    retryAfterMs: null,
    reason: 'not today',
  })
  expect(readFailure(answer({ errcode: '999999' }))?.reason).toBe('微信没有说明原因')
})

describe('quotas wait', () => {
  const at = (code: '45011' | '45009' | '10021059' | '10020112', time: string | null) =>
    openAnswer(answer(errors[code]), time === null ? null : Date.parse(time)).failure?.retryAfterMs
  test.each([
    ['45011', '2026-10-20T02:00:00.000Z', 60_000],
    ['45011', '2026-10-20T02:00:42.500Z', 17_500],
    ['45011', '2026-10-20T02:00:59.999Z', 1],
    ['45009', '2026-10-20T15:59:59.000Z', 1_000],
    ['45009', '2026-10-20T16:00:00.000Z', 86_400_000],
    ['45009', '2026-10-20T02:00:00.000Z', 50_400_000],
    ['10021059', '2026-10-20T02:00:42.500Z', 60_000],
    ['10020112', '2026-10-20T02:00:42.500Z', 1_000],
    ['45011', null, 60_000],
    ['45009', null, 86_400_000],
  ] as const)('%s at %s for %d ms', (code, time, ms) => {
    expect(at(code, time)).toBe(ms)
  })
})

test('too long a span asks for a shorter one after a pause', () => {
  expect(byCode(31042)).toMatchObject({ class: 'transient', retryAfterMs: 60_000 })
})

test.each([
  ['an empty body', '', 200, 'transient'],
  ['a page', '<html>502 Bad Gateway</html>', 502, 'transient'],
  ['a page that says 200', '<html></html>', 200, 'transient'],
  ['half an answer', '{"errcode":0,"order":{', 200, 'transient'],
  ['a bare word', '"ok"', 200, 'transient'],
  ['a list', '[]', 200, 'transient'],
  ['good JSON of a broken server', '{"errcode":0}', 500, 'transient'],
  ['too many', '', 429, 'rate-limit'],
  ['JSON of a refusal', '{"message":"no"}', 403, 'business-rejected'],
  ['a code under another status', '{"errcode":40001}', 401, 'auth-expired'],
])('%s is %s', (_, body, status, errorClass) => {
  expect(readFailure(answer(body, { status }))?.class).toBe(errorClass)
})

test('a retry-after header is heard', () => {
  expect(readFailure(answer('', { status: 429, headers: { 'retry-after': '7' } }))?.retryAfterMs).toBe(7_000)
})

test.each([
  ['errcode 0', order],
  ['no errcode, as the token call', { access_token: 'a', expires_in: 7200 }],
])('%s is no failure', (_, body) => {
  expect(readFailure(answer(body))).toBeNull()
})
