import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { xiaohongshu } from './index.ts'
import caseReturn from './samples/case-return.json' with { type: 'json' }
import caseUnshipped from './samples/case-unshipped.json' with { type: 'json' }
import cases from './samples/cases.json' with { type: 'json' }
import closed from './samples/detail-closed.json' with { type: 'json' }
import multi from './samples/detail-multi.json' with { type: 'json' }
import refunded from './samples/detail-refunded.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import listCreated from './samples/list-created.json' with { type: 'json' }
import listModified from './samples/list-modified.json' with { type: 'json' }
import masks from './samples/masks.json' with { type: 'json' }
import pushes from './samples/pushes.json' with { type: 'json' }
import receivers from './samples/receivers.json' with { type: 'json' }

const inspect = (value: unknown) => {
  const orders = xiaohongshu.inspect.orders(typeof value === 'string' ? value : JSON.stringify(value))
  return orders.map((order) => ChannelOrder.parse(order))
}
const codeOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return null
}

describe('orders are read', () => {
  test.each([
    ['a list by change', listModified, 3],
    ['a list by creation', listCreated, 2],
    ['an empty list', { success: true, data: { total: 0, orderList: [] } }, 0],
    ['a list without rows', { success: true, data: { total: 0, pageNo: 1 } }, 0],
    ['a detail', multi, 1],
    ['a bare order', multi.data, 1],
    ['an array', [multi, listModified, closed], 5],
    ['two calls', { getOrderDetail: multi }, 1],
    ['two calls of several orders', { getOrderDetail: [multi, closed], getAfterSaleInfo: [caseUnshipped] }, 2],
  ])('from %s', (_, value, count) => {
    const orders = inspect(value)
    expect(orders).toHaveLength(count)
    expect(orders.flatMap((order) => order.warnings)).toEqual([])
  })

  test.each([
    ['one answer', caseReturn],
    ['several', [caseReturn, caseUnshipped]],
    ['a list beside it', [caseReturn, cases]],
    ['a list before it', [cases, caseReturn]],
  ])('with their after-sales from %s', (_, getAfterSaleInfo) => {
    const [order] = inspect({ getOrderDetail: refunded, getAfterSaleInfo })
    expect(order).toMatchObject({ refundedFen: 6900, orderRefundState: 'partial' })
  })

  test('with their receiver', () => {
    const [order] = inspect({ getOrderDetail: multi, getOrderReceiverInfo: receivers.matched })
    expect(order!.receiver).toMatchObject({ privacy: 'encrypted', raw: { town: '平江街道' } })
    const [masked] = inspect([masks, { getOrderReceiverInfo: receivers.matched }, multi])
    expect(masked!.receiver).toMatchObject({ privacy: 'masked', name: '沈**', phone: '184****0000' })
  })

  test('a list row gives what it carries', () => {
    expect(inspect(listModified)[0]).toMatchObject({
      channelOrderNo: 'P770011223344556602',
      status: 'partially-shipped',
      lines: [],
      sellerRemark: '分两批发',
      payableTotalFen: null,
      mayShipNow: false,
    })
  })

  test.each([
    ['no JSON', 'orders', 'CHANNEL_NONSENSE'],
    ['a number', '7', 'CHANNEL_NONSENSE'],
    ['something else', { hello: 1 }, 'CHANNEL_NONSENSE'],
    ['an order without a time', { orderId: 'P1', orderStatus: 4 }, 'CHANNEL_NONSENSE'],
    ['a refusal', errors['not-found-or-foreign'], 'CHANNEL_NOT_FOUND'],
    ['a refusal among others', { getOrderDetail: [multi, errors['system-error']] }, 'CHANNEL_UNREACHABLE'],
    ['a refusal that says success', errors['business-failure-with-success-true'], 'CHANNEL_REFUSED'],
  ])('not from %s', (_, value, code) => {
    expect(codeOf(() => inspect(value))).toBe(code)
  })
})

describe('signatures', () => {
  const { signature } = xiaohongshu.inspect

  test('of a call', () => {
    const input = {
      method: 'oauth.getAccessToken',
      appId: 'test-app',
      timestamp: 1700000000,
      version: '1.0',
      appSecret: 'secret-key',
    }
    expect(signature({ kind: 'api-sign', input })).toEqual({ signature: '15dd91e56a77df52c8a652a43a7c131e' })
  })

  const published = {
    path: '/open_api/msg',
    query: { canshu: 'test' },
    headers: { 'app-key': 'xhs', timestamp: '1625475843' },
    appSecret: '9a539709cafc1efc9ef05838be468a28',
  }
  test.each([
    ['names with values', published.query],
    ['text', 'canshu=test'],
  ])('of a push, its query as %s', (_, query) => {
    const said = signature({ kind: 'push-sign', input: { ...published, query } })
    expect(said).toEqual({ signature: 'a7b7430de338783293443133ab9b9357' })
  })

  test('of a push is verified', () => {
    const [{ path, headers }] = pushes.messages as [(typeof pushes.messages)[number]]
    const appSecret = 'b7d3e1f09a8c4d52a6e7f8091b2c3d4e'
    const input = { path, headers, appSecret }
    expect(signature({ kind: 'push-verify', input })).toEqual({ accepted: true })
    expect(signature({ kind: 'push-verify', input: { ...input, appSecret: 'x' } })).toEqual({ accepted: false })
    expect(signature({ kind: 'push-verify', input: published })).toEqual({ accepted: false })
  })

  test.each([
    ['another kind', { kind: 'top' }],
    ['a missing secret', { kind: 'push-sign', input: { ...published, appSecret: undefined } }],
    ['nothing', null],
  ])('of %s are refused as input', (_, input) => {
    expect(codeOf(() => signature(input))).toBe('INPUT_INVALID')
  })
})
