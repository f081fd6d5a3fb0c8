import { expect, test } from 'vitest'
import { sampleOf } from './caller.ts'
import { isSignedBy, type SignedCall, signCall, signPush } from './sign.ts'

const secret = 'b7d3e1f09a8c4d52a6e7f8091b2c3d4e'
const appId = '5f1c9a7e2b3d4c6f8a90'

/** Source: xiaohongshu.md 2. */
test.each([
  {
    secret: 'secret-key',
    call: { method: 'oauth.getAccessToken', appId: 'test-app', timestamp: '1700000000', version: '1.0' },
    sign: '15dd91e56a77df52c8a652a43a7c131e',
  },
  {
    secret,
    call: { method: 'order.getOrderList', appId, timestamp: '1767197000', version: '2.0' },
    sign: 'f71dad326bb1d00b740a42119af8de19',
  },
  {
    secret,
    call: { method: 'inventory.syncSkuStock', appId, timestamp: '1767197040', version: '2.0' },
    sign: '3312be0a4348d7b33284004c2adc8be1',
  },
])('$call.method is signed as the sheet says', ({ secret: with_, call, sign }) => {
  expect(signCall(with_, call)).toBe(sign)
})

test('every call of the samples carries the right signature, and a wrong one with any value changed', () => {
  const sample = sampleOf('signed-calls')
  const calls = sample.at('calls') as readonly (SignedCall & { readonly sign: string })[]
  expect(calls.length).toBeGreaterThan(20)
  for (const call of calls) {
    expect(isSignedBy(secret, call, call.sign)).toBe(true)
    for (const name of ['method', 'appId', 'timestamp', 'version'] as const) {
      expect(isSignedBy(secret, { ...call, [name]: `${call[name]}0` }, call.sign)).toBe(false)
    }
  }
})

test.each([
  {
    what: 'the published example, its query taking part',
    secret: '9a539709cafc1efc9ef05838be468a28',
    push: { path: '/open_api/msg', query: [['canshu', 'test']] as const, appKey: 'xhs', timestamp: '1625475843' },
    sign: 'a7b7430de338783293443133ab9b9357',
  },
  {
    what: 'a push without query',
    secret,
    push: { path: '/hooks/xiaohongshu/orders', query: [], appKey: appId, timestamp: '1767193441' },
    sign: 'bf7513193b800873b5c1cba37a09a0fb',
  },
])('$what is signed as the sheet says', ({ secret: with_, push, sign }) => {
  expect(signPush(with_, push)).toBe(sign)
})

test('every push of the samples carries the right signature', () => {
  const sample = sampleOf('push')
  const path = String(sample.at('path'))
  expect(sample.rows('messages').length).toBeGreaterThan(4)
  for (const message of sample.rows('messages')) {
    const timestamp = String(message.at('headers.timestamp'))
    expect(signPush(secret, { path, query: [], appKey: appId, timestamp })).toBe(message.at('headers.sign'))
  }
})
