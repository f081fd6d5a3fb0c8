import { expect, test } from 'vitest'
import { type Answer, differences, type Params, sampleOf } from './caller.ts'
import { minute, openStage } from './stage.ts'
import { app } from './tokens.ts'

const stage = openStage(6)
const hour = 60 * minute
const day = 24 * hour

async function visit(query: Record<string, string>): Promise<Response> {
  const all = new URLSearchParams({
    app_id: app.key,
    redirect_uri: 'https://erp.example/back?a=1',
    state: 's1',
    ...query,
  })
  return fetch(`${stage.caller().address}/authorize?${all}`, { redirect: 'manual' })
}
const backOf = (response: Response) => new URL(response.headers.get('location')!).searchParams
const noToken = { change: (query: URLSearchParams) => query.delete('access_token') }
const ask = (method: string, params: Params) => stage.caller().call(method, params, { at: stage.now(), ...noToken })
const redeem = (code: string) => ask('token.create', { code, grant_type: 'authorization_code' })
const refresh = (pair: Answer) =>
  ask('token.refresh', { grant_type: 'refresh_token', refresh_token: String(pair.at('data.refresh_token')) })
const authorised = async () => redeem(backOf(await visit({})).get('code')!)
const works = async (pair: Answer) => {
  const change = (query: URLSearchParams) => query.set('access_token', String(pair.at('data.access_token')))
  return (await stage.caller().call('order.logisticsCompanyList', {}, { at: stage.now(), change })).subCode
}
const failed = (answer: Answer) => answer.code === 50_001 && answer.subCode.startsWith('dop.token-generate-failed:')

test('the page sends the browser back with a code and the state', async () => {
  const back = backOf(await visit({}))
  expect([back.get('state'), back.get('a')]).toEqual(['s1', '1'])
  expect(back.get('code')).toMatch(/^dy-code-/)
})

test('a wrong app, no address to go back to and a refusal give no code', async () => {
  expect((await visit({ app_id: 'nobody' })).status).toBe(400)
  expect((await visit({ redirect_uri: 'back' })).status).toBe(400)
  expect(backOf(await visit({ sim_refuse: '1' })).has('code')).toBe(false)
  expect(await (await visit({ sim_consent: '1' })).text()).toContain('同意授权')
})

test('a code gives tokens in the shape of the sample, once, and lives ten minutes', async () => {
  const code = backOf(await visit({})).get('code')!
  const pair = await redeem(code)
  expect(differences(sampleOf('token.create').at('response'), pair.body)).toEqual([])
  expect(pair.at('data.expires_in')).toBe((7 * day) / 1000)
  expect(await works(pair)).toBe('')
  expect(failed(await redeem(code))).toBe(true)
  const late = backOf(await visit({})).get('code')!
  await stage.pass(10 * minute)
  expect(failed(await redeem(late))).toBe(true)
})

test.each([
  { when: 'its own shop', params: { shop_id: '1234567' }, isGiven: true },
  { when: 'a test shop', params: { test_shop: '1' }, isGiven: true },
  { when: 'another shop', params: { shop_id: '7654321' }, isGiven: false },
])('a self-use app asks for $when', async ({ params, isGiven }) => {
  const answer = await ask('token.create', { code: '', grant_type: 'authorization_self', ...params })
  expect(failed(answer)).toBe(!isGiven)
  if (isGiven) expect(await works(answer)).toBe('')
})

test.each([
  { when: 'long before its end', passed: 7 * day - hour - 1000, outcome: 'same' },
  { when: 'an hour before its end', passed: 7 * day - hour, outcome: 'new' },
  { when: 'when it has ended', passed: 8 * day, outcome: 'new' },
  { when: 'when the refresh token has ended', passed: 14 * day, outcome: 'none' },
])('refreshing $when gives $outcome tokens', async ({ passed, outcome }) => {
  const first = await authorised()
  await stage.pass(passed)
  const second = await refresh(first)
  expect(failed(second)).toBe(outcome === 'none')
  if (outcome === 'none') return
  expect(second.at('data.access_token') === first.at('data.access_token')).toBe(outcome === 'same')
  expect(await works(second)).toBe('')
  if (outcome === 'same') expect(second.at('data.expires_in')).toBe((hour + 1000) / 1000)
})

test('after a refresh the old access token works one hour more, and the old refresh token repeats the new pair', async () => {
  const first = await authorised()
  await stage.pass(7 * day - 20 * minute)
  const second = await refresh(first)
  await stage.pass(59 * minute)
  expect(await works(first)).toBe('')
  expect((await refresh(first)).at('data.access_token')).toBe(second.at('data.access_token'))
  await stage.pass(minute)
  expect(await works(first)).toBe('isv.access-token-expired')
  expect(failed(await refresh(first))).toBe(true)
  expect(await works(second)).toBe('')
})

test('credentials can be made that end soon and cannot be refreshed', async () => {
  const wish = { expiresInMs: minute, refreshable: false }
  const { credentials } = await stage.caller().control<{ credentials: Record<string, string> }>('authorise', wish)
  expect(Object.keys(credentials).sort()).toEqual(['accessToken', 'appKey', 'appSecret', 'refreshToken', 'shopId'])
  const change = (query: URLSearchParams) => query.set('access_token', credentials.accessToken!)
  const list = () => stage.caller().call('order.logisticsCompanyList', {}, { at: stage.now(), change })
  expect((await list()).code).toBe(10_000)
  await stage.pass(minute)
  expect((await list()).subCode).toBe('isv.access-token-expired')
  const params = { grant_type: 'refresh_token', refresh_token: credentials.refreshToken! }
  expect(failed(await ask('token.refresh', params))).toBe(true)
})
