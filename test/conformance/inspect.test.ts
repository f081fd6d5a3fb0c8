import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal, tongdan } from './tongdan.ts'

/** The inspector, run as the program it is, over every payload of the channels' sheets. */
const samples = path.join(import.meta.dirname, 'samples')
const sample = (name: string) => path.join(samples, name)
const read = (name: string) => JSON.parse(readFileSync(sample(name), 'utf8'))

const figures = ({ channelOrderNo, status, paidTotalFen, freightFen, refundedFen, ...order }: ChannelOrder) =>
  [channelOrderNo, status, paidTotalFen, freightFen, order.lines.map((line) => line.paidFen), refundedFen] as const

const single = ['4150398120557120915', 'paid-wait-ship', 7600, 800, [6800], 0]
const multi = ['4150331829467120915', 'paid-wait-ship', 51890, 1000, [27225, 18211, 5454], 0]
const presale = ['4150402217764120915', 'deposit-paid', 5000, 0, [0], 0]
const refunded = ['4149917233018120915', 'shipped', 21800, 0, [10900, 10900], 10900]

describe.concurrent('inspect orders', () => {
  test.each([
    ['taobao/trade_fullinfo_get_single.json', [single]],
    ['taobao/trade_fullinfo_get_multi.json', [multi]],
    ['taobao/trade_fullinfo_get_multi_docstyle.json', [multi]],
    ['taobao/trade_fullinfo_get_presale.json', [presale]],
    ['taobao/trade_fullinfo_get_refunded.json', [refunded]],
    ['taobao/trades_sold_get_page.json', [single, multi, presale, refunded]],
    ['taobao/trades_sold_get_simplify.json', [single]],
    ['taobao/trades_sold_get_empty.json', []],
    ['taobao/trades_sold_increment_get_page_total.json', [multi, single]],
    ['taobao/trades_sold_increment_get_page_hasnext.json', [presale, refunded]],
  ])('%s', async (name, expected) => {
    const orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'taobao', sample(name)])
    expect(orders.map(figures)).toEqual(expected)
    expect(orders.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  test('an order tells everything of the standard', async () => {
    const [order] = await answer<ChannelOrder[]>([
      'inspect',
      'orders',
      'taobao',
      sample('taobao/trade_fullinfo_get_single.json'),
    ])
    expect(order).toMatchObject({
      channel: 'taobao',
      channelStatus: 'WAIT_SELLER_SEND_GOODS',
      currency: 'CNY',
      payableTotalFen: 7600,
      orderRefundState: 'none',
      mayShipNow: true,
      flag: '1',
      receiver: { privacy: 'masked', standard: { province: '北京市', city: '北京市' } },
    })
    const [line] = order!.lines
    expect(line!.channelLineNo).toBe(order!.channelOrderNo)
    expect(order!.remainingToShip).toEqual([{ channelSkuNo: line!.channelSkuNo, quantity: line!.quantity }])
  })

  test('an order with its refund records and several answers at once', async () => {
    const trade = readFileSync(sample('taobao/trade_fullinfo_get_refunded.json'), 'utf8')
    const page = readFileSync(sample('taobao/refunds_receive_get_page.json'), 'utf8')
    const other = readFileSync(sample('taobao/trade_fullinfo_get_single.json'), 'utf8')
    const orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'taobao', '-'], `[${trade},${page},${other}]`)
    expect(orders.map(figures)).toEqual([refunded, single])
    expect(orders[0]).toMatchObject({ orderRefundState: 'in-progress' })
  })

  const tea = ['T-7301', 'paid-wait-ship', 30200, 800, [23600, 5800], 0]
  const { order_event, list_response } = read('generic/contract-examples.json')
  test.each([
    ['an event', order_event],
    ['a list', list_response.body],
    ['one order', order_event.data],
    ['an array', [order_event.data]],
  ])('%s of one’s own website', async (_, value) => {
    const orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'generic', '-'], value)
    expect(orders.map(figures)).toEqual([tea])
    expect(orders[0]).toMatchObject({
      discountFen: 3000,
      buyerNote: '请用环保包装',
      paidAt: '2026-10-20T01:16:38.000Z',
      receiver: { name: '林晓禾', privacy: 'plain', standard: { city: '杭州市', district: '西湖区' } },
      warnings: [],
    })
  })
})

const asAnswer = (body: unknown, status = 200, headers = {}) => ({ status, headers, body })
const failureOf = (channel: string, input: unknown) => answer(['inspect', 'failure', channel, '-'], input)

describe.concurrent('inspect failure', () => {
  test.each([
    ['rate_limit_app_api', 'rate-limit', '7/accesscontrol.limited-by-app-api-access-count', 'later', 2_000],
    ['rate_limit_app_day', 'quota-exhausted', '7/accesscontrol.limited-by-app-access-count', 'later', 31_062_000],
    ['session_expired', 'auth-expired', '27/session-expired', 'after-authorising', null],
    ['session_missing', 'auth-invalid', '26', 'after-authorising', null],
    ['invalid_signature', 'signature', '25', 'never', null],
    ['invalid_timestamp', 'clock', '31', 'later', null],
    ['invalid_app_key', 'config', '29', 'never', null],
    ['invalid_method', 'param', '22', 'never', null],
    ['missing_required_argument', 'param', '40', 'never', null],
    ['invalid_argument', 'param', '41', 'never', null],
    ['no_permission', 'permission', '11/isv.permission-api-package-limit', 'never', null],
    ['service_unavailable', 'transient', '10', 'later', null],
    ['isp_remote_timeout', 'transient', '15/isp.top-remote-connection-timeout', 'later', null],
    ['isp_remote_service_timeout', 'transient', '15/isp.remote-service-timeout', 'later', null],
    ['isp_system_busy', 'transient', '530/isp.system-busy', 'later', null],
    ['trade_slow_query_rejected', 'transient', '520/isv.trade-service-rejection', 'later', 180_000],
    ['trade_not_exist', 'not-found', '15/isv.trade-not-exist', 'never', null],
    ['invalid_parameter', 'param', '41/isv.invalid-parameter:start_modified', 'never', null],
    ['already_shipped_or_closed', 'already-done', '15/isv.logistics-offline-service-error:B04', 'after-checking', null],
    ['bad_waybill', 'business-rejected', '15/isv.logistics-offline-service-error:B60', 'never', null],
    ['split_needs_sub_tid', 'business-rejected', '15/isv.logistics-offline-service-error:CD22', 'never', null],
    ['split_check_failed', 'business-rejected', '15/isv.logistics-offline-service-error:P38', 'never', null],
    ['retry_later', 'transient', '15/isv.logistics-offline-service-error:B150', 'later', null],
    ['order_not_found', 'not-found', '15/isv.logistics-offline-service-error:B01', 'never', null],
    ['negative_full_quantity', 'param', '41/isv.invalid-parameter:quantity', 'never', null],
    ['item_not_found', 'not-found', '15/isv.item-is-delete:invalid-numIid', 'never', null],
    ['rate_limited', 'rate-limit', '7/accesscontrol.limited-by-api-access-count', 'later', 1_000],
  ])('%s is %s', async (name, errorClass, code, retry, retryAfterMs) => {
    const bodies = {
      ...read('taobao/errors.json'),
      ...read('taobao/logistics_offline_send_errors.json'),
      ...read('taobao/stock_update_errors.json'),
    }
    expect(await failureOf('taobao', asAnswer(bodies[name]))).toEqual({ class: errorClass, code, retry, retryAfterMs })
  })

  const good = readdirSync(sample('taobao')).filter((name) => !name.includes('errors'))
  test.each(good)('%s is none', async (name) => {
    const none = { class: null, code: null, retry: null, retryAfterMs: null }
    expect(await failureOf('taobao', asAnswer(readFileSync(sample(`taobao/${name}`), 'utf8')))).toEqual(none)
  })

  test.each([
    ['taobao', asAnswer(JSON.stringify(read('taobao/errors.json').trade_not_exist)), 'not-found', 'never', null],
    ['taobao', asAnswer('<html>', 502), 'transient', 'later', null],
    ['taobao', asAnswer('', 429, { 'Retry-After': '120' }), 'quota-exhausted', 'later', 120_000],
    [
      'taobao',
      asAnswer({ error: 'invalid_grant', error_description: 'expired' }, 400),
      'auth-expired',
      'after-authorising',
      null,
    ],
    ['generic', asAnswer('', 429, { 'Retry-After': '3' }), 'rate-limit', 'later', 3_000],
    ['generic', asAnswer({ error: 'not_found' }, 404), 'not-found', 'never', null],
    ['generic', asAnswer({ error: 'too_many' }, 422), 'business-rejected', 'never', null],
    ['generic', asAnswer({ error: 'signature' }, 401), 'signature', 'never', null],
    ['generic', asAnswer({ error: 'timestamp' }, 401), 'clock', 'later', null],
    ['generic', asAnswer('', 503), 'transient', 'later', null],
    ['generic', asAnswer({ shipment_id: 'S-1' }, 201), null, null, null],
  ])('%s: %j', async (channel, input, errorClass, retry, retryAfterMs) => {
    expect(await failureOf(channel, input)).toMatchObject({ class: errorClass, retry, retryAfterMs })
  })
})

const signatureOf = (channel: string, input: unknown) => answer(['inspect', 'signature', channel, '-'], input)

describe.concurrent('inspect signature', () => {
  const seller = {
    app_key: '12345678',
    fields: 'num_iid,title,nick,price,num',
    format: 'json',
    method: 'taobao.item.seller.get',
    num_iid: '11223344',
    session: 'test',
    timestamp: '2016-01-01 12:00:00',
    v: '2.0',
  }
  const own = { app_key: '21000000', format: 'json', session: '6200a0demo', v: '2.0' }
  const { session: _, ...push } = {
    ...own,
    method: 'qimen.demo.push',
    sign_method: 'md5',
    timestamp: '2025-10-16 21:30:00',
  }
  const ordering = { ...push, method: 'taobao.time.get', Bar: '4', foo1: '1', fooB: '3', foo_bar: '2' }
  const memo = { flag: '1', memo: '发顺丰😊 & 加急=1', method: 'taobao.trade.memo.update', tid: '4150398120557120915' }
  const stock = {
    method: 'taobao.skus.quantity.update',
    num_iid: '723344018265',
    skuid_quantities: '5120083391771:12;5120083391772:45',
    type: '1',
    outerid_quantities: '',
  }
  const old = {
    app_key: 'test',
    fields: 'nick',
    format: 'xml',
    method: 'taobao.user.seller.get',
    session: 'test',
    v: '2.0',
  }
  test.each([
    [
      'V1',
      { kind: 'top', secret: 'helloworld', params: { ...seller, sign_method: 'md5' } },
      '66987CB115214E59E6EC978214934FB8',
    ],
    [
      'V2',
      { kind: 'top', secret: 'test', params: { ...old, sign_method: 'md5', timestamp: '2013-05-06 13:52:03' } },
      '72CB4D809B375A54502C09360D879C64',
    ],
    [
      'V3',
      { kind: 'top', secret: 'helloworld', sign_method: 'hmac', params: { ...seller, sign_method: 'hmac' } },
      'D56D7858309C31B6251083A874D48273',
    ],
    [
      'V4',
      {
        kind: 'top',
        secret: 'helloworld',
        sign_method: 'hmac-sha256',
        params: { ...seller, sign_method: 'hmac-sha256' },
      },
      '04DB15AD0774D5CFCE2C837DE43E3FCEA9011ED74F3038FB6AB5F3C4CEA119E8',
    ],
    [
      'V5',
      {
        kind: 'top',
        secret: 'topsecret0',
        sign_method: 'md5',
        params: { ...own, ...memo, sign_method: 'md5', timestamp: '2025-10-16 21:22:10' },
      },
      '44AF64B0AAFB87B2F8FA19B9EC016297',
    ],
    [
      'V6',
      {
        kind: 'top',
        secret: 'topsecret0',
        sign_method: 'hmac-sha256',
        params: { ...own, ...stock, sign_method: 'hmac-sha256', timestamp: '2025-10-16 21:10:00' },
      },
      '5EA5D53E231AC963D04A3854AA231E47FD6B80BE2032D29D18B53390FCF352BF',
    ],
    [
      'V7',
      { kind: 'top', secret: 'topsecret0', sign_method: 'md5', params: ordering },
      '2AC94065D03B635A42FE6F01F4A05CE1',
    ],
    [
      'V8',
      {
        kind: 'spi',
        secret: 'topsecret0',
        sign_method: 'md5',
        params: push,
        body: '{"tid":"4150398120557120915","memo":"加急"}',
      },
      '772E6F9052AAB2C28D2437793DEEF6C8',
    ],
    [
      'V9',
      {
        kind: 'tmc_connect',
        secret: 'topsecret0',
        params: { app_key: '21000000', group_name: 'default', timestamp: '1760621400000' },
      },
      '294385F86B10928D1B5D78760D742C87',
    ],
  ])('%s of taobao', async (_name, input, signature) => {
    expect(await signatureOf('taobao', input)).toEqual({ signature })
  })

  const { public: published, computed } = read('generic/standard-webhooks.json')
  test.each([...published, ...computed])(
    'of one’s own website: $id',
    async ({ secret, id, timestamp, body, signature }) => {
      const input = { kind: 'standard-webhooks', secret, id, timestamp, body }
      expect(await signatureOf('generic', input)).toEqual({ signature })
    },
  )
})

const webhookOf = (channel: string, input: unknown) => answer(['inspect', 'webhook', channel, '-'], input)

describe.concurrent('inspect webhook', () => {
  const { verify_cases, public: published, computed } = read('generic/standard-webhooks.json')
  const pushOf = ({ secret, headers, body, now }: Readonly<Record<string, unknown>>) => ({
    credentials: { secret },
    method: 'POST',
    path: '/hooks/generic/1',
    query: '',
    headers,
    body,
    now,
  })
  const signed = (vector: Readonly<Record<string, unknown>>) =>
    pushOf({
      ...vector,
      now: vector.timestamp,
      headers: {
        'Webhook-Id': vector.id,
        'Webhook-Timestamp': vector.timestamp,
        'Webhook-Signature': vector.signature,
      },
    })

  test.each(verify_cases as Readonly<Record<string, unknown>>[])('$why', async (given) => {
    const events = given.valid ? [{ type: 'order.paid', channelOrderNo: 'T-7301' }] : []
    const said = await webhookOf('generic', pushOf(given))
    expect(said).toEqual({ accepted: given.valid, reason: given.valid ? null : expect.any(String), events })
  })

  test.each([...published.slice(0, 1), ...computed].map((each, at) => ({ ...each, at })))(
    'what vector $at signs is genuine, whatever it says',
    async (given) => {
      const said = await webhookOf('generic', signed(given))
      const isEvent = String(given.body).includes('"type":')
      expect(said).toMatchObject(isEvent ? { accepted: true } : { accepted: false, reason: 'malformed-body' })
    },
  )

  const [paid] = computed
  test.each([
    ['milliseconds', 1_792_458_998_000],
    ['seconds', 1_792_458_998],
    ['seconds as text', '1792458998'],
    ['ISO text in Beijing', '2026-10-20T09:16:38+08:00'],
    ['ISO text in UTC', '2026-10-20T01:16:38Z'],
  ])('now may be %s', async (_, now) => {
    expect(await webhookOf('generic', { ...signed(paid), now })).toMatchObject({ accepted: true, reason: null })
    expect(await webhookOf('generic', { ...signed({ ...paid, signature: 'v1,AAAA' }), now })).toMatchObject({
      accepted: false,
      reason: 'signature',
      events: [],
    })
  })

  const query = {
    app_key: '21000000',
    format: 'json',
    method: 'qimen.demo.push',
    sign_method: 'md5',
    timestamp: '2025-10-16 21:30:00',
    v: '2.0',
    sign: '772E6F9052AAB2C28D2437793DEEF6C8',
  }
  const spi = {
    credentials: { appKey: '21000000', appSecret: 'topsecret0' },
    method: 'POST',
    path: '/hooks/taobao/1',
    query,
    headers: { 'content-type': 'application/json' },
    body: '{"tid":"4150398120557120915","memo":"加急"}',
    now: '2025-10-16T21:31:00+08:00',
  }
  const accepted = {
    accepted: true,
    reason: null,
    events: [{ type: 'qimen.demo.push', channelOrderNo: '4150398120557120915' }],
  }
  test.each([
    ['a query as an object', spi, accepted],
    ['a query as text', { ...spi, query: String(new URLSearchParams(query)) }, accepted],
    ['a query with its mark', { ...spi, query: `?${new URLSearchParams(query)}` }, accepted],
    ['another body', { ...spi, body: '{}' }, { accepted: false, reason: 'signature', events: [] }],
    [
      'eleven minutes later',
      { ...spi, now: '2025-10-16T21:41:01+08:00' },
      { accepted: false, reason: 'too-old', events: [] },
    ],
  ])('a push of taobao: %s', async (_, input, said) => {
    expect(await webhookOf('taobao', input)).toEqual(said)
  })
})

describe.concurrent('a refusal', () => {
  const input = {
    credentials: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
    method: 'POST',
    path: '/',
    headers: {},
    body: '',
    now: 1,
  }
  const without = (name: keyof typeof input) => ({ ...input, [name]: undefined })
  test.each<{ readonly args: string; readonly given?: unknown; readonly code: string; readonly names?: string }>([
    { args: '', code: 'INPUT_INVALID', names: 'inspect' },
    { args: 'everything taobao -', code: 'INPUT_INVALID', names: 'inspect' },
    { args: 'orders', code: 'INPUT_INVALID', names: 'channel' },
    { args: 'orders nosuch -', code: 'CHANNEL_UNKNOWN', names: 'nosuch' },
    { args: 'orders taobao', code: 'INPUT_INVALID', names: 'FILE' },
    { args: 'orders taobao no-such-file.json', code: 'INPUT_INVALID', names: 'FILE' },
    { args: 'failure taobao -', given: '{', code: 'INPUT_INVALID', names: 'FILE' },
    { args: 'failure taobao -', given: [], code: 'INPUT_INVALID', names: 'FILE' },
    { args: 'failure taobao -', given: { status: 200 }, code: 'INPUT_INVALID', names: 'body' },
    { args: 'failure taobao -', given: { body: '' }, code: 'INPUT_INVALID', names: 'status' },
    { args: 'failure taobao -', given: { status: 'fine', body: '' }, code: 'INPUT_INVALID', names: 'status' },
    { args: 'signature taobao -', given: { kind: 'top', params: {} }, code: 'INPUT_INVALID', names: 'secret' },
    {
      args: 'signature taobao -',
      given: { kind: 'jos', secret: '', params: {} },
      code: 'INPUT_INVALID',
      names: 'kind',
    },
    {
      args: 'signature generic -',
      given: { kind: 'standard-webhooks', secret: 'x', id: 'a' },
      code: 'INPUT_INVALID',
      names: 'timestamp',
    },
    { args: 'webhook generic -', given: without('credentials'), code: 'INPUT_INVALID', names: 'credentials' },
    { args: 'webhook generic -', given: without('headers'), code: 'INPUT_INVALID', names: 'headers' },
    { args: 'webhook generic -', given: without('body'), code: 'INPUT_INVALID', names: 'body' },
    { args: 'webhook generic -', given: without('now'), code: 'INPUT_INVALID', names: 'now' },
    { args: 'webhook generic -', given: { ...input, now: 'soon' }, code: 'INPUT_INVALID', names: 'now' },
    { args: 'webhook generic -', given: { ...input, body: {} }, code: 'INPUT_INVALID', names: 'body' },
    {
      args: 'webhook taobao -',
      given: { ...input, query: { sign: '1', timestamp: '2' }, credentials: { appKey: '1' } },
      code: 'INPUT_INVALID',
      names: 'credentials.appSecret',
    },
    { args: 'orders taobao -', given: '<html>', code: 'CHANNEL_NONSENSE' },
    {
      args: 'orders taobao -',
      given: { error_response: { code: 27, sub_code: 'session-expired' } },
      code: 'CHANNEL_NOT_AUTHORISED',
    },
    {
      args: 'orders taobao -',
      given: { trade: { tid: '1', created: '2026-10-20 09:00:00', payment: '1,2' } },
      code: 'CHANNEL_NONSENSE',
    },
    { args: 'orders generic -', given: '<html>', code: 'CHANNEL_NONSENSE' },
    { args: 'orders generic -', given: { id: 'T-1' }, code: 'CHANNEL_NONSENSE', names: 'currency' },
  ])('of `inspect $args` with $given is $code', async ({ args, given, code, names }) => {
    const said = await refusal(['inspect', ...args.split(' ').filter(Boolean)], given)
    expect(Object.keys(said)).toEqual(['code', 'retry', 'zh'])
    expect(said).toMatchObject({ code, retry: expect.stringMatching(/^(never|later|after-authorising)$/) })
    expect(said.zh).toContain(names ?? '')
  })

  test('of a schema nobody knows names those there are', async () => {
    expect(await refusal(['schema', 'order'])).toMatchObject({
      code: 'INPUT_INVALID',
      zh: expect.stringContaining('channel-order'),
    })
  })
})

test('npx runs the same, and a long answer is printed to its end', async () => {
  const trade = readFileSync(sample('taobao/trade_fullinfo_get_multi.json'), 'utf8')
  const trades = `[${Array.from({ length: 200 }, () => trade).join(',')}]`
  const began = performance.now()
  const { code, out, err } = await tongdan(['inspect', 'orders', 'taobao', '-'], trades, 'npx')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(out)).toHaveLength(200)
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(await tongdan(['inspect', 'orders', 'taobao', '-'], trades)).toEqual({ code, out, err })
})
