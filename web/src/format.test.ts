import { expect, test } from 'vitest'
import { beijingClock, bytesText, countText, moneyText, narrowDigits, nearness, spanOf, timeText } from './format.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)

test.each([
  [123450, '¥1,234.50'],
  [-2000, '-¥20.00'],
  [0, '¥0.00'],
  [5, '¥0.05'],
  [123456789, '¥1,234,567.89'],
  [null, '—'],
])('%s fen reads %s', (fen, text) => expect(moneyText(fen)).toBe(text))

test('another currency is named', () => expect(moneyText(1000, 'USD')).toBe('USD 10.00'))

test.each([
  ['2026-11-22T14:05:00', '14:05'],
  ['2026-11-21T23:59:00', '昨天 23:59'],
  ['2026-11-20T00:01:00', '11-20 00:01'],
  ['2025-12-31T08:00:00', '2025-12-31 08:00'],
])('%s seen in the afternoon of 22 November is %s', (then, text) =>
  expect(timeText(at(then), at('2026-11-22T16:00:00'), '昨天')).toBe(text),
)

test('the day turns at Beijing midnight, whatever the device says', () => {
  expect(timeText(at('2026-11-22T23:59:59'), at('2026-11-23T00:00:01'), '昨天')).toBe('昨天 23:59')
  expect(beijingClock(at('2026-11-22T23:59:59'), 0, 18)).toBe(at('2026-11-22T18:00:00'))
  expect(beijingClock(at('2026-11-22T00:00:00'), 1, 9)).toBe(at('2026-11-23T09:00:00'))
})

test.each([
  [-1, 'over'],
  [59 * 60_000, 'near'],
  [60 * 60_000, 'soon'],
  [4 * 3_600_000, 'far'],
])('a deadline %s ms away is %s', (away, how) => expect(nearness(1_000_000 + away, 1_000_000)).toBe(how))

test('a span is told in whole parts and is never negative', () => {
  expect(spanOf(((25 * 60 + 3) * 60 + 59) * 1000)).toEqual({ days: 1, hours: 1, minutes: 3 })
  expect(spanOf(-5)).toEqual({ days: 0, hours: 0, minutes: 0 })
})

test('counts and sizes are grouped and named', () => {
  expect([countText(999), countText(1000), countText(2875000)]).toEqual(['999', '1,000', '2,875,000'])
  expect([bytesText(0), bytesText(999), bytesText(2_048_000)]).toEqual(['0 B', '999 B', '2.0 MB'])
})

test('wide digits become narrow', () => expect(narrowDigits('１２．５，－３')).toBe('12.5,-3'))
