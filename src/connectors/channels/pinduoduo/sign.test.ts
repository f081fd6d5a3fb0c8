import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { pinduoduo } from './index.ts'
import { signCall } from './sign.ts'

const common = { client_id: 'c0ffee', access_token: 'tok', data_type: 'JSON', version: 'V1' }
const secret = 'testSecret'
const orderNo = '260101-111122223333444'

const vectors: [string, Record<string, unknown>, string][] = [
  [
    'a read',
    { ...common, type: 'pdd.order.information.get', timestamp: 1767197000, order_sn: orderNo },
    '00493766D3C86C7886A048838ECB92D9',
  ],
  [
    'a list of objects',
    {
      ...common,
      type: 'pdd.open.decrypt.batch',
      timestamp: '1767197001',
      data_list: [{ data_tag: orderNo, encrypted_data: '~AgAAAAxyz=~1~' }],
    },
    '5FE2901397EAD75B8EE9FAAB407225FE',
  ],
  [
    'Chinese and an emoji',
    {
      ...common,
      type: 'pdd.order.note.update',
      timestamp: 1767197002,
      order_sn: orderNo,
      note: '发顺丰🚚',
      tag: 1,
      tag_name: '急',
    },
    'E060C79633222982F1B25F1FE5CDDA44',
  ],
]

describe('a signature', () => {
  test.each(vectors)('of %s', (_, params, signature) => {
    expect(signCall(params, secret)).toBe(signature)
    const input = { params, clientSecret: secret }
    expect(pinduoduo.inspect.signature({ kind: 'api-sign', input })).toEqual({ signature })
  })

  const own = {
    client_id: '1f0e9d8c7b6a45d4928374650a1b2c3d',
    access_token: 'pdd-at-INVENTED-00112233445566778899',
    data_type: 'JSON',
    version: 'V1',
  }
  test.each([
    [
      'a truth and numbers',
      {
        type: 'pdd.order.number.list.increment.get',
        timestamp: '1767197000',
        start_updated_at: 1767195200,
        end_updated_at: 1767196800,
        is_lucky_flag: 0,
        order_status: 5,
        refund_status: 5,
        page: 1,
        page_size: 50,
        use_has_next: true,
      },
      'AF3AB9AAB0AFC788818CD684F9BDB253',
    ],
    [
      'a write',
      {
        type: 'pdd.goods.quantity.update',
        timestamp: '1767197002',
        goods_id: 753000000001,
        sku_id: 1742000000001,
        quantity: 66,
        update_type: 1,
      },
      'E064B8FECDD04FF56A83FDC95BBC32DB',
    ],
  ])('of %s of the samples', (_, params, signature) => {
    expect(signCall({ ...own, ...params }, '9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c')).toBe(signature)
  })

  test('leaves out what is null and itself, and keeps the name of an empty text', () => {
    const plain = signCall({ a: 1 }, secret)
    expect(signCall({ a: 1, b: null, c: undefined, sign: 'X' }, secret)).toBe(plain)
    expect(signCall({ a: 1, b: '' }, secret)).not.toBe(plain)
  })

  test.each([
    [{ kind: 'top' }, 'kind'],
    [{ kind: 'api-sign', input: { params: {} } }, 'input.clientSecret'],
    [null, 'input'],
  ])('of %j is refused as input', (given, field) => {
    expect(() => pinduoduo.inspect.signature(given)).toThrow(Failure)
    expect(() => pinduoduo.inspect.signature(given)).toThrow(field)
  })
})
