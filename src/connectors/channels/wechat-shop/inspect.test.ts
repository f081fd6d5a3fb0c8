import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import { wechatShop } from './index.ts'
import awaiting from './samples/aftersale-awaiting.json' with { type: 'json' }
import returned from './samples/aftersale-returned.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import multi from './samples/order-multi-line.json' with { type: 'json' }
import refunded from './samples/order-partially-refunded.json' with { type: 'json' }

const inspect = (value: unknown) => wechatShop.inspect.orders(typeof value === 'string' ? value : JSON.stringify(value))
const numbers = (value: unknown) => inspect(value).map((order) => order.channelOrderNo)
const [one, two] = [multi.order.order_id, refunded.order.order_id]

describe('orders are read', () => {
  test.each([
    ['a detail', multi, [one]],
    ['a bare order', multi.order, [one]],
    ['details', [multi, refunded], [one, two]],
    ['two calls', { orderGet: multi, aftersaleGet: awaiting }, [one]],
    ['two calls, each several times', { orderGet: [multi, refunded], aftersaleGet: [awaiting, returned] }, [one, two]],
    ['two calls without after-sales', { orderGet: multi, aftersaleGet: [] }, [one]],
    ['several of these', [{ orderGet: multi, aftersaleGet: awaiting }, { orderGet: refunded }], [one, two]],
    ['a list, which has numbers only', { errcode: 0, order_id_list: [one], has_more: false }, []],
    ['an empty list', { errcode: 0, order_id_list: [], has_more: false }, []],
    ['a search', { errcode: 0, orders: [one], has_more: false }, []],
    ['an after-sale alone', awaiting, []],
  ])('from %s', (_, value, expected) => {
    expect(numbers(value)).toEqual(expected)
  })

  test('each with its own after-sales', () => {
    const [first, second] = inspect({ orderGet: [multi, refunded], aftersaleGet: [awaiting, returned] })
    expect(first).toMatchObject({ orderRefundState: 'in-progress', refundedFen: 0, mayShipNow: false })
    expect(first?.lines[1]).toMatchObject({ refundState: 'requested', refundingQuantity: 1 })
    expect(second).toMatchObject({ orderRefundState: 'partial', refundedFen: 5990 })
  })

  test('an after-sale that is there twice counts once, as it changed last', () => {
    const later = { ...returned.after_sale_order, update_time: 1767197999, status: 'MERCHANT_WAIT_RECEIPT' }
    const [order] = inspect([refunded, { after_sale_order: later }, returned])
    expect(order).toMatchObject({ refundedFen: 0, orderRefundState: 'in-progress' })
  })

  test('a number without quotes keeps its digits', () => {
    const text = JSON.stringify(multi).replace(`"order_id":"${one}"`, `"order_id":${one}`)
    expect(text).toContain(`"order_id":${one}`)
    expect(numbers(text)).toEqual([one])
  })
})

describe('what is no order says so', () => {
  test.each([
    ['no JSON', '<html>', 'CHANNEL_NONSENSE'],
    ['a word', '"order"', 'CHANNEL_NONSENSE'],
    ['something else', { errcode: 0, product: {} }, 'CHANNEL_NONSENSE'],
    ['an order without a number', { order: { order_detail: {} } }, 'CHANNEL_NONSENSE'],
    ['an amount that is none', { order: { ...multi.order, create_time: '昨天' } }, 'CHANNEL_NONSENSE'],
    ['the platform’s refusal', errors['100002'], 'CHANNEL_NOT_FOUND'],
    ['one of its quotas', [multi, errors['45009']], 'CHANNEL_QUOTA_EXHAUSTED'],
  ])('%s: %3$s', (_, value, code) => {
    let thrown: unknown
    try {
      inspect(value)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(Failure)
    expect(thrown).toMatchObject({ code })
  })
})
