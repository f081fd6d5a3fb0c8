import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Claim, reserve, type Shelf, stockKey } from './reserve.ts'

const mug = 1
const rug = 2
const [home, south] = [10, 20]
const shelves = (...rows: [sku: number, place: number, onHand: number, reserved?: number][]) =>
  new Map<string, Shelf>(rows.map(([sku, place, onHand, reserved = 0]) => [stockKey(sku, place), { onHand, reserved }]))
const order = (orderKey: string, needs: [sku: number, quantity: number][], warehouses = [home, south]): Claim => ({
  orderKey,
  needs: needs.map(([skuId, quantity], i) => ({ lineKey: `${orderKey}-${i}`, skuId, quantity })),
  warehouses,
})

test.each([
  {
    when: 'the last piece is free',
    stock: shelves([mug, home, 1]),
    needs: [[mug, 1]],
    outcome: { kind: 'reserved', warehouseId: home },
  },
  {
    when: 'the last piece is held',
    stock: shelves([mug, home, 1, 1]),
    needs: [[mug, 1]],
    outcome: { kind: 'short', missing: [{ skuId: mug, quantity: 1 }] },
  },
  {
    when: 'the next place has it',
    stock: shelves([mug, home, 0], [mug, south, 3]),
    needs: [[mug, 2]],
    outcome: { kind: 'reserved', warehouseId: south },
  },
  {
    when: 'two lines want the same SKU',
    stock: shelves([mug, home, 3]),
    needs: [
      [mug, 2],
      [mug, 2],
    ],
    outcome: { kind: 'short', missing: [{ skuId: mug, quantity: 1 }] },
  },
  {
    when: 'no place has everything',
    stock: shelves([mug, home, 5], [rug, south, 5]),
    needs: [
      [mug, 1],
      [rug, 2],
    ],
    outcome: { kind: 'short', missing: [{ skuId: mug, quantity: 1 }] },
  },
  {
    when: 'the SKU has never been here',
    stock: shelves(),
    needs: [[mug, 4]],
    outcome: { kind: 'short', missing: [{ skuId: mug, quantity: 4 }] },
  },
] as { when: string; stock: Map<string, Shelf>; needs: [number, number][]; outcome: object }[])(
  'when $when',
  ({ stock, needs, outcome }) => {
    expect(reserve([order('A', needs)], stock).get('A')).toMatchObject(outcome)
  },
)

test('who comes first is served first', () => {
  const outcome = reserve([order('A', [[mug, 1]]), order('B', [[mug, 1]])], shelves([mug, home, 1]))
  expect([outcome.get('A')?.kind, outcome.get('B')?.kind]).toEqual(['reserved', 'short'])
})

test('nothing is ever promised twice, and nobody is refused while one place could fill the order', () => {
  const claims = fc.array(
    fc.array(fc.tuple(fc.constantFrom(mug, rug), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 3 }),
    { maxLength: 30 },
  )
  const stock = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(20))
  fc.assert(
    fc.property(claims, stock, (orders, [a, b, c, d]) => {
      const before = shelves([mug, home, a], [mug, south, b], [rug, home, c], [rug, south, d])
      const left = new Map([...before].map(([key, shelf]) => [key, shelf.onHand]))
      const outcome = reserve(
        orders.map((needs, i) => order(`${i}`, needs as [number, number][])),
        before,
      )
      orders.forEach((needs, i) => {
        const made = outcome.get(`${i}`)!
        const want = (sku: number) => needs.filter(([s]) => s === sku).reduce((sum, [, q]) => sum + q, 0)
        const fits = (place: number) => [mug, rug].every((sku) => left.get(stockKey(sku, place))! >= want(sku))
        expect(made.kind === 'reserved').toBe(fits(home) || fits(south))
        if (made.kind === 'reserved')
          for (const hold of made.holds)
            left.set(
              stockKey(hold.skuId, made.warehouseId),
              left.get(stockKey(hold.skuId, made.warehouseId))! - hold.quantity,
            )
      })
      expect(Math.min(...left.values())).toBeGreaterThanOrEqual(0)
    }),
  )
})
