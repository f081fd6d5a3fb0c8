import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Counts, Simulator } from '../../simulator.ts'
import { answerOf, type Caller, callerOf } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
const today = 1_790_000_000_000
const second = 1000

beforeAll(async () => {
  simulator = await start({ seed: 5 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await setClock(today)
})
afterAll(() => simulator.close())

const setClock = (now: number) => caller.control('clock', { now })
const info = async (token: string | null) =>
  answerOf(await (await caller.send({ path: '/channels/ec/basics/info/get', method: 'GET', token })).json()).errcode
const classic = async () => {
  const { appId, appSecret } = simulator.about.credentials
  const path = `/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=${appSecret}`
  return (await (await caller.send({ path, method: 'GET' })).json()) as { access_token: string }
}

test('a stable token has no errcode and stays the same until its last five minutes', async () => {
  const first = await caller.token()
  expect(Object.keys(first)).toEqual(['access_token', 'expires_in'])
  expect(first.expires_in).toBe(7200)
  await setClock(today + 6900 * second)
  expect(await caller.token()).toEqual({ ...first, expires_in: 300 })
  await setClock(today + 6901 * second)
  const next = await caller.token()
  expect(next.access_token).not.toBe(first.access_token)
  expect([await info(String(first.access_token)), await info(String(next.access_token))]).toEqual([0, 0])
  await setClock(today + 7200 * second)
  expect([await info(String(first.access_token)), await info(String(next.access_token))]).toEqual([42001, 0])
})

test('a forced token ends the one before at once, and comes at most every thirty seconds', async () => {
  const { access_token: old } = await caller.token()
  const forced = await caller.token({ force_refresh: true })
  expect([await info(String(old)), await info(String(forced.access_token))]).toEqual([40001, 0])
  expect(await caller.token({ force_refresh: true })).toMatchObject({ errcode: 45011 })
  for (let time = 1; time < 20; time += 1) {
    await setClock(today + time * 30 * second)
    expect(await caller.token({ force_refresh: true })).toHaveProperty('access_token')
  }
  await setClock(today + 3600 * second)
  expect(await caller.token({ force_refresh: true })).toMatchObject({ errcode: 45009 })
  expect((await caller.control<Counts>('counts')).violations).toBe(2)
})

test('classic tokens replace each other in five minutes and leave the stable one alone', async () => {
  const { access_token: stable } = await caller.token()
  const first = await classic()
  const second_ = await classic()
  expect(second_.access_token).not.toBe(first.access_token)
  expect(await info(first.access_token)).toBe(0)
  await setClock(today + 300 * second)
  expect(await Promise.all([first.access_token, second_.access_token, String(stable)].map(info))).toEqual([42001, 0, 0])
})

test.each([
  { with: { secret: 'wrong' }, errcode: 40125 },
  { with: { appid: 'wx0000000000000000' }, errcode: 40013 },
  { with: { appid: '' }, errcode: 41002 },
  { with: { secret: undefined }, errcode: 41004 },
  { with: { grant_type: 'password' }, errcode: 40097 },
])('a token asked for with $with is refused with $errcode', async ({ with: more, errcode }) => {
  expect(await caller.token(more)).toMatchObject({ errcode, errmsg: expect.stringContaining('rid: ') })
})

test.each([
  { settings: { isSecretFrozen: true }, errcode: 40243 },
  { settings: { isCallerAllowed: false }, errcode: 61004 },
])('the console may stand against it: $errcode', async ({ settings, errcode }) => {
  await caller.control('settings', settings)
  expect(await caller.token()).toMatchObject({ errcode })
})

test.each([
  { token: null, errcode: 41001 },
  { token: 'no/token', errcode: 40014 },
  { token: '90_unknown', errcode: 40001 },
])('a call with the token $token is refused with $errcode', async ({ token, errcode }) => {
  expect(await info(token)).toBe(errcode)
})

test.each([
  { path: '/channels/ec/order/get', method: 'GET' as const, errcode: 43002 },
  { path: '/channels/ec/basics/info/get', text: '{}', errcode: 43001 },
  { path: '/channels/ec/order/get', text: '', errcode: 44002 },
  { path: '/channels/ec/order/get', text: 'order_id=1', errcode: 47001 },
  { path: '/channels/ec/order/get', text: '[]', errcode: 47001 },
  { path: '/channels/ec/order/get', text: '{}', errcode: 40097 },
  { path: '/channels/ec/order/get', text: '{"order_id":3719872036541234688}', errcode: 40097 },
  { path: '/channels/ec/order/get', text: '{"order_id":"9999999999999999999","more":1}', errcode: 100002 },
  { path: '/channels/ec/order/get', text: `{"order_id":"${'1'.repeat(1_000_001)}"}`, errcode: 45002 },
  { path: '/channels/ec/order/nothing', text: '{}', errcode: 40066 },
  { path: '/order/get', text: '{}', errcode: 40066 },
])('$method $path with its body is refused with $errcode and HTTP 200', async ({ errcode, ...sending }) => {
  const token = String((await caller.token()).access_token)
  const response = await caller.send({ ...sending, token })
  expect([response.status, answerOf(await response.json()).errcode]).toEqual([200, errcode])
  expect((await caller.control<Counts>('counts')).refused).toEqual({ [errcode]: 1 })
})

test('an operation may not be granted, or answer what a test chose', async () => {
  await caller.control('settings', { denied: ['order/search'], answers: { 'order/get': 10080000 } })
  expect((await caller.call('order/search')).errcode).toBe(48001)
  expect((await caller.call('order/get')).errcode).toBe(10080000)
})

test('an authorisation gives a token of its own that ends when it was wished to', async () => {
  const { credentials } = await caller.control<{ credentials: Record<string, string> }>('authorise', {
    expiresInMs: 60 * second,
  })
  expect(Object.keys(credentials).sort()).toEqual(
    ['accessToken', 'appId', 'appSecret', 'callbackToken', 'encodingAesKey'].sort(),
  )
  expect(await info(credentials.accessToken!)).toBe(0)
  await setClock(today + 60 * second)
  expect(await info(credentials.accessToken!)).toBe(42001)
})
