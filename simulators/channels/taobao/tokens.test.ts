import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '../../simulator.ts'
import { type Caller, callerOf } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
const back = 'http://127.0.0.1:9/shops/taobao/callback'

beforeAll(async () => {
  simulator = await start({ seed: 71 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
})
afterAll(() => simulator.close())

async function visit(
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly to: URL | null; readonly page: string; readonly status: number }> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: caller.credentials.appKey!,
    redirect_uri: back,
    state: 's1',
    ...more,
  })
  const response = await fetch(`${simulator.about.address}/authorize?${query}`, { redirect: 'manual' })
  const location = response.headers.get('location')
  return { to: location === null ? null : new URL(location), page: await response.text(), status: response.status }
}

async function token(
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, string | number>> }> {
  const { appKey = '', appSecret = '' } = caller.credentials
  const body = new URLSearchParams({ client_id: appKey, client_secret: appSecret, redirect_uri: back, ...fields })
  const response = await fetch(`${simulator.about.address}/token`, { method: 'POST', body })
  return { status: response.status, body: (await response.json()) as Record<string, string | number> }
}

const code = async () => (await visit()).to?.searchParams.get('code') ?? ''
const withToken = (accessToken: unknown) =>
  callerOf(simulator.about.address, { ...caller.credentials, accessToken: String(accessToken) })
const works = async (accessToken: unknown, at = Date.now()) =>
  (await withToken(accessToken).call('taobao.user.seller.get', { fields: 'nick,type' }, { at })).error

test('the seller agrees, the code is good for one token, the token for calls', async () => {
  const { to, status } = await visit()
  expect([status, to?.origin, to?.searchParams.get('state')]).toEqual([302, 'http://127.0.0.1:9', 's1'])
  const fields = { grant_type: 'authorization_code', code: to?.searchParams.get('code') ?? '' }
  const { body } = await token(fields)
  expect(body).toMatchObject({
    token_type: 'Bearer',
    expires_in: 31_536_000,
    w2_expires_in: 31_536_000,
    sub_taobao_user_id: expect.any(String),
  })
  expect(decodeURIComponent(String(body.taobao_user_nick))).toBe('木白家居旗舰店')
  expect(await works(body.access_token)).toBe('')
  expect(await token(fields)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
})

test('a seller who refuses sends the browser back with an error', async () => {
  const { to } = await visit({ sim_refuse: '1' })
  expect([to?.searchParams.get('error'), to?.searchParams.get('code'), to?.searchParams.get('state')]).toEqual([
    'access_denied',
    null,
    's1',
  ])
})

test('the consent page leads both ways', async () => {
  const { page } = await visit({ sim_consent: '1' })
  const [approve, reject] = [...page.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!.replaceAll('&amp;', '&'))
  const follow = async (link: string) =>
    new URL((await fetch(simulator.about.address + link, { redirect: 'manual' })).headers.get('location') ?? '')
  expect((await follow(approve!)).searchParams.has('code')).toBe(true)
  expect((await follow(reject!)).searchParams.get('error')).toBe('access_denied')
})

test('an unknown app sees a page and is sent nowhere', async () => {
  expect(await visit({ client_id: '1' })).toMatchObject({ to: null, status: 400 })
})

test('a code is bound to its address and to half an hour', async () => {
  expect(
    (await token({ grant_type: 'authorization_code', code: await code(), redirect_uri: 'http://elsewhere.example' }))
      .status,
  ).toBe(400)
  const late = await code()
  await caller.control('clock', { now: Date.now() + 31 * 60_000 })
  expect((await token({ grant_type: 'authorization_code', code: late })).status).toBe(400)
})

test('a wrong secret gets nothing', async () => {
  expect(await token({ grant_type: 'authorization_code', code: await code(), client_secret: 'x' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_client' },
  })
})

test('the signed call gives the same object as JSON text, and refreshes it', async () => {
  const create = await caller.call('taobao.top.auth.token.create', { code: await code() }, { session: null })
  const first = JSON.parse(String(create.at('token_result'))) as Record<string, string>
  expect(await works(first.access_token)).toBe('')
  const refresh = await caller.call(
    'taobao.top.auth.token.refresh',
    { refresh_token: first.refresh_token! },
    { session: null },
  )
  const second = JSON.parse(String(refresh.at('token_result'))) as Record<string, string>
  expect(second.access_token).not.toBe(first.access_token)
  expect([await works(first.access_token), await works(second.access_token)]).toEqual(['27 session-expired', ''])
  expect((await caller.call('taobao.top.auth.token.create', { code: 'used' }, { session: null })).error).toBe(
    '41 isv.invalid-parameter:code',
  )
})

test('in the fixed mode there is nothing to refresh with', async () => {
  await caller.control('settings', { tokenMode: 'fixed' })
  const { body } = await token({ grant_type: 'authorization_code', code: await code() })
  expect([body.re_expires_in, body.refresh_token]).toEqual([0, undefined])
  const { credentials } = await caller.control<{ credentials: Record<string, string> }>('authorise', {
    refreshable: false,
  })
  expect(Object.keys(credentials)).toEqual(['appKey', 'appSecret', 'accessToken'])
})

test('a token ends at its time; a refresh token carries on', async () => {
  const { credentials } = await caller.control<{ credentials: Record<string, string> }>('authorise', {
    expiresInMs: 60_000,
  })
  expect(await works(credentials.accessToken)).toBe('')
  const later = Date.now() + 61_000
  await caller.control('clock', { now: later })
  expect(await works(credentials.accessToken, later)).toBe('27 session-expired')
  const { body } = await token({ grant_type: 'refresh_token', refresh_token: credentials.refreshToken! })
  expect(await works(body.access_token, later)).toBe('')
})

test('each security level may end before the token does', async () => {
  await caller.control('settings', { levelSeconds: { w1: 60 } })
  const { body } = await token({ grant_type: 'authorization_code', code: await code() })
  expect([body.w1_expires_in, body.r1_expires_in]).toEqual([60, 31_536_000])
  const later = Date.now() + 61_000
  await caller.control('clock', { now: later })
  const other = withToken(body.access_token)
  expect((await other.call('taobao.user.seller.get', { fields: 'nick' }, { at: later })).at('user.nick')).toBe(
    '木白家居旗舰店',
  )
  expect((await other.call('taobao.tmc.user.permit', {}, { at: later })).error).toBe('27 session-expired')
})

test('the credentials of about hold after a reset', async () => {
  await caller.control('reset', { seed: 5 })
  expect(await works(simulator.about.credentials.accessToken)).toBe('')
})
