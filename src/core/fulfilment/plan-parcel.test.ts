import { expect, test } from 'vitest'
import { type OrderToPack, type PackingRules, planParcel } from './plan-parcel.ts'

const order: OrderToPack = { orderNo: 'T00000007', state: 'approved', warehouseId: 1, province: '浙江省', lines: [1] }
const zto = { code: 'zto', name: '中通快递', isActive: true, priority: 10, provinces: [] }
const rules: PackingRules = { carriers: [zto], carrier: null, warehouseId: null }

test.each([
  { when: 'nothing is said', given: {}, carrier: 'zto' },
  { when: 'a person chose a carrier', given: { carrier: 'sf' }, carrier: 'sf' },
  { when: 'no carrier serves the place', given: { carriers: [{ ...zto, provinces: ['广东省'] }] }, carrier: null },
  { when: 'its own warehouse is asked', given: { warehouseId: 1 }, carrier: 'zto' },
])('an approved order becomes a parcel when $when', ({ given, carrier }) => {
  expect(planParcel(order, { ...rules, ...given })).toMatchObject({ kind: 'parcel', warehouseId: 1, carrier })
})

test.each([
  { when: 'not approved', given: { state: 'held' }, asked: {}, code: 'ORDER_STATE_REFUSED' },
  { when: 'packed already', given: { state: 'allocated' }, asked: {}, code: 'ORDER_STATE_REFUSED' },
  { when: 'nothing is held for it', given: { lines: [] }, asked: {}, code: 'nothing-held' },
  { when: 'without a warehouse', given: { warehouseId: null }, asked: {}, code: 'nothing-held' },
  { when: 'of another warehouse', given: {}, asked: { warehouseId: 2 }, code: 'other-warehouse' },
] as const)('an order that is $when is left out', ({ given, asked, code }) => {
  expect(planParcel({ ...order, ...given }, { ...rules, ...asked })).toMatchObject({ kind: 'left-out', code })
})
