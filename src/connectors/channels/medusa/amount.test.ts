import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yuanText } from '../../../core/money/fen.ts'
import { fenOfDecimal } from './amount.ts'

test.each([
  ['302', 30200],
  ['302.5', 30250],
  ['0.29', 29],
  ['1.005', 101],
  ['-1.005', -101],
  ['19.333333333333332', 1933],
  ['58.33500000000001', 5834],
  ['58.334999999999994', 5833],
  ['0.30000000000000004', 30],
  ['1e-7', 0],
  ['1.5e2', 15000],
  ['-0', 0],
])('%s yuan are %i fen', (text, expected) => {
  expect(fenOfDecimal(text)).toBe(expected)
})

test.each(['', '1,000', '¥3', '--1', 'NaN', 'Infinity', '1.', '.5', '90071992547410'])('%j is no amount', (text) => {
  expect(() => fenOfDecimal(text)).toThrow(RangeError)
})

test('whatever was written in yuan is read back, also by way of a JSON number', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amount) => {
      const text = yuanText(fenOfDecimal(`${amount}e-2`))
      expect(fenOfDecimal(text)).toBe(amount === 0 ? 0 : amount)
      expect(fenOfDecimal(String(JSON.parse(text)))).toBe(amount === 0 ? 0 : amount)
    }),
  )
})
