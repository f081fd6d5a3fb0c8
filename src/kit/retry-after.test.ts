import { expect, test } from 'vitest'
import { retryAfterOf } from './retry-after.ts'

const date = 'Wed, 21 Oct 2026 07:28:00 GMT'

test.each([
  { headers: { 'retry-after': '3' }, ms: 3_000 },
  { headers: { 'retry-after': ' 0.5 ' }, ms: 500 },
  { headers: { 'retry-after': '0' }, ms: 0 },
  { headers: { 'retry-after': 'Wed, 21 Oct 2026 07:29:00 GMT', date }, ms: 60_000 },
  { headers: { 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', date }, ms: 0 },
  { headers: { 'retry-after': 'Wed, 21 Oct 2026 07:29:00 GMT' }, ms: null },
  { headers: { 'retry-after': 'soon', date }, ms: null },
  { headers: { 'retry-after': '99999999' }, ms: null },
  { headers: { 'retry-after': '' }, ms: null },
  { headers: {}, ms: null },
])('$headers asks for $ms ms', ({ headers, ms }) => {
  expect(retryAfterOf(headers)).toBe(ms)
})
