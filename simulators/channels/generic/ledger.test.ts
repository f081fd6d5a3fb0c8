import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLedger, type Place } from './ledger.ts'

interface Entry {
  readonly id: string
  readonly modifiedAt: number
}

const all = () => true

function pass(ledger: ReturnType<typeof createLedger<Entry>>, limit: number, between: () => void = () => {}): Entry[] {
  const seen: Entry[] = []
  let after: Place | null = null
  do {
    const page = ledger.page({ since: 0, after, limit, shows: all })
    seen.push(...page.rows)
    after = page.next
    if (after) between()
  } while (after)
  return seen
}

test('one pass lists every row once, by change and then by id', () => {
  const rows = fc.uniqueArray(fc.record({ id: fc.string({ minLength: 1 }), modifiedAt: fc.nat(5) }), {
    selector: ({ id }) => id,
  })
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 7 }), (entries, limit) => {
      const ledger = createLedger<Entry>()
      for (const entry of entries) ledger.put(entry)
      const sorted = [...entries].sort((a, b) => a.modifiedAt - b.modifiedAt || (a.id < b.id ? -1 : 1))
      expect(pass(ledger, limit)).toEqual(sorted)
    }),
  )
})

test('rows that change or come between two pages are listed later, and none is skipped', () => {
  const changes = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 20 })
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 7 }), (plan, limit) => {
      const ledger = createLedger<Entry>()
      const now = 1000 // The clock stands still: the worst there is.
      for (let number = 0; number < 20; number++) ledger.put({ id: `T-${number}`, modifiedAt: now })
      const steps = [...plan]
      const seen = pass(ledger, limit, () => {
        for (const number of steps.shift() ?? []) {
          const id = `T-${number}`
          ledger.put({ id, modifiedAt: ledger.stamp(now, id) })
        }
      })
      const latest = new Map(seen.map((entry) => [entry.id, entry.modifiedAt]))
      for (const { id, modifiedAt } of ledger.since(0)) expect(latest.get(id)).toBe(modifiedAt)
    }),
  )
})

test('two changes of one row never carry the same time', () => {
  const ledger = createLedger<Entry>()
  ledger.put({ id: 'T-1', modifiedAt: ledger.stamp(50, 'T-1') })
  expect(ledger.stamp(50, 'T-1')).toBe(51)
  expect(ledger.stamp(40, 'T-1')).toBe(51)
  expect(ledger.stamp(50, 'T-2')).toBe(50)
})

test('ten thousand rows are kept in order without sorting them again', () => {
  const ledger = createLedger<Entry>()
  const began = performance.now()
  for (let number = 0; number < 10_000; number++) ledger.put({ id: `T-${number}`, modifiedAt: number >> 3 })
  for (let number = 0; number < 10_000; number++) {
    const id = `T-${(number * 7919) % 10_000}`
    ledger.put({ id, modifiedAt: ledger.stamp(20_000 + number, id) })
  }
  for (let turn = 0; turn < 100; turn++) expect(pass(ledger, 100)).toHaveLength(10_000)
  // A hundred full passes; a sort in each of the 10,000 calls would take far longer.
  expect(performance.now() - began).toBeLessThan(5000)
})
