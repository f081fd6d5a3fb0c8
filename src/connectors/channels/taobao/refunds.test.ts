import { describe, expect, test } from 'vitest'
import { moneyOf } from './money.ts'
import { RefundRow, Trade } from './payload.ts'
import { lineRefundOf } from './refunds.ts'
import { statusOf } from './status.ts'

/** Two lines of 100.00 each, 20.00 off the trade: shares of 90.00. `other` is the untouched line beside it. */
const two = (first: object, other: object = { payment: '90.00' }) => ({
  payment: '188.00',
  post_fee: '8.00',
  status: 'WAIT_BUYER_CONFIRM_GOODS',
  orders: {
    order: [
      {
        oid: '41',
        price: '50.00',
        num: 2,
        part_mjz_discount: '10.00',
        divide_order_fee: '90.00',
        payment: '90.00',
        ...first,
      },
      { oid: '42', price: '100.00', num: 1, part_mjz_discount: '10.00', divide_order_fee: '90.00', ...other },
    ],
  },
})
/** One line of 68.00 with freight of 8.00. */
const one = (order: object) => ({
  payment: '76.00',
  post_fee: '8.00',
  status: 'WAIT_BUYER_CONFIRM_GOODS',
  orders: { order: [{ oid: '41', price: '68.00', num: 1, payment: '76.00', ...order }] },
})

const read = (value: object, records: object[] = []) => {
  const trade = Trade.parse(value)
  const [money] = moneyOf(trade, statusOf(trade)).lines
  if (money === undefined) throw new Error('no line')
  return lineRefundOf({ trade, money, records: records.map((record) => RefundRow.parse(record)) })
}

describe('from the trade alone', () => {
  const success = { refund_status: 'SUCCESS' }
  const documentedStyle = { payment: '100.00' }
  test.each([
    ['no refund', two({}), 0],
    ['a refund asked for', two({ refund_status: 'WAIT_SELLER_AGREE' }), 0],
    ['paid back, nothing left', two({ ...success, payment: '0.00' }), 9000],
    ['paid back in part', two({ ...success, payment: '87.12' }), 288],
    ['paid back, payment as it was', two({ ...success, payment: '90.00' }), 9000],
    ['closed by it, payment as it was', two({ ...success, status: 'TRADE_CLOSED', payment: '90.00' }), 9000],
    ['closed by it, some payment left', two({ ...success, status: 'TRADE_CLOSED', payment: '8.00' }), 9000],
    ['documented style, payment as it was', two({ ...success, payment: '100.00' }, documentedStyle), 9000],
    ['documented style, in part', two({ ...success, payment: '95.00' }, documentedStyle), 500],
    ['documented style, half', two({ ...success, payment: '50.00' }, documentedStyle), 5000],
    ['documented style, nothing left', two({ ...success, payment: '0.00' }, documentedStyle), 9000],
    ['one line with freight, in part', one({ ...success, payment: '66.00' }), 1000],
    ['one line with freight, nothing left', one({ ...success, payment: '0.00' }), 6800],
    ['one line with freight, freight left', one({ ...success, payment: '8.00' }), 6800],
    ['one line, payment as it was', one({ ...success }), 6800],
    ['one line, closed by it', one({ ...success, status: 'TRADE_CLOSED', payment: '68.00' }), 6800],
    ['no payment told', one({ ...success, payment: undefined }), 6800],
  ])('%s', (_, value, refundedFen) => expect(read(value).refundedFen).toBe(refundedFen))
})

describe('from the records', () => {
  const record = (change: object) => ({ refund_id: '9', oid: '41', status: 'SUCCESS', refund_fee: '20.00', ...change })

  test('successful ones add up, freight included; others do not count', () => {
    const paidBack = one({ refund_status: 'SUCCESS', payment: '0.00' })
    expect(read(paidBack, [record({ refund_fee: '76.00' })]).refundedFen).toBe(7600)
    const records = [
      record({}),
      record({ refund_id: '10', refund_fee: '5.50' }),
      record({ refund_id: '11', status: 'CLOSED' }),
    ]
    expect(read(two({ refund_status: 'SUCCESS', payment: '64.50' }), records).refundedFen).toBe(2550)
  })

  test('an earlier success stands when a later request was withdrawn', () => {
    expect(read(two({ refund_status: 'CLOSED' }), [record({})])).toMatchObject({
      refundState: 'success',
      refundedFen: 2000,
    })
    expect(read(two({ refund_status: 'WAIT_SELLER_AGREE' }), [record({})])).toMatchObject({
      refundState: 'requested',
      refundedFen: 2000,
    })
  })
})

describe('pieces', () => {
  test.each([
    ['the whole line', '0.00', 2, 0],
    ['the price of one', '45.00', 1, 0],
    ['less than one', '45.01', 0, 0],
  ])('%s paid back', (_, payment, refundedQuantity, refundingQuantity) => {
    expect(read(two({ refund_status: 'SUCCESS', payment }))).toMatchObject({ refundedQuantity, refundingQuantity })
  })

  test('all pieces not paid back wait while a request is open', () => {
    expect(read(two({ refund_status: 'WAIT_SELLER_AGREE' }))).toMatchObject({
      refundedQuantity: 0,
      refundingQuantity: 2,
    })
  })

  test('a gift that came back counts whole', () => {
    const gift = {
      is_free_gift: true,
      price: '0.00',
      divide_order_fee: '0.00',
      payment: '0.00',
      refund_status: 'SUCCESS',
    }
    expect(read(two(gift))).toMatchObject({ refundedFen: 0, refundedQuantity: 2 })
  })
})
