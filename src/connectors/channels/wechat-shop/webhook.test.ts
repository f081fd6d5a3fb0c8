import { describe, expect, test } from 'vitest'
import type { IncomingPush } from '../../../kit/channel.ts'
import { WechatShopCredentials } from './manifest.ts'
import events from './samples/callback-events.json' with { type: 'json' }
import callbacks from './samples/callbacks.json' with { type: 'json' }
import { encryptPush, signCallback } from './sign.ts'
import { readPush } from './webhook.ts'

const { config, messages, plainMode, urlVerification } = callbacks
const credentials = WechatShopCredentials.parse({
  appId: config.appid,
  appSecret: 's',
  callbackToken: config.token,
  encodingAesKey: config.encodingAESKey,
})
const at = (timestamp: string) => Number(timestamp) * 1000
const post = (query: object, body: string): IncomingPush => ({
  method: 'POST',
  path: '/hooks/wechat-shop/1',
  query: new URLSearchParams(query as Record<string, string>).toString(),
  headers: {},
  body,
})

const timestamp = '1767196980'
const nonce = '424242'
const now = at(timestamp)

interface Sealing {
  readonly key?: string
  readonly toUser?: string
  readonly form?: 'json' | 'xml'
}

/** A push in cipher as the platform makes it. */
function sealed(
  message: string,
  { key = config.encodingAESKey, toUser = 'gh_8c1d4e2f90ab', form = 'json' }: Sealing = {},
) {
  const Encrypt = encryptPush(message, '0123456789abcdef', { encodingAesKey: key, appId: config.appid })
  const msg_signature = signCallback([config.token, timestamp, nonce, Encrypt])
  const body =
    form === 'json'
      ? JSON.stringify({ ToUserName: toUser, Encrypt })
      : `<xml><ToUserName><![CDATA[${toUser}]]></ToUserName><Encrypt><![CDATA[${Encrypt}]]></Encrypt></xml>`
  return post({ timestamp, nonce, encrypt_type: 'aes', msg_signature }, body)
}

const plain = (message: string) =>
  post({ timestamp, nonce, signature: signCallback([config.token, timestamp, nonce]) }, message)

describe('a genuine push', () => {
  test.each([
    ['order_new', 'channels_ec_order_new', '3719872036541234688', null],
    ['order_pay', 'channels_ec_order_pay', '3719872036541234688', null],
    ['aftersale_update', 'channels_ec_aftersale_update', '3719872036541234688', '2000005512340003'],
  ])('%s of the sheet names its order with all digits', (id, type, channelOrderNo, channelCaseNo) => {
    const { query, rawBody } = messages.find((message) => message.id === id)!
    expect(readPush(credentials, post(query, rawBody), at(query.timestamp))).toEqual({
      accepted: true,
      reason: null,
      events: [{ eventNo: expect.stringMatching(new RegExp(`^${type}/`)), type, channelOrderNo, channelCaseNo }],
      answer: 'success',
    })
  })

  test('in plain mode', () => {
    const { query, rawBody } = plainMode
    expect(readPush(credentials, post(query, rawBody), at(query.timestamp))).toMatchObject({
      accepted: true,
      events: [{ type: 'channels_ec_order_new', channelOrderNo: '3719872036541234688' }],
      answer: 'success',
    })
  })

  test.each(Object.entries(events.events))('%s is named', (name, text) => {
    const [event] = readPush(credentials, sealed(text), now).events
    const isAboutOrder = name !== 'stock_no_enough'
    expect(event).toMatchObject({
      type: expect.stringMatching(/^channels_ec_/),
      channelOrderNo: isAboutOrder ? expect.stringMatching(/^37198720365412\d{5}$/) : null,
      channelCaseNo: name === 'aftersale_update' ? '2000005512340003' : null,
    })
  })

  test('in XML, outside and inside', () => {
    const message =
      '<xml><ToUserName><![CDATA[gh_8c1d4e2f90ab]]></ToUserName><CreateTime>1767196980</CreateTime><MsgType><![CDATA[event]]></MsgType>' +
      '<Event><![CDATA[channels_ec_order_new]]></Event><order_info><order_id>3719872036541234688</order_id></order_info></xml>'
    const expected = { accepted: true, events: [{ channelOrderNo: '3719872036541234688' }] }
    expect(readPush(credentials, sealed(message, { form: 'xml' }), now)).toMatchObject(expected)
    expect(readPush(credentials, plain(`${message}\n`), now)).toMatchObject(expected)
  })

  test('in cipher with the key before', () => {
    const former = 'B'.repeat(43)
    const push = sealed(events.events.order_new, { key: former })
    expect(readPush({ ...credentials, previousEncodingAesKey: former }, push, now)).toMatchObject({ accepted: true })
    expect(readPush(credentials, push, now)).toMatchObject({ accepted: false, reason: 'cipher' })
  })

  test('said again has the same number; another second, kind or order has another', () => {
    const numberOf = (text: string) => readPush(credentials, sealed(text), now).events[0]?.eventNo
    const text = events.events.order_ext_info_update
    const others = [
      text.replace('"type":2', '"type":4'),
      text.replace('1767197040', '1767197041'),
      text.replace('4688}', '4689}').replace('4688,', '4689,'),
    ]
    expect(numberOf(text)).toBe('channels_ec_order_ext_info_update/3719872036541234688/1767197040/2')
    expect(numberOf(text)).toBe(numberOf(text))
    expect(new Set([text, ...others].map(numberOf)).size).toBe(4)
  })

  test.each([
    ['nobody has told us about', '{"ToUserName":"gh_8c1d4e2f90ab","MsgType":"event","Event":"moon_rose"}', 1],
    ['of a buyer to customer service', '{"ToUserName":"gh_8c1d4e2f90ab","MsgType":"text","Content":"在吗"}', 0],
  ])('%s is taken and answered', (_, text, count) => {
    const reading = readPush(credentials, sealed(text), now)
    expect(reading).toMatchObject({ accepted: true, answer: 'success' })
    expect(reading.events).toHaveLength(count)
  })
})

describe('the check of the address', () => {
  const check = (change: object = {}): IncomingPush => ({
    ...post({ ...urlVerification.query, ...change }, ''),
    method: 'GET',
  })
  const then = at(urlVerification.query.timestamp)

  test('is answered with what it brought', () => {
    expect(readPush(credentials, check(), then)).toEqual({
      accepted: true,
      reason: null,
      events: [],
      answer: urlVerification.respondWithBody,
    })
  })

  test.each([
    ['signed by somebody else', { signature: 'a'.repeat(40) }, 'signature'],
    ['for another time', { timestamp: '1767190001' }, 'signature'],
    ['that brings nothing', { echostr: '' }, 'missing-echostr'],
  ])('%s is refused', (_, change, reason) => {
    expect(readPush(credentials, check(change), then)).toEqual({ accepted: false, reason, events: [] })
  })
})

describe('is refused', () => {
  const good = sealed(events.events.order_new)
  const change = (query: string, value: string): IncomingPush => {
    const params = new URLSearchParams(good.query)
    params.set(query, value)
    return { ...good, query: params.toString() }
  }
  const { callbackToken: _, ...silent } = credentials
  const { encodingAesKey: __, ...keyless } = credentials
  test.each([
    ['a changed ciphertext', { ...good, body: good.body.replace(/"Encrypt":"./, '"Encrypt":"!') }, 'signature'],
    ['another signature', change('msg_signature', 'a'.repeat(40)), 'signature'],
    ['another nonce', change('nonce', '424243'), 'signature'],
    ['no query', { ...good, query: '' }, 'missing-timestamp'],
    ['a name outside that is not the one inside', sealed(events.events.order_new, { toUser: 'gh_0' }), 'to-user'],
    ['something behind the body', { ...good, body: `${good.body} ` }, 'signature'],
    ['a plain body where cipher is announced', { ...good, body: events.events.order_new }, 'not-encrypted'],
    ['plain nonsense', plain('nonsense'), 'malformed-body'],
    ['a plain list', plain('[]'), 'malformed-body'],
    ['nonsense in cipher', sealed('nonsense'), 'malformed-body'],
    ['plain and signed by somebody else', post({ timestamp, nonce, signature: 'a' }, '{}'), 'signature'],
    ['plain and not signed', post({ timestamp, nonce }, '{}'), 'signature'],
  ])('%s: %s', (_what, push, reason) => {
    expect(readPush(credentials, push, now)).toEqual({ accepted: false, reason, events: [] })
  })

  test('without token or key typed in', () => {
    expect(readPush(silent, good, now)).toMatchObject({ accepted: false, reason: 'not-configured' })
    expect(readPush(keyless, good, now)).toMatchObject({ accepted: false, reason: 'cipher' })
  })

  test('when it is too old or ahead of its time', () => {
    const halfAnHour = 1_800_000
    expect(readPush(credentials, good, now + halfAnHour)).toMatchObject({ accepted: true })
    expect(readPush(credentials, good, now + halfAnHour + 1)).toMatchObject({ accepted: false, reason: 'too-old' })
    expect(readPush(credentials, good, now - halfAnHour - 1)).toMatchObject({ accepted: false, reason: 'too-new' })
  })

  test('when its time is none', () => {
    const query = { timestamp: 'soon', nonce, signature: signCallback([config.token, 'soon', nonce]) }
    expect(readPush(credentials, post(query, '{}'), now)).toMatchObject({ accepted: false, reason: 'bad-timestamp' })
  })
})
