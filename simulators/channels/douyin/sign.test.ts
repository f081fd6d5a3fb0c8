import { expect, test } from 'vitest'
import { sampleOf } from './caller.ts'
import { type SignMethod, signCall, signPush } from './sign.ts'
import { readJson, toJson, toSortedJson } from './text.ts'
import { app } from './tokens.ts'

const demo = { appKey: '7012345678901234567', secret: 'secret-demo-0001' }
const list = {
  appKey: demo.appKey,
  method: 'order.searchList',
  timestamp: '1767197000',
  paramJson: '{"page":0,"size":10,"update_time_end":1767197000,"update_time_start":1767193400}',
}
const remark = {
  appKey: demo.appKey,
  method: 'order.addOrderRemark',
  timestamp: '1767197001',
  paramJson: '{"order_id":"6950000000000000011","remark":"加急 <顺丰> & 🚚"}',
}

test.each([
  { call: list, how: 'hmac-sha256', sign: '971e108b0d81d39132d8d14cc759dcc75c38659d28e4511901de5ad9c9805339' },
  { call: list, how: 'md5', sign: 'ed7732cd0cf9c864d0ae8313d36a0aa0' },
  { call: remark, how: 'hmac-sha256', sign: 'e7f322395ee3510af0197881834b5cf7afc5c74da5e032cc60ac3b2b15d513af' },
  { call: remark, how: 'md5', sign: '3babf6fb494cae07612bdff64ca70fab' },
] satisfies readonly { call: typeof list; how: SignMethod; sign: string }[])(
  'the sheet’s $call.method by $how',
  ({ call, how, sign }) => {
    expect(signCall(demo.secret, call, how)).toBe(sign)
  },
)

test.each(['order.searchList', 'order.orderDetail.refunded', 'order.logisticsAddSinglePack', 'sku.syncStock'])(
  'the fixture %s is signed over its raw body, which is the one right form',
  (name) => {
    const sample = sampleOf(name)
    const text = (path: string) => String(sample.at(`request.${path}`))
    const paramJson = text('rawBody')
    const call = { appKey: text('query.app_key'), method: text('query.method'), timestamp: text('query.timestamp') }
    expect(signCall(app.secret, { ...call, paramJson })).toBe(text('query.sign'))
    expect(toSortedJson(readJson(paramJson))).toBe(paramJson)
  },
)

test('pushes of the sheet and of the fixture', () => {
  const body = '[{"tag":"100","msg_id":"M1","data":"{}"}]'
  expect(signPush(demo.secret, demo.appKey, body)).toBe('6f9c8bbde89feabc8bd55601baa26c35')
  for (const message of sampleOf('push').rows('messages')) {
    expect(signPush(app.secret, app.key, String(message.at('rawBody')))).toBe(message.at('headers.event-sign'))
  }
})

test('integers of any length survive reading and writing', () => {
  const text = '{"b":3700000000000000101,"a":[9007199254740993,-1,1.5,"3700000000000000101",null,true]}'
  expect(toJson(readJson(text))).toBe(text)
  expect(toSortedJson(readJson('{ "b": {"d":1,"c":"<&>"}, "a": 2 }'))).toBe('{"a":2,"b":{"c":"<&>","d":1}}')
  expect(readJson('{')).toBeUndefined()
})
