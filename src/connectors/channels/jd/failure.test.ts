import { describe, expect, test } from 'vitest'
import { errorClasses } from '../../../core/channel/words.ts'
import type { Answer } from '../../../kit/plug.ts'
import { gatewayCodes, readFailure } from './failure.ts'
import errors from './samples/errors.json' with { type: 'json' }
import token from './samples/oauth-access-token.json' with { type: 'json' }
import oauthError from './samples/oauth-error.json' with { type: 'json' }
import tooLong from './samples/pop-order-search-business-error.json' with { type: 'json' }
import page from './samples/pop-order-search-page.json' with { type: 'json' }
import notShipped from './samples/pop-order-shipment-err.json' with { type: 'json' }
import stockPart from './samples/ware-stock-sku-set-partial.json' with { type: 'json' }

const answer = (body: unknown, change: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...change,
})
const gateway = (code: string | number, zh_desc = '平台的话') =>
  readFailure(answer({ error_response: { code, zh_desc, en_desc: 'words' } }))

describe('gateway errors', () => {
  test.each([
    ['rate_limit', 'quota-exhausted', 'later', 60_000],
    ['missing_version', 'param', 'never', null],
    ['invalid_timestamp', 'clock', 'later', null],
    ['missing_signature', 'signature', 'never', null],
    ['invalid_signature', 'signature', 'never', null],
    ['invalid_method', 'param', 'never', null],
    ['missing_token', 'auth-invalid', 'after-authorising', null],
    ['invalid_or_expired_token', 'auth-expired', 'after-authorising', null],
    ['invalid_app_key', 'config', 'never', null],
    ['no_permission', 'permission', 'never', null],
  ] as const)('%s is %s', (name, errorClass, retry, retryAfterMs) => {
    const { code, zh_desc } = errors[name].error_response
    expect(readFailure(answer(errors[name]))).toEqual({ class: errorClass, code, retry, retryAfterMs, reason: zh_desc })
  })

  // Source: jd.md 5: no code of the sheet is left out.
  test.each([2, 4, 5, 7, 8, 11, 12, 14, 15, 18, 19, 20, 21, 24])('code %d has a class of its own', (code) => {
    expect(errorClasses).toContain(gatewayCodes[code])
    expect(gateway(code)?.class).toBe(gatewayCodes[code])
  })

  test('any other code is trouble of the platform', () => {
    expect(gateway('67')).toMatchObject({ class: 'transient', code: '67' })
  })

  test('a code inside the envelope counts as well, in both spellings', () => {
    for (const root of ['jingdong_a_responce', 'jingdong_a_response']) {
      expect(readFailure(answer({ [root]: { code: '19', zh_desc: '无效' } }))?.class).toBe('auth-expired')
    }
  })
})

describe('a "no" inside a good answer', () => {
  const result = (key: string, value: object) => answer({ jingdong_x_responce: { [key]: value, code: '0' } })
  test.each([
    ['of a list', answer(tooLong), 'business-rejected', '10100008'],
    ['of a shipment', answer(notShipped), 'business-rejected', '10400001'],
    ['as text', result('replyResult', { success: 'false', errorCode: '9' }), 'business-rejected', '9'],
    [
      'of after-sales',
      result('pageResult', { success: false, code: '50001', msg: '参数错误' }),
      'business-rejected',
      '50001',
    ],
    ['without any word', result('replyResult', { success: false }), 'business-rejected', 'not-successful'],
    [
      'to be tried again',
      result('r', { success: false, chineseErrCode: '系统繁忙，请稍后重试' }),
      'transient',
      'not-successful',
    ],
    [
      'about nothing',
      result('r', { apiResult: { success: false, chineseErrCode: '订单不存在' } }),
      'business-rejected',
      'not-successful',
    ],
    [
      'in the envelope itself',
      answer({ jingdong_x_responce: { success: false, errorCode: '7', chineseErrCode: '库存不足', code: '0' } }),
      'business-rejected',
      '7',
    ],
    ['of the keys', result('response', { status_code: 120, errorMsg: 'voucher expired' }), 'business-rejected', '120'],
  ] as const)('%s', (_, said, errorClass, code) => {
    expect(readFailure(said)).toMatchObject({ class: errorClass, code })
  })

  test('tells the platform’s words', () => {
    expect(readFailure(answer(notShipped))?.reason).toBe('订单状态不正确，不能出库')
  })
})

test.each([
  ['a list', page],
  ['a token', token],
  ['a stock result with a bad row', stockPart],
  [
    'a stock result that says no beside its rows',
    {
      jingdong_ware_stock_sku_set_responce: {
        code: '0',
        returnType: { success: false, obj: { updateStockResult: [{ data: '1', success: false }] } },
      },
    },
  ],
])('%s is no failure', (_, body) => expect(readFailure(answer(body))).toBeNull())

describe('trouble on the way', () => {
  test.each([
    ['a page', answer('<html>'), 'transient', 'http-200', null],
    ['nothing', answer(''), 'transient', 'http-200', null],
    ['a list instead of an object', answer('[]'), 'transient', 'http-200', null],
    ['a broken gateway', answer('<html>', { status: 502 }), 'transient', 'http-502', null],
    ['an error in JSON', answer('{}', { status: 503 }), 'transient', 'http-503', null],
    ['a refusal in JSON', answer('{}', { status: 403 }), 'business-rejected', 'http-403', null],
    ['too many calls', answer('', { status: 429 }), 'rate-limit', 'http-429', 1000],
    [
      'far too many',
      answer('{}', { status: 429, headers: { 'retry-after': '3600' } }),
      'quota-exhausted',
      'http-429',
      3_600_000,
    ],
  ] as const)('%s', (_, said, errorClass, code, retryAfterMs) => {
    expect(readFailure(said)).toMatchObject({ class: errorClass, code, retryAfterMs })
  })
})

test('an error of the token calls is no authorisation, unless it passes', () => {
  expect(readFailure(answer(oauthError))).toMatchObject({ class: 'auth-invalid', code: '10000400' })
  expect(readFailure(answer({ code: 500, msg: '系统繁忙' }))?.class).toBe('transient')
})
