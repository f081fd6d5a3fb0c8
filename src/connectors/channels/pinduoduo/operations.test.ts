import { describe, expect, test } from 'vitest'
import { ChannelCase, ChannelOrder, Listing } from '../../../core/channel/shapes.ts'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { pinduoduo } from './index.ts'
import { PinduoduoCredentials } from './manifest.ts'
import cases from './samples/cases.json' with { type: 'json' }
import decrypted from './samples/decrypted.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import goods from './samples/goods.json' with { type: 'json' }
import list from './samples/list.json' with { type: 'json' }
import sample from './samples/order.json' with { type: 'json' }
import token from './samples/token.json' with { type: 'json' }
import { signCall } from './sign.ts'

const now = Date.parse('2026-01-01T00:03:20Z')
const address = 'https://pdd.example'
const operations = pinduoduo.operations as Required<typeof pinduoduo.operations>
const own = PinduoduoCredentials.parse({
  clientId: 'c0ffee',
  clientSecret: 'testSecret',
  accessToken: 'tok',
  refreshToken: 'refresh',
  ownerId: '998877',
})
const bare = PinduoduoCredentials.parse({ clientId: 'c0ffee', clientSecret: 'testSecret' })

type Body = Record<string, unknown> & { readonly type: string }

/** A platform that gives the answers one after the other and refuses a call that is not signed. */
function platform(answers: readonly (object | string)[], credentials = own, at = address) {
  const calls: Body[] = []
  const requests: OutgoingRequest[] = []
  const account: Account<PinduoduoCredentials> = {
    credentials,
    address: at,
    now: () => now,
    send: async (request): Promise<Answer> => {
      const body = JSON.parse(request.body ?? '') as Body
      expect(request.url).toBe(`${at}/api/router`)
      expect(body).toMatchObject({ client_id: 'c0ffee', timestamp: '1767225800', data_type: 'JSON', version: 'V1' })
      expect(body.sign).toBe(signCall(body, 'testSecret'))
      calls.push(body)
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${body.type}`)
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

describe('the shop', () => {
  test('is as authorisation told it, by a call that names no order', async () => {
    const { account, calls, requests } = platform([goods])
    expect(await operations['shop.describe'](account)).toEqual({ channelShopNo: '998877', name: '998877' })
    expect(calls).toMatchObject([{ type: 'pdd.goods.list.get', access_token: 'tok', page: 1, page_size: 1 }])
    expect(requests[0]).toMatchObject({ operation: 'shop.describe', method: 'POST', isWrite: false })
  })

  test('without a token asks nobody', async () => {
    await refusal(operations['shop.describe'](platform([], bare).account), 'CHANNEL_NOT_AUTHORISED')
  })

  test.each([
    [errors['rate-limit'], 'CHANNEL_RATE_LIMITED'],
    [errors['token-expired'], 'CHANNEL_NOT_AUTHORISED'],
    [errors['bad-signature'], 'CHANNEL_MISCONFIGURED'],
    [errors['bad-parameter'], 'CHANNEL_REFUSED'],
    [errors.system, 'CHANNEL_UNREACHABLE'],
    ['<html>', 'CHANNEL_UNREACHABLE'],
  ] as const)('answered with %j fails as %s', async (said, code) => {
    await refusal(operations['shop.describe'](platform([said]).account), code)
  })
})

describe('authorisation', () => {
  test.each([
    ['https://gw-api.pinduoduo.com', 'https://mms.pinduoduo.com/open.html'],
    [address, `${address}/open.html`],
  ])('at %s begins at %s', async (at, page) => {
    const { account } = platform([], bare, at)
    const { url } = await operations['auth.start'](account, { redirectUri: 'https://erp.example/a?b=1', state: 's 1' })
    const query = 'response_type=code&client_id=c0ffee&redirect_uri=https%3A%2F%2Ferp.example%2Fa%3Fb%3D1&state=s+1'
    expect(url).toBe(`${page}?${query}`)
  })

  const said = token.pop_auth_token_create_response
  const authorised = {
    credentials: {
      ...bare,
      accessToken: said.access_token,
      refreshToken: said.refresh_token,
      ownerId: said.owner_id,
    },
    expiresAt: 1798733000000,
    refreshableUntil: 1798733000000,
    channelShopNo: '998877',
    shopName: '998877',
  }

  test('ends with a pair of tokens, the shop and their lives', async () => {
    const { account, calls } = platform([token], bare)
    const input = { redirectUri: '', query: { code: 'c1', state: 's' } }
    expect(await operations['auth.finish'](account, input)).toEqual(authorised)
    expect(calls[0]).toMatchObject({ type: 'pdd.pop.auth.token.create', code: 'c1' })
    expect(calls[0]).not.toHaveProperty('access_token')
  })

  test('that was declined is refused, and nonsense is no token', async () => {
    const finish = (answers: object[], query: Record<string, string>) =>
      operations['auth.finish'](platform(answers, bare).account, { redirectUri: '', query })
    const declined = await refusal(finish([], { error: 'access_denied' }), 'CHANNEL_REFUSED')
    expect(declined.details.reason).toBe('access_denied')
    await refusal(finish([errors['bad-parameter']], { code: 'x' }), 'CHANNEL_REFUSED')
    await refusal(finish([{ pop_auth_token_create_response: {} }], { code: 'x' }), 'CHANNEL_NONSENSE')
  })

  test('is renewed by its refresh token', async () => {
    const { account, calls } = platform([{ pop_auth_token_refresh_response: said }])
    expect(await operations['auth.refresh'](account)).toEqual(authorised)
    expect(calls[0]).toMatchObject({ type: 'pdd.pop.auth.token.refresh', refresh_token: 'refresh' })
    expect(calls[0]).not.toHaveProperty('access_token')
  })

  test.each([
    [errors['bad-parameter'], 'CHANNEL_NOT_AUTHORISED'],
    [errors['token-expired'], 'CHANNEL_NOT_AUTHORISED'],
    [errors.system, 'CHANNEL_UNREACHABLE'],
  ] as const)('that cannot be renewed, by %j, fails as %s', async (answer, code) => {
    await refusal(operations['auth.refresh'](platform([answer]).account), code)
  })

  test('without a refresh token asks nobody', async () => {
    await refusal(operations['auth.refresh'](platform([], bare).account), 'CHANNEL_NOT_AUTHORISED')
  })
})

const span = { from: Date.parse('2025-12-31T15:33:20.500Z'), to: Date.parse('2025-12-31T16:03:20Z') }
const plain = sample.order_info_get_response.order_info
const page = (total_count: number, order_sn: string) => ({
  order_sn_increment_get_response: { order_sn_list: [{ ...plain, order_sn }], total_count, has_next: true },
})

describe('orders of a span', () => {
  test('come whole where nothing was asked back, in whole seconds, the end left out', async () => {
    const { account, calls } = platform([list])
    const { rows, total, next } = await operations['orders.pull'](account, { span, by: 'modified', cursor: null })
    expect(rows.map((head) => [head.channelOrderNo, head.channelStatus, head.modifiedAt, head.full === null])).toEqual([
      ['260101-111122223333444', '1', Date.parse('2025-12-31T16:03:27Z'), false],
      ['260101-555566667777888', '1', Date.parse('2025-12-31T18:10:00Z'), true],
    ])
    expect(pinduoduo.inspect.orders(rows[0]!.full!.raw)).toEqual([rows[0]!.full!.order])
    expect([total, next]).toEqual([2, null])
    expect(calls[0]).toMatchObject({
      type: 'pdd.order.number.list.increment.get',
      start_updated_at: 1767195200,
      end_updated_at: 1767196999,
      is_lucky_flag: 0,
      order_status: 5,
      refund_status: 5,
      page: 1,
      page_size: 100,
      use_has_next: false,
    })
  })

  test('are read from the last page to the first', async () => {
    const { account, calls } = platform([page(201, '1'), page(201, '3'), page(201, '2'), page(201, '1')])
    const pull = (cursor: string | null) => operations['orders.pull'](account, { span, by: 'modified', cursor })
    expect(await pull(null)).toMatchObject({ total: 201, next: '2', rows: [{ channelOrderNo: '3' }] })
    expect(await pull('2')).toMatchObject({ next: '1', rows: [{ channelOrderNo: '2' }] })
    expect(await pull('1')).toMatchObject({ next: null, rows: [{ channelOrderNo: '1' }] })
    expect(calls.map((call) => call.page)).toEqual([1, 3, 2, 1])
  })

  test('are counted by one row, and not without a count', async () => {
    const { account, calls } = platform([page(77, '1')])
    expect(await operations['orders.count'](account, { span, by: 'modified' })).toBe(77)
    expect(calls[0]).toMatchObject({ page: 1, page_size: 1 })
    const none = platform([{ order_sn_increment_get_response: { order_sn_list: [] } }])
    await refusal(operations['orders.count'](none.account, { span, by: 'modified' }), 'CHANNEL_NONSENSE')
    const odd = platform([{ order_sn_increment_get_response: { order_sn_list: {}, total_count: 1 } }])
    await refusal(operations['orders.count'](odd.account, { span, by: 'modified' }), 'CHANNEL_NONSENSE')
  })
})

describe('an order', () => {
  test('that asks nothing back takes one call and is kept as it came', async () => {
    const { account, calls } = platform([sample])
    const { order, raw } = await operations['orders.get'](account, plain.order_sn)
    expect(ChannelOrder.parse(order)).toMatchObject({ channelOrderNo: plain.order_sn, warnings: [] })
    expect(raw).toBe(JSON.stringify(sample))
    expect(calls).toMatchObject([{ type: 'pdd.order.information.get', order_sn: plain.order_sn }])
  })

  const [, back] = list.order_sn_increment_get_response.order_sn_list
  const sent = { ...back, order_status: 3, pay_time: '2026-01-01 02:00:00' }
  const answer = { order_info_get_response: { order_info: sent } }
  const [row] = cases.refund_increment_get_response.refund_list
  const caseAnswer = (...refund_list: object[]) => ({
    refund_increment_get_response: { refund_list, total_count: refund_list.length },
  })

  test('that does is read with its after-sales, and not with those of others', async () => {
    const other = { ...row, id: 2, order_sn: plain.order_sn }
    const { account, calls } = platform([answer, caseAnswer(other, { ...row, refund_amount: '3.00' })])
    const { order, raw } = await operations['orders.get'](account, back!.order_sn)
    expect(order).toMatchObject({ refundedFen: 300, orderRefundState: 'partial', warnings: [] })
    expect(pinduoduo.inspect.orders(raw)).toEqual([order])
    expect(raw).not.toContain(plain.order_sn)
    const changedAt = Date.parse('2025-12-31T18:10:00Z') / 1000
    expect(calls).toHaveLength(2)
    expect(calls[1]).toMatchObject({
      type: 'pdd.refund.list.increment.get',
      after_sales_status: 1,
      after_sales_type: 1,
      start_updated_at: changedAt - 840,
      end_updated_at: changedAt + 839,
    })
  })

  test.each([
    ['an hour before, in three lists', '2026-01-01 01:10:00', 3],
    ['three days before, in as many lists as make eleven hours', '2025-12-29 02:10:00', 24],
  ])('that was paid %s, is looked for back to then', async (_, pay_time, lists) => {
    const early = { order_info_get_response: { order_info: { ...sent, pay_time } } }
    const others = Array.from({ length: lists - 1 }, () => caseAnswer())
    const { account, calls } = platform([early, ...others, caseAnswer({ ...row, refund_amount: '3.00' })])
    const { order } = await operations['orders.get'](account, back!.order_sn)
    expect(order).toMatchObject({ refundedFen: 300, orderRefundState: 'partial' })
    const spans = calls.slice(1)
    expect(spans).toHaveLength(lists)
    for (const [place, { end_updated_at }] of spans.entries()) {
      if (place > 0) expect(end_updated_at).toBe(Number(spans[place - 1]!.start_updated_at) - 1)
    }
  })

  test('that says nothing came of it is read with its after-sales all the same', async () => {
    const withdrawn = { order_info_get_response: { order_info: { ...sent, refund_status: 1, after_sales_status: 11 } } }
    const { account } = platform([withdrawn, caseAnswer({ ...row, after_sales_status: 11 })])
    const { order } = await operations['orders.get'](account, back!.order_sn)
    expect(order).toMatchObject({ refundedFen: 0, orderRefundState: 'none', lines: [{ refundState: 'closed' }] })
  })

  test('is looked for over all pages', async () => {
    const first = { refund_increment_get_response: { refund_list: [{ ...row, order_sn: 'X' }], total_count: 101 } }
    const { account, calls } = platform([answer, first, caseAnswer(row!)])
    expect((await operations['orders.get'](account, back!.order_sn)).order.refundedFen).toBe(1249)
    expect(calls.map((call) => call.page)).toEqual([undefined, 1, 2])
  })

  test.each([errors['no-such-order'], { order_info_get_response: { request_id: 'r' } }])(
    '%j is not found',
    async (said) => {
      await refusal(operations['orders.get'](platform([said]).account, '1'), 'CHANNEL_NOT_FOUND')
    },
  )

  test('that cannot be read is nonsense', async () => {
    const said = { order_info_get_response: { order_info: { order_status: 1 } } }
    await refusal(operations['orders.get'](platform([said]).account, '1'), 'CHANNEL_NONSENSE')
  })

  test('gives its after-sale, or none', async () => {
    const input = { channelCaseNo: '10001000200003', channelOrderNo: back!.order_sn }
    const { case: one } = await operations['aftersales.get'](platform([answer, cases]).account, input)
    expect(one).toMatchObject({ channelCaseNo: '10001000200003', state: 'success' })
    const unknown = { ...input, channelCaseNo: '9' }
    await refusal(operations['aftersales.get'](platform([answer, cases]).account, unknown), 'CHANNEL_NOT_FOUND')
  })
})

test('after-sales come whole', async () => {
  const { account, calls } = platform([cases])
  const { rows, total, next } = await operations['aftersales.pull'](account, { span, cursor: null })
  expect([total, next]).toEqual([1, null])
  expect(calls[0]).toMatchObject({ page: 1, page_size: 100, start_updated_at: 1767195200 })
  expect(rows.map((row) => ChannelCase.parse(row.case))).toEqual([
    {
      channelCaseNo: '10001000200003',
      channelOrderNo: '260101-555566667777888',
      channelLineNo: '1742000000002',
      channelStatus: '10',
      state: 'success',
      kind: 'refund-only',
      refundFen: 1249,
      quantity: 1,
      reason: '不想要了',
      beforeShipping: null,
      returnWaybillNo: null,
      createdAt: '2025-12-31T17:30:00.000Z',
      modifiedAt: '2025-12-31T18:10:00.000Z',
    },
  ])
})

test('listings come SKU by SKU, page by page', async () => {
  const { account, calls } = platform([goods, goods])
  const { rows, total, next } = await operations['products.pull'](account, null)
  expect([total, next]).toEqual([null, '2'])
  expect(rows.map((row) => Listing.parse(row))).toMatchObject([
    { channelItemNo: '753000000001', channelSkuNo: '1742000000001', merchantCode: 'LAMP-E27-3W', quantity: 66 },
    { specification: '5瓦,白光', quantity: 54, isOnSale: false },
  ])
  expect(rows[0]!.isOnSale).toBe(true)
  expect((await operations['products.pull'](account, '2')).next).toBeNull()
  expect(calls.map((call) => call.page)).toEqual([1, 2])
})

describe('a receiver', () => {
  const input = { channelOrderNo: plain.order_sn, addressKey: plain.open_address_id, purpose: 'waybill' } as const

  test('is revealed by one call for all fields', async () => {
    const { account, calls } = platform([sample, decrypted])
    expect(await operations['orders.reveal'](account, input)).toEqual({
      name: '许知意',
      phone: '17000000021-4471',
      address: '虚构路 8 号 2 幢',
    })
    expect(calls[1]).toMatchObject({ type: 'pdd.open.decrypt.batch' })
    expect(calls[1]!.data_list).toEqual(
      [plain.receiver_name, plain.receiver_phone, plain.receiver_address].map((encrypted_data) => ({
        data_tag: plain.order_sn,
        encrypted_data,
      })),
    )
  })

  test('of another address, or of what was sent, is not asked for', async () => {
    const reveal = (answers: object[], change = {}) =>
      operations['orders.reveal'](platform(answers).account, { ...input, ...change })
    await refusal(reveal([sample], { addressKey: 'other' }), 'CHANNEL_REFUSED')
    const sent = { order_info_get_response: { order_info: { ...plain, receiver_name: '', receiver_phone: '' } } }
    await refusal(reveal([sent]), 'CHANNEL_REFUSED')
  })

  test('that comes in part is nonsense, and one that is refused is refused', async () => {
    const rows = decrypted.open_decrypt_batch_response.data_decrypt_list
    const said = (data_decrypt_list: object[]) => ({ open_decrypt_batch_response: { data_decrypt_list } })
    const reveal = (answer: object) => operations['orders.reveal'](platform([sample, answer]).account, input)
    await refusal(reveal(said(rows.slice(1))), 'CHANNEL_NONSENSE')
    await refusal(reveal(said([...rows.slice(1), { ...rows[0], error_code: 7 }])), 'CHANNEL_REFUSED')
  })
})
