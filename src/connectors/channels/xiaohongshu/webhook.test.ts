import { describe, expect, test } from 'vitest'
import type { IncomingPush } from '../../../kit/channel.ts'
import pushes from './samples/pushes.json' with { type: 'json' }
import { expectedSign, readPush } from './webhook.ts'

const credentials = {
  appId: '5f1c9a7e2b3d4c6f8a90',
  appSecret: 'b7d3e1f09a8c4d52a6e7f8091b2c3d4e',
  sellerId: '66a1b2c3d4e5f60718293a4b',
}

const pushOf = (message: (typeof pushes.messages)[number]): IncomingPush => {
  const { method, path, headers, rawBody } = message
  return { method, path, query: '', headers: { ...headers }, body: rawBody }
}
const sentAt = (push: IncomingPush) => Number(push.headers.timestamp) * 1000
const read = (push: IncomingPush, at = sentAt(push)) => readPush(credentials, push, at)
const [status, changes, opened, paidOut, buyable] = pushes.messages.map(pushOf) as [
  IncomingPush,
  IncomingPush,
  IncomingPush,
  IncomingPush,
  IncomingPush,
]
/** The first push with another body, which nothing signs. */
const withBody = (body: unknown) => ({ ...status, body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('a genuine push', () => {
  test.each([
    ['a status', status, [['msg_fulfillment_status_change', 'P770011223344556601', null]]],
    [
      'two changes at once',
      changes,
      [
        ['msg_fulfillment_receiver_change', 'P770011223344556601', null],
        ['msg_fulfillment_seller_remark_change', 'P770011223344556602', null],
      ],
    ],
    ['an after-sale', opened, [['msg_after_sale_create', 'P770011223344556602', 'R7700112233440003']]],
    ['a refund', paidOut, [['msg_after_sale_refund_finished', 'P770011223344556604', 'R7700112233440002']]],
    ['a listing', buyable, [['msg_sku_buyable', null, null]]],
  ] as const)('about %s names its subject', (_, push, expected) => {
    const { accepted, reason, events } = read(push)
    expect([accepted, reason]).toEqual([true, null])
    expect(events.map((event) => [event.type, event.channelOrderNo, event.channelCaseNo])).toEqual(expected)
  })

  test('is answered as the platform wants it', () => {
    expect(read(status).answer).toBe('{"success":true,"error_code":0,"error_msg":""}')
  })

  test('that is repeated has the same number, and each message its own', () => {
    const [first] = read(status).events
    expect(first!.eventNo).toBe('msg_fulfillment_status_change:P770011223344556601:1767193440000')
    expect(read(status, sentAt(status) + 300_000).events).toEqual([first])
    const numbers = [status, changes, opened, paidOut, buyable].flatMap((push) => read(push).events)
    expect(new Set(numbers.map(({ eventNo }) => eventNo)).size).toBe(6)
  })

  test('of another shop of the app is passed over', () => {
    const other = status.body.replace(credentials.sellerId, '66a1b2c3d4e5f60718293a4c')
    expect(read(withBody(other))).toMatchObject({ accepted: true, events: [] })
    const { sellerId: _, ...unknown } = credentials
    expect(readPush(unknown, withBody(other), sentAt(status)).events).toHaveLength(1)
  })

  test('with content that cannot be read still says that something changed', () => {
    const message = { msgTag: 'msg_new', sellerId: credentials.sellerId, data: 'what' }
    expect(read(withBody([message])).events).toEqual([
      { eventNo: 'msg_new:what:', type: 'msg_new', channelOrderNo: null, channelCaseNo: null },
    ])
  })

  test('has headers in any case, and a query that is signed too', () => {
    const signed = { ...status, query: 'shop=%E9%9D%92%E5%B1%BF' }
    const headers = { 'App-Key': credentials.appId, Timestamp: '1767193441' }
    const sign = expectedSign({ ...signed, headers }, credentials.appSecret).toUpperCase()
    expect(read({ ...signed, headers: { ...headers, Sign: sign } }, 1767193441000).accepted).toBe(true)
    expect(read(signed)).toMatchObject({ accepted: false, reason: 'signature' })
  })
})

test('the console’s check is accepted as about nothing', () => {
  const { method, path, rawBody: body } = pushes.connectivityTest
  const check = { method, path, query: '', headers: {}, body }
  expect(readPush(credentials, check, 0)).toMatchObject({ accepted: true, events: [], answer: expect.any(String) })
  expect(readPush(credentials, { ...check, body: '{"test":true,"orderId":"P1"}' }, 0).accepted).toBe(false)
})

describe('a push is refused', () => {
  const headers = (change: Record<string, string>) => ({ ...status, headers: { ...status.headers, ...change } })
  test.each([
    ['signature', headers({ sign: status.headers.sign!.replace(/.$/, 'f') })],
    ['signature', headers({ timestamp: '1767193442' })],
    ['signature', { ...status, path: '/hooks/other' }],
    ['signature', { ...status, query: 'a=1' }],
    ['app-key', headers({ 'app-key': 'another' })],
    ['missing-sign', headers({ sign: '' })],
    ['missing-timestamp', headers({ timestamp: '' })],
    ['missing-sign', { ...status, headers: {} }],
    ['malformed-body', withBody('<xml/>')],
    ['malformed-body', withBody({ msgTag: 'a' })],
    ['malformed-body', withBody([{ data: '{}' }])],
  ])('for its %s', (reason, push) => {
    expect(read(push, sentAt(status))).toEqual({ accepted: false, reason, events: [] })
  })

  test('with a time that is none', () => {
    const odd = headers({ timestamp: 'today' })
    const sign = expectedSign(odd, credentials.appSecret)
    expect(read({ ...odd, headers: { ...odd.headers, sign } }, 0).reason).toBe('bad-timestamp')
  })

  test.each([
    ['too-old', 600_001],
    ['too-new', -600_001],
  ])('when it is %s', (reason, offMs) => {
    expect(read(status, sentAt(status) + offMs)).toEqual({ accepted: false, reason, events: [] })
  })
})
