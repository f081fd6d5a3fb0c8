import { describe, expect, test } from 'vitest'
import { hashHex } from '../../../kit/signing.ts'
import pushes from './samples/pushes.json' with { type: 'json' }
import { sameSignature, signCall, signPush } from './sign.ts'
import { expectedSign } from './webhook.ts'

const appId = '5f1c9a7e2b3d4c6f8a90'
const secret = 'b7d3e1f09a8c4d52a6e7f8091b2c3d4e'

describe('a call is signed as in the vectors', () => {
  test.each([
    ['1', 'oauth.getAccessToken', 'test-app', '1700000000', '1.0', 'secret-key', '15dd91e56a77df52c8a652a43a7c131e'],
    ['2', 'order.getOrderList', appId, '1767197000', '2.0', secret, 'f71dad326bb1d00b740a42119af8de19'],
    ['3', 'inventory.syncSkuStock', appId, '1767197040', '2.0', secret, '3312be0a4348d7b33284004c2adc8be1'],
    ['of a token', 'oauth.getAccessToken', appId, '1767197000', '2.0', secret, '4ab19d31a9627ac9c6b2f2d092c12602'],
    ['of a refresh', 'oauth.refreshToken', appId, '1767800000', '2.0', secret, '77e5037a48cd128da15eee764b6eb059'],
    ['of a shipment', 'order.orderDeliver', appId, '1767197020', '2.0', secret, '0bdeda142921643852e350856ababa82'],
  ])('vector %s', (_, method, id, timestamp, version, appSecret, sign) => {
    expect(signCall({ method, appId: id, timestamp, version }, appSecret)).toBe(sign)
  })

  test('the retired gateway’s vector still proves the hash', () => {
    const text = '/ark/open_api/v1/items?app-key=xhs&page_no=1&page_size=50&status=0&timestamp=1469902537'
    expect(hashHex('md5', `${text}9a539709cafc1efc9ef05838be468a28`)).toBe('72be6fad4dd0e5104dbdebbcdadb2a06')
  })

  test.each(['method', 'appId', 'timestamp', 'version'] as const)('another %s gives another signature', (name) => {
    const parts = { method: 'order.getOrderList', appId, timestamp: '1767197000', version: '2.0' }
    expect(signCall({ ...parts, [name]: `${parts[name]}1` }, secret)).not.toBe(signCall(parts, secret))
  })
})

describe('a push is signed as in the vectors', () => {
  test('the published one, with a parameter in the query', () => {
    const params = { canshu: 'test', timestamp: '1625475843', 'app-key': 'xhs' }
    const sign = signPush({ path: '/open_api/msg', params }, '9a539709cafc1efc9ef05838be468a28')
    expect(sign).toBe('a7b7430de338783293443133ab9b9357')
  })

  test.each(pushes.messages.map((message) => [message.headers.timestamp, message] as const))(
    'that of %s, whatever its body',
    (_, { path, headers }) => {
      expect(expectedSign({ path, query: '', headers }, secret)).toBe(headers.sign)
    },
  )

  test('with Chinese in the query, which is signed as it reads', () => {
    const headers = { 'app-key': 'xhs', timestamp: '1625475843' }
    const query = 'b=%E5%B0%8F%E7%BA%A2%E4%B9%A6&a=1'
    const params = { a: '1', b: '小红书', 'app-key': 'xhs', timestamp: '1625475843' }
    expect(expectedSign({ path: '/hook', query, headers }, 's')).toBe(signPush({ path: '/hook', params }, 's'))
    expect(signPush({ path: '/hook', params }, 's')).toBe(
      hashHex('md5', '/hook?a=1&app-key=xhs&b=小红书&timestamp=1625475843s'),
    )
  })
})

test('signatures are compared without regard to case', () => {
  expect(sameSignature('AB12', 'ab12')).toBe(true)
  expect(sameSignature('ab12', 'ab13')).toBe(false)
})
