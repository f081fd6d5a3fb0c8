import { expect, test } from 'vitest'
import type { Counts } from '../../simulator.ts'
import { differences, type How, sampleOf } from './caller.ts'
import { minute, openStage } from './stage.ts'

const stage = openStage(61)
const ask = (how: How) => stage.caller().call('order.logisticsCompanyList', {}, { at: stage.now(), ...how })
const set = (name: string, value: string) => (query: URLSearchParams) => query.set(name, value)
const drop = (name: string) => (query: URLSearchParams) => query.delete(name)

test.each([
  { when: 'all is right', how: {}, code: 10_000, subCode: '' },
  { when: 'signed by md5', how: { signMethod: 'md5' }, code: 10_000, subCode: '' },
  ...['app_key', 'method', 'access_token', 'timestamp', 'v', 'sign', 'sign_method'].map((name) => ({
    when: `without ${name}`,
    how: { change: drop(name) },
    code: 40_001,
    subCode: 'isv.parameter-missing',
  })),
  { when: 'another version', how: { change: set('v', '1') }, code: 40_002, subCode: 'isv.parameter-invalid' },
  { when: 'another app', how: { change: set('app_key', '7') }, code: 40_002, subCode: 'isv.parameter-invalid' },
  {
    when: 'signed otherwise',
    how: { change: set('sign_method', 'sha1') },
    code: 40_002,
    subCode: 'isv.parameter-invalid',
  },
  { when: 'no such method', how: { change: set('method', 'a.b') }, code: 40_002, subCode: 'isv.parameter-invalid' },
  {
    when: 'method and path differ',
    how: { path: '/order/orderDetail' },
    code: 40_002,
    subCode: 'isv.parameter-invalid',
  },
  { when: 'a form', how: { type: 'text/plain' }, code: 40_002, subCode: 'isv.parameter-invalid' },
  {
    when: 'a wrong signature',
    how: { change: set('sign', '0'.repeat(64)) },
    code: 40_003,
    subCode: 'isv.signature-invalid',
  },
  {
    when: 'signed by the other way',
    how: { change: set('sign_method', 'md5') },
    code: 40_003,
    subCode: 'isv.signature-invalid',
  },
  { when: 'a body not JSON', how: { body: '{' }, code: 40_003, subCode: 'isv.parameter-format-invalid' },
  { when: 'a body that is a list', how: { body: '[]' }, code: 40_003, subCode: 'isv.parameter-format-invalid' },
  { when: 'keys out of order', how: { body: '{"b":1,"a":2}' }, code: 40_003, subCode: 'isv.signature-invalid' },
  { when: 'blanks in the body', how: { body: '{ }' }, code: 40_003, subCode: 'isv.signature-invalid' },
  { when: 'escaped signs', how: { body: '{"a":"\\u003c"}' }, code: 40_003, subCode: 'isv.signature-invalid' },
  {
    when: 'a strange token',
    how: { change: set('access_token', 'x') },
    code: 40_003,
    subCode: 'isv.access-token-no-existed',
  },
] satisfies readonly { when: string; how: How; code: number; subCode: string }[])(
  '$when: $code $subCode',
  async ({ how, code, subCode }) => {
    const answer = await ask(how)
    expect([answer.code, answer.subCode]).toEqual([code, subCode])
  },
)

test.each([
  { minutes: -11, subCode: 'isv.timestamp-invalid' },
  { minutes: -10, subCode: '' },
  { minutes: 10, subCode: '' },
  { minutes: 11, subCode: 'isv.timestamp-invalid' },
])('a clock that is $minutes minutes off', async ({ minutes, subCode }) => {
  expect((await ask({ at: stage.now() + minutes * minute })).subCode).toBe(subCode)
})

test('refusals have the words of the fixture, success those of an answer', async () => {
  const samples = sampleOf('errors').body as readonly { situation: string; response: Record<string, unknown> }[]
  const known = samples.find(({ situation }) => situation === 'bad-signature')!.response
  const { log_id: _, ...told } = (await ask({ change: set('sign', 'x') })).body as Record<string, unknown>
  expect({ ...told, log_id: known.log_id }).toEqual(known)
  const fine = await ask({})
  expect(Object.keys(fine.body as object)).toEqual(['code', 'msg', 'sub_code', 'sub_msg', 'log_id', 'data'])
})

test('numbers bare in the body are read exactly, and the answer writes them so', async () => {
  const listings = await stage.caller().control<{ itemNo: string; skuNo: string }[]>('listings')
  const { itemNo, skuNo } = listings[0]!
  const body = `{"incremental":false,"product_id":${itemNo},"sku_id":${skuNo},"stock_num":88}`
  const { text } = await stage.caller().text('sku.syncStock', {}, { body, at: stage.now() })
  expect(differences(sampleOf('sku.syncStock').at('response'), JSON.parse(text))).toEqual([])
  const next = String(BigInt(itemNo) + 1n)
  const other = { body: body.replace(itemNo, next), at: stage.now() }
  expect((await stage.caller().call('sku.syncStock', {}, other)).subCode).toBe('isv.business-failed:6002')
})

test.each([20_000, 30_001, 30_002, 40_004, 50_001, 60_000, 70_000, 80_000, 90_000])(
  'a call can be made to answer %i',
  async (code) => {
    await stage.caller().control('settings', { answers: { 'order.logisticsCompanyList': code } })
    expect((await ask({})).code).toBe(code)
    await expect(stage.caller().control('settings', { nobody: 1 })).rejects.toThrow('nobody')
  },
)

test('calls and refusals are counted, and what breaks a published limit as a violation', async () => {
  await ask({})
  await ask({ change: set('sign', 'x') })
  const span = { update_time_start: 0, update_time_end: 1 }
  await stage.call('order.searchList', { page: 0, size: 101, ...span })
  const counts = await stage.caller().control<Counts>('counts')
  expect(counts).toMatchObject({
    calls: { 'order.logisticsCompanyList': 2, 'order.searchList': 1 },
    refused: { 'isv.signature-invalid': 1, 'isv.parameter-invalid': 1 },
    violations: 1,
  })
})
