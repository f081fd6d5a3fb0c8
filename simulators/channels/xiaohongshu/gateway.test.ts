import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf, type How } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let order: Truth

beforeAll(async () => {
  simulator = await start({ seed: 4 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('listings', demoCatalogue)
  order = await caller.buy()
})
afterAll(() => simulator.close())

const detail = (how?: How, more: object = {}) =>
  caller.call('order.getOrderDetail', { orderId: order.orderNo, ...more }, how)
const minute = 60_000

test('a call with everything right is answered, and business fields are not signed', async () => {
  expect((await detail()).at('data.orderId')).toBe(order.orderNo)
  expect((await detail({ change: (body) => Object.assign(body, { stray: 1 }) })).code).toBe(0)
})

test.each<{ when: string; how: How; code: number }>([
  { when: 'the sign is wrong', how: { change: (body) => Object.assign(body, { sign: 'a'.repeat(32) }) }, code: 400 },
  { when: 'the sign is missing', how: { change: (body) => delete body.sign }, code: -2000400 },
  { when: 'the app is unknown', how: { change: (body) => Object.assign(body, { appId: 'nobody' }) }, code: 403 },
  { when: 'the caller’s clock is late', how: { at: Date.now() - 11 * minute }, code: 400 },
  { when: 'the caller’s clock is ahead', how: { at: Date.now() + 11 * minute }, code: 400 },
  { when: 'the time is a number', how: { change: (body) => Object.assign(body, { timestamp: 1 }) }, code: -2000400 },
  { when: 'the token is missing', how: { token: null }, code: 401 },
  { when: 'the token is unknown', how: { token: 'token-of-somebody-else' }, code: 401 },
])('$when: refused with $code', async ({ how, code }) => {
  const answer = await detail(how)
  expect(answer.code).toBe(code)
  expect(answer.at('success')).toBe(false)
  expect((await caller.control<Counts>('counts')).refused).toEqual({ [code]: 1 })
})

test('an unknown method, another version and a body that is no JSON are refused', async () => {
  expect((await caller.call('order.getEverything')).code).toBe(404)
  expect((await detail({ change: (body) => Object.assign(body, { version: '1.0' }) })).code).toBe(400)
  const response = await fetch(`${simulator.about.address}/ark/open_api/v3/common_controller`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: 'appId=1',
  })
  expect(await response.json()).toMatchObject({ success: false, error_code: -2000400 })
})

test('clocks may differ by less than ten minutes', async () => {
  expect((await detail({ at: Date.now() - 9 * minute })).code).toBe(0)
})

test('both envelopes: error_code of the older services, code of the newer ones', async () => {
  const window = { pageNo: 1, pageSize: 10, startTime: Date.now() - minute, endTime: Date.now(), timeType: 2 }
  expect((await detail()).body).toMatchObject({ success: true, error_code: 0 })
  expect((await caller.call('afterSale.listAfterSaleInfos', window)).body).toMatchObject({ success: true, code: 0 })
  const unknown = await caller.call('afterSale.getAfterSaleInfo', { returnsId: 'R1' })
  expect(unknown.body).toEqual({ success: false, code: -2000101, msg: expect.any(String) })
})

test.each([
  { envelope: 'code-200', fine: { success: true, code: 200, error_code: 0, msg: '成功' }, failed: { success: false } },
  { envelope: 'bare', fine: { success: true }, failed: { success: false, error_code: -2000101 } },
  {
    envelope: 'success-true',
    fine: { success: true },
    failed: { success: true, code: -2000101, error_code: -2000101 },
  },
])('the habit $envelope is played on demand', async ({ envelope, fine, failed }) => {
  await caller.control('settings', { envelope })
  expect((await detail()).body).toMatchObject(fine)
  expect((await detail({}, { orderId: 'P1' })).body).toMatchObject(failed)
  if (envelope === 'bare') expect(Object.keys((await detail()).body as object)).toEqual(['data', 'success'])
})

test('more calls a second than an app may make are counted, and refused on request', async () => {
  await caller.control('settings', { callsPerSecond: 2, enforceLimits: true })
  const codes = await Promise.all(Array.from({ length: 12 }, async () => (await detail()).code))
  expect(codes).toContain(429)
  expect((await caller.control<Counts>('counts')).violations).toBe(codes.filter((code) => code === 429).length)
})

test('a setting nobody knows is not taken', async () => {
  await expect(caller.control('settings', { colour: 'red' })).rejects.toThrow('colour')
})
