import { describe, expect, test } from 'vitest'
import { errorClasses } from '../../../core/channel/words.ts'
import type { Answer } from '../../../kit/plug.ts'
import { platformCodes, readFailure } from './failure.ts'
import caseDone from './samples/case-return.json' with { type: 'json' }
import decrypted from './samples/decrypted.json' with { type: 'json' }
import detail from './samples/detail-multi.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import list from './samples/list-modified.json' with { type: 'json' }
import products from './samples/products.json' with { type: 'json' }
import stock from './samples/stock.json' with { type: 'json' }
import token from './samples/token.json' with { type: 'json' }

const answer = (body: unknown, change: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...change,
})
const read = (body: unknown, change?: Partial<Answer>) => readFailure(answer(body, change))

describe('each answer of the sheet has one class', () => {
  test.each([
    ['bad-parameter', 'param', '-2000400', 'never', null],
    ['not-found-or-foreign', 'not-found', '-2000101', 'never', null],
    ['system-error', 'transient', '-2000500', 'later', null],
    ['token-invalid-or-expired', 'auth-expired', '401', 'after-authorising', null],
    ['bad-signature', 'signature', '400', 'never', null],
    ['rate-limited', 'rate-limit', '429', 'later', 1_000],
    ['decrypt-quota', 'quota-exhausted', '-2000701', 'later', 3_600_000],
    ['business-failure-with-success-true', 'business-rejected', '50209', 'never', null],
    ['new-style-envelope-failure', 'transient', '-1010001', 'later', null],
    ['state-does-not-allow', 'business-rejected', '-2000102', 'never', null],
    ['case-state', 'business-rejected', '-1009003', 'never', null],
  ] as const)('%s is %s', (name, errorClass, code, retry, retryAfterMs) => {
    expect(read(errors[name])).toMatchObject({ class: errorClass, code, retry, retryAfterMs })
  })

  test.each([
    ['code 200', errors['success-with-code-200']],
    ['an order', detail],
    ['a list', list],
    ['an after-sale', caseDone],
    ['listings', products],
    ['a token', token],
    ['decrypted texts', decrypted.ok],
    ['stock set', stock.set],
    ['stock set with a note', stock.occupied],
    ['stock by warehouse', stock.v2],
    ['no code at all', { success: true }],
  ])('%s is none', (_, body) => {
    expect(read(body)).toBeNull()
  })
})

describe('a failure inside a good answer', () => {
  test('of a stock call is one', () => {
    expect(read(stock.refused)).toMatchObject({ class: 'business-rejected', code: '-9001', reason: '规格不存在' })
  })

  test('of a stock call stays one though its code is that of a note', () => {
    const body = { success: true, data: { response: { success: false, code: -9028, message: '同步失败' } } }
    expect(read(body)).toMatchObject({ class: 'business-rejected', code: '-9028' })
  })

  test('of one text to decrypt fails them all', () => {
    const [first] = decrypted.ok.data.dataInfoList
    const body = { ...decrypted.ok, data: { dataInfoList: [first, ...decrypted.quota.data.dataInfoList] } }
    expect(read(body)).toMatchObject({ class: 'quota-exhausted', code: '-2000701' })
  })

  test('says that the quota could not be asked for', () => {
    const body = { success: true, data: { dataInfoList: [{ errorCode: -2000702, errorMsg: '服务异常' }] } }
    expect(read(body)).toMatchObject({ class: 'transient', retry: 'later' })
  })
})

test.each(Object.entries(platformCodes))('code %s is %s, in either place of the envelope', (code, errorClass) => {
  expect(errorClasses).toContain(errorClass)
  for (const body of [
    { success: false, error_code: Number(code), error_msg: '' },
    { success: true, code: Number(code), msg: '' },
    { success: true, error_code: Number(code), code: 0 },
    { success: true, error_code: 0, code: Number(code) },
  ]) {
    expect(read(body)).toMatchObject({ class: errorClass, code })
  }
})

describe('what has no known code is told by its words', () => {
  test.each([
    ['接口限流，请稍候', 'rate-limit'],
    ['操作过于频繁', 'rate-limit'],
    ['今日调用频繁，超出额度', 'quota-exhausted'],
    ['签名错误', 'signature'],
    ['invalid sign', 'signature'],
    ['timestamp 超出范围', 'clock'],
    ['accessToken 不能为空', 'auth-expired'],
    ['appId 不存在', 'config'],
    ['当前商品不支持发货', 'business-rejected'],
    ['assigned elsewhere', 'business-rejected'],
    ['', 'business-rejected'],
  ])('%s is %s', (error_msg, errorClass) => {
    expect(read({ success: false, error_code: 70001, error_msg })?.class).toBe(errorClass)
  })

  test('and a throttle by its words even where the code means something else', () => {
    expect(read({ success: false, error_code: -2000500, error_msg: '系统限流' })?.class).toBe('rate-limit')
    expect(read({ success: true, error_code: 50209, error_msg: '操作频繁' })?.class).toBe('rate-limit')
  })

  test('and a mere no is a refusal', () => {
    expect(read({ success: false })).toMatchObject({ class: 'business-rejected', code: 'not-successful' })
  })
})

describe('what is no answer of the platform', () => {
  test.each([
    ['<html>', 502],
    ['', 200],
    ['[]', 200],
    ['{"hello":1}', 200],
    ['{"success":tr', 200],
    [JSON.stringify(detail), 500],
  ])('%j with status %i is trouble on the way', (body, status) => {
    expect(read(body, { status })).toMatchObject({ class: 'transient', code: `http-${status}`, retry: 'later' })
  })

  test('a success with a refusing status is a refusal', () => {
    expect(read({ success: true }, { status: 403 })).toMatchObject({ class: 'business-rejected', code: 'http-403' })
  })

  test.each([
    [{}, 'rate-limit', 1_000],
    [{ 'retry-after': '3' }, 'rate-limit', 3_000],
    [{ 'retry-after': '7200' }, 'quota-exhausted', 7_200_000],
  ])('429 with %j is %s', (headers, errorClass, retryAfterMs) => {
    expect(read('', { status: 429, headers })).toMatchObject({ class: errorClass, retryAfterMs, retry: 'later' })
  })
})

test('the platform’s words are kept short', () => {
  expect(read({ success: false, error_code: 1, error_msg: '长'.repeat(500) })?.reason).toHaveLength(200)
})
