import { describe, expect, test } from 'vitest'
import { ChannelCase, ChannelOrder, Listing } from '../../../core/channel/shapes.ts'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { xiaohongshu } from './index.ts'
import { XiaohongshuCredentials } from './manifest.ts'
import caseReturn from './samples/case-return.json' with { type: 'json' }
import caseUnshipped from './samples/case-unshipped.json' with { type: 'json' }
import cases from './samples/cases.json' with { type: 'json' }
import decrypted from './samples/decrypted.json' with { type: 'json' }
import closed from './samples/detail-closed.json' with { type: 'json' }
import multi from './samples/detail-multi.json' with { type: 'json' }
import refunded from './samples/detail-refunded.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import listModified from './samples/list-modified.json' with { type: 'json' }
import masks from './samples/masks.json' with { type: 'json' }
import products from './samples/products.json' with { type: 'json' }
import receivers from './samples/receivers.json' with { type: 'json' }
import token from './samples/token.json' with { type: 'json' }
import { signCall } from './sign.ts'

const now = Date.parse('2026-01-01T00:03:20Z')
const address = 'https://ark.example'
const operations = xiaohongshu.operations as Required<typeof xiaohongshu.operations>
const own = XiaohongshuCredentials.parse({
  appId: '5f1c9a7e2b3d4c6f8a90',
  appSecret: 'b7d3e1f09a8c4d52a6e7f8091b2c3d4e',
  accessToken: 'token-1',
  refreshToken: 'refresh-1',
  sellerId: '66a1b2c3d4e5f60718293a4b',
  sellerName: '青屿小铺',
})

type Body = Record<string, unknown> & { readonly method: string; readonly timestamp: string }
type Said = object | string

/** A platform that gives the answers one after the other and refuses a call that is not signed at the moment it names. */
function platform(answers: readonly Said[], credentials = own) {
  const calls: Body[] = []
  const requests: OutgoingRequest[] = []
  const account: Account<XiaohongshuCredentials> = {
    credentials,
    address,
    now: () => now,
    send: async (request): Promise<Answer> => {
      const body = JSON.parse(request.body ?? '') as Body
      const { method, timestamp } = body
      const signed = { appId: credentials.appId, method, timestamp, version: '2.0' }
      expect(request.url).toBe(`${address}/ark/open_api/v3/common_controller`)
      expect(body).toMatchObject({ ...signed, sign: signCall(signed, credentials.appSecret) })
      calls.push(body)
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${method}`)
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

const ok = (data: object = {}) => ({ success: true, error_code: 0, data })
const emptyList = ok({ total: 0, pageNo: 1, pageSize: 1, maxPageNo: 1, orderList: [] })

describe('a call', () => {
  test('carries the common fields beside its own', async () => {
    const { account, calls, requests } = platform([emptyList])
    await operations['shop.describe'](account)
    expect(calls[0]).toMatchObject({
      method: 'order.getOrderList',
      timestamp: '1767225800',
      accessToken: 'token-1',
      startTime: 1767225740,
      endTime: 1767225799,
      timeType: 1,
    })
    expect(requests[0]).toMatchObject({ operation: 'shop.describe', method: 'POST', isWrite: false })
  })

  test('without a token is not sent', async () => {
    const { accessToken: _, ...bare } = own
    await refusal(operations['shop.describe'](platform([], bare).account), 'CHANNEL_NOT_AUTHORISED')
  })

  test.each([
    [errors['rate-limited'], 'CHANNEL_RATE_LIMITED', 1_000],
    [errors['token-invalid-or-expired'], 'CHANNEL_NOT_AUTHORISED', undefined],
    [errors['bad-signature'], 'CHANNEL_MISCONFIGURED', undefined],
    [errors['system-error'], 'CHANNEL_UNREACHABLE', undefined],
    [errors['bad-parameter'], 'CHANNEL_REFUSED', undefined],
    ['<html>', 'CHANNEL_UNREACHABLE', undefined],
    [{ success: true, data: 'nothing' }, 'CHANNEL_NONSENSE', undefined],
    [{ success: true, data: { orderList: {} } }, 'CHANNEL_NONSENSE', undefined],
    [ok({ orderList: [] }), 'CHANNEL_NONSENSE', undefined],
  ] as const)('answered with %j fails as %s', async (said, code, retryAfterMs) => {
    const span = { from: now - 60_000, to: now }
    const failure = await refusal(operations['orders.count'](platform([said]).account, { span, by: 'created' }), code)
    expect(failure.details.retryAfterMs).toBe(retryAfterMs)
  })
})

describe('the shop', () => {
  test('is as authorisation told it', async () => {
    expect(await operations['shop.describe'](platform([emptyList]).account)).toEqual({
      channelShopNo: '66a1b2c3d4e5f60718293a4b',
      name: '青屿小铺',
    })
  })
})

describe('authorisation', () => {
  test('begins at the page of the same host', async () => {
    const { account } = platform([])
    const { url } = await operations['auth.start'](account, { redirectUri: 'https://erp.example/a?b=1', state: 's 1' })
    expect(url).toBe(
      `${address}/ark/authorization?appId=${own.appId}&redirectUri=https%3A%2F%2Ferp.example%2Fa%3Fb%3D1&state=s+1`,
    )
  })

  const bare = XiaohongshuCredentials.parse({ appId: own.appId, appSecret: own.appSecret, returnAddressNo: '105380' })
  test('ends with a pair of tokens, the shop and their lives', async () => {
    const { account, calls } = platform([token], bare)
    const authorised = await operations['auth.finish'](account, { redirectUri: '', query: { code: 'c1', state: 's' } })
    expect(authorised).toEqual({
      credentials: {
        ...bare,
        accessToken: token.data.accessToken,
        refreshToken: token.data.refreshToken,
        sellerId: token.data.sellerId,
        sellerName: token.data.sellerName,
      },
      expiresAt: token.data.accessTokenExpiresAt,
      refreshableUntil: token.data.refreshTokenExpiresAt,
      channelShopNo: token.data.sellerId,
      shopName: token.data.sellerName,
    })
    expect(calls[0]).toMatchObject({ method: 'oauth.getAccessToken', code: 'c1' })
    expect(calls[0]).not.toHaveProperty('accessToken')
  })

  test('that was declined is refused, and so is a bad code', async () => {
    const finish = (answers: Said[], query: Record<string, string>) =>
      operations['auth.finish'](platform(answers, bare).account, { redirectUri: '', query })
    const declined = await refusal(finish([], { error: 'access_denied' }), 'CHANNEL_REFUSED')
    expect(declined.details.reason).toBe('access_denied')
    await refusal(
      finish([{ success: false, error_code: 50001, error_msg: 'code 无效' }], { code: 'x' }),
      'CHANNEL_REFUSED',
    )
    await refusal(finish([ok()], { code: 'x' }), 'CHANNEL_NONSENSE')
  })

  test('is renewed by its refresh token', async () => {
    const { account, calls } = platform([token])
    const { credentials } = await operations['auth.refresh'](account)
    expect(credentials).toMatchObject({ accessToken: token.data.accessToken, refreshToken: token.data.refreshToken })
    expect(calls[0]).toMatchObject({ method: 'oauth.refreshToken', refreshToken: 'refresh-1' })
    expect(calls[0]).not.toHaveProperty('accessToken')
  })

  test.each([
    [{ success: false, error_code: 50002, error_msg: 'refreshToken 已过期' }, 'CHANNEL_NOT_AUTHORISED'],
    [errors['token-invalid-or-expired'], 'CHANNEL_NOT_AUTHORISED'],
    [errors['system-error'], 'CHANNEL_UNREACHABLE'],
  ] as const)('that cannot be renewed, by %j, fails as %s', async (said, code) => {
    await refusal(operations['auth.refresh'](platform([said]).account), code)
  })

  test('without a refresh token asks nobody', async () => {
    await refusal(operations['auth.refresh'](platform([], bare).account), 'CHANNEL_NOT_AUTHORISED')
  })
})

const span = { from: Date.parse('2025-12-31T15:33:20.500Z'), to: Date.parse('2025-12-31T16:03:20Z') }
const page = (total: number, ...orderList: object[]) => ok({ total, orderList })
const row = (n: number) => ({ orderId: `P${n}`, orderStatus: 4, updateTime: 1767196000000 + n })

describe('orders of a span', () => {
  test('come as heads, in whole seconds, the last one that of the end left out', async () => {
    const { account, calls } = platform([listModified])
    const { rows, total, next } = await operations['orders.pull'](account, { span, by: 'modified', cursor: null })
    expect(rows.map((head) => [head.channelOrderNo, head.channelStatus, head.modifiedAt, head.full])).toEqual([
      ['P770011223344556602', '5', 1767196600007, null],
      ['P770011223344556603', '7', 1767196000033, null],
      ['P770011223344556604', '8', 1767196900001, null],
    ])
    expect([total, next]).toEqual([3, null])
    const asked = { startTime: 1767195200, endTime: 1767196999, timeType: 2, pageNo: 1, pageSize: 100 }
    expect(calls[0]).toMatchObject(asked)
  })

  test('are read from the last page to the first', async () => {
    const { account, calls } = platform([page(201, row(1)), page(201, row(3)), page(201, row(2)), page(201, row(1))])
    const pull = (cursor: string | null) => operations['orders.pull'](account, { span, by: 'created', cursor })
    const last = await pull(null)
    expect(last).toMatchObject({ total: 201, next: '2', rows: [{ channelOrderNo: 'P3' }] })
    expect(await pull('2')).toMatchObject({ next: '1', rows: [{ channelOrderNo: 'P2' }] })
    expect(await pull('1')).toMatchObject({ next: null, rows: [{ channelOrderNo: 'P1' }] })
    expect(calls.map((call) => [call.pageNo, call.timeType])).toEqual([
      [1, 1],
      [3, 1],
      [2, 1],
      [1, 1],
    ])
  })

  test('on more pages than the platform opens ask for a shorter span', async () => {
    const { account } = platform([page(10_001, row(1))])
    await refusal(operations['orders.pull'](account, { span, by: 'modified', cursor: null }), 'CHANNEL_UNREACHABLE')
  })

  test('are counted', async () => {
    const { account, calls } = platform([page(48_000, row(1))])
    expect(await operations['orders.count'](account, { span, by: 'created' })).toBe(48_000)
    expect(calls[0]).toMatchObject({ timeType: 1, pageSize: 1 })
  })
})

describe('an order', () => {
  const get = async (answers: readonly Said[]) => {
    const { account, calls, requests } = platform(answers)
    const seen = await operations['orders.get'](account, 'P770011223344556601')
    ChannelOrder.parse(seen.order)
    return { ...seen, methods: calls.map(({ method }) => method), calls, requests }
  }

  test('that waits comes with its receiver masked, and says the same in the inspector', async () => {
    const { order, raw, methods, calls } = await get([multi, receivers.matched, masks])
    expect(methods).toEqual(['order.getOrderDetail', 'order.getOrderReceiverInfo', 'data.batchDesensitise'])
    expect(calls[1]).toMatchObject({
      receiverQueries: [{ orderId: 'P770011223344556601', openAddressId: multi.data.openAddressId }],
      isReturn: false,
    })
    const [first, ...others] = masks.data.desensitiseInfoList.map(({ encryptedData }) => ({
      dataTag: 'P770011223344556601',
      encryptedData,
    }))
    expect(calls[2]).toMatchObject({ baseInfos: [first, ...others], actionType: '1', appUserId: 'tongdan' })
    expect(order.receiver).toMatchObject({
      name: '沈**',
      phone: '184****0000',
      raw: { town: '平江街道', address: '虚构巷****' },
      privacy: 'masked',
    })
    expect(xiaohongshu.inspect.orders(raw)).toEqual([order])
    const answers = { getOrderDetail: multi, getOrderReceiverInfo: receivers.matched, batchDesensitise: masks }
    expect(JSON.parse(raw)).toEqual(answers)
  })

  test.each([
    ['declined', errors['bad-parameter']],
    ['used up', errors['decrypt-quota']],
    ['left out', ok({ desensitiseInfoList: masks.data.desensitiseInfoList.slice(0, 2) })],
  ])('whose masks are %s keeps the ciphertext', async (_, said) => {
    const { order, raw } = await get([multi, receivers.matched, said])
    const [{ receiverAddress } = { receiverAddress: '' }] = receivers.matched.data.receiverInfos
    expect(order).toMatchObject({ receiver: { privacy: 'encrypted', raw: { address: receiverAddress } }, warnings: [] })
    expect(xiaohongshu.inspect.orders(raw)).toEqual([order])
  })

  test('with an after-sale comes with what it gave back', async () => {
    const one = { ...cases, data: { ...cases.data, afterSaleBasicInfos: [cases.data.afterSaleBasicInfos[0]] } }
    const { order, raw, methods, calls } = await get([refunded, one, caseReturn])
    expect(methods).toEqual(['order.getOrderDetail', 'afterSale.listAfterSaleInfos', 'afterSale.getAfterSaleInfo'])
    expect(calls[1]).toMatchObject({ orderId: 'P770011223344556603', pageNo: 1 })
    expect(order).toMatchObject({ refundedFen: 6900, orderRefundState: 'partial' })
    expect(xiaohongshu.inspect.orders(raw)).toEqual([order])
    expect(JSON.parse(raw)).toEqual({ getOrderDetail: refunded, getAfterSaleInfo: [caseReturn] })
  })

  test('that was closed after payment is asked for after-sales though it names none', async () => {
    const skuList = closed.data.skuList.map((sku) => ({ ...sku, skuAfterSaleStatus: 1 }))
    const silent = { ...closed, data: { ...closed.data, orderAfterSalesStatus: 1, skuList } }
    const one = { ...cases, data: { ...cases.data, afterSaleBasicInfos: [cases.data.afterSaleBasicInfos[1]] } }
    expect((await get([silent, one, caseUnshipped])).order).toMatchObject({ refundedFen: 12000 })
  })

  test('of an exchange asks for its receiver as one', async () => {
    const exchange = { ...multi, data: { ...multi.data, orderType: 5 } }
    expect((await get([exchange, receivers.matched, masks])).calls[1]).toMatchObject({ isReturn: true })
  })

  test('whose receiver is refused, or changed meanwhile, is told without', async () => {
    const refused = await get([multi, { success: false, error_code: 50300, error_msg: '订单状态不支持' }])
    expect(refused.order).toMatchObject({ receiver: { privacy: 'absent' }, warnings: ['receiver-refused'] })
    const changed = await get([multi, receivers.changed])
    expect(changed.order).toMatchObject({ receiver: { privacy: 'absent' }, warnings: ['receiver-outdated'] })
    expect(xiaohongshu.inspect.orders(changed.raw)).toEqual([changed.order])
  })

  test.each([
    [[errors['not-found-or-foreign']], 'CHANNEL_NOT_FOUND'],
    [[ok()], 'CHANNEL_NONSENSE'],
    [[ok({ ...multi.data, totalPayAmount: 'much' }), receivers.matched, masks], 'CHANNEL_NONSENSE'],
    [[multi, errors['rate-limited']], 'CHANNEL_RATE_LIMITED'],
    [[multi, receivers.matched, errors['system-error']], 'CHANNEL_UNREACHABLE'],
    [[multi, receivers.matched, ok({ desensitiseInfoList: [{}] })], 'CHANNEL_NONSENSE'],
    [[refunded, errors['system-error']], 'CHANNEL_UNREACHABLE'],
  ] as const)('answered with %j fails as %s', async (answers, code) => {
    await refusal(get(answers), code)
  })

  test('keeps the digits of numbers that are too long', async () => {
    const long = JSON.stringify(closed).replace('"P770011223344556604"', '770011223344556604')
    expect((await get([long, ok({ afterSaleBasicInfos: [] })])).order.channelOrderNo).toBe('770011223344556604')
  })
})

describe('the plain receiver', () => {
  const input = {
    channelOrderNo: 'P770011223344556601',
    addressKey: '6d5f0c7be1a24938a0d1c2b3e4f50617',
    purpose: 'waybill',
  } as const

  test('is decrypted in one call, a virtual number in the place of the telephone', async () => {
    const { account, calls } = platform([multi, receivers.matched, decrypted.ok])
    expect(await operations['orders.reveal'](account, input)).toEqual({
      name: '沈知夏',
      phone: '18400000000-8821',
      address: '虚构巷 12 号 3 单元 402',
    })
    const [info] = receivers.matched.data.receiverInfos
    expect(calls[2]).toMatchObject({
      method: 'data.batchDecrypt',
      baseInfos: [info!.receiverName, info!.receiverPhone, info!.receiverAddress].map((encryptedData) => ({
        dataTag: 'P770011223344556601',
        encryptedData,
      })),
      actionType: '2',
    })
  })

  test.each([
    ['service', '1'],
    ['after-sales', '1'],
  ] as const)('is asked for %s as %s', async (purpose, actionType) => {
    const { account, calls } = platform([multi, receivers.matched, decrypted.ok])
    await operations['orders.reveal'](account, { ...input, purpose })
    expect(calls[2]).toMatchObject({ actionType })
  })

  test('of an address that has changed is refused before anything is decrypted', async () => {
    const other = operations['orders.reveal'](platform([multi]).account, { ...input, addressKey: '0' })
    await refusal(other, 'CHANNEL_REFUSED')
    await refusal(operations['orders.reveal'](platform([multi, receivers.changed]).account, input), 'CHANNEL_REFUSED')
    await refusal(
      operations['orders.reveal'](platform([multi, ok({ receiverInfos: [] })]).account, input),
      'CHANNEL_REFUSED',
    )
  })

  const half = ok({ dataInfoList: decrypted.ok.data.dataInfoList.slice(0, 1) })
  test.each([
    [decrypted.quota, 'CHANNEL_QUOTA_EXHAUSTED'],
    [half, 'CHANNEL_NONSENSE'],
  ] as const)('answered with %j fails as %s', async (said, code) => {
    await refusal(operations['orders.reveal'](platform([multi, receivers.matched, said]).account, input), code)
  })
})

describe('listings', () => {
  test('are every SKU, page by page', async () => {
    const { account, calls } = platform([products, { ...products, data: { ...products.data, total: 103 } }])
    const { rows, total, next } = await operations['products.pull'](account, null)
    expect([total, next]).toEqual([3, null])
    expect(Listing.parse(rows[0])).toEqual({
      channelItemNo: '67f0a1b2c3d4e5f6a7b8000a',
      channelSkuNo: '67f0a1b2c3d4e5f6a7b8000b',
      merchantCode: 'OOLONG-GH-15',
      barcode: 'XHS-INVA7B8000B',
      title: '桂花乌龙茶包',
      specification: '规格:15包/盒',
      imageUrl: 'https://qimg.xiaohongshu.com/arkgoods/INVENTED',
      priceFen: 3990,
      quantity: 112,
      isOnSale: true,
      modifiedAt: '2025-12-30T12:16:40.000Z',
    })
    expect(rows[2]).toMatchObject({ merchantCode: null })
    expect((await operations['products.pull'](account, '2')).next).toBe('3')
    expect(calls.map((call) => [call.pageNo, call.pageSize])).toEqual([
      [1, 50],
      [2, 50],
    ])
  })
})

describe('after-sales', () => {
  const listed = {
    ...cases,
    data: { ...cases.data, totalCount: 2, afterSaleBasicInfos: cases.data.afterSaleBasicInfos.slice(0, 2) },
  }

  test('of a span are read whole, and one alone says the same', async () => {
    const { account, calls } = platform([listed, caseReturn, caseUnshipped, caseReturn])
    const { rows, total, next } = await operations['aftersales.pull'](account, { span, cursor: null })
    expect([total, next]).toEqual([2, null])
    for (const { case: each } of rows) expect(ChannelCase.parse(each)).toEqual(each)
    expect(rows[0]!.case).toMatchObject({ returnWaybillNo: 'ZT0000000000014', refundFen: 6900, quantity: 1 })
    expect(rows[1]!.case).toMatchObject({ returnWaybillNo: null, refundFen: 12000, beforeShipping: true })
    const asked = { startTime: span.from, endTime: span.to - 1, timeType: 2, pageNo: 1 }
    expect(calls[0]).toMatchObject({ method: 'afterSale.listAfterSaleInfos', ...asked })

    const { channelCaseNo, channelOrderNo } = rows[0]!.case
    const one = await operations['aftersales.get'](account, { channelCaseNo, channelOrderNo })
    expect(one).toEqual(rows[0])
  })

  test('nobody opened are not found', async () => {
    const { account } = platform([errors['not-found-or-foreign']])
    const none = { channelCaseNo: 'R9', channelOrderNo: 'P9' }
    await refusal(operations['aftersales.get'](account, none), 'CHANNEL_NOT_FOUND')
  })
})
