import { expect, test } from 'vitest'
import { paramsOf } from './request.ts'
import { signCall } from './sign.ts'
import { sampleOf } from './stage.ts'

const common = { client_id: 'c0ffee', access_token: 'tok', data_type: 'JSON', version: 'V1' }
const order_sn = '260101-111122223333444'
const data_list = [{ data_tag: order_sn, encrypted_data: '~AgAAAAxyz=~1~' }]

const read = (text: string) =>
  paramsOf({
    method: 'POST',
    target: '/',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(text),
  })

/** Source: pinduoduo.md 1. */
test.each([
  {
    body: { type: 'pdd.order.information.get', timestamp: 1_767_197_000, order_sn },
    sign: '00493766D3C86C7886A048838ECB92D9',
  },
  {
    body: { type: 'pdd.open.decrypt.batch', timestamp: 1_767_197_001, data_list },
    sign: '5FE2901397EAD75B8EE9FAAB407225FE',
  },
  {
    body: {
      type: 'pdd.order.note.update',
      timestamp: 1_767_197_002,
      order_sn,
      note: '发顺丰🚚',
      tag: 1,
      tag_name: '急',
    },
    sign: 'E060C79633222982F1B25F1FE5CDDA44',
  },
])('$body.type is signed as the sheet says', ({ body, sign }) => {
  expect(signCall('testSecret', read(JSON.stringify({ ...common, ...body }))!)).toBe(sign)
})

interface Sample {
  readonly request: { readonly body: Readonly<Record<string, unknown>>; readonly signBase: string }
}

test.each([
  ['order.information.get', null],
  ['order.number.list.increment.get', null],
  ['refund.list.increment.get', null],
  ['token.create', null],
  ['goods.quantity.update', 'ok'],
  ['logistics.online.send', 'ok'],
] as const)('the request of %s carries the right signature', (name, part) => {
  const sample = sampleOf(name) as Sample & { readonly ok: Sample }
  const { body, signBase } = (part === null ? sample : sample[part]).request
  const secret = signBase.slice(0, signBase.indexOf('access_token'))
  expect(signCall(secret, read(JSON.stringify(body))!)).toBe(body.sign)
})

test('values are taken as they were written', () => {
  const text =
    '{ "a" : 12345678901234567890, "b":[ {"c": "]}"} ], "d":null, "e":"\\"x\\"\\u6025", "f":true, "g":"" , "h" : {"i":null} }'
  expect(Object.fromEntries(read(text)!)).toEqual({
    a: '12345678901234567890',
    b: '[ {"c": "]}"} ]',
    e: '"x"急',
    f: 'true',
    g: '',
    h: '{"i":null}',
  })
})

test.each(['', '[]', 'null', '{"a":'])('%j is no body', (text) => {
  expect(read(text)).toBeNull()
})
