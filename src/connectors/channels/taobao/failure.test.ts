import { describe, expect, test } from 'vitest'
import { errorClasses } from '../../../core/channel/words.ts'
import type { Answer } from '../../../kit/plug.ts'
import { platformCodes, readFailure, shippingCodes } from './failure.ts'
import errors from './samples/errors.json' with { type: 'json' }
import shippingErrors from './samples/errors-shipping.json' with { type: 'json' }
import stockErrors from './samples/errors-stock.json' with { type: 'json' }
import trade from './samples/trade-single.json' with { type: 'json' }

const answer = (body: unknown, change: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...change,
})
const platform = (code: number, sub_code?: string, sub_msg?: string) =>
  readFailure(answer({ error_response: { code, msg: 'Remote service error', sub_code, sub_msg, request_id: 'r1' } }))
const shipping = (letter: string) => platform(15, `isv.logistics-offline-service-error:${letter}`)

describe('one envelope of each class', () => {
  test.each([
    ['rate_limit_app_api', 'rate-limit', 'later', 2000],
    ['rate_limit_app_day', 'quota-exhausted', 'later', 31_062_000],
    ['session_expired', 'auth-expired', 'after-authorising', null],
    ['session_missing', 'auth-invalid', 'after-authorising', null],
    ['invalid_signature', 'signature', 'never', null],
    ['invalid_timestamp', 'clock', 'later', null],
    ['invalid_app_key', 'config', 'never', null],
    ['invalid_method', 'param', 'never', null],
    ['missing_required_argument', 'param', 'never', null],
    ['invalid_argument', 'param', 'never', null],
    ['no_permission', 'permission', 'never', null],
    ['service_unavailable', 'transient', 'later', null],
    ['isp_remote_timeout', 'transient', 'later', null],
    ['isp_remote_service_timeout', 'transient', 'later', null],
    ['isp_system_busy', 'transient', 'later', null],
    ['trade_slow_query_rejected', 'transient', 'later', 180_000],
    ['trade_not_exist', 'not-found', 'never', null],
    ['invalid_parameter', 'param', 'never', null],
  ] as const)('%s is %s', (name, errorClass, retry, retryAfterMs) => {
    expect(readFailure(answer(errors[name]))).toMatchObject({ class: errorClass, retry, retryAfterMs })
  })

  test.each([
    ['already_shipped_or_closed', 'already-done', 'after-checking'],
    ['bad_waybill', 'business-rejected', 'never'],
    ['split_needs_sub_tid', 'business-rejected', 'never'],
    ['split_check_failed', 'business-rejected', 'never'],
    ['retry_later', 'transient', 'later'],
    ['order_not_found', 'not-found', 'never'],
  ] as const)('shipping: %s is %s', (name, errorClass, retry) => {
    expect(readFailure(answer(shippingErrors[name]))).toMatchObject({ class: errorClass, retry })
  })

  test.each([
    ['negative_full_quantity', 'param'],
    ['item_not_found', 'not-found'],
    ['rate_limited', 'rate-limit'],
  ] as const)('stock: %s is %s', (name, errorClass) => {
    expect(readFailure(answer(stockErrors[name]))?.class).toBe(errorClass)
  })
})

test('the code tells platform and sub-code, the reason the platform’s words', () => {
  expect(readFailure(answer(errors.trade_not_exist))).toMatchObject({
    code: '15/isv.trade-not-exist',
    reason: '交易不存在',
  })
  expect(readFailure(answer(errors.session_missing))).toMatchObject({ code: '26', reason: 'Missing session' })
})

// Source: taobao.md 5.1: no code of the sheet is left out.
test.each([
  3, 7, 9, 10, 11, 12, 13, 15, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 40, 41, 42, 43, 520, 530,
])('platform code %d has a class of its own', (code) => {
  const reading = platform(code)
  expect(errorClasses).toContain(reading?.class)
  if (code !== 7 && code !== 15 && code !== 27) expect(reading?.class).toBe(platformCodes[code])
})

describe('sub-codes', () => {
  test.each([
    [7, undefined, undefined, 'rate-limit', 1000],
    [7, undefined, 'This ban will last for 60 more seconds', 'rate-limit', 60_000],
    [7, undefined, 'This ban will last for 61 more seconds', 'quota-exhausted', 61_000],
    [7, 'accesscontrol.limited-by-dynamic-access-count', 'This ban will last for 1 more seconds', 'rate-limit', 1000],
    [15, 'accesscontrol.limited-by-api-access-count', undefined, 'rate-limit', 1000],
    [15, undefined, undefined, 'business-rejected', null],
    [15, 'isp.remote-connection-error', undefined, 'transient', null],
    [15, 'isp.call-limited', undefined, 'transient', null],
    [15, 'isv.something-new', '不可以', 'business-rejected', null],
    [15, 'isv.trade-service-rejection', undefined, 'transient', 180_000],
    [15, 'isv.item-not-exist', undefined, 'not-found', null],
    [15, 'isv.refund-not-exist', undefined, 'not-found', null],
    [15, 'isv.missing-parameter:tid', undefined, 'param', null],
    [41, 'isv.trade-not-exist', undefined, 'not-found', null],
    [41, 'isv.something-new', undefined, 'param', null],
    [11, 'isv.permission-ip-whitelist-limit', undefined, 'permission', null],
    [15, 'isv.permission-api-package-limit', undefined, 'permission', null],
    [27, undefined, undefined, 'auth-invalid', null],
    [27, 'invalid-sessionkey', 'no such key', 'auth-invalid', null],
    [27, undefined, 'SessionKey has Expired', 'auth-expired', null],
    [15, 'session-expired', undefined, 'auth-expired', null],
    [15, 'invalid-sessionkey', undefined, 'auth-invalid', null],
    [601, undefined, undefined, 'business-rejected', null],
    [601, 'isp.unknown', undefined, 'transient', null],
    [15, 'isv.logistics-update-company-or-mailno-error:CD19', '还没发货', 'business-rejected', null],
  ] as const)('%d %s %s is %s', (code, sub, words, errorClass, retryAfterMs) => {
    expect(platform(code, sub, words)).toMatchObject({ class: errorClass, retryAfterMs })
  })

  test.each(Object.entries(shippingCodes))('shipping %s is %s', (letter, errorClass) => {
    expect(shipping(letter)?.class).toBe(errorClass)
  })

  test.each(['B02', 'B55', 'B60', 'F', 'F01', 'F06', 'B98', 'P38', 'CD22', 'CD31', 'B999'])(
    'shipping %s is a refusal',
    (letter) => expect(shipping(letter)?.class).toBe('business-rejected'),
  )
})

describe('without an envelope', () => {
  test.each([
    ['an empty body', '', 200, 'transient'],
    ['an empty body of a gateway', '', 504, 'transient'],
    ['a page', '<html><body>502 Bad Gateway</body></html>', 502, 'transient'],
    ['a page that says 200', '<html></html>', 200, 'transient'],
    ['half an answer', '{"trade_fullinfo_get_response":{"tra', 200, 'transient'],
    ['a bare word', '"ok"', 200, 'transient'],
    ['JSON of a broken server', '{"message":"oops"}', 500, 'transient'],
    ['JSON of a refusal', '{"message":"no"}', 403, 'business-rejected'],
    ['too many', '', 429, 'rate-limit'],
    ['invalid_grant', '{"error":"invalid_grant","error_description":"code is used"}', 400, 'auth-invalid'],
    ['an expired grant', '{"error":"invalid_grant","error_description":"refresh token expired"}', 400, 'auth-expired'],
    ['invalid_client', '{"error":"invalid_client"}', 401, 'config'],
    ['an OAuth error that says 200', '{"error":"invalid_request"}', 200, 'param'],
    ['an unknown OAuth error', '{"error":"parent_error"}', 400, 'business-rejected'],
  ])('%s is %s', (_, body, status, errorClass) => {
    expect(readFailure(answer(body, { status }))?.class).toBe(errorClass)
  })

  test('a retry-after header is heard', () => {
    expect(readFailure(answer('', { status: 429, headers: { 'retry-after': '7' } }))?.retryAfterMs).toBe(7000)
    expect(readFailure(answer('', { status: 429, headers: { 'retry-after': '3600' } }))?.class).toBe('quota-exhausted')
  })

  test.each([
    [{ logistics_offline_send_response: { shipping: { is_success: false } } }, 'business-rejected', 'not-successful'],
    [
      {
        alibaba_ascp_logistics_offline_send_response: {
          result: { success: false, error_code: 'B04', error_msg: '已发货' },
        },
      },
      'already-done',
      'B04',
    ],
    [
      { rdc_aligenius_sendgoods_cancel_response: { result: { success: 'false', error_info: '退款已关闭' } } },
      'business-rejected',
      'not-successful',
    ],
    [{ rp_refunds_agree_response: { succ: false, msg_code: 'OP_FAILURE_UE' } }, 'business-rejected', 'OP_FAILURE_UE'],
    [{ refund_refuse_response: { is_success: false } }, 'business-rejected', 'not-successful'],
  ])('%j says no', (body, errorClass, code) => {
    expect(readFailure(answer(body))).toMatchObject({ class: errorClass, code })
  })

  test('an answer that was done is no failure', () => {
    expect(readFailure(answer(trade))).toBeNull()
    expect(readFailure(answer({ logistics_offline_send_response: { shipping: { is_success: true } } }))).toBeNull()
  })
})
