import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { jd } from './index.ts'
import asc from './samples/asc-query-list.json' with { type: 'json' }
import view from './samples/asc-serviceandrefund-view.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import sealed from './samples/pop-order-ensearch-page.json' with { type: 'json' }
import full from './samples/pop-order-get-full.json' with { type: 'json' }
import tooLong from './samples/pop-order-search-business-error.json' with { type: 'json' }
import empty from './samples/pop-order-search-empty.json' with { type: 'json' }
import page from './samples/pop-order-search-page.json' with { type: 'json' }
import split from './samples/pop-order-search-split.json' with { type: 'json' }
import refunds from './samples/refundapply-querypagelist.json' with { type: 'json' }

const inspect = (value: unknown) => {
  const orders = jd.inspect.orders(typeof value === 'string' ? value : JSON.stringify(value))
  return orders.map((order) => ChannelOrder.parse(order))
}
const fail = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return null
}
const orderInfo = full.jingdong_pop_order_get_responce.orderDetailInfo.orderInfo

describe('orders are read', () => {
  test.each([
    ['a list', page, ['301284756120', '301190044818']],
    ['an empty list', empty, []],
    ['an encrypted list', sealed, ['301284756120']],
    ['a detail', full, ['301284756120']],
    ['a bare order', orderInfo, ['301284756120']],
    ['a list without the parent that was split', split, ['301300000201', '301300000202']],
    ['several answers', [full, page], ['301284756120', '301284756120', '301190044818']],
    ['what is kept', { orderInfo, refunds: [], services: [], results: [] }, ['301284756120']],
    ['two calls', { orderGet: full, aftersaleGet: refunds }, ['301284756120']],
    ['after-sales alone', [refunds, asc, view], []],
  ])('from %s', (_, value, numbers) => {
    expect(inspect(value).map(({ channelOrderNo }) => channelOrderNo)).toEqual(numbers)
  })

  test('with the money that went back after shipping', () => {
    const [, second] = inspect([page, asc, view])
    expect(second).toMatchObject({ status: 'completed', refundedFen: 8900, orderRefundState: 'full' })
    const [, open] = inspect([page, asc])
    expect(open).toMatchObject({ refundedFen: 0, orderRefundState: 'in-progress' })
  })

  test('with an application of their own', () => {
    const rows = refunds.jingdong_pop_afs_soa_refundapply_queryPageList_responce.queryResult.result
    const own = { ...rows[0], orderId: orderInfo.orderId }
    expect(inspect([full, { refunds: [own] }])[0]).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
  })

  test('and service orders that could not be looked at are told', () => {
    expect(inspect({ orderInfo, refunds: [], services: null, results: [] })[0]?.warnings).toEqual([
      'services-not-permitted',
    ])
  })

  test.each([
    ['no JSON', '<html>', 'CHANNEL_NONSENSE'],
    ['text', '"order"', 'CHANNEL_NONSENSE'],
    ['something else', { orders: [] }, 'CHANNEL_NONSENSE'],
    ['an order without a time', { ...orderInfo, orderStartTime: '' }, 'CHANNEL_NONSENSE'],
    ['a broken order', { ...orderInfo, itemInfoList: 'none' }, 'CHANNEL_NONSENSE'],
    ['a gateway error', errors.invalid_or_expired_token, 'CHANNEL_NOT_AUTHORISED'],
    ['a "no"', tooLong, 'CHANNEL_REFUSED'],
  ])('%s is refused', (_, value, code) => expect(fail(() => inspect(value))).toBe(code))
})

test('a signature of the kind jos', () => {
  const input = {
    kind: 'jos',
    secret: 'demosecret',
    params: {
      '360buy_param_json': '{}',
      access_token: null,
      app_key: 'DEMOAPPKEY0001',
      format: 'json',
      method: 'jingdong.vender.shop.query',
      timestamp: '2025-10-16 21:30:00',
      v: '2.0',
    },
  }
  expect(jd.inspect.signature(input)).toEqual({ signature: 'B7D5C79958C7F136D74FB201CEFA1F1D' })
  for (const wrong of [{ ...input, kind: 'top' }, { ...input, params: 1 }, null]) {
    expect(fail(() => jd.inspect.signature(wrong))).toBe('INPUT_INVALID')
  }
})

test('every word of the vocabulary is there once', () => {
  const { orderStatuses, refundStatuses } = jd.vocabulary
  expect(new Set(orderStatuses).size).toBe(10)
  expect(orderStatuses).not.toContain('PARENT_TRADE_CANCELED')
  expect(new Set(refundStatuses).size).toBe(29)
})
