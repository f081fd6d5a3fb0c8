import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { answer, refusal } from './tongdan.ts'

/** Signatures of calls and of pushes, by the vectors and samples of douyin.md. */
type Fields = Readonly<Record<string, unknown>>
interface Push {
  readonly headers: Readonly<Record<string, string>>
  readonly rawBody: string
}

const samples = path.join(import.meta.dirname, 'samples/douyin')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, `${name}.json`), 'utf8'))
const { config, messages } = read('push') as { readonly config: Record<string, string>; readonly messages: Push[] }
const { app_key: appKey, app_secret: appSecret } = config as { readonly app_key: string; readonly app_secret: string }

const signatureOf = (input: unknown) => answer(['inspect', 'signature', 'douyin', '-'], input)
const search = {
  app_key: '7012345678901234567',
  method: 'order.searchList',
  param_json: '{"page":0,"size":10,"update_time_end":1767197000,"update_time_start":1767193400}',
  timestamp: '1767197000',
  v: '2',
  appSecret: 'secret-demo-0001',
}
const remark = {
  ...search,
  method: 'order.addOrderRemark',
  param_json: '{"order_id":"6950000000000000011","remark":"加急 <顺丰> & 🚚"}',
  timestamp: '1767197001',
}

describe.concurrent('inspect signature', () => {
  test.each([
    [search, 'hmac-sha256', '971e108b0d81d39132d8d14cc759dcc75c38659d28e4511901de5ad9c9805339'],
    [search, 'md5', 'ed7732cd0cf9c864d0ae8313d36a0aa0'],
    [remark, 'hmac-sha256', 'e7f322395ee3510af0197881834b5cf7afc5c74da5e032cc60ac3b2b15d513af'],
    [remark, 'md5', '3babf6fb494cae07612bdff64ca70fab'],
  ])('of $method by %s', async (input, sign_method, signature) => {
    expect(await signatureOf({ kind: 'api-sign', input: { ...input, sign_method } })).toEqual({ signature })
  })

  test.each(['order.searchList', 'order.orderDetail.refunded', 'order.logisticsAddSinglePack', 'sku.syncStock'])(
    'of the call in %s',
    async (name) => {
      const { query, rawBody } = read(name).request
      const { sign, access_token: _, ...rest } = query
      const input = { ...rest, param_json: rawBody, appSecret }
      expect(await signatureOf({ kind: 'api-sign', input })).toEqual({ signature: sign })
    },
  )

  test.each([
    [{ kind: 'jos', input: {} }, 'kind'],
    [{ kind: 'api-sign', input: { ...search, appSecret: undefined } }, 'input.appSecret'],
    [{ kind: 'api-sign', input: { ...search, sign_method: 'sha1' } }, 'input.sign_method'],
  ])('of %j is refused', async (input, field) => {
    const said = await refusal(['inspect', 'signature', 'douyin', '-'], input)
    expect(said).toMatchObject({ code: 'INPUT_INVALID', zh: expect.stringContaining(field) })
  })
})

const webhookOf = (input: unknown) => answer(['inspect', 'webhook', 'douyin', '-'], input)
const asInput = ({ headers, rawBody }: Push, change: Fields = {}) => ({
  credentials: { appKey, appSecret, shopId: '1234567' },
  method: 'POST',
  path: '/hooks/douyin',
  query: '',
  headers,
  body: rawBody,
  now: 1_767_197_000,
  ...change,
})
const [paid, repaid] = messages as [Push, Push]
const told = { type: '101', channelOrderNo: '6950000000000000011' }

describe.concurrent('inspect webhook', () => {
  test.each([
    [told, paid],
    [{ type: '206', channelOrderNo: '6950000000000000012' }, repaid],
  ])('%j', async (event, push) => {
    expect(await webhookOf(asInput(push))).toEqual({ accepted: true, reason: null, events: [event] })
  })

  test('the computed vector of the sheet', async () => {
    const push = asInput(paid, {
      credentials: { appKey, appSecret: 'secret-demo-0001' },
      headers: { 'event-sign': '6f9c8bbde89feabc8bd55601baa26c35' },
      body: '[{"tag":"100","msg_id":"M1","data":"{}"}]',
    })
    const events = [{ type: '100', channelOrderNo: null }]
    expect(await webhookOf(push)).toEqual({ accepted: true, reason: null, events })
  })

  test.each([
    ['a body that nobody signed', { body: paid.rawBody.replace('0001', '0002') }, 'signature', []],
    ['a space more', { body: `${paid.rawBody} ` }, 'signature', []],
    ['the signature of another', { headers: repaid.headers }, 'signature', []],
    ['another secret', { credentials: { appKey, appSecret: 'x' } }, 'signature', []],
    ['another app', { credentials: { appKey: '7', appSecret } }, 'signature', []],
    ['no signature', { headers: {} }, 'missing-sign', []],
    ['a year later, since no time is signed', { now: 1_798_733_000 }, null, [told]],
    ['another path, which is not signed', { path: '/elsewhere' }, null, [told]],
    ['a shop that is not ours', { credentials: { appKey, appSecret, shopId: '7654321' } }, null, []],
    ['a header in other letters', { headers: { 'Event-Sign': paid.headers['event-sign'] } }, null, [told]],
  ])('a push: %s', async (_, change, reason, events) => {
    expect(await webhookOf(asInput(paid, change))).toEqual({ accepted: reason === null, reason, events })
  })
})
