import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sumFen } from '../../../core/money/fen.ts'
import { moneyOf } from './money.ts'
import { Order, yuanOf } from './payload.ts'

const item = (goods_price: number, goods_count = 1) => ({ sku_id: 1, goods_price, goods_count })
const order = (fields: object) => Order.parse({ order_sn: '1', item_list: [item(29.7)], ...fields })
const money = (fields: object, isPaid = true) => moneyOf(order(fields), { isPaid })

test.each([
  [0.29, 29],
  [8.87, 887],
  [24.54, 2454],
  [28.200000000000003, 2820],
  [1.1, 110],
  [0, 0],
  ['12.49', 1249],
  ['0', 0],
  ['', 0],
  [null, 0],
  [undefined, 0],
])('%j yuan are %j fen', (yuan, fen) => {
  expect(yuanOf(yuan)).toBe(fen)
})

test('what is no amount is refused', () => {
  expect(() => yuanOf('twelve')).toThrow(RangeError)
})

test('every amount of two decimals comes back as it was', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), (fen) => yuanOf(fen / 100) === fen))
})

describe('the money of an order', () => {
  test('has freight apart from its goods', () => {
    expect(money({ goods_amount: 29.7, discount_amount: 1.5, postage: 5, pay_amount: 33.2 })).toMatchObject({
      paidTotalFen: 3320,
      freightFen: 500,
      extraFen: 0,
      discountFen: 150,
      lines: [{ listFen: 2970, paidFen: 2820 }],
      isMismatch: false,
    })
  })

  test('has service fees in what was paid beyond goods and freight', () => {
    expect(money({ goods_amount: 29.7, discount_amount: 0, postage: 5, pay_amount: 84.7 })).toMatchObject({
      paidTotalFen: 8470,
      extraFen: 5000,
      lines: [{ paidFen: 2970 }],
      isMismatch: false,
    })
  })

  test('that is less than its parts says so and keeps the platform’s numbers', () => {
    expect(money({ goods_amount: 29.7, discount_amount: 1.5, postage: 0, pay_amount: 20 })).toMatchObject({
      paidTotalFen: 2000,
      lines: [{ paidFen: 2820 }],
      isMismatch: true,
    })
  })

  test('includes a changed price', () => {
    const changed = { goods_amount: 19.7, order_change_amount: 10, discount_amount: 0, pay_amount: 19.7 }
    expect(money(changed)).toMatchObject({ lines: [{ listFen: 2970, paidFen: 1970 }], isMismatch: false })
  })

  test('is shared by price and pieces, largest remainder first, and gifts cost nothing', () => {
    const item_list = [item(10), item(10), item(5, 2)]
    const shared = money({ item_list, gift_list: [item(3)], goods_amount: 30, discount_amount: 10, pay_amount: 20 })
    expect(shared.lines.map((line) => [line.paidFen, line.isGift])).toEqual([
      [667, false],
      [667, false],
      [666, false],
      [0, true],
    ])
    expect(shared.lines[2]!.unitPaidFen).toEqual([333, 333])
  })

  test('is shared by pieces where nothing has a price', () => {
    const { lines } = money({ item_list: [item(0), item(0, 3)], goods_amount: 4, pay_amount: 4 })
    expect(lines.map((line) => line.paidFen)).toEqual([100, 300])
  })

  test('does not count before it was paid', () => {
    const unpaid = money({ goods_amount: 29.7, postage: 5, pay_amount: 34.7 }, false)
    expect(unpaid).toMatchObject({ paidTotalFen: 0, payableTotalFen: 3470, freightFen: 0, lines: [{ paidFen: 0 }] })
  })

  test('adds up, whatever the prices', () => {
    const lines = fc.array(fc.record({ price: fc.nat(1e6), count: fc.integer({ min: 1, max: 20 }) }), { minLength: 1 })
    fc.assert(
      fc.property(lines, fc.nat(1e5), fc.nat(1e5), (rows, discount, postage) => {
        const goods = rows.reduce((sum, { price, count }) => sum + price * count, 0)
        const fields = {
          item_list: rows.map(({ price, count }) => item(price / 100, count)),
          goods_amount: goods / 100,
          discount_amount: Math.min(discount, goods) / 100,
          postage: postage / 100,
          pay_amount: (goods - Math.min(discount, goods) + postage) / 100,
        }
        const { isMismatch, lines: shared, paidTotalFen, freightFen, extraFen } = money(fields)
        expect([isMismatch, extraFen]).toEqual([false, 0])
        expect(sumFen(shared.map((line) => line.paidFen)) + freightFen).toBe(paidTotalFen)
      }),
    )
  })
})
