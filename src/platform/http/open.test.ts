import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, type HttpBed, httpBed } from '../../../test/aid/http.ts'
import { cost, id, nothing, personal, route } from '../../contract/route.ts'
import type { Permission } from '../../core/access/permissions.ts'
import { Failure } from '../../core/failures.ts'
import { sql } from '../db/sql.ts'
import { openLog } from '../log.ts'
import type { Module, ServedRoute } from '../module.ts'
import { serve } from './serve.ts'

const plain = { zh: '测试', input: nothing, output: nothing } as const

const readCup = route({
  ...plain,
  method: 'GET',
  path: '/cups/:cupId',
  permission: 'stock.read',
  input: z.strictObject({ cupId: id, colour: z.string().optional() }),
  output: z.strictObject({
    cupId: z.int(),
    colour: z.string().nullable(),
    owner: personal(z.string()),
    costFen: cost(z.int()),
  }),
})
const fillCup = route({
  ...plain,
  method: 'POST',
  path: '/cups/:cupId/fill',
  permission: 'stock.adjust',
  input: z.strictObject({
    cupId: id,
    millilitres: z.int().positive(),
    how: z.enum(['well', 'badly', 'slowly', 'twice']).default('well'),
  }),
  output: z.strictObject({ filled: z.int(), by: personal(z.string()) }),
})
const drawCup = route({
  ...plain,
  method: 'GET',
  path: '/cups/:cupId/picture',
  permission: 'stock.read',
  input: z.strictObject({ cupId: id }),
  answers: 'file',
})
const scanCup = route({
  ...plain,
  method: 'POST',
  path: '/cups/scans',
  permission: 'stock.adjust',
  input: z.strictObject({ fileName: z.string() }),
  output: z.strictObject({ fileName: z.string(), size: z.int() }),
  takes: 'bytes',
})
const printCup = route({ ...plain, method: 'POST', path: '/cups/prints', permission: 'stock.adjust', answers: 'file' })
const wrongCup = route({
  ...plain,
  method: 'GET',
  path: '/cups/wrong',
  permission: 'stock.read',
  output: z.strictObject({ size: z.int() }),
})
const failCup = route({
  ...plain,
  method: 'GET',
  path: '/cups/fail',
  permission: 'stock.read',
  input: z.strictObject({ how: z.string() }),
})
const openCup = route({ ...plain, method: 'GET', path: '/cups/open', permission: 'open' })
const slowCup = route({ ...plain, method: 'GET', path: '/cups/slow', permission: 'stock.read' })

let filled = 0
const routes: readonly ServedRoute[] = [
  serve(readCup, async (_, { cupId, colour }) => ({ cupId, colour: colour ?? null, owner: '林*禾', costFen: 900 })),
  serve(fillCup, async (ctx, { millilitres, how }) => {
    await ctx.tx(async (inner) => {
      if (how === 'badly') throw new Failure('STOCK_SHORT', { sku: 'CUP', short: 2 })
      if (how === 'slowly') await sleep(300)
      filled += millilitres
      await inner.db.run(sql`select 1`)
    })
    if (how === 'twice') throw new Error('between two transactions')
    return { filled, by: '林*禾' }
  }),
  serve(drawCup, async (_, { cupId }) => ({
    fileName: `杯子 ${cupId}.png`,
    type: 'image/png',
    bytes: new Uint8Array([1, 2, 255]),
  })),
  serve(scanCup, async (_, { fileName, bytes }) => ({ fileName, size: bytes.length })),
  serve(printCup, async () => ({
    fileName: 'label.pdf',
    type: 'application/pdf',
    bytes: new Uint8Array([filled++ % 256, 0, 254]),
  })),
  serve(wrongCup, async () => ({ size: 1.5 })),
  serve(failCup, async (ctx, { how }) => {
    if (how === 'unknown') throw new Error('buyer 13800000101 is unknown')
    if (how === 'database') await ctx.db.run(sql`select ${'13800000101 东湖路'}::int`)
    throw new Failure('CHANNEL_UNREACHABLE', { channel: '淘宝' })
  }),
  serve(openCup, async () => ({})),
  serve(slowCup, async () => {
    await sleep(1_500)
    return {}
  }),
]
const cups: Module = { name: 'cups', routes, jobs: [], listeners: {}, schedules: [] }

const logged: string[] = []
let bed: HttpBed
let warehouse: Client
let owner: Client
beforeAll(async () => {
  bed = await httpBed({
    seed: true,
    besides: [cups],
    answerWithinMs: 1_000,
    log: openLog({ level: 'debug', destination: { write: (line: string) => void logged.push(line) } }),
    receivePush: async ({ channel, connection }, push) => {
      if (channel === 'forged') throw new Failure('WEBHOOK_REFUSED', { reason: 'signature' })
      return { status: 201, body: JSON.stringify({ channel, connection, push }), type: 'application/json' }
    },
  })
  ;[warehouse, owner] = await Promise.all([bed.as('warehouse'), bed.as('owner')])
})
afterAll(() => bed.close())

const tokenWith = async (...permissions: Permission[]) => {
  const { json } = await owner.call('POST', '/tokens', { name: 'test', permissions, expiresInDays: null })
  return { authorization: `Bearer ${(json as { plain: string }).plain}` }
}

describe('every call', () => {
  test('gets a number of its own, whatever the caller says', async () => {
    const { headers } = await warehouse.call('GET', '/cups/1', undefined, { 'x-request-id': 'mine' })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{16}$/)
  })

  test('is made of path and query, or path and body', async () => {
    expect((await owner.call('GET', '/cups/7?colour=blue')).json).toMatchObject({ cupId: 7, colour: 'blue' })
    expect((await owner.call('POST', '/cups/7/fill', { millilitres: 5 })).status).toBe(200)
  })

  test('is cut for whoever asks: a token without the rights sees neither person nor cost', async () => {
    expect((await owner.call('GET', '/cups/7')).json).toEqual({ cupId: 7, colour: null, owner: '林*禾', costFen: 900 })
    expect((await warehouse.call('GET', '/cups/7')).json).toEqual({ cupId: 7, colour: null, owner: '林*禾' })
    const token = await tokenWith('stock.read')
    expect((await bed.call('GET', '/cups/7', undefined, token)).json).toEqual({ cupId: 7, colour: null, owner: null })
  })

  test.each([
    { when: 'nobody is signed in', call: () => bed.call('GET', '/cups/1'), status: 401, code: 'SIGN_IN_NEEDED' },
    {
      when: 'the token is made up',
      call: () => bed.call('GET', '/cups/1', undefined, { authorization: 'Bearer td_x' }),
      status: 401,
      code: 'SIGN_IN_NEEDED',
    },
    {
      when: 'the header is no token',
      call: () => warehouse.call('GET', '/cups/1', undefined, { authorization: 'Basic eA==' }),
      status: 401,
      code: 'SIGN_IN_NEEDED',
    },
    {
      when: 'the right is missing',
      call: () => warehouse.call('GET', '/people'),
      status: 403,
      code: 'PERMISSION_NEEDED',
    },
    { when: 'there is no such call', call: () => owner.call('GET', '/spoons'), status: 404, code: 'ROUTE_NOT_FOUND' },
    { when: 'the method is another', call: () => owner.call('PUT', '/cups/1'), status: 404, code: 'ROUTE_NOT_FOUND' },
    { when: 'a field is wrong', call: () => owner.call('GET', '/cups/x'), status: 400, code: 'INPUT_INVALID' },
    {
      when: 'the channel is silent',
      call: () => owner.call('GET', '/cups/fail?how=x'),
      status: 503,
      code: 'CHANNEL_UNREACHABLE',
    },
    {
      when: 'the answer is not what was described',
      call: () => owner.call('GET', '/cups/wrong'),
      status: 500,
      code: 'INTERNAL',
    },
  ])('when $when: $status $code', async ({ call, status, code }) => {
    const reply = await call()
    expect(reply.status).toBe(status)
    expect(reply.json).toMatchObject({ code, requestId: reply.headers['x-request-id'] })
    expect((reply.json as { zh: string }).zh).not.toMatch(/[{}]/)
  })

  test('without the right says which right, in words', async () => {
    const { json } = await warehouse.call('GET', '/people')
    expect(json).toMatchObject({ zh: '没有权限：管理员工与角色（people.manage）。需要时请找店主开通' })
  })

  test('for a person alone is refused to a token', async () => {
    const reply = await bed.call('GET', '/me', undefined, await tokenWith('stock.read'))
    expect(reply.json).toMatchObject({ code: 'PERMISSION_NEEDED' })
  })

  test('that takes too long tells the caller to look instead of waiting', async () => {
    const reply = await owner.call('GET', '/cups/slow')
    expect(reply.status).toBe(504)
    expect(reply.json).toMatchObject({
      code: 'ANSWER_TOO_SLOW',
      retry: 'after-checking',
      zh: '1 秒内没有做完，可能仍在进行，请查看后再操作',
    })
  })
})

describe('what breaks', () => {
  test.each(['unknown', 'database'])(
    'of itself (%s) tells a number; the log tells where, and neither tells a person',
    async (how) => {
      logged.length = 0
      const reply = await owner.call('GET', `/cups/fail?how=${how}`)
      expect(reply.json).toMatchObject({
        code: 'INTERNAL',
        retry: 'later',
        zh: expect.stringContaining(String(reply.headers['x-request-id'])),
      })
      const line = logged.find((text) => text.includes('call failed')) ?? ''
      expect(line).toContain(String(reply.headers['x-request-id']))
      expect(line).toContain('open.test.ts')
      expect(line).toContain('"route":"/api/v1/cups/fail"')
      expect(logged.join('') + reply.text).not.toMatch(/13800000101|东湖路/)
    },
  )

  test('no secret reaches the log', async () => {
    logged.length = 0
    const { authorization } = await tokenWith('stock.read')
    await bed.call('GET', '/cups/1', undefined, { authorization })
    await bed.call('POST', '/session', { loginName: 'owner', password: 'a wrong password' })
    await owner.call('GET', '/cups/x')
    expect(logged.length).toBeGreaterThan(3)
    const text = logged.join('')
    for (const secret of [
      authorization.slice(7),
      'a wrong password',
      owner.cookie.split('=')[1] ?? '?',
      owner.csrfToken,
    ])
      expect(text).not.toContain(secret)
  })
})

describe('a write', () => {
  const fill = { millilitres: 1 }

  test.each([
    { when: 'is missing', headers: { 'x-csrf-token': '' } },
    { when: 'is another session’s', headers: { 'x-csrf-token': 'A'.repeat(43) } },
  ])('by cookie is refused when the page’s token $when', async ({ headers }) => {
    const before = filled
    const reply = await warehouse.call('POST', '/cups/1/fill', fill, headers)
    expect(reply.status).toBe(403)
    expect(reply.json).toMatchObject({ code: 'CSRF_REFUSED' })
    expect(filled).toBe(before)
  })

  test('by token needs none, and a cookie beside it counts for nothing', async () => {
    const token = await tokenWith('stock.adjust')
    expect((await bed.call('POST', '/cups/1/fill', fill, token)).status).toBe(200)
    const both = await bed.call('GET', '/cups/1', undefined, { ...token, cookie: warehouse.cookie })
    expect(both.json).toMatchObject({ code: 'PERMISSION_NEEDED' })
  })

  test.each([
    { when: 'is not JSON', payload: '{', type: 'application/json' },
    { when: 'is a form', payload: 'millilitres=1', type: 'application/x-www-form-urlencoded' },
    { when: 'is a text that another site’s form may send', payload: '{"millilitres":1}', type: 'text/plain' },
    { when: 'is a list', payload: '[1]', type: 'application/json' },
    {
      when: 'would reach into the program',
      payload: '{"__proto__":{"a":1},"millilitres":1}',
      type: 'application/json',
    },
  ])('whose body $when is refused', async ({ payload, type }) => {
    const { statusCode, body } = await bed.http.inject({
      method: 'POST',
      url: '/api/v1/cups/1/fill',
      headers: { cookie: warehouse.cookie, 'x-csrf-token': warehouse.csrfToken, 'content-type': type },
      payload,
    })
    expect(statusCode).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('over 1 MB is refused, a file over 20 MB too', async () => {
    const big = await warehouse.call('POST', '/cups/1/fill', { ...fill, note: 'x'.repeat(1_100_000) })
    expect(big.status).toBe(413)
    expect(big.json).toMatchObject({ code: 'FILE_TOO_LARGE', zh: '文件超过 1 MB，请分成几个' })
    const file = await warehouse.call('POST', '/cups/scans?fileName=a.csv', Buffer.alloc(21 * 1024 * 1024))
    expect(file.json).toMatchObject({ code: 'FILE_TOO_LARGE', zh: '文件超过 20 MB，请分成几个' })
  })

  test('may send nothing at all where nothing is needed', async () => {
    const out = await (await bed.as('auditor')).call('DELETE', '/session')
    expect(out.status).toBe(200)
  })

  test('takes a file as it is, with its name in the address', async () => {
    const reply = await warehouse.call(
      'POST',
      `/cups/scans?fileName=${encodeURIComponent('盘点 11月.csv')}`,
      new Uint8Array([0xff, 0, 10]),
    )
    expect(reply.json).toEqual({ fileName: '盘点 11月.csv', size: 3 })
  })
})

describe('a file', () => {
  test('comes with its Chinese name for every browser, and is not kept', async () => {
    const { headers, status } = await warehouse.call('GET', '/cups/3/picture')
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="__ 3.png"; filename*=UTF-8''${encodeURIComponent('杯子 3.png')}`,
    })
  })
})

describe('an idempotency key', () => {
  const post = (key: string, body: object, client: Pick<Client, 'call'> = warehouse) =>
    client.call('POST', '/cups/1/fill', body, { 'idempotency-key': key })

  test('makes the same call happen once and answer the same, for a day', async () => {
    const before = filled
    const first = await post('k1', { millilitres: 3, how: 'well' })
    const again = await post('k1', { how: 'well', millilitres: 3 })
    expect(again.text).toBe(first.text)
    expect(filled).toBe(before + 3)
    bed.pass(24 * 3_600_000 + 1)
    const nextDay = await bed.as('warehouse')
    await post('k1', { millilitres: 3, how: 'well' }, nextDay)
    expect(filled).toBe(before + 6)
  })

  test('refuses another call under the same key, but not another person’s', async () => {
    await post('k2', { millilitres: 1 })
    expect((await post('k2', { millilitres: 2 })).json).toMatchObject({ code: 'KEY_REUSED' })
    expect((await post('k2', { millilitres: 2 }, owner)).status).toBe(200)
  })

  test('of calls at once lets one work; the others hear that it is busy', async () => {
    const before = filled
    const replies = await Promise.all(Array.from({ length: 5 }, () => post('k3', { millilitres: 1, how: 'slowly' })))
    expect(filled).toBe(before + 1)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ json }) => (json as { code?: string }).code === 'KEY_BUSY')).toHaveLength(4)
  })

  test('is free again after a refusal, since nothing was done', async () => {
    const body = { millilitres: 1, how: 'badly' }
    expect((await post('k4', body)).json).toMatchObject({ code: 'STOCK_SHORT' })
    expect((await post('k4', body)).json).toMatchObject({ code: 'STOCK_SHORT' })
    expect((await post('k4', { millilitres: 1 })).status).toBe(200)
  })

  test('whose call broke after a transaction had been committed is not worked again blindly', async () => {
    const before = filled
    const body = { millilitres: 1, how: 'twice' }
    expect((await post('k5', body)).json).toMatchObject({ code: 'INTERNAL' })
    expect((await post('k5', body)).json).toMatchObject({ code: 'KEY_UNCLEAR', retry: 'after-checking' })
    expect(filled).toBe(before + 1)
  })

  test('of a process that was killed before it committed is free after two minutes', async () => {
    await post('k6', { millilitres: 1 })
    await bed.database.db.run(
      sql`update platform.kept_answer set is_done = false, answer_sealed = null where key_hash = sha256('k6')`,
    )
    expect((await post('k6', { millilitres: 1 })).json).toMatchObject({ code: 'KEY_BUSY' })
    bed.pass(2 * 60_000 + 1)
    const before = filled
    expect((await post('k6', { millilitres: 1 })).status).toBe(200)
    expect(filled).toBe(before + 1)
  })

  test('keeps a file too, and what is kept is sealed', async () => {
    const print = () => warehouse.call('POST', '/cups/prints', {}, { 'idempotency-key': 'k7' })
    const [first, again] = [await print(), await print()]
    expect(again.text).toBe(first.text)
    expect(again.headers['content-disposition']).toBe(first.headers['content-disposition'])
    const { rows } = await bed.database.pool.query(
      "select encode(answer_sealed, 'escape') as text from platform.kept_answer where answer_sealed is not null",
    )
    expect(JSON.stringify(rows)).not.toMatch(/filled|label/)
  })

  test('that is no plain text is refused', async () => {
    expect((await post('a b', { millilitres: 1 })).json).toMatchObject({
      code: 'INPUT_INVALID',
      field: 'Idempotency-Key',
    })
    expect((await post('x'.repeat(201), { millilitres: 1 })).json).toMatchObject({ code: 'INPUT_INVALID' })
  })
})

test('whoever goes too fast is told how long to wait, and others go on', async () => {
  const slow = await httpBed({
    bed,
    besides: [cups],
    rates: { open: { burst: 2, perSecond: 0.5 }, read: { burst: 1, perSecond: 0.1 } },
  })
  const as = (cookie: string) => slow.call('GET', '/cups/1', undefined, { cookie })
  expect((await as(warehouse.cookie)).status).toBe(200)
  const refused = await as(warehouse.cookie)
  expect(refused.status).toBe(429)
  expect(refused.json).toMatchObject({ code: 'RATE_EXCEEDED', retry: 'later', zh: '请求太快，请 10 秒后再试' })
  expect(refused.headers['retry-after']).toBe('10')
  expect((await as(owner.cookie)).status).toBe(200)
  await slow.call('GET', '/cups/open')
  await slow.call('GET', '/cups/open')
  expect((await slow.call('GET', '/cups/open')).json).toMatchObject({ code: 'RATE_EXCEEDED' })
  await slow.http.close()
})

test('a push reaches its channel as it was sent, and its answer goes back as it is', async () => {
  const body = '{"a": 1}  \n{"b":"中"}'
  const reply = await bed.call('POST', '//hooks/taobao/k3y?x=1&x=2&z=%E4%B8%AD', undefined, {})
  expect(reply.status).toBe(201)
  const sent = await bed.http.inject({
    method: 'POST',
    url: '/hooks/generic/k3y?x=1',
    headers: { 'content-type': 'application/json', 'Webhook-Id': 'w1' },
    payload: body,
  })
  expect(sent.json()).toMatchObject({
    channel: 'generic',
    connection: 'k3y',
    push: { method: 'POST', path: '/hooks/generic/k3y', query: 'x=1', headers: { 'webhook-id': 'w1' }, body },
  })
  expect((await bed.call('GET', '//hooks/taobao/k3y?echo=1')).json).toMatchObject({
    push: { method: 'GET', query: 'echo=1', body: '' },
  })
  const forged = await bed.http.inject({
    method: 'POST',
    url: '/hooks/forged/x',
    payload: 'a=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(forged.json()).toMatchObject({ code: 'WEBHOOK_REFUSED' })
})

test('every answer carries the headers that keep a page from harm', async () => {
  const { headers } = await bed.call('GET', '/cups/open')
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
  expect(policy).toContain("style-src 'self' 'unsafe-inline'")
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline|upgrade-insecure/)
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'SAMEORIGIN',
  })
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('where people come by HTTPS the cookie is secure and the browser is told to stay with it', async () => {
  const https = await httpBed({ bed, publicUrl: 'https://oms.example.com' })
  const { headers } = await https.call('POST', '/session', { loginName: 'nobody', password: 'x' })
  expect(headers['strict-transport-security']).toContain('max-age=')
  const signedIn = await https.signIn('auditor')
  expect(signedIn.cookie).toContain('tongdan_sandbox=')
  const raw = await https.call('POST', '/session', { loginName: 'auditor', password: 'lan-hua-de-mao 42' })
  expect(String(raw.headers['set-cookie'])).toContain('Secure')
  await https.http.close()
})

test('a port that is taken is one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  await expect(bed.http.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'PORT_TAKEN', details: { port } })
  other.close()
})
