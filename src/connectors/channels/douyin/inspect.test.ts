import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { douyin } from './index.ts'
import cases from './samples/cases.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import list from './samples/order-list.json' with { type: 'json' }
import refunded from './samples/order-refunded.json' with { type: 'json' }
import split from './samples/order-split.json' with { type: 'json' }
import waiting from './samples/order-waiting.json' with { type: 'json' }

const inspect = (value: unknown) => {
  const orders = douyin.inspect.orders(typeof value === 'string' ? value : JSON.stringify(value))
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
    ['a list', list, 1],
    ['an empty list', { code: 10000, data: { page: 0, total: 0, size: 100, shop_order_list: [] } }, 0],
    ['a list without rows', { code: 10000, data: { page: 0, total: 0, size: 100 } }, 0],
    ['a detail', waiting, 1],
    ['a bare order', split.data.shop_order_detail, 1],
    ['an array', [waiting, list, refunded], 3],
    ['two calls', { orderDetail: refunded, afterSaleList: cases }, 1],
    ['two calls of several orders', { orderDetail: [split, refunded], afterSaleList: [cases] }, 2],
  ])('from %s', (_, value, count) => {
    const orders = inspect(value)
    expect(orders).toHaveLength(count)
    expect(orders.flatMap((order) => order.warnings)).toEqual([])
  })

  const [, open] = cases.data.items
  const ofWaiting = {
    ...open,
    order_info: {
      shop_order_id: '6950000000000000011',
      related_order_info: [{ sku_order_id: '6950000000000065547', aftersale_item_num: 1 }],
    },
  }
  test.each([
    ['after them', [waiting, { items: [ofWaiting] }]],
    ['before them', [{ items: [ofWaiting] }, waiting]],
    ['twice', [waiting, ofWaiting, ofWaiting]],
  ])('with their after-sales, which stand %s', (_, value) => {
    const [order] = inspect(value)
    expect(order).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
    expect(order!.lines.map((line) => line.refundingQuantity)).toEqual([0, 1, 0])
  })

  test.each([
    ['no JSON', 'orders', 'CHANNEL_NONSENSE'],
    ['a number', '7', 'CHANNEL_NONSENSE'],
    ['something else', { hello: 1 }, 'CHANNEL_NONSENSE'],
    ['an order without a time', { order_id: '1', order_status: 2 }, 'CHANNEL_NONSENSE'],
    ['a refusal', errors['business-failure'], 'CHANNEL_REFUSED'],
    ['a refusal among others', { orderDetail: [waiting, errors['service-unavailable']] }, 'CHANNEL_UNREACHABLE'],
  ])('not from %s', (_, value, code) => {
    expect(codeOf(() => inspect(value))).toBe(code)
  })
})

describe('signatures', () => {
  const { signature } = douyin.inspect
  const input = {
    app_key: '7012345678901234567',
    method: 'order.searchList',
    param_json: '{"page":0,"size":10,"update_time_end":1767197000,"update_time_start":1767193400}',
    timestamp: '1767197000',
    v: '2',
    appSecret: 'secret-demo-0001',
  }

  test.each([
    ['hmac-sha256', '971e108b0d81d39132d8d14cc759dcc75c38659d28e4511901de5ad9c9805339'],
    ['md5', 'ed7732cd0cf9c864d0ae8313d36a0aa0'],
  ])('of a call by %s', (sign_method, expected) => {
    const given = { kind: 'api-sign', input: { ...input, timestamp: 1767197000, sign_method } }
    expect(signature(given)).toEqual({ signature: expected })
  })

  test.each([
    ['another kind', { kind: 'top', input }, 'kind'],
    ['another method', { kind: 'api-sign', input: { ...input, sign_method: 'sha1' } }, 'input.sign_method'],
    ['a missing secret', { kind: 'api-sign', input: { ...input, appSecret: undefined } }, 'input.appSecret'],
    ['nothing', null, 'input'],
  ])('of %s are refused as input', (_, given, field) => {
    expect(codeOf(() => signature(given))).toBe('INPUT_INVALID')
    expect(() => signature(given)).toThrow(field)
  })
})
