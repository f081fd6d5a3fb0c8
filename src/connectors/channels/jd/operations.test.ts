import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { PullInput } from '../../../kit/channel.ts'
import { jd } from './index.ts'
import { address, answerOf, now, own, platform, refusal } from './made-up.ts'
import { JdCredentials } from './manifest.ts'
import asc from './samples/asc-query-list.json' with { type: 'json' }
import view from './samples/asc-serviceandrefund-view.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import token from './samples/oauth-access-token.json' with { type: 'json' }
import oauthError from './samples/oauth-error.json' with { type: 'json' }
import full from './samples/pop-order-get-full.json' with { type: 'json' }
import split from './samples/pop-order-search-split.json' with { type: 'json' }
import refunds from './samples/refundapply-querypagelist.json' with { type: 'json' }
import shop from './samples/vender-shop-query.json' with { type: 'json' }

const operations = jd.operations as Required<typeof jd.operations>
const applicationsMethod = 'jingdong.pop.afs.soa.refundapply.queryPageList'
const noApplications = answerOf(applicationsMethod, { queryResult: { success: true, totalCount: 0 } })

describe('a call', () => {
  test('carries the common parameters', async () => {
    const { account, calls, requests } = platform([shop])
    expect(await operations['shop.describe'](account)).toEqual({
      channelShopNo: '20888001',
      name: '青禾家居官方旗舰店',
    })
    expect(calls[0]?.form).toMatchObject({
      method: 'jingdong.vender.shop.query',
      app_key: 'DEMOAPPKEY0001',
      access_token: 'demoaccesstoken0001',
      timestamp: '2025-10-16 21:30:00',
      v: '2.0',
      '360buy_param_json': '{}',
    })
    expect(requests[0]).toMatchObject({ operation: 'shop.describe', url: `${address}/routerjson`, isWrite: false })
  })

  test('without a token is not sent', async () => {
    const { accessToken: _, ...bare } = own
    await refusal(operations['shop.describe'](platform([], bare).account), 'CHANNEL_NOT_AUTHORISED')
  })

  const late = {
    body: JSON.stringify(errors.invalid_timestamp),
    headers: { date: 'Thu, 16 Oct 2025 14:00:00 GMT' },
  }
  test('with a wrong clock is sent once more with the time of the answer', async () => {
    const { account, calls } = platform([late, shop])
    await operations['shop.describe'](account)
    expect(calls.map(({ timestamp }) => timestamp)).toEqual(['2025-10-16 21:30:00', '2025-10-16 22:00:00'])
  })

  test('whose clock stays wrong fails, after one repetition', async () => {
    await refusal(operations['shop.describe'](platform([late, late]).account), 'CHANNEL_UNREACHABLE')
    await refusal(operations['shop.describe'](platform([errors.invalid_timestamp]).account), 'CHANNEL_UNREACHABLE')
  })

  test.each([
    [errors.rate_limit, 'CHANNEL_QUOTA_EXHAUSTED', 60_000],
    [{ status: 429 }, 'CHANNEL_RATE_LIMITED', 1000],
    [errors.invalid_or_expired_token, 'CHANNEL_NOT_AUTHORISED', undefined],
    [errors.missing_token, 'CHANNEL_NOT_AUTHORISED', undefined],
    [errors.no_permission, 'CHANNEL_PERMISSION', undefined],
    [errors.invalid_signature, 'CHANNEL_MISCONFIGURED', undefined],
    [errors.invalid_app_key, 'CHANNEL_MISCONFIGURED', undefined],
    ['<html>', 'CHANNEL_UNREACHABLE', undefined],
    [{ another_responce: {} }, 'CHANNEL_NONSENSE', undefined],
    [answerOf('jingdong.vender.shop.query', {}), 'CHANNEL_NONSENSE', undefined],
    [answerOf('jingdong.vender.shop.query', { shop_jos_result: {} }), 'CHANNEL_NONSENSE', undefined],
  ] as const)('answered with %j fails as %s', async (said, code, retryAfterMs) => {
    const failure = await refusal(operations['shop.describe'](platform([said]).account), code)
    expect(failure.details.retryAfterMs).toBe(retryAfterMs)
  })

  test('is understood in the other spelling of the root', async () => {
    const { shop_jos_result } = shop.jingdong_vender_shop_query_responce
    const { account } = platform([{ jingdong_vender_shop_query_response: { shop_jos_result } }])
    expect((await operations['shop.describe'](account)).channelShopNo).toBe('20888001')
  })
})

describe('authorising', () => {
  const typed = { appKey: own.appKey, appSecret: own.appSecret }
  const redirectUri = 'https://oms.example/back'
  const finish = (at: ReturnType<typeof platform>, query: Record<string, string>) =>
    operations['auth.finish'](at.account, { redirectUri, query })

  test('starts at the platform, or at the simulator’s address', async () => {
    const at = (base: string) =>
      operations['auth.start'](platform([], typed, base).account, { redirectUri, state: 's1' })
    const url = new URL((await at('https://api.jd.com')).url)
    expect(url.origin + url.pathname).toBe('https://open-oauth.jd.com/oauth2/to_login')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_key: 'DEMOAPPKEY0001',
      response_type: 'code',
      redirect_uri: redirectUri,
      state: 's1',
      scope: 'snsapi_base',
    })
    expect((await at(address)).url).toMatch(/^https:\/\/jd\.example\/oauth2\/to_login\?/)
  })

  test('brings the tokens, their life and the shop', async () => {
    const at = platform([token, shop], typed, 'https://api.jd.com')
    const authorised = await finish(at, { code: 'c1', state: 's1' })
    expect(authorised).toEqual({
      credentials: {
        ...typed,
        accessToken: token.access_token,
        refreshToken: token.refresh_token,
        venderId: '10999001',
      },
      expiresAt: now + 31_535_999_000,
      refreshableUntil: now + 31_535_999_000,
      channelShopNo: '20888001',
      shopName: '青禾家居官方旗舰店',
    })
    expect(JdCredentials.parse(authorised.credentials)).toEqual(authorised.credentials)
    const [exchange] = at.requests
    const url = new URL(exchange!.url)
    expect(exchange).toMatchObject({ method: 'GET', body: null })
    expect(url.origin + url.pathname).toBe('https://open-oauth.jd.com/oauth2/access_token')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_key: 'DEMOAPPKEY0001',
      app_secret: 'demosecret',
      grant_type: 'authorization_code',
      code: 'c1',
    })
    expect(at.calls[0]?.form.access_token).toBe(token.access_token)
  })

  test.each([
    [{ error: 'access_denied', error_description: '商家取消了授权' }, '商家取消了授权'],
    [{}, '没有授权码，请重新点“授权”'],
  ])('%j was declined', async (query, reason) => {
    expect((await refusal(finish(platform([], typed), query), 'CHANNEL_REFUSED')).details.reason).toBe(reason)
  })

  test('a used code is no authorisation, and half a token nonsense', async () => {
    await refusal(finish(platform([oauthError], typed), { code: 'c1' }), 'CHANNEL_NOT_AUTHORISED')
    await refusal(finish(platform([{ code: 0, access_token: 'a' }], typed), { code: 'c1' }), 'CHANNEL_NONSENSE')
  })

  test('is renewed', async () => {
    const { account, requests } = platform([{ ...token, access_token: 'a2', refresh_token: null }, shop])
    const renewed = await operations['auth.refresh'](account)
    expect(renewed).toMatchObject({ credentials: { ...own, accessToken: 'a2' }, refreshableUntil: null })
    expect(requests[0]?.url).toBe(
      `${address}/oauth2/refresh_token?app_key=DEMOAPPKEY0001&app_secret=demosecret&grant_type=refresh_token&refresh_token=demorefreshtoken0001`,
    )
  })

  test('is over where it cannot be renewed', async () => {
    await refusal(operations['auth.refresh'](platform([], typed).account), 'CHANNEL_NOT_AUTHORISED')
    for (const said of [oauthError, { status: 400, body: '{}' }]) {
      await refusal(operations['auth.refresh'](platform([said]).account), 'CHANNEL_NOT_AUTHORISED')
    }
    await refusal(operations['auth.refresh'](platform([{ status: 502 }]).account), 'CHANNEL_UNREACHABLE')
  })
})

describe('pulling orders', () => {
  const span = { from: Date.parse('2025-10-16T12:30:00Z'), to: Date.parse('2025-10-16T13:00:00Z') }
  const pull = (change: Partial<PullInput> = {}): PullInput => ({ span, by: 'modified', cursor: null, ...change })
  const page = (orderTotal: number, ...orderIds: string[]) =>
    answerOf('jingdong.pop.order.search', {
      searchorderinfo_result: {
        apiResult: { success: true },
        orderTotal,
        orderInfoList: orderIds.map((orderId) => ({
          orderId,
          orderState: orderId.startsWith('p') ? 'PARENT_TRADE_CANCELED' : 'NOT_PAY',
          modified: '2025-10-16 20:41:40',
        })),
      },
    })

  test('leaves out parents that were split, and takes them off the count', async () => {
    const { account, calls } = platform([split])
    const { rows, total, next } = await operations['orders.pull'](account, pull())
    expect(rows).toEqual(
      ['301300000201', '301300000202'].map((channelOrderNo) => ({
        channelOrderNo,
        channelStatus: 'WAIT_SELLER_STOCK_OUT',
        modifiedAt: Date.parse('2025-10-16T12:41:40Z'),
        full: null,
      })),
    )
    expect({ total, next }).toEqual({ total: 2, next: null })
    expect(calls[0]).toMatchObject({
      method: 'jingdong.pop.order.search',
      params: {
        start_date: '2025-10-16 20:30:00',
        end_date: '2025-10-16 20:59:59',
        order_state: 'ALL',
        page: '1',
        page_size: '50',
        sortType: '0',
        dateType: '0',
      },
    })
  })

  test('walks from the last page to the first, with one total on all', async () => {
    const { account, calls } = platform([
      page(101, 'a'),
      page(101, 'c'),
      page(1, 'p1'),
      page(101, 'b'),
      page(101, 'p1'),
    ])
    const seen: string[] = []
    const totals: (number | null)[] = []
    let cursor: string | null = null
    do {
      const answer: Awaited<ReturnType<(typeof operations)['orders.pull']>> = await operations['orders.pull'](
        account,
        pull({ cursor }),
      )
      seen.push(...answer.rows.map((row) => row.channelOrderNo))
      totals.push(answer.total)
      cursor = answer.next
    } while (cursor !== null)
    expect(seen).toEqual(['c', 'b'])
    expect(totals).toEqual([100, 100, 100])
    expect(calls.map(({ params }) => [params.page, params.order_state])).toEqual([
      ['1', 'ALL'],
      ['3', 'ALL'],
      ['1', 'PARENT_TRADE_CANCELED'],
      ['2', 'ALL'],
      ['1', 'ALL'],
    ])
  })

  test('by time of creation asks for it', async () => {
    const { account, calls } = platform([page(0)])
    expect(await operations['orders.pull'](account, pull({ by: 'created' }))).toEqual({
      rows: [],
      total: 0,
      next: null,
    })
    expect(calls[0]?.params.dateType).toBe('1')
  })

  test('counts orders without parents', async () => {
    const { account, calls } = platform([page(7, 'a'), page(2, 'p1')])
    expect(await operations['orders.count'](account, { span, by: 'modified' })).toBe(5)
    expect(calls.map(({ params }) => params.page_size)).toEqual(['1', '1'])
  })

  test('a span without a whole second asks nothing', async () => {
    const brief = { from: span.from + 1, to: span.from + 999 }
    expect(await operations['orders.pull'](platform([]).account, pull({ span: brief }))).toMatchObject({
      rows: [],
      total: 0,
    })
  })

  test.each([
    [answerOf('jingdong.pop.order.search', {})],
    [answerOf('jingdong.pop.order.search', { searchorderinfo_result: { orderInfoList: [] } })],
    [answerOf('jingdong.pop.order.search', { searchorderinfo_result: { orderTotal: 1, orderInfoList: 'none' } })],
    [
      answerOf('jingdong.pop.order.search', {
        searchorderinfo_result: { orderTotal: 1, orderInfoList: [{ orderId: 1 }] },
      }),
    ],
  ])('%j is nonsense', async (said) => {
    await refusal(operations['orders.pull'](platform([said]).account, pull()), 'CHANNEL_NONSENSE')
  })
})

describe('one order', () => {
  const { orderInfo } = full.jingdong_pop_order_get_responce.orderDetailInfo
  const detail = (change: object) =>
    answerOf('jingdong.pop.order.get', { orderDetailInfo: { orderInfo: { ...orderInfo, ...change } } })
  const get = (at: ReturnType<typeof platform>) => operations['orders.get'](at.account, '301284756120')

  test('not yet sent comes with its applications, and keeps all numbers as text', async () => {
    const rows = refunds.jingdong_pop_afs_soa_refundapply_queryPageList_responce.queryResult.result
    const own = [{ ...rows[0], orderId: '301284756120' }, rows[1]]
    const at = platform([full, answerOf(applicationsMethod, { queryResult: { totalCount: 2, result: own } })])
    const { order, raw } = await get(at)
    expect(ChannelOrder.parse(order)).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
    expect(JSON.parse(raw)).toMatchObject({
      orderInfo: { orderId: '301284756120' },
      refunds: [{ id: '24800000001', applyRefundSum: '8900', status: '0' }],
      services: [],
      results: [],
    })
    expect(jd.inspect.orders(raw)).toEqual([order])
    expect(at.calls[0]).toMatchObject({ method: 'jingdong.pop.order.get', params: { order_id: '301284756120' } })
    for (const field of ['consigneeInfo', 'actualPay', 'partialLogisticsInfoModel', 'storeOrder']) {
      expect(String(at.calls[0]?.params.optional_fields).split(',')).toContain(field)
    }
    expect(at.calls[1]?.params).toEqual({ orderId: '301284756120', pageIndex: 1, pageSize: 50 })
  })

  test('that has left comes with its service orders and what was paid out for them', async () => {
    const [row] = asc.jingdong_asc_query_list_responce.pageResult.data
    const service = { ...row, orderId: 301284756120, serviceStatus: 10010, processResult: 70 }
    const [paid] = view.jingdong_asc_serviceAndRefund_view_responce.pageResult.data
    const result = { ...paid, sameOrderServiceBill: { ...paid?.sameOrderServiceBill, orderId: 301284756120 } }
    const at = platform([
      detail({ orderState: 'FINISHED_L' }),
      noApplications,
      answerOf('jingdong.asc.query.list', { pageResult: { success: true, totalCount: 1, data: [service] } }),
      answerOf('jingdong.asc.serviceAndRefund.view', { pageResult: { success: true, data: [result] } }),
    ])
    const { order, raw } = await get(at)
    expect(order).toMatchObject({ status: 'completed', refundedFen: 8900, orderRefundState: 'partial', warnings: [] })
    expect(jd.inspect.orders(raw)).toEqual([order])
    expect(at.calls[2]?.params).toEqual({
      buId: '10999001',
      operatePin: 'tongdan',
      operateNick: '统单',
      orderId: '301284756120',
      pageNumber: 1,
      pageSize: 20,
    })
    expect(at.calls[3]?.params).toMatchObject({ order_id: '301284756120' })
  })

  test('is read although the app may not look at service orders', async () => {
    const at = platform([detail({ orderState: 'FINISHED_L' }), noApplications, errors.no_permission])
    const { order, raw } = await get(at)
    expect(order.warnings).toEqual(['services-not-permitted'])
    expect(jd.inspect.orders(raw)).toEqual([order])
  })

  test.each([
    [
      'that does not exist',
      answerOf('jingdong.pop.order.get', {
        orderDetailInfo: { apiResult: { success: false, chineseErrCode: '订单不存在' } },
      }),
    ],
    ['without a body', answerOf('jingdong.pop.order.get', { orderDetailInfo: { apiResult: { success: true } } })],
    ['that was split', detail({ orderState: 'PARENT_TRADE_CANCELED' })],
  ])('%s is not found', async (_, said) => {
    await refusal(get(platform([said])), 'CHANNEL_NOT_FOUND')
  })

  test('that breaks the description is nonsense naming the field', async () => {
    const failure = await refusal(get(platform([detail({ actualPay: 'much' }), noApplications])), 'CHANNEL_NONSENSE')
    expect(failure.details.reason).toContain('301284756120')
  })
})
