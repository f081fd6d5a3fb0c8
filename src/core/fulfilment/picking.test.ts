import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inPickingOrder, type PickParcel, pickGroups } from './picking.ts'

const parcel = (id: number, ...goods: [code: string, quantity: number][]): PickParcel => ({
  id,
  lines: goods.map(([code, quantity]) => ({ skuId: code.charCodeAt(0), code, quantity })),
})

test('parcels of one kind come first, equal goods together', () => {
  const parcels = [
    parcel(1, ['B', 1], ['A', 1]),
    parcel(2, ['B', 2]),
    parcel(3, ['A', 1]),
    parcel(4, ['B', 1]),
    parcel(5, ['A', 1]),
  ]
  expect(inPickingOrder(parcels).map(({ id }) => id)).toEqual([3, 5, 4, 2, 1])
})

test('numbers in codes count as numbers', () => {
  const goods = [parcel(1, ['S-10', 1]), parcel(2, ['S-2', 1])].map((one) => ({
    ...one,
    lines: one.lines.map((line) => ({ ...line, skuId: one.id })),
  }))
  expect(inPickingOrder(goods).map(({ id }) => id)).toEqual([2, 1])
  expect(pickGroups(goods).map(({ line }) => line.code)).toEqual(['S-2', 'S-10'])
})

test('pieces of a SKU are fetched once for all parcels, with the parcels they go to', () => {
  const parcels = [parcel(1, ['A', 2]), parcel(2, ['B', 1], ['A', 1]), parcel(3, ['A', 1], ['A', 3])]
  expect(pickGroups(parcels)).toEqual([
    {
      line: { skuId: 65, code: 'A', quantity: 2 },
      total: 7,
      places: [
        { no: 1, quantity: 2 },
        { no: 2, quantity: 1 },
        { no: 3, quantity: 4 },
      ],
    },
    { line: { skuId: 66, code: 'B', quantity: 1 }, total: 1, places: [{ no: 2, quantity: 1 }] },
  ])
})

const parcels = fc
  .array(
    fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 4 }),
  )
  .map((all) => all.map((goods, i) => parcel(i + 1, ...goods)))

test('totals add up to the pieces of the parcels, and no parcel is lost or doubled by the order', () => {
  fc.assert(
    fc.property(parcels, (given) => {
      const pieces = given.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.quantity, 0)
      const groups = pickGroups(given)
      expect(groups.reduce((sum, group) => sum + group.total, 0)).toBe(pieces)
      for (const { total, places } of groups) expect(places.reduce((sum, place) => sum + place.quantity, 0)).toBe(total)
      expect(new Set(inPickingOrder(given))).toEqual(new Set(given))
      expect(inPickingOrder([...given].reverse())).toEqual(inPickingOrder(given))
    }),
  )
})
