import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beijingDay, beijingText, isoText, parseBeijing, parseIso } from './instant.ts'

test.each([
  ['2025-10-16 20:41:07', '2025-10-16T12:41:07.000Z'],
  ['2025-10-16T00:00:00', '2025-10-15T16:00:00.000Z'],
  ['2024-02-29', '2024-02-28T16:00:00.000Z'],
  ['2025/1/2 3:04', '2025-01-01T19:04:00.000Z'],
])('%s in Beijing is %s', (text, iso) => expect(isoText(parseBeijing(text))).toBe(iso))

test.each(['2025-02-30 10:00:00', '2025-13-01', 'yesterday', '2025-10-16 25:00:00', '2025-10-16 20:61:00', ''])(
  'refuses %j',
  (text) => expect(() => parseBeijing(text)).toThrow(RangeError),
)

test('a moment without a zone is refused, not guessed', () => {
  expect(() => parseIso('2025-10-16T20:41:07')).toThrow(RangeError)
  expect(parseIso('2025-10-16T20:41:07+08:00')).toBe(parseBeijing('2025-10-16 20:41:07'))
})

test('Beijing text reads back to the same second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), (s) => {
      expect(parseBeijing(beijingText(s * 1000))).toBe(s * 1000)
    }),
  )
})

test('the day turns at Beijing midnight', () => {
  expect(beijingDay(parseBeijing('2025-11-10 23:59:59'))).toBe('2025-11-10')
  expect(beijingDay(parseBeijing('2025-11-11 00:00:00'))).toBe('2025-11-11')
})
