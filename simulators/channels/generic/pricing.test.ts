import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import { buy } from './buyers.ts'
import { priceBasket, share, sum } from './pricing.ts'
import { openShop, seedGoods } from './shop.ts'
import { orderJson } from './wire.ts'

const basket = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 99 }), price: fc.nat(9_999_999) }), {
  minLength: 1,
  maxLength: 12,
})
const terms = fc.record({
  discount: fc.nat(50_000_000),
  shipping: fc.nat(5000),
  extra: fc.nat(5000),
  taxPercent: fc.constantFrom(0, 1, 3, 6, 9, 13),
})

test('every sum holds to the fen', () => {
  fc.assert(
    fc.property(basket, terms, (lines, wish) => {
      const { amounts, lines: priced } = priceBasket(lines, wish)
      const { goods, discount, shipping, extra, tax, total } = amounts
      expect(sum(priced.map(({ list }) => list))).toBe(goods)
      expect(sum(priced.map(({ paid }) => paid))).toBe(goods - discount + tax)
      expect(sum(priced.map(({ paid }) => paid)) + shipping + extra).toBe(total)
      expect(Math.min(...priced.map(({ paid }) => paid))).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('a share is never greater than its weight when the total is not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1e6), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (weights, part) => {
        const total = Math.floor(sum(weights) * part)
        const shares = share(total, weights)
        expect(sum(shares)).toBe(sum(weights) === 0 ? 0 : total)
        shares.forEach((one, index) => {
          expect(one).toBeLessThanOrEqual(weights[index]!)
          expect(one).toBeGreaterThanOrEqual(0)
        })
      },
    ),
  )
})

test('a thousand drawn orders hold their sums, and show discounts, extras, taxes and freight among them', () => {
  const shop = openShop({ seed: 11, now: () => 1_792_458_998_000, tell: () => {} })
  seedGoods(shop, demoCatalogue)
  const orders = buy(shop, { count: 1000, ignoreStock: true })
  expect(orders).toHaveLength(1000)
  for (const { amounts, lines } of orders) {
    const { goods, discount, shipping, extra, tax, total } = amounts
    expect(goods - discount + shipping + extra + tax).toBe(total)
    expect(sum(lines.map(({ paid }) => paid)) + shipping + extra).toBe(total)
  }
  const seen = (['discount', 'shipping', 'extra', 'tax'] as const).map((part) =>
    orders.some(({ amounts }) => amounts[part] > 0),
  )
  expect(seen).toEqual([true, true, true, true])
})

test('an order is written as in the sheet', () => {
  const at = Date.parse('2026-10-20T09:15:02+08:00')
  const shop = openShop({ seed: 1, now: () => at, tell: () => {} })
  seedGoods(shop, demoCatalogue.slice(0, 1))
  const [order] = buy(shop, {
    count: 1,
    pay: 'unpaid',
    note: '请用环保包装',
    lines: [{ merchantCode: 'MB-1001', quantity: 2 }],
  })
  expect(orderJson(order!)).toMatchObject({
    id: 'T-7301',
    number: '7301',
    currency: 'CNY',
    placed_at: '2026-10-20T09:15:02+08:00',
    paid_at: null,
    modified_at: '2026-10-20T09:15:02+08:00',
    status: 'unpaid',
    lines: [{ id: '1501', sku: 'MB-1001', spec: '颜色:米白', qty: 2, list: 9800 }],
    refunds: [],
    shipments: [],
    note: '请用环保包装',
  })
})
