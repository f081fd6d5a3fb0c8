import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Counts } from '../../simulator.ts'
import { minute, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const companies = 'pdd.logistics.companies.get'
const seconds = () => String(Math.floor(stage.now() / 1000))

test.each([
  { when: 'all is right', how: {}, error: 0 },
  { when: 'it comes as a form', how: { asForm: true }, error: 0 },
  { when: 'the clock is nine minutes off', how: { also: { timestamp: String(1_790_129_340) } }, error: 0 },
  { when: 'the clock is eleven minutes off', how: { also: { timestamp: String(1_790_129_460) } }, error: 21_002 },
  { when: 'the time is in milliseconds', how: { also: { timestamp: '1790128800000' } }, error: 21_002 },
  { when: 'the signature is missing', how: { spoil: { sign: undefined } }, error: 21_001 },
  { when: 'the signature is wrong', how: { spoil: { sign: '0'.repeat(32) } }, error: 20_004 },
  { when: 'something was added after signing', how: { spoil: { extra: '1' } }, error: 20_004 },
  { when: 'the app is unknown', how: { also: { client_id: 'nobody' } }, error: 21_002 },
  { when: 'the token is nobody’s', how: { also: { access_token: 'nobody' } }, error: 20_032 },
  { when: 'there is no token', how: { also: { access_token: '' } }, error: 20_031 },
  { when: 'the version is another', how: { also: { version: 'V2' } }, error: 21_002 },
])('when $when: $error', async ({ how, error }) => {
  await stage.control('clock', { now: 1_790_128_800_000 })
  const at = { timestamp: '1790128800' }
  const also = 'also' in how ? { ...at, ...how.also } : at
  expect((await stage.call(companies, {}, { ...how, also })).error).toBe(error)
})

test('an unknown method, a missing one, a body that is none, and one without permission', async () => {
  expect((await stage.call('pdd.no.such')).error).toBe(21_002)
  expect((await stage.call('')).error).toBe(21_001)
  const response = await fetch(`${stage.address}/api/router`, { method: 'POST', body: 'x' })
  expect(await response.json()).toMatchObject({ error_response: { error_code: 52_004 } })
  await stage.control('settings', { denied: [companies] })
  expect((await stage.call(companies)).error).toBe(30_000)
  expect((await stage.control<Counts>('counts')).refused).toEqual({ 21001: 1, 21002: 1, 30000: 1, 52004: 1 })
})

test('a published limit is counted when it is broken, and refused where that is wished', async () => {
  await stage.control('settings', { callsPerMinute: 3 })
  for (let turn = 0; turn < 5; turn++) expect((await stage.call(companies)).error).toBe(0)
  expect((await stage.control<Counts>('counts')).violations).toBeGreaterThan(0)
  await stage.control('settings', { enforceLimits: true })
  const errors = new Set<number>()
  for (let turn = 0; turn < 5; turn++) errors.add((await stage.call(companies)).error)
  expect(errors).toEqual(new Set([0, 52_101]))
})

async function authorise(extra = '') {
  const { clientId } = stage.credentials
  const back = encodeURIComponent('https://erp.example/back')
  const url = `${stage.address}/open.html?response_type=code&client_id=${clientId}&redirect_uri=${back}&state=s1${extra}`
  return fetch(url, { redirect: 'manual' })
}

async function codeOf() {
  return new URL((await authorise()).headers.get('location')!).searchParams.get('code')!
}

const create = (code: string) => stage.call('pdd.pop.auth.token.create', { code }, { also: { access_token: '' } })
const tokenWorks = async (token: unknown) =>
  (await stage.call(companies, {}, { also: { access_token: String(token) } })).error

test('consent, code, token, refresh', async () => {
  const back = new URL((await authorise()).headers.get('location')!)
  expect(back.searchParams.get('state')).toBe('s1')
  const code = back.searchParams.get('code')!
  const { body } = await create(code)
  expect(body).toMatchObject({ owner_id: '998877', expires_in: 31_536_000, expires_at: Number(seconds()) + 31_536_000 })
  expect(await tokenWorks(body.access_token)).toBe(0)
  expect(await tokenWorks(stage.credentials.accessToken)).toBe(10_019)
  expect((await create(code)).error).toBe(10_019)

  const refresh = { refresh_token: String(body.refresh_token) }
  const renewed = await stage.call('pdd.pop.auth.token.refresh', refresh)
  expect(await tokenWorks(renewed.body.access_token)).toBe(0)
  expect(await tokenWorks(body.access_token)).toBe(10_019)
  expect((await stage.call('pdd.pop.auth.token.refresh', refresh)).error).toBe(10_019)
})

test('a code lives ten minutes, a token as long as it says', async () => {
  const early = await codeOf()
  const late = await codeOf()
  await stage.pass(10 * minute - 1)
  expect((await create(early)).error).toBe(0)
  await stage.pass(1)
  expect((await create(late)).error).toBe(10_019)
  const { credentials } = await stage.control<{ credentials: Record<string, string> }>('authorise', {
    expiresInMs: minute,
    refreshable: false,
  })
  expect(credentials).not.toHaveProperty('refreshToken')
  expect(await tokenWorks(credentials.accessToken)).toBe(0)
  await stage.pass(minute)
  expect(await tokenWorks(credentials.accessToken)).toBe(10_019)
})

test('the merchant may be asked, and may refuse', async () => {
  expect(await (await authorise('&sim_consent=1')).text()).toContain('授权并登录')
  const back = new URL((await authorise('&sim_refuse=1')).headers.get('location')!)
  expect(back.searchParams.get('error')).toBe('access_denied')
  expect((await fetch(`${stage.address}/open.html?response_type=code`)).status).toBe(400)
})
