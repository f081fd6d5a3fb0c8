import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalText, minorUnits } from './money.ts'

test.each([
  ['302.0', 'CNY', 30200],
  ['302', 'CNY', 30200],
  ['0.05', 'CNY', 5],
  ['-5.10', 'CNY', -510],
  ['12.3400', 'CNY', 1234],
  ['302.0', 'JPY', 302],
  ['1.234', 'KWD', 1234],
])('%s %s is %i minor units', (text, currency, units) => {
  expect(minorUnits(text, currency)).toBe(units)
})

test.each([
  ['12.345', 'CNY'],
  ['0.5', 'JPY'],
  ['1,302.00', 'CNY'],
  ['1e3', 'CNY'],
  ['', 'CNY'],
  ['99999999999999999.00', 'CNY'],
])('%s %s is no amount', (text, currency) => {
  expect(() => minorUnits(text, currency)).toThrow(RangeError)
})

test('an amount as text and back is the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('CNY', 'JPY', 'KWD'), (units, currency) => {
      expect(minorUnits(decimalText(units, currency), currency)).toBe(units)
    }),
  )
})
