import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { inspectSignature } from './inspect.ts'
import { signCall, withoutEmpty } from './sign.ts'

const documented = {
  app_key: '12345678',
  fields: 'num_iid,title,nick,price,num',
  format: 'json',
  method: 'taobao.item.seller.get',
  num_iid: '11223344',
  session: 'test',
  sign_method: 'md5',
  timestamp: '2016-01-01 12:00:00',
  v: '2.0',
}
const demo = { app_key: '21000000', format: 'json', session: '6200a0demo', sign_method: 'md5', v: '2.0' }

// Source: taobao.md 3.3; V1 and V2 are the platform's own [doc].
describe('the vectors', () => {
  test.each([
    ['V1 md5', { secret: 'helloworld', params: documented }, '66987CB115214E59E6EC978214934FB8'],
    [
      'V2 an old official sample',
      {
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
      },
      '72CB4D809B375A54502C09360D879C64',
    ],
    [
      'V3 hmac',
      { secret: 'helloworld', params: { ...documented, sign_method: 'hmac' } },
      'D56D7858309C31B6251083A874D48273',
    ],
    [
      'V4 hmac-sha256',
      { secret: 'helloworld', params: { ...documented, sign_method: 'hmac-sha256' } },
      '04DB15AD0774D5CFCE2C837DE43E3FCEA9011ED74F3038FB6AB5F3C4CEA119E8',
    ],
    [
      'V5 Chinese, emoji, & and =',
      {
        secret: 'topsecret0',
        params: {
          ...demo,
          flag: 1,
          memo: '发顺丰😊 & 加急=1',
          method: 'taobao.trade.memo.update',
          tid: '4150398120557120915',
          timestamp: '2025-10-16 21:22:10',
        },
      },
      '44AF64B0AAFB87B2F8FA19B9EC016297',
    ],
    [
      'V6 an empty value is dropped',
      {
        secret: 'topsecret0',
        params: {
          ...demo,
          method: 'taobao.skus.quantity.update',
          num_iid: '723344018265',
          outerid_quantities: '',
          sign_method: 'hmac-sha256',
          skuid_quantities: '5120083391771:12;5120083391772:45',
          timestamp: '2025-10-16 21:10:00',
          type: '1',
        },
      },
      '5EA5D53E231AC963D04A3854AA231E47FD6B80BE2032D29D18B53390FCF352BF',
    ],
    [
      'V7 ordinal order',
      {
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
      },
      '2AC94065D03B635A42FE6F01F4A05CE1',
    ],
  ])('%s', (_, input, signature) => {
    expect(inspectSignature({ kind: 'top', ...input })).toEqual({ signature })
    expect(inspectSignature({ kind: 'top', sign_method: input.params.sign_method, ...input })).toEqual({ signature })
  })

  test('V8 a push with a raw body', () => {
    const params = {
      app_key: '21000000',
      format: 'json',
      method: 'qimen.demo.push',
      sign_method: 'md5',
      timestamp: '2025-10-16 21:30:00',
      v: '2.0',
    }
    const body = '{"tid":"4150398120557120915","memo":"加急"}'
    expect(inspectSignature({ kind: 'spi', secret: 'topsecret0', params, body })).toEqual({
      signature: '772E6F9052AAB2C28D2437793DEEF6C8',
    })
  })

  test.each([{ group_name: 'default' }, {}])('V9 a message connection %j', (group) => {
    const params = { app_key: 21000000, ...group, timestamp: 1760621400000 }
    expect(inspectSignature({ kind: 'tmc_connect', secret: 'topsecret0', params })).toEqual({
      signature: '294385F86B10928D1B5D78760D742C87',
    })
  })
})

test('what is signed already is not signed again, and null counts as empty', () => {
  const signed = signCall(documented, 'helloworld', 'md5')
  expect(signCall({ ...documented, sign: 'OLD' }, 'helloworld', 'md5')).toBe(signed)
  expect(inspectSignature({ kind: 'top', secret: 'helloworld', params: { ...documented, extra: null } })).toEqual({
    signature: signed,
  })
  expect(withoutEmpty({ a: '1', b: '', c: null, d: undefined, e: '0' })).toEqual({ a: '1', e: '0' })
})

test.each([
  [{ kind: 'jos', secret: 's', params: {} }, 'kind'],
  [{ kind: 'top', params: {} }, 'secret'],
  [{ kind: 'top', secret: 's', params: { a: [] } }, 'params.a'],
  [{ kind: 'top', secret: 's', sign_method: 'sha1', params: {} }, 'sign_method'],
  ['nothing', 'input'],
])('an unusable input %j names %s', (input, field) => {
  let thrown: unknown
  try {
    inspectSignature(input)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Failure)
  expect(thrown).toMatchObject({ code: 'INPUT_INVALID', details: { field } })
})
