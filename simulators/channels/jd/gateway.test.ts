import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Counts } from '../../simulator.ts'
import { openStage, type Stage, today } from './stage.ts'
import { timeText } from './text.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const method = 'jingdong.vender.shop.query'
const minute = 60_000

/** In the order of jd.md 15.1: with everything wrong from one check on, that check speaks. */
const steps: readonly { readonly code: string; readonly spoil: (sent: Map<string, string>) => unknown }[] = [
  { code: '14', spoil: (sent) => sent.delete('method') },
  { code: '15', spoil: (sent) => sent.set('method', 'jingdong.nothing') },
  { code: '4', spoil: (sent) => sent.delete('v') },
  { code: '5', spoil: (sent) => sent.set('v', '1.0') },
  { code: '20', spoil: (sent) => sent.delete('app_key') },
  { code: '21', spoil: (sent) => sent.set('app_key', 'SOMEBODY') },
  { code: '7', spoil: (sent) => sent.delete('timestamp') },
  { code: '8', spoil: (sent) => sent.set('timestamp', '2026-09-23T10:00:00Z') },
  { code: '11', spoil: (sent) => sent.delete('sign') },
  { code: '12', spoil: (sent) => sent.set('sign', '0'.repeat(32)) },
]

test.each(steps.map(({ code }, place) => ({ code, place })))(
  'check $place answers code $code',
  async ({ code, place }) => {
    const change = (sent: Map<string, string>) => {
      for (const { spoil } of steps.slice(place).reverse()) spoil(sent)
    }
    expect((await stage.call(method, {}, { change })).error).toBe(code)
    expect((await stage.control<Counts>('counts')).refused).toEqual({ [code]: 1 })
  },
)

test.each([
  { token: '', code: '18' },
  { token: 'somebody-else', code: '19' },
])('the token "$token" is refused with $code', async ({ token, code }) => {
  expect((await stage.call(method, {}, { token })).error).toBe(code)
})

test.each([
  { timestamp: timeText(today + 6 * minute), error: '' },
  { timestamp: timeText(today - 6 * minute), error: '' },
  { timestamp: timeText(today + 6 * minute + 1000), error: '8' },
  { timestamp: timeText(today - 6 * minute - 1000), error: '8' },
  { timestamp: `${timeText(today)}.683+0800`, error: '' },
  { timestamp: '2026-02-31 10:00:00', error: '8' },
])('a call sent at $timestamp is answered "$error"', async ({ timestamp, error }) => {
  expect((await stage.call(method, {}, { timestamp })).error).toBe(error)
})

test('a parameter that was not signed breaks the signature, one that was does not', async () => {
  expect((await stage.call(method, {}, { change: (sent) => sent.set('format', 'json') })).error).toBe('12')
  expect((await stage.call(method, {}, { also: { format: 'json' } })).error).toBe('')
})

test('the business text is signed as received, not as it reads', async () => {
  const change = (sent: Map<string, string>) => sent.set('360buy_param_json', '{ }')
  expect((await stage.call(method, {}, { change })).error).toBe('12')
  expect((await stage.call(method, {}, { also: { '360buy_param_json': '{ }' } })).error).toBe('')
  expect((await stage.call(method, {}, { also: { '360buy_param_json': '[1' } })).error).toBe('10')
})

test('the root key is misspelt and keeps the case of the method; GET works too', async () => {
  const { text } = await stage.text('jingdong.pop.order.enSearch', {}, { way: 'GET' })
  expect(text).toMatch(/^\{"jingdong_pop_order_enSearch_responce":\{.*"code":"0"\}\}$/)
})

test('permission is looked at after the token, the day’s quota after that', async () => {
  await stage.control('settings', { denied: [method], dailyCalls: 1 })
  expect((await stage.call(method)).error).toBe('24')
  expect((await stage.call('jingdong.seller.vender.info.get')).error).toBe('')
  expect((await stage.call('jingdong.seller.vender.info.get')).error).toBe('2')
  expect((await stage.control<Counts>('counts')).violations).toBe(1)
  await stage.pass(86_400_000)
  expect((await stage.call('jingdong.seller.vender.info.get')).error).toBe('')
})

test('calls that come too soon are counted, and refused on request', async () => {
  await stage.control('settings', { limits: { app: 5, shopWrites: 1 }, enforceLimits: true })
  const remark = () => stage.call('jingdong.pop.order.modifyVenderRemark', { order_id: '1', remark: '急' })
  expect((await remark()).error).toBe('订单不存在')
  expect((await remark()).error).toBe('2')
  expect((await stage.control<Counts>('counts')).violations).toBe(1)
  await stage.pass(1000)
  expect((await remark()).error).toBe('订单不存在')
})

async function json(path: string): Promise<Record<string, unknown>> {
  return (await (await fetch(`${stage.address}${path}`)).json()) as Record<string, unknown>
}

const query = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString()

async function keys() {
  const { credentials } = await stage.control<{ credentials: Record<string, string> }>('authorise', {})
  return { app_key: credentials.appKey!, app_secret: credentials.appSecret! }
}

async function codeFor(more: Readonly<Record<string, string>> = {}) {
  const { app_key } = await keys()
  const asked = { app_key, response_type: 'code', redirect_uri: 'https://erp.example/back', state: 's 1' }
  const page = await fetch(`${stage.address}/oauth2/to_login?${query({ ...asked, scope: 'snsapi_base', ...more })}`, {
    redirect: 'manual',
  })
  return { page, back: new URL(page.headers.get('location') ?? 'https://nowhere.example') }
}

test('the page sends back a code, the code gives a token once, and the token works', async () => {
  const { back } = await codeFor()
  expect(back.searchParams.get('state')).toBe('s 1')
  const code = back.searchParams.get('code')!
  const path = `/oauth2/access_token?${query({ ...(await keys()), grant_type: 'authorization_code', code })}`
  const token = await json(path)
  const sample = JSON.parse(readFileSync(new URL('samples/oauth_access_token.json', import.meta.url), 'utf8'))
  expect(Object.keys(token)).toEqual(Object.keys(sample))
  expect(token).toMatchObject({ code: 0, expires_in: 31_535_999, scope: 'snsapi_base', token_type: 'bearer' })
  expect(Number(token.time)).toBe(today)
  expect((await stage.call(method, {}, { token: String(token.access_token) })).error).toBe('')
  expect(await json(path)).toEqual({ code: 10_000_400, msg: 'code is invalid or expired' })
})

test('a token is refreshed before it ends and not after', async () => {
  await stage.control('settings', { tokenSeconds: 3600 })
  const code = (await codeFor()).back.searchParams.get('code')!
  const own = await keys()
  const first = await json(`/oauth2/access_token?${query({ ...own, grant_type: 'authorization_code', code })}`)
  const refresh = (token: unknown) =>
    json(`/oauth2/refresh_token?${query({ ...own, grant_type: 'refresh_token', refresh_token: String(token) })}`)
  await stage.pass(3_599_000)
  const second = await refresh(first.refresh_token)
  expect(second.access_token).not.toBe(first.access_token)
  expect((await stage.call(method, {}, { token: String(first.access_token) })).error).toBe('19')
  await stage.pass(3_600_000)
  expect((await stage.call(method, {}, { token: String(second.access_token) })).error).toBe('19')
  expect((await refresh(second.refresh_token)).code).toBe(10_000_401)
})

test.each([
  { wrong: { app_secret: 'x' }, code: 10_000_402 },
  { wrong: { grant_type: 'password' }, code: 10_000_403 },
  { wrong: { code: 'never-given' }, code: 10_000_400 },
])('a token is not given for $wrong', async ({ wrong, code }) => {
  const asked = { ...(await keys()), grant_type: 'authorization_code', code: '' }
  expect(await json(`/oauth2/access_token?${query({ ...asked, ...wrong })}`)).toMatchObject({ code })
})

test('the seller may be asked on a page, and may refuse; a wrong app gets no further', async () => {
  const { page } = await codeFor({ sim_consent: '1' })
  expect(await page.text()).toContain('sim_refuse=1')
  expect((await codeFor({ sim_refuse: '1' })).back.searchParams.get('error')).toBe('access_denied')
  expect((await codeFor({ app_key: 'SOMEBODY' })).page.status).toBe(400)
})
