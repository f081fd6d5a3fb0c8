import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { PullInput } from '../../../kit/channel.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { taobao } from './index.ts'
import { TaobaoCredentials } from './manifest.ts'
import errors from './samples/errors.json' with { type: 'json' }
import listModified from './samples/list-modified.json' with { type: 'json' }
import messages from './samples/messages.json' with { type: 'json' }
import refunds from './samples/refunds.json' with { type: 'json' }
import revealed from './samples/revealed.json' with { type: 'json' }
import token from './samples/token.json' with { type: 'json' }
import tradeRefunded from './samples/trade-refunded.json' with { type: 'json' }
import tradeSingle from './samples/trade-single.json' with { type: 'json' }
import { signCall } from './sign.ts'

const now = Date.parse('2026-10-20T02:00:00Z')
const address = 'https://eco.example'
const operations = taobao.operations as Required<typeof taobao.operations>
const own = TaobaoCredentials.parse({
  appKey: '21000000',
  appSecret: 'topsecret0',
  sessionKey: '6200a0demo',
  sellerNo: String(messages.tmc_messages_consume_response.messages.tmc_message[0]?.user_id),
})

type Said = object | string | Partial<Answer>
const isAnswer = (said: Said): said is Partial<Answer> =>
  typeof said === 'object' && ('status' in said || 'headers' in said)

/** A platform that gives the answers one after the other and refuses a call that is not signed with the secret at the moment it names. */
function platform(answers: readonly Said[], credentials = own, at = address) {
  const calls: Record<string, string>[] = []
  const requests: OutgoingRequest[] = []
  const account: Account<TaobaoCredentials> = {
    credentials,
    address: at,
    now: () => now,
    send: async (request) => {
      const params = Object.fromEntries(new URLSearchParams(request.body ?? ''))
      expect(request.url).toBe(`${at}/router/rest`)
      expect(params.sign).toBe(signCall(params, credentials.appSecret, 'hmac-sha256'))
      expect(Object.values(params)).not.toContain('')
      calls.push(params)
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${params.method}`)
      if (typeof said === 'string') return { status: 200, headers: {}, body: said }
      if (isAnswer(said)) return { status: 200, headers: {}, body: '', ...said }
      return { status: 200, headers: {}, body: JSON.stringify(said) }
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

describe('a call', () => {
  test('carries the common parameters and is a write where it is one', async () => {
    const { account, calls, requests } = platform([
      { user_seller_get_response: { user: { user_id: 7, nick: '小满' } } },
    ])
    expect(await operations['shop.describe'](account)).toEqual({ channelShopNo: '7', name: '小满' })
    expect(calls[0]).toMatchObject({
      method: 'taobao.user.seller.get',
      app_key: '21000000',
      session: '6200a0demo',
      timestamp: '2026-10-20 10:00:00',
      format: 'json',
      v: '2.0',
      sign_method: 'hmac-sha256',
    })
    expect(requests[0]).toMatchObject({ operation: 'shop.describe', method: 'POST', isWrite: false })
  })

  test('without a session key is not sent', async () => {
    const { sessionKey: _, ...bare } = own
    await refusal(operations['shop.describe'](platform([], bare).account), 'CHANNEL_NOT_AUTHORISED')
  })

  const seller = { user_seller_get_response: { user: { user_id: 7, nick: '小满' } } }
  const time = { time_get_response: { time: '2026-10-20 10:25:00' } }
  test('with a wrong clock asks the platform’s time and is sent once more', async () => {
    const { account, calls } = platform([errors.invalid_timestamp, time, seller])
    await operations['shop.describe'](account)
    expect(calls.map((call) => [call.method, call.timestamp])).toEqual([
      ['taobao.user.seller.get', '2026-10-20 10:00:00'],
      ['taobao.time.get', '2026-10-20 10:00:00'],
      ['taobao.user.seller.get', '2026-10-20 10:25:00'],
    ])
    expect(calls[1]).not.toHaveProperty('session')
  })

  test('takes the time from the answer’s date header where the time call is refused too', async () => {
    const refused = {
      body: JSON.stringify(errors.invalid_timestamp),
      headers: { date: 'Tue, 20 Oct 2026 02:30:00 GMT' },
    }
    const { account, calls } = platform([refused, refused, seller])
    await operations['shop.describe'](account)
    expect(calls[2]?.timestamp).toBe('2026-10-20 10:30:00')
  })

  test('whose clock stays wrong fails, after one repetition', async () => {
    const { account } = platform([errors.invalid_timestamp, time, errors.invalid_timestamp])
    await refusal(operations['shop.describe'](account), 'CHANNEL_UNREACHABLE')
    const lost = platform([errors.invalid_timestamp, errors.invalid_timestamp])
    await refusal(operations['shop.describe'](lost.account), 'CHANNEL_UNREACHABLE')
  })

  test.each([
    [errors.rate_limit_app_api, 'CHANNEL_RATE_LIMITED', 2000],
    [errors.rate_limit_app_day, 'CHANNEL_QUOTA_EXHAUSTED', 31_062_000],
    [errors.session_expired, 'CHANNEL_NOT_AUTHORISED', undefined],
    [errors.no_permission, 'CHANNEL_PERMISSION', undefined],
    [errors.isp_remote_timeout, 'CHANNEL_UNREACHABLE', undefined],
    ['<html>', 'CHANNEL_UNREACHABLE', undefined],
    [{ another_response: {} }, 'CHANNEL_NONSENSE', undefined],
    [{ user_seller_get_response: { user: {} } }, 'CHANNEL_NONSENSE', undefined],
  ] as const)('answered with %j fails as %s', async (said, code, retryAfterMs) => {
    const failure = await refusal(operations['shop.describe'](platform([said]).account), code)
    expect(failure.details.retryAfterMs).toBe(retryAfterMs)
  })

  test('that writes is unclear after trouble or nonsense', async () => {
    const remark = { channelOrderNo: '1', remark: '急', flag: '1' }
    for (const said of [errors.isp_remote_timeout, '', { other_response: {} }]) {
      await refusal(operations['orders.remark'](platform([said]).account, remark), 'CHANNEL_UNCLEAR')
    }
  })
})

describe('authorising', () => {
  const created = { top_auth_token_create_response: { token_result: JSON.stringify(token) } }
  const permitted = { tmc_user_permit_response: { is_success: true } }
  const finish = (account: Account<TaobaoCredentials>, query: Record<string, string>) =>
    operations['auth.finish'](account, { redirectUri: 'https://oms.example/back', query })

  test('starts at the platform, or at the simulator’s address', async () => {
    const input = { redirectUri: 'https://oms.example/back', state: 's1' }
    const at = (base: string) => operations['auth.start'](platform([], own, base).account, input)
    const url = new URL((await at('https://eco.taobao.com')).url)
    expect(url.origin + url.pathname).toBe('https://oauth.taobao.com/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: '21000000',
      redirect_uri: 'https://oms.example/back',
      state: 's1',
      view: 'web',
    })
    expect((await at(address)).url).toMatch(/^https:\/\/eco\.example\/authorize\?/)
  })

  test('brings the session key, the shortest life and the seller', async () => {
    const short = { ...token, w2_expires_in: 3600, r2_expires_in: 0 }
    const answer = { top_auth_token_create_response: { token_result: JSON.stringify(short) } }
    const { account, calls } = platform([answer, permitted], { appKey: '21000000', appSecret: 'topsecret0' })
    const authorised = await finish(account, { code: 'c1', state: 's1' })
    expect(authorised).toMatchObject({
      credentials: { appKey: '21000000', sessionKey: token.access_token, refreshToken: token.refresh_token },
      expiresAt: now + 3_600_000,
      refreshableUntil: now + 31_536_000_000,
      channelShopNo: token.taobao_user_id,
    })
    expect(authorised.shopName).toBe(decodeURIComponent(token.taobao_user_nick))
    expect(TaobaoCredentials.parse(authorised.credentials)).toEqual(authorised.credentials)
    expect(calls[0]).toMatchObject({ method: 'taobao.top.auth.token.create', code: 'c1' })
    expect(calls[0]).not.toHaveProperty('session')
    expect(calls[1]).toMatchObject({ method: 'taobao.tmc.user.permit', session: token.access_token })
  })

  test('goes through without messages, and keeps why', async () => {
    const { account } = platform([created, errors.no_permission])
    expect((await finish(account, { code: 'c1' })).credentials.messageTrouble).toBe('scope ids is 11657')
  })

  test.each([
    [{ error: 'access_denied', error_description: '卖家取消了授权' }, '卖家取消了授权'],
    [{}, '没有授权码，请重新点“授权”'],
  ])('%j was declined', async (query, reason) => {
    const failure = await refusal(finish(platform([]).account, query), 'CHANNEL_REFUSED')
    expect(failure.details.reason).toBe(reason)
  })

  test('a used code is no authorisation', async () => {
    const answer = { top_auth_token_create_response: { token_result: '{"error":"invalid_grant"}' } }
    await refusal(finish(platform([answer]).account, { code: 'c1' }), 'CHANNEL_NOT_AUTHORISED')
  })

  test('is refreshed where the app may', async () => {
    const answer = { top_auth_token_refresh_response: { token_result: JSON.stringify({ ...token, re_expires_in: 0 }) } }
    const { account, calls } = platform([answer], { ...own, refreshToken: 'r1', messageTrouble: 'x' })
    const authorised = await operations['auth.refresh'](account)
    expect(calls[0]).toMatchObject({ method: 'taobao.top.auth.token.refresh', refresh_token: 'r1' })
    expect(authorised).toMatchObject({ refreshableUntil: null, expiresAt: now + 31_536_000_000 })
  })

  test('is over where it cannot be refreshed', async () => {
    await refusal(operations['auth.refresh'](platform([]).account), 'CHANNEL_NOT_AUTHORISED')
    const { account } = platform([errors.no_permission], { ...own, refreshToken: 'r1' })
    await refusal(operations['auth.refresh'](account), 'CHANNEL_NOT_AUTHORISED')
  })
})

describe('pulling orders', () => {
  const span = { from: Date.parse('2026-10-20T01:00:00Z'), to: Date.parse('2026-10-20T01:30:00Z') }
  const pull = (change: Partial<PullInput> = {}): PullInput => ({ span, by: 'modified', cursor: null, ...change })
  const page = (total: number, ...tids: string[]) => ({
    trades_sold_increment_get_response: {
      total_results: total,
      trades: { trade: tids.map((tid) => ({ tid, status: 'WAIT_BUYER_PAY', modified: '2026-10-20 09:10:00' })) },
    },
  })

  test('reads one page where all fits on it', async () => {
    const { account, calls } = platform([listModified])
    const { rows, total, next } = await operations['orders.pull'](account, pull())
    expect(next).toBeNull()
    expect(total).toBe(4)
    expect(rows[0]).toMatchObject({ channelStatus: 'WAIT_SELLER_SEND_GOODS', full: null })
    expect(rows[0]?.channelOrderNo).toMatch(/^\d{19}$/)
    expect(calls[0]).toMatchObject({
      method: 'taobao.trades.sold.increment.get',
      start_modified: '2026-10-20 09:00:00',
      end_modified: '2026-10-20 09:29:59',
      page_no: '1',
      page_size: '50',
      type: 'fixed,step,cod,guarantee_trade,auto_delivery,ec',
    })
    expect(calls[0]).not.toHaveProperty('use_has_next')
  })

  test('walks from the last page to the first', async () => {
    const { account, calls } = platform([page(101, 'a'), page(101, 'c'), page(100, 'b'), page(100, 'a')])
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const answer: Awaited<ReturnType<(typeof operations)['orders.pull']>> = await operations['orders.pull'](
        account,
        pull({ cursor }),
      )
      seen.push(...answer.rows.map((row) => row.channelOrderNo))
      cursor = answer.next
    } while (cursor !== null)
    expect(seen).toEqual(['c', 'b', 'a'])
    expect(calls.map((call) => call.page_no)).toEqual(['1', '3', '2', '1'])
  })

  test('by time of creation asks the other list', async () => {
    const empty = { trades_sold_get_response: { total_results: 0 } }
    const { account, calls } = platform([empty])
    expect(await operations['orders.pull'](account, pull({ by: 'created' }))).toEqual({
      rows: [],
      total: 0,
      next: null,
    })
    expect(calls[0]).toMatchObject({ method: 'taobao.trades.sold.get', start_created: '2026-10-20 09:00:00' })
  })

  test('counts without reading', async () => {
    const { account, calls } = platform([page(7, 'a')])
    expect(await operations['orders.count'](account, { span, by: 'modified' })).toBe(7)
    expect(calls[0]?.page_size).toBe('1')
  })

  test('a span without a whole second asks nothing', async () => {
    const brief = { from: span.from + 1, to: span.from + 999 }
    expect(await operations['orders.pull'](platform([]).account, pull({ span: brief }))).toMatchObject({
      rows: [],
      total: 0,
    })
  })

  test.each([
    [{ trades_sold_increment_get_response: {} }],
    [{ trades_sold_increment_get_response: { total_results: 1, trades: 'none' } }],
    [page(1, '') && { trades_sold_increment_get_response: { total_results: 1, trades: { trade: [{ tid: '1' }] } } }],
  ])('%j is nonsense', async (said) => {
    await refusal(operations['orders.pull'](platform([said]).account, pull()), 'CHANNEL_NONSENSE')
  })
})

describe('one order', () => {
  const orders = tradeRefunded.trade_fullinfo_get_response.trade.orders.order
  const [first, second] = orders.map((row) => row.refund_id)
  const recordOf = (refundNo: string | undefined) => ({
    refund_get_response: {
      refund: refunds.refunds_receive_get_response.refunds.refund.find((row) => row.refund_id === refundNo),
    },
  })
  // The samples hold numbers beyond 2^53, which an ordinary import of JSON rounds; as text they stay whole.
  const lossless = (sample: object) =>
    JSON.stringify(sample, (key, value: unknown) =>
      ['tid', 'oid'].includes(key) && typeof value === 'number' ? undefined : value,
    )

  const listOf = (...rows: readonly object[]) => ({ refunds_receive_get_response: { refunds: { refund: rows } } })
  const rowOf = (refundNo: string | undefined) => ({ ...recordOf(refundNo).refund_get_response.refund })

  test('comes with the record of each refund and keeps the answers as they came', async () => {
    const answers = [lossless(tradeRefunded), JSON.stringify(listOf(rowOf(first))), JSON.stringify(recordOf(second))]
    const { account, calls } = platform(answers)
    const { order, raw } = await operations['orders.get'](account, '4042527558002660915')
    expect(ChannelOrder.parse(order)).toMatchObject({ refundedFen: 10900, orderRefundState: 'in-progress' })
    expect(raw).toBe(`{"trade":${answers[0]},"refunds":[${answers[1]},${answers[2]}]}`)
    expect(taobao.inspect.orders(raw)).toEqual([order])
    expect(calls[0]).toMatchObject({ method: 'taobao.trade.fullinfo.get', tid: '4042527558002660915' })
    for (const field of [
      'receiver_name',
      'receiver_address',
      'created',
      'receiver_mobile',
      'receiver_phone',
      'forbid_consign',
    ]) {
      expect(calls[0]?.fields?.split(',')).toContain(field)
    }
    expect(calls[1]).toMatchObject({
      method: 'taobao.refunds.receive.get',
      buyer_open_uid: tradeRefunded.trade_fullinfo_get_response.trade.buyer_open_uid,
    })
    expect(calls.slice(2).map((call) => call.refund_id)).toEqual([second])
  })

  test('counts an earlier refund of a line, which names its latest only', async () => {
    const { tid_str: tid, orders } = tradeRefunded.trade_fullinfo_get_response.trade
    const oid = orders.order[0]?.oid_str
    const earlier = { refund_id: '1', tid, oid, status: 'SUCCESS', refund_fee: '3.20' }
    const latest = { ...earlier, refund_id: first, refund_fee: '5.01' }
    const foreign = { ...earlier, refund_id: '2', tid: '4000000000000000001', oid: '4000000000000000001' }
    const open = { ...earlier, refund_id: second, oid: orders.order[1]?.oid_str, status: 'WAIT_SELLER_AGREE' }
    const { account } = platform([lossless(tradeRefunded), listOf(earlier, foreign, latest, open)])
    const { order } = await operations['orders.get'](account, tid)
    expect(order).toMatchObject({ refundedFen: 821, lines: [{ refundedFen: 821 }, { refundedFen: 0 }] })
  })

  test('without refunds is one call', async () => {
    const { account, calls } = platform([tradeSingle])
    expect((await operations['orders.get'](account, '1')).order).toMatchObject({
      paidTotalFen: 7600,
      flag: '1',
      warnings: [],
    })
    expect(calls).toHaveLength(1)
  })

  test('says when a record is gone, and nothing else is hidden', async () => {
    const gone = platform([tradeRefunded, listOf(rowOf(second)), errors.trade_not_exist])
    expect((await operations['orders.get'](gone.account, '1')).order.warnings).toEqual([`missing-refund:${first}`])
    const refused = platform([tradeRefunded, errors.no_permission])
    await refusal(operations['orders.get'](refused.account, '1'), 'CHANNEL_PERMISSION')
  })

  test('that is not there is not found', async () => {
    await refusal(operations['orders.get'](platform([errors.trade_not_exist]).account, '1'), 'CHANNEL_NOT_FOUND')
  })
})

describe('remark', () => {
  const done = { trade_memo_update_response: { trade: { tid: 1, modified: '2026-10-20 10:00:00' } } }
  test('always sends the flag, the present one where none is given', async () => {
    const present = { trade_get_response: { trade: { tid: 1, seller_flag: 3 } } }
    const { account, calls } = platform([present, done])
    await operations['orders.remark'](account, { channelOrderNo: '1', remark: '装礼盒', flag: null })
    expect(calls[1]).toMatchObject({ method: 'taobao.trade.memo.update', memo: '装礼盒', flag: '3', reset: 'false' })
  })

  test('of nothing clears it', async () => {
    const { account, calls } = platform([{ trade_get_response: { trade: { tid: 1 } } }, done])
    await operations['orders.remark'](account, { channelOrderNo: '1', remark: '', flag: null })
    expect(calls[1]).toMatchObject({ flag: '0', reset: 'true' })
  })

  test.each([
    ['字'.repeat(334), '1'],
    ['好', '6'],
  ])('%#: is refused before it is sent', async (remark, flag) => {
    await refusal(
      operations['orders.remark'](platform([]).account, { channelOrderNo: '1', remark, flag }),
      'INPUT_INVALID',
    )
  })

  test('of exactly a thousand bytes is sent', async () => {
    const { account } = platform([done])
    await operations['orders.remark'](account, { channelOrderNo: '1', remark: `${'字'.repeat(333)}a`, flag: '1' })
  })
})

describe('receivers', () => {
  const input = { channelOrderNo: '1', addressKey: '1Ab' } as const
  test.each([
    ['waybill', '1004'],
    ['after-sales', '2001'],
    ['service', '2002'],
  ] as const)('are revealed for %s', async (purpose, scene) => {
    const { account, calls } = platform([revealed])
    const receiver = await operations['orders.reveal'](account, { ...input, purpose })
    expect(receiver).toEqual({ name: '赵测试', phone: '18800000001-1234', address: '麦子店街道枣测路12号院3号楼402' })
    expect(JSON.parse(calls[0]?.query_list ?? '')).toEqual([{ oaid: '1Ab', tid: '1', scene }])
  })

  test('whose address changed are not revealed', async () => {
    const changed = { top_oaid_decrypt_response: { receiver_list: { receiver: [{ matched: false }] } } }
    await refusal(
      operations['orders.reveal'](platform([changed]).account, { ...input, purpose: 'waybill' }),
      'CHANNEL_REFUSED',
    )
    const none = { top_oaid_decrypt_response: {} }
    await refusal(
      operations['orders.reveal'](platform([none]).account, { ...input, purpose: 'waybill' }),
      'CHANNEL_NONSENSE',
    )
  })

  test('that are one are grouped', async () => {
    const { account, calls } = platform([{ top_oaid_merge_response: { tid_list: { string: ['1,2', '3'] } } }])
    const orders = ['1', '2', '3'].map((channelOrderNo) => ({ channelOrderNo, addressKey: `k${channelOrderNo}` }))
    expect(await operations['orders.mergeable'](account, orders)).toEqual([['1', '2'], ['3']])
    expect(JSON.parse(calls[0]?.merge_list ?? '')[0]).toEqual({ oaid: 'k1', tid: '1' })
    expect(await operations['orders.mergeable'](platform([]).account, [])).toEqual([])
    const many = Array.from({ length: 101 }, () => ({ channelOrderNo: '1', addressKey: 'k' }))
    await refusal(operations['orders.mergeable'](platform([]).account, many), 'INPUT_INVALID')
  })
})
