import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen, parseYuan, splitFen, unitFen, yuanText } from './fen.ts'

describe('yuan text', () => {
  test.each([
    ['0', 0],
    ['12', 1200],
    ['12.3', 1230],
    ['200.07', 20007],
    ['-0.05', -5],
    ['9007199254740.99', 900719925474099],
    ['1.500', 150],
  ])('%s is %i fen', (text, amount) => expect(parseYuan(text)).toBe(amount))

  test.each(['', 'abc', '1.234', '1,000.00', '1e3', '.5', '--1'])('refuses %j', (text) => {
    expect(() => parseYuan(text)).toThrow(RangeError)
  })

  test('goes out as it came in', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (n) => {
        expect(parseYuan(yuanText(fen(n)))).toBe(n)
      }),
    )
  })
})

describe('sharing out', () => {
  test.each([
    { total: 500, weights: [7900, 11900], parts: [199, 301] },
    { total: 100, weights: [1, 1, 1], parts: [34, 33, 33] },
    { total: -100, weights: [1, 1, 1], parts: [-34, -33, -33] },
    { total: 5, weights: [0, 0], parts: [0, 0] },
    { total: 1, weights: [0, 3], parts: [0, 1] },
  ])('$total over $weights is $parts', ({ total, weights, parts }) => expect(splitFen(total, weights)).toEqual(parts))

  test('parts always add up to the total', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.array(fc.nat(1e9), { minLength: 1 }).filter((weights) => weights.some((w) => w > 0)),
        (total, weights) => {
          expect(splitFen(total, weights).reduce((a, p) => a + p, 0)).toBe(total)
        },
      ),
    )
  })

  test('units add up to the line and differ by at most one fen, dearer ones first', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 200 }), (paid, quantity) => {
        const units = unitFen(paid, quantity)
        expect(units.reduce((a, u) => a + u, 0)).toBe(paid)
        expect(units[0]! - units[quantity - 1]!).toBeLessThanOrEqual(1)
        expect([...units].sort((a, b) => b - a)).toEqual(units)
      }),
    )
  })
})
