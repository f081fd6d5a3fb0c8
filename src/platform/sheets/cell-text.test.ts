import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellText, dateText, numberText } from './cell-text.ts'

test.each([
  { value: 13_800_000_101, text: '13800000101' },
  { value: 30.200000000000003, text: '30.2' },
  { value: 0.1 + 0.2, text: '0.3' },
  { value: -0.05, text: '-0.05' },
  { value: 0, text: '0' },
  { value: 1e-7, text: '0.0000001' },
  { value: 9_007_199_254_740_991, text: '9007199254740991' },
  { value: 4_150_331_829_467_121_000, text: '4.150331829467121E+18' },
  { value: Number.NaN, text: '' },
])('the number $value is written $text', ({ value, text }) => expect(numberText(value)).toBe(text))

test('an amount in fen comes back to the fen', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amount) => {
      const text = numberText(amount / 100)
      expect(text).toMatch(/^-?\d+(\.\d{1,2})?$/)
      expect(Math.round(Number(text) * 100)).toBe(amount === 0 ? 0 : amount)
    }),
  )
})

test.each([
  { at: '2026-10-20T09:15:01.999Z', text: '2026-10-20 09:15:02' },
  { at: '2026-10-20T23:59:59.999Z', text: '2026-10-21 00:00:00' },
  { at: '1899-12-31T12:00:00.000Z', text: '12:00:00' },
  { at: '1899-12-30T06:30:00.000Z', text: '06:30:00' },
])('a date cell of $at reads $text', ({ at, text }) => expect(dateText(new Date(at))).toBe(text))

test('cleaning twice is cleaning once, for text that has no marks of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const once = cellText(raw)
      fc.pre(!/^['=]/.test(once))
      expect(cellText(once)).toBe(once)
    }),
  )
})
