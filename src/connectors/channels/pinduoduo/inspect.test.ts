import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { pinduoduo } from './index.ts'
import cases from './samples/cases.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import list from './samples/list.json' with { type: 'json' }
import sample from './samples/order.json' with { type: 'json' }

const inspect = (value: unknown) => {
  const orders = pinduoduo.inspect.orders(typeof value === 'string' ? value : JSON.stringify(value))
  return orders.map((order) => ChannelOrder.parse(order))
}
const { order_sn_list } = list.order_sn_increment_get_response

describe('orders are read', () => {
  test.each([
    ['a list by change', list, 2],
    ['a list by deal', { order_list_get_response: { order_list: order_sn_list, total_count: 2 } }, 2],
    ['an empty list', { order_sn_increment_get_response: { order_sn_list: [], total_count: 0 } }, 0],
    ['a list without rows', { order_sn_increment_get_response: { total_count: 0 } }, 0],
    ['an answer', sample, 1],
    ['a bare order', sample.order_info_get_response.order_info, 1],
    ['an array', [sample, list], 3],
    ['two calls', { orderInformationGet: sample, refundListIncrementGet: cases }, 1],
    ['two calls by other names', { orderGet: [sample], aftersaleGet: [cases] }, 1],
  ])('from %s', (_, value, count) => {
    const orders = inspect(value)
    expect(orders).toHaveLength(count)
    expect(orders.flatMap((order) => order.warnings)).toEqual([])
  })

  test('with their after-sales, whichever comes first', () => {
    const [row] = cases.refund_increment_get_response.refund_list
    const [, order] = order_sn_list
    const sent = { ...order, order_status: 3 }
    const part = { ...row, refund_amount: '3.00' }
    for (const given of [
      [sent, part],
      [{ refund_increment_get_response: { refund_list: [part] } }, sent],
    ]) {
      expect(inspect(given)).toMatchObject([{ refundedFen: 300, orderRefundState: 'partial', warnings: [] }])
    }
  })

  test('with long numbers to the last digit', () => {
    const text = JSON.stringify(sample).replace('1742000000001', '9007199254740993123')
    expect(inspect(text)[0]!.lines[0]!.channelSkuNo).toBe('9007199254740993123')
  })

  test.each([
    ['no JSON', 'orders', 'CHANNEL_NONSENSE'],
    ['a number', '7', 'CHANNEL_NONSENSE'],
    ['something else', { hello: 1 }, 'CHANNEL_NONSENSE'],
    ['an order without a time', { order_sn: '1', order_status: 1 }, 'CHANNEL_NONSENSE'],
    ['an amount that is none', { ...order_sn_list[0], pay_amount: 'much' }, 'CHANNEL_NONSENSE'],
    ['a refusal', errors['no-such-order'], 'CHANNEL_NOT_FOUND'],
    ['a refusal among others', [sample, errors.system], 'CHANNEL_UNREACHABLE'],
  ])('not from %s', (_, value, code) => {
    let failure: unknown
    try {
      inspect(value)
    } catch (error) {
      failure = error
    }
    expect(failure).toBeInstanceOf(Failure)
    expect(failure).toMatchObject({ code })
  })
})
