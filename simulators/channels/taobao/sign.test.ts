import { expect, test } from 'vitest'
import { isSignedBy, type SignMethod, signCall, signPush } from './sign.ts'

const itemCall = {
  app_key: '12345678',
  fields: 'num_iid,title,nick,price,num',
  format: 'json',
  method: 'taobao.item.seller.get',
  num_iid: '11223344',
  session: 'test',
  timestamp: '2016-01-01 12:00:00',
  v: '2.0',
}
const ours = { app_key: '21000000', format: 'json', session: '6200a0demo', v: '2.0' }

interface Vector {
  readonly name: string
  readonly secret: string
  readonly params: Readonly<Record<string, string>> & { readonly sign_method: SignMethod }
  readonly sign: string
}

/** Source: taobao.md 3.3; V1 and V2 are the platform's own examples. */
const vectors: readonly Vector[] = [
  {
    name: 'V1',
    secret: 'helloworld',
    params: { ...itemCall, sign_method: 'md5' },
    sign: '66987CB115214E59E6EC978214934FB8',
  },
  {
    name: 'V2',
    secret: 'test',
    params: {
      app_key: 'test',
      fields: 'nick',
      format: 'xml',
      method: 'taobao.user.seller.get',
      session: 'test',
      sign_method: 'md5',
      timestamp: '2013-05-06 13:52:03',
      v: '2.0',
    },
    sign: '72CB4D809B375A54502C09360D879C64',
  },
  {
    name: 'V3',
    secret: 'helloworld',
    params: { ...itemCall, sign_method: 'hmac' },
    sign: 'D56D7858309C31B6251083A874D48273',
  },
  {
    name: 'V4',
    secret: 'helloworld',
    params: { ...itemCall, sign_method: 'hmac-sha256' },
    sign: '04DB15AD0774D5CFCE2C837DE43E3FCEA9011ED74F3038FB6AB5F3C4CEA119E8',
  },
  {
    name: 'V5 (Chinese, emoji, signs)',
    secret: 'topsecret0',
    params: {
      ...ours,
      flag: '1',
      memo: '发顺丰😊 & 加急=1',
      method: 'taobao.trade.memo.update',
      sign_method: 'md5',
      tid: '4150398120557120915',
      timestamp: '2025-10-16 21:22:10',
    },
    sign: '44AF64B0AAFB87B2F8FA19B9EC016297',
  },
  {
    name: 'V6 (an empty value)',
    secret: 'topsecret0',
    params: {
      ...ours,
      method: 'taobao.skus.quantity.update',
      num_iid: '723344018265',
      outerid_quantities: '',
      sign_method: 'hmac-sha256',
      skuid_quantities: '5120083391771:12;5120083391772:45',
      timestamp: '2025-10-16 21:10:00',
      type: '1',
    },
    sign: '5EA5D53E231AC963D04A3854AA231E47FD6B80BE2032D29D18B53390FCF352BF',
  },
  {
    name: 'V7 (the order of names)',
    secret: 'topsecret0',
    params: {
      Bar: '4',
      app_key: '21000000',
      foo1: '1',
      fooB: '3',
      foo_bar: '2',
      format: 'json',
      method: 'taobao.time.get',
      sign_method: 'md5',
      timestamp: '2025-10-16 21:30:00',
      v: '2.0',
    },
    sign: '2AC94065D03B635A42FE6F01F4A05CE1',
  },
]

test.each(vectors)('$name is signed as the sheet says', ({ secret, params, sign }) => {
  expect(signCall(secret, params.sign_method, Object.entries(params))).toBe(sign)
})

test.each(vectors)('$name is accepted, and refused with any value changed', ({ secret, params, sign }) => {
  const sent = new Map([...Object.entries(params), ['sign', sign] as const])
  expect(isSignedBy(secret, params.sign_method, sent)).toBe(true)
  for (const name of Object.keys(params)) {
    const spoilt = new Map(sent).set(name, `${sent.get(name)}x`)
    expect(isSignedBy(secret, params.sign_method, spoilt)).toBe(false)
  }
})

test('V8: a call of the platform itself is signed over its query and raw body', () => {
  const query = {
    app_key: '21000000',
    format: 'json',
    method: 'qimen.demo.push',
    sign_method: 'md5',
    timestamp: '2025-10-16 21:30:00',
    v: '2.0',
  }
  const body = '{"tid":"4150398120557120915","memo":"加急"}'
  expect(signPush('topsecret0', Object.entries(query), body)).toBe('772E6F9052AAB2C28D2437793DEEF6C8')
})

test('a caller that signed its empty values is accepted as well', () => {
  const params = new Map([
    ['method', 'taobao.time.get'],
    ['memo', ''],
  ])
  const everything = signCall('secret', 'md5', [['memomethod', 'taobao.time.get']])
  expect(isSignedBy('secret', 'md5', params.set('sign', everything))).toBe(true)
})
