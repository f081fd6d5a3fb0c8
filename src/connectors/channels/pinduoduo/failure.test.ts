import { describe, expect, test } from 'vitest'
import { errorClasses } from '../../../core/channel/words.ts'
import type { Answer } from '../../../kit/plug.ts'
import { platformCodes, readFailure } from './failure.ts'
import cases from './samples/cases.json' with { type: 'json' }
import decrypted from './samples/decrypted.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import goods from './samples/goods.json' with { type: 'json' }
import list from './samples/list.json' with { type: 'json' }
import order from './samples/order.json' with { type: 'json' }
import token from './samples/token.json' with { type: 'json' }

const read = (body: unknown, change: Partial<Answer> = {}) =>
  readFailure({ status: 200, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body), ...change })
const refusal = (error_code: number, sub_msg = '') => ({ error_response: { error_code, error_msg: '错误', sub_msg } })

describe('each answer of the sheet has one class', () => {
  test.each([
    ['token-expired', 'auth-expired', '10019', 'after-authorising', null],
    ['bad-signature', 'signature', '20004', 'never', null],
    ['not-authorised', 'auth-expired', '20031', 'after-authorising', null],
    ['rate-limit', 'rate-limit', '52101', 'later', 10_000],
    ['bad-parameter', 'param', '21001', 'never', null],
    ['not-allowed', 'business-rejected', '50001', 'never', null],
    ['no-such-order', 'not-found', '50001', 'never', null],
    ['system', 'transient', '52001', 'later', null],
  ] as const)('%s is %s', (name, errorClass, code, retry, retryAfterMs) => {
    expect(read(errors[name])).toMatchObject({ class: errorClass, code, retry, retryAfterMs })
  })

  test.each([[order], [list], [cases], [goods], [token], [decrypted], [{ x_response: { is_success: true } }]])(
    'a good one has none: %#',
    (body) => {
      expect(read(body)).toBeNull()
    },
  )

  test.each([
    ['auth-expired', [10019, 20031, 20032]],
    ['signature', [20004]],
    ['permission', [20005, 30000, 70032, 70033, 70034, 70035, 70036]],
    ['param', [21001, 21002, 52004]],
    ['transient', [50000, 52001, 52002]],
    ['business-rejected', [50001, 50002]],
    ['rate-limit', [52101, 52102, 52103, 70031]],
  ] as const)('%s', (errorClass, codes) => {
    for (const code of codes) expect(read(refusal(code))).toMatchObject({ class: errorClass, code: String(code) })
  })

  test('and none beside these', () => {
    expect(Object.keys(platformCodes)).toHaveLength(23)
    for (const errorClass of Object.values(platformCodes)) expect(errorClasses).toContain(errorClass)
  })
})

describe('what the platform says without a code of its own', () => {
  test.each([
    [refusal(52101, '今日调用额度已用完'), 'quota-exhausted', 3_600_000],
    [refusal(50001, '今日解密额度已用完'), 'quota-exhausted', 3_600_000],
    [refusal(50002, 'refresh_token 已过期'), 'auth-expired', null],
    [refusal(99999, '商品已下架'), 'business-rejected', null],
    [{ x_response: { is_success: false } }, 'business-rejected', null],
    [{ x_response: { success: false } }, 'business-rejected', null],
    [{ x_response: { data_decrypt_list: [{ error_code: 1, error_msg: '解密失败' }] } }, 'business-rejected', null],
    ['<html>', 'transient', null],
    ['', 'transient', null],
    [{ hello: 1 }, 'transient', null],
  ])('%j', (body, errorClass, retryAfterMs) => {
    expect(read(body)).toMatchObject({ class: errorClass, retryAfterMs })
  })

  test('the way it is carried counts too', () => {
    expect(read('', { status: 502 })).toMatchObject({ class: 'transient', code: 'http-502' })
    expect(read('', { status: 429 })).toMatchObject({ class: 'rate-limit', retryAfterMs: 10_000 })
    expect(read(order, { status: 403 })).toMatchObject({ class: 'business-rejected', code: 'http-403' })
    const slow = { headers: { 'retry-after': '3600' } }
    expect(read(errors['rate-limit'], slow)).toMatchObject({ class: 'quota-exhausted', retryAfterMs: 3_600_000 })
    const soon = { headers: { 'retry-after': '5' } }
    expect(read(errors['rate-limit'], soon)).toMatchObject({ class: 'rate-limit', retryAfterMs: 5_000 })
  })
})
