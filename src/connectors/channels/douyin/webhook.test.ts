import { describe, expect, test } from 'vitest'
import type { IncomingPush } from '../../../kit/channel.ts'
import pushes from './samples/pushes.json' with { type: 'json' }
import { signPush } from './sign.ts'
import { readPush } from './webhook.ts'

const credentials = { appKey: pushes.config.app_key, appSecret: pushes.config.app_secret, shopId: '1234567' }
const [paid, refunded] = pushes.messages.map(
  ({ headers, rawBody }): IncomingPush => ({
    method: 'POST',
    path: '/hooks/douyin',
    query: '',
    headers: { ...headers },
    body: rawBody,
  }),
) as [IncomingPush, IncomingPush]

const signed = (body: unknown, header = 'event-sign'): IncomingPush => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { ...paid, headers: { [header]: signPush(text, credentials) }, body: text }
}

describe('a genuine push', () => {
  test('about an order keeps the digits of its number', () => {
    expect(readPush(credentials, paid)).toEqual({
      accepted: true,
      reason: null,
      events: [
        { eventNo: 'INVENTED-MSG-0001', type: '101', channelOrderNo: '6950000000000000011', channelCaseNo: null },
      ],
      answer: '{"code":0,"msg":"success"}',
    })
  })

  test('about an after-sale names it and its order', () => {
    const [event] = readPush(credentials, refunded).events
    expect(event).toMatchObject({
      type: '206',
      channelOrderNo: '6950000000000000012',
      channelCaseNo: '147300000000000001',
    })
  })

  test('may hold several messages, of which those of other shops are passed over', () => {
    const message = (msg_id: string, shop_id?: number) => ({ tag: '100', msg_id, data: JSON.stringify({ shop_id }) })
    const push = signed([message('M1', 1234567), message('M2', 7654321), message('M3')])
    expect(readPush(credentials, push).events.map(({ eventNo }) => eventNo)).toEqual(['M1', 'M3'])
    const { shopId: _, ...unknown } = credentials
    expect(readPush(unknown, push).events).toHaveLength(3)
  })

  test('with content that cannot be read still says that something changed', () => {
    expect(readPush(credentials, signed([{ tag: 400, msg_id: 9, data: 'what' }])).events).toEqual([
      { eventNo: '9', type: '400', channelOrderNo: null, channelCaseNo: null },
    ])
  })

  test('is one in any case of header and signature, and when it is empty', () => {
    const push = signed([], 'Event-Sign')
    const headers = { 'Event-Sign': push.headers['Event-Sign']!.toUpperCase() }
    expect(readPush(credentials, { ...push, headers })).toMatchObject({ accepted: true, events: [] })
  })
})

test.each([
  ['signature', { ...paid, body: `${paid.body} ` }],
  ['signature', { ...paid, body: paid.body.replace('0001', '0002') }],
  ['signature', { ...paid, headers: { 'event-sign': '0'.repeat(32) } }],
  ['signature', { ...paid, headers: refunded.headers }],
  ['missing-sign', { ...paid, headers: {} }],
  ['malformed-body', signed('<xml/>')],
  ['malformed-body', signed({ tag: '100' })],
  ['malformed-body', signed([{ tag: '100', data: '{}' }])],
])('a push is refused for its %s', (reason, push) => {
  expect(readPush(credentials, push)).toEqual({ accepted: false, reason, events: [] })
})
