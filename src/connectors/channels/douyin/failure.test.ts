import { describe, expect, test } from 'vitest'
import { errorClasses } from '../../../core/channel/words.ts'
import type { Answer } from '../../../kit/plug.ts'
import { platformCodes, platformSubCodes, readFailure } from './failure.ts'
import carriers from './samples/carriers.json' with { type: 'json' }
import cases from './samples/cases.json' with { type: 'json' }
import decrypted from './samples/decrypted.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import list from './samples/order-list.json' with { type: 'json' }
import token from './samples/token.json' with { type: 'json' }

const answer = (body: unknown, change: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...change,
})
const read = (body: unknown, change?: Partial<Answer>) => readFailure(answer(body, change))
const said = (code: number, sub_code: string, sub_msg = '') => ({ code, msg: '', sub_code, sub_msg, data: null })

describe('each answer of the sheet has one class', () => {
  test.each([
    ['bad-signature', 'signature', '40003/isv.signature-invalid', 'never', null],
    ['token-expired', 'auth-expired', '40003/isv.access-token-expired', 'after-authorising', null],
    ['rate-limit', 'rate-limit', '60000/isp.call-limited', 'later', 1_000],
    ['service-unavailable', 'transient', '20000/isp.service-error', 'later', null],
    ['business-failure', 'business-rejected', '50002/isv.business-failed:4001', 'never', null],
  ] as const)('%s is %s', (name, errorClass, code, retry, retryAfterMs) => {
    expect(read(errors[name])).toMatchObject({ class: errorClass, code, retry, retryAfterMs })
  })

  test.each([
    ['a list', list],
    ['after-sales', cases],
    ['carriers', carriers],
    ['decrypted texts', decrypted],
    ['a token', token],
    ['nothing more', { code: 10000 }],
    ['a part', { code: 10001, data: {} }],
    ['a code as text', { code: '10000' }],
  ])('%s is none', (_, body) => {
    expect(read(body)).toBeNull()
  })

  test.each(Object.entries(platformCodes))('code %s is %s', (code, errorClass) => {
    expect(errorClasses).toContain(errorClass)
    expect(read(said(Number(code), ''))).toMatchObject({ class: errorClass, code })
  })

  test.each(Object.entries(platformSubCodes))(
    '%s is %s, with or without more behind a colon',
    (subCode, errorClass) => {
      expect(errorClasses).toContain(errorClass)
      for (const sub of [subCode, `${subCode}:1001`]) expect(read(said(40003, sub))?.class).toBe(errorClass)
    },
  )

  test.each([
    [30001, 'isv.no-permission:1', 'permission'],
    [30002, 'dop.authorization-no-existed', 'permission'],
    [50001, 'dop.token-generate-failed:2', 'auth-expired'],
    [40003, 'isv.something-new', 'param'],
    [41234, 'isp.something-new', 'transient'],
    [41234, 'isv.something-new', 'business-rejected'],
    [41234, '', 'business-rejected'],
  ])('%i with %s is %s', (code, subCode, errorClass) => {
    expect(read(said(code, subCode))?.class).toBe(errorClass)
  })
})

describe('one code stands for many reasons, told by words', () => {
  test.each([
    [40004, '查询订单不存在', 'not-found'],
    [50002, '订单不是该店铺下的订单，无权查询', 'not-found'],
    [50002, '存在无效的售后单', 'not-found'],
    [50002, '子订单不存在', 'business-rejected'],
    [50002, '系统繁忙，请稍后重试', 'transient'],
    [40003, 'app_key 不存在', 'config'],
    [50002, '该订单有退款，不能发货', 'business-rejected'],
    [60000, '今日调用额度已用完', 'quota-exhausted'],
    [20000, '订单不存在', 'transient'],
  ])('%i %s is %s', (code, words, errorClass) => {
    expect(read(said(code, 'isv.business-failed:1', words))?.class).toBe(errorClass)
  })

  test('and a quota comes back later', () => {
    expect(read(said(60000, '', '超出当日配额'))).toMatchObject({ retry: 'later', retryAfterMs: 3_600_000 })
  })
})

describe('a refusal inside a good answer', () => {
  const [first] = decrypted.data.decrypt_infos
  const rows = (...decrypt_infos: object[]) => ({ ...decrypted, code: 10001, data: { decrypt_infos } })

  test('of one text to decrypt fails them all', () => {
    const refused = { ...first, err_no: 300008, err_msg: '无权解密' }
    expect(read(rows(first!, refused))).toMatchObject({
      class: 'business-rejected',
      code: '300008',
      reason: '无权解密',
    })
  })

  test('may be a used-up quota', () => {
    expect(read(rows({ ...first, err_no: 3, err_msg: '解密额度不足' }))?.class).toBe('quota-exhausted')
  })

  test('may stand for all of them', () => {
    const custom_err = { err_code: 4, err_msg: '应用未申请解密' }
    expect(read({ ...decrypted, data: { custom_err } })).toMatchObject({ code: '4', reason: '应用未申请解密' })
  })
})

describe('what is no answer of the platform', () => {
  test.each([
    ['<html>', 502],
    ['', 200],
    ['[]', 200],
    ['{"hello":1}', 200],
    ['{"code":1000', 200],
    [JSON.stringify(list), 500],
  ])('%j with status %i is trouble on the way', (body, status) => {
    expect(read(body, { status })).toMatchObject({ class: 'transient', code: `http-${status}`, retry: 'later' })
  })

  test('a success with a refusing status is a refusal', () => {
    expect(read({ code: 10000 }, { status: 403 })).toMatchObject({ class: 'business-rejected', code: 'http-403' })
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
  expect(read(said(50002, '', '长'.repeat(500)))?.reason).toHaveLength(200)
})
