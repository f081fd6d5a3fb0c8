import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitFen, sumFen, yuanText } from '../../../core/money/fen.ts'
import { fenOf, moneyOf } from './money.ts'
import { Trade } from './payload.ts'
import observed from './samples/trade-multi.json' with { type: 'json' }
import documented from './samples/trade-multi-documented.json' with { type: 'json' }
import presale from './samples/trade-presale.json' with { type: 'json' }
import single from './samples/trade-single.json' with { type: 'json' }
import { statusOf } from './status.ts'

const read = (value: object) => {
  const trade = Trade.parse({ status: 'WAIT_SELLER_SEND_GOODS', type: 'fixed', ...value })
  return moneyOf(trade, statusOf(trade))
}
const paid = (value: object) => read(value).lines.map((line) => line.paidFen)
const lines = (...orders: object[]) => ({ orders: { order: orders } })

test.each([
  ['200.07', 20007],
  ['0.1', 10],
  ['-5.00', -500],
  [12, 1200],
  [undefined, 0],
  [null, 0],
  ['', 0],
])('T1: %j is %d fen', (text, amount) => expect(fenOf(text)).toBe(amount))

describe('T3', () => {
  test('(a) one line is the payment without freight, whatever its own payment says', () => {
    const order = { price: '68.00', num: 1, payment: '0.00', divide_order_fee: '1.00' }
    expect(paid({ payment: '76.00', post_fee: '8.00', ...lines(order) })).toEqual([6800])
  })

  test('(b) the platform’s own split', () => {
    const goods = lines(
      { price: '79.00', num: 1, divide_order_fee: '77.01', part_mjz_discount: '1.99' },
      { price: '119.00', num: 1, divide_order_fee: '115.99', part_mjz_discount: '3.01' },
    )
    const money = read({ payment: '198.00', post_fee: '5.00', ...goods })
    expect(money.lines.map((line) => line.paidFen)).toEqual([7701, 11599])
    expect(money).toMatchObject({ isMismatch: false, freightFen: 500, discountFen: 500 })
  })

  test('(c) the trade’s discount is shared by largest remainder', () => {
    const goods = lines({ price: '79.00', num: 1 }, { price: '119.00', num: 1 })
    expect(paid({ payment: '198.00', post_fee: '5.00', ...goods })).toEqual([7701, 11599])
  })

  test('(c) when only one line that is no gift lacks the split', () => {
    const goods = lines({ price: '10.00', num: 1, divide_order_fee: '9.00' }, { price: '10.00', num: 1 })
    expect(paid({ payment: '18.00', ...goods })).toEqual([900, 900])
  })

  test('(c) with a price changed by hand, a line discount and a discount already split', () => {
    const goods = lines(
      { price: '100.00', num: 2, adjust_fee: '-10.00', discount_fee: '20.00', part_mjz_discount: '7.00' },
      { price: '50.00', num: 1, adjust_fee: '5.00' },
    )
    expect(paid({ payment: '218.00', ...goods })).toEqual([16300, 5500])
    expect(paid({ payment: '213.00', ...goods })).toEqual([15926, 5374])
  })

  test('(c) a sum below the payment is raised', () => {
    const goods = lines({ price: '10.00', num: 1 }, { price: '20.00', num: 1 })
    expect(paid({ payment: '30.01', ...goods })).toEqual([1000, 2001])
  })

  test('(c) lines without weight keep the platform’s numbers and warn', () => {
    const goods = lines({ price: '0.00', num: 1 }, { price: '0.00', num: 1 })
    expect(read({ payment: '1.00', ...goods }).isMismatch).toBe(true)
  })
})

describe('T4: a gift', () => {
  const gift = { is_free_gift: true, num: 1 }
  test('without a split of its own counts nothing beside split lines', () => {
    const goods = lines(
      { price: '10.00', num: 1, divide_order_fee: '9.00' },
      { ...gift, price: '3.00' },
      { price: '1.00', num: 1, divide_order_fee: '1.00' },
    )
    expect(paid({ payment: '10.00', ...goods })).toEqual([900, 0, 100])
  })

  test('without a price takes no part in sharing', () => {
    const goods = lines({ price: '10.00', num: 1 }, { ...gift, discount_fee: '2.00' }, { price: '20.00', num: 1 })
    expect(paid({ payment: '27.00', ...goods })).toEqual([900, 0, 1800])
  })
})

describe('T7', () => {
  test.each([
    ['18.21', 2, [911, 910]],
    ['1.00', 3, [34, 33, 33]],
    ['0.02', 3, [1, 1, 0]],
    ['-0.05', 2, [-3, -2]],
  ])('%s over %d pieces', (payment, num, units) => {
    expect(read({ payment, ...lines({ price: '9.99', num }) }).lines[0]?.unitPaidFen).toEqual(units)
  })
})

describe('T8', () => {
  const goods = lines(
    { price: '10.00', num: 1, divide_order_fee: '9.00' },
    { price: '10.00', num: 1, divide_order_fee: '9.00' },
  )
  test.each([
    ['18.00', 'fixed', 'WAIT_SELLER_SEND_GOODS', false],
    ['18.01', 'fixed', 'WAIT_SELLER_SEND_GOODS', true],
    ['18.01', 'fixed', 'TRADE_CLOSED', true],
    ['18.01', 'step', 'WAIT_SELLER_SEND_GOODS', false],
    ['18.01', 'fixed', 'WAIT_BUYER_PAY', false],
  ])('%s of a %s trade that is %s: warns %s', (payment, type, status, isMismatch) => {
    const money = read({ payment, type, status, ...goods })
    expect(money.isMismatch).toBe(isMismatch)
    if (status !== 'WAIT_BUYER_PAY') expect(money.lines.map((line) => line.paidFen)).toEqual([900, 900])
  })
})

test.each([
  ['observed', observed, [27225, 18211, 5454], 51890, 1000],
  ['documented', documented, [27225, 18211, 5454], 51890, 1000],
  ['one line', single, [6800], 7600, 800],
  ['presale', presale, [0], 5000, 0],
])('the sheet’s figures: %s', (_, sample, paidFen, paidTotalFen, freightFen) => {
  const money = read(sample.trade_fullinfo_get_response.trade)
  expect(money.lines.map((line) => line.paidFen)).toEqual(paidFen)
  expect(money).toMatchObject({ paidTotalFen, freightFen, isMismatch: false })
})

describe('for any lines and discounts', () => {
  const row = fc.record({
    price: fc.integer({ min: 1, max: 200_000 }),
    num: fc.integer({ min: 1, max: 9 }),
    off: fc.double({ min: 0, max: 0.9, noNaN: true }),
  })
  const basket = fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 6 }),
    off: fc.double({ min: 0, max: 1, noNaN: true }),
    freight: fc.nat(3000),
  })

  /** A trade as each of the two styles writes it. */
  const tradeOf = ({ rows, off, freight }: typeof basket extends fc.Arbitrary<infer T> ? T : never) => {
    const due = rows.map(({ price, num, off: own }) => price * num - Math.floor(price * num * own))
    const discount = Math.floor(sumFen(due) * off)
    const mjz = splitFen(discount, due)
    const payment = sumFen(due) - discount + freight
    const order = (style: 'observed' | 'documented' | 'unsplit') =>
      rows.map(({ price, num }, i) => {
        const share = (due[i] ?? 0) - (mjz[i] ?? 0)
        const split = {
          part_mjz_discount: yuanText(mjz[i] ?? sumFen([])),
          divide_order_fee: yuanText(sumFen([share])),
        }
        return {
          price: yuanText(sumFen([price])),
          num,
          discount_fee: yuanText(sumFen([price * num - (due[i] ?? 0)])),
          ...(style === 'unsplit' || rows.length === 1 ? {} : split),
          payment: yuanText(sumFen([style === 'observed' ? share : (due[i] ?? 0)])),
        }
      })
    const of = (style: 'observed' | 'documented' | 'unsplit') =>
      read({ payment: yuanText(sumFen([payment])), post_fee: yuanText(sumFen([freight])), ...lines(...order(style)) })
    return { observed: of('observed'), documented: of('documented'), unsplit: of('unsplit'), payment, freight }
  }

  test('both styles and no split at all give the same, and it adds up to the fen', () => {
    fc.assert(
      fc.property(basket, (input) => {
        const { observed, documented, unsplit, payment, freight } = tradeOf(input)
        expect(documented).toMatchObject({ paidTotalFen: payment, freightFen: freight, isMismatch: false })
        expect(sumFen(documented.lines.map((line) => line.paidFen)) + freight).toBe(payment)
        const shares = [observed, documented, unsplit].map((money) => money.lines.map((line) => line.paidFen))
        expect(shares[0]).toEqual(shares[1])
        expect(shares[2]).toEqual(shares[1])
      }),
    )
  })

  test('list prices less discount plus freight is what is due, and pieces add up to their line', () => {
    fc.assert(
      fc.property(basket, (input) => {
        const { documented, payment, freight } = tradeOf(input)
        expect(sumFen(documented.lines.map((line) => line.listFen)) - documented.discountFen + freight).toBe(payment)
        for (const line of documented.lines) {
          expect(sumFen(line.unitPaidFen)).toBe(line.paidFen)
          expect(line.unitPaidFen).toEqual([...line.unitPaidFen].sort((a, b) => b - a))
        }
      }),
    )
  })
})
