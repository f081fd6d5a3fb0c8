import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '../../simulator.ts'
import { type Caller, callerOf, type How, type Params } from './caller.ts'
import { start } from './index.ts'
import { signCall } from './sign.ts'

let simulator: Simulator
let caller: Caller
beforeAll(async () => {
  simulator = await start({ seed: 11 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
})
afterAll(() => simulator.close())

const minuteMs = 60_000
const without = (name: string) => (params: Map<string, string>) => void params.delete(name)
const put = (name: string, value: string) => (params: Map<string, string>) => void params.set(name, value)

interface Case {
  readonly when: string
  readonly method?: string
  readonly params?: Params
  readonly how?: How
  readonly error: string
}

test.each<Case>([
  { when: 'the method is missing', how: { change: without('method') }, error: '21' },
  { when: 'there is no such method', method: 'taobao.trade.nonsense', error: '22' },
  { when: 'the method is a word of the language', method: 'constructor', error: '22' },
  { when: 'the app key is missing', how: { change: without('app_key') }, error: '28' },
  { when: 'the app is unknown', how: { change: put('app_key', '1') }, error: '29' },
  { when: 'the timestamp is missing', how: { change: without('timestamp') }, error: '30' },
  { when: 'the clock is eleven minutes slow', how: { at: Date.now() - 11 * minuteMs }, error: '31' },
  { when: 'the clock is eleven minutes fast', how: { at: Date.now() + 11 * minuteMs }, error: '31' },
  { when: 'the timestamp is no time', how: { change: put('timestamp', '2026-02-31 10:00:00') }, error: '31' },
  { when: 'the version is missing', how: { change: without('v') }, error: '32' },
  { when: 'the version is another', how: { change: put('v', '3.0') }, error: '34' },
  { when: 'the signature is missing', how: { change: without('sign') }, error: '24' },
  { when: 'the signature is wrong', how: { change: put('fields', 'tid') }, error: '25' },
  {
    when: 'the signature is in small letters',
    how: { change: (all) => all.set('sign', all.get('sign')!.toLowerCase()) },
    error: '25',
  },
  { when: 'the session is missing', how: { session: null }, error: '26' },
  { when: 'the session is unknown', how: { session: '6200unknown' }, error: '27 invalid-sessionkey' },
  { when: 'an argument is missing', error: '40' },
  { when: 'an argument is wrong', params: { fields: 'tid', page_size: '101' }, error: '41' },
])('answers $error when $when', async ({ method, params, how, error }) => {
  const answer = await caller.call(method ?? 'taobao.trades.sold.get', params, how)
  expect(answer.error).toBe(error)
})

test('an unknown format is refused, in the default one', async () => {
  const { text } = await caller.text('taobao.time.get', {}, { change: put('format', 'yaml') })
  expect(text).toContain('<code>23</code>')
})

test.each(['md5', 'hmac', 'hmac-sha256'] as const)('a call signed by %s is accepted', async (signMethod) => {
  expect((await caller.call('taobao.trades.sold.get', { fields: 'tid' }, { signMethod })).at('total_results')).toBe(0)
})

test('a clock nine minutes off is good enough', async () => {
  const answer = await caller.call('taobao.time.get', {}, { at: Date.now() - 9 * minuteMs, session: null })
  expect(answer.at('time')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
})

test('permission is asked before flow control and arguments', async () => {
  await caller.control('settings', { denied: ['taobao.trade.get'] })
  expect((await caller.call('taobao.trade.get')).error).toBe('11 isv.permission-api-package-limit')
})

test('without a format the answer is XML, as on the platform', async () => {
  const { appKey = '', appSecret = '' } = caller.credentials
  const now = String((await caller.call('taobao.time.get', {}, { session: null })).at('time'))
  const params = new URLSearchParams({
    method: 'taobao.time.get',
    app_key: appKey,
    timestamp: now,
    v: '2.0',
    sign_method: 'md5',
  })
  params.set('sign', signCall(appSecret, 'md5', params))
  const response = await fetch(`${simulator.about.address}/router/rest?${params}`)
  expect(await response.text()).toMatch(/^<\?xml .*<time_get_response><time>.*<\/time><request_id>/)
})

test('simplify=true leaves out the root and the inner wrappers', async () => {
  await seedOne()
  await caller.control('buy', { count: 1 })
  const { text } = await caller.text('taobao.trades.sold.get', { fields: 'status,orders.num', simplify: 'true' })
  expect(JSON.parse(text)).toMatchObject({ total_results: 1, trades: [{ orders: [{ num: expect.any(Number) }] }] })
})

test('refused calls are counted by code, answered ones by name', async () => {
  await caller.call('taobao.trades.sold.get', { fields: 'tid' }, { session: null })
  await caller.call('taobao.trades.sold.get', { fields: 'tid' })
  expect(await caller.control('counts')).toMatchObject({
    calls: { 'taobao.trades.sold.get': 2 },
    refused: { 26: 1 },
    violations: 0,
  })
})

test('an order that reads as 2^53 and more keeps its digits in the text', async () => {
  await seedOne()
  const { orders } = await caller.control<{ orders: { orderNo: string }[] }>('buy', { count: 1 })
  const tid = orders[0]!.orderNo
  const { text } = await caller.text('taobao.trade.fullinfo.get', { tid, fields: 'tid,tid_str' })
  expect(text).toContain(`{"tid":${tid},"tid_str":"${tid}"}`)
  expect(Number.isSafeInteger(Number(tid))).toBe(false)
})

test('the same seed makes the same shop', async () => {
  const shop = async (seed: number) => {
    await caller.control('reset', { seed })
    await caller.control('clock', { now: 1_790_000_000_000 })
    await seedOne()
    return caller.control('buy', { count: 5 })
  }
  const first = await shop(4)
  expect(await shop(4)).toEqual(first)
  expect(await shop(5)).not.toEqual(first)
})

test('a control call that makes no sense is refused with its reason', async () => {
  await expect(caller.control('buy', { count: 0 })).rejects.toThrow('count')
  await expect(caller.control('buy', { count: 1 })).rejects.toThrow('no listings')
  await expect(caller.control('settings', { colour: 'red' })).rejects.toThrow('colour')
  await expect(caller.control('nothing', {})).rejects.toThrow('no such control call')
})

async function seedOne(): Promise<void> {
  const listing = {
    merchantCode: 'MUG-1',
    title: '粗陶马克杯',
    specification: '颜色:米白',
    product: '马克杯',
    priceFen: 4900,
    quantity: 500,
  }
  await caller.control('listings', [listing])
}
