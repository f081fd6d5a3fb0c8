import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen, sumFen, yuanText } from '../../../core/money/fen.ts'
import { fenOf, moneyOf, wholeFen } from './money.ts'
import { OrderInfo } from './payload.ts'
import page from './samples/pop-order-search-page.json' with { type: 'json' }
import split from './samples/pop-order-search-split.json' with { type: 'json' }

const paid = { isPaid: true }
const read = (fields: object, status = paid) => moneyOf(OrderInfo.parse(fields), status)
const item = (skuId: string, jdPrice: string, itemTotal = '1') => ({ skuId, jdPrice, itemTotal })

test.each([
  ['487.00', 48700],
  ['0.1', 10],
  ['', 0],
  [undefined, 0],
  [null, 0],
  [89, 8900],
])('J1: %j is %d fen', (text, amount) => expect(fenOf(text)).toBe(amount))

test.each([[8900], ['8900'], ['8900.0'], ['8900.00']])('an amount in fen: %j', (value) => {
  expect(wholeFen(value)).toBe(8900)
})
test.each([[8900.5], [''], ['89,00'], [undefined]])('no amount in fen: %j', (value) => {
  expect(() => wholeFen(value)).toThrow(RangeError)
})

test('the worked orders of the sheet', () => {
  const [first, second] = page.jingdong_pop_order_search_responce.searchorderinfo_result.orderInfoList
  const money = read(first!)
  expect(money).toMatchObject({
    paidTotalFen: 40300,
    payableTotalFen: 40300,
    freightFen: 600,
    discountFen: 9000,
    merchantReceivableFen: 41700,
    isMismatch: false,
  })
  expect(money.lines.map((line) => line.paidFen)).toEqual([31796, 7904])
  expect(money.lines[0]?.unitPaidFen).toEqual([15898, 15898])
  expect(read(second!)).toMatchObject({ paidTotalFen: 8900, freightFen: 0, isMismatch: false })
})

test('children of a split order add up', () => {
  const [, ...children] = split.jingdong_pop_order_search_responce.searchorderinfo_result.orderInfoList
  const money = children.map((child) => read(child))
  expect(money.map(({ paidTotalFen }) => paidTotalFen)).toEqual([32396, 7904])
  expect(money.map(({ lines }) => lines.map((line) => line.paidFen))).toEqual([[31796], [7904]])
  expect(money.some(({ isMismatch }) => isMismatch)).toBe(false)
})

describe('J2', () => {
  const goods = { itemInfoList: [item('1', '10.00')] }
  test.each([
    {
      when: 'actualPay has come',
      fields: { actualPay: '9.00', orderPayment: '7.00', balanceUsed: '2.00' },
      total: 900,
    },
    { when: 'actualPay is late', fields: { actualPay: '0.00', orderPayment: '7.00', balanceUsed: '2.00' }, total: 900 },
    { when: 'actualPay is empty', fields: { actualPay: '', orderPayment: '9.00' }, total: 900 },
  ])('$when', ({ fields, total }) => expect(read({ ...goods, ...fields }).paidTotalFen).toBe(total))

  test('an order that is not paid has paid nothing, and says what is due', () => {
    const money = read({ ...goods, shouldPay: '16.00', freightPrice: '6.00' }, { isPaid: false })
    expect(money).toMatchObject({ paidTotalFen: 0, payableTotalFen: 1600, freightFen: 0, isMismatch: false })
    expect(money.lines[0]).toMatchObject({ listFen: 1000, paidFen: 0, unitPaidFen: [0] })
  })
})

test('J3: service fee and tax are neither goods nor freight', () => {
  const money = read({
    itemInfoList: [item('1', '10.00')],
    actualPay: '19.00',
    freightPrice: '6.00',
    serviceFee: '2.00',
    taxFee: '1.00',
  })
  expect(money).toMatchObject({ freightFen: 600, extraFen: 300, isMismatch: false })
  expect(money.lines[0]?.paidFen).toBe(1000)
})

test('J4: a promotion of one item lowers its own base, a shop’s discount all', () => {
  const money = read({
    itemInfoList: [item('1', '100.00'), item('2', '100.00')],
    couponDetailList: [
      { couponType: '30-单品促销优惠', skuId: '1', couponPrice: '50.00' },
      { couponType: '100-店铺优惠', skuId: '', couponPrice: '15.00' },
    ],
    actualPay: '135.00',
  })
  expect(money.lines.map((line) => line.paidFen)).toEqual([4500, 9000])
})

test('J6, J7: a gift costs nothing; pieces that do not divide are dearer first', () => {
  const money = read({ itemInfoList: [item('1', '3.34', '3'), item('2', '0.00')], actualPay: '10.00' })
  expect(money.lines.map((line) => line.paidFen)).toEqual([1000, 0])
  expect(money.lines[0]?.unitPaidFen).toEqual([334, 333, 333])
})

test('lines of one SKU are told apart', () => {
  const money = read({
    itemInfoList: [item('1', '10.00'), item('1', '0.00')],
    couponDetailList: [{ couponType: '30-单品', skuId: '1', couponPrice: '1.00' }],
    actualPay: '9.00',
  })
  expect(money.lines.map((line) => [line.channelLineNo, line.paidFen])).toEqual([
    ['1', 900],
    ['1-2', 0],
  ])
})

test('J8: without the newer field the older tells the receivable', () => {
  expect(read({ totalSellerReceivable: '0.00', orderSellerPrice: '12.00' }).merchantReceivableFen).toBe(1200)
})

test('J9: what cannot be shared is a mismatch', () => {
  expect(read({ itemInfoList: [item('1', '0.00')], actualPay: '5.00' }).isMismatch).toBe(true)
  expect(read({ itemInfoList: [item('1', '5.00')], actualPay: '5.00', freightPrice: '6.00' }).isMismatch).toBe(true)
})

test('J9: lines, freight and fees always add up to what was paid', () => {
  const amount = fc.integer({ min: 1, max: 1e6 })
  const line = fc.record({ price: amount, quantity: fc.integer({ min: 1, max: 20 }) })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), amount, fc.nat(5000), (lines, goods, freight) => {
      const money = read({
        itemInfoList: lines.map(({ price, quantity }, place) =>
          item(String(place), yuanText(fen(price)), String(quantity)),
        ),
        actualPay: yuanText(fen(goods + freight)),
        freightPrice: yuanText(fen(freight)),
      })
      expect(sumFen(money.lines.map(({ paidFen }) => paidFen)) + freight).toBe(goods + freight)
      for (const { paidFen, unitPaidFen } of money.lines) expect(sumFen(unitPaidFen)).toBe(paidFen)
      expect(money.isMismatch).toBe(false)
    }),
  )
})
