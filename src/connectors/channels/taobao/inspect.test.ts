import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { taobao } from './index.ts'
import errors from './samples/errors.json' with { type: 'json' }
import listCreated from './samples/list-created.json' with { type: 'json' }
import listModified from './samples/list-modified.json' with { type: 'json' }
import simplified from './samples/list-simplified.json' with { type: 'json' }
import refunds from './samples/refunds.json' with { type: 'json' }
import multi from './samples/trade-multi.json' with { type: 'json' }
import presale from './samples/trade-presale.json' with { type: 'json' }
import refunded from './samples/trade-refunded.json' with { type: 'json' }
import single from './samples/trade-single.json' with { type: 'json' }

const inspect = (value: unknown) => {
  const orders = taobao.inspect.orders(typeof value === 'string' ? value : JSON.stringify(value))
  return orders.map((order) => ChannelOrder.parse(order))
}
const fail = (value: unknown) => {
  try {
    inspect(value)
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return null
}

describe('orders are read', () => {
  test.each([
    ['a list by creation', listCreated, listCreated.trades_sold_get_response.trades.trade.length],
    ['a list by change', listModified, listModified.trades_sold_increment_get_response.trades.trade.length],
    ['a simplified list', simplified, 1],
    ['an empty list', { trades_sold_get_response: { total_results: 0, request_id: 'r' } }, 0],
    ['an empty simplified list', { total_results: 0, request_id: 'r' }, 0],
    ['an empty page', { trades_sold_increment_get_response: { has_next: false } }, 0],
    ['a detail', single, 1],
    ['a simplified detail', { trade: simplified.trades[0], request_id: 'r' }, 1],
    ['a bare trade', single.trade_fullinfo_get_response.trade, 1],
    [
      'several answers',
      [single, multi, listModified, presale],
      3 + listModified.trades_sold_increment_get_response.trades.trade.length,
    ],
  ])('from %s', (_, value, count) => {
    const orders = inspect(value)
    expect(orders).toHaveLength(count)
    expect(orders.flatMap((order) => order.warnings)).toEqual([])
  })

  test('the simplified form says the same as the full one', () => {
    const trade = structuredClone(simplified.trades[0])
    const full = { trades_sold_get_response: { trades: { trade: [{ ...trade, orders: { order: trade?.orders } }] } } }
    expect(inspect(full)).toEqual(inspect(simplified))
  })

  test('a list row with the fewest fields gives what it carries', () => {
    const row = {
      tid: '1',
      status: 'WAIT_SELLER_SEND_GOODS',
      modified: '2026-10-20 09:00:00',
      created: '2026-10-20 08:00:00',
    }
    const orders = { order: [{ oid: '1', status: 'WAIT_SELLER_SEND_GOODS', refund_status: 'NO_REFUND' }] }
    const [order] = inspect({ trades_sold_increment_get_response: { trades: { trade: [{ ...row, orders }] } } })
    expect(order).toMatchObject({ status: 'paid-wait-ship', paidTotalFen: 0, mayShipNow: true })
    expect(order?.warnings).toEqual(['missing-field:order.num', 'missing-field:trade.payment'])
  })
})

describe('refund records', () => {
  const trade = refunded.trade_fullinfo_get_response.trade
  const [open, paidBack, other] = refunds.refunds_receive_get_response.refunds.refund
  // An import of JSON rounds nineteen digits, so trade and line take their numbers from their text.
  const withText = {
    ...trade,
    tid: trade.tid_str,
    orders: { order: trade.orders.order.map((row) => ({ ...row, oid: row.oid_str })) },
  }
  const record = (row: object | undefined, index: number, change: object = {}) => ({
    ...row,
    tid: trade.tid_str,
    oid: trade.orders.order[index]?.oid_str,
    ...change,
  })
  const records = [record(paidBack, 0, { refund_fee: '100.00' }), record(open, 1), other]

  test.each([
    ['as plain rows', { trade: withText, refunds: records }],
    [
      'as a list answer',
      {
        trade: { trade_fullinfo_get_response: { trade: withText } },
        refunds: { refunds_receive_get_response: { refunds: { refund: records } } },
      },
    ],
    ['as detail answers', { trade: withText, refunds: records.map((refund) => ({ refund_get_response: { refund } })) }],
    [
      'in an array',
      [
        { trade_fullinfo_get_response: { trade: withText } },
        ...records.map((refund) => ({ refund_get_response: { refund } })),
      ],
    ],
  ])('%s make the refunded amount exact', (_, value) => {
    const [order] = inspect(value)
    expect(order).toMatchObject({ refundedFen: 10000, orderRefundState: 'in-progress' })
    expect(order?.lines.map((line) => line.refundedFen)).toEqual([10000, 0])
  })

  test('that stand in a list and in an answer of their own count once, as they changed last', () => {
    const before = {
      refund_get_response: { refund: { ...records[0], modified: '2020-01-01 00:00:00', refund_fee: '7.00' } },
    }
    expect(inspect([{ trade: withText, refunds: records }, before])[0]?.refundedFen).toBe(10000)
  })

  test('for no line of the trade count for the trade', () => {
    const stray = record(paidBack, 0, { oid: '7', refund_id: '7', refund_fee: '8.00' })
    expect(inspect({ trade: withText, refunds: [...records, stray] })[0]?.refundedFen).toBe(10800)
  })

  test('that are absent leave what the trade tells', () => {
    expect(inspect({ trade: withText, refunds: [] })[0]?.refundedFen).toBe(10900)
  })
})

describe('what is no order', () => {
  test.each([
    ['no JSON', '<html>', 'CHANNEL_NONSENSE'],
    ['a number', '7', 'CHANNEL_NONSENSE'],
    ['another object', { hello: 1 }, 'CHANNEL_NONSENSE'],
    ['a trade whose lines are text', { trade: { tid: '1', orders: 'none' } }, 'CHANNEL_NONSENSE'],
    [
      'a trade with an unreadable amount',
      { trade: { tid: '1', created: '2026-10-20 09:00:00', payment: '1,2' } },
      'CHANNEL_NONSENSE',
    ],
    ['an error answer', errors.trade_not_exist, 'CHANNEL_NOT_FOUND'],
    ['an expired session', errors.session_expired, 'CHANNEL_NOT_AUTHORISED'],
  ])('%s is %s', (_, value, code) => expect(fail(value)).toBe(code))
})

test('failures are read by the same function as in operations', () => {
  const answer = { status: 200, headers: {}, body: JSON.stringify(errors.rate_limit_app_day) }
  expect(taobao.inspect.failure(answer)).toMatchObject({ class: 'quota-exhausted', retryAfterMs: 31_062_000 })
})

test('the manifest holds together', () => {
  const { manifest, vocabulary } = taobao
  const fields = manifest.fields.map((field) => field.name)
  expect(manifest.credentials.parse(Object.fromEntries(fields.map((name) => [name, 'x'])))).toHaveProperty(
    'appKey',
    'x',
  )
  expect(manifest.credentials.safeParse({ appKey: 'x' }).success).toBe(false)
  expect(manifest.appKeyOf({ appKey: '21', appSecret: 's' })).toBe('21')
  expect(vocabulary.orderStatuses).toContain('TRADE_CLOSED_BY_TAOBAO')
  expect(vocabulary.refundStatuses).toContain('EXCHANGE_TRANSFORM_TO_REFUND')
})
