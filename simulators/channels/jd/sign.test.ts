import { expect, test } from 'vitest'
import { signCall } from './sign.ts'

const demo = { app_key: 'DEMOAPPKEY0001', timestamp: '2025-10-16 21:30:00', v: '2.0' }
const token = { access_token: 'demoaccesstoken0001' }

/** Vectors V1 to V4 of jd.md 3. */
test.each([
  {
    when: 'the guide’s example, with nulls and a zone',
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
    sign: 'D70825340F4084360B9362B60DFD7930',
  },
  {
    when: 'two carriers',
    secret: 'demosecret',
    params: {
      ...demo,
      ...token,
      '360buy_param_json':
        '{"logiCoprId":"467|1499","logiNo":"SF0000000000001,SF0000000000002|75800000001234","orderId":"301284756120"}',
      method: 'jingdong.pop.order.shipment',
    },
    sign: 'C864FCDEFF8DDC1820D56F80CFC8ED35',
  },
  {
    when: 'Chinese, emoji and reserved characters',
    secret: 'demosecret',
    params: {
      ...demo,
      ...token,
      '360buy_param_json': '{"flag":"1","order_id":"301284756120","remark":"加急😊 a=b&c+d 100%"}',
      method: 'jingdong.pop.order.modifyVenderRemark',
    },
    sign: '575549C5D5CA50835419090E9BF2DED6',
  },
  {
    when: 'an empty token drops out, the format is signed',
    secret: 'demosecret',
    params: {
      ...demo,
      access_token: '',
      '360buy_param_json': '{}',
      format: 'json',
      method: 'jingdong.vender.shop.query',
    },
    sign: 'B7D5C79958C7F136D74FB201CEFA1F1D',
  },
])('$when', ({ secret, params, sign }) => {
  const sent = new Map(Object.entries({ ...params, sign: 'does not count' }))
  expect(signCall(secret, sent)).toBe(sign)
})
