import { describe, expect, test } from 'vitest'
import type { IncomingPush } from '../../../kit/channel.ts'
import { type SignMethod, signPush } from './sign.ts'
import { readPush } from './webhook.ts'

const secret = 'topsecret0'
const credentials = { appKey: '21000000', appSecret: secret }
const now = Date.parse('2025-10-16T13:30:00Z')
const body = '{"tid":4150398120557120915,"memo":"加急"}'
const basic = {
  app_key: '21000000',
  format: 'json',
  method: 'taobao.demo.push',
  timestamp: '2025-10-16 21:30:00',
  v: '2.0',
}

interface Sent {
  readonly query?: Record<string, string>
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly form?: boolean
}

/** A push as the platform signs it. */
function push({ query = {}, body: text = body, headers = {}, form = false }: Sent = {}): IncomingPush {
  const params = { ...basic, ...query }
  const listed = (headers['top-sign-list'] ?? '').split(',').filter(Boolean)
  const signed = {
    ...params,
    ...Object.fromEntries(listed.map((name) => [name, headers[name] ?? ''])),
    ...(form ? Object.fromEntries(new URLSearchParams(text)) : {}),
  }
  const method = (params as { sign_method?: SignMethod }).sign_method ?? 'md5'
  const sign = signPush(signed, form ? '' : text, { secret, method })
  const contentType = form ? 'application/x-www-form-urlencoded; charset=utf-8' : 'application/json'
  return {
    method: 'POST',
    path: '/hooks/taobao',
    query: new URLSearchParams({ ...params, sign }).toString(),
    headers: { 'Content-Type': contentType, ...headers },
    body: text,
  }
}

describe('a genuine push', () => {
  test('names the order, with all digits', () => {
    const reading = readPush(credentials, push(), now)
    expect(reading).toMatchObject({ accepted: true, reason: null })
    expect(reading.events).toEqual([
      {
        eventNo: expect.stringMatching(/^[0-9A-F]{32}$/),
        type: 'taobao.demo.push',
        channelOrderNo: '4150398120557120915',
        channelCaseNo: null,
      },
    ])
  })

  test('is the sheet’s vector', () => {
    const query =
      'app_key=21000000&format=json&method=qimen.demo.push&sign_method=md5&timestamp=2025-10-16+21%3A30%3A00&v=2.0'
    const raw = '{"tid":"4150398120557120915","memo":"加急"}'
    const signed = `${query}&sign=772E6F9052AAB2C28D2437793DEEF6C8`
    const reading = readPush(credentials, { method: 'POST', path: '/', query: signed, headers: {}, body: raw }, now)
    expect(reading.events[0]?.channelOrderNo).toBe('4150398120557120915')
  })

  test.each([
    ['about a refund', push({ body: '{"refund_id":271030099120120915,"tid":1}' }), '271030099120120915'],
    ['as a form', push({ body: 'refund_id=27&tid=1', form: true }), '27'],
    [
      'with signed headers',
      push({ body: '{"refund_id":27}', headers: { 'top-sign-list': 'x-trace', 'x-trace': 'ab' } }),
      '27',
    ],
    ['by hmac', push({ body: '{"refund_id":27}', query: { sign_method: 'hmac' } }), '27'],
    ['by hmac-sha256', push({ body: '{"refund_id":27}', query: { sign_method: 'hmac-sha256' } }), '27'],
  ])('%s', (_, sent, channelCaseNo) => {
    expect(readPush(credentials, sent, now)).toMatchObject({ accepted: true, events: [{ channelCaseNo }] })
  })

  test.each(['<request/>', '{"hello":1}', '[]', '{"tid":{}}'])(
    'about nothing we know is accepted without events: %s',
    (text) => {
      expect(readPush(credentials, push({ body: text }), now)).toEqual({ accepted: true, reason: null, events: [] })
    },
  )

  test('said again has the same number, another moment has another', () => {
    const numberOf = (sent: IncomingPush) => readPush(credentials, sent, now).events[0]?.eventNo
    expect(numberOf(push())).toBe(numberOf(push()))
    expect(numberOf(push())).not.toBe(numberOf(push({ query: { timestamp: '2025-10-16 21:30:01' } })))
  })
})

describe('is refused or accepted for its signature and age', () => {
  const forged = { ...push(), body: body.replace('加急', '不急') }
  const bare = { ...push(), query: new URLSearchParams(basic).toString() }
  const { timestamp: _, ...timeless } = basic
  const header = push({ headers: { 'top-sign-list': 'x-trace', 'x-trace': 'ab' } })
  test.each([
    ['a changed body', forged, 'signature'],
    ['a changed header', { ...header, headers: { ...header.headers, 'x-trace': 'cd' } }, 'signature'],
    ['another secret’s', { ...push(), query: push().query.replace(/sign=\w/, 'sign=Z') }, 'signature'],
    ['no signature', bare, 'missing-sign'],
    ['no time', { ...bare, query: new URLSearchParams({ ...timeless, sign: 'A' }).toString() }, 'missing-timestamp'],
    ['another app', push({ query: { app_key: '1' } }), 'app-key'],
    ['eleven minutes old', push({ query: { timestamp: '2025-10-16 21:19:59' } }), 'too-old'],
    ['eleven minutes ahead', push({ query: { timestamp: '2025-10-16 21:40:01' } }), 'too-new'],
    ['just young enough', push({ query: { timestamp: '2025-10-16 21:20:00' } }), null],
    ['no moment', push({ query: { timestamp: 'soon' } }), 'bad-timestamp'],
  ])('%s: %s', (_name, sent, reason) => {
    const reading = readPush(credentials, sent, now)
    expect(reading).toMatchObject({ accepted: reason === null, reason })
    if (reason !== null) expect(reading.events).toEqual([])
  })

  test('a signature by a method nobody named', () => {
    const query = new URLSearchParams({ ...basic, sign_method: 'crc32', sign: 'A' }).toString()
    expect(readPush(credentials, { ...push(), query }, now).reason).toBe('sign-method')
  })
})
