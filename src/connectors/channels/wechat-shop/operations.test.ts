import { describe, expect, test } from 'vitest'
import { ChannelCase, ChannelOrder, Listing } from '../../../core/channel/shapes.ts'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { OutgoingRequest } from '../../../kit/plug.ts'
import { wechatShop } from './index.ts'
import { type WechatShopAccount, WechatShopCredentials } from './manifest.ts'
import awaiting from './samples/aftersale-awaiting.json' with { type: 'json' }
import returned from './samples/aftersale-returned.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import multi from './samples/order-multi-line.json' with { type: 'json' }
import refunded from './samples/order-partially-refunded.json' with { type: 'json' }
import product from './samples/product.json' with { type: 'json' }
import revealed from './samples/revealed.json' with { type: 'json' }
import revealedVirtual from './samples/revealed-virtual.json' with { type: 'json' }

const now = Date.parse('2026-10-20T02:00:42Z')
const operations = wechatShop.operations as Required<typeof wechatShop.operations>
const typedIn = WechatShopCredentials.parse({ appId: 'wx7d2f0c4e8a91b356', appSecret: 'secret0' })
const own: WechatShopCredentials = { ...typedIn, accessToken: '90_token+/=' }

/** A platform that gives the answers one after the other and takes nothing without the token in its address. */
function platform(answers: readonly (object | string)[], credentials = own) {
  const calls: { readonly path: string; readonly body: Record<string, unknown> | null }[] = []
  const requests: OutgoingRequest[] = []
  const account: WechatShopAccount = {
    credentials,
    address: 'https://api.example',
    now: () => now,
    send: async (request) => {
      const url = new URL(request.url)
      if (url.pathname !== '/cgi-bin/stable_token') expect(url.searchParams.get('access_token')).toBe('90_token+/=')
      expect(request.method).toBe(request.body === null ? 'GET' : 'POST')
      calls.push({
        path: url.pathname.replace('/channels/ec/', ''),
        body: request.body === null ? null : JSON.parse(request.body),
      })
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${url.pathname}`)
      return { status: 200, headers: {}, body: typeof said === 'string' ? said : JSON.stringify(said) }
    },
  }
  return { account, calls, requests }
}

const refusal = async (call: Promise<unknown>, code: FailureCode) => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  expect((error as Failure).code).toBe(code)
  return error as Failure
}

const shop = { errcode: 0, errmsg: 'ok', info: { nickname: '茶山小店', username: 'gh_8c1d4e2f90ab' } }
const ok = { errcode: 0, errmsg: 'ok' }

describe('a call', () => {
  test('carries the token in its address', async () => {
    const { account, requests } = platform([shop])
    expect(await operations['shop.describe'](account)).toEqual({
      channelShopNo: 'wx7d2f0c4e8a91b356',
      name: '茶山小店',
    })
    expect(requests[0]).toMatchObject({
      operation: 'shop.describe',
      method: 'GET',
      url: 'https://api.example/channels/ec/basics/info/get?access_token=90_token%2B%2F%3D',
      body: null,
      isWrite: false,
    })
  })

  test.each([errors['40001'], errors['42001'], { errcode: 40014, errmsg: 'invalid access_token' }])(
    'whose token no longer holds is told so and not repeated: %j',
    async (said) => {
      const { account, calls } = platform([said])
      const failure = await refusal(operations['shop.describe'](account), 'CHANNEL_NOT_AUTHORISED')
      expect(failure.retry).toBe('after-authorising')
      expect(calls).toHaveLength(1)
    },
  )

  test.each([
    [errors['45011'], 'CHANNEL_RATE_LIMITED', 18_000],
    [errors['45009'], 'CHANNEL_QUOTA_EXHAUSTED', 50_358_000],
    [errors['61004'], 'CHANNEL_PERMISSION', undefined],
    [errors['48001'], 'CHANNEL_PERMISSION', undefined],
    [errors['-1'], 'CHANNEL_UNREACHABLE', undefined],
    ['<html>', 'CHANNEL_UNREACHABLE', undefined],
    [{ errcode: 0 }, 'CHANNEL_NONSENSE', undefined],
    [{ errcode: 0, info: {} }, 'CHANNEL_NONSENSE', undefined],
  ] as const)('answered with %j fails as %s', async (said, code, retryAfterMs) => {
    const failure = await refusal(operations['shop.describe'](platform([said]).account), code)
    expect(failure.details.retryAfterMs).toBe(retryAfterMs)
  })

  test('without a token is not sent, whatever it is', async () => {
    const { account } = platform([], typedIn)
    const span = { from: now - 60_000, to: now }
    const parcel = {
      channelOrderNo: '1',
      carrier: 'zto',
      carrierName: '中通快递',
      waybillNo: 'A1',
      shippedAt: now,
      lines: [],
      isWholeOrder: true,
    }
    const caseNo = { channelCaseNo: '1', channelOrderNo: '1' }
    const all = [
      operations['shop.describe'](account),
      operations['orders.pull'](account, { span, by: 'modified', cursor: null }),
      operations['orders.get'](account, '1'),
      operations['orders.remark'](account, { channelOrderNo: '1', remark: '急', flag: null }),
      operations['orders.reveal'](account, { channelOrderNo: '1', addressKey: '1', purpose: 'waybill' }),
      operations['shipments.report'](account, parcel),
      operations['shipments.change'](account, { ...parcel, formerWaybillNo: 'A0', formerCarrier: 'zto' }),
      operations['stock.push'](account, [{ channelItemNo: '1', channelSkuNo: '1', merchantCode: null, quantity: 1 }]),
      operations['products.pull'](account, null),
      operations['aftersales.pull'](account, { span, cursor: null }),
      operations['aftersales.get'](account, caseNo),
      operations['aftersales.answer'](account, { ...caseNo, decision: 'agree', amountFen: 1, message: '' }),
    ]
    for (const call of all) await refusal(call, 'CHANNEL_NOT_AUTHORISED')
  })
})

describe('the token', () => {
  const token = { access_token: '90_token+/=', expires_in: 7200 }

  test('is fetched with the keys typed in, the first one too', async () => {
    const { account, calls } = platform([token, shop], typedIn)
    const authorised = await operations['auth.refresh'](account)
    expect(authorised).toMatchObject({
      credentials: { ...typedIn, accessToken: '90_token+/=' },
      expiresAt: now + 7_200_000,
      channelShopNo: 'wx7d2f0c4e8a91b356',
      shopName: '茶山小店',
    })
    expect(authorised.refreshableUntil).toBeGreaterThan(now + 365 * 86_400_000)
    expect(WechatShopCredentials.parse(authorised.credentials)).toEqual(authorised.credentials)
    expect(calls[0]).toEqual({
      path: '/cgi-bin/stable_token',
      body: {
        grant_type: 'client_credential',
        appid: 'wx7d2f0c4e8a91b356',
        secret: 'secret0',
        force_refresh: false,
      },
    })
  })

  test.each([
    [{ errcode: 40125, errmsg: 'invalid appsecret' }, 'CHANNEL_MISCONFIGURED'],
    [{ errcode: 40013, errmsg: 'invalid appid' }, 'CHANNEL_MISCONFIGURED'],
    [errors['40243'], 'CHANNEL_MISCONFIGURED'],
    [errors['61004'], 'CHANNEL_PERMISSION'],
    [errors['45009'], 'CHANNEL_QUOTA_EXHAUSTED'],
    [errors['-1'], 'CHANNEL_UNREACHABLE'],
    [{ expires_in: 7200 }, 'CHANNEL_NONSENSE'],
  ] as const)('answered with %j fails as %s', async (said, code) => {
    await refusal(operations['auth.refresh'](platform([said], typedIn).account), code)
  })
})

test('credentials that cannot be right are refused where they are typed in', () => {
  const read = (change: object) => WechatShopCredentials.safeParse({ ...typedIn, ...change }).success
  expect(read({ encodingAesKey: 'A'.repeat(43), callbackToken: 't' })).toBe(true)
  expect(read({ encodingAesKey: '', previousEncodingAesKey: '', callbackToken: '' })).toBe(true)
  expect(read({ encodingAesKey: 'A'.repeat(42) })).toBe(false)
  expect(read({ appId: ' ' })).toBe(false)
})

describe('pulling orders', () => {
  const span = { from: Date.parse('2026-10-20T01:00:00Z'), to: Date.parse('2026-10-20T01:30:00Z') }
  const page = { ...ok, order_id_list: ['3719872036541234688', '3719872036541234944'], next_key: 'K1', has_more: true }
  const last = { ...ok, order_id_list: ['3719872036541235200'], next_key: 'K2', has_more: false }

  test('gives numbers, page by page, the span unchanged', async () => {
    const { account, calls } = platform([page, last])
    const first = await operations['orders.pull'](account, { span, by: 'modified', cursor: null })
    expect(first).toEqual({
      rows: [
        { channelOrderNo: '3719872036541234688', channelStatus: null, modifiedAt: null, full: null },
        { channelOrderNo: '3719872036541234944', channelStatus: null, modifiedAt: null, full: null },
      ],
      total: null,
      next: 'K1',
    })
    const second = await operations['orders.pull'](account, { span, by: 'modified', cursor: first.next })
    expect(second).toMatchObject({ rows: [{ channelOrderNo: '3719872036541235200' }], next: null })
    const range = { start_time: 1792458000, end_time: 1792459799 }
    expect(calls).toEqual([
      { path: 'order/list/get', body: { update_time_range: range, page_size: 100 } },
      { path: 'order/list/get', body: { update_time_range: range, page_size: 100, next_key: 'K1' } },
    ])
  })

  test('by time of creation asks by the other range', async () => {
    const { account, calls } = platform([last])
    await operations['orders.pull'](account, { span, by: 'created', cursor: null })
    expect(calls[0]?.body).toHaveProperty('create_time_range')
    expect(calls[0]?.body).not.toHaveProperty('update_time_range')
  })

  test('keeps the digits of bare numbers', async () => {
    const { account } = platform(['{"errcode":0,"order_id_list":[3719872036541234688],"has_more":false}'])
    const { rows } = await operations['orders.pull'](account, { span, by: 'modified', cursor: null })
    expect(rows[0]?.channelOrderNo).toBe('3719872036541234688')
  })

  test('of a span without a whole second asks nothing', async () => {
    const brief = { from: span.from + 1, to: span.from + 999 }
    expect(
      await operations['orders.pull'](platform([]).account, { span: brief, by: 'modified', cursor: null }),
    ).toEqual({ rows: [], total: null, next: null })
  })

  test.each([
    [ok],
    [{ ...ok, order_id_list: 'none', has_more: false }],
    [{ ...ok, order_id_list: [{}], has_more: false }],
    [{ ...ok, order_id_list: ['1'], has_more: true, next_key: '' }],
  ])('%j is nonsense', async (said) => {
    await refusal(
      operations['orders.pull'](platform([said]).account, { span, by: 'modified', cursor: null }),
      'CHANNEL_NONSENSE',
    )
  })

  test('with a range that is too long for the platform asks for half of it', async () => {
    const failure = await refusal(
      operations['orders.pull'](platform([{ errcode: 31042 }]).account, { span, by: 'modified', cursor: null }),
      'CHANNEL_UNREACHABLE',
    )
    expect(failure.details.retryAfterMs).toBe(60_000)
  })
})

describe('one order', () => {
  test('comes with each of its after-sales and keeps the answers as they came', async () => {
    const { account, calls } = platform([refunded, returned])
    const { order, raw } = await operations['orders.get'](account, '3719872036541235200')
    expect(ChannelOrder.parse(order)).toMatchObject({ refundedFen: 5990, orderRefundState: 'partial', warnings: [] })
    expect(raw).toBe(`{"orderGet":${JSON.stringify(refunded)},"aftersaleGet":[${JSON.stringify(returned)}]}`)
    expect(wechatShop.inspect.orders(raw)).toEqual([order])
    expect(calls).toEqual([
      { path: 'order/get', body: { order_id: '3719872036541235200' } },
      { path: 'aftersale/getaftersaleorder', body: { after_sale_order_id: '2000005512340001' } },
    ])
  })

  test('without after-sales is one call', async () => {
    const { account, calls } = platform([multi])
    const { order, raw } = await operations['orders.get'](account, '3719872036541234688')
    expect(order).toMatchObject({ paidTotalFen: 38499, warnings: [] })
    expect(wechatShop.inspect.orders(raw)).toEqual([order])
    expect(calls).toHaveLength(1)
  })

  test('says when an after-sale is gone; anything else is not hidden', async () => {
    const gone = platform([refunded, { errcode: 10021050, errmsg: 'no' }])
    const { order } = await operations['orders.get'](gone.account, '1')
    expect(order).toMatchObject({ refundedFen: 5990, warnings: ['missing-refund:2000005512340001'] })
    const busy = platform([refunded, errors['-1']])
    await refusal(operations['orders.get'](busy.account, '1'), 'CHANNEL_UNREACHABLE')
  })

  test.each([
    [errors['100002'], 'CHANNEL_NOT_FOUND'],
    [ok, 'CHANNEL_NONSENSE'],
    [{ ...ok, order: {} }, 'CHANNEL_NONSENSE'],
    [{ ...ok, order: { ...multi.order, create_time: 0 } }, 'CHANNEL_NONSENSE'],
  ] as const)('answered with %j fails as %s', async (said, code) => {
    await refusal(operations['orders.get'](platform([said]).account, '1'), code)
  })
})

describe('a receiver is revealed', () => {
  const input = { channelOrderNo: '3719872036541234688', addressKey: 'k', purpose: 'waybill' } as const
  test.each([
    ['with the telephone', revealed, '林小满', '17000000001', '虚构路 1 号 2 幢 301'],
    [
      'with the virtual number where one is in force',
      revealedVirtual,
      '周予安',
      '17012345678-1234',
      '虚构大道 88 号 A 座 1203',
    ],
  ])('%s, in one call', async (_, said, name, phone, address) => {
    const { account, calls, requests } = platform([said])
    expect(await operations['orders.reveal'](account, input)).toEqual({ name, phone, address })
    expect(calls).toEqual([{ path: 'order/sensitiveinfo/decode', body: { order_id: '3719872036541234688' } }])
    expect(requests[0]?.isWrite).toBe(false)
  })

  test.each([
    [{ ...ok, address_info: { user_name: '林**', detail_info: '****', tel_number: '170****0001' } }, 'CHANNEL_REFUSED'],
    [ok, 'CHANNEL_NONSENSE'],
    [errors['45009'], 'CHANNEL_QUOTA_EXHAUSTED'],
  ] as const)('or not: %j', async (said, code) => {
    await refusal(operations['orders.reveal'](platform([said]).account, input), code)
  })
})

describe('listings', () => {
  const list = (count: number) => ({
    ...ok,
    product_ids: Array.from({ length: count }, (_, place) => String(10_000_351_720_011 + place)),
    next_key: 'P1',
    total_num: 30,
  })

  test('come by SKU, product by product', async () => {
    const { account, calls } = platform([list(1), product])
    const { rows, next, total } = await operations['products.pull'](account, null)
    expect({ next, total }).toEqual({ next: null, total: null })
    expect(rows.map((row) => Listing.parse(row))).toEqual(rows)
    expect(rows[0]).toMatchObject({
      channelItemNo: '10000351720011',
      channelSkuNo: '4120077001',
      merchantCode: 'TEA-LJ-250',
      title: '明前龙井 250g 罐装',
      specification: '规格:250g;包装:礼罐',
      priceFen: 12900,
      quantity: 42,
      isOnSale: true,
    })
    expect(calls).toEqual([
      { path: 'product/list/get', body: { page_size: 20 } },
      { path: 'product/get', body: { product_id: '10000351720011', data_type: 1 } },
    ])
  })

  test('go on after a full page', async () => {
    const { account, calls } = platform([list(20), ...Array.from({ length: 20 }, () => product), list(0)])
    const { next } = await operations['products.pull'](account, null)
    expect(next).toBe('P1')
    expect(await operations['products.pull'](account, next)).toMatchObject({ rows: [], next: null })
    expect(calls.at(-1)?.body).toEqual({ page_size: 20, next_key: 'P1' })
  })

  test.each([
    [11, 2, false],
    [0, 2, false],
    [6, 0, false],
    [9, 0, false],
    [5, 2, true],
  ])('of status %d are %d, on sale %s', async (status, count, isOnSale) => {
    const { account } = platform([list(1), { ...ok, product: { ...product.product, status } }])
    const { rows } = await operations['products.pull'](account, null)
    expect(rows).toHaveLength(count)
    for (const row of rows) expect(row.isOnSale).toBe(isOnSale)
  })
})

describe('after-sales', () => {
  const hour = 3_600_000
  const from = Date.parse('2026-10-20T00:00:00Z')
  const list = (ids: readonly string[], more = {}) => ({
    ...ok,
    after_sale_order_id_list: ids,
    has_more: false,
    ...more,
  })

  test('come by number and are asked for one by one', async () => {
    const { account, calls } = platform([list(['2000005512340003', '2000005512340001']), awaiting, returned])
    const { rows, next } = await operations['aftersales.pull'](account, {
      span: { from, to: from + hour },
      cursor: null,
    })
    expect(next).toBeNull()
    for (const row of rows) expect(ChannelCase.parse(row.case)).toEqual(row.case)
    expect(rows.map((row) => row.case)).toMatchObject([
      {
        channelCaseNo: '2000005512340003',
        channelOrderNo: '3719872036541234688',
        channelStatus: 'MERCHANT_PROCESSING',
        state: 'requested',
        kind: 'refund-only',
        refundFen: 5400,
        quantity: 1,
        reason: '不想要了',
        beforeShipping: null,
        returnWaybillNo: null,
      },
      { state: 'success', kind: 'return-and-refund', beforeShipping: false, returnWaybillNo: 'ST0000000000001' },
    ])
    expect(JSON.parse(rows[0]!.raw)).toEqual(awaiting)
    expect(calls[0]).toEqual({
      path: 'aftersale/getaftersalelist',
      body: { begin_update_time: from / 1000, end_update_time: (from + hour) / 1000 - 1 },
    })
  })

  test('of a longer span come a day at a time, each with its pages', async () => {
    const { account, calls } = platform([list([], { has_more: true, next_key: 'A1' }), list([]), list([])])
    const span = { from, to: from + 30 * hour }
    let cursor: string | null = null
    do {
      const page: { readonly next: string | null } = await operations['aftersales.pull'](account, { span, cursor })
      cursor = page.next
    } while (cursor !== null)
    const seconds = (at: number) => at / 1000
    expect(calls.map(({ body }) => body)).toEqual([
      { begin_update_time: seconds(from), end_update_time: seconds(from + 24 * hour) - 1 },
      { begin_update_time: seconds(from), end_update_time: seconds(from + 24 * hour) - 1, next_key: 'A1' },
      { begin_update_time: seconds(from + 24 * hour), end_update_time: seconds(from + 30 * hour) - 1 },
    ])
  })

  test('one is as it is in the list, or is not there', async () => {
    const caseNo = { channelCaseNo: '2000005512340003', channelOrderNo: '3719872036541234688' }
    const { case: seen } = await operations['aftersales.get'](platform([awaiting]).account, caseNo)
    expect(seen).toMatchObject({ channelCaseNo: '2000005512340003', refundFen: 5400 })
    const gone = platform([{ errcode: 10021050, errmsg: 'no' }])
    await refusal(operations['aftersales.get'](gone.account, caseNo), 'CHANNEL_NOT_FOUND')
  })

  test.each([
    ['EXCHANGE', 'exchange'],
    ['REPAIR', 'other'],
  ])('of type %s are %s', async (type, kind) => {
    const said = { ...ok, after_sale_order: { ...awaiting.after_sale_order, type } }
    const { account } = platform([said])
    const seen = await operations['aftersales.get'](account, { channelCaseNo: '1', channelOrderNo: '1' })
    expect(seen.case.kind).toBe(kind)
  })
})
