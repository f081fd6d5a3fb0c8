import { expect, test } from 'vitest'
import { signCall, withoutEmpty } from './sign.ts'

const demo = {
  access_token: 'demoaccesstoken0001',
  app_key: 'DEMOAPPKEY0001',
  timestamp: '2025-10-16 21:30:00',
  v: '2.0',
}

// Source: jd.md 3: V1 is the platform's own example, V2 to V4 are computed.
test.each([
  {
    vector: 'V1: null members, a time with milliseconds and zone',
    secret: 'yourappSecret',
    params: {
      '360buy_param_json':
        '{"end_date":null,"optional_fields":null,"order_state":"WAIT_SELLER_STOCK_OUT","page":"1","page_size":"200","start_date":null}',
      access_token: 'yourtoken',
      app_key: 'yourappkey',
      method: 'jingdong.pop.order.search',
      timestamp: '2021-05-07 09:20:39.683+0800',
      v: '2.0',
    },
    signature: 'D70825340F4084360B9362B60DFD7930',
  },
  {
    vector: 'V2: two carriers',
    secret: 'demosecret',
    params: {
      ...demo,
      '360buy_param_json':
        '{"logiCoprId":"467|1499","logiNo":"SF0000000000001,SF0000000000002|75800000001234","orderId":"301284756120"}',
      method: 'jingdong.pop.order.shipment',
    },
    signature: 'C864FCDEFF8DDC1820D56F80CFC8ED35',
  },
  {
    vector: 'V3: Chinese, an emoji and reserved characters',
    secret: 'demosecret',
    params: {
      ...demo,
      '360buy_param_json': '{"flag":"1","order_id":"301284756120","remark":"加急😊 a=b&c+d 100%"}',
      method: 'jingdong.pop.order.modifyVenderRemark',
    },
    signature: '575549C5D5CA50835419090E9BF2DED6',
  },
  {
    vector: 'V4: no token, a signed format',
    secret: 'demosecret',
    params: {
      ...demo,
      access_token: '',
      '360buy_param_json': '{}',
      format: 'json',
      method: 'jingdong.vender.shop.query',
    },
    signature: 'B7D5C79958C7F136D74FB201CEFA1F1D',
  },
])('$vector', ({ secret, params, signature }) => {
  expect(signCall(params, secret)).toBe(signature)
  expect(signCall({ ...params, sign: 'whatever' }, secret)).toBe(signature)
  expect(signCall({ ...params, v: '2.1' }, secret)).not.toBe(signature)
})

test('empty values are left out', () => {
  expect(withoutEmpty({ method: 'a', access_token: undefined, format: '' })).toEqual({ method: 'a' })
})
