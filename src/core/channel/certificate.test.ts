import { expect, test } from 'vitest'
import { parseBeijing } from '../time/instant.ts'
import { certificateState, certificateWords, daysToCompare, lastDays } from './certificate.ts'

const comparison = (given: object = {}) => ({
  day: '2026-11-11',
  channelCount: 1204,
  ourCount: 1204,
  missing: 0,
  comparedTo: parseBeijing('2026-11-12 00:00:00'),
  ...given,
})

test.each([
  {
    when: 'both counts are equal',
    given: comparison(),
    healed: 0,
    words: '11月11日：1,204 = 1,204',
    state: 'complete',
  },
  {
    when: 'one was healed',
    given: comparison(),
    healed: 1,
    words: '11月11日：1,204 = 1,204，补回 1',
    state: 'complete',
  },
  {
    when: 'one is missing',
    given: comparison({ ourCount: 1203, missing: 1 }),
    healed: 0,
    words: '11月11日：平台 1,204，已收 1,203，缺 1',
    state: 'missing',
  },
  {
    when: 'the day is not over',
    given: comparison({ comparedTo: parseBeijing('2026-11-11 18:00:00') }),
    healed: 0,
    words: '11月11日：1,204 = 1,204',
    state: 'counting',
  },
  { when: 'it was never compared', given: null, healed: 0, words: '11月11日：已收 17，尚未核对', state: 'none' },
])('when $when', ({ given, healed, words, state }) => {
  expect(certificateWords(given, { day: '2026-11-11', ourCount: 17, healed })).toBe(words)
  expect(certificateState(given, '2026-11-11')).toBe(state)
})

test('days are those of Beijing', () => {
  expect(lastDays(parseBeijing('2026-11-12 00:30:00'), 3)).toEqual(['2026-11-10', '2026-11-11', '2026-11-12'])
})

test.each([
  {
    when: 'nothing was compared',
    now: '2026-11-12 10:00:00',
    compared: {},
    days: ['2026-11-10', '2026-11-11', '2026-11-12'],
  },
  {
    when: 'all was compared a moment ago and after its end',
    now: '2026-11-12 10:00:00',
    compared: {
      '2026-11-10': ['2026-11-12 02:10:00', '2026-11-11 00:00:00'],
      '2026-11-11': ['2026-11-12 02:10:00', '2026-11-12 00:00:00'],
      '2026-11-12': ['2026-11-12 09:50:00', '2026-11-12 09:50:00'],
    },
    days: [],
  },
  {
    when: 'yesterday was compared only up to the evening',
    now: '2026-11-12 00:20:00',
    compared: {
      '2026-11-10': ['2026-11-11 02:10:00', '2026-11-11 00:00:00'],
      '2026-11-11': ['2026-11-11 23:30:00', '2026-11-11 23:30:00'],
      '2026-11-12': ['2026-11-12 00:10:00', '2026-11-12 00:10:00'],
    },
    days: ['2026-11-11'],
  },
  {
    when: 'the night has come',
    now: '2026-11-12 02:05:00',
    compared: {
      '2026-11-10': ['2026-11-11 02:10:00', '2026-11-11 00:00:00'],
      '2026-11-11': ['2026-11-12 00:20:00', '2026-11-12 00:00:00'],
      '2026-11-12': ['2026-11-12 01:55:00', '2026-11-12 01:55:00'],
    },
    days: ['2026-11-10', '2026-11-11'],
  },
])('when $when, it compares $days', ({ now, compared, days }) => {
  const known = new Map(
    Object.entries(compared as Record<string, [string, string]>).map(([day, [at, to]]) => [
      day,
      { comparedAt: parseBeijing(at), comparedTo: parseBeijing(to) },
    ]),
  )
  expect(daysToCompare(parseBeijing(now), known)).toEqual(days)
})
