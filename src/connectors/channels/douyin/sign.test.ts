import { describe, expect, test } from 'vitest'
import { paramJson } from './param-json.ts'
import pushes from './samples/pushes.json' with { type: 'json' }
import requests from './samples/requests.json' with { type: 'json' }
import { sameSignature, signCall, signPush } from './sign.ts'

const appKey = '7012345678901234567'
const search = {
  appKey,
  method: 'order.searchList',
  timestamp: '1767197000',
  version: '2',
  paramJson: paramJson({ size: 10, page: 0, update_time_start: 1767193400, update_time_end: 1767197000 }),
}
const remark = {
  appKey,
  method: 'order.addOrderRemark',
  timestamp: '1767197001',
  version: '2',
  paramJson: paramJson({ remark: '加急 <顺丰> & 🚚', order_id: '6950000000000000011' }),
}

describe('a call is signed as in the vectors', () => {
  test.each([
    ['a list, hmac-sha256', search, 'hmac-sha256', '971e108b0d81d39132d8d14cc759dcc75c38659d28e4511901de5ad9c9805339'],
    ['a list, md5', search, 'md5', 'ed7732cd0cf9c864d0ae8313d36a0aa0'],
    [
      'a remark, hmac-sha256',
      remark,
      'hmac-sha256',
      'e7f322395ee3510af0197881834b5cf7afc5c74da5e032cc60ac3b2b15d513af',
    ],
    ['a remark, md5', remark, 'md5', '3babf6fb494cae07612bdff64ca70fab'],
  ] as const)('%s', (_, parts, signMethod, sign) => {
    expect(signCall(parts, 'secret-demo-0001', signMethod)).toBe(sign)
  })

  test.each(Object.entries(requests))('the recorded request of %s', (_, { query, rawBody }) => {
    const { app_key, method, timestamp, v: version } = query
    const parts = { appKey: app_key, method, paramJson: rawBody, timestamp, version }
    expect(signCall(parts, pushes.config.app_secret, 'hmac-sha256')).toBe(query.sign)
  })

  test.each(['appKey', 'method', 'paramJson', 'timestamp', 'version'] as const)(
    'another %s signs otherwise',
    (name) => {
      const other = { ...search, [name]: `${search[name]}1` }
      expect(signCall(other, 's', 'md5')).not.toBe(signCall(search, 's', 'md5'))
    },
  )
})

describe('a push is signed as in the vectors', () => {
  test('the short one', () => {
    const body = '[{"tag":"100","msg_id":"M1","data":"{}"}]'
    expect(signPush(body, { appKey, appSecret: 'secret-demo-0001' })).toBe('6f9c8bbde89feabc8bd55601baa26c35')
  })

  test.each(pushes.messages)('that of $headers.event-sign', ({ headers, rawBody }) => {
    const { app_key, app_secret } = pushes.config
    expect(signPush(rawBody, { appKey: app_key, appSecret: app_secret })).toBe(headers['event-sign'])
  })
})

describe('parameters become one text', () => {
  test.each([
    [
      'names in order on every level',
      { b: [{ d: 1, c: 2 }], a: { z: true, y: 'x' } },
      '{"a":{"y":"x","z":true},"b":[{"c":2,"d":1}]}',
    ],
    ['long numbers exact', { product_id: 3700000000000000101n }, '{"product_id":3700000000000000101}'],
    ['nothing escaped for a page', { a: '<顺丰> & 🚚' }, '{"a":"<顺丰> & 🚚"}'],
    ['what JSON must escape', { a: '说“好”\n"\\' }, '{"a":"说“好”\\n\\"\\\\"}'],
    ['without what is not given', { a: undefined, b: 0 }, '{"b":0}'],
    ['nothing at all', {}, '{}'],
  ])('%s', (_, value, text) => {
    expect(paramJson(value)).toBe(text)
  })

  test('as in the recorded request of a stock call', () => {
    const told = { product_id: 3700000000000000101n, sku_id: 3412340000000001n, stock_num: 88 }
    expect(paramJson({ ...told, incremental: false, idempotent_id: 'oms-stock-0001' })).toBe(requests.stock.rawBody)
  })
})

test('signatures are compared without regard to case', () => {
  expect(sameSignature('AB12', 'ab12')).toBe(true)
  expect(sameSignature('ab12', 'ab13')).toBe(false)
})
