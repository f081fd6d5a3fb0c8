import { execFile } from 'node:child_process'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/aid/database.ts'
import { selfSigned } from '../../../test/aid/self-signed.ts'
import type { Limit, OutgoingRequest } from '../../kit/plug.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { silentLog } from '../log.ts'
import { openSend, type Timing } from './open-send.ts'
import { appScope, learnBan, limitsOf, readBans, readTurns, readUse } from './places.ts'
import type { Caller } from './send.ts'

let own: TestDatabase
let database: Database
const opened: (() => Promise<void>)[] = []

beforeAll(async () => {
  own = await testDatabase()
  database = openDatabase({ connection: own.connection })
})
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})
afterAll(async () => {
  await database.close()
  await own.drop()
})

function way(timing: Partial<Timing> = {}, isSandbox = true) {
  const { send, shut, close } = openSend({
    db: database.db,
    settings: { isSandbox },
    log: silentLog,
    now: () => Date.now(),
    timing,
  })
  opened.push(close)
  return { send, shut, close }
}

async function listen(answer: http.RequestListener): Promise<string> {
  const server = http.createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  opened.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const ok: http.RequestListener = (_request, response) => response.end('{"ok":true}')
let shops = 100
const caller = (limits: readonly Limit[] = []): Caller => {
  shops += 1
  return { shopId: shops, channel: 'fake', appKey: `app-${shops}`, limits }
}
const read = (url: string, operation = 'orders.get'): OutgoingRequest => ({
  operation,
  method: 'GET',
  url,
  headers: {},
  body: null,
  isWrite: false,
})
const write = (url: string): OutgoingRequest => ({
  operation: 'stock.push',
  method: 'POST',
  url,
  headers: {},
  body: '{"q":1}',
  isWrite: true,
})

test('any status is an answer, and a redirect is not followed', async () => {
  const address = await listen((_request, response) =>
    response.writeHead(302, { location: 'https://elsewhere.example/' }).end('moved'),
  )
  expect(await way().send(caller(), read(address))).toMatchObject({
    status: 302,
    body: 'moved',
    headers: { location: 'https://elsewhere.example/' },
  })
})

test.each([
  { what: 'plain HTTP outside the sandbox', isSandbox: false, url: 'http://127.0.0.1:1/' },
  { what: 'the real world from the sandbox', isSandbox: true, url: 'https://shop.example.com/' },
  { what: 'a host that only begins like loopback', isSandbox: true, url: 'http://127.0.0.1.example.com/' },
  { what: 'another scheme', isSandbox: false, url: 'file:///etc/passwd' },
])('$what is refused', async ({ isSandbox, url }) => {
  await expect(way({}, isSandbox).send(caller(), read(url))).rejects.toMatchObject({ code: 'CHANNEL_ADDRESS_REFUSED' })
})

test('silence to a read is unreachable, to a write unclear', async () => {
  const address = await listen(() => undefined)
  const { send } = way({ totalMs: 100 })
  await expect(send(caller(), read(address))).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  await expect(send(caller(), write(address))).rejects.toMatchObject({ code: 'CHANNEL_UNCLEAR' })
})

test('a connection that is refused cannot have done anything, so a write is not unclear', async () => {
  const address = await listen(ok)
  for (const close of opened.splice(0)) await close()
  await expect(way().send(caller(), write(address))).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
})

test('an answer that breaks off leaves a write unclear', async () => {
  const address = await listen((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"half":', () => response.destroy())
  })
  await expect(way().send(caller(), write(address))).rejects.toMatchObject({ code: 'CHANNEL_UNCLEAR' })
})

test('a certificate nobody vouches for stops the call with a clear word', async () => {
  const server = https.createServer(selfSigned, ok).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  opened.push(async () => {
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
  await expect(way().send(caller(), write(url))).rejects.toMatchObject({
    code: 'CHANNEL_MISCONFIGURED',
    details: { reason: expect.stringContaining('HTTPS 证书无效') as string },
  })
})

/** The most calls any window of `ms` held. */
function mostWithin(arrivals: readonly number[], ms: number): number {
  const sorted = [...arrivals].sort((a, b) => a - b)
  return Math.max(...sorted.map((from, i) => sorted.slice(i).filter((at) => at - from < ms).length))
}

test('no window ever holds more calls than the limit, and the limit is used up', async () => {
  const arrivals: number[] = []
  const address = await listen((request, response) => {
    arrivals.push(performance.now())
    ok(request, response)
  })
  const who = caller([{ operation: 'read', per: 'shop', times: 4, perMs: 200 }])
  const { send } = way()
  const began = performance.now()
  await Promise.all(Array.from({ length: 20 }, () => send(who, read(address))))
  expect(mostWithin(arrivals, 200)).toBeLessThanOrEqual(4)
  expect(performance.now() - began).toBeLessThan(2_500)
})

test('a limit of many calls is kept too, though it has fewer places', async () => {
  const arrivals: number[] = []
  const address = await listen((request, response) => {
    arrivals.push(performance.now())
    ok(request, response)
  })
  const who = caller([{ operation: '*', per: 'app', times: 130, perMs: 1_000 }])
  const { send } = way()
  await Promise.all(Array.from({ length: 300 }, () => send(who, read(address))))
  expect(mostWithin(arrivals, 1_000)).toBeLessThanOrEqual(130)
})

test('two processes share the limit of one app', async () => {
  const arrivals: number[] = []
  const address = await listen((request, response) => {
    arrivals.push(performance.now())
    ok(request, response)
  })
  const file = path.join(import.meta.dirname, '../../../test/aid/send-calls.ts')
  const run = promisify(execFile)
  await Promise.all(['7', '8'].map((shop) => run(process.execPath, [file, own.url, address, '12', shop])))
  expect(arrivals).toHaveLength(24)
  expect(mostWithin(arrivals, 500)).toBeLessThanOrEqual(5)
})

test('a place of a process that died is free again after its lease', async () => {
  const address = await listen(ok)
  const who = caller([{ operation: '*', per: 'shop', times: 1, perMs: 50 }])
  await way().send(who, read(address))
  await database.pool.query(
    `update platform.call_place set out_until = now() + interval '300 milliseconds' where scope = $1`,
    [`shop:${who.shopId}`],
  )
  const began = performance.now()
  await way().send(who, read(address))
  expect(performance.now() - began).toBeGreaterThan(200)
})

test('a shipment report that comes last goes before orders that wait, and history goes last', async () => {
  const order: string[] = []
  const address = await listen((request, response) => {
    order.push(request.url ?? '')
    ok(request, response)
  })
  const who = caller([{ operation: '*', per: 'shop', times: 1, perMs: 150 }])
  const { send } = way()
  await send(who, read(`${address}/first`))
  const calls = [send({ ...who, worth: 'history' }, read(`${address}/history`, 'orders.pull'))]
  await new Promise((resolve) => setTimeout(resolve, 20))
  calls.push(send(who, read(`${address}/order`)))
  await new Promise((resolve) => setTimeout(resolve, 20))
  calls.push(send(who, { ...write(`${address}/shipment`), operation: 'shipments.report' }))
  await Promise.all(calls)
  expect(order).toEqual(['/first', '/shipment', '/order', '/history'])
})

test('a ban that was learned stops the operation of the whole app at once, and says when it is over', async () => {
  const address = await listen(ok)
  const who = caller([{ operation: 'read', per: 'app', times: 10, perMs: 1_000 }])
  await learnBan(database.db, who, { operation: 'orders.get', ms: 31_062_000 })
  await expect(way().send({ ...who, shopId: 9_999 }, read(address))).rejects.toMatchObject({
    code: 'CHANNEL_QUOTA_EXHAUSTED',
    details: { channel: 'fake', retryAfterMs: expect.any(Number) as number },
  })
  expect((await way().send(who, read(address, 'orders.pull'))).status).toBe(200)
})

test('among processes too the worthier call goes first, and what has waited long is not starved by it', async () => {
  const order: string[] = []
  const address = await listen((request, response) => {
    order.push(request.url ?? '')
    response.end('{}')
  })
  const [one, other] = [way(), way()]
  const who = caller([{ operation: '*', per: 'app', times: 1, perMs: 300 }])
  await one.send(who, read(`${address}/first`))
  const waiting = [1, 2, 3].map((n) => one.send(who, read(`${address}/order-${n}`)))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const reports = [1, 2].map((n) =>
    other.send(who, { ...write(`${address}/shipment-${n}`), operation: 'shipments.report' }),
  )
  const history = other.send({ ...who, worth: 'history' }, read(`${address}/history`, 'orders.pull'))
  const turns = await readTurns(database.db, [appScope(who)])
  expect(turns.reduce((sum, { waiting: count }) => sum + count, 0)).toBeGreaterThan(0)
  await Promise.all([...waiting, ...reports, history])
  expect(order[0]).toBe('/first')
  expect(new Set(order.slice(1, 3))).toEqual(new Set(['/shipment-1', '/shipment-2']))
  expect(order.at(-1)).toBe('/history')
  expect(await readTurns(database.db, [appScope(who)])).toEqual([])
})

test('once it is shut nobody waits for a place any more, and what is under way is still answered', async () => {
  const answers: (() => void)[] = []
  const url = await listen((_request, response) => answers.push(() => response.end('{}')))
  const { send, shut } = way()
  const one = caller([{ operation: '*', per: 'shop', times: 1, perMs: 9_000 }])
  const first = send(one, read(url))
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  const waiting = [send(one, read(url)), send(one, write(url))]
  shut()
  for (const late of [...waiting, send(one, read(url))])
    await expect(late).rejects.toMatchObject({ code: 'PROGRAM_STOPPING', retry: 'later' })
  answers[0]?.()
  expect(await first).toMatchObject({ status: 200 })
})

test('what stands within a limit now can be read', async () => {
  const address = await listen(ok)
  const who = caller([{ operation: 'read', per: 'app', times: 10, perMs: 60_000 }])
  const { send } = way()
  for (let i = 0; i < 3; i += 1) await send(who, read(address))
  const [limit] = limitsOf(who, read(address))
  expect(await readUse(database.db, [limit?.scope ?? ''])).toEqual([
    { scope: limit?.scope, name: limit?.name, used: 3 },
  ])
  await learnBan(database.db, who, { operation: 'orders.get', ms: 60_000 })
  expect(await readBans(database.db, [appScope(who)])).toMatchObject([{ operation: 'orders.get' }])
})

test('after repeated trouble a shop is left alone for a while, then tried with one call, while others go on', async () => {
  let calls = 0
  const held: (() => void)[] = []
  let isDown = true
  const address = await listen((request, response) => {
    calls += 1
    if (isDown) response.writeHead(503).end('down')
    else held.push(() => ok(request, response))
  })
  const { send } = way({ breakerPauseMs: 200 })
  const who = caller()
  for (let i = 0; i < 6; i += 1) expect((await send(who, read(address))).status).toBe(503)
  await expect(send(who, read(address))).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  expect(calls).toBe(6)
  expect((await send(caller(), read(address))).status).toBe(503)

  isDown = false
  await new Promise((resolve) => setTimeout(resolve, 220))
  const probe = send(who, read(address))
  while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await expect(send(who, read(address))).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  held.pop()?.()
  expect((await probe).status).toBe(200)
  const next = send(who, read(address))
  while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  held.pop()?.()
  expect((await next).status).toBe(200)
})

test('each call is recorded without its query, headers or bodies, with what the answer turned out to mean', async () => {
  const address = await listen((_request, response) => response.end('{"secret":"s3cr3t","error_response":{"code":7}}'))
  const { send, close } = way()
  const who: Caller = {
    ...caller(),
    note: (call) => {
      call.failure = 'CHANNEL_RATE_LIMITED'
    },
  }
  await send(who, {
    ...write(`${address}/router/rest?sign=s3cr3t`),
    headers: { authorization: 's3cr3t' },
    body: 's3cr3t',
  })
  await close()
  const { rows } = await database.pool.query(
    "select to_jsonb(c) - array['id', 'at', 'ms', 'waited_ms'] as call from platform.call c where shop_id = $1",
    [who.shopId],
  )
  expect(rows).toEqual([
    {
      call: {
        shop_id: who.shopId,
        channel: 'fake',
        operation: 'stock.push',
        method: 'POST',
        target: `${new URL(address).host}/router/rest`,
        status: 200,
        failure: 'CHANNEL_RATE_LIMITED',
      },
    },
  ])
})
