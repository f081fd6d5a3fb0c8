import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, differences, sampleOf } from './caller.ts'
import { start } from './index.ts'
import { app } from './tokens.ts'

let simulator: Simulator
let caller: Caller
let now = 0

const minute = 60_000
const day = 24 * 60 * minute

beforeAll(async () => {
  simulator = await start({ seed: 6 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  now = Date.parse('2026-11-11T02:00:00Z')
  await pass(0)
})
afterAll(() => simulator.close())

async function pass(ms: number): Promise<void> {
  now += ms
  await caller.control('clock', { now })
}

async function visit(query: Record<string, string>, path = '/ark/authorization'): Promise<Response> {
  const all = new URLSearchParams({
    appId: app.id,
    redirectUri: 'https://erp.example/back?shop=1',
    state: 's1',
    ...query,
  })
  return fetch(`${simulator.about.address}${path}?${all}`, { redirect: 'manual' })
}
const backOf = (response: Response) => new URL(response.headers.get('location')!).searchParams
const ask = (method: string, params: object) => caller.call(method, params, { token: null, at: now })
const redeem = (code: string) => ask('oauth.getAccessToken', { code })
const refresh = (pair: Answer) => ask('oauth.refreshToken', { refreshToken: pair.at('data.refreshToken') })
const authorised = async () => redeem(backOf(await visit({})).get('code')!)
const works = async (pair: Answer) =>
  (await caller.call('common.getExpressCompanyList', {}, { token: String(pair.at('data.accessToken')), at: now })).code

test('the page sends the browser back with a code and the state, in a browser and on a phone', async () => {
  for (const path of ['/ark/authorization', '/thor/open/authorization']) {
    const back = backOf(await visit({}, path))
    expect(back.get('state')).toBe('s1')
    expect(back.get('shop')).toBe('1')
    expect(back.get('code')).toMatch(/^code-/)
  }
})

test('a wrong app, no address to go back to, a sub-account and a refusal give no code', async () => {
  expect((await visit({ appId: 'nobody' })).status).toBe(400)
  expect((await visit({ redirectUri: 'back' })).status).toBe(400)
  expect((await visit({ sim_sub: '1' })).status).toBe(403)
  expect(backOf(await visit({ sim_refuse: '1' })).has('code')).toBe(false)
  expect(await (await visit({ sim_consent: '1' })).text()).toContain('同意授权')
})

test('a code gives tokens in the shape of the sample, living seven and fourteen days', async () => {
  const pair = await authorised()
  expect(differences(sampleOf('oauth.getAccessToken').body, pair.body)).toEqual([])
  expect(pair.at('data.accessTokenExpiresAt')).toBe(now + 7 * day)
  expect(pair.at('data.refreshTokenExpiresAt')).toBe(now + 14 * day)
  expect(await works(pair)).toBe(0)
})

test('a code used again soon gives the same tokens, later none, and lives ten minutes', async () => {
  const code = backOf(await visit({})).get('code')!
  const first = await redeem(code)
  expect((await redeem(code)).at('data.accessToken')).toBe(first.at('data.accessToken'))
  await pass(2 * minute)
  expect((await redeem(code)).code).toBe(401)
  const late = backOf(await visit({})).get('code')!
  await pass(10 * minute)
  expect((await redeem(late)).code).toBe(401)
})

test.each([
  { when: 'long before its end', passed: 7 * day - 31 * minute, outcome: 'same' },
  { when: 'half an hour before its end', passed: 7 * day - 30 * minute, outcome: 'new' },
  { when: 'when it has ended', passed: 8 * day, outcome: 'new' },
  { when: 'when the refresh token has ended', passed: 14 * day, outcome: 'none' },
])('refreshing $when gives $outcome tokens', async ({ passed, outcome }) => {
  const first = await authorised()
  await pass(passed)
  const second = await refresh(first)
  expect(second.code).toBe(outcome === 'none' ? 401 : 0)
  if (outcome === 'none') return
  expect(second.at('data.accessToken') === first.at('data.accessToken')).toBe(outcome === 'same')
  expect(await works(second)).toBe(0)
})

test('after a refresh the old access token works five minutes more, and the old refresh token repeats the new pair', async () => {
  const first = await authorised()
  await pass(7 * day - 20 * minute)
  const second = await refresh(first)
  await pass(4 * minute)
  expect(await works(first)).toBe(0)
  expect((await refresh(first)).at('data.accessToken')).toBe(second.at('data.accessToken'))
  await pass(2 * minute)
  expect(await works(first)).toBe(401)
  expect((await refresh(first)).code).toBe(401)
  expect(await works(second)).toBe(0)
})

test('credentials can be made that end soon and cannot be refreshed', async () => {
  const { credentials } = await caller.control<{ credentials: Record<string, string> }>('authorise', {
    expiresInMs: minute,
    refreshable: false,
  })
  expect(Object.keys(credentials).sort()).toEqual(['accessToken', 'appId', 'appSecret', 'refreshToken', 'sellerId'])
  const token = credentials.accessToken!
  const list = async () => (await caller.call('common.getExpressCompanyList', {}, { token, at: now })).code
  expect(await list()).toBe(0)
  await pass(minute)
  expect(await list()).toBe(401)
  expect((await ask('oauth.refreshToken', { refreshToken: credentials.refreshToken })).code).toBe(401)
})
