import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import { openBench } from './bench.ts'
import type { Fact, Found } from './bench-steps.ts'
import type { ScanDeed } from './deeds.ts'
import { checkedOf, findParcel, names } from './judge.ts'
import { parcelOf } from './made-up.ts'
import type { Code } from './scanner-keys.ts'
import type { Sound } from './sounds.ts'

const scanned = (text: string): Code => ({ text, isByHand: false })
const typed = (text: string): Code => ({ text, isByHand: true })

function aBench(parcels: readonly ParcelRow[], { ships = true, find }: { ships?: boolean; find?: Found } = {}) {
  const deeds: ScanDeed[] = []
  const sounds: Sound[] = []
  const facts: Fact[] = []
  const bench = openBench({
    find: async (code) => {
      if (find) return find
      const parcel = findParcel(parcels, code)
      return parcel ? { kind: 'parcel', parcel } : { kind: 'unknown' }
    },
    knows: (code) => parcels.some((parcel) => names(parcel, code)),
    queue: {
      add: async (deed) => void deeds.push(deed),
      state: () => ({ state: 'online', waiting: [], refusals: [] }),
    },
    now: () => 1,
    play: (sound) => sounds.push(sound),
    tell: (fact) => facts.push(fact),
    shipsByItself: () => ships,
  })
  return { bench, deeds, sounds, facts, band: () => bench.state().band.kind }
}

const cups = parcelOf(1, [
  { code: 'CUP-W', quantity: 2, barcode: '6901234567892' },
  { code: 'BOWL', quantity: 1 },
])

test('a parcel is opened by its label, checked piece by piece, and shipped', async () => {
  const { bench, deeds, sounds, facts, band } = aBench([cups])
  await bench.scan(scanned('73121'))
  expect(band()).toBe('opened')
  expect(facts).toEqual([{ say: 'pieces', count: 3 }])
  for (const code of ['CUP-W', '6901234567892', 'BOWL']) await bench.scan(scanned(code))
  expect(band()).toBe('shipped')
  expect(deeds.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
    'check CUP-W',
    'check CUP-W',
    'check BOWL',
    'ship ',
  ])
  expect(new Set(deeds.map(({ key }) => key)).size).toBe(4)
  expect(sounds).toEqual(['right', 'right', 'right', 'done'])
  expect(bench.state()).toMatchObject({ parcels: 1, pieces: 3 })
})

test('scans that come faster than they are worked are worked in order, none lost', async () => {
  const many = parcelOf(2, [{ code: 'PEN', quantity: 500 }])
  const { bench, deeds } = aBench([many])
  await Promise.all([scanned('73122'), ...Array.from({ length: 500 }, () => scanned('PEN'))].map(bench.scan))
  expect(deeds.filter(({ kind }) => kind === 'check')).toHaveLength(500)
  expect(deeds.at(-1)).toMatchObject({ kind: 'ship', parcelId: 2 })
  expect(deeds.every((deed, at) => at === 0 || deed.at > deeds[at - 1]!.at)).toBe(true)
})

test('goods scanned first find the most urgent parcel that needs them, and count as its first piece', async () => {
  const later = parcelOf(3, [{ code: 'CUP-W', quantity: 2 }], { shipBy: 900 })
  const sooner = parcelOf(4, [{ code: 'CUP-W', quantity: 2 }], { shipBy: 100 })
  const { bench, band } = aBench([later, sooner])
  await bench.scan(scanned('CUP-W'))
  expect(bench.state().parcel).toMatchObject({ id: 4, lines: [{ checked: 1 }] })
  expect(band()).toBe('right')
})

test.each([
  { what: 'goods of no line', code: 'LAMP', band: 'foreign' },
  { what: 'a piece too many', code: 'BOWL', band: 'surplus' },
  { what: 'the label of another parcel', code: '73129', band: 'mixed' },
])('$what turns red and stays red until the right piece is scanned', async ({ code, band: expected }) => {
  const other = parcelOf(9, [{ code: 'VASE', quantity: 1 }])
  const { bench, deeds, sounds, band } = aBench([cups, other])
  await bench.scan(scanned('73121'))
  await bench.scan(scanned('BOWL'))
  await bench.scan(scanned(code))
  expect(band()).toBe(expected)
  expect(sounds.at(-1)).toBe('wrong')
  await bench.ship()
  await bench.putAside()
  await bench.scan(typed('2'))
  expect(band()).toBe(expected === 'mixed' ? 'foreign' : band())
  expect(bench.state().parcel?.id).toBe(1)
  expect(deeds).toHaveLength(1)
  await bench.scan(scanned('CUP-W'))
  expect(band()).toBe('right')
})

test('a thousand wrong or surplus pieces: every one is refused, and no parcel is shipped wrongly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('CUP-W', 'BOWL', 'LAMP', 'VASE'), { maxLength: 12 }), async (codes) => {
      const { bench, deeds } = aBench([cups])
      await bench.scan(scanned('73121'))
      for (const code of codes) {
        if (bench.state().band.kind === 'shipped') break
        await bench.scan(scanned(code))
      }
      const taken = (code: string) => deeds.filter((deed) => deed.kind === 'check' && deed.code === code).length
      expect(taken('CUP-W')).toBeLessThanOrEqual(2)
      expect(taken('BOWL')).toBeLessThanOrEqual(1)
      expect(taken('LAMP') + taken('VASE')).toBe(0)
      const isShipped = deeds.some(({ kind }) => kind === 'ship')
      expect(isShipped).toBe(taken('CUP-W') === 2 && taken('BOWL') === 1)
    }),
    { numRuns: 250 },
  )
})

test('the count of many pieces is typed by hand: the whole, with what was scanned', async () => {
  const many = parcelOf(5, [
    { code: 'PEN', quantity: 12 },
    { code: 'CUP-W', quantity: 1 },
  ])
  const { bench, deeds, band } = aBench([many])
  await bench.scan(scanned('73125'))
  await bench.scan(scanned('PEN'))
  await bench.scan(typed('13'))
  expect(band()).toBe('surplus')
  await bench.scan(scanned('PEN'))
  await bench.scan(typed('12'))
  expect(deeds.map(({ quantity }) => quantity)).toEqual([1, 1, 10])
  expect(checkedOf(bench.state().parcel!)).toBe(12)
})

test('a parcel of which nothing was checked is put aside for the one scanned next', async () => {
  const other = parcelOf(9, [{ code: 'VASE', quantity: 1 }])
  const { bench } = aBench([cups, other])
  await bench.scan(scanned('73121'))
  await bench.scan(scanned('73129'))
  expect(bench.state()).toMatchObject({ parcel: { id: 9 }, band: { kind: 'opened' } })
})

test('a refunded parcel is stopped loudly and does not stay on the bench', async () => {
  const words = { zh: '退款，拦下', en: 'Refunded' }
  const { bench, sounds, facts, band } = aBench([], { find: { kind: 'stopped', parcelNo: 'P1', words } })
  await bench.scan(scanned('73121'))
  expect(band()).toBe('stopped')
  expect(bench.state().parcel).toBeNull()
  expect(sounds).toEqual(['stop'])
  expect(facts).toEqual([{ say: 'stopped' }])
})

test('a refund learnt after the last scan stops the parcel and takes it off the count', async () => {
  const single = parcelOf(6, [{ code: 'VASE', quantity: 1 }])
  const { bench, deeds, band } = aBench([single])
  await bench.scan(scanned('73126'))
  await bench.scan(scanned('VASE'))
  expect(bench.state().parcels).toBe(1)
  const failure = { code: 'PARCEL_STOPPED', zh: '退款', en: 'Refund' }
  bench.heard(deeds.at(-1)!, { kind: 'refused', failure })
  expect(band()).toBe('stopped')
  expect(bench.state().parcels).toBe(0)
})

test.each([
  { state: 'to-print', band: 'opened' },
  { state: 'shipped', band: 'not-now' },
  { state: 'cancelled', band: 'not-now' },
  { state: 'stopped', band: 'stopped' },
  { state: 'checked', band: 'opened' },
] as const)('a parcel that is $state is told as $band', async ({ state, band: expected }) => {
  const { bench, band } = aBench([parcelOf(7, [{ code: 'VASE', quantity: 1 }], { state })])
  await bench.scan(scanned('73127'))
  expect(band()).toBe(expected)
})

test('where shipping waits for a key, Enter ships a whole parcel and nothing else', async () => {
  const { bench, deeds, band } = aBench([parcelOf(8, [{ code: 'VASE', quantity: 1 }])], { ships: false })
  await bench.ship()
  await bench.scan(scanned('73128'))
  await bench.ship()
  await bench.scan(scanned('VASE'))
  expect(band()).toBe('done')
  await bench.ship()
  expect(deeds.map(({ kind }) => kind)).toEqual(['check', 'ship'])
})
