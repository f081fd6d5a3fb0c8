import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingCodes } from '../../src/core/review/findings.ts'
import { type OrderSearch, readOrderSearch } from './pages/orders/search.ts'
import { parseSearch, stringifySearch } from './search.ts'

const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
const searches = fc.record(
  {
    view: fc.constantFrom('to-review', 'held', 'all' as const),
    shops: fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 4 }),
    findings: fc.uniqueArray(fc.constantFrom(...findingCodes), { minLength: 1 }),
    q: fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text),
    from: day.map((date) => date.toISOString().slice(0, 10)),
    sort: fc.constantFrom('newest', 'oldest' as const),
    size: fc.constantFrom(20, 100, 200),
    open: fc.constantFrom('T26112400012', 'T00000001'),
  },
  { requiredKeys: [] },
)

test('the address gives back every state of a list', () => {
  fc.assert(
    fc.property(searches, (search) => {
      expect(readOrderSearch(parseSearch(stringifySearch(search)))).toEqual(search as OrderSearch)
    }),
  )
})

test('an address is readable, and what says nothing is left out', () => {
  expect(stringifySearch({ view: 'held', shops: [1, 2], q: '', warehouse: undefined })).toBe('?view=held&shops=1,2')
  expect(stringifySearch({})).toBe('')
})

test('what an address says wrongly is left out, not passed on', () => {
  expect(
    readOrderSearch({ view: 'nope', shops: '1,x,3', from: 'yesterday', size: '7', open: 'O1', sort: 'x' }),
  ).toEqual({
    shops: [1, 3],
  })
})
