import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ChannelCase, ChannelOrder, Listing } from '../../../core/channel/shapes.ts'
import { douyin } from './index.ts'
import { done, own, platform, refusal, type Said } from './made-up.ts'
import { DouyinCredentials } from './manifest.ts'
import cases from './samples/cases.json' with { type: 'json' }
import decrypted from './samples/decrypted.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import list from './samples/order-list.json' with { type: 'json' }
import refunded from './samples/order-refunded.json' with { type: 'json' }
import waiting from './samples/order-waiting.json' with { type: 'json' }
import products from './samples/products.json' with { type: 'json' }
import skus from './samples/skus.json' with { type: 'json' }
import token from './samples/token.json' with { type: 'json' }

/** A sample as it came: numbers of 18 and 19 digits would lose their last ones as an import. */
const asCame = (name: string) => readFileSync(path.join(import.meta.dirname, 'samples', name), 'utf8')

const operations = douyin.operations as Required<typeof douyin.operations>
const bare = DouyinCredentials.parse({ appKey: own.appKey, appSecret: own.appSecret })
const span = { from: Date.parse('2025-12-31T15:03:20.500Z'), to: Date.parse('2025-12-31T16:03:20Z') }
const page = (total: number, ...shop_order_list: object[]) => done({ total, shop_order_list })
const notFound = { ...errors['business-failure'], code: 40004, sub_msg: '订单不存在' }

describe('a call', () => {
  test('carries its token in the address and is signed', async () => {
    const { account, calls, requests } = platform([page(0)])
    await operations['shop.describe'](account)
    expect(calls[0]).toMatchObject({ method: 'order.searchList', query: { access_token: 'token-1' } })
    expect(requests[0]).toMatchObject({ operation: 'shop.describe', isWrite: false })
  })

  test('without a token is not sent', async () => {
    await refusal(operations['shop.describe'](platform([], bare).account), 'CHANNEL_NOT_AUTHORISED')
  })

  test.each([
    [errors['rate-limit'], 'CHANNEL_RATE_LIMITED', 1_000],
    [errors['token-expired'], 'CHANNEL_NOT_AUTHORISED', undefined],
    [errors['bad-signature'], 'CHANNEL_MISCONFIGURED', undefined],
    [errors['service-unavailable'], 'CHANNEL_UNREACHABLE', undefined],
    [errors['business-failure'], 'CHANNEL_REFUSED', undefined],
    ['<html>', 'CHANNEL_UNREACHABLE', undefined],
    [done('nothing'), 'CHANNEL_NONSENSE', undefined],
    [done([]), 'CHANNEL_NONSENSE', undefined],
    [done({ total: 1, shop_order_list: {} }), 'CHANNEL_NONSENSE', undefined],
    [done({ shop_order_list: [] }), 'CHANNEL_NONSENSE', undefined],
  ] as const)('answered with %j fails as %s', async (said, code, retryAfterMs) => {
    const failure = await refusal(operations['orders.count'](platform([said]).account, { span, by: 'created' }), code)
    expect(failure.details.retryAfterMs).toBe(retryAfterMs)
  })
})

test('the shop is as authorisation told it', async () => {
  expect(await operations['shop.describe'](platform([page(0)]).account)).toEqual({
    channelShopNo: '1234567',
    name: '青屿食品',
  })
  const { shopName: _, ...nameless } = own
  expect((await operations['shop.describe'](platform([page(0)], nameless).account)).name).toBe('1234567')
})

describe('authorisation', () => {
  test.each([
    ['https://openapi-fxg.jinritemai.com', 'https://fxg.jinritemai.com/index.html#/ffa/open/applicationAuthorize'],
    ['http://127.0.0.1:4300', 'http://127.0.0.1:4300/authorize'],
  ])('at %s begins at %s', async (address, authorisePage) => {
    const account = { ...platform([]).account, address }
    const { url } = await operations['auth.start'](account, { redirectUri: 'https://erp.example/a?b=1', state: 's 1' })
    const query = `response_type=code&app_id=${own.appKey}&redirect_uri=https%3A%2F%2Ferp.example%2Fa%3Fb%3D1&state=s+1`
    expect(url).toBe(`${authorisePage}?${query}`)
  })

  test('ends with a pair of tokens, the shop and their lives', async () => {
    const { account, calls } = platform([token], bare)
    const authorised = await operations['auth.finish'](account, { redirectUri: '', query: { code: 'c1', state: 's' } })
    const expiresAt = Date.parse('2026-01-08T00:03:20Z')
    expect(authorised).toEqual({
      credentials: {
        ...bare,
        accessToken: token.data.access_token,
        refreshToken: token.data.refresh_token,
        shopId: '1234567',
        shopName: token.data.shop_name,
      },
      expiresAt,
      refreshableUntil: expiresAt + 7 * 86_400_000,
      channelShopNo: '1234567',
      shopName: token.data.shop_name,
    })
    expect(DouyinCredentials.parse(authorised.credentials)).toEqual(authorised.credentials)
    expect(calls[0]).toMatchObject({
      method: 'token.create',
      params: { code: 'c1', grant_type: 'authorization_code' },
    })
    expect(calls[0]!.query).not.toHaveProperty('access_token')
  })

  test.each([
    [[], { error: 'access_denied' }, 'CHANNEL_REFUSED'],
    [[], {}, 'CHANNEL_REFUSED'],
    [
      [{ code: 50001, sub_code: 'dop.token-generate-failed:1', sub_msg: 'code 无效' }],
      { code: 'x' },
      'CHANNEL_NOT_AUTHORISED',
    ],
    [[done()], { code: 'x' }, 'CHANNEL_NONSENSE'],
  ] as const)('answered with %j to %j fails as %s', async (answers, query, code) => {
    await refusal(operations['auth.finish'](platform(answers, bare).account, { redirectUri: '', query }), code)
  })

  test('is renewed by its refresh token, and keeps the name where none is told', async () => {
    const { account, calls } = platform([{ ...token, data: { ...token.data, shop_name: '' } }])
    const { credentials, shopName } = await operations['auth.refresh'](account)
    expect(credentials).toMatchObject({
      accessToken: token.data.access_token,
      refreshToken: token.data.refresh_token,
      shopName: '青屿食品',
    })
    expect(shopName).toBe('青屿食品')
    expect(calls[0]).toMatchObject({
      method: 'token.refresh',
      params: { grant_type: 'refresh_token', refresh_token: 'refresh-1' },
    })
  })

  test.each([
    [
      { code: 50001, sub_code: 'dop.token-generate-failed:2', sub_msg: 'refresh_token 已过期' },
      'CHANNEL_NOT_AUTHORISED',
    ],
    [errors['business-failure'], 'CHANNEL_NOT_AUTHORISED'],
    [errors['bad-signature'], 'CHANNEL_MISCONFIGURED'],
    [errors['service-unavailable'], 'CHANNEL_UNREACHABLE'],
  ] as const)('that cannot be renewed, by %j, fails as %s', async (said, code) => {
    await refusal(operations['auth.refresh'](platform([said]).account), code)
  })

  test('without a refresh token asks nobody', async () => {
    await refusal(operations['auth.refresh'](platform([], bare).account), 'CHANNEL_NOT_AUTHORISED')
  })
})

describe('orders of a span', () => {
  const row = (no: string) => ({ ...list.data.shop_order_list[0], order_id: no })

  test('come whole, in whole seconds, the last one that of the end left out', async () => {
    const { account, calls } = platform([list])
    const { rows, total, next } = await operations['orders.pull'](account, { span, by: 'modified', cursor: null })
    expect([total, next]).toEqual([1, null])
    expect(rows[0]).toMatchObject({
      channelOrderNo: '6950000000000000011',
      channelStatus: '2',
      modifiedAt: 1767193500000,
      full: { order: { channelOrderNo: '6950000000000000011', warnings: [] } },
    })
    expect(douyin.inspect.orders(rows[0]!.full!.raw)).toEqual([rows[0]!.full!.order])
    expect(calls[0]!.text).toBe(
      '{"order_asc":true,"order_by":"update_time","page":0,"size":100,"update_time_end":1767196999,"update_time_start":1767193400}',
    )
  })

  test('that hint at an after-sale are heads', async () => {
    const { account } = platform([page(1, refunded.data.shop_order_detail)])
    const { rows } = await operations['orders.pull'](account, { span, by: 'modified', cursor: null })
    expect(rows[0]).toMatchObject({ channelStatus: '4', full: null })
  })

  test('are read from the last page to the first', async () => {
    const { account, calls } = platform([
      page(201, row('1')),
      page(201, row('3')),
      page(201, row('2')),
      page(201, row('1')),
    ])
    const pull = (cursor: string | null) => operations['orders.pull'](account, { span, by: 'created', cursor })
    expect(await pull(null)).toMatchObject({ total: 201, next: '1', rows: [{ channelOrderNo: '3' }] })
    expect(await pull('1')).toMatchObject({ next: '0', rows: [{ channelOrderNo: '2' }] })
    expect(await pull('0')).toMatchObject({ next: null, rows: [{ channelOrderNo: '1' }] })
    const asked = { order_by: 'create_time', create_time_start: 1767193400, create_time_end: 1767196999 }
    for (const [place, at] of [0, 2, 1, 0].entries()) expect(calls[place]!.params).toMatchObject({ ...asked, page: at })
  })

  test('on more pages than the platform opens ask for a shorter span', async () => {
    const { account } = platform([page(50_001, row('1'))])
    await refusal(operations['orders.pull'](account, { span, by: 'modified', cursor: null }), 'CHANNEL_UNREACHABLE')
  })

  test('are counted', async () => {
    const { account, calls, requests } = platform([page(48_000, row('1'))])
    expect(await operations['orders.count'](account, { span, by: 'created' })).toBe(48_000)
    expect(calls[0]!.params).toMatchObject({ page: 0, size: 1 })
    expect(requests[0]!.operation).toBe('orders.count')
  })
})

describe('an order', () => {
  const get = async (answers: readonly Said[], no = '6950000000000000011') => {
    const { account, calls, methods } = platform(answers)
    const seen = await operations['orders.get'](account, no)
    ChannelOrder.parse(seen.order)
    expect(douyin.inspect.orders(seen.raw)).toEqual([seen.order])
    return { ...seen, calls, methods: methods() }
  }

  test('without an after-sale is one call, and the same as in the list', async () => {
    const { order, calls, raw } = await get([waiting])
    expect(calls).toMatchObject([{ method: 'order.orderDetail', params: { shop_order_id: '6950000000000000011' } }])
    expect(JSON.parse(raw)).toEqual({ orderDetail: waiting })
    const { rows } = await operations['orders.pull'](platform([list]).account, { span, by: 'modified', cursor: null })
    expect(rows[0]!.full!.order).toEqual(order)
  })

  test('with one comes with what it gave back', async () => {
    const more = asCame('cases.json').replace('"refund_amount": 1990', '"refund_amount": 1490')
    const { order, calls, methods } = await get([refunded, more], '6950000000000000012')
    expect(methods).toEqual(['order.orderDetail', 'afterSale.List'])
    expect(calls[1]!.params).toEqual({ order_id: '6950000000000000012', page: 0, size: 100 })
    expect(order).toMatchObject({ refundedFen: 1490, orderRefundState: 'partial' })
  })

  test('keeps the digits of numbers that are too long', async () => {
    const text = JSON.stringify(waiting)
      .replace('"order_id":"6950000000000000011"', '"order_id":6950000000000000011')
      .replaceAll('"product_id_str":"3700000000000000101",', '')
      .replace(/"product_id":\d+/, '"product_id":3700000000000000101')
    const { order } = await get([text])
    expect(order.channelOrderNo).toBe('6950000000000000011')
    expect(order.lines[0]!.channelItemNo).toBe('3700000000000000101')
  })

  test.each([
    [[notFound], 'CHANNEL_NOT_FOUND'],
    [[done()], 'CHANNEL_NOT_FOUND'],
    [[done({ shop_order_detail: { order_id: '' } })], 'CHANNEL_NOT_FOUND'],
    [[done({ shop_order_detail: { ...waiting.data.shop_order_detail, pay_amount: 'much' } })], 'CHANNEL_NONSENSE'],
    [[refunded, errors['rate-limit']], 'CHANNEL_RATE_LIMITED'],
    [[refunded, done({ items: [{ aftersale_info: {} }] })], 'CHANNEL_NONSENSE'],
  ] as const)('answered with %j fails as %s', async (answers, code) => {
    await refusal(get(answers), code)
  })
})

describe('the plain receiver', () => {
  const detail = waiting.data.shop_order_detail
  const input = {
    channelOrderNo: detail.order_id,
    addressKey: '#addr-INVENTED# 1@#INVENTEDopenid0001',
    purpose: 'waybill',
  } as const
  const reveal = (answers: readonly Said[], change: Partial<typeof input> | { addressKey: string } = {}) => {
    const { account, calls } = platform(answers)
    return { calls, outcome: operations['orders.reveal'](account, { ...input, ...change }) }
  }

  test('is decrypted in one call, a virtual number with its extension', async () => {
    const { calls, outcome } = reveal([waiting, decrypted])
    expect(await outcome).toEqual({
      name: '郑青禾',
      phone: '18400000000-8821',
      address: '虚构路 12 号 3 单元 402',
    })
    const texts = [detail.encrypt_post_receiver, detail.encrypt_post_tel, detail.post_addr.encrypt_detail]
    expect(calls[1]).toMatchObject({
      method: 'order.batchDecrypt',
      params: { cipher_infos: texts.map((cipher_text) => ({ auth_id: detail.order_id, cipher_text })) },
    })
  })

  test('of an address that has changed, or that the app may not see, asks for nothing', async () => {
    const empty = { encrypt_post_receiver: '', encrypt_post_tel: '', post_addr: {} }
    for (const { calls, outcome } of [
      reveal([waiting], { addressKey: '#other# 1@#INVENTEDopenid0001' }),
      reveal([done({ shop_order_detail: { ...detail, ...empty } })]),
    ]) {
      await refusal(outcome, 'CHANNEL_REFUSED')
      expect(calls).toHaveLength(1)
    }
  })

  const rows = decrypted.data.decrypt_infos
  const partly = (err_msg: string) => ({
    code: 10001,
    data: { decrypt_infos: [rows[0], { ...rows[1], err_no: 5, err_msg }] },
  })
  test.each([
    [partly('无权解密'), 'CHANNEL_REFUSED'],
    [partly('今日解密额度已用完'), 'CHANNEL_QUOTA_EXHAUSTED'],
    [done({ decrypt_infos: rows.slice(0, 1) }), 'CHANNEL_NONSENSE'],
  ] as const)('answered with %j fails as %s', async (said, code) => {
    await refusal(reveal([waiting, said]).outcome, code)
  })
})

describe('listings', () => {
  const pull = (answers: readonly Said[], cursor: string | null = null) => {
    const { account, calls } = platform(answers)
    return { calls, outcome: operations['products.pull'](account, cursor) }
  }

  test('are every SKU of what is not deleted', async () => {
    const { calls, outcome } = pull([asCame('products.json'), asCame('skus.json')])
    const { rows, total, next } = await outcome
    expect([rows.length, total, next]).toEqual([2, null, null])
    expect(Listing.parse(rows[0])).toEqual({
      channelItemNo: '3700000000000000101',
      channelSkuNo: '3412340000000001',
      merchantCode: 'SODA-400',
      barcode: null,
      title: '海盐苏打饼干 400g',
      specification: '口味:海盐;净含量:400g',
      imageUrl: 'https://p3.example/INVENTED.jpeg',
      priceFen: 1990,
      quantity: 88,
      isOnSale: true,
      modifiedAt: '2025-12-30T13:06:40.000Z',
    })
    expect(rows[1]).toMatchObject({ merchantCode: null, specification: '黑椒;400g', quantity: 0 })
    expect(calls.map(({ method, text }) => [method, text])).toEqual([
      ['product.listV2', '{"page":1,"size":50}'],
      ['sku.list', '{"product_id":3700000000000000101}'],
    ])
  })

  test('go on page by page', async () => {
    const many = { ...products, data: { ...products.data, total: 101 } }
    expect((await pull([many, skus], '2').outcome).next).toBe('3')
    expect((await pull([many, skus], '3').outcome).next).toBeNull()
  })

  test('that are too many to be listed are refused, not left out', async () => {
    await refusal(pull([done({ data: [], total: 10_001 })]).outcome, 'CHANNEL_REFUSED')
    await refusal(pull([products, done({ data: [] })]).outcome, 'CHANNEL_NONSENSE')
  })
})

describe('after-sales', () => {
  test('of a span are read whole, and one alone says the same', async () => {
    const { account, calls } = platform([asCame('cases.json'), asCame('cases.json')])
    const { rows, total, next } = await operations['aftersales.pull'](account, { span, cursor: null })
    expect([total, next]).toEqual([2, null])
    for (const { case: each } of rows) expect(ChannelCase.parse(each)).toEqual(each)
    expect(rows[0]!.case).toMatchObject({
      channelCaseNo: '147300000000000001',
      channelOrderNo: '6950000000000000012',
      channelStatus: '12',
      state: 'success',
      kind: 'refund-only',
      refundFen: 1990,
      quantity: 1,
      beforeShipping: true,
      createdAt: '2025-12-31T15:46:40.000Z',
      modifiedAt: '2025-12-31T16:01:40.000Z',
    })
    expect(rows[1]!.case).toMatchObject({ state: 'requested', beforeShipping: false })
    expect(calls[0]!.text).toBe(
      '{"order_by":["update_time asc"],"page":0,"size":100,"update_end_time":1767196999,"update_start_time":1767193400}',
    )
    const { channelCaseNo, channelOrderNo } = rows[0]!.case
    expect(await operations['aftersales.get'](account, { channelCaseNo, channelOrderNo })).toEqual(rows[0])
    expect(calls[1]!.params).toMatchObject({ order_id: channelOrderNo })
  })

  test.each([
    [0, 'return-and-refund', false, 2],
    [3, 'exchange', false, 2],
    [6, 'refund-only', null, null],
    [7, 'reship', false, 2],
    [8, 'repair', false, 2],
    [99, 'other', null, 2],
  ])('of type %i are %s', async (aftersale_type, kind, beforeShipping, quantity) => {
    const [item] = cases.data.items
    const items = [
      {
        aftersale_info: { ...item!.aftersale_info, aftersale_type },
        order_info: { shop_order_id: 'P1', related_order_info: [{ sku_order_id: 'L1', aftersale_item_num: 2 }] },
      },
    ]
    const { account } = platform([done({ items, total: 1 })])
    const { rows } = await operations['aftersales.pull'](account, { span, cursor: null })
    expect(rows[0]!.case).toMatchObject({ kind, beforeShipping, quantity, channelLineNo: 'L1' })
  })

  test('nobody opened are not found', async () => {
    const none = { channelCaseNo: '9', channelOrderNo: '6950000000000000012' }
    await refusal(operations['aftersales.get'](platform([cases]).account, none), 'CHANNEL_NOT_FOUND')
    await refusal(operations['aftersales.get'](platform([notFound]).account, none), 'CHANNEL_NOT_FOUND')
  })
})
